/* rules_fuzz.c: libFuzzer on rules: a line, then rules over those of the line.
**
** 1. Rules that are read have a canonical text for each family, which reads as rules with that very
**    text; the text of all families together reads as the same rules, option by option.
** 2. Rules over others keep their zone.
*/
#include "core/rules/rules.h"
#include "fuzz.h"

#include <string.h>

/* Numbers in rules, as they are kept; the others are choices. */
static const size_t words[] = {
    offsetof(Rules, session_gap_ms),
    offsetof(Rules, cap_ms),
    offsetof(Rules, drop_over_ms),
    offsetof(Rules, max_wait_ms),
    offsetof(Rules, slow_ms),
    offsetof(Rules, as_of_ms),
    offsetof(Rules, half_life_ms),
    offsetof(Rules, credit_window_ms),
    offsetof(Rules, satisfied_from_micros),
    offsetof(Rules, good_from_micros),
    offsetof(Rules, bad_to_micros),
    offsetof(Rules, score_max_micros),
};

static void expect_same_rules(const Rules *left, const Rules *right) {
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const void *a = (const char *)left + words[i];
        const void *b = (const char *)right + words[i];
        fuzz_expect(memcmp(a, b, sizeof(int64_t)) == 0);
    }
    fuzz_expect(zone_equal(&left->zone, &right->zone) && left->period == right->period);
    fuzz_expect(left->session == right->session && left->burst == right->burst);
    fuzz_expect(left->stop == right->stop && left->bot_clears == right->bot_clears);
    fuzz_expect(left->unanswered == right->unanswered && left->filter == right->filter);
    fuzz_expect(left->has_window == right->has_window && left->within_unit == right->within_unit);
    fuzz_expect(!left->has_window || (left->window_from_ms == right->window_from_ms &&
                                      left->window_to_ms == right->window_to_ms));
    fuzz_expect(left->session != SESSION_GAP || left->session_gap_ms == right->session_gap_ms);
    fuzz_expect(!left->has_as_of || left->as_of_ms == right->as_of_ms);
    fuzz_expect((left->calendar == NULL) == (right->calendar == NULL));
    fuzz_expect(left->slow_times == right->slow_times && left->has_as_of == right->has_as_of);
    fuzz_expect(left->final_days == right->final_days);
    fuzz_expect(left->after_sales_days == right->after_sales_days);
    fuzz_expect(left->model == right->model && left->anchor == right->anchor);
}

static const Family families[] = {FAMILY_CHAT, FAMILY_DEAL, FAMILY_RATING, FAMILY_JOURNEY};

/* The canonical text of rules that were read from this text. */
static Status canonical_again(const Buffer *text, Family family, bool with_period, Buffer *out) {
    Rules rules;
    Message why;
    Status status =
        rules_parse(&fuzz_host, (const char *)text->bytes, (size_t)text->length, &rules, &why);
    if (status == STATUS_NO_MEMORY) {
        return status;
    }
    fuzz_expect(status == STATUS_OK);
    rules_write(&rules, family, with_period, out);
    rules_close(&rules);
    return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

/* Requirement 1, of all families together. */
static Status check_whole(const Rules *rules) {
    Buffer text;
    Rules again;
    Message why;
    buffer_open(&text, &fuzz_host);
    rules_write(rules, (Family)FAMILY_ANY, true, &text);
    Status status = STATUS_NO_MEMORY;
    if (!text.failed) {
        status =
            rules_parse(&fuzz_host, (const char *)text.bytes, (size_t)text.length, &again, &why);
    }
    fuzz_expect(status != STATUS_REFUSED);
    if (status == STATUS_OK) {
        expect_same_rules(rules, &again);
        rules_close(&again);
    }
    buffer_close(&text);
    return status;
}

/* Requirement 1 */
static Status check_canonical(const Rules *rules) {
    for (int i = 0; i < 8; i++) {
        Buffer text;
        Buffer again;
        buffer_open(&text, &fuzz_host);
        buffer_open(&again, &fuzz_host);
        rules_write(rules, families[i / 2], i % 2 == 1, &text);
        Status status = STATUS_NO_MEMORY;
        if (!text.failed) {
            status = canonical_again(&text, families[i / 2], i % 2 == 1, &again);
        }
        fuzz_expect(status != STATUS_OK || fuzz_same(&text, &again));
        buffer_close(&again);
        buffer_close(&text);
        if (status != STATUS_OK) {
            return status;
        }
    }
    Message difference;
    message_clear(&difference);
    Status status = rules_difference(rules, rules, &difference);
    fuzz_expect(difference.length == 0);
    return status == STATUS_OK ? check_whole(rules) : status;
}

static Status rules_fuzz_check(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    size_t line = fuzz_line(data, size);
    Rules rules;
    Message why;
    Status status = rules_parse(&fuzz_host, text, line, &rules, &why);
    if (status != STATUS_OK) {
        return status == STATUS_REFUSED ? STATUS_OK : status;
    }
    status = check_canonical(&rules);
    if (status == STATUS_OK && line < size) {
        Rules over;
        status = rules_parse_over(&rules, text + line + 1, size - line - 1, &over, &why);
        if (status == STATUS_OK) {
            fuzz_expect(zone_equal(&rules.zone, &over.zone)); /* Requirement 2 */
            message_clear(&why);
            status = rules_difference(&rules, &over, &why);
            status = status == STATUS_OK ? check_canonical(&over) : status;
            rules_close(&over);
        }
    }
    rules_close(&rules);
    return status == STATUS_REFUSED ? STATUS_OK : status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_run(rules_fuzz_check, data, size);
}
