/* arrays.h: arrays that grow, and a sort by any order, for what a customer's journey needs.
**
** 1. array_sort() is a heapsort: O(n log n) whatever the data, in place, without recursion.
*/
#ifndef KEFU_CORE_ARRAYS_H
#define KEFU_CORE_ARRAYS_H

#include "core/base/base.h"

#define ARRAY_WIDEST 64 /* bytes of the largest item that array_sort() moves */

/* The block with room for `needed` items at least: itself or a larger one that took its place; NULL:
** no memory, and the old block stays. `*capacity` counts items. */
void *array_room(const Host *host, void *block, uint64_t *capacity, uint64_t needed, size_t size);

/* Sorts `count` items of `size` bytes so that none is less than the one before it. */
typedef bool ArrayLess(const void *left, const void *right, const void *context);
void array_sort(void *items, uint64_t count, size_t size, ArrayLess *less, const void *context);

#endif
