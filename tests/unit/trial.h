/* trial.h: what the tests of sets and stats share: a strict host, random numbers, faults on demand.
**
** 1. The host is as strict as SQLite's may be: blocks are aligned to 8 bytes and not to 16, fresh
**    memory is full of noise, and every block that grows moves.
** 2. trial_each_allocation() runs a scene again and again, with another allocation failing each time,
**    once alone and once with all that follow, until none fails. A scene ends with NO_MEMORY or OK,
**    and every time all memory is given back.
*/
#ifndef KEFU_TESTS_UNIT_TRIAL_H
#define KEFU_TESTS_UNIT_TRIAL_H

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/base.h"

typedef struct TrialHeap {
    long blocks;    /* lent and not given back */
    long countdown; /* allocations that still succeed; < 0: all of them */
    bool for_good;  /* after the one that failed all others fail too */
    bool fired;     /* one failed */
    long asked;     /* how often interrupted() was called */
    long stop_at;   /* which of these calls says "stop"; 0: none */
} TrialHeap;

static TrialHeap trial_heap = {.countdown = -1};

static inline void trial_release(void *block) {
    if (block != NULL) {
        trial_heap.blocks--;
        free((char *)block - sizeof(uint64_t));
    }
}

static inline void *trial_resize(void *block, uint64_t bytes) {
    if (trial_heap.countdown == 0) {
        trial_heap.fired = true;
        trial_heap.countdown = trial_heap.for_good ? 0 : -1;
        return NULL;
    }
    trial_heap.countdown -= trial_heap.countdown > 0;
    char *raw = malloc(sizeof(uint64_t) + (size_t)bytes); /* aligned to 16; what is lent is not */
    if (raw == NULL) {
        return NULL;
    }
    memcpy(raw, &bytes, sizeof bytes);
    char *lent = raw + sizeof(uint64_t);
    memset(lent, 0xa5, (size_t)bytes);
    if (block != NULL) {
        uint64_t before;
        memcpy(&before, (char *)block - sizeof(uint64_t), sizeof before);
        memcpy(lent, block, (size_t)(before < bytes ? before : bytes));
        trial_release(block);
    }
    trial_heap.blocks++;
    return lent;
}

static inline bool trial_interrupted(void *connection) {
    (void)connection;
    trial_heap.asked++;
    return trial_heap.asked == trial_heap.stop_at;
}

static const Host trial_host = {trial_resize, trial_release, trial_interrupted, NULL};

/* Requirement 2; returns how many allocations a scene makes. */
static inline long trial_each_allocation(Status (*scene)(void *), void *context) {
    for (long i = 0;; i++) {
        for (int for_good = 0; for_good < 2; for_good++) {
            trial_heap =
                (TrialHeap){.blocks = trial_heap.blocks, .countdown = i, .for_good = for_good};
            const long blocks = trial_heap.blocks;
            const Status status = scene(context);
            const bool fired = trial_heap.fired;
            trial_heap.countdown = -1;
            cr_assert_eq(trial_heap.blocks, blocks, "allocation %ld fails: %ld blocks leak", i,
                         trial_heap.blocks - blocks);
            cr_assert_eq(status, fired ? STATUS_NO_MEMORY : STATUS_OK, "allocation %ld: status %d",
                         i, (int)status);
            if (!fired) {
                return i;
            }
        }
    }
}

/* splitmix64: the same numbers on every machine. */
static inline uint64_t trial_random(uint64_t *seed) {
    uint64_t word = *seed += UINT64_C(0x9e3779b97f4a7c15);
    word = (word ^ (word >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    word = (word ^ (word >> 27)) * UINT64_C(0x94d049bb133111eb);
    return word ^ (word >> 31);
}

static inline uint64_t trial_below(uint64_t *seed, uint64_t limit) {
    return trial_random(seed) % limit;
}

#endif
