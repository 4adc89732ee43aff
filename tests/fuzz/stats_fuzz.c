/* stats_fuzz.c: libFuzzer on the bytes of stats of every kind (state.md 3).
**
** 1. The mutator knows the envelope: it mostly writes the payload's length and the checksum anew,
**    so that what it changed inside is looked at.
** 2. Stats that are accepted come out of a merge as they went in, but for rules of another
**    spelling and an earlier format; so they do after their like has come and gone, and what two of them merge to is
**    accepted. The plain way of merging and the sliding one give the same.
** 3. Every figure of accepted stats is in its range: rates 0 to 1, percentiles rising, nothing
**    below 0 but money.
** 4. All of grouped stats and of journeys is walked: groups, credits, inquiries.
*/
#include <string.h>

#include "core/journey/inquiries.h"
#include "core/stats/merge.h"
#include "fuzz.h"
#include "glue/catalogue.h"

#define HEAD_BYTES 16
#define CRC_BYTES 4

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed);

/* ---- the envelope (core/state/state.h), a second time ---- */

static uint32_t crc_of(const uint8_t *bytes, size_t count) {
    uint32_t crc = 0xFFFFFFFFu;
    for (size_t i = 0; i < count; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc >> 1 ^ ((crc & 1) != 0 ? 0x82F63B78u : 0);
        }
    }
    return ~crc;
}

static void put_number(uint8_t *at, uint64_t number, int bytes) {
    for (int i = 0; i < bytes; i++) {
        at[i] = (uint8_t)(number >> 8 * i);
    }
}

/* Where the rules end and the payload begins; 0: nowhere. */
static size_t payload_begin(const uint8_t *data, size_t size) {
    uint64_t length = 0;
    size_t at = HEAD_BYTES;
    for (int shift = 0; at < size && shift < 28; shift += 7) {
        uint8_t byte = data[at++];
        length |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            return at + length + CRC_BYTES <= size ? at + (size_t)length : 0;
        }
    }
    return 0;
}

/* Requirement 1 */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed) {
    size = LLVMFuzzerMutate(data, size, most);
    if (size < HEAD_BYTES + 1 + CRC_BYTES || seed % 16 == 0) {
        return size;
    }
    size_t begin = payload_begin(data, size);
    if (begin > 0 && seed % 16 != 1) {
        put_number(data + 8, size - begin - CRC_BYTES, 8);
    }
    put_number(data + size - CRC_BYTES, crc_of(data, size - CRC_BYTES), CRC_BYTES);
    return size;
}

/* ---- merging ---- */

/* What a merge gives, in a buffer that is opened here; REFUSED: it cannot be merged. */
typedef Status MergeWrite(Merge *merge, Buffer *out, Message *why);

static Status written(Merge *merge, MergeWrite *write, Buffer *out) {
    Message why;
    buffer_open(out, &fuzz_host);
    Status status = write(merge, out, &why);
    return out->failed ? STATUS_NO_MEMORY : status; /* also where a refusal came after */
}

static bool same_spelling(const State *state, const Buffer *out) {
    Value value = {VALUE_BLOB, (uint32_t)out->length, {.bytes = (const char *)out->bytes}};
    State written;
    Message why;
    fuzz_expect(state_read(&value, &written, &why) == STATUS_OK);
    return written.version == state->version && written.rules_length == state->rules_length &&
           memcmp(written.rules, state->rules, state->rules_length) == 0;
}

/* Stats that a merge gave are stats. */
static Status check_accepted(const Buffer *bytes) {
    Value value = {VALUE_BLOB, (uint32_t)bytes->length, {.bytes = (const char *)bytes->bytes}};
    StatsView view;
    Message why;
    Status status = stats_view_open(&view, &fuzz_host, &value, &why);
    fuzz_expect(status != STATUS_REFUSED);
    if (status == STATUS_OK) {
        stats_view_close(&view);
    }
    return status;
}

