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

/* One call of xStep or xInverse. */
typedef struct RowStep {
    Groups *groups;
    const Value *key;       /* NULL without keys */
    GroupKey *at_hand;      /* its entry, or NULL: see groups_key_at_hand() */
    sqlite3_value **values; /* the row's arguments, without key */
    int count;              /* how many of them there are, without key and rules */
    int sign;
    int failed; /* REFUSED: which of `values` */
    Message *why;
} RowStep;

typedef struct RowShape {
    Family family;
    /* Names of the arguments, with the key in front and the rules at the end. */
    const char *arguments_by;
    int required; /* fewest arguments, without key and rules */
    int most;     /* most, likewise; the rules come after these */
    bool amounts; /* deals: argument 5 is an amount, 6 a quantity */
    Status (*step)(RowStep *step);
} RowShape;

#define ROW_KEY_LENGTH 4 /* of "key," in arguments_by */

extern const RowShape ROWS_CHAT;    /* customer, sender, sent_at */
extern const RowShape ROWS_DEAL;    /* customer, asked_at, ordered_at, paid_at, amount, quantity */
extern const RowShape ROWS_RATING;  /* customer, at, invited, score */
extern const RowShape ROWS_ORDERED; /* customer, ordered */
extern const RowShape ROWS_PAID;    /* customer, ordered, paid */
extern const RowShape ROWS_SUCCESS; /* customer, asked_at, paid_at */

#endif
