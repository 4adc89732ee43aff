/* zone.h: time zones: a fixed offset, or an IANA zone with its changes of clocks.
**
** 1. The same rules give the same numbers on every machine: IANA zones are compiled in, no file,
**    environment or libc call is asked (functions.md 2, purity).
*/
#ifndef KEFU_CORE_ZONE_H
#define KEFU_CORE_ZONE_H

#include "core/base/message.h"

struct ZoneTable; /* an IANA zone's changes, compiled in */

typedef struct Zone {
    const struct ZoneTable *table; /* NULL: fixed offset */
    int32_t offset_s;              /* east of UTC is positive; for a fixed offset */
} Zone;

#define ZONE_NAME_BYTES 64

/* Reads ±HH:MM, UTC or an IANA name. REFUSED: the message names the value and what is wanted, with
** near names where there are some. */
Status zone_read(const char *text, size_t length, Zone *out, Message *why);
/* The canonical name: "+08:00" (UTC and ±00:00: "+00:00"), or the IANA name. Writes a NUL. */
void zone_print(const Zone *zone, char out[ZONE_NAME_BYTES]);
bool zone_equal(const Zone *left, const Zone *right);
/* Offset from UTC in milliseconds at an instant. */
int64_t zone_offset_ms(const Zone *zone, int64_t instant_ms);

#endif
