/* group_rows.h: random rows of any family with keys, and states made of them: for the tests of groups
** and merges. */
#ifndef KEFU_TESTS_UNIT_GROUP_ROWS_H
#define KEFU_TESTS_UNIT_GROUP_ROWS_H

#include "chat_model.h"
#include "core/stats/merge.h"
#include "deal_model.h"

/* Keys of every type; in the order of ORDER BY. */
#define GROUP_KEY_COUNT 12
extern const Value GROUP_KEYS[GROUP_KEY_COUNT];

#define GROUP_FAMILY_COUNT 3
extern const Family GROUP_FAMILIES[GROUP_FAMILY_COUNT];

typedef struct GroupRow {
    int key;        /* of GROUP_KEYS */
    ModelLine line; /* chat */
    DealRow deal;
    RatingRow rating;
} GroupRow;

/* A row that is good for each family; all three of it have one customer and one time. */
GroupRow group_row(uint64_t *seed);

/* The shape of stats of one family under these rules, which live as long as it does. */
StatsShape group_shape(Family family, const Rules *rules);

/* One row comes (sign +1) or goes (-1). */
Status group_change(Groups *groups, const GroupRow *row, int sign);
/* The state of these rows, appended to `out` (which is open): nothing when there are none. */
Status group_state(const GroupRow *rows, int count, const StatsShape *shape, bool grouped,
                   Buffer *out);
/* The same as a value that borrows from a buffer, which the caller closes. */
Value group_blob(const GroupRow *rows, int count, const StatsShape *shape, bool grouped,
                 Buffer *held);

#endif
