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
    buffer_open(&histogram->list, host);
}

void histogram_close(Histogram *histogram) {
    rows_close(&histogram->rows);
    ordered_close(&histogram->map);
    buffer_close(&histogram->list);
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
    Status status = STATUS_OK;
    if (histogram->form == HISTOGRAM_APPENDED) {
        for (int64_t i = 0; status == STATUS_OK && i < count; i++) {
            status = histogram_append(histogram, wait_ms);
        }
        return status;
    }
    const int64_t change = sign * count;
    status = histogram_change(histogram, wait_ms, change);
    if (status == STATUS_OK) {
        histogram->count += change;
        histogram->sum_ms += (int128)wait_ms * change;
    }
    return status;
}

/* Appended waits on their way to bytes. Most are whole seconds, and not many of them: these are counted,
** the others sorted. */
typedef struct HistogramSettling {
    uint32_t *seconds; /* how many waits are so many seconds, below `limit` */
    uint64_t limit;
    Rows others;
} HistogramSettling;

#define HISTOGRAM_SECOND_MS 1000
#define HISTOGRAM_LEAST_SECONDS 256
#define HISTOGRAM_MOST_SECONDS 65536
#define HISTOGRAM_CHECK 4096 /* waits between two looks at the interrupt flag */

static Status histogram_part(const Histogram *histogram, HistogramSettling *settling) {
    RowCursor cursor = {0};
    const uint64_t *row;
    while ((row = rows_next(&histogram->rows, &cursor)) != NULL) {
        if (cursor.row % HISTOGRAM_CHECK == 0 && host_interrupted(histogram->rows.host)) {
            return STATUS_INTERRUPTED;
        }
        const uint64_t second = row[0] / HISTOGRAM_SECOND_MS;
        if (second < settling->limit && row[0] % HISTOGRAM_SECOND_MS == 0) {
            settling->seconds[second]++;
            continue;
        }
        uint64_t *other = rows_append(&settling->others);
        if (other == NULL) {
            return STATUS_NO_MEMORY;
        }
        other[0] = row[0];
    }
    return STATUS_OK;
}

static void histogram_put_pair(Histogram *histogram, uint64_t wait_ms, uint64_t count) {
    unsigned char *from = buffer_reserve(&histogram->list, (uint64_t)2 * VARINT_LONGEST);
    if (from != NULL) {
        unsigned char *at = varint_put(from, wait_ms - (uint64_t)histogram->longest_ms);
        histogram->list.length += (uint64_t)(varint_put(at, count) - from);
        histogram->longest_ms = (int64_t)wait_ms;
        histogram->pairs++;
    }
}

/* The pairs of other waits from *place on that are below this one. */
static void histogram_put_others(Histogram *histogram, const uint64_t *others, uint64_t count,
                                 uint64_t *place, uint64_t below_ms) {
    while (*place < count && others[*place] < below_ms) {
        const uint64_t from = *place;
        while (*place < count && others[*place] == others[from]) {
            (*place)++;
        }
        histogram_put_pair(histogram, others[from], *place - from);
    }
}

/* Both parts in one rising order. */
static void histogram_put_pairs(Histogram *histogram, const HistogramSettling *settling,
                                const uint64_t *others, uint64_t count) {
    uint64_t place = 0;
    histogram->longest_ms = 0;
    for (uint64_t second = 0; second < settling->limit; second++) {
        if (settling->seconds[second] > 0) {
            const uint64_t second_ms = second * HISTOGRAM_SECOND_MS;
            histogram_put_others(histogram, others, count, &place, second_ms);
            histogram_put_pair(histogram, second_ms, settling->seconds[second]);
        }
    }
    histogram_put_others(histogram, others, count, &place, UINT64_MAX);
}

static uint64_t histogram_limit(uint64_t count) {
    const uint64_t limit = 2 * count + HISTOGRAM_LEAST_SECONDS;
    return limit < HISTOGRAM_MOST_SECONDS ? limit : HISTOGRAM_MOST_SECONDS;
}

