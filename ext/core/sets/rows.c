/* rows.c: see rows.h. */
#include "core/sets/rows.h"

#include <string.h>

#define ROWS_FIRST_CHUNK 16 /* rows in the first chunk: groups may be many and small */
#define ROWS_LARGEST_CHUNK 2048
#define ROWS_PER_BUCKET 16 /* aimed at, for an even spread */
#define ROWS_MOST_BUCKETS 8192
#define ROWS_INSERTION 24 /* up to so many rows insertion sort is the fastest */
#define ROWS_WIDEST 6
#define ROWS_CHECK 4096 /* rows between two looks at the interrupt flag */

void rows_open(Rows *rows, const Host *host, uint32_t width) {
    memset(rows, 0, sizeof *rows);
    rows->host = host;
    rows->width = width;
}

void rows_close(Rows *rows) {
    RowChunk *chunk = rows->first;
    while (chunk != NULL) {
        RowChunk *next = chunk->next;
        rows->host->release(chunk);
        chunk = next;
    }
    rows_open(rows, rows->host, rows->width);
}

/* The chunk after one of so many words holds twice as many, up to the largest. */
static uint64_t rows_next_capacity(const Rows *rows, uint64_t capacity) {
    if (capacity == 0) {
        return (uint64_t)ROWS_FIRST_CHUNK * rows->width;
    }
    uint64_t largest = (uint64_t)ROWS_LARGEST_CHUNK * rows->width;
    return capacity * 2 < largest ? capacity * 2 : largest;
}

bool rows_grow(Rows *rows) {
    uint64_t capacity = rows_next_capacity(rows, rows->last_capacity);
    RowChunk *chunk = rows->host->resize(NULL, sizeof(RowChunk) + capacity * sizeof(uint64_t));
    if (chunk == NULL) {
        return false;
    }
    chunk->next = NULL;
    if (rows->last == NULL) {
        rows->first = chunk;
    } else {
        rows->last->next = chunk;
    }
    rows->last = chunk;
    rows->last_capacity = capacity;
    rows->last_used = 0;
    return true;
}

const uint64_t *rows_next(const Rows *rows, RowCursor *cursor) {
    if (cursor->row == rows->count) {
        return NULL;
    }
    if (cursor->used == cursor->capacity) {
        cursor->chunk = cursor->chunk == NULL ? rows->first : cursor->chunk->next;
        cursor->capacity = rows_next_capacity(rows, cursor->capacity);
        cursor->used = 0;
    }
    const uint64_t *row = cursor->chunk->words + cursor->used;
    cursor->used += rows->width;
    cursor->row++;
    return row;
}

/* ---- sorting: written once for any width; the callers below give it as a constant ------------- */

#define ROWS_INLINE static inline __attribute__((always_inline))

ROWS_INLINE bool rows_less(const uint64_t *left, const uint64_t *right, const uint32_t width) {
    for (uint32_t i = 0; i + 1 < width; i++) {
        if (left[i] != right[i]) {
            return left[i] < right[i];
        }
    }
    return left[width - 1] < right[width - 1];
}

ROWS_INLINE void rows_copy(uint64_t *to, const uint64_t *from, const uint32_t width) {
    for (uint32_t i = 0; i < width; i++) {
        to[i] = from[i];
    }
}

ROWS_INLINE void rows_swap(uint64_t *left, uint64_t *right, const uint32_t width) {
    for (uint32_t i = 0; i < width; i++) {
        uint64_t word = left[i];
        left[i] = right[i];
        right[i] = word;
    }
}

ROWS_INLINE void rows_insertion(uint64_t *rows, uint64_t count, const uint32_t width) {
    uint64_t held[ROWS_WIDEST];
    for (uint64_t i = 1; i < count; i++) {
        uint64_t *row = rows + i * width;
        if (!rows_less(row, row - width, width)) {
            continue;
        }
        rows_copy(held, row, width);
        do {
            rows_copy(row, row - width, width);
            row -= width;
        } while (row > rows && rows_less(held, row - width, width));
        rows_copy(row, held, width);
    }
}

