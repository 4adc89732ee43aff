/* compare.h: random rows of the oracle as tables, and the extension's answers beside the oracle's.
**
** A Trial is one random table of one family with one random text of rules. Whatever differs ends the
** test with the seed, the rules and the rows as SQL, so that the case can be run by hand.
*/
#ifndef KEFU_TESTS_COMPARE_H
#define KEFU_TESTS_COMPARE_H

#include "api.h"
#include "oracle.h"

enum { COMPARE_RULES = 16384, COMPARE_ROWS = 120 };

typedef enum CompareFamily { COMPARE_CHAT, COMPARE_DEAL, COMPARE_RATING } CompareFamily;

typedef struct Trial {
    sqlite3 *db;
    OracleRandom random;
    uint64_t seed;
    CompareFamily family;
    OracleRules rules;
    char rules_text[COMPARE_RULES];
    const char *stats;        /* "chat_stats(customer, sender, sent_at, '…')" */
    const char *stats_by;     /* "chat_stats_by(key, customer, sender, sent_at, '…')" */
    bool amounts, quantities; /* deals: was deal_stats() told of them? */
    int count;
    OracleLine lines[COMPARE_ROWS];
    OracleDeal deals[COMPARE_ROWS];
    OracleRating ratings[COMPARE_ROWS];
    OracleChats chats;       /* of the whole table */
    OracleChats keyed_chats; /* key by key */
} Trial;

/* Fills table t(id, part, key, …) with the family's random rows and picks rules. Each call with
** another seed; `db` may hold the table of the trial before. */
void compare_start(Trial *trial, sqlite3 *db, CompareFamily family, uint64_t seed);
void compare_end(Trial *trial);
/* Runs a check on many random tables of a family, each in a database of its own. */
void compare_run(Trial *trial, CompareFamily family, int rounds, uint64_t seed,
                 void (*check)(void));
/* One row must come from the statement. */
void compare_step(const Trial *trial, sqlite3_stmt *statement);
/* Writes the same rows again into a table: other literals, another order, parts as they are. */
void compare_rewrite(Trial *trial, const char *table);
/* Column part: a random number below `parts` that keeps conversations (of a key) whole. */
void compare_split(Trial *trial, int parts, bool by_key);

/* The oracle's figures of a key (-1: all) and a period's day (INT64_MIN: all). */
OracleFigures compare_figures(const Trial *trial, int key, int64_t period_day, int64_t *rows,
                              double *first, double *last);
/* Is there a counted row of that key in that period? */
bool compare_is_there(const Trial *trial, int key, int64_t period_day);

/* Do columns first_column … of the statement's row hold these figures? Ends the test when not. */
void compare_columns(const Trial *trial, sqlite3_stmt *statement, int first_column,
                     const OracleFigures *want);
/* "k1(s), k2(s), …": a KPI each, in the order of the figures. */
const char *compare_list(const OracleFigures *figures, const char *arguments);
/* Prepares, or ends the test. */
sqlite3_stmt *compare_prepare(const Trial *trial, const char *sql);
/* Two queries of one BLOB (or NULL) each must give the same bytes. */
void compare_bytes(const Trial *trial, const char *sql, const char *other);
/* Ends the test with the trial's story. */
void compare_fail(const Trial *trial, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A member of a flat JSON object as a number; fails when it is not there. */
double compare_json_number(const Trial *trial, const char *json, const char *name);
bool compare_is_near(double got, double want);

#endif
