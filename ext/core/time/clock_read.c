/* clock_read.c: values to instants (clock.h, requirement 1; functions.md 2, times).
**
** 1. Numbers are seconds, and milliseconds above 253402300799 in magnitude. They are rounded to the
**    nearest millisecond, halves to even, in whole numbers: a REAL by the bits that it has, TEXT by
**    the digits that it has.
** 2. TEXT of 9 or more whole digits, with a sign or a fraction, is such a number. Digits of a fraction
**    do not count: so 20261111, a date without dashes, is refused as it is and as '20261111.0', which
**    it becomes in a column of REAL numbers.
** 3. Other TEXT is a date, with a time of day and a suffix where they are given. What follows the
**    millisecond is dropped. Nothing else may stand before, between or after.
** 4. The years are 0000 to 9999: as written in a date, in UTC for a number.
** 5. This runs for every row: a whole number and the 19 bytes of 'YYYY-MM-DD HH:MM:SS' take a short
**    way, which gives what the general one would; a date that was read before is found by its bytes.
*/
#include "core/time/clock.h"

#include <string.h>

#define CLOCK_DIGITS 9 /* so many make a number, fewer a year */
#define CLOCK_WANTED "; want Unix seconds or 'YYYY-MM-DD HH:MM:SS'"

typedef enum ClockFault { CLOCK_FINE, CLOCK_NO_TIME, CLOCK_NO_DATE, CLOCK_BEYOND } ClockFault;

static const char *const clock_fault_words[] = {
    [CLOCK_NO_TIME] = " is no time" CLOCK_WANTED,
    [CLOCK_NO_DATE] = " is a date or time of day that does not exist" CLOCK_WANTED,
    [CLOCK_BEYOND] = " is outside the years 0000 to 9999" CLOCK_WANTED,
};

/* ---- numbers ---- */

static ClockFault clock_limit(int64_t instant_ms, int64_t *out) {
    *out = instant_ms;
    return instant_ms >= CLOCK_FIRST_MS && instant_ms <= CLOCK_LAST_MS ? CLOCK_FINE : CLOCK_BEYOND;
}

static ClockFault clock_from_integer(int64_t number, int64_t *instant_ms) {
    bool seconds = number >= -CLOCK_LAST_SECOND && number <= CLOCK_LAST_SECOND;
    return clock_limit(seconds ? number * 1000 : number, instant_ms);
}

/* magnitude / 2^bits to the nearest whole number, halves to even; 1 <= bits. */
static int64_t clock_round_bits(uint64_t magnitude, int bits) {
    if (bits > 63) {
        return 0; /* magnitude is below 2^63, so this is less than a half */
    }
    uint64_t whole = magnitude >> bits;
    uint64_t rest = magnitude & ((UINT64_C(1) << bits) - 1);
    uint64_t half = UINT64_C(1) << (bits - 1);
    return (int64_t)(whole + (rest > half || (rest == half && (whole & 1) == 1)));
}

static ClockFault clock_from_real(double real, int64_t *instant_ms) {
    double limit = (double)(CLOCK_LAST_MS + 1);
    if (!(real > -limit && real < limit)) {
        *instant_ms = 0;
        return CLOCK_BEYOND; /* infinities too */
    }
    int64_t whole = (int64_t)real;
    if ((double)whole == real) {
        return clock_from_integer(whole, instant_ms);
    }
    uint64_t bits;
    memcpy(&bits, &real, sizeof bits);
    int exponent = (int)(bits >> 52 & 0x7ff);
    uint64_t magnitude = bits & ((UINT64_C(1) << 52) - 1);
    magnitude |= (uint64_t)(exponent > 0) << 52;
    /* real is ±magnitude / 2^shift; it has a fraction, so shift is above 0. */
    int shift = 1075 - (exponent > 0 ? exponent : 1);
    bool seconds = whole > -CLOCK_LAST_SECOND && whole < CLOCK_LAST_SECOND;
    /* Below 2^53 * 1000 < 2^63: nothing is lost. */
    int64_t rounded = clock_round_bits(seconds ? magnitude * 1000 : magnitude, shift);
    return clock_limit(real < 0 ? -rounded : rounded, instant_ms);
}

/* Is this the text of a number (requirement 2)? Then its sign, whole digits and fraction. */
typedef struct ClockNumber {
    bool negative;
    const char *digits;
    uint32_t digit_count;
    const char *fraction;
    uint32_t fraction_count;
} ClockNumber;

