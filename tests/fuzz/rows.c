/* rows.c: see rows.h. */
#include "rows.h"

#include <stdio.h>
#include <string.h>

#include "glue/catalogue.h"

/* ---- values: the last of a list is refused, or is one like the others ---- */

// clang-format off
static const char *const customers[] = {"1", "1.0", "'1'", "x'31'", "2", "'a'", "x'61'", "-3",
    "0.5", "'客'", "9223372036854775807", "NULL", "''", "' '", "zeroblob(3)",
    "'a' || char(0) || 'b'"};
static const char *const keys[] = {"1", "1.0", "'1'", "NULL", "''", "x''", "x'01'", "2.5"};
static const char *const senders[] = {"0", "1", "'customer'", "'agent'", "0", "1", "'0'", "'1'",
    "2", "'bot'", "3", "'assist'", "NULL", "'system'", "1.0", "''", "'nobody'"};
static const char *const flags[] = {"0", "1", "NULL", "''", "'0'", "'yes'", "1794000000", "0.0"};
static const char *const amounts[] = {"NULL", "0", "10", "10.0", "'10'", "0.1", "-5.000001", "''",
    "'12.345678'", "999999999999", "0.0000005", "'abc'"};
static const char *const quantities[] = {"NULL", "0", "1", "2", "'2'", "3.0", "1000000000000", "",
    "-1"};
static const char *const scores[] = {"NULL", "1", "2", "3", "4", "5", "'4'", "4.5", "''", "6"};
static const char *const events[] = {"'ask'", "'chat'", "'order'", "'pay'", "'ask'", "'chat'",
    "'order'", "'pay'", "'refund'", "'cancel'", "NULL", "'gift'"};
static const char *const agents[] = {"'ann'", "'bob'", "1", "1.0", "NULL", "x'01'"};
static const char *const orders[] = {"'o1'", "'o2'", "3", "3.0", "'3'", "NULL", "x'03'"};
static const char *const rules[] = {
    "{}", "taobao", "jd", "pdd", "douyin", "zendesk", "chatwoot", "simla", "{\"max_wait\":3}",
    "{\"session\":60,\"tz\":\"America/New_York\"}",
    "{\"session\":\"all\",\"burst\":\"last\",\"stop\":\"any\",\"within_unit\":\"turn\"}",
    "{\"bot_clears\":true,\"stop\":\"assist\",\"filter\":\"one_line\",\"slow\":1,\"slow_times\":1}",
    "{\"unanswered\":\"cap\",\"cap\":60,\"drop_over\":30,\"within_unit\":\"first\"}",
    "{\"calendar\":{\"hours\":{\"fri\":[\"22:00-02:00\"]},\"holidays\":[\"2026-11-08\"]}}",
    "{\"period\":\"day\",\"window\":\"22:00-06:00\"}", "{\"period\":\"week\"}",
    "{\"period\":\"month\"}",
    "{\"as_of\":\"2026-11-09\",\"final_days\":1,\"after_sales_days\":0}",
    "{\"model\":\"linear\",\"anchor\":\"pay\",\"credit_window\":60}",
    "{\"satisfied_from\":4.5,\"good_from\":3,\"bad_to\":1,\"score_max\":10}",
    "{\"tz\":\"Australia/Lord_Howe\",\"period\":\"quarter\",\"session\":3600}",
};
// clang-format on
#define COUNT(list) (uint32_t)(sizeof(list) / sizeof(list)[0])

/* One of a list, by one byte; a time, by two, where the list is NULL. */
typedef struct RowsColumn {
    const char *const *list;
    uint32_t count;
} RowsColumn;

#define TIME                                                                                       \
    { NULL, 0 }
#define ONE_OF(list)                                                                               \
    { list, COUNT(list) }

static const RowsColumn chat_columns[] = {ONE_OF(customers), ONE_OF(senders), TIME};
static const RowsColumn deal_columns[] = {ONE_OF(customers), TIME, TIME, TIME, ONE_OF(amounts),
                                          ONE_OF(quantities)};
static const RowsColumn flag_columns[] = {ONE_OF(customers), ONE_OF(flags), ONE_OF(flags)};
static const RowsColumn rating_columns[] = {ONE_OF(customers), TIME, ONE_OF(flags), ONE_OF(scores)};
static const RowsColumn journey_columns[] = {ONE_OF(customers), TIME,           ONE_OF(events),
                                             ONE_OF(agents),    ONE_OF(orders), ONE_OF(amounts),
                                             ONE_OF(quantities)};
static const RowsColumn pair_columns[] = {TIME, TIME};

/* Seconds from 2026-11-06 23:59:30 in +08:00, most of them about midnight. */
static const int gaps_s[] = {0, 1, 2, 5, 10, 29, 30, 31, 59, 60, 61, 120, 599, 600, 3600, 7200};

// clang-format off
static const char *const time_forms[] = {"%lld", "%lld", "%lld", "%lld.0", "%lld.5", "%lld250",
    "'%lld.001'", "datetime(%lld, 'unixepoch', '+8 hours')",
    "strftime('%%Y-%%m-%%dT%%H:%%M:%%SZ', %lld, 'unixepoch')", "date(%lld, 'unixepoch')", "NULL",
    "''", "'soon'"};
// clang-format on

