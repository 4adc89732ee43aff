/* histogram.c: see histogram.h. */
#include "core/sets/histogram.h"

#include <string.h>

/* Longer waits do not occur: instants lie within years 0 to 9999, a cap within 10^15 ms. */
#define HISTOGRAM_LONGEST_MS INT64_C(2000000000000000)

void histogram_open(Histogram *histogram, const Host *host, bool sliding) {
    memset(histogram, 0, sizeof *histogram);
    histogram->form = sliding ? HISTOGRAM_SLIDING : HISTOGRAM_APPENDED;
    rows_open(&histogram->rows, host, 1);
    ordered_open(&histogram->map, host, 1, 2);
}

void histogram_close(Histogram *histogram) {
    const Host *host = histogram->rows.host;
    rows_close(&histogram->rows);
    ordered_close(&histogram->map);
    if (histogram->sorted != NULL) {
        host->release(histogram->sorted);
        histogram->sorted = NULL;
    }
}

static Status histogram_change(Histogram *histogram, int64_t wait_ms, int64_t change) {
    uint64_t key = (uint64_t)wait_ms;
    uint64_t *entry = ordered_put(&histogram->map, &key);
    if (entry == NULL) {
        return STATUS_NO_MEMORY;
    }
    entry[1] = (uint64_t)((int64_t)entry[1] + change);
    if (entry[1] == 0) {
        ordered_remove(&histogram->map, &key);
    }
    return STATUS_OK;
}

Status histogram_add(Histogram *histogram, int64_t wait_ms, int64_t count, int sign) {
    int64_t change = sign * count;
    if (histogram->form == HISTOGRAM_SLIDING) {
        Status status = histogram_change(histogram, wait_ms, change);
        if (status != STATUS_OK) {
            return status;
        }
    } else {
        for (int64_t i = 0; i < count; i++) {
            uint64_t *row = rows_append(&histogram->rows);
            if (row == NULL) {
                return STATUS_NO_MEMORY;
            }
            row[0] = (uint64_t)wait_ms;
        }
    }
    histogram->count += change;
    histogram->sum_ms += (int128)wait_ms * change;
    return STATUS_OK;
}

Status histogram_settle(Histogram *histogram) {
    if (histogram->form != HISTOGRAM_APPENDED) {
        return STATUS_OK;
    }
    Status status = rows_sort(&histogram->rows, &histogram->sorted);
    if (status == STATUS_OK) {
        histogram->form = HISTOGRAM_SETTLED;
    }
    return status;
}

static bool histogram_next_sorted(const Histogram *histogram, HistogramCursor *cursor) {
    uint64_t all = (uint64_t)histogram->count;
    if (cursor->place == all) {
        return false;
    }
    uint64_t wait = histogram->sorted[cursor->place];
    uint64_t start = cursor->place;
    do {
        cursor->place++;
    } while (cursor->place < all && histogram->sorted[cursor->place] == wait);
    cursor->wait_ms = (int64_t)wait;
    cursor->count = (int64_t)(cursor->place - start);
    return true;
}

bool histogram_next(const Histogram *histogram, HistogramCursor *cursor) {
    const uint64_t *entry;
    switch (histogram->form) { /* not covered: no other form */
    case HISTOGRAM_APPENDED:
        return false; /* nothing was settled: there is nothing to read */
    case HISTOGRAM_SETTLED:
        return histogram_next_sorted(histogram, cursor);
    case HISTOGRAM_SLIDING:
        entry = ordered_next(&histogram->map, &cursor->map);
        if (entry == NULL) {
            return false;
        }
        cursor->wait_ms = (int64_t)entry[0];
        cursor->count = (int64_t)entry[1];
        return true;
    case HISTOGRAM_BYTES:
        break;
    }
    if (cursor->place == histogram->pairs) {
        return false;
    }
    if (cursor->place == 0) {
        cursor->bytes = histogram->bytes;
    }
    cursor->place++;
    cursor->wait_ms += (int64_t)reader_varint(&cursor->bytes);
    cursor->count = (int64_t)reader_varint(&cursor->bytes);
    return true;
}

int64_t histogram_longest(const Histogram *histogram) {
    if (histogram->count == 0) {
        return -1;
    }
    if (histogram->form == HISTOGRAM_SLIDING) {
        return (int64_t)ordered_last(&histogram->map)[0];
    }
    if (histogram->form == HISTOGRAM_SETTLED) {
        return (int64_t)histogram->sorted[histogram->count - 1];
    }
    HistogramCursor cursor = {0};
    while (histogram_next(histogram, &cursor)) {
    }
    return cursor.wait_ms;
}

int64_t histogram_within(const Histogram *histogram, int64_t limit_ms) {
    int64_t within = 0;
    HistogramCursor cursor = {0};
    while (histogram_next(histogram, &cursor) && cursor.wait_ms <= limit_ms) {
        within += cursor.count;
    }
    return within;
}

int128 histogram_quantile(const Histogram *histogram, int64_t p, int64_t more, int64_t more_ms) {
    const int128 unit = HISTOGRAM_QUANTILE_UNIT;
    int64_t last = histogram->count + more - 1;
    int128 rank = (int128)last * p; /* at most 2^62 * 10^18 */
    int64_t below = (int64_t)(rank / unit);
    int64_t above = below < last ? below + 1 : last;
    int128 share = rank % unit;
    int64_t low_ms = -1;
    int64_t high_ms = more_ms;
    int64_t seen = 0;
    HistogramCursor cursor = {0};
    while (seen <= above && histogram_next(histogram, &cursor)) {
        seen += cursor.count;
        if (low_ms < 0 && seen > below) {
            low_ms = cursor.wait_ms;
        }
        if (seen > above) {
            high_ms = cursor.wait_ms;
        }
    }
    low_ms = low_ms < 0 ? more_ms : low_ms;
    return low_ms * unit + share * (high_ms - low_ms);
}

void histogram_write(const Histogram *histogram, Buffer *out) {
    uint64_t pairs = 0;
    HistogramCursor cursor = {0};
    while (histogram_next(histogram, &cursor)) {
        pairs++;
    }
    buffer_varint(out, pairs);
    int64_t before_ms = 0;
    cursor = (HistogramCursor){0};
    while (histogram_next(histogram, &cursor)) {
        buffer_varint(out, (uint64_t)(cursor.wait_ms - before_ms));
        buffer_varint(out, (uint64_t)cursor.count);
        before_ms = cursor.wait_ms;
    }
}

bool histogram_read(Histogram *histogram, Reader *reader) {
    histogram->form = HISTOGRAM_BYTES;
    histogram->pairs = reader_varint(reader);
    if (histogram->pairs > reader_left(reader) / 2) { /* a pair has two bytes at least */
        return false;
    }
    histogram->bytes = *reader;
    uint64_t wait_ms = 0;
    for (uint64_t i = 0; i < histogram->pairs; i++) {
        uint64_t step_ms = reader_varint(reader);
        uint64_t count = reader_varint(reader);
        if (reader->broken || step_ms > (uint64_t)HISTOGRAM_LONGEST_MS || (i > 0 && step_ms == 0) ||
            count == 0 || count > (uint64_t)(INT64_MAX - histogram->count)) {
            return false;
        }
        wait_ms += step_ms;
        if (wait_ms > (uint64_t)HISTOGRAM_LONGEST_MS) {
            return false;
        }
        histogram->count += (int64_t)count;
        histogram->sum_ms += (int128)wait_ms * (int128)count;
    }
    return !reader->broken;
}
