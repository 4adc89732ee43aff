/* fuzz.c: see fuzz.h. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of the run that is going on. */
static struct FuzzHeap {
    uint64_t blocks; /* lent and not given back */
    uint64_t asked;  /* allocations so far */
    uint64_t refuse; /* which of them is refused, from 1; 0: none */
} fuzz_heap;

static void *fuzz_resize(void *block, uint64_t bytes) {
    if (++fuzz_heap.asked == fuzz_heap.refuse) {
        return NULL;
    }
    void *resized = realloc(block, (size_t)bytes);
    fuzz_expect(resized != NULL);
    fuzz_heap.blocks += block == NULL;
    return resized;
}

static void fuzz_release(void *block) {
    fuzz_heap.blocks -= block != NULL;
    free(block);
}

const Host fuzz_host = {fuzz_resize, fuzz_release, NULL, NULL};

void fuzz_require(bool holds, const char *words, const char *file, int line) {
    if (!holds) {
        fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, words);
        abort();
    }
}

/* FNV-1a. */
uint64_t fuzz_hash(const uint8_t *data, size_t size) {
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ data[i]) * UINT64_C(1099511628211);
    }
    return hash ^ hash >> 32;
}

int fuzz_run(FuzzCheck *check, const uint8_t *data, size_t size) {
    memset(&fuzz_heap, 0, sizeof fuzz_heap);
    fuzz_expect(check(data, size) == STATUS_OK);
    fuzz_expect(fuzz_heap.blocks == 0);
    if (fuzz_heap.asked > 0) {
        fuzz_heap.refuse = 1 + fuzz_hash(data, size) % fuzz_heap.asked;
        fuzz_heap.asked = 0;
        fuzz_expect(check(data, size) == STATUS_NO_MEMORY);
        fuzz_expect(fuzz_heap.blocks == 0);
    }
    return 0;
}

bool fuzz_same(const Buffer *left, const Buffer *right) {
    return left->length == right->length &&
           (left->length == 0 || memcmp(left->bytes, right->bytes, (size_t)left->length) == 0);
}

size_t fuzz_line(const uint8_t *data, size_t size) {
    const uint8_t *end = size == 0 ? NULL : memchr(data, '\n', size);
    return end == NULL ? size : (size_t)(end - data);
}

uint8_t fuzz_byte(FuzzInput *input) { return input->at == input->end ? 0 : *input->at++; }

uint32_t fuzz_below(FuzzInput *input, uint32_t limit) { return fuzz_byte(input) % limit; }

int64_t fuzz_word(FuzzInput *input) {
    uint64_t word = 0;
    for (int i = 0; i < 8; i++) {
        word |= (uint64_t)fuzz_byte(input) << 8 * i;
    }
    return (int64_t)word;
}
