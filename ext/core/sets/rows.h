/* rows.h: rows of a few 64-bit words: appended one by one as they come, sorted once at the end.
**
** 1. Appending costs no allocation a row: chunks double up to 64 KiB, and nothing is ever copied.
** 2. rows_sort() orders by all words as unsigned numbers, the first word first. Equal rows stay.
** 3. Whatever the data (descending, equal, organ-pipe, crafted identities), sorting n rows costs
**    O(n log n) at worst; for evenly spread first words it is a pass of buckets and an insertion sort
**    that has little left to do.
** 4. Sorting looks at the host's interrupt flag every few thousand rows.
** 5. Chunks are released as they are read. rows_sort() holds all rows twice when it begins;
**    rows_each_run() never more than a run (2 MiB) beside the rows, unless rows of one first word
**    are more.
*/
#ifndef KEFU_CORE_ROWS_H
#define KEFU_CORE_ROWS_H

#include "core/base/base.h"

typedef struct RowChunk {
    struct RowChunk *next;
    uint64_t words[]; /* capacity of the chunk in words: see Rows */
} RowChunk;

typedef struct Rows {
    const Host *host;
    uint32_t width; /* words in a row: 1 to 4, or 6 */
    uint64_t count; /* rows in all */
    uint64_t *next; /* where the next row goes, in the last chunk; all others are full */
    uint64_t *end;  /* of the last chunk */
    RowChunk *first;
    RowChunk *last;
} Rows;

void rows_open(Rows *rows, const Host *host, uint32_t width);
void rows_close(Rows *rows);
/* The chunk after one of so many words holds twice as many, up to the largest; after 0, the first. */
uint64_t rows_next_capacity(const Rows *rows, uint64_t capacity);
/* Adds a chunk; false: no memory. */
bool rows_grow(Rows *rows);

/* So many bytes ahead memory is asked for while rows come: those of many keys in turn are too many streams
** for a processor to see by itself (5 to 8 % of a query over 50 agents and 16 days). */
#define ROWS_AHEAD 64

/* Place for one row's words, to be filled by the caller; NULL: no memory. */
static inline uint64_t *rows_append(Rows *rows) {
    if (rows->next == rows->end && !rows_grow(rows)) {
        return NULL;
    }
    uint64_t *row = rows->next;
    rows->next += rows->width;
    rows->count++;
    __builtin_prefetch((const void *)((uintptr_t)row + ROWS_AHEAD), 1);
    return row;
}

/* Moves all rows, sorted, into one block that the caller releases through the host; the store is
** empty afterwards. *sorted is NULL when there are none. */
Status rows_sort(Rows *rows, uint64_t **sorted);

/* Shows all rows, sorted, run by run; rows of one first word are in one run. The visitor may write to
** them. The store is empty afterwards, and when the status is not OK, good for rows_close() only. */
typedef Status RowVisit(void *context, uint64_t *sorted, uint64_t count);
Status rows_each_run(Rows *rows, RowVisit *visit, void *context);

/* Reads the rows in the order of their arrival: start with a zeroed cursor; NULL after the last. */
typedef struct RowCursor {
    const RowChunk *chunk;
    uint64_t used;     /* words of this chunk that were read */
    uint64_t capacity; /* words in this chunk */
    uint64_t row;      /* rows that were read */
} RowCursor;
void rows_next_chunk(const Rows *rows, RowCursor *cursor); /* for rows_next() */
static inline const uint64_t *rows_next(const Rows *rows, RowCursor *cursor) {
    if (cursor->row == rows->count) {
        return NULL;
    }
    if (cursor->used == cursor->capacity) {
        rows_next_chunk(rows, cursor);
    }
    const uint64_t *row = cursor->chunk->words + cursor->used;
    cursor->used += rows->width;
    cursor->row++;
    return row;
}

#endif
