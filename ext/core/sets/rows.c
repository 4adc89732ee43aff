/* rows.c: see rows.h. Sorting is rows_sort.c. */
#include "core/sets/rows.h"

#include <string.h>

#define ROWS_FIRST_CHUNK 16 /* rows in the first chunk: groups may be many and small */
#define ROWS_LARGEST_CHUNK 2048

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

uint64_t rows_next_capacity(const Rows *rows, uint64_t capacity) {
    if (capacity == 0) {
        return (uint64_t)ROWS_FIRST_CHUNK * rows->width;
    }
    uint64_t largest = (uint64_t)ROWS_LARGEST_CHUNK * rows->width;
    return capacity * 2 < largest ? capacity * 2 : largest;
}

bool rows_grow(Rows *rows) {
    const uint64_t before = rows->last == NULL ? 0 : (uint64_t)(rows->end - rows->last->words);
    const uint64_t capacity = rows_next_capacity(rows, before);
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
    rows->next = chunk->words;
    rows->end = chunk->words + capacity;
    return true;
}

void rows_next_chunk(const Rows *rows, RowCursor *cursor) {
    cursor->chunk = cursor->chunk == NULL ? rows->first : cursor->chunk->next;
    cursor->capacity = rows_next_capacity(rows, cursor->capacity);
    cursor->used = 0;
}
