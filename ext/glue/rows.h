/* rows.h: how the arguments of an aggregate become one row of a family.
**
** 1. One reader for every list of arguments, used by stats aggregates, _by forms and one-step forms
**    alike, and for rows that come and rows that go (sqlite.md A4).
** 2. A row whose customer, time or sender is missing is skipped before anything else of it is read.
*/
#ifndef KEFU_GLUE_ROWS_H
#define KEFU_GLUE_ROWS_H

#include "core/stats/groups.h"
#include "glue/args.h"

/* What all rows of one aggregate have in common, and what came of the last one. */
typedef struct RowStep {
    Groups *groups;
    bool keyed;   /* the row's key stands in front of its values, at [-1] */
    int count;    /* how many values a row has, without key and rules */
    int sign;     /* 1: the row comes, -1: it goes */
    int failed;   /* REFUSED: which of its values; -1: none of them */
    Message *why; /* REFUSED: what is wrong */
} RowStep;

/* Takes a row: reads its values and hands it on. */
typedef Status RowTake(RowStep *step, sqlite3_value **values);

typedef struct RowShape {
    Family family;
    /* Names of the arguments, with the key in front and the rules at the end. */
    const char *arguments_by;
    int required; /* fewest arguments, without key and rules */
    int most;     /* most, likewise; the rules come after these */
    bool amounts; /* deals: argument 5 is an amount, 6 a quantity */
    RowTake *take;
} RowShape;

#define ROW_KEY_LENGTH 4 /* of "key," in arguments_by */

extern const RowShape ROWS_CHAT;    /* customer, sender, sent_at */
extern const RowShape ROWS_DEAL;    /* customer, asked_at, ordered_at, paid_at, amount, quantity */
extern const RowShape ROWS_RATING;  /* customer, at, invited, score */
extern const RowShape ROWS_ORDERED; /* customer, ordered */
extern const RowShape ROWS_PAID;    /* customer, ordered, paid */
extern const RowShape ROWS_SUCCESS; /* customer, asked_at, paid_at */

#endif
