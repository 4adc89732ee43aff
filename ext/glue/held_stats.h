/* held_stats.h: the stats that the KPIs of a connection were last asked for, kept as they were checked.
**
** 1. A query asks several KPIs of one BLOB. Checking it takes longer than any of them, so the last BLOB
**    stays, with its view, and is known again by all its bytes: comparing them is a twentieth of that.
** 2. Nothing that could not be opened is kept, nor a BLOB of more than HELD_STATS_MOST bytes: such a one is
**    read where it lies.
** 3. It is shared by functions of one connection, whose mutex guards it; the last one to go frees it.
*/
#ifndef KEFU_GLUE_HELD_STATS_H
#define KEFU_GLUE_HELD_STATS_H

#include "core/stats/stats.h"
#include "glue/args.h"

#define HELD_STATS_MOST (1u << 20)

typedef struct HeldStats {
    Host host;
    int users;            /* requirement 3 */
    bool open;            /* `view` is */
    unsigned char *bytes; /* a copy of the BLOB, which the view lends from; owned */
    uint32_t length;      /* 0: nothing is kept */
    uint32_t capacity;
    StatsView view;
} HeldStats;

/* A new one, without users; NULL: no memory. */
HeldStats *held_stats_open(sqlite3 *database);
void held_stats_add_user(HeldStats *held);
void held_stats_drop_user(HeldStats *held);

/* The value as stats; *view is good until held is asked again, or the value changes. REFUSED as
** stats_view_open(). */
Status held_stats_view(HeldStats *held, const Value *value, const StatsView **view, Message *why);

#endif