static uint32_t clock_count_digits(const char *at, const char *end) {
    const char *start = at;
    while (at < end && *at >= '0' && *at <= '9') {
        at++;
    }
    return (uint32_t)(at - start);
}

static bool clock_split_number(const char *at, const char *end, ClockNumber *out) {
    memset(out, 0, sizeof *out);
    if (at < end && (*at == '+' || *at == '-')) {
        out->negative = *at++ == '-';
    }
    out->digits = at;
    out->digit_count = clock_count_digits(at, end);
    at += out->digit_count;
    if (out->digit_count < CLOCK_DIGITS || at == end) {
        return out->digit_count >= CLOCK_DIGITS;
    }
    out->fraction = at + 1;
    out->fraction_count = clock_count_digits(at + 1, end);
    return *at == '.' && out->fraction_count > 0 && at + 1 + out->fraction_count == end;
}

/* Requirement 1 on decimal digits: whole digits, then `kept` digits of the fraction, then rounding
** by what is left. */
static ClockFault clock_from_digits(const ClockNumber *number, int64_t *instant_ms) {
    int64_t whole = 0;
    for (uint32_t i = 0; i < number->digit_count; i++) {
        whole = whole * 10 + (number->digits[i] - '0');
        if (whole > CLOCK_LAST_MS) {
            *instant_ms = 0;
            return CLOCK_BEYOND;
        }
    }
    uint32_t last_non_zero = number->fraction_count;
    while (last_non_zero > 0 && number->fraction[last_non_zero - 1] == '0') {
        last_non_zero--;
    }
    bool seconds = whole < CLOCK_LAST_SECOND || (whole == CLOCK_LAST_SECOND && last_non_zero == 0);
    uint32_t kept = seconds ? 3 : 0;
    for (uint32_t i = 0; i < kept; i++) {
        whole = whole * 10 + (i < last_non_zero ? number->fraction[i] - '0' : 0);
    }
    if (last_non_zero > kept) {
        char next = number->fraction[kept];
        bool tie = next == '5' && last_non_zero == kept + 1;
        whole += tie ? whole & 1 : next >= '5';
    }
    return clock_limit(number->negative ? -whole : whole, instant_ms);
}

/* ---- dates ---- */

/* A date and time of day as written; hour 99 and the like are still in it. */
typedef struct ClockFields {
    int32_t year;
    int32_t month;
    int32_t day;
    int32_t hour;
    int32_t minute;
    int32_t second;
    int32_t millisecond;
} ClockFields;

static bool clock_is_leap(int32_t year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static bool clock_date_exists(int32_t year, int32_t month, int32_t day) {
    static const int8_t clock_month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1) {
        return false;
    }
    return day <= clock_month_days[month - 1] + (month == 2 && clock_is_leap(year));
}

/* Wall-clock milliseconds since 1970-01-01 00:00:00; false: it does not exist. */
static bool clock_wall_ms(const ClockFields *fields, int64_t *wall_ms) {
    if (!clock_date_exists(fields->year, fields->month, fields->day) || fields->hour > 23 ||
        fields->minute > 59 || fields->second > 59) {
        return false;
    }
    int64_t days = clock_days_from_civil(fields->year, fields->month, fields->day);
    int32_t seconds = (fields->hour * 60 + fields->minute) * 60 + fields->second;
    *wall_ms = days * CLOCK_DAY_MS + (int64_t)seconds * 1000 + fields->millisecond;
    return true;
}

/* Two digits; anything else gives a number above 99, which no field may have. */
static int32_t clock_two_digits(const char *at) {
    unsigned tens = (unsigned char)at[0] - (unsigned)'0';
    unsigned ones = (unsigned char)at[1] - (unsigned)'0';
    return tens <= 9 && ones <= 9 ? (int32_t)(tens * 10 + ones) : 100;
}

/* Requirement 5: 'YYYY-MM-DD HH:MM:SS', a date that exists. False: ask the general way. */
static bool clock_read_common(const char *text, int64_t *wall_ms) {
    int32_t century = clock_two_digits(text);
    int32_t year = clock_two_digits(text + 2);
    if (century > 99 || year > 99 || text[4] != '-' || text[7] != '-' || text[10] != ' ' ||
        text[13] != ':' || text[16] != ':') {
        return false;
    }
    ClockFields fields = {.year = century * 100 + year,
                          .month = clock_two_digits(text + 5),
                          .day = clock_two_digits(text + 8),
                          .hour = clock_two_digits(text + 11),
                          .minute = clock_two_digits(text + 14),
                          .second = clock_two_digits(text + 17)};
    return clock_wall_ms(&fields, wall_ms);
}

