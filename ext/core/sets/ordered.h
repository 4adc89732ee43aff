/* ordered.h: an ordered map of small entries of 64-bit words, for what slides and for what merges.
**
** 1. An entry is key_words of key, compared as unsigned numbers from the first word on, then payload.
** 2. Finding, adding and removing cost O(log n) whatever the keys are: blocks of entries under a
**    directory, so crafted identities cannot make it slow, as they could with a hash table.
** 3. Walking gives the entries in the order of their keys: what is written to a BLOB needs no sort.
** 4. Pointers to entries are good until the next put or remove.
*/
#ifndef KEFU_CORE_ORDERED_H
#define KEFU_CORE_ORDERED_H

#include "core/base/base.h"

typedef struct OrderedBlock {
    uint32_t count; /* entries, 1 to ORDERED_BLOCK */
    uint64_t words[];
} OrderedBlock;

typedef struct Ordered {
    const Host *host;
    uint32_t key_words;
    uint32_t entry_words;
    OrderedBlock **blocks; /* in order, none of them empty */
    uint64_t block_count;
    uint64_t block_capacity;
    uint64_t count; /* entries in all */
} Ordered;

void ordered_open(Ordered *map, const Host *host, uint32_t key_words, uint32_t entry_words);
void ordered_close(Ordered *map);

/* The entry of this key, or NULL. */
uint64_t *ordered_find(const Ordered *map, const uint64_t *key);
/* The entry of this key, added with a zeroed payload when it was not there; NULL: no memory. */
uint64_t *ordered_put(Ordered *map, const uint64_t *key);
/* Takes the entry of this key out, if it is there. */
void ordered_remove(Ordered *map, const uint64_t *key);
/* The entry of the largest key, or NULL. */
uint64_t *ordered_last(const Ordered *map);

/* Walks in order: start with a zeroed cursor; NULL after the last. */
typedef struct OrderedCursor {
    uint64_t block;
    uint32_t entry;
} OrderedCursor;
uint64_t *ordered_next(const Ordered *map, OrderedCursor *cursor);

#endif
