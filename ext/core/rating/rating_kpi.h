/* rating_kpi.h: the KPIs of the rating family, each as an exact measure of stats (kpis.md 3). */
#ifndef KEFU_CORE_RATING_KPI_H
#define KEFU_CORE_RATING_KPI_H

#include "core/base/measure.h"
#include "core/rating/rating_stats.h"

Measure rating_contacts(const RatingStats *stats);
Measure rating_invite_rate(const RatingStats *stats);
Measure rating_rating_rate(const RatingStats *stats);
Measure rating_satisfaction(const RatingStats *stats);
Measure rating_good_rate(const RatingStats *stats);
Measure rating_bad_rate(const RatingStats *stats);
Measure rating_avg_score(const RatingStats *stats);

#endif
