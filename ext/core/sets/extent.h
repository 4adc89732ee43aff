/* extent.h: the earliest and the latest instant of rows that come and, in windows, go.
**
** 1. As long as rows only come, two numbers are enough. Once it slides it keeps how often each
**    instant began or ended a part, so that taking the earliest away shows the next one.
*/
#ifndef KEFU_CORE_EXTENT_H
#define KEFU_CORE_EXTENT_H

#include "core/base/buffer.h"
#include "core/sets/ordered.h"

typedef struct Extent {
    bool sliding;
    bool any;         /* not sliding: something was added */
    int64_t first_ms; /* valid when any */
    int64_t last_ms;
    Ordered firsts; /* sliding: instant (biased to unsigned) -> count */
    Ordered lasts;
} Extent;

void extent_open(Extent *extent, const Host *host, bool sliding);
void extent_close(Extent *extent);
/* Adds (sign +1) or takes back (-1, sliding only) a part that reaches from first to last. */
Status extent_add_sliding(Extent *extent, int64_t first_ms, int64_t last_ms, int sign);
static inline Status extent_add(Extent *extent, int64_t first_ms, int64_t last_ms, int sign) {
    if (extent->sliding) { /* Requirement 1 */
        return extent_add_sliding(extent, first_ms, last_ms, sign);
    }
    extent->first_ms = !extent->any || first_ms < extent->first_ms ? first_ms : extent->first_ms;
    extent->last_ms = !extent->any || last_ms > extent->last_ms ? last_ms : extent->last_ms;
    extent->any = true;
    return STATUS_OK;
}
int64_t extent_first(const Extent *extent);
int64_t extent_last(const Extent *extent);

/* First instant (signed), last - first: both instants within INSTANT_LIMIT_MS. Reading into a zeroed or opened
** extent that does not slide; false: the bytes are none. */
void extent_write(const Extent *extent, Buffer *out);
bool extent_read(Extent *extent, Reader *reader);

#endif
