/* trial.c: see trial.h. */
#include "trial.h"

TrialHeap trial_heap = {.countdown = -1};

/* A block is preceded by its length. */
#define TRIAL_HEAD sizeof(uint64_t)

static void trial_release(void *block) {
    if (block != NULL) {
        uint64_t bytes;
        memcpy(&bytes, (char *)block - TRIAL_HEAD, sizeof bytes);
        trial_heap.blocks--;
        trial_heap.bytes -= (long)bytes;
        free((char *)block - TRIAL_HEAD);
    }
}

static void *trial_resize(void *block, uint64_t bytes) {
    if (trial_heap.countdown == 0) {
        trial_heap.fired = true;
        trial_heap.countdown = trial_heap.for_good ? 0 : -1;
        return NULL;
    }
    trial_heap.countdown -= trial_heap.countdown > 0;
    char *raw = malloc(TRIAL_HEAD + (size_t)bytes); /* aligned to 16; what is lent is not */
    if (raw == NULL) {
        return NULL;
    }
    memcpy(raw, &bytes, sizeof bytes);
    char *lent = raw + TRIAL_HEAD;
    memset(lent, 0xa5, (size_t)bytes);
    if (block != NULL) {
        uint64_t before;
        memcpy(&before, (char *)block - TRIAL_HEAD, sizeof before);
        memcpy(lent, block, (size_t)(before < bytes ? before : bytes));
        trial_release(block);
    }
    trial_heap.blocks++;
    trial_heap.bytes += (long)bytes;
    trial_heap.peak = trial_heap.bytes > trial_heap.peak ? trial_heap.bytes : trial_heap.peak;
    return lent;
}

static bool trial_interrupted(void *connection) {
    (void)connection;
    trial_heap.asked++;
    return trial_heap.asked == trial_heap.stop_at;
}

const Host trial_host = {trial_resize, trial_release, trial_interrupted, NULL};

long trial_each_allocation(Status (*scene)(void *), void *context) {
    for (long i = 0;; i++) {
        for (int for_good = 0; for_good < 2; for_good++) {
            const long blocks = trial_heap.blocks;
            trial_heap = (TrialHeap){
                .blocks = blocks, .bytes = trial_heap.bytes, .countdown = i, .for_good = for_good};
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

uint64_t trial_random(uint64_t *seed) {
    uint64_t word = *seed += UINT64_C(0x9e3779b97f4a7c15);
    word = (word ^ (word >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    word = (word ^ (word >> 27)) * UINT64_C(0x94d049bb133111eb);
    return word ^ (word >> 31);
}

uint64_t trial_below(uint64_t *seed, uint64_t limit) { return trial_random(seed) % limit; }
