/* rows_sort.c: rows in order (rows.h, requirements 2 to 5).
**
** 1. Rows are dealt into half to as many buckets by their first words (ROWS_MOST_BUCKETS at most), and one
**    insertion sort over all of them puts the rest right; a bucket that is too large for it (few or uneven first
**    words) goes through quicksort, or heapsort, first.
** 2. More rows than fit the cache (ROWS_RUN) are dealt into parts before, which are sorted one by one,
**    each in a block of its own: that bounds the memory as well.
**
** Tried and dropped: sixteen rows a bucket with an insertion sort in each (158 instructions a row
** where this takes 77); four rows a bucket (a third more branches that are guessed wrong); runs of
** 262,144 rows and as many buckets (no difference).
*/
#include "core/sets/rows.h"

#include <string.h>

#define ROWS_PER_BUCKET 1 /* aimed at, for an even spread */
#define ROWS_MOST_BUCKETS 32768
#define ROWS_RUN 65536 /* rows that are sorted at once: 1 to 1.5 MiB */
#define ROWS_MOST_PARTS 1024
#define ROWS_INSERTION 24 /* up to so many rows insertion sort is the fastest */
#define ROWS_WIDEST 6
#define ROWS_CHECK 4096 /* rows between two looks at the interrupt flag */

/* ---- small sorts: written once for any width; the callers give it as a constant ---------------- */

HOT_INLINE bool rows_less(const uint64_t *left, const uint64_t *right, const uint32_t width) {
    for (uint32_t i = 0; i + 1 < width; i++) {
        if (left[i] != right[i]) {
            return left[i] < right[i];
        }
    }
    return left[width - 1] < right[width - 1];
}

HOT_INLINE void rows_copy(uint64_t *to, const uint64_t *from, const uint32_t width) {
    for (uint32_t i = 0; i < width; i++) {
        to[i] = from[i];
    }
}

HOT_INLINE void rows_swap(uint64_t *left, uint64_t *right, const uint32_t width) {
    for (uint32_t i = 0; i < width; i++) {
        uint64_t word = left[i];
        left[i] = right[i];
        right[i] = word;
    }
}

