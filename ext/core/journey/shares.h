/* shares.h: how the agents who touched an order share it (kpis.md 4, model).
**
** 1. Weights are whole millionths by largest remainder and sum to 1 000 000.
** 2. Shares of decay are found in whole numbers, to 17 digits: the same on every machine.
*/
#ifndef KEFU_CORE_SHARES_H
#define KEFU_CORE_SHARES_H

#include "core/rules/rules.h"

#define SHARES_WHOLE 1000000

/* An agent with touches in the window of an order. */
typedef struct Toucher {
    uint32_t agent;   /* in SQLite's order: compares equal touches */
    int64_t first_ms; /* the agent's earliest touch in the window, */
    int64_t last_ms;  /* and the latest */
} Toucher;

/* The weights of `count` > 0 touchers, who come in the order of their first touches (ties: agent).
** NO_MEMORY possible. */
Status shares_weigh(const Rules *rules, const Toucher *touchers, size_t count,
                    int64_t *weight_millionths);

/* 2^(-age / half_life) as a fraction of 2^62; age >= 0, half_life > 0. */
uint64_t shares_decay(int64_t age_ms, int64_t half_life_ms);

#endif
