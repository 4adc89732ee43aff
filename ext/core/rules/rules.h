/* rules.h: the options that a rules text sets, parsed once, and their canonical text (rules.md).
**
** 1. Options and books are two tables (options.c, books.c); a book is a list of options, never an if.
** 2. An option of another family is accepted; an unknown one, a bad value, a duplicate key: refused
**    with what is known.
** 3. Canonical text: a JSON object with "tz" and then, in the table's order, the options of one
**    family whose values differ from the defaults. Rules that mean the same have the same text.
** 4. Durations are milliseconds inside; 0 stands for null.
*/
#ifndef KEFU_CORE_RULES_H
#define KEFU_CORE_RULES_H

#include "core/base/buffer.h"
#include "core/base/message.h"
#include "core/time/clock.h"

/* The families of rows; also bits of a mask. */
typedef enum Family {
    FAMILY_CHAT = 1,
    FAMILY_DEAL = 2,
    FAMILY_RATING = 4,
    FAMILY_JOURNEY = 8
} Family;
#define FAMILY_ANY 15
#define FAMILY_STATS 7 /* those with stats and KPIs */

typedef enum Session { SESSION_DAY, SESSION_ALL, SESSION_GAP } Session;
typedef enum Burst { BURST_FIRST, BURST_LAST } Burst;
typedef enum Stop { STOP_HUMAN, STOP_ASSIST, STOP_ANY } Stop;
typedef enum Unanswered { UNANSWERED_DROP, UNANSWERED_CAP } Unanswered;
typedef enum Filter { FILTER_NONE, FILTER_ONE_LINE } Filter;
typedef enum Within { WITHIN_TURN, WITHIN_FIRST, WITHIN_CONVERSATION } Within;
typedef enum Model { MODEL_LAST, MODEL_FIRST, MODEL_LINEAR, MODEL_POSITION, MODEL_DECAY } Model;
typedef enum Anchor { ANCHOR_ORDER, ANCHOR_PAY, ANCHOR_ORDER_FIRST } Anchor;

struct Calendar;

typedef struct Rules {
    Zone zone;
    Period period; /* the _by aggregates only */
    /* chat */
    Session session;
    int64_t session_gap_ms; /* SESSION_GAP: a silence of so much or more cuts; > 0 */
    Burst burst;
    Stop stop;
    bool bot_clears;
    Unanswered unanswered;
    int64_t cap_ms;       /* > 0, or 0: none */
    int64_t drop_over_ms; /* > 0, or 0: none */
    bool has_window;
    int32_t window_from_ms;    /* local time of day, 0 .. 86399999 */
    int32_t window_to_ms;      /* exclusive, 1 .. 86400000; below from: past midnight */
    struct Calendar *calendar; /* owned; NULL: none */
    Filter filter;
    int64_t max_wait_ms;
    int64_t slow_ms;
    int32_t slow_times;
    Within within_unit;
    /* deal */
    bool has_as_of;
    int64_t as_of_ms;
    int32_t final_days;
    /* journey */
    int32_t after_sales_days;
    Model model;
    Anchor anchor;
    int64_t half_life_ms;
    int64_t credit_window_ms;
    /* rating, in millionths of a point */
    int64_t satisfied_from_micros;
    int64_t good_from_micros;
    int64_t bad_to_micros;
    int64_t score_max_micros;
    const Host *host;
} Rules;

/* The defaults (book chitu). */
void rules_defaults(const Host *host, Rules *out);
/* Reads a book's name, or a JSON object of options. Length 0: the defaults. */
Status rules_parse(const Host *host, const char *text, size_t length, Rules *out, Message *why);
/* The same on top of given rules, whose zone stays: for kefu_credits and kefu_inquiries
** (functions.md 5): a tz named in JSON must be the same one; a book starts anew but for the zone.
** The calendar of base, which journeys do not use, is not carried over. */
Status rules_parse_over(const Rules *base, const char *text, size_t length, Rules *out,
                        Message *why);
void rules_close(Rules *rules); /* accepts zeroed ones */
/* Requirement 3; `period` is written only for grouped stats (with_period). */
void rules_write(const Rules *rules, Family family, bool with_period, Buffer *out);
/* Appends what two rules differ in, e.g. tz: +08:00 and +09:00; cap: null and 600. */
Status rules_difference(const Rules *left, const Rules *right, Message *out);

/* kefu_rules: one row for every book and option, in the tables' order; the first of a book is the
** option `book` itself. Value is JSON text as rules take it; meaning is for people, and that of
** `book` says the year of the text which the book follows. */
size_t rules_row_count(void);
/* Row i, 0-based; value and meaning are appended to the two buffers (ask them whether they failed). */
void rules_row(size_t i, const char **book, const char **option, Buffer *value, Buffer *meaning);

#endif
