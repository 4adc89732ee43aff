/* zone.c: names of zones, their offsets, and the way from wall-clock readings to instants (zone.h).
**
** The zones' changes of clocks are compiled in (zone_table.h). An offset is found by a binary search
** among the explicit changes of a zone, which reach to 2037; later it is found by the two changes that
** the zone's rule names for the year. (The rule alone, from 2007 on, made the reading of local times
** four times as slow as with a fixed offset; the search does not double it.)
*/
#include "core/time/zone.h"

#include <string.h>

#include "core/time/clock.h"
#include "core/time/zone_table.h"

#define ZONE_YEAR_S 31556952 /* the mean year of the Gregorian calendar */
#define ZONE_DAY_S 86400

/* ---- names ---- */

bool zone_read_offset(const char *text, size_t length, int32_t *offset_s) {
    if (length != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') {
        return false;
    }
    static const uint8_t zone_offset_places[] = {1, 2, 4, 5};
    int32_t digits[4];
    for (int i = 0; i < 4; i++) {
        digits[i] = text[zone_offset_places[i]] - '0';
        if (digits[i] < 0 || digits[i] > 9) {
            return false;
        }
    }
    int32_t hours = digits[0] * 10 + digits[1];
    int32_t minutes = digits[2] * 10 + digits[3];
    if (hours > 23 || minutes > 59) {
        return false;
    }
    int32_t seconds = (hours * 60 + minutes) * 60;
    *offset_s = text[0] == '-' ? -seconds : seconds;
    return true;
}

/* Orders a name of the table and a text as strcmp() would. */
static int zone_compare_name(const char *name, const char *text, size_t length) {
    int order = strncmp(name, text, length);
    return order != 0 ? order : name[length] != '\0';
}

