/* host.h: a Host for unit tests of core: malloc, with a count of the blocks that are out, and with an
** allocation that fails when it is asked to. */
#ifndef KEFU_TESTS_UNIT_HOST_H
#define KEFU_TESTS_UNIT_HOST_H

#include <stdlib.h>

#include "core/base/base.h"

typedef struct TestHeap {
    long blocks;    /* lent and not given back */
    long countdown; /* allocations that still succeed; < 0: all of them */
} TestHeap;

static TestHeap test_heap = {0, -1};

static inline void *test_resize(void *block, uint64_t bytes) {
    if (test_heap.countdown == 0) {
        return NULL;
    }
    test_heap.countdown -= test_heap.countdown > 0;
    void *resized = realloc(block, (size_t)bytes);
    test_heap.blocks += block == NULL && resized != NULL;
    return resized;
}

static inline void test_release(void *block) {
    test_heap.blocks -= block != NULL;
    free(block);
}

static const Host test_host = {test_resize, test_release, NULL, NULL};

#endif
