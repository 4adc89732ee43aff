/* groups_codec_test.c: grouped stats that anyone may have written (core/stats/groups_codec.c; state.md 3,
** 6). Single stats are tested with their families. */
#include "core/sets/value_key.h"
#include "core/state/crc32c.h"
#include "core/stats/groups.h"

#include "group_rows.h"
#include "trial.h"

static Status walk(const Value *value) {
    StatsView view;
    Message why;
    Status status = stats_view_open(&view, &trial_host, value, &why);
    if (status != STATUS_OK) {
        return status;
    }
    GroupCursor cursor = {.begun = false};
    bool more = (view.state.flags & STATE_GROUPED) != 0;
    while (status == STATUS_OK && more) {
        status = groups_next(&view, &cursor, &more, &why);
        if (status == STATUS_OK && more) {
            Stats stats;
            Reader payload = cursor.payload;
            status = stats_read(&stats, &view.shape, &payload, &why);
        }
    }
    stats_view_close(&view);
    return status;
}

/* Two groups as they are spelled, each with the payload of one contact. 18001 is a Monday. */
typedef struct Spelled {
    const char *what;
    bool good;
    uint64_t count; /* of groups, as it says */
    struct {
        Value key;
        int64_t day;
    } groups[2];
} Spelled;

// clang-format off
#define INTEGER(number) {VALUE_INTEGER, 0, {.integer = number}}
#define REAL(number) {VALUE_REAL, 0, {.real = number}}
// clang-format on

static const Spelled SPELLED[] = {
    {"two keys", true, 2, {{INTEGER(1), 19002}, {INTEGER(2), 18001}}},
    {"two days", true, 2, {{INTEGER(1), 18001}, {INTEGER(1), 18008}}},
    {"a real between", true, 2, {{INTEGER(1), 18001}, {REAL(1.5), 18001}}},
    {"none, as it says", false, 0, {{INTEGER(1), 18001}, {INTEGER(2), 18001}}},
    {"one, as it says", false, 1, {{INTEGER(1), 18001}, {INTEGER(2), 18001}}},
    {"three", false, 3, {{INTEGER(1), 18001}, {INTEGER(2), 18001}}},
    {"very many", false, UINT64_C(1) << 62, {{INTEGER(1), 18001}, {INTEGER(2), 18001}}},
    {"falling keys", false, 2, {{INTEGER(2), 18001}, {INTEGER(1), 18001}}},
    {"falling days", false, 2, {{INTEGER(1), 18008}, {INTEGER(1), 18001}}},
    {"one group twice", false, 2, {{INTEGER(1), 18001}, {INTEGER(1), 18001}}},
    {"a whole real", false, 2, {{INTEGER(1), 18001}, {REAL(2.0), 18001}}},
    {"a key that is NaN", false, 2, {{REAL(0.0 / 0.0), 18001}, {REAL(2.5), 18001}}},
    {"not the first day", false, 2, {{INTEGER(1), 18002}, {INTEGER(2), 18001}}},
    {"before year 0", false, 2, {{INTEGER(1), -719530}, {INTEGER(2), 18001}}},
    {"the last day there is", false, 2, {{INTEGER(1), INT64_MAX}, {INTEGER(2), 18001}}},
    {"the first day there is", false, 2, {{INTEGER(1), INT64_MIN}, {INTEGER(2), 18001}}},
};

Test(groups_codec, what_reading_refuses) {
    static const char rules[] = "{\"tz\":\"+08:00\",\"period\":\"week\"}";
    static const unsigned char contact[] = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    for (size_t i = 0; i < sizeof SPELLED / sizeof SPELLED[0]; i++) {
        Buffer out;
        buffer_open(&out, &trial_host);
        uint64_t begun =
            state_begin(&out, STATE_VERSION, STATE_RATING, STATE_GROUPED, rules, sizeof rules - 1);
        buffer_varint(&out, SPELLED[i].count);
        for (int j = 0; j < 2; j++) {
            value_key_write(&SPELLED[i].groups[j].key, &out);
            buffer_signed(&out, SPELLED[i].groups[j].day);
            buffer_varint(&out, sizeof contact);
            buffer_append(&out, contact, sizeof contact);
        }
        state_end(&out, begun);
        const Value value = {VALUE_BLOB, (uint32_t)out.length, {.bytes = (const char *)out.bytes}};
        cr_expect_eq(walk(&value) == STATUS_OK, SPELLED[i].good, "%s", SPELLED[i].what);
        buffer_close(&out);
    }
}

/* Every byte with every value, under a checksum that is right. */
Test(groups_codec, any_bytes) {
    for (size_t f = 0; f < 3; f++) {
        Rules rules;
        GroupRow rows[12];
        Buffer held;
        uint64_t seed = f;
        uint64_t accepted = 0;
        chat_rules("{\"period\":\"month\"}", &rules);
        const StatsShape shape = group_shape(GROUP_FAMILIES[f], &rules);
        for (int i = 0; i < 12; i++) {
            rows[i] = group_row(&seed);
        }
        const Value value = group_blob(rows, 12, &shape, true, &held);
        const uint64_t sealed = held.length - 4;
        for (uint64_t i = 4 * 256; i < sealed * 256; i++) {
            const unsigned char before = held.bytes[i / 256];
            held.bytes[i / 256] = (unsigned char)(i % 256);
            uint32_t crc = crc32c(held.bytes, sealed);
            for (uint64_t j = 0; j < 4; j++) {
                held.bytes[sealed + j] = (unsigned char)(crc >> 8 * j);
            }
            Status status = walk(&value);
            cr_assert(status == STATUS_OK || status == STATUS_REFUSED);
            accepted += status == STATUS_OK;
            held.bytes[i / 256] = before;
        }
        cr_expect_gt(accepted, 100);
        buffer_close(&held);
        rules_close(&rules);
    }
    cr_assert_eq(trial_heap.blocks, 0);
}
