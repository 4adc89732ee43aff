/* rows.h: rows of a few 64-bit words: appended one by one as they come, sorted once at the end.
**
** 1. Appending costs no allocation a row: chunks double up to 64 KiB, and nothing is ever copied.
** 2. rows_sort() orders by all words as unsigned numbers, the first word first. Equal rows stay.
** 3. Whatever the data (descending, equal, organ-pipe, crafted identities), sorting n rows costs
**    O(n log n) at worst; for evenly spread first words it is a pass of buckets and an insertion sort
**    that has little left to do.
** 4. Sorting looks at the host's interrupt flag every few thousand rows.
** 5. Chunks are released as they are read. rows_sort() holds all rows twice when it begins;
**    rows_each_run() never more than a run (1.5 MiB) beside the rows, unless rows of one first word
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
    RowChunk *first;
    RowChunk *last;
    uint64_t last_used;     /* words used in the last chunk; all others are full */
    uint64_t last_capacity; /* words that fit into the last chunk */
    uint64_t count;         /* rows in all */
} Rows;

void rows_open(Rows *rows, const Host *host, uint32_t width);
void rows_close(Rows *rows);
/* The chunk after one of so many words holds twice as many, up to the largest; after 0, the first. */
uint64_t rows_next_capacity(const Rows *rows, uint64_t capacity);
/* Adds a chunk; false: no memory. */
bool rows_grow(Rows *rows);

/* Place for one row's words, to be filled by the caller; NULL: no memory. */
static inline uint64_t *rows_append(Rows *rows) {
    if (rows->last_used == rows->last_capacity && !rows_grow(rows)) {
        return NULL;
    }
    uint64_t *row = rows->last->words + rows->last_used;
    rows->last_used += rows->width;
    rows->count++;
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
const uint64_t *rows_next(const Rows *rows, RowCursor *cursor);

#endif
