/* rules_fuzz.c: libFuzzer on rules: a line, then rules over those of the line.
**
** 1. Rules that are read have a canonical text for each family, which reads as rules with that very
**    text and without a difference in what the family uses.
** 2. Rules over others keep their zone.
*/
#include "core/rules/rules.h"
#include "fuzz.h"

#include <string.h>

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
    return status;
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
