/* rating_kpi.c: see rating_kpi.h; the definitions are those of kpis.md 3, by name. */
#include "core/rating/rating_kpi.h"

#define RATING_MICROS 1000000 /* millionths in a point of score */

static Measure rating_share(const RatingStats *stats, RatingCount part, RatingCount whole) {
    return measure_quotient(stats->sums.counts[part], 1, stats->sums.counts[whole]);
}

Measure rating_contacts(const RatingStats *stats) {
    return measure_number(stats->sums.counts[RATING_CONTACTS], 1);
}

Measure rating_invite_rate(const RatingStats *stats) {
    return rating_share(stats, RATING_INVITED, RATING_CONTACTS);
}

Measure rating_rating_rate(const RatingStats *stats) {
    return rating_share(stats, RATING_INVITED_AND_RATED, RATING_INVITED);
}

Measure rating_satisfaction(const RatingStats *stats) {
    return rating_share(stats, RATING_SATISFIED, RATING_RATED);
}

Measure rating_good_rate(const RatingStats *stats) {
    return rating_share(stats, RATING_GOOD, RATING_RATED);
}

Measure rating_bad_rate(const RatingStats *stats) {
    return rating_share(stats, RATING_BAD, RATING_RATED);
}

Measure rating_avg_score(const RatingStats *stats) {
    return measure_quotient(stats->sums.score_micros, RATING_MICROS,
                            stats->sums.counts[RATING_RATED]);
}
