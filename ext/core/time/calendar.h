/* calendar.h: the hours in which a shop is open, and open time between two instants (rules.md,
** calendar).
**
** 1. An instant is open when its wall-clock reading lies in an interval of its day; ends are
**    exclusive. Overlapping intervals count once, one whose end is before its start runs past
**    midnight and belongs to the day on which it starts.
** 2. A date in `days` has its own intervals, in place of the weekday's and of a holiday; a date in
**    `holidays` has none.
** 3. Open time is elapsed time: an hour that a change of clocks repeats counts twice, one that it
**    skips does not count.
** 4. Calendars that are open at the same times have the same text: each weekday's and date's own open
**    hours, in order, within the day, and only dates that differ from their weekday; the zone is
**    always named.
*/
#ifndef KEFU_CORE_CALENDAR_H
#define KEFU_CORE_CALENDAR_H

#include "core/base/buffer.h"
#include "core/base/json.h"
#include "core/time/zone.h"

struct Calendar;

/* Reads a calendar from a node of parsed JSON. `path` begins the paths in errors ("calendar");
** `default_zone` serves where the calendar names none. REFUSED: the message says path, value and
** what is wanted, e.g. calendar.hours.mon[1]: '09:00-09:00' ends where it starts; want … */
Status calendar_parse(const Host *host, const Json *json, uint32_t node, const Zone *default_zone,
                      const char *path, struct Calendar **out, Message *why);
/* The same from JSON text; paths begin with "calendar". */
Status calendar_parse_text(const Host *host, const char *text, size_t length,
                           const Zone *default_zone, struct Calendar **out, Message *why);
void calendar_close(struct Calendar *calendar); /* accepts NULL */
/* Its zone, in which times without a suffix are read; lives as long as the calendar. */
const Zone *calendar_zone(const struct Calendar *calendar);

/* Requirement 4: a JSON object in one line, which calendar_parse() reads as the same calendar. */
void calendar_write(const struct Calendar *calendar, Buffer *out);

bool calendar_is_open(const struct Calendar *calendar, int64_t instant_ms);
/* Open milliseconds in [from_ms, to_ms); 0 when `to` is not after `from`. Its cost does not grow with
** the days between, only with the changes of clocks between them. */
int64_t calendar_open_ms(const struct Calendar *calendar, int64_t from_ms, int64_t to_ms);

#endif
