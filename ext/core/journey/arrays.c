/* arrays.c: see arrays.h. */
#include "core/journey/arrays.h"

#include <string.h>

#define ARRAY_FIRST 16 /* items of a new array */

void *array_room(const Host *host, void *block, uint64_t *capacity, uint64_t needed, size_t size) {
    if (needed <= *capacity && block != NULL) {
        return block;
    }
    uint64_t wanted = *capacity * 2 > ARRAY_FIRST ? *capacity * 2 : ARRAY_FIRST;
    wanted = wanted > needed ? wanted : needed;
    if (wanted > SIZE_MAX / 2 / size) {
        return NULL;
    }
    void *room = host->resize(block, wanted * size);
    if (room != NULL) {
        *capacity = wanted;
    }
    return room;
}

static void array_swap(char *left, char *right, size_t size) {
    char held[ARRAY_WIDEST];
    memcpy(held, left, size);
    memcpy(left, right, size);
    memcpy(right, held, size);
}

void array_sort(void *items, uint64_t count, size_t size, ArrayLess *less, const void *context) {
    char *at = items;
    uint64_t heap = count / 2; /* items from here on are a heap; then: items before `end` are */
    uint64_t end = count;
    while (end > 1) {
        if (heap > 0) {
            heap--;
        } else {
            end--;
            array_swap(at, at + end * size, size);
        }
        for (uint64_t root = heap, child; (child = 2 * root + 1) < end; root = child) {
            if (child + 1 < end && less(at + child * size, at + (child + 1) * size, context)) {
                child++;
            }
            if (!less(at + root * size, at + child * size, context)) {
                break;
            }
            array_swap(at + root * size, at + child * size, size);
        }
    }
}
