/* oracle.h: every KPI a second time, naively, from the words of the definitions.
**
** 1. Nothing here shares a line, a table or an idea with the extension: rows are sorted by insertion,
**    days are found by counting years, open time is counted minute by minute, sets are double loops.
** 2. Figures are exact: whole numbers (milliseconds, millionths, counts) and quotients of them.
** 3. Rows are random but repeatable (a seed), and each value is written as one of many SQL literals
**    that mean the same: 1, 1.0; Unix seconds, milliseconds, text, dates with and without a zone.
**
** Zones are fixed offsets in minutes. Ordinals stand for values: a customer is the place of its
** literal in a table of values that differ, and -1 is NULL.
*/
#ifndef KEFU_TESTS_ORACLE_H
#define KEFU_TESTS_ORACLE_H

#include <stdbool.h>
#include <stdint.h>

/* ---- random numbers ---- */

typedef struct OracleRandom {
    uint64_t state;
} OracleRandom;

uint64_t oracle_random(OracleRandom *random);
int oracle_below(OracleRandom *random, int limit); /* 0 … limit - 1 */
bool oracle_chance(OracleRandom *random, int percent);
/* How many rounds a test of `rounds` runs: times KEFU_ROUNDS percent, when that is set. */
int oracle_rounds(int rounds);

/* ---- time ---- */

typedef enum OraclePeriod {
    ORACLE_NO_PERIOD,
    ORACLE_DAY,
    ORACLE_WEEK,
    ORACLE_MONTH,
    ORACLE_QUARTER,
    ORACLE_YEAR
} OraclePeriod;

typedef struct OracleDate {
    int year, month, day;
} OracleDate;

int64_t oracle_day_number(OracleDate date); /* days since 1970-01-01 */
OracleDate oracle_date(int64_t day_number); /* the other way */
int oracle_weekday(int64_t day_number);     /* 0: Monday */
int64_t oracle_local_day(int64_t at_ms, int tz_minutes);
int64_t oracle_ms_of_day(int64_t at_ms, int tz_minutes);
int64_t oracle_period_start(int64_t day_number, OraclePeriod period); /* day number */
const char *oracle_period_name(OraclePeriod period);
void oracle_print_day(int64_t day_number, char out[16]); /* YYYY-MM-DD */

/* ---- calendars ---- */

enum { ORACLE_INTERVALS = 3, ORACLE_SPECIAL_DAYS = 4 };

typedef struct OracleHours {
    int count;
    int from_minute[ORACLE_INTERVALS], to_minute[ORACLE_INTERVALS]; /* to < from: past midnight */
} OracleHours;

typedef struct OracleCalendar {
    bool has_tz;
    int tz_minutes;
    OracleHours week[7]; /* from Monday */
    int special_count;   /* days with hours of their own; none: a holiday */
    int64_t special_day[ORACLE_SPECIAL_DAYS];
    OracleHours special_hours[ORACLE_SPECIAL_DAYS];
} OracleCalendar;

bool oracle_is_open(const OracleCalendar *calendar, int64_t at_ms, int rules_tz_minutes);
int64_t oracle_open_ms(const OracleCalendar *calendar, int64_t from_ms, int64_t to_ms,
                       int rules_tz_minutes);

/* ---- figures ---- */

/* value = numerator / denominator / scale; a count is INTEGER, everything else REAL. */
typedef struct OracleFigure {
    const char *kpi;
    bool is_count, is_quotient, is_null;
    int64_t numerator, denominator, scale;
} OracleFigure;

double oracle_value(const OracleFigure *figure);

enum { ORACLE_MOST_FIGURES = 24 };

typedef struct OracleFigures {
    int count;
    OracleFigure figure[ORACLE_MOST_FIGURES];
} OracleFigures;

void oracle_put_count(OracleFigures *figures, const char *kpi, int64_t value);
/* A value that is no quotient; is_null when there is none. */
void oracle_put_value(OracleFigures *figures, const char *kpi, bool is_null, int64_t value,
                      int64_t scale);
