/* oracle_rows.c: random rules and rows, and the many literals of one value (see oracle.h). */
#include "oracle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One of several strings. */
#define ORACLE_PICK(random, ...)                                                                   \
    oracle_pick(random, (const char *const[]){__VA_ARGS__},                                        \
                (int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)))

static const char *oracle_pick(OracleRandom *random, const char *const *from, int count) {
    return from[oracle_below(random, count)];
}

/* ---- literals ---- */

const char *oracle_null_literal(OracleRandom *random) {
    return ORACLE_PICK(random, "NULL", "NULL", "''", "' '", "'   '");
}

const char *oracle_customer_literal(OracleRandom *random, int customer) {
    static const char *const forms[ORACLE_CUSTOMERS][3] = {
        {"1", "1.0", "1e0"},
        {"'1'", "'1'", "'1'"},
        {"x'31'", "x'31'", "x'31'"},
        {"'a'", "'a'", "'a'"},
        {"'A'", "'A'", "'A'"},
        {"2.5", "2.5", "25e-1"},
        {"9007199254740993", "9007199254740993", "9007199254740993"},
        {"9007199254740992", "9007199254740992.0", "9007199254740992"},
        {"x''", "x''", "x''"},
        {"'客户'", "'客户'", "'客户'"},
        {"' a'", "' a'", "' a'"},
        {"'tb_1234567890_abcdefghijklmnopqrstuvw'", "'tb_1234567890_abcdefghijklmnopqrstuvw'",
         "'tb_1234567890_abcdefghijklmnopqrstuvw'"},
        {"-1", "-1.0", "-1"},
        {"0", "0.0", "-0.0"},
        {"1e300", "1e300", "1e300"},
        {"9223372036854775807", "9223372036854775807", "9223372036854775807"},
        {"9223372036854775808.0", "9223372036854775808.0", "9223372036854775808.0"},
    };
    if (customer < 0)
        return oracle_null_literal(random);
    return forms[customer][oracle_below(random, 3)];
}

static const char *const oracle_key_forms[ORACLE_KEYS][3] = {
    {"NULL", "NULL", "NULL"},
    {"-5", "-5.0", "-5"},
    {"0", "0.0", "-0.0"},
    {"1", "1.0", "1"},
    {"2.5", "2.5", "2.5"},
    {"9007199254740992", "9007199254740992.0", "9007199254740992"},
    {"9007199254740993", "9007199254740993", "9007199254740993"},
    {"1e300", "1e300", "1e300"},
    {"''", "''", "''"},
    {"' '", "' '", "' '"},
    {"'1'", "'1'", "'1'"},
    {"'A'", "'A'", "'A'"},
    {"'a'", "'a'", "'a'"},
    {"'客服'", "'客服'", "'客服'"},
    {"x''", "x''", "x''"},
    {"x'31'", "x'31'", "x'31'"},
};

const char *oracle_key_literal(OracleRandom *random, int key) {
    return oracle_key_forms[key][oracle_below(random, 3)];
}

const char *oracle_key_given_back(int key) { return oracle_key_forms[key][0]; }

/* Wall-clock parts of an instant in a zone. */
typedef struct OracleClock {
    OracleDate date;
    int hour, minute, second, ms;
} OracleClock;

static OracleClock oracle_clock(int64_t at_ms, int tz_minutes) {
    int rest = (int)oracle_ms_of_day(at_ms, tz_minutes);
    return (OracleClock){oracle_date(oracle_local_day(at_ms, tz_minutes)), rest / 3600000,
                         rest / 60000 % 60, rest / 1000 % 60, rest % 1000};
}

/* 'YYYY-MM-DD HH:MM:SS.fff' in all its spellings; without what is zero, at times. */
static void oracle_date_literal(OracleRandom *random, int64_t at_ms, int zone_minutes,
                                const char *suffix, char out[ORACLE_LITERAL]) {
    OracleClock c = oracle_clock(at_ms, zone_minutes);
    const char *dash = ORACLE_PICK(random, "-", "-", "/");
    bool narrow = oracle_chance(random, 20);
    char day[32], clock[32] = "";
    snprintf(day, sizeof day, narrow ? "%04d%s%d%s%d" : "%04d%s%02d%s%02d", c.date.year, dash,
             c.date.month, dash, c.date.day);
    const char *between = ORACLE_PICK(random, " ", "T");
    const char *hours = narrow ? "%d:%02d" : "%02d:%02d";
    bool midnight = c.hour == 0 && c.minute == 0 && c.second == 0 && c.ms == 0;
    if (!midnight || *suffix || oracle_chance(random, 50)) {
        int length = snprintf(clock, sizeof clock, hours, c.hour, c.minute);
        char *end = clock + length;
        size_t room = sizeof clock - (size_t)length;
        if (c.ms != 0) {
            const char *extra = ORACLE_PICK(random, "", "", "000", "9", "999999");
            snprintf(end, room, ":%02d.%03d%s", c.second, c.ms, extra);
        } else if (c.second != 0 || oracle_chance(random, 50)) {
            snprintf(end, room, ":%02d%s", c.second, ORACLE_PICK(random, "", "", ".0", ".000"));
        }
    }
    snprintf(out, ORACLE_LITERAL, "'%s%s%s%s'", day, *clock ? between : "", clock,
             *clock ? suffix : "");
}

