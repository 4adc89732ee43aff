/* zone.c: names of zones, their offsets, and the way from wall-clock readings to instants (zone.h). */
#include "core/time/zone.h"

#include <string.h>

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

Status zone_read(const char *text, size_t length, Zone *out, Message *why) {
    out->table = NULL;
    if (length == 3 && memcmp(text, "UTC", 3) == 0) {
        out->offset_s = 0;
        return STATUS_OK;
    }
    if (zone_read_offset(text, length, &out->offset_s)) {
        return STATUS_OK;
    }
    Value value = value_of_text(text, length);
    return message_refuse(why, &value, " is no known time zone; want ±HH:MM or UTC");
}

void zone_print(const Zone *zone, char out[ZONE_NAME_BYTES]) {
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

ZoneSpan zone_span(const Zone *zone, int64_t instant_ms) {
    (void)instant_ms;
    int64_t offset_ms = (int64_t)zone->offset_s * 1000;
    return (ZoneSpan){-ZONE_FOREVER_MS, ZONE_FOREVER_MS, offset_ms, offset_ms};
}

int64_t zone_offset_ms(const Zone *zone, int64_t instant_ms) {
    if (zone->table == NULL) {
        return (int64_t)zone->offset_s * 1000;
    }
    return zone_span(zone, instant_ms).offset_ms;
}

ZoneSpan zone_span_of_wall(const Zone *zone, int64_t wall_ms) {
    /* No offset is as much as a day, so no instant with this reading comes before a day earlier. */
    ZoneSpan span = zone_span(zone, wall_ms - INT64_C(86400000));
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