/* NULL when the denominator is 0. */
void oracle_put_quotient(OracleFigures *figures, const char *kpi, int64_t numerator,
                         int64_t denominator, int64_t scale);

/* ---- rules of all families ---- */

typedef enum OracleSession {
    ORACLE_SESSION_DAY,
    ORACLE_SESSION_ALL,
    ORACLE_SESSION_GAP
} OracleSession;
typedef enum OracleStop { ORACLE_STOP_HUMAN, ORACLE_STOP_ASSIST, ORACLE_STOP_ANY } OracleStop;
typedef enum OracleUnit { ORACLE_BY_TURN, ORACLE_BY_FIRST, ORACLE_BY_CONVERSATION } OracleUnit;

typedef struct OracleRules {
    int tz_minutes;
    bool named_zone;  /* written as an IANA name that has this offset all November 2026 */
    int64_t base_day; /* rows lie in the days from this one on */
    OraclePeriod period;
    OracleSession session;
    int64_t gap_ms;
    bool burst_last;
    OracleStop stop;
    bool bot_clears;
    bool unanswered_cap;
    int64_t cap_ms, drop_over_ms; /* 0: none */
    bool has_window;
    int window_from_minute, window_to_minute;
    bool has_calendar;
    OracleCalendar calendar;
    bool one_line;
    int64_t max_wait_ms, slow_ms;
    int slow_times;
    OracleUnit within_unit;
    bool has_as_of;
    int64_t as_of_ms;
    int final_days;
    int64_t satisfied_from, good_from, bad_to, score_max; /* millionths */
} OracleRules;

extern const OracleRules oracle_default_rules;
/* Random rules of a family; `calendars`: some have one. */
OracleRules oracle_random_chat_rules(OracleRandom *random, bool calendars);
OracleRules oracle_random_deal_rules(OracleRandom *random);
OracleRules oracle_random_rating_rules(OracleRandom *random);
/* JSON of what differs from the defaults, in a random order; at most `size` bytes with the end. */
void oracle_print_rules(OracleRandom *random, const OracleRules *rules, char *out, int size);

/* ---- values and their literals ---- */

enum { ORACLE_CUSTOMERS = 17, ORACLE_KEYS = 16, ORACLE_LITERAL = 96, ORACLE_ROW = 768 };

/* A literal for customer 0 … ORACLE_CUSTOMERS - 1, or -1. */
const char *oracle_customer_literal(OracleRandom *random, int customer);
/* A literal for key 0 … ORACLE_KEYS - 1; keys are in SQLite's order. */
const char *oracle_key_literal(OracleRandom *random, int key);
/* The key as it must come back, as a literal. */
const char *oracle_key_given_back(int key);
/* A literal for an instant; wall-clock forms are in tz_minutes. */
void oracle_time_literal(OracleRandom *random, int64_t at_ms, int tz_minutes,
                         char out[ORACLE_LITERAL]);
const char *oracle_null_literal(OracleRandom *random);
const char *oracle_flag_literal(OracleRandom *random, bool flag);
/* A literal for an amount; some have more than 6 decimals and round to this. */
void oracle_money_literal(OracleRandom *random, int64_t micros, char out[ORACLE_LITERAL]);

/* ---- chat ---- */

enum {
    ORACLE_FROM_CUSTOMER,
    ORACLE_FROM_AGENT,
    ORACLE_FROM_BOT,
    ORACLE_FROM_ASSIST,
    ORACLE_FROM_SYSTEM
};
enum { ORACLE_MOST_LINES = 4096, ORACLE_MOST_TURNS = 400 }; /* of a table, a conversation */

typedef struct OracleLine {
    int key, customer, sender; /* customer -1: a row that is skipped; sender -1 or SYSTEM too */
    bool has_time;
    int64_t at_ms;
    int conversation; /* filled by oracle_converse(); -1: skipped */
} OracleLine;