void oracle_time_literal(OracleRandom *random, int64_t at_ms, int tz_minutes,
                         char out[ORACLE_LITERAL]) {
    const char *sign = at_ms < 0 ? "-" : "";
    long long size_ms = at_ms < 0 ? -at_ms : at_ms, seconds = size_ms / 1000, ms = size_ms % 1000;
    const char *quote = ORACLE_PICK(random, "", "'");
    int form = oracle_below(random, 6);
    if (form == 0 && size_ms <= 253402300799)
        form = 1; /* that would be seconds */
    switch (form) {
    case 0: /* milliseconds */
        snprintf(out, ORACLE_LITERAL, "%s%s%lld%s%s", quote, sign, size_ms,
                 ORACLE_PICK(random, "", ".0"), quote);
        break;
    case 1: /* seconds, TEXT of nine digits or more */
        if (seconds < 100000000)
            quote = "";
        if (ms == 0) {
            snprintf(out, ORACLE_LITERAL, "%s%s%lld%s", quote, sign, seconds, quote);
        } else {
            snprintf(out, ORACLE_LITERAL, "%s%s%lld.%03lld%s", quote, sign, seconds, ms, quote);
        }
        break;
    case 2: /* wall clock in the rules' zone */
        oracle_date_literal(random, at_ms, tz_minutes, "", out);
        break;
    case 3:
        oracle_date_literal(random, at_ms, 0, "Z", out);
        break;
    case 4:
        oracle_date_literal(random, at_ms, 480, ORACLE_PICK(random, "+08:00", "+0800"), out);
        break;
    default:
        oracle_date_literal(random, at_ms, -210, ORACLE_PICK(random, "-03:30", "-0330"), out);
        break;
    }
}

const char *oracle_flag_literal(OracleRandom *random, bool flag) {
    if (!flag)
        return ORACLE_PICK(random, "NULL", "0", "'0'", "''", "0.0");
    return ORACLE_PICK(random, "1", "'1'", "'yes'", "2", "0.5", "-1", "'2026-11-01'", "'order 7'");
}

void oracle_money_literal(OracleRandom *random, int64_t micros, char out[ORACLE_LITERAL]) {
    long long size = micros < 0 ? -micros : micros;
    long long whole = size / 1000000, part = size % 1000000;
    const char *sign = micros < 0 ? "-" : "";
    if (part == 0 && oracle_chance(random, 50)) {
        const char *quote = ORACLE_PICK(random, "", "'");
        snprintf(out, ORACLE_LITERAL, "%s%s%lld%s%s", quote, sign, whole,
                 ORACLE_PICK(random, "", ".0", ".00"), quote);
        return;
    }
    switch (oracle_below(random, 3)) {
    case 0:
        snprintf(out, ORACLE_LITERAL, "%s%lld.%06lld", sign, whole, part);
        break;
    case 1:
        snprintf(out, ORACLE_LITERAL, "'%s%lld.%06lld'", sign, whole, part);
        break;
    default: /* below half of the sixth decimal, or half beside an even one */
        snprintf(out, ORACLE_LITERAL, "'%s%lld.%06lld%s'", sign, whole, part,
                 part % 2 == 0 ? ORACLE_PICK(random, "5", "50", "49") : "4999");
        break;
    }
}

/* ---- rows ---- */

static void oracle_swap(char *a, char *b, size_t size) {
    char rest[128];
    memcpy(rest, a, size);
    memcpy(a, b, size);
    memcpy(b, rest, size);
}

static void oracle_shuffle(OracleRandom *random, void *rows, int count, size_t size) {
    char *bytes = rows;
    for (int i = count - 1; i > 0; i--) {
        oracle_swap(bytes + (size_t)i * size, bytes + (size_t)oracle_below(random, i + 1) * size,
                    size);
    }
}

