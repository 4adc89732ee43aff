/* oracle_hours.h: the oracle where clocks change: local days, windows and open time by libc's clock.
**
** 1. What clocks show is asked of libc for every instant; it reads the system's tz database. Nothing
**    here knows a change of clocks: what hangs on them is found by stepping through minutes.
** 2. A local day starts at its earliest instant: an instant's day is the latest date that clocks have
**    shown up to it.
** 3. Open time is counted minute by minute; calendars, figures and rows are those of oracle.h.
**
** Instants are after 1970-01-10, when offsets everywhere are whole minutes but in Monrovia.
*/
#ifndef KEFU_TESTS_ORACLE_HOURS_H
#define KEFU_TESTS_ORACLE_HOURS_H

#include "oracle.h"

/* The release of the system's tz database ("2025b"), or "" when there is none. */
const char *hours_release(void);
/* From here on, local is what this zone's clocks show. */
void hours_use_zone(const char *zone);

int hours_offset_minutes(int64_t at_ms);
int64_t hours_wall_ms(int64_t at_ms); /* what clocks show, as if local time were UTC */
int64_t hours_day(int64_t at_ms);     /* Requirement 2: days since 1970-01-01 */
/* The earliest instant with this reading; if it is skipped, by the offset before the change. The
** reading is of a whole second. */
int64_t hours_instant(int64_t wall_ms);
/* The next change of clocks after an instant, within 400 days; without one, the instant itself. */
int64_t hours_next_change(int64_t at_ms);

bool hours_is_open(const OracleCalendar *calendar, int64_t at_ms);
int64_t hours_open_ms(const OracleCalendar *calendar, int64_t from_ms, int64_t to_ms);

/* Lines of customers and agents as conversations of local days, with the rules' window, burst,
** calendar and cap. in_utc: days and window are UTC's, the calendar alone has the zone. */
OracleChats hours_converse(const OracleLine *lines, int count, const OracleRules *rules,
                           bool in_utc);

#endif
