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
    long bytes;     /* of these */
    long peak;      /* the most bytes that were lent at once; set it to `bytes` to begin anew */
    long countdown; /* allocations that still succeed; < 0: all of them */
    bool for_good;  /* after the one that failed all others fail too */
    bool fired;     /* one failed */
    long asked;     /* how often interrupted() was called */
    long stop_at;   /* which of these calls says "stop"; 0: none */
} TrialHeap;

extern TrialHeap trial_heap;
extern const Host trial_host;

/* Requirement 2; returns how many allocations a scene makes. */
long trial_each_allocation(Status (*scene)(void *), void *context);

/* splitmix64: the same numbers on every machine. */
uint64_t trial_random(uint64_t *seed);
uint64_t trial_below(uint64_t *seed, uint64_t limit);

#endif
