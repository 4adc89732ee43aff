/* state_test.c: the envelope of stored stats (core/state/state.h, state.md 1, 3). */
#include "core/state/state.h"

#include "core/state/crc32c.h"
#include "trial.h"

static Value blob(const unsigned char *bytes, uint64_t length) {
    return (Value){VALUE_BLOB, (uint32_t)length, {.bytes = (const char *)bytes}};
}

/* An envelope around a payload of three bytes. */
static void write_state(Buffer *out, StateKind kind, uint32_t flags) {
    buffer_open(out, &trial_host);
    buffer_text(out, "before");
    uint64_t begun = state_begin(out, STATE_VERSION, kind, flags, "{\"tz\":\"UTC\"}", 12);
    buffer_append(out, "abc", 3);
    state_end(out, begun);
    cr_assert_not(out->failed);
    memmove(out->bytes, out->bytes + 6, (size_t)out->length - 6);
    out->length -= 6;
}

/* Makes the checksum right again. */
static void seal(unsigned char *bytes, uint64_t length) {
    uint32_t crc = crc32c(bytes, length - 4);
    for (int i = 0; i < 4; i++) {
        bytes[length - 4 + (uint64_t)i] = (unsigned char)(crc >> 8 * i);
    }
}

static void check_refused(const unsigned char *bytes, uint64_t length, const char *message) {
    State state;
    Message why;
    Value value = blob(bytes, length);
    cr_assert_eq(state_read(&value, &state, &why), STATUS_REFUSED);
    cr_expect_str_eq(why.text, message);
}

static const char NO_STATS[] =
    " is no stats; want the BLOB that chat_stats(), deal_stats(), rating_stats(), their _by forms, "
    "journeys() or kefu_merge() made";

Test(state, crc32c_of_known_bytes) {
    static const unsigned char zeros[32] = {0};
    unsigned char ones[32];
    unsigned char rising[32];
    memset(ones, 0xff, sizeof ones);
    for (int i = 0; i < 32; i++) {
        rising[i] = (unsigned char)i;
    }
    cr_expect_eq(crc32c((const unsigned char *)"", 0), 0);
    cr_expect_eq(crc32c((const unsigned char *)"a", 1), 0xc1d04330u);
    cr_expect_eq(crc32c((const unsigned char *)"123456789", 9), 0xe3069283u);
    cr_expect_eq(crc32c(zeros, 32), 0x8a9136aau); /* RFC 3720 B.4 */
    cr_expect_eq(crc32c(ones, 32), 0x62a8ab43u);
    cr_expect_eq(crc32c(rising, 32), 0x46dd794eu);
    for (uint64_t cut = 0; cut <= 32; cut++) { /* bit by bit, at every length */
        uint32_t crc = 0xffffffffu;
        for (uint64_t i = 0; i < cut; i++) {
            crc ^= rising[i];
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78u : 0);
            }
        }
        cr_expect_eq(crc32c(rising, cut), ~crc, "%lu bytes", (unsigned long)cut);
        cr_expect_eq(crc32c_by_table(rising, cut), ~crc, "%lu bytes", (unsigned long)cut);
    }
}

/* Long bytes are summed three parts at a time: all lengths around a few of these, at any address. */
Test(state, crc32c_of_long_bytes) {
    static unsigned char bytes[3 * 3 * 1024 + 64];
    uint64_t seed = 9;
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (unsigned char)trial_below(&seed, 256);
    }
    for (uint64_t i = 0; i < 400; i++) {
        const uint64_t from = trial_below(&seed, 9);
        const uint64_t length = 3072 * trial_below(&seed, 4) + trial_below(&seed, 33);
        cr_assert_eq(crc32c(bytes + from, length), crc32c_by_table(bytes + from, length),
                     "%lu bytes from %lu", (unsigned long)length, (unsigned long)from);
    }
}

Test(state, r1_layout) {
    static const unsigned char head[] = {'k', 'e', 'f', 'u', 2,  STATE_VERSION, 7,   0,  3, 0, 0, 0,
                                         0,   0,   0,   0,   12, '{',           '"', 't'};
    Buffer out;
    write_state(&out, STATE_DEAL, STATE_GROUPED | STATE_AMOUNTS | STATE_QUANTITIES);
    cr_assert_eq(out.length, 16 + 1 + 12 + 3 + 4);
    cr_expect_arr_eq(out.bytes, head, sizeof head);
    cr_expect_arr_eq(out.bytes + 29, "abc", 3);
    cr_expect_eq(little_u32(out.bytes + 32), crc32c(out.bytes, 32));
    State state;
    Message why;
    Value value = blob(out.bytes, out.length);
    cr_assert_eq(state_read(&value, &state, &why), STATUS_OK);
    cr_expect_eq(state.kind, STATE_DEAL);
    cr_expect_eq(state.flags, STATE_GROUPED | STATE_AMOUNTS | STATE_QUANTITIES);
    cr_expect_eq(state.rules_length, 12);
    cr_expect_arr_eq(state.rules, "{\"tz\":\"UTC\"}", 12);
    cr_expect_eq(reader_left(&state.payload), 3);
    cr_expect_arr_eq(state.payload.at, "abc", 3);
    buffer_close(&out);
}

