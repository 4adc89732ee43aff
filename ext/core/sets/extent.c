/* extent.c: see extent.h. */
#include "core/sets/extent.h"

#include <string.h>

#define EXTENT_BIAS (UINT64_C(1) << 63) /* signed order as unsigned order */

void extent_open(Extent *extent, const Host *host, bool sliding) {
    memset(extent, 0, sizeof *extent);
    extent->sliding = sliding;
    ordered_open(&extent->firsts, host, 1, 2);
    ordered_open(&extent->lasts, host, 1, 2);
}

void extent_close(Extent *extent) {
    ordered_close(&extent->firsts);
    ordered_close(&extent->lasts);
}

static Status extent_change(Ordered *map, int64_t instant_ms, int sign) {
    uint64_t key = (uint64_t)instant_ms ^ EXTENT_BIAS;
    uint64_t *entry = ordered_put(map, &key);
    if (entry == NULL) {
        return STATUS_NO_MEMORY;
    }
    entry[1] = (uint64_t)((int64_t)entry[1] + sign);
    if (entry[1] == 0) {
        ordered_remove(map, &key);
    }
    return STATUS_OK;
}

Status extent_add_sliding(Extent *extent, int64_t first_ms, int64_t last_ms, int sign) {
    Status status = extent_change(&extent->firsts, first_ms, sign);
    return status == STATUS_OK ? extent_change(&extent->lasts, last_ms, sign) : status;
}

int64_t extent_first(const Extent *extent) {
    if (!extent->sliding) {
        return extent->first_ms;
    }
    OrderedCursor cursor = {0, 0};
    return (int64_t)(ordered_next(&extent->firsts, &cursor)[0] ^ EXTENT_BIAS);
}

int64_t extent_last(const Extent *extent) {
    return extent->sliding ? (int64_t)(ordered_last(&extent->lasts)[0] ^ EXTENT_BIAS)
                           : extent->last_ms;
}

void extent_write(const Extent *extent, Buffer *out) {
    int64_t first_ms = extent_first(extent);
    buffer_signed(out, first_ms);
    buffer_varint(out, (uint64_t)(extent_last(extent) - first_ms));
}

bool extent_read(Extent *extent, Reader *reader) {
    int64_t first_ms = reader_signed(reader);
    uint64_t length_ms = reader_varint(reader);
    if (reader->broken || first_ms < -INSTANT_LIMIT_MS || first_ms > INSTANT_LIMIT_MS ||
        length_ms > (uint64_t)(INSTANT_LIMIT_MS - first_ms)) {
        return false;
    }
    extent->first_ms = first_ms;
    extent->last_ms = first_ms + (int64_t)length_ms;
    extent->any = true;
    return true;
}