/* A value that comes so often and does not go; the plain way of merging. */
static Status merged(const Value *value, int times, Buffer *out) {
    Merge merge;
    Message why;
    merge_open(&merge, &fuzz_host);
    Status status = STATUS_OK;
    for (; status == STATUS_OK && times > 0; times--) {
        status = merge_add(&merge, value, 1, &why);
    }
    if (status == STATUS_OK) {
        status = written(&merge, merge_finish, out);
    } else {
        buffer_open(out, &fuzz_host);
    }
    merge_close(&merge);
    return status;
}

/* The plain way gives what the sliding one gave, a refusal too. */
static Status check_plain(const Value *value, int times, Status wanted, const Buffer *slid) {
    Buffer plain;
    Status status = merged(value, times, &plain);
    fuzz_expect(status == STATUS_NO_MEMORY || status == wanted);
    fuzz_expect(status != STATUS_OK || fuzz_same(slid, &plain));
    buffer_close(&plain);
    return status == STATUS_REFUSED ? STATUS_OK : status;
}

/* Requirement 2 on a merge that holds the value once; `*once` is what it gives. */
static Status check_twice(Merge *merge, const Value *value, const Buffer *once) {
    Message why;
    Buffer twice;
    Buffer again;
    Status status = merge_add(merge, value, 1, &why);
    if (status != STATUS_OK) {
        return status; /* REFUSED: the merge is broken, as an aggregate that fails is */
    }
    status = written(merge, merge_write, &twice);
    if (status == STATUS_OK) {
        status = check_accepted(&twice);
    }
    if (status != STATUS_NO_MEMORY) {
        status = check_plain(value, 2, status, &twice);
    }
    buffer_close(&twice);
    if (status == STATUS_NO_MEMORY) {
        return status;
    }
    status = merge_add(merge, value, -1, &why);
    fuzz_expect(status != STATUS_REFUSED);
    if (status != STATUS_OK) {
        return status;
    }
    status = written(merge, merge_write, &again);
    fuzz_expect(status != STATUS_REFUSED);
    fuzz_expect(status != STATUS_OK || fuzz_same(once, &again));
    buffer_close(&again);
    return status;
}

static Status check_merge(const State *state, const Value *value) {
    Merge merge;
    Message why;
    Buffer once;
    buffer_open(&once, &fuzz_host);
    merge_open(&merge, &fuzz_host);
    Status status = merge_add(&merge, value, 1, &why);
    if (status == STATUS_OK) {
        status = written(&merge, merge_write, &once);
        fuzz_expect(status != STATUS_REFUSED);
    }
    if (status == STATUS_OK) {
        const Buffer whole = {.bytes = (unsigned char *)(uintptr_t)value->as.bytes,
                              .length = value->length};
        fuzz_expect(!same_spelling(state, &once) || fuzz_same(&whole, &once));
        status = check_plain(value, 1, STATUS_OK, &once);
    }
    if (status == STATUS_OK) {
        status = check_twice(&merge, value, &once);
    }
    buffer_close(&once);
    merge_close(&merge);
    return status;
}

/* ---- figures ---- */

static void check_measure(const Kpi *kpi, const Measure *measure) {
    fuzz_expect(measure->denominator >= 0);
    fuzz_expect(kpi->unit == UNIT_MONEY || measure->numerator >= 0);
    fuzz_expect(kpi->unit != UNIT_RATE || measure->denominator == 0 ||
                measure->numerator <= measure->denominator);
}

/* Requirement 3 */
static void check_figures(const Stats *stats) {
    for (int i = 0; i < CATALOGUE_COUNT; i++) {
        const Kpi *kpi = &CATALOGUE[i];
        if (kpi->family == stats->family && !catalogue_has_parameter(kpi)) {
            Measure measure = catalogue_measure(kpi, stats);
            check_measure(kpi, &measure);
        }
    }
    if (stats->family != FAMILY_CHAT) {
        return;
    }
    Measure before = measure_null();
    for (int64_t p = 0; p <= 10; p++) {
        Measure now = chat_response_percentile(&stats->as.chat, p * (HISTOGRAM_QUANTILE_UNIT / 10));
        fuzz_expect(now.numerator >= before.numerator);
        before = now;
    }
    for (int64_t limit_ms = 1; limit_ms > 0 && limit_ms < INT64_C(1) << 60; limit_ms *= 64) {
        Measure within = chat_within_rate(&stats->as.chat, limit_ms);
        fuzz_expect(within.numerator >= 0 && within.numerator <= within.denominator);
    }
}