ROWS_INLINE void rows_sift(uint64_t *rows, uint64_t root, uint64_t count, const uint32_t width) {
    for (uint64_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count &&
            rows_less(rows + child * width, rows + (child + 1) * width, width)) {
            child++;
        }
        if (!rows_less(rows + root * width, rows + child * width, width)) {
            return;
        }
        rows_swap(rows + root * width, rows + child * width, width);
    }
}

/* False: interrupted (requirement 4). */
ROWS_INLINE bool rows_heap(const Host *host, uint64_t *rows, uint64_t count, const uint32_t width) {
    for (uint64_t i = count / 2; i-- > 0;) {
        rows_sift(rows, i, count, width);
    }
    for (uint64_t i = count; i-- > 1;) {
        rows_swap(rows, rows + i * width, width);
        rows_sift(rows, 0, i, width);
        if (i % ROWS_CHECK == 0 && host_interrupted(host)) {
            return false;
        }
    }
    return true;
}

/* Hoare's partition around the median of three; returns how many rows fall to the left: at least one
** and fewer than all, since the last row is never below the pivot and there are more than three. */
ROWS_INLINE uint64_t rows_partition(uint64_t *rows, uint64_t count, const uint32_t width) {
    uint64_t *low = rows;
    uint64_t *middle = rows + count / 2 * width;
    uint64_t *high = rows + (count - 1) * width;
    if (rows_less(middle, low, width)) {
        rows_swap(middle, low, width);
    }
    if (rows_less(high, middle, width)) {
        rows_swap(high, middle, width);
        if (rows_less(middle, low, width)) {
            rows_swap(middle, low, width);
        }
    }
    uint64_t pivot[ROWS_WIDEST];
    rows_copy(pivot, middle, width);
    for (;;) {
        while (rows_less(low, pivot, width)) {
            low += width;
        }
        while (rows_less(pivot, high, width)) {
            high -= width;
        }
        if (low >= high) {
            return (uint64_t)(high - rows) / width + 1;
        }
        rows_swap(low, high, width);
        low += width;
        high -= width;
    }
}

/* Requirement 3: quicksort that turns into heapsort when it goes too deep. The larger part waits on a
** stack of at most 64 places, since the smaller one, which goes first, is at most half of it. */
ROWS_INLINE bool rows_intro(const Host *host, uint64_t *rows, uint64_t count,
                            const uint32_t width) {
    struct {
        uint64_t *rows;
        uint64_t count;
        int depth;
    } waiting[64], now;
    int waiting_count = 0;
    now.rows = rows;
    now.count = count;
    now.depth = 0;
    for (uint64_t n = count; n > 1; n >>= 1) {
        now.depth += 2;
    }
    for (;;) {
        while (now.count > ROWS_INSERTION && now.depth-- > 0) {
            uint64_t left = rows_partition(now.rows, now.count, width);
            if (now.count > ROWS_CHECK && host_interrupted(host)) {
                return false;
            }
            waiting[waiting_count] = now;
            if (left < now.count - left) {
                waiting[waiting_count].rows = now.rows + left * width;
                waiting[waiting_count].count = now.count - left;
                now.count = left;
            } else {
                waiting[waiting_count].count = left;
                now.rows += left * width;
                now.count -= left;
            }
            waiting_count++;
        }
        if (now.count <= ROWS_INSERTION) {
            rows_insertion(now.rows, now.count, width);
        } else if (!rows_heap(host, now.rows, now.count, width)) {
            return false;
        }
        if (waiting_count == 0) {
            return true;
        }
        now = waiting[--waiting_count];
    }
}

/* How the first words are spread over buckets. */
typedef struct RowSpread {
    uint64_t least; /* smallest first word */
    uint32_t shift; /* (word - least) >> shift is the bucket */
    uint32_t buckets;
} RowSpread;