/* Text that is read from left to right; the first thing out of place spoils the rest. */
typedef struct ClockScan {
    const char *at;
    const char *end;
    bool spoilt;
} ClockScan;

static bool clock_scan_byte(ClockScan *scan, char wanted) {
    bool found = scan->at < scan->end && *scan->at == wanted;
    scan->at += found;
    return found;
}

static void clock_scan_expect(ClockScan *scan, char wanted) {
    scan->spoilt = !clock_scan_byte(scan, wanted) || scan->spoilt;
}

/* A number of so many digits. */
static int32_t clock_scan_number(ClockScan *scan, uint32_t at_least, uint32_t at_most) {
    uint32_t count = clock_count_digits(scan->at, scan->end);
    if (count < at_least || count > at_most) {
        scan->spoilt = true;
        return 0;
    }
    int32_t number = 0;
    for (; count > 0; count--) {
        number = number * 10 + (*scan->at++ - '0');
    }
    return number;
}

static void clock_scan_date(ClockScan *scan, ClockFields *fields) {
    fields->year = clock_scan_number(scan, 4, 4);
    char between = clock_scan_byte(scan, '/') ? '/' : '-';
    if (between == '-') {
        clock_scan_expect(scan, '-');
    }
    fields->month = clock_scan_number(scan, 1, 2);
    clock_scan_expect(scan, between);
    fields->day = clock_scan_number(scan, 1, 2);
}

static int32_t clock_scan_fraction(ClockScan *scan) {
    uint32_t count = clock_count_digits(scan->at, scan->end);
    if (count < 1 || count > 9) {
        scan->spoilt = true;
        return 0;
    }
    int32_t millisecond = 0;
    for (uint32_t i = 0; i < 3; i++) {
        millisecond = millisecond * 10 + (i < count ? scan->at[i] - '0' : 0);
    }
    scan->at += count; /* Requirement 3: the rest is dropped */
    return millisecond;
}

static void clock_scan_time(ClockScan *scan, ClockFields *fields) {
    fields->hour = clock_scan_number(scan, 1, 2);
    clock_scan_expect(scan, ':');
    fields->minute = clock_scan_number(scan, 2, 2);
    if (clock_scan_byte(scan, ':')) {
        fields->second = clock_scan_number(scan, 2, 2);
        if (clock_scan_byte(scan, '.')) {
            fields->millisecond = clock_scan_fraction(scan);
        }
    }
}

/* Z, ±HH:MM or ±HHMM up to the end; true: there is one. */
static bool clock_scan_suffix(ClockScan *scan, int32_t *offset_s) {
    if (scan->at == scan->end) {
        return false;
    }
    size_t left = (size_t)(scan->end - scan->at);
    char colon[6] = {0};
    const char *offset = scan->at;
    if (left == 5) {
        memcpy(colon, offset, 3);
        colon[3] = ':';
        memcpy(colon + 4, offset + 3, 2);
        offset = colon;
        left = 6;
    }
    *offset_s = 0;
    bool utc = left == 1 && *offset == 'Z';
    scan->spoilt = scan->spoilt || !(utc || zone_read_offset(offset, left, offset_s));
    return true;
}

/* Requirement 3. */
static ClockFault clock_from_date(const char *text, const char *end, const Zone *zone,
                                  int64_t *instant_ms) {
    ClockScan scan = {text, end, false};
    ClockFields fields = {0};
    int32_t offset_s = 0;
    int64_t wall_ms = 0;
    clock_scan_date(&scan, &fields);
    if (clock_scan_byte(&scan, ' ') || clock_scan_byte(&scan, 'T')) {
        clock_scan_time(&scan, &fields);
    }
    bool suffix = clock_scan_suffix(&scan, &offset_s);
    *instant_ms = 0;
    if (scan.spoilt) {
        return CLOCK_NO_TIME;
    }
    if (!clock_wall_ms(&fields, &wall_ms)) {
        return CLOCK_NO_DATE;
    }
    *instant_ms = suffix ? wall_ms - (int64_t)offset_s * 1000 : zone_instant_of_wall(zone, wall_ms);
    return CLOCK_FINE;
}

static ClockFault clock_from_text(const char *text, uint32_t length, const Zone *zone,
                                  int64_t *instant_ms) {
    int64_t wall_ms;
    if (length == 19 && clock_read_common(text, &wall_ms)) {
        *instant_ms = zone_instant_of_wall(zone, wall_ms);
        return CLOCK_FINE;
    }
    ClockNumber number;
    if (clock_split_number(text, text + length, &number)) {
        return clock_from_digits(&number, instant_ms);
    }
    return clock_from_date(text, text + length, zone, instant_ms);
}