/* ---- what is inside ---- */

static Status check_groups(const StatsView *view) {
    GroupCursor cursor = {.begun = false};
    Message why;
    for (;;) {
        bool more;
        Stats stats;
        Status status = groups_next(view, &cursor, &more, &why);
        if (status != STATUS_OK || !more) {
            return status;
        }
        status = stats_read(&stats, &view->shape, &cursor.payload, &why);
        if (status != STATUS_OK) {
            return status;
        }
        fuzz_expect(stats_rows(&stats) > 0);
        check_figures(&stats);
    }
}

/* An order's weights are a whole; shares are never beyond it. */
static Status check_credits(Credits *credits) {
    for (uint32_t order = 0; order < credits->reader->order_count; order++) {
        Status status = credits_of_order(credits, order);
        int64_t weight = 0;
        for (uint64_t i = 0; status == STATUS_OK && i < credits->count; i++) {
            fuzz_expect(credits->list[i].weight_millionths > 0);
            weight += credits->list[i].weight_millionths;
        }
        if (status != STATUS_OK) {
            return status;
        }
        fuzz_expect(credits->count == 0 || weight == SHARES_WHOLE);
    }
    return STATUS_OK;
}

static Status check_customers(JourneyReader *reader, Inquiries *inquiries) {
    for (;;) {
        bool more;
        Message why;
        InquiryRow row;
        Status status = journey_reader_next(reader, &more);
        if (status != STATUS_OK || !more) {
            return status;
        }
        status = credits_take_customer(&inquiries->credits, &why);
        status = status == STATUS_OK ? check_credits(&inquiries->credits) : status;
        status = status == STATUS_OK ? inquiries_take_customer(inquiries, &why) : status;
        if (status != STATUS_OK) {
            return status;
        }
        while (inquiries_next(inquiries, &row)) {
            fuzz_expect(!row.ordered || row.order < reader->order_count);
        }
    }
}

static Status check_journeys(const StatsView *view, Model model) {
    Rules rules = view->rules;
    rules.model = model;
    JourneyReader reader;
    Inquiries inquiries = {.credits = {.rules = &rules, .reader = &reader}};
    Status status = journey_reader_open(&reader, &fuzz_host, view->state.payload);
    if (status == STATUS_OK) {
        status = inquiries_open(&inquiries, &rules, &reader);
    }
    if (status == STATUS_OK) {
        status = check_customers(&reader, &inquiries);
    }
    inquiries_close(&inquiries);
    journey_reader_close(&reader);
    return status;
}

static Status check_inside(const StatsView *view) {
    if (view->state.kind == STATE_JOURNEYS) {
        Status status = STATUS_OK;
        for (int model = MODEL_LAST; status == STATUS_OK && model <= MODEL_DECAY; model++) {
            status = check_journeys(view, (Model)model);
        }
        return status;
    }
    if ((view->state.flags & STATE_GROUPED) != 0) {
        return check_groups(view);
    }
    check_figures(&view->stats);
    return STATUS_OK;
}

static Status stats_fuzz_check(const uint8_t *data, size_t size) {
    Value value = {VALUE_BLOB, (uint32_t)size, {.bytes = (const char *)data}};
    StatsView view;
    Message why;
    Status status = stats_view_open(&view, &fuzz_host, &value, &why);
    if (status == STATUS_OK) {
        fuzz_expect(crc_of(data, size) == 0x48674BC7u); /* of any bytes with their CRC-32C behind */
        status = check_inside(&view);
        if (status == STATUS_OK) {
            status = check_merge(&view.state, &value);
        }
        stats_view_close(&view);
    }
    return status == STATUS_REFUSED ? STATUS_OK : status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_run(stats_fuzz_check, data, size);
}