Test(state, r2_every_truncation_is_refused) {
    Buffer out;
    write_state(&out, STATE_CHAT, 0);
    for (uint64_t length = 0; length < out.length; length++) {
        unsigned char *cut = malloc((size_t)length + 1);
        memcpy(cut, out.bytes, (size_t)length);
        State state;
        Message why;
        Value value = blob(cut, length);
        cr_expect_eq(state_read(&value, &state, &why), STATUS_REFUSED);
        if (length >= 20) { /* with the checksum made right */
            seal(cut, length);
            cr_expect_eq(state_read(&value, &state, &why), STATUS_REFUSED);
            cr_expect_str_eq(why.text,
                             "the stats are damaged: their contents contradict themselves");
        }
        free(cut);
    }
    buffer_close(&out);
}

Test(state, r2_every_changed_bit_is_found) {
    Buffer out;
    write_state(&out, STATE_RATING, STATE_GROUPED);
    for (uint64_t bit = 0; bit < out.length * 8; bit++) {
        out.bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        State state;
        Message why;
        Value value = blob(out.bytes, out.length);
        cr_expect_eq(state_read(&value, &state, &why), STATUS_REFUSED, "bit %lu",
                     (unsigned long)bit);
        out.bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
    buffer_close(&out);
}

/* The same with a checksum that is right: what comes is within the bytes. */
Test(state, r2_any_sealed_bytes) {
    uint64_t seed = 1;
    Buffer out;
    write_state(&out, STATE_CHAT, 0);
    for (int round = 0; round < 200000; round++) {
        unsigned char bytes[64];
        uint64_t length = 20 + trial_below(&seed, out.length - 19);
        memcpy(bytes, out.bytes, (size_t)length);
        for (uint64_t changes = 1 + trial_below(&seed, 3); changes > 0; changes--) {
            bytes[4 + trial_below(&seed, length - 4)] = (unsigned char)trial_random(&seed);
        }
        seal(bytes, length);
        State state;
        Message why;
        Value value = blob(bytes, length);
        if (state_read(&value, &state, &why) == STATUS_OK) {
            const unsigned char *rules = (const unsigned char *)state.rules;
            cr_assert(rules >= bytes + 17 && rules + state.rules_length == state.payload.at);
            cr_assert_eq(state.payload.end, bytes + length - 4);
        }
    }
    buffer_close(&out);
}

Test(state, r3_versions_kinds_and_flags) {
    static const struct {
        int at;
        unsigned char byte;
        const char *message;
    } cases[] = {
        {5, 0,
         "these stats have format version 0, this library reads versions 1 to 2; use a kefu that "
         "is as new as the one that made them"},
        {5, 3,
         "these stats have format version 3, this library reads versions 1 to 2; use a kefu that "
         "is as new as the one that made them"},
        {4, 0,
         "these stats have a kind or flags that format version 2 of this library (version 2) does "
         "not know; use a newer kefu"},
        {4, 5,
         "these stats have a kind or flags that format version 2 of this library (version 2) does "
         "not know; use a newer kefu"},
        {6, 8,
         "these stats have a kind or flags that format version 2 of this library (version 2) does "
         "not know; use a newer kefu"},
        {7, 1,
         "these stats have a kind or flags that format version 2 of this library (version 2) does "
         "not know; use a newer kefu"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Buffer out;
        write_state(&out, STATE_CHAT, 0);
        out.bytes[cases[i].at] = cases[i].byte;
        seal(out.bytes, out.length);
        check_refused(out.bytes, out.length, cases[i].message);
        buffer_close(&out);
    }
}

/* A version from the future need not have our checksum: the version is what is told. */
Test(state, r3_a_version_comes_before_the_checksum) {
    Buffer out;
    write_state(&out, STATE_CHAT, 0);
    out.bytes[5] = 9;
    check_refused(out.bytes, out.length,
                  "these stats have format version 9, this library reads versions 1 to 2; use a "
                  "kefu that is as new as the one that made them");
    buffer_close(&out);
}

/* The flags that each kind may have; quantities come with amounts only. */
Test(state, r3_flags_of_each_kind) {
    for (int kind = STATE_CHAT; kind <= STATE_JOURNEYS; kind++) {
        for (uint32_t flags = 0; flags < 8; flags++) {
            bool deal = kind == STATE_DEAL && (flags & 6) != STATE_QUANTITIES;
            bool good = kind == STATE_JOURNEYS ? flags == 0 : flags <= STATE_GROUPED || deal;
            Buffer out;
            State state;
            Message why;
            write_state(&out, (StateKind)kind, flags);
            Value value = blob(out.bytes, out.length);
            cr_expect_eq(state_read(&value, &state, &why) == STATUS_OK, good, "kind %d, flags %u",
                         kind, flags);
            buffer_close(&out);
        }
    }
}

Test(state, what_is_no_stats) {
    static const struct {
        Value value;
        const char *shown;
    } cases[] = {
        {{VALUE_INTEGER, 0, {.integer = 7}}, "7"},        {{VALUE_REAL, 0, {.real = 0.5}}, "0.5"},
        {{VALUE_TEXT, 4, {.bytes = "kefu"}}, "'kefu'"},   {{VALUE_BLOB, 0, {.bytes = NULL}}, "x''"},
        {{VALUE_BLOB, 3, {.bytes = "abc"}}, "x'616263'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        State state;
        Message why;
        char wanted[200];
        strcpy(wanted, cases[i].shown);
        strcat(wanted, NO_STATS);
        cr_expect_eq(state_read(&cases[i].value, &state, &why), STATUS_REFUSED);
        cr_expect_str_eq(why.text, wanted);
    }
}

Test(state, names) {
    static const struct {
        State state;
        const char *name;
    } cases[] = {
        {{.kind = STATE_CHAT}, "chat stats"},
        {{.kind = STATE_CHAT, .flags = STATE_GROUPED}, "grouped chat stats"},
        {{.kind = STATE_RATING}, "rating stats"},
        {{.kind = STATE_JOURNEYS}, "journeys"},
        {{.kind = STATE_DEAL}, "deal stats without amounts"},
        {{.kind = STATE_DEAL, .flags = STATE_AMOUNTS},
         "deal stats with amounts, without quantities"},
        {{.kind = STATE_DEAL, .flags = STATE_AMOUNTS | STATE_QUANTITIES | STATE_GROUPED},
         "grouped deal stats with amounts and quantities"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Message message;
        message_clear(&message);
        state_describe(&cases[i].state, &message);
        cr_expect_str_eq(message.text, cases[i].name);
    }
}

Test(state, counts_and_sums_have_limits) {
    Message why;
    int64_t count = STATE_MOST_COUNT - 1;
    cr_expect_eq(state_add_count(&count, 1, 1, &why), STATUS_OK);
    cr_expect_eq(state_add_count(&count, 5, -1, &why), STATUS_OK);
    cr_expect_eq(count, STATE_MOST_COUNT - 5);
    cr_expect_eq(state_add_count(&count, STATE_MOST_COUNT, 1, &why), STATUS_REFUSED);
    cr_expect_str_eq(why.text, "the counts of these stats together are beyond 2^61");
    for (int sign = -1; sign <= 1; sign += 2) {
        int128 sum = STATE_MOST_SUM * sign;
        cr_expect_eq(state_add_sum(&sum, sign, -1, &why), STATUS_OK);
        cr_expect_eq(state_add_sum(&sum, sign, 1, &why), STATUS_OK);
        cr_expect_eq(state_add_sum(&sum, sign, 1, &why), STATUS_REFUSED);
        cr_expect_str_eq(why.text, "the sums of these stats together are beyond 2^99");
        sum = STATE_MOST_SUM * sign;
        cr_expect_eq(state_add_sum(&sum, sum, 1, &why), STATUS_REFUSED);
    }
}

Test(state, reading_a_count) {
    static const struct {
        unsigned char bytes[10];
        uint64_t length;
        int64_t count; /* -1: refused */
    } cases[] = {
        {{0}, 1, 0},
        {{0xac, 0x02}, 2, 300},
        {{0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20}, 9, STATE_MOST_COUNT},
        {{0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20}, 9, -1},
        {{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01}, 10, -1},
        {{0xac}, 1, -1},
        {{0xac, 0x00}, 2, -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Reader reader = reader_over(cases[i].bytes, cases[i].length);
        int64_t count = state_read_count(&reader);
        cr_expect_eq(reader.broken, cases[i].count < 0, "case %zu", i);
        cr_expect_eq(count, cases[i].count < 0 ? 0 : cases[i].count, "case %zu", i);
        cr_expect_eq(reader_left(&reader), 0, "case %zu", i);
    }
}

static Status faulty_scene(void *unused) {
    (void)unused;
    Buffer out;
    buffer_open(&out, &trial_host);
    for (int i = 0; i < 10; i++) {
        uint64_t begun = state_begin(&out, STATE_VERSION, STATE_CHAT, 0, "{\"tz\":\"UTC\"}", 12);
        buffer_append(&out, "a payload", 9);
        state_end(&out, begun);
    }
    Status status = out.failed ? STATUS_NO_MEMORY : STATUS_OK;
    buffer_close(&out);
    return status;
}

Test(state, every_allocation_may_fail) {
    cr_expect_gt(trial_each_allocation(faulty_scene, NULL), 2);
}
