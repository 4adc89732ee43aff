/* zone.h: time zones: a fixed offset, or an IANA zone with its changes of clocks.
**
** 1. The same rules give the same numbers on every machine: IANA zones are compiled in, no file,
**    environment or libc call is asked (functions.md 2, purity).
** 2. A wall-clock reading that a change of clocks repeats is the earlier instant; one that it skips
**    is read with the offset before the change (functions.md 2, times).
** 3. Zones that always mean the same have one name: links are resolved, and an IANA zone that never
**    changed its clocks is its fixed offset, as UTC is +00:00.
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

/* A stretch of time in which clocks run evenly: wall-clock time is the instant plus offset_ms.
** Bounds that no change of clocks sets are ±ZONE_FOREVER_MS. */
typedef struct ZoneSpan {
    int64_t start_ms; /* instants [start_ms, end_ms) */
    int64_t end_ms;
    int64_t offset_ms; /* east of UTC is positive */
    int64_t before_ms; /* the offset before start_ms; offset_ms where there is no change */
} ZoneSpan;

#define ZONE_FOREVER_MS INT64_C(1000000000000000000)

/* Reads ±HH:MM, UTC or an IANA name. REFUSED: the message names the value and what is wanted, with
** near names where there are some. */
Status zone_read(const char *text, size_t length, Zone *out, Message *why);
/* The canonical name: "+08:00" (UTC and ±00:00: "+00:00"), or the IANA name. Writes a NUL. */
void zone_print(const Zone *zone, char out[ZONE_NAME_BYTES]);
/* The release of the tz database that is compiled in: "2025b". */
const char *zone_version(void);
bool zone_equal(const Zone *left, const Zone *right);
/* Offset from UTC in milliseconds at an instant. */
int64_t zone_offset_ms(const Zone *zone, int64_t instant_ms);
/* The span that holds an instant of the years -0001 to 10000. */
ZoneSpan zone_span(const Zone *zone, int64_t instant_ms);
/* The first span with an instant whose reading is at or after this wall-clock time (milliseconds as
** if local time were UTC): the one that tells what the reading means (requirement 2). */
ZoneSpan zone_span_of_wall(const Zone *zone, int64_t wall_ms);
/* The instant of a wall-clock reading (requirement 2). */
int64_t zone_instant_of_wall(const Zone *zone, int64_t wall_ms);

/* Reads exactly ±HH:MM, up to ±23:59. */
bool zone_read_offset(const char *text, size_t length, int32_t *offset_s);

#endif