/* Midnight of the first day in the zone, plus up to four days. */
static int64_t oracle_random_start(OracleRandom *random, const OracleRules *rules) {
    int64_t midnight = rules->base_day * 86400000 - (int64_t)rules->tz_minutes * 60000;
    return midnight + (int64_t)oracle_below(random, 4 * 24 * 60) * 60000 +
           (oracle_chance(random, 50) ? oracle_below(random, 60000) : 0);
}

static int64_t oracle_random_gap(OracleRandom *random) {
    static const int64_t gaps[] = {
        0,      0,      1,      1000,   5000,   9999,   10000,  12000,  30000,   60000,   119999,
        120000, 120001, 180000, 300000, 599999, 600000, 600001, 900000, 3600000, 7200000, 36000000};
    int many = (int)(sizeof gaps / sizeof gaps[0]);
    if (oracle_chance(random, 30))
        return oracle_below(random, 400000);
    return gaps[oracle_below(random, oracle_chance(random, 80) ? many - 5 : many)];
}

void oracle_random_lines(OracleRandom *random, OracleLine *lines, int count,
                         const OracleRules *rules) {
    int keys = 1 + oracle_below(random, 5), made = 0;
    while (made < count) {
        int key = oracle_below(random, keys) * 3 % ORACLE_KEYS;
        int customer = oracle_below(random, ORACLE_CUSTOMERS);
        int length = 1 + oracle_below(random, 12);
        int64_t at_ms = oracle_random_start(random, rules);
        int bots = oracle_below(random, 40);
        for (int i = 0; i < length && made < count; i++, at_ms += oracle_random_gap(random)) {
            int sender = oracle_chance(random, 50) ? ORACLE_FROM_CUSTOMER : ORACLE_FROM_AGENT;
            if (oracle_chance(random, bots))
                sender = ORACLE_FROM_BOT + oracle_below(random, 2);
            lines[made++] = (OracleLine){.key = key,
                                         .customer = oracle_chance(random, 3) ? -1 : customer,
                                         .sender = oracle_chance(random, 3) ? -1 : sender,
                                         .has_time = !oracle_chance(random, 3),
                                         .at_ms = at_ms};
        }
    }
    oracle_shuffle(random, lines, count, sizeof *lines);
}

static const char *oracle_sender_literal(OracleRandom *random, int sender) {
    switch (sender) {
    case ORACLE_FROM_CUSTOMER:
        return ORACLE_PICK(random, "0", "'0'", "'customer'");
    case ORACLE_FROM_AGENT:
        return ORACLE_PICK(random, "1", "'1'", "'agent'");
    case ORACLE_FROM_BOT:
        return ORACLE_PICK(random, "2", "'2'", "'bot'");
    case ORACLE_FROM_ASSIST:
        return ORACLE_PICK(random, "3", "'3'", "'assist'");
    default:
        return oracle_chance(random, 30) ? "'system'" : oracle_null_literal(random);
    }
}

static void oracle_maybe_time(OracleRandom *random, bool has, int64_t at_ms, int tz,
                              char out[ORACLE_LITERAL]) {
    if (has) {
        oracle_time_literal(random, at_ms, tz, out);
    } else {
        snprintf(out, ORACLE_LITERAL, "%s", oracle_null_literal(random));
    }
}

void oracle_print_line(OracleRandom *random, const OracleLine *line, int tz_minutes,
                       char out[ORACLE_ROW]) {
    char at[ORACLE_LITERAL];
    oracle_maybe_time(random, line->has_time, line->at_ms, tz_minutes, at);
    const char *key = oracle_key_literal(random, line->key);
    const char *customer = oracle_customer_literal(random, line->customer);
    snprintf(out, ORACLE_ROW, "%s, %s, %s, %s", key, customer,
             oracle_sender_literal(random, line->sender), at);
}

/* Mostly after the first time, in hours to days; at times before it. */
static int64_t oracle_random_later(OracleRandom *random, int64_t at_ms) {
    if (oracle_chance(random, 10))
        return at_ms - oracle_below(random, 3) * 40000000LL;
    if (oracle_chance(random, 10))
        return at_ms;
    return at_ms + (int64_t)oracle_below(random, 7 * 24 * 60) * 60000 * oracle_below(random, 2) +
           oracle_below(random, 86400000);
}

