/* customer_code.h: the identities of a list of customers as bytes, within stats (state.md 4).
**
** 1. A list says once how many bytes each identity takes: 8, the high word, where all customers are
**    whole numbers, whose low word is always the same (identity.h); else 16.
** 2. One list has one spelling: 16 bytes where 8 would do are refused.
** 3. Before version 2 of states, lists did not say it, and identities took 16 bytes.
*/
#ifndef KEFU_CORE_CUSTOMER_CODE_H
#define KEFU_CORE_CUSTOMER_CODE_H

#include "core/base/buffer.h"
#include "core/sets/identity.h"

typedef enum CustomerCode { CUSTOMER_NUMBERS = 8, CUSTOMER_ANY = 16 } CustomerCode;

static inline CustomerCode customer_code(bool all_numbers) {
    return all_numbers ? CUSTOMER_NUMBERS : CUSTOMER_ANY;
}

#define CUSTOMER_CODE_SINCE 2 /* requirement 3 */

/* Reads a list's byte; false: it is none. */
static inline bool customer_code_read(Reader *reader, uint32_t version, CustomerCode *code) {
    const unsigned char byte = version < CUSTOMER_CODE_SINCE ? CUSTOMER_ANY : reader_byte(reader);
    *code = byte == CUSTOMER_NUMBERS ? CUSTOMER_NUMBERS : CUSTOMER_ANY;
    return byte == CUSTOMER_NUMBERS || byte == CUSTOMER_ANY;
}

/* Requirement 2. `others`: 0 where all customers of the list are whole numbers. */
static inline bool customer_code_holds(CustomerCode code, uint32_t version, uint64_t others) {
    return code == CUSTOMER_NUMBERS || others != 0 || version < CUSTOMER_CODE_SINCE;
}

/* `code` bytes are there; returns what is behind them. */
static inline unsigned char *customer_put(unsigned char *at, Identity customer, CustomerCode code) {
    little_put_u64(at, customer.high);
    if (code == CUSTOMER_ANY) {
        little_put_u64(at + 8, customer.low);
    }
    return at + code;
}

static inline Identity customer_get(const unsigned char *at, CustomerCode code) {
    const Identity customer = {little_u64(at),
                               code == CUSTOMER_ANY ? little_u64(at + 8) : IDENTITY_INTEGER};
    return customer;
}

#endif
