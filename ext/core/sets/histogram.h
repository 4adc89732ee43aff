/* histogram.h: an exact histogram of waits: wait_ms -> how often.
**
** 1. Nothing is rounded or binned: percentiles, maxima and within-rates are exact (state.md 2).
** 2. It has three forms with one way to read them: waits appended as they come (cheap; they only
**    come), an ordered map that also takes waits back (opened as sliding), and bytes: those of stats,
**    read in place, or what appended waits become by histogram_settle, before which they are not read.
** 3. As bytes: number of different waits; then for each, in rising order, the difference to the one
**    before it (the first: itself) and its count; all varints, counts >= 1.
*/
#ifndef KEFU_CORE_HISTOGRAM_H
#define KEFU_CORE_HISTOGRAM_H

#include "core/base/buffer.h"
#include "core/sets/ordered.h"
#include "core/sets/rows.h"

typedef enum HistogramForm {
    HISTOGRAM_APPENDED, /* rows of one word, the wait */
    HISTOGRAM_SLIDING,
    HISTOGRAM_BYTES
} HistogramForm;

typedef struct Histogram {
    HistogramForm form;
    int64_t count;      /* waits */
    int128 sum_ms;      /* of all waits */
    Rows rows;          /* APPENDED */
    Ordered map;        /* SLIDING: wait_ms -> count */
    Buffer list;        /* settled: the pairs; owned */
    Reader bytes;       /* BYTES: the pairs */
    uint64_t pairs;     /* BYTES: how many */
    int64_t longest_ms; /* BYTES */
} Histogram;

void histogram_open(Histogram *histogram, const Host *host, bool sliding);
void histogram_close(Histogram *histogram);
/* Adds (sign +1) or takes back (-1, SLIDING only) `count` equal waits. wait_ms >= 0. */
Status histogram_add(Histogram *histogram, int64_t wait_ms, int64_t count, int sign);
/* APPENDED: one wait; inline, since it runs once an answer. */
static inline Status histogram_append(Histogram *histogram, int64_t wait_ms) {
    uint64_t *row = rows_append(&histogram->rows);
    if (row == NULL) {
        return STATUS_NO_MEMORY;
    }
    row[0] = (uint64_t)wait_ms;
    histogram->count++;
    histogram->sum_ms += wait_ms;
    return STATUS_OK;
}
/* The same as histogram_add() for one wait. */
static inline Status histogram_add_one(Histogram *histogram, int64_t wait_ms, int sign) {
    return histogram->form == HISTOGRAM_APPENDED ? histogram_append(histogram, wait_ms)
                                                 : histogram_add(histogram, wait_ms, 1, sign);
}
/* Makes bytes of what was appended; other forms stay as they are. */
Status histogram_settle(Histogram *histogram);

/* Walks the pairs in rising order of waits: start with a zeroed cursor; false after the last. */
typedef struct HistogramCursor {
    uint64_t place;
    OrderedCursor map;
    Reader bytes;
    int64_t wait_ms; /* the pair just read */
    int64_t count;
} HistogramCursor;
bool histogram_next(const Histogram *histogram, HistogramCursor *cursor);

/* The longest wait, or -1 when there is none. */
int64_t histogram_longest(const Histogram *histogram);
/* How many waits are at most so long. */
int64_t histogram_within(const Histogram *histogram, int64_t limit_ms);
/* Quantile p, linear between the ranks (n-1)p, over the waits and `more` further ones of `more_ms`,
** which is at least as long as the longest. The total count is above 0. p and the result, in ms, are
** exact: in 1 / HISTOGRAM_QUANTILE_UNIT. */
#define HISTOGRAM_QUANTILE_PLACES 18
#define HISTOGRAM_QUANTILE_UNIT INT64_C(1000000000000000000)
int128 histogram_quantile(const Histogram *histogram, int64_t p, int64_t more, int64_t more_ms);

/* Requirement 3. Reading checks everything and borrows the bytes; false: they are none. */
void histogram_write(const Histogram *histogram, Buffer *out);
bool histogram_read(Histogram *histogram, Reader *reader);

#endif
