/* rating_stats.h: contacts and the scores that customers gave (kpis.md 3).
**
** 1. A row is a contact; a score is a whole number of millionths from 1 to `score_max`.
** 2. All are sums, so stats of any split add up, and windows slide at a constant cost a row.
*/
#ifndef KEFU_CORE_RATING_STATS_H
#define KEFU_CORE_RATING_STATS_H

#include "core/rules/rules.h"
#include "core/sets/extent.h"
#include "core/sets/rows.h"

typedef enum RatingCount {
    RATING_CONTACTS, /* rows */
    RATING_INVITED,
    RATING_INVITED_AND_RATED,
    RATING_RATED,
    RATING_SATISFIED,
    RATING_GOOD,
    RATING_BAD,
    RATING_COUNTS
} RatingCount;

typedef struct RatingSums {
    int64_t counts[RATING_COUNTS];
    int128 score_micros; /* of rated contacts */
} RatingSums;

typedef struct RatingRow {
    int64_t at_ms;
    bool invited;
    bool rated;
    int64_t score_micros; /* rated */
} RatingRow;

typedef struct RatingStats {
    const Host *host;
    const Rules *rules; /* borrowed */
    bool sliding;
    RatingSums sums;
    Extent extent;
    Rows instants; /* plain: at_ms of the rows, for the day that they must slide */
} RatingStats;

void rating_open(RatingStats *stats, const Host *host, const Rules *rules, bool sliding);
void rating_close(RatingStats *stats);

/* Reads a score that is not missing. REFUSED: it is no number from 1 to score_max. */
Status rating_score_read(const Rules *rules, const Value *value, int64_t *score_micros,
                         Message *why);
/* Adds a row (sign +1), or takes it back (-1, sliding). REFUSED when a count leaves 64 bits. */
Status rating_add(RatingStats *stats, const RatingRow *row, int sign, Message *why);
/* Turns plain stats into sliding ones. */
Status rating_slide(RatingStats *stats);
/* Adds (or takes back) whole stats; `into` is sliding. */
Status rating_merge(RatingStats *into, const RatingStats *part, int sign, Message *why);

/* The payload of rating stats (state.h): the counts, first at ms (signed), last - first, the sum of
** scores (wide). Reading checks it all and allocates nothing. */
Status rating_write(const RatingStats *stats, Buffer *out);
Status rating_read(RatingStats *stats, const Rules *rules, Reader *reader, Message *why);

#endif
