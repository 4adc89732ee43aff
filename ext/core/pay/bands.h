/* bands.h: points for a value by a list of bands (kpi_score, commission.md 8). */
#ifndef KEFU_CORE_PAY_BANDS_H
#define KEFU_CORE_PAY_BANDS_H

#include "core/pay/form.h"

#define BANDS_LIMIT 64

typedef struct ScoreBand {
    int64_t from_micros; /* inclusive */
    int64_t points_micros;
} ScoreBand;

typedef struct ScoreBands {
    uint32_t count;
    ScoreBand bands[BANDS_LIMIT]; /* from rises */
} ScoreBands;

/* Reads a JSON array of 1..64 pairs [from, points]. The value is not missing. *out is the caller's,
** from `host`. */
Status bands_open(const Host *host, const Value *value, ScoreBands **out, Message *why);

/* The points of the last band that starts at or below a number. The value is not missing. REFUSED for
** one below the first band, and for no number. */
Status bands_score(const ScoreBands *bands, const Value *value, double *points, Message *why);

#endif
