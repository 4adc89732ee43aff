/* stats.h: stats of any family under one name, and as they are read from a BLOB.
**
** 1. What the three families have in common is dispatched here and nowhere else.
** 2. A view lends stats out of bytes: it copies nothing, and lives as long as they do.
*/
#ifndef KEFU_CORE_STATS_H
#define KEFU_CORE_STATS_H

#include "core/chat/chat_stats.h"
#include "core/deal/deal_stats.h"
#include "core/rating/rating_stats.h"
#include "core/state/state.h"

/* What stats are made of; the same for all groups of one aggregate. */
typedef struct StatsShape {
    const Host *host;
    const Rules *rules; /* borrowed */
    Family family;
    uint32_t version; /* of the bytes that they are read from */
    bool has_amounts; /* deals */
    bool has_quantities;
    bool for_kpi;  /* a KPI is asked of them, and they are not written */
    bool of_parts; /* stats are merged into it; no rows come */
} StatsShape;

typedef struct Stats {
    Family family;
    union {
        ChatStats chat;
        DealStats deal;
        RatingStats rating;
    } as;
} Stats;

StateKind stats_kind(Family family);
/* The flags that a state of this shape carries, without STATE_GROUPED. */
uint32_t stats_flags(const StatsShape *shape);
/* The shape of a state whose rules were parsed. */
StatsShape stats_shape_of(const State *state, const Host *host, const Rules *rules);

void stats_open(Stats *stats, const StatsShape *shape, Identity key, bool sliding);
void stats_close(Stats *stats);
/* Turns plain stats into sliding ones. (Those of chat lines are sliding from the start: they get
** nothing before the lines are evaluated, see chat_lines.h.) */
Status stats_slide(Stats *stats);
/* Makes plain stats readable. */
Status stats_settle(Stats *stats);
Status stats_merge(Stats *into, const Stats *part, int sign, Message *why);

/* Counted rows; 0: empty stats. The extent is there when there are rows. */
int64_t stats_rows(const Stats *stats);
const Extent *stats_extent(const Stats *stats);

/* How much plain stats hold that is to be written: rows of some size, the same for all of a family. */
uint64_t stats_gathered(const Stats *stats);

/* A payload (state.h), and back. */
Status stats_write(const Stats *stats, Buffer *out, Message *why);
Status stats_read(Stats *stats, const StatsShape *shape, Reader *reader, Message *why);

/* Requirement 2: a BLOB opened for reading: stats, grouped stats or journeys. */
typedef struct StatsView {
    State state;
    Rules rules;
    StatsShape shape;
    Stats stats; /* of stats that are not grouped */
} StatsView;

/* Opens a value; REFUSED when it is no state. Close it only after STATUS_OK. */
Status stats_view_open(StatsView *view, const Host *host, const Value *value, Message *why);
void stats_view_close(StatsView *view);

#endif