void oracle_random_deals(OracleRandom *random, OracleDeal *deals, int count,
                         const OracleRules *rules) {
    int keys = 1 + oracle_below(random, 5), people = 1 + oracle_below(random, ORACLE_CUSTOMERS);
    for (int i = 0; i < count; i++) {
        OracleDeal *deal = &deals[i];
        memset(deal, 0, sizeof *deal);
        deal->key = oracle_below(random, keys) * 3 % ORACLE_KEYS;
        deal->customer = oracle_chance(random, 3) ? -1 : oracle_below(random, people);
        deal->has_asked = !oracle_chance(random, 3);
        deal->asked_ms = oracle_random_start(random, rules);
        deal->has_ordered = oracle_chance(random, 60);
        deal->ordered_ms = oracle_random_later(random, deal->asked_ms);
        deal->has_paid = oracle_chance(random, deal->has_ordered ? 70 : 5);
        deal->paid_ms =
            oracle_random_later(random, deal->has_ordered ? deal->ordered_ms : deal->asked_ms);
        deal->has_amount = oracle_chance(random, deal->has_paid ? 85 : 20);
        deal->amount_micros = oracle_chance(random, 50) ? 10000LL * oracle_below(random, 100000)
                                                        : 1000000LL * oracle_below(random, 1000);
        if (oracle_chance(random, 20))
            deal->amount_micros += oracle_below(random, 1000000);
        deal->has_quantity = oracle_chance(random, 80);
        deal->quantity = oracle_below(random, 4);
    }
}

void oracle_print_deal(OracleRandom *random, const OracleDeal *deal, int tz_minutes,
                       char out[ORACLE_ROW]) {
    char asked[ORACLE_LITERAL], ordered[ORACLE_LITERAL], paid[ORACLE_LITERAL],
        amount[ORACLE_LITERAL], quantity[ORACLE_LITERAL];
    oracle_maybe_time(random, deal->has_asked, deal->asked_ms, tz_minutes, asked);
    oracle_maybe_time(random, deal->has_ordered, deal->ordered_ms, tz_minutes, ordered);
    oracle_maybe_time(random, deal->has_paid, deal->paid_ms, tz_minutes, paid);
    snprintf(amount, sizeof amount, "%s", oracle_null_literal(random));
    if (deal->has_amount)
        oracle_money_literal(random, deal->amount_micros, amount);
    snprintf(quantity, sizeof quantity, "%s", oracle_null_literal(random));
    if (deal->has_quantity) {
        snprintf(quantity, sizeof quantity, ORACLE_PICK(random, "%d", "'%d'", "%d.0"),
                 (int)deal->quantity);
    }
    const char *key = oracle_key_literal(random, deal->key);
    snprintf(out, ORACLE_ROW, "%s, %s, %s, %s, %s, %s, %s", key,
             oracle_customer_literal(random, deal->customer), asked, ordered, paid, amount,
             quantity);
}

void oracle_random_ratings(OracleRandom *random, OracleRating *ratings, int count,
                           const OracleRules *rules) {
    int keys = 1 + oracle_below(random, 5);
    for (int i = 0; i < count; i++) {
        OracleRating *one = &ratings[i];
        memset(one, 0, sizeof *one);
        one->key = oracle_below(random, keys) * 3 % ORACLE_KEYS;
        one->customer = oracle_chance(random, 3) ? -1 : oracle_below(random, ORACLE_CUSTOMERS);
        one->has_time = !oracle_chance(random, 3);
        one->at_ms = oracle_random_start(random, rules);
        one->invited = oracle_chance(random, 70);
        one->has_score = oracle_chance(random, 70);
        one->score_millionths = oracle_chance(random, 70)
                                    ? 1000000LL * (1 + oracle_below(random, 5))
                                    : 1000000LL + oracle_below(random, 41) * 100000LL;
    }
}

void oracle_print_rating(OracleRandom *random, const OracleRating *rating, int tz_minutes,
                         char out[ORACLE_ROW]) {
    char at[ORACLE_LITERAL], score[ORACLE_LITERAL];
    oracle_maybe_time(random, rating->has_time, rating->at_ms, tz_minutes, at);
    int tenths = (int)(rating->score_millionths / 100000);
    snprintf(score, sizeof score, "%s", oracle_null_literal(random));
    if (rating->has_score && tenths % 10 == 0) {
        snprintf(score, sizeof score, ORACLE_PICK(random, "%d", "'%d'", "%d.0"), tenths / 10);
    } else if (rating->has_score) {
        snprintf(score, sizeof score, ORACLE_PICK(random, "%d.%d", "'%d.%d'"), tenths / 10,
                 tenths % 10);
    }
    const char *key = oracle_key_literal(random, rating->key);
    snprintf(out, ORACLE_ROW, "%s, %s, %s, %s, %s", key,
             oracle_customer_literal(random, rating->customer), at,
             oracle_flag_literal(random, rating->invited), score);
}
