/* ordered.c: see ordered.h. */
#include "core/sets/ordered.h"

#include <string.h>

#define ORDERED_BLOCK                                                                              \
    64 /* entries in a full block: moving half of it is cheaper than a cache miss */

void ordered_open(Ordered *map, const Host *host, uint32_t key_words, uint32_t entry_words) {
    memset(map, 0, sizeof *map);
    map->host = host;
    map->key_words = key_words;
    map->entry_words = entry_words;
}

void ordered_close(Ordered *map) {
    for (uint64_t i = 0; i < map->block_count; i++) {
        map->host->release(map->blocks[i]);
    }
    if (map->blocks != NULL) {
        map->host->release(map->blocks);
    }
    ordered_open(map, map->host, map->key_words, map->entry_words);
}

static int ordered_compare(const Ordered *map, const uint64_t *left, const uint64_t *right) {
    for (uint32_t i = 0; i < map->key_words; i++) {
        if (left[i] != right[i]) {
            return left[i] < right[i] ? -1 : 1;
        }
    }
    return 0;
}

static uint64_t *ordered_entry(const Ordered *map, OrderedBlock *block, uint32_t index) {
    return block->words + (size_t)index * map->entry_words;
}

/* Where a key is, or would go: the last block that begins at or below it, and the place in there. */
static bool ordered_seek(const Ordered *map, const uint64_t *key, uint64_t *block,
                         uint32_t *entry) {
    uint64_t low = 0;
    uint64_t high = map->block_count;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (ordered_compare(map, map->blocks[middle]->words, key) <= 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *block = low == 0 ? 0 : low - 1;
    *entry = 0;
    if (map->block_count == 0) {
        return false;
    }
    OrderedBlock *found = map->blocks[*block];
    uint32_t first = 0;
    uint32_t last = found->count;
    while (first < last) {
        uint32_t middle = first + (last - first) / 2;
        int order = ordered_compare(map, ordered_entry(map, found, middle), key);
        if (order == 0) {
            *entry = middle;
            return true;
        }
        if (order < 0) {
            first = middle + 1;
        } else {
            last = middle;
        }
    }
    *entry = first;
    return false;
}

uint64_t *ordered_find(const Ordered *map, const uint64_t *key) {
    uint64_t block;
    uint32_t entry;
    if (!ordered_seek(map, key, &block, &entry)) {
        return NULL;
    }
    return ordered_entry(map, map->blocks[block], entry);
}

/* Puts a new, empty block at this place of the directory; NULL: no memory, nothing changed. */
static OrderedBlock *ordered_add_block(Ordered *map, uint64_t place) {
    if (map->block_count == map->block_capacity) {
        uint64_t capacity = map->block_capacity == 0 ? 4 : map->block_capacity * 2;
        OrderedBlock **blocks = map->host->resize(map->blocks, capacity * sizeof *blocks);
        if (blocks == NULL) {
            return NULL;
        }
        map->blocks = blocks;
        map->block_capacity = capacity;
    }
    uint64_t words = (uint64_t)ORDERED_BLOCK * map->entry_words;
    OrderedBlock *block = map->host->resize(NULL, sizeof *block + words * sizeof(uint64_t));
    if (block == NULL) {
        return NULL;
    }
    block->count = 0;
    memmove(map->blocks + place + 1, map->blocks + place,
            (size_t)(map->block_count - place) * sizeof *map->blocks);
    map->blocks[place] = block;
    map->block_count++;
    return block;
}

/* Makes room in a full block; *block and *entry follow the place of the key. */
static bool ordered_split(Ordered *map, uint64_t *block, uint32_t *entry) {
    OrderedBlock *added = ordered_add_block(map, *block + 1);
    if (added == NULL) {
        return false;
    }
    OrderedBlock *full = map->blocks[*block];
    /* Keys that arrive in order fill their blocks: at the very end nothing is moved. */
    bool at_end = *block + 2 == map->block_count && *entry == full->count;
    uint32_t kept = at_end ? full->count : full->count / 2;
    added->count = full->count - kept;
    memcpy(added->words, ordered_entry(map, full, kept),
           (size_t)added->count * map->entry_words * sizeof(uint64_t));
    full->count = kept;
    if (*entry > kept || at_end) {
        *block += 1;
        *entry -= kept;
    }
    return true;
}

uint64_t *ordered_put(Ordered *map, const uint64_t *key) {
    uint64_t block;
    uint32_t entry;
    if (ordered_seek(map, key, &block, &entry)) {
        return ordered_entry(map, map->blocks[block], entry);
    }
    if (map->block_count == 0) {
        if (ordered_add_block(map, 0) == NULL) {
            return NULL;
        }
    } else if (map->blocks[block]->count == ORDERED_BLOCK && !ordered_split(map, &block, &entry)) {
        return NULL;
    }
    OrderedBlock *into = map->blocks[block];
    uint64_t *place = ordered_entry(map, into, entry);
    memmove(place + map->entry_words, place,
            (size_t)(into->count - entry) * map->entry_words * sizeof(uint64_t));
    memcpy(place, key, map->key_words * sizeof(uint64_t));
    memset(place + map->key_words, 0, (map->entry_words - map->key_words) * sizeof(uint64_t));
    into->count++;
    map->count++;
    return place;
}

void ordered_remove(Ordered *map, const uint64_t *key) {
    uint64_t block;
    uint32_t entry;
    if (!ordered_seek(map, key, &block, &entry)) {
        return;
    }
    OrderedBlock *from = map->blocks[block];
    uint64_t *place = ordered_entry(map, from, entry);
    memmove(place, place + map->entry_words,
            (size_t)(from->count - entry - 1) * map->entry_words * sizeof(uint64_t));
    from->count--;
    map->count--;
    if (from->count == 0) {
        map->host->release(from);
        memmove(map->blocks + block, map->blocks + block + 1,
                (size_t)(map->block_count - block - 1) * sizeof *map->blocks);
        map->block_count--;
    }
}

uint64_t *ordered_last(const Ordered *map) {
    if (map->block_count == 0) {
        return NULL;
    }
    OrderedBlock *block = map->blocks[map->block_count - 1];
    return ordered_entry(map, block, block->count - 1);
}

uint64_t *ordered_next(const Ordered *map, OrderedCursor *cursor) {
    if (cursor->block == map->block_count) {
        return NULL;
    }
    OrderedBlock *block = map->blocks[cursor->block];
    uint64_t *entry = ordered_entry(map, block, cursor->entry);
    if (++cursor->entry == block->count) {
        cursor->block++;
        cursor->entry = 0;
    }
    return entry;
}
