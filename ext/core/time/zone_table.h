/* zone_table.h: the form of the compiled zones in zone_data.c, which zones.sh generates. Private to
** zone.c and zone_data.c.
**
** 1. A zone's changes are explicit up to 2037, or to the last one if its clocks rest earlier. If it has
**    a rule, then the last of them is one of the rule's, which goes on from there with two changes in
**    every year.
** 2. Rules change clocks only in the months 3 to 11, twice a year: never near New Year, and with no
**    leap day between.
*/
#ifndef KEFU_CORE_ZONE_TABLE_H
#define KEFU_CORE_ZONE_TABLE_H

#include <stdint.h>

/* A change of clocks in one word, so that words sort by time: seconds since ZONE_FIRST_S, then the
** offset from it on, in seconds plus ZONE_OFFSET_BIAS. */
#define ZONE_OFFSET_BITS 18
#define ZONE_OFFSET_BIAS 131072
#define ZONE_FIRST_S (-(INT64_C(1) << 33)) /* in 1697, before any change */

/* A moment of every year, as POSIX writes M10.5.0/3. */
typedef struct ZoneMoment {
    int32_t wall_s; /* wall-clock seconds after that day's midnight: negative or beyond a day too */
    uint8_t month;  /* 3 .. 11 */
    uint8_t week;   /* 1 .. 4: the first to fourth such weekday of the month; 5: the last one */
    uint8_t weekday; /* 0 = Monday .. 6 = Sunday */
} ZoneMoment;

typedef struct ZoneRule {
    int32_t standard_s; /* offset outside of summer time, east is positive */
    int32_t summer_s;
    ZoneMoment to_summer;
    ZoneMoment to_standard;
} ZoneRule;

#define ZONE_NO_RULE 255

typedef struct ZoneTable {
    uint16_t first;    /* its changes are zone_changes[first .. first + count - 1] */
    uint16_t count;    /* 0: clocks never changed */
    uint16_t name;     /* its canonical name is zone_names[name] */
    uint8_t rule;      /* zone_rules[rule], or ZONE_NO_RULE */
    int32_t initial_s; /* offset before the first change */
} ZoneTable;

extern const char zone_data_version[]; /* release of the tz database: "2025b" */
extern const uint64_t zone_changes[];
extern const ZoneRule zone_rules[];
extern const ZoneTable zone_tables[];
extern const char *const zone_names[];       /* all names, links too, sorted by bytes */
extern const uint16_t zone_tables_of_name[]; /* zone_tables[…] of each name */
extern const uint16_t zone_name_count;

#endif
