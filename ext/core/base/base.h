/* base.h: what every room of core stands on: a status for each result, and the host that lends
** memory and says when to stop.
**
** 1. Core knows no SQLite. What it needs of its host comes through Host (style.md 3).
** 2. Every allocation can fail and every long loop can be stopped: both are a Status like others.
*/
#ifndef KEFU_CORE_BASE_H
#define KEFU_CORE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Result of a core function. No output is used before the status was tested. */
typedef enum Status {
    STATUS_OK = 0,
    STATUS_REFUSED,    /* wrong input: the caller's Message says what is wanted */
    STATUS_NO_MEMORY,  /* the host's allocator returned NULL */
    STATUS_INTERRUPTED /* the host asked a long loop to stop */
} Status;

/* What core needs of its host. Lives as long as any block that it lent. */
typedef struct Host {
    void *(*resize)(void *block, uint64_t bytes); /* as realloc; NULL: no memory, block unharmed */
    void (*release)(void *block);                 /* as free; accepts NULL */
    bool (*interrupted)(void *connection);        /* NULL: the host cannot say */
    void *connection;                             /* handed to interrupted() */
} Host;

/* Sums and products that must not overflow. A plain __int128 warns under -Wpedantic. The host's
** memory is aligned to 8 bytes (sqlite3_malloc promises no more), so these must not ask for 16. */
#ifndef __SIZEOF_INT128__
#error "kefu needs a compiler with 128-bit integers (gcc or clang, 64-bit target)"
#endif
__extension__ typedef __int128 int128 __attribute__((aligned(8)));
__extension__ typedef unsigned __int128 uint128 __attribute__((aligned(8)));

/* Instants are Unix milliseconds; the years 0 to 9999 lie within half of this limit. Adding the bias
** makes them unsigned, in the same order. */
#define INSTANT_LIMIT_MS (INT64_C(1) << 50)
#define INSTANT_BIAS_MS INSTANT_LIMIT_MS

/* A function that is a part of its caller, whatever a compiler thinks of its size: it runs once a row,
** or is written once for several constants. */
#define HOT_INLINE static inline __attribute__((always_inline))

/* True when a long loop should stop now; ask every few thousand turns (sqlite.md M4). */
static inline bool host_interrupted(const Host *host) {
    return host->interrupted != NULL && host->interrupted(host->connection);
}

/* A zeroed block of count * size bytes, or NULL (no memory, or a size beyond 64 bits). */
void *host_allocate(const Host *host, uint64_t count, uint64_t size);

#endif