Status clock_read(const Value *value, const Zone *zone, int64_t *instant_ms, Message *why) {
    ClockFault fault = CLOCK_NO_TIME;
    switch (value->type) { /* not covered: no other type */
    case VALUE_INTEGER:
        fault = clock_from_integer(value->as.integer, instant_ms);
        break;
    case VALUE_REAL:
        fault = clock_from_real(value->as.real, instant_ms);
        break;
    case VALUE_TEXT:
        fault = clock_from_text(value->as.bytes, value->length, zone, instant_ms);
        break;
    case VALUE_NULL:
    case VALUE_BLOB:
        *instant_ms = 0;
        break;
    }
    return fault == CLOCK_FINE ? STATUS_OK : message_refuse(why, value, clock_fault_words[fault]);
}

/* ---- times of many rows ---- */

/* Eight bytes, the first one lowest: one load on a little-endian machine. */
static uint64_t clock_eight_bytes(const char *text) {
    const unsigned char *at = (const unsigned char *)text;
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24 |
           (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 |
           (uint64_t)at[7] << 56;
}

/* Milliseconds since midnight of 'HH:MM:SS', all digits at once; -1 when it is none. */
static int32_t clock_common_time(const char *text) {
    /* '0' and ':' become 0, other digits 1 to 9. What is too large gets its byte's top bit by the
    ** sum, or has it; a carry can only come from a byte that has it. */
    const uint64_t digits = clock_eight_bytes(text) ^ UINT64_C(0x30303a30303a3030);
    if ((((digits + UINT64_C(0x76767f76767f7676)) | digits) & UINT64_C(0x8080808080808080)) != 0) {
        return -1;
    }
    const uint64_t pairs = digits * 10 + (digits >> 8);
    const uint32_t hour = pairs & 0xff;
    const uint32_t minute = pairs >> 24 & 0xff;
    const uint32_t second = pairs >> 48 & 0xff;
    if (hour > 23 || minute > 59 || second > 59) {
        return -1;
    }
    return (int32_t)(((hour * 60 + minute) * 60 + second) * 1000);
}

/* Where a date is in the cache: by its day of the month, so that neighbouring ones do not meet. */
static DateEntry *clock_date_entry(DateCache *cache, const char *text) {
    const unsigned tens = (unsigned char)text[8];
    const unsigned ones = (unsigned char)text[9];
    return &cache->dates[(tens * 10 + ones) % DATE_CACHE];
}

Status clock_read_text(const Value *value, const Zone *zone, DateCache *cache, int64_t *instant_ms,
                       Message *why) {
    const char *text = value->as.bytes;
    if (value->length != 19 || text[4] != '-' || text[10] != ' ') { /* as no empty entry has */
        return clock_read(value, zone, instant_ms, why);
    }
    DateEntry *entry = clock_date_entry(cache, text);
    if (memcmp(entry->date, text, sizeof entry->date) == 0) {
        const int32_t time_ms = clock_common_time(text + 11);
        if (time_ms >= 0) {
            *instant_ms = entry->start_ms + time_ms;
            return STATUS_OK;
        }
    }
    int64_t wall_ms;
    if (!clock_read_common(text, &wall_ms)) {
        return clock_read(value, zone, instant_ms, why);
    }
    *instant_ms = zone_instant_of_wall(zone, wall_ms);
    const int64_t midnight_ms = wall_ms - clock_common_time(text + 11);
    const ZoneSpan first = zone_span_of_wall(zone, midnight_ms);
    const ZoneSpan last = zone_span_of_wall(zone, midnight_ms + CLOCK_DAY_MS - 1);
    if (first.start_ms == last.start_ms && midnight_ms >= first.start_ms + first.offset_ms) {
        memcpy(entry->date, text, sizeof entry->date);
        entry->start_ms = midnight_ms - first.offset_ms;
    }
    return STATUS_OK;
}

bool clock_read_day(const char *text, size_t length, int64_t *day_number) {
    if (length != 10 || text[4] != '-' || text[7] != '-') {
        return false;
    }
    int32_t century = clock_two_digits(text);
    int32_t year = clock_two_digits(text + 2);
    int32_t month = clock_two_digits(text + 5);
    int32_t day = clock_two_digits(text + 8);
    if (century > 99 || year > 99 || !clock_date_exists(century * 100 + year, month, day)) {
        return false;
    }
    *day_number = clock_days_from_civil(century * 100 + year, month, day);
    return true;
}
