/* weights.h: an amount split by a list of weights (commission_split, commission.md 8). */
#ifndef KEFU_CORE_PAY_WEIGHTS_H
#define KEFU_CORE_PAY_WEIGHTS_H

#include "core/pay/form.h"

#define WEIGHTS_LIMIT 1000

typedef struct Weights {
    uint32_t count;
    int64_t micros[WEIGHTS_LIMIT]; /* each 0..10^18, their sum above 0 */
} Weights;

/* Reads a JSON array of 1..1000 numbers. The value is not missing. *out is the caller's, from `host`. */
Status weights_open(const Host *host, const Value *value, Weights **out, Message *why);

/* An amount to be split, in cents; more decimals are refused. The value is not missing. */
Status weights_read_amount(const Value *value, int64_t *cents, Message *why);
/* The number of a part, 0 .. count - 1. The value is not missing. */
Status weights_read_index(const Weights *weights, const Value *value, uint32_t *index,
                          Message *why);
/* Part `index` of so many cents. */
Status weights_part(const Host *host, const Weights *weights, int64_t cents, uint32_t index,
                    int64_t *part_cents);

#endif