typedef struct OracleTurn {
    bool answered;
    int64_t open_ms; /* wait before the cap; 0 when unanswered */
    int64_t wait_ms; /* after it */
} OracleTurn;

typedef struct OracleConversation {
    int key, customer, lines;
    int64_t first_ms, last_ms, period_day;
    bool consulting, filtered;
    int customer_lines, agent_lines; /* the latter: eligible senders */
    int turn_count;                  /* counted ones */
    OracleTurn turn[ORACLE_MOST_TURNS];
    int64_t handling_ms;
} OracleConversation;

typedef struct OracleChats {
    int count;
    OracleConversation *conversation; /* from malloc */
} OracleChats;

/* Cuts the lines into conversations (of one key: `by_key` false) and counts in each. */
OracleChats oracle_converse(OracleLine *lines, int count, const OracleRules *rules, bool by_key);
/* Figures of the conversations of a key (-1: all) and a period's day (INT64_MIN: all). */
typedef struct OracleChatSum {
    int64_t rows, first_ms, last_ms;
    int wait_count;
    int64_t *wait_ms; /* sorted; from malloc */
    OracleFigures figures;
} OracleChatSum;

OracleChatSum oracle_sum_chats(const OracleChats *chats, int key, int64_t period_day,
                               const OracleRules *rules);
/* The parameterised ones: false when NULL. */
bool oracle_percentile(const OracleChatSum *sum, double p, double *seconds);
OracleFigure oracle_within(const OracleChats *chats, int key, int64_t period_day,
                           const OracleRules *rules, int64_t within_ms);
/* For turn_seconds(): the wait that line `index` ends, its lines in the window's order being those up
** to it; false: NULL. */
bool oracle_turn_ms(const OracleLine *lines, int index, const OracleRules *rules, int64_t *wait_ms);

/* Random lines in random order: bursts, ties, silences around the thresholds, nights, NULLs. */
void oracle_random_lines(OracleRandom *random, OracleLine *lines, int count,
                         const OracleRules *rules);
/* One line as "key, customer, sender, sent_at" in literals. */
void oracle_print_line(OracleRandom *random, const OracleLine *line, int tz_minutes,
                       char out[ORACLE_ROW]);

/* ---- deals ---- */

typedef struct OracleDeal {
    int key, customer;
    bool has_asked, has_ordered, has_paid, has_amount, has_quantity;
    int64_t asked_ms, ordered_ms, paid_ms, amount_micros, quantity;
} OracleDeal;

/* Figures of the deals of a key (-1: all) and a period's day (INT64_MIN: all); rows: counted ones. */
OracleFigures oracle_sum_deals(const OracleDeal *deals, int count, int key, int64_t period_day,
                               const OracleRules *rules, bool amounts, bool quantities,
                               int64_t *rows);

void oracle_random_deals(OracleRandom *random, OracleDeal *deals, int count,
                         const OracleRules *rules);
/* "key, customer, asked_at, ordered_at, paid_at, amount, quantity". */
void oracle_print_deal(OracleRandom *random, const OracleDeal *deal, int tz_minutes,
                       char out[ORACLE_ROW]);

/* ---- ratings ---- */

typedef struct OracleRating {
    int key, customer;
    bool has_time, invited, has_score;
    int64_t at_ms, score_millionths;
} OracleRating;

OracleFigures oracle_sum_ratings(const OracleRating *ratings, int count, int key,
                                 int64_t period_day, const OracleRules *rules, int64_t *rows);

void oracle_random_ratings(OracleRandom *random, OracleRating *ratings, int count,
                           const OracleRules *rules);
/* "key, customer, at, invited, score". */
void oracle_print_rating(OracleRandom *random, const OracleRating *rating, int tz_minutes,
                         char out[ORACLE_ROW]);

#endif