static RowSpread rows_spread(const Rows *rows) {
    RowSpread spread = {UINT64_MAX, 0, 1};
    uint64_t most = 0;
    RowCursor cursor = {0};
    const uint64_t *row;
    while ((row = rows_next(rows, &cursor)) != NULL) {
        spread.least = row[0] < spread.least ? row[0] : spread.least;
        most = row[0] > most ? row[0] : most;
    }
    uint64_t wanted = rows->count / ROWS_PER_BUCKET + 1; /* above 0, so that shift stays below 64 */
    wanted = wanted < ROWS_MOST_BUCKETS ? wanted : ROWS_MOST_BUCKETS;
    uint64_t range = most - spread.least;
    while ((range >> spread.shift) > wanted) {
        spread.shift++;
    }
    spread.buckets = (uint32_t)(range >> spread.shift) + 1;
    return spread;
}

ROWS_INLINE bool rows_sort_width(Rows *rows, RowSpread spread, uint64_t *ends, uint64_t *sorted,
                                 const uint32_t width) {
    RowCursor cursor = {0};
    const uint64_t *row;
    while ((row = rows_next(rows, &cursor)) != NULL) {
        ends[(row[0] - spread.least) >> spread.shift]++;
    }
    uint64_t start = 0;
    for (uint32_t i = 0; i < spread.buckets; i++) {
        uint64_t size = ends[i];
        ends[i] = start;
        start += size;
    }
    uint64_t capacity = 0;
    uint64_t left = rows->count;
    for (RowChunk *chunk = rows->first; chunk != NULL;) { /* Requirement 5 */
        if (host_interrupted(rows->host)) {
            return false;
        }
        capacity = rows_next_capacity(rows, capacity);
        uint64_t in_chunk = capacity / width < left ? capacity / width : left;
        left -= in_chunk;
        for (uint64_t i = 0; i < in_chunk; i++) {
            const uint64_t *from = chunk->words + i * width;
            uint64_t place = ends[(from[0] - spread.least) >> spread.shift]++;
            rows_copy(sorted + place * width, from, width);
        }
        RowChunk *next = chunk->next;
        rows->host->release(chunk);
        chunk = next;
        rows->first = chunk;
    }
    start = 0;
    for (uint32_t i = 0; i < spread.buckets; i++) {
        if ((i % (ROWS_CHECK / ROWS_PER_BUCKET) == 0 && host_interrupted(rows->host)) ||
            !rows_intro(rows->host, sorted + start * width, ends[i] - start, width)) {
            return false;
        }
        start = ends[i];
    }
    return true;
}

Status rows_sort(Rows *rows, uint64_t **sorted) {
    *sorted = NULL;
    if (rows->count == 0) {
        rows_close(rows);
        return STATUS_OK;
    }
    RowSpread spread = rows_spread(rows);
    uint64_t *ends = host_allocate(rows->host, spread.buckets, sizeof *ends);
    /* The rows are in memory, so their size fits 64 bits. */
    uint64_t *block = rows->host->resize(NULL, rows->count * rows->width * sizeof(uint64_t));
    if (ends == NULL || block == NULL) {
        rows->host->release(ends);
        rows->host->release(block);
        return STATUS_NO_MEMORY;
    }
    bool done = rows->width == 1   ? rows_sort_width(rows, spread, ends, block, 1)
                : rows->width == 2 ? rows_sort_width(rows, spread, ends, block, 2)
                : rows->width == 3 ? rows_sort_width(rows, spread, ends, block, 3)
                : rows->width == 4 ? rows_sort_width(rows, spread, ends, block, 4)
                                   : rows_sort_width(rows, spread, ends, block, ROWS_WIDEST);
    rows->host->release(ends);
    rows_close(rows);
    if (!done) {
        rows->host->release(block);
        return STATUS_INTERRUPTED;
    }
    *sorted = block;
    return STATUS_OK;
}