/* Rows from `from` on go to their places among those before them, which are sorted. */
HOT_INLINE void rows_insertion(uint64_t *rows, uint64_t from, uint64_t count,
                               const uint32_t width) {
    uint64_t held[ROWS_WIDEST];
    for (uint64_t i = from; i < count; i++) {
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

HOT_INLINE void rows_sift(uint64_t *rows, uint64_t root, uint64_t count, const uint32_t width) {
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
HOT_INLINE bool rows_heap(const Host *host, uint64_t *rows, uint64_t count, const uint32_t width) {
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
HOT_INLINE uint64_t rows_partition(uint64_t *rows, uint64_t count, const uint32_t width) {
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
HOT_INLINE bool rows_intro(const Host *host, uint64_t *rows, uint64_t count, const uint32_t width) {
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
            rows_insertion(now.rows, 1, now.count, width);
        } else if (!rows_heap(host, now.rows, now.count, width)) {
            return false;
        }
        if (waiting_count == 0) {
            return true;
        }
        now = waiting[--waiting_count];
    }
}

/* ---- chunks as a whole: a cursor that asks at every row whether its chunk ends is a third slower -- */

typedef struct RowBlock {
    RowChunk *chunk;
    uint64_t capacity; /* words in this chunk */
    uint64_t words;    /* those of them in use; 0: the last chunk was passed */
    uint64_t behind;   /* words in use in the chunks behind it */
} RowBlock;

static RowBlock rows_block(const Rows *rows, RowChunk *chunk, uint64_t capacity, uint64_t left) {
    RowBlock block = {chunk, rows_next_capacity(rows, capacity), 0, 0};
    block.words = block.capacity < left ? block.capacity : left;
    block.behind = left - block.words;
    return block;
}

static RowBlock rows_first_block(const Rows *rows) {
    return rows_block(rows, rows->first, 0, rows->count * rows->width);
}

static void rows_next_block(const Rows *rows, RowBlock *block) {
    *block = rows_block(rows, block->chunk->next, block->capacity, block->behind);
}

/* The same for rows that are moved elsewhere: gives the chunk back first. */
static void rows_consume_block(Rows *rows, RowBlock *block) {
    RowChunk *read = block->chunk;
    rows->first = read->next;
    rows_next_block(rows, block);
    rows->host->release(read);
}

/* How the first words are spread over buckets: (word - least) >> shift is the bucket. */
typedef struct RowSpread {
    uint64_t least; /* smallest first word */
    uint32_t shift;
    uint32_t buckets;
} RowSpread;

/* Identities are spread over all numbers: a few of them show it, and a pass over the rows
** can be left out. If they mislead, buckets are uneven, which costs time and nothing else. They are
** taken all over the last chunk, since neighbours may be lines of one customer. */
#define ROWS_SAMPLE 32
static bool rows_look_spread(const Rows *rows) {
    const uint64_t count = (uint64_t)(rows->next - rows->last->words) / rows->width;
    const uint64_t step = count / ROWS_SAMPLE + 1;
    uint64_t least = UINT64_MAX;
    uint64_t most = 0;
    for (uint64_t i = 0; i < count; i += step) {
        const uint64_t word = rows->last->words[i * rows->width];
        least = word < least ? word : least;
        most = word > most ? word : most;
    }
    return least < most && most - least > UINT64_MAX / 2;
}

static void rows_find_range(const Rows *rows, uint64_t *least_word, uint64_t *most_word) {
    uint64_t least = UINT64_MAX;
    uint64_t most = 0;
    const uint32_t width = rows->width;
    for (RowBlock block = rows_first_block(rows); block.words > 0; rows_next_block(rows, &block)) {
        const uint64_t *end = block.chunk->words + block.words;
        for (const uint64_t *row = block.chunk->words; row < end; row += width) {
            least = row[0] < least ? row[0] : least;
            most = row[0] > most ? row[0] : most;
        }
    }
    *least_word = least;
    *most_word = most;
}

/* There is a row. */
static RowSpread rows_spread(const Rows *rows, uint64_t wanted) {
    RowSpread spread = {0, 0, 1};
    uint64_t most = UINT64_MAX;
    if (!rows_look_spread(rows)) {
        rows_find_range(rows, &spread.least, &most);
    }
    const uint64_t range = most - spread.least;
    while ((range >> spread.shift) > wanted) { /* wanted is above 0, so shift stays below 64 */
        spread.shift++;
    }
    spread.buckets = (uint32_t)(range >> spread.shift) + 1;
    return spread;
}

/* ---- one block ---------------------------------------------------------------------------------- */

/* `ends`: a zeroed word for each bucket. False: interrupted. */
HOT_INLINE bool rows_sort_width(Rows *rows, RowSpread spread, uint64_t *ends, uint64_t *sorted,
                                const uint32_t width) {
    const Host *host = rows->host;
    const uint64_t count = rows->count;
    for (RowBlock block = rows_first_block(rows); block.words > 0; rows_next_block(rows, &block)) {
        const uint64_t *end = block.chunk->words + block.words;
        for (const uint64_t *row = block.chunk->words; row < end; row += width) {
            ends[(row[0] - spread.least) >> spread.shift]++;
        }
    }
    uint64_t start = 0;
    uint64_t largest = 0;
    for (uint32_t i = 0; i < spread.buckets; i++) {
        const uint64_t size = ends[i];
        ends[i] = start;
        start += size;
        largest = size > largest ? size : largest;
    }
    for (RowBlock block = rows_first_block(rows); block.words > 0;
         rows_consume_block(rows, &block)) {
        if (host_interrupted(host)) {
            return false;
        }
        const uint64_t *end = block.chunk->words + block.words;
        for (const uint64_t *row = block.chunk->words; row < end; row += width) {
            uint64_t place = ends[(row[0] - spread.least) >> spread.shift]++;
            rows_copy(sorted + place * width, row, width);
        }
    }
    start = 0;
    for (uint32_t i = 0; largest > ROWS_INSERTION && i < spread.buckets; i++) {
        const uint64_t size = ends[i] - start;
        if (size > ROWS_INSERTION &&
            (host_interrupted(host) || !rows_intro(host, sorted + start * width, size, width))) {
            return false;
        }
        start = ends[i];
    }
    for (uint64_t i = 0; i < count; i += ROWS_CHECK) {
        if (host_interrupted(host)) {
            return false;
        }
        rows_insertion(sorted, i == 0 ? 1 : i, i + ROWS_CHECK < count ? i + ROWS_CHECK : count,
                       width);
    }
    return true;
}

Status rows_sort(Rows *rows, uint64_t **sorted) {
    *sorted = NULL;
    if (rows->count == 0) {
        rows_close(rows);
        return STATUS_OK;
    }
    uint64_t wanted = rows->count / ROWS_PER_BUCKET + 1;
    wanted = wanted < ROWS_MOST_BUCKETS ? wanted : ROWS_MOST_BUCKETS;
    const RowSpread spread = rows_spread(rows, wanted);
    uint64_t *ends = host_allocate(rows->host, spread.buckets, sizeof *ends);
    uint64_t *block = NULL;
    /* not covered: no memory holds more rows */
    if (rows->count <= UINT64_MAX / sizeof(uint64_t) / rows->width) {
        block = rows->host->resize(NULL, rows->count * rows->width * sizeof(uint64_t));
    }
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

/* ---- run by run --------------------------------------------------------------------------------- */

static Status rows_visit_whole(Rows *rows, RowVisit *visit, void *context) {
    const uint64_t count = rows->count;
    uint64_t *sorted;
    Status status = rows_sort(rows, &sorted);
    if (status == STATUS_OK && count > 0) {
        status = visit(context, sorted, count);
    }
    rows->host->release(sorted);
    return status;
}

/* Requirement 2: moves the rows into parts, which were opened, one for each bucket. */
static Status rows_deal_out(Rows *rows, RowSpread spread, Rows *parts) {
    const uint32_t width = rows->width;
    for (RowBlock block = rows_first_block(rows); block.words > 0;
         rows_consume_block(rows, &block)) {
        if (host_interrupted(rows->host)) {
            return STATUS_INTERRUPTED;
        }
        const uint64_t *end = block.chunk->words + block.words;
        for (const uint64_t *row = block.chunk->words; row < end; row += width) {
            uint64_t *place = rows_append(&parts[(row[0] - spread.least) >> spread.shift]);
            if (place == NULL) {
                return STATUS_NO_MEMORY;
            }
            memcpy(place, row, width * sizeof *row);
        }
    }
    return STATUS_OK;
}

Status rows_each_run(Rows *rows, RowVisit *visit, void *context) {
    if (rows->count <= ROWS_RUN) {
        return rows_visit_whole(rows, visit, context);
    }
    uint64_t wanted = rows->count / (ROWS_RUN / 2);
    wanted = wanted < ROWS_MOST_PARTS ? wanted : ROWS_MOST_PARTS;
    const RowSpread spread = rows_spread(rows, wanted);
    Rows *parts = host_allocate(rows->host, spread.buckets, sizeof *parts);
    if (parts == NULL) {
        return STATUS_NO_MEMORY;
    }
    for (uint32_t i = 0; i < spread.buckets; i++) {
        rows_open(&parts[i], rows->host, rows->width);
    }
    Status status = rows_deal_out(rows, spread, parts);
    rows_close(rows);
    for (uint32_t i = 0; i < spread.buckets; i++) {
        if (status == STATUS_OK) {
            status = rows_visit_whole(&parts[i], visit, context);
        }
        rows_close(&parts[i]);
    }
    rows->host->release(parts);
    return status;
}