static void put_time(FuzzInput *input, bool refusals, char out[ROWS_SQL]) {
    uint8_t which = fuzz_byte(input);
    long long second = 1793980770LL + gaps_s[which & 15] + (which >> 4 & 3) * 86400LL;
    snprintf(out, ROWS_SQL, time_forms[fuzz_below(input, COUNT(time_forms) - !refusals)], second);
}

static void put_value(FuzzInput *input, const RowsColumn *column, bool refusals,
                      char out[ROWS_SQL]) {
    if (column->list == NULL) {
        put_time(input, refusals, out);
    } else {
        const char *literal = column->list[fuzz_below(input, column->count - !refusals)];
        snprintf(out, ROWS_SQL, "%s", *literal == '\0' ? "' '" : literal);
    }
}

/* ---- aggregates ---- */

static const struct RowsAggregate {
    const char *sql; /* behind the KPI's name where it is one of many; '%s': the rules */
    const RowsColumn *columns;
    int count;
    const RowShape *one_step; /* of KPIs of this shape, by the catalogue; NULL: sql names it */
    bool stats;
    bool keyed;
} aggregates[] = {
    {"chat_stats(a, b, c, '%s')", chat_columns, 3, NULL, true, false},
    {"chat_stats_by(k, a, b, c, '%s')", chat_columns, 3, NULL, true, true},
    {"deal_stats(a, b, c, d)", deal_columns, 6, NULL, true, false},
    {"deal_stats(a, b, c, d, e)", deal_columns, 6, NULL, true, false},
    {"deal_stats(a, b, c, d, e, f, '%s')", deal_columns, 6, NULL, true, false},
    {"deal_stats_by(k, a, b, c, d, e, f, '%s')", deal_columns, 6, NULL, true, true},
    {"rating_stats(a, b, c, d, '%s')", rating_columns, 4, NULL, true, false},
    {"rating_stats_by(k, a, b, c, d, '%s')", rating_columns, 4, NULL, true, true},
    {"journeys(a, b, c, d, e, f, g, '%s')", journey_columns, 7, NULL, true, false},
    {"(a, b, c, '%s')", chat_columns, 3, &ROWS_CHAT, false, false},
    {"(a, b, c, d, '%s')", rating_columns, 4, &ROWS_RATING, false, false},
    {"(a, b, '%s')", flag_columns, 3, &ROWS_ORDERED, false, false},
    {"(a, b, c, '%s')", flag_columns, 3, &ROWS_PAID, false, false},
    {"(a, b, d, '%s')", deal_columns, 6, &ROWS_SUCCESS, false, false},
    {"avg_response(a, b)", pair_columns, 2, NULL, false, false},
};

/* The name of a KPI whose one-step form has this shape. */
static const char *kpi_of(const RowShape *shape, uint32_t choice) {
    const char *found = NULL;
    for (uint32_t i = 0; found == NULL || i <= choice; i++) {
        const Kpi *kpi = &CATALOGUE[i % (uint32_t)CATALOGUE_COUNT];
        found = kpi->one_step == shape ? kpi->name : found;
    }
    return found;
}

void rows_choose(FuzzInput *input, bool stats, RowsPlan *plan) {
    uint32_t choice = fuzz_below(input, COUNT(aggregates));
    while (stats && !aggregates[choice].stats) {
        choice = (choice + 1) % COUNT(aggregates);
    }
    const struct RowsAggregate *chosen = &aggregates[choice];
    const char *name = chosen->one_step == NULL ? "" : kpi_of(chosen->one_step, fuzz_byte(input));
    *plan = (RowsPlan){.columns = chosen->count, .column = chosen->columns};
    plan->stats = chosen->stats;
    plan->keeps = chosen->columns == chat_columns;
    plan->keyed = chosen->keyed;
    char arguments[ROWS_SQL / 2];
    snprintf(arguments, sizeof arguments, chosen->sql, rules[fuzz_below(input, COUNT(rules))]);
    snprintf(plan->sql, sizeof plan->sql, "%s%s", name, arguments);
}

int rows_fill(FuzzInput *input, const RowsPlan *plan, int most) {
    static bool made;
    if (!made) {
        database_do("CREATE TABLE t(id INTEGER PRIMARY KEY, part, o, k, a, b, c, d, e, f, g, s)");
        made = true;
    }
    database_do("DELETE FROM t");
    bool refusals = fuzz_below(input, 8) == 7;
    char rows[16 * ROWS_SQL] = "";
    size_t length = 0;
    int count = 0;
    for (; count < most && input->at < input->end; count++) {
        uint8_t place = fuzz_byte(input);
        length += (size_t)snprintf(rows + length, sizeof rows - length, "%s(%d, %d, %d",
                                   count == 0 ? "" : ", ", count + 1, place >> 4 & 1, place & 15);
        length += (size_t)snprintf(rows + length, sizeof rows - length, ", %s",
                                   keys[fuzz_below(input, COUNT(keys))]);
        for (int i = 0; i < 7; i++) {
            char value[ROWS_SQL] = "NULL";
            if (i < plan->columns) {
                put_value(input, &plan->column[i], refusals, value);
            }
            length += (size_t)snprintf(rows + length, sizeof rows - length, ", %s", value);
        }
        length += (size_t)snprintf(rows + length, sizeof rows - length, ")");
        fuzz_expect(length < sizeof rows);
    }
    if (count > 0) {
        database_do("INSERT INTO t(id, part, o, k, a, b, c, d, e, f, g) VALUES %s", rows);
    }
    return count;
}