static Status histogram_settle_rows(Histogram *histogram) {
    const Host *host = histogram->rows.host;
    const uint64_t count = histogram->rows.count;
    /* not covered: no memory holds more waits */
    HistogramSettling settling = {.limit = count <= UINT32_MAX ? histogram_limit(count) : 0};
    uint64_t *others = NULL;
    settling.seconds = host_allocate(host, settling.limit, sizeof *settling.seconds);
    rows_open(&settling.others, host, 1);
    Status status = settling.seconds == NULL ? STATUS_NO_MEMORY : STATUS_OK;
    if (status == STATUS_OK) {
        status = histogram_part(histogram, &settling);
    }
    rows_close(&histogram->rows);
    const uint64_t other_count = settling.others.count;
    if (status == STATUS_OK) {
        status = rows_sort(&settling.others, &others);
    }
    if (status == STATUS_OK) {
        histogram_put_pairs(histogram, &settling, others, other_count);
        status = histogram->list.failed ? STATUS_NO_MEMORY : STATUS_OK;
    }
    rows_close(&settling.others);
    host->release(others);
    host->release(settling.seconds);
    return status;
}

Status histogram_settle(Histogram *histogram) {
    if (histogram->form != HISTOGRAM_APPENDED) {
        return STATUS_OK;
    }
    const Status status = histogram->rows.count == 0 ? STATUS_OK : histogram_settle_rows(histogram);
    histogram->form = HISTOGRAM_BYTES;
    histogram->bytes = reader_over(histogram->list.bytes, histogram->list.length);
    return status;
}

bool histogram_next(const Histogram *histogram, HistogramCursor *cursor) {
    const uint64_t *entry;
    switch (histogram->form) { /* not covered: no other form */
    case HISTOGRAM_APPENDED:
        return false; /* nothing was settled: there is nothing to read */
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
    const Varint step = varint_get(cursor->bytes.at, cursor->bytes.end);
    const Varint count = varint_get(step.behind, cursor->bytes.end);
    cursor->bytes.at = count.behind;
    cursor->wait_ms += (int64_t)step.number;
    cursor->count = (int64_t)count.number;
    return true;
}

int64_t histogram_longest(const Histogram *histogram) {
    if (histogram->count == 0) {
        return -1;
    }
    if (histogram->form == HISTOGRAM_SLIDING) {
        return (int64_t)ordered_last(&histogram->map)[0];
    }
    return histogram->longest_ms;
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
    if (histogram->form == HISTOGRAM_BYTES) {
        buffer_varint(out, histogram->pairs);
        buffer_append(out, histogram->bytes.at, reader_left(&histogram->bytes));
        return;
    }
    buffer_varint(out, histogram->map.count);
    int64_t before_ms = 0;
    HistogramCursor cursor = {0};
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
    const unsigned char *at = reader->at;
    uint64_t wait_ms = 0;
    int128 sum_ms = 0;
    uint64_t waits = 0;
    for (uint64_t i = 0; i < histogram->pairs; i++) {
        const Varint step = varint_get(at, reader->end);
        const Varint count = step.behind == NULL ? step : varint_get(step.behind, reader->end);
        if (count.behind == NULL || step.number > (uint64_t)HISTOGRAM_LONGEST_MS - wait_ms ||
            (i > 0 && step.number == 0) || count.number == 0 ||
            count.number > (uint64_t)INT64_MAX - waits) {
            return false;
        }
        at = count.behind;
        wait_ms += step.number;
        waits += count.number;
        sum_ms += (int128)wait_ms * (int128)count.number;
    }
    histogram->bytes.end = at;
    reader->at = at;
    histogram->longest_ms = (int64_t)wait_ms;
    histogram->count = (int64_t)waits;
    histogram->sum_ms = sum_ms;
    return !reader->broken;
}