static const ZoneTable *zone_find(const char *text, size_t length) {
    uint32_t low = 0;
    uint32_t high = length == 0 || memchr(text, '\0', length) != NULL ? 0 : zone_name_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = zone_compare_name(zone_names[middle], text, length);
        if (order == 0) {
            return &zone_tables[zone_tables_of_name[middle]];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

static char zone_fold(char letter) {
    if (letter >= 'A' && letter <= 'Z') {
        return (char)(letter - 'A' + 'a');
    }
    return letter;
}

static bool zone_same_letters(const char *name, const char *text, size_t length) {
    size_t i = 0;
    while (i < length && zone_fold(name[i]) == zone_fold(text[i])) {
        i++;
    }
    return i == length;
}

/* A name that the text is in other letters, as a whole or (`place`) without its region. */
static const char *zone_find_letters(const char *text, size_t length, bool place) {
    for (uint32_t i = 0; i < zone_name_count; i++) {
        /* NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): the table, elsewhere, has no NULL */
        size_t name_length = strlen(zone_names[i]);
        size_t region = name_length - length; /* bytes before what is compared */
        bool fits = place ? name_length > length && zone_names[i][region - 1] == '/'
                          : name_length == length;
        if (fits && zone_same_letters(zone_names[i] + region, text, length)) {
            return zone_names[i];
        }
    }
    return NULL;
}

/* What the text may have meant: a name in other letters, a place without its region, or a name that
** is misspelt; NULL: no idea. */
static const char *zone_suggest(const char *text, size_t length) {
    const char *found = zone_find_letters(text, length, false);
    if (found == NULL) {
        found = zone_find_letters(text, length, true);
    }
    return found != NULL ? found : message_closest(text, length, zone_names, zone_name_count);
}

Status zone_read(const char *text, size_t length, Zone *out, Message *why) {
    *out = (Zone){0};
    if (zone_read_offset(text, length, &out->offset_s)) {
        return STATUS_OK;
    }
    const ZoneTable *table = zone_find(text, length);
    if (table == NULL) {
        Value value = value_of_text(text, length);
        message_refuse(why, &value,
                       " is no known time zone; want ±HH:MM, UTC or an IANA name such as "
                       "'Asia/Shanghai'");
        const char *suggestion = zone_suggest(text, length);
        if (suggestion != NULL) {
            message_text(why, "; did you mean ");
            message_quoted(why, suggestion, strlen(suggestion));
            message_text(why, "?");
        }
        return STATUS_REFUSED;
    }
    if (table->count == 0) {
        out->offset_s = table->initial_s; /* zone.h, requirement 3 */
    } else {
        out->table = table;
    }
    return STATUS_OK;
}

void zone_print(const Zone *zone, char out[ZONE_NAME_BYTES]) {
    if (zone->table != NULL) {
        const char *name = zone_names[zone->table->name];
        memcpy(out, name, strlen(name) + 1);
        return;
    }
    int32_t minutes = (zone->offset_s < 0 ? -zone->offset_s : zone->offset_s) / 60;
    out[0] = zone->offset_s < 0 ? '-' : '+';
    out[1] = (char)('0' + minutes / 600);
    out[2] = (char)('0' + minutes / 60 % 10);
    out[3] = ':';
    out[4] = (char)('0' + minutes % 60 / 10);
    out[5] = (char)('0' + minutes % 10);
    out[6] = '\0';
}

bool zone_equal(const Zone *left, const Zone *right) {
    return left->table == right->table && left->offset_s == right->offset_s;
}

const char *zone_version(void) { return zone_data_version; }

/* ---- changes of clocks, in seconds ---- */

static int64_t zone_change_at(uint64_t change) {
    return (int64_t)(change >> ZONE_OFFSET_BITS) + ZONE_FIRST_S;
}

static int32_t zone_change_offset(uint64_t change) {
    return (int32_t)(change & ((1u << ZONE_OFFSET_BITS) - 1)) - ZONE_OFFSET_BIAS;
}

/* When this moment comes in the year of that 1 March, where clocks have run at `offset_s` so far. */
static int64_t zone_moment_at(const ZoneMoment *moment, int64_t march_day, int32_t offset_s) {
    /* Days from 1 March to the first of each month from March to December: no leap day between. */
    static const int16_t zone_month_starts[] = {0, 31, 61, 92, 122, 153, 184, 214, 245, 275};
    const int16_t *start = &zone_month_starts[moment->month - 3];
    /* The earliest day that it can be: the first of its week, or of the last seven. */
    int32_t day = moment->week <= 4 ? start[0] + (moment->week - 1) * 7 : start[1] - 7;
    int32_t weekday = (clock_weekday(march_day) + day) % 7;
    day += (moment->weekday - weekday + 7) % 7;
    return (march_day + day) * ZONE_DAY_S + moment->wall_s - offset_s;
}

/* A span in whole seconds; the fields of ZoneSpan. */
typedef struct ZoneSeconds {
    int64_t start_s;
    int64_t end_s;
    int32_t offset_s;
    int32_t before_s;
} ZoneSeconds;

/* The two changes of a rule in a year; the span lies between them. */
static ZoneSeconds zone_span_in_year(const ZoneRule *rule, int64_t year) {
    int64_t march_day = clock_days_from_civil(year, 3, 1);
    int64_t to_summer_s = zone_moment_at(&rule->to_summer, march_day, rule->standard_s);
    int64_t to_standard_s = zone_moment_at(&rule->to_standard, march_day, rule->summer_s);
    if (to_summer_s < to_standard_s) {
        return (ZoneSeconds){to_summer_s, to_standard_s, rule->summer_s, rule->standard_s};
    }
    return (ZoneSeconds){to_standard_s, to_summer_s, rule->standard_s, rule->summer_s};
}

/* The span of an instant after 1970 by a rule alone. */
static ZoneSeconds zone_span_of_rule(const ZoneRule *rule, int64_t instant_s) {
    /* Counted in mean years this year is wrong for days about New Year only, when nothing changes. */
    int64_t year = 1970 + instant_s / ZONE_YEAR_S;
    ZoneSeconds span = zone_span_in_year(rule, year);
    if (instant_s >= span.start_s && instant_s < span.end_s) {
        return span;
    }
    bool early = instant_s < span.start_s;
    ZoneSeconds other = zone_span_in_year(rule, early ? year - 1 : year + 1);
    return (ZoneSeconds){early ? other.end_s : span.end_s, early ? span.start_s : other.start_s,
                         span.before_s, span.offset_s};
}

/* How many of a zone's explicit changes are at or before an instant. */
static uint32_t zone_changes_until(const ZoneTable *table, int64_t instant_s) {
    if (instant_s < ZONE_FIRST_S) {
        return 0;
    }
    const uint64_t *changes = zone_changes + table->first;
    uint64_t limit = ((uint64_t)(instant_s - ZONE_FIRST_S) + 1) << ZONE_OFFSET_BITS;
    uint32_t low = 0;
    uint32_t left = table->count;
    while (left > 0) {
        uint32_t half = left / 2;
        if (changes[low + half] < limit) {
            low += half + 1;
            left -= half + 1;
        } else {
            left = half;
        }
    }
    return low;
}

static ZoneSeconds zone_span_of_table(const ZoneTable *table, int64_t instant_s) {
    const uint64_t *changes = zone_changes + table->first;
    uint32_t index = zone_changes_until(table, instant_s);
    if (index == table->count && table->rule != ZONE_NO_RULE) {
        return zone_span_of_rule(&zone_rules[table->rule], instant_s);
    }
    ZoneSeconds span = {-ZONE_FOREVER_MS / 1000, ZONE_FOREVER_MS / 1000, table->initial_s,
                        table->initial_s};
    if (index > 1) {
        span.before_s = zone_change_offset(changes[index - 2]);
    }
    if (index > 0) {
        span.start_s = zone_change_at(changes[index - 1]);
        span.offset_s = zone_change_offset(changes[index - 1]);
    }
    if (index < table->count) {
        span.end_s = zone_change_at(changes[index]);
    }
    return span;
}

/* ---- spans and wall-clock readings ---- */

ZoneSpan zone_span(const Zone *zone, int64_t instant_ms) {
    if (zone->table == NULL) {
        int64_t offset_ms = (int64_t)zone->offset_s * 1000;
        return (ZoneSpan){-ZONE_FOREVER_MS, ZONE_FOREVER_MS, offset_ms, offset_ms};
    }
    int64_t instant_s = instant_ms / 1000 - (instant_ms % 1000 < 0);
    ZoneSeconds span = zone_span_of_table(zone->table, instant_s);
    return (ZoneSpan){span.start_s * 1000, span.end_s * 1000, (int64_t)span.offset_s * 1000,
                      (int64_t)span.before_s * 1000};
}

int64_t zone_offset_ms(const Zone *zone, int64_t instant_ms) {
    return zone_span(zone, instant_ms).offset_ms;
}

ZoneSpan zone_span_of_wall(const Zone *zone, int64_t wall_ms) {
    /* Offsets are less than a day, so no instant with this reading is more than a day earlier. */
    ZoneSpan span = zone_span(zone, wall_ms - CLOCK_DAY_MS);
    while (wall_ms >= span.end_ms + span.offset_ms) {
        span = zone_span(zone, span.end_ms);
    }
    return span;
}

int64_t zone_instant_of_wall(const Zone *zone, int64_t wall_ms) {
    if (zone->table == NULL) {
        return wall_ms - (int64_t)zone->offset_s * 1000;
    }
    ZoneSpan span = zone_span_of_wall(zone, wall_ms);
    bool skipped = wall_ms < span.start_ms + span.offset_ms;
    return wall_ms - (skipped ? span.before_ms : span.offset_ms);
}
