/* names.h: the values that name customers, agents and orders: kept once each, and given back as they
** came.
**
** 1. Two values are one name exactly when SQLite's = without collation calls them equal; a whole REAL
**    is given back as INTEGER (functions.md 2, customers).
** 2. Names of one hash are no trap: after a short search they go into a map of O(log n).
*/
#ifndef KEFU_CORE_NAMES_H
#define KEFU_CORE_NAMES_H

#include "core/base/buffer.h"
#include "core/sets/identity.h"
#include "core/sets/ordered.h"

typedef struct Name {
    Identity identity;
    Value value; /* TEXT and BLOB: as.integer is where their bytes begin in Names.bytes */
} Name;

typedef struct Names {
    const Host *host;
    Name *list; /* by number, in the order of arrival */
    uint32_t count;
    uint32_t capacity;
    uint32_t *slots; /* number + 1 of a name, or 0; capacity * 2 of them, a power of two */
    Ordered crowded; /* identity -> number, of names that found no slot near theirs */
    Buffer bytes;
} Names;

void names_open(Names *names, const Host *host);
void names_close(Names *names);
/* The number of a value, which is kept if it is new. NO_MEMORY possible. */
Status names_keep(Names *names, const Value *value, uint32_t *number);
/* A kept value; its bytes are good until the next names_keep(). */
Value names_value(const Names *names, uint32_t number);

#endif
