/* list_fuzz.c: libFuzzer on the lists of pay: the first line is a list of bands or of weights, the
** rest a value: a text, to be scored or split.
**
** 1. A band's own start scores the band's points; below the first band is a refusal.
** 2. Parts of an amount add up to it, and each is its exact share rounded down or up to a cent.
*/
#include "core/money/money.h"
#include "core/pay/bands.h"
#include "core/pay/weights.h"
#include "fuzz.h"

#include <string.h>

/* Requirement 1 */
static void check_bands(const ScoreBands *bands, const Value *value) {
    double points;
    Message why;
    for (uint32_t i = 0; i < bands->count; i++) {
        char text[49];
        const ScoreBand *band = &bands->bands[i];
        size_t length = number_print(band->from_micros, 6, text);
        Value start = value_of_text(text, length);
        fuzz_expect(bands_score(bands, &start, &points, &why) == STATUS_OK);
        fuzz_expect(points == money_real(band->points_micros));
        fuzz_expect(i == 0 || band->from_micros > band[-1].from_micros);
    }
    if (value_is_missing(value)) {
        return;
    }
    Decimal decimal;
    bool is_number = number_of_value(value, &decimal);
    Status status = bands_score(bands, value, &points, &why);
    fuzz_expect(is_number || status == STATUS_REFUSED);
    int64_t micros;
    if (money_read(value, &micros, &why) == STATUS_OK) {
        bool at_sixth = decimal.exponent >= -6 && !decimal.inexact;
        fuzz_expect(!at_sixth || (status == STATUS_OK) == (micros >= bands->bands[0].from_micros));
    }
}

/* Requirement 2 */
static Status check_weights(const Weights *weights, const Value *value) {
    int64_t cents;
    Message why;
    if (value_is_missing(value) || weights_read_amount(value, &cents, &why) != STATUS_OK) {
        return STATUS_OK;
    }
    int128 weight_sum = 0;
    int128 sum_cents = 0;
    for (uint32_t i = 0; i < weights->count; i++) {
        weight_sum += weights->micros[i];
    }
    /* Each part splits anew: of a long list some are asked for, and the sum is not known. */
    uint32_t step = weights->count > 64 ? weights->count / 16 : 1;
    for (uint32_t i = 0; i < weights->count; i += step) {
        int64_t part;
        Status status = weights_part(&fuzz_host, weights, cents, i, &part);
        if (status != STATUS_OK) {
            return status;
        }
        int128 gap = (int128)part * weight_sum - (int128)cents * weights->micros[i];
        fuzz_expect(gap > -weight_sum && gap < weight_sum);
        sum_cents += part;
    }
    fuzz_expect(step > 1 || sum_cents == cents);
    return STATUS_OK;
}

static Status list_fuzz_check(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    size_t line = fuzz_line(data, size);
    size_t rest = line + (line < size);
    Value list = value_of_text(text, line);
    Value value = value_of_text(text + rest, size - rest);
    ScoreBands *bands;
    Weights *weights;
    Message why;
    Status status = bands_open(&fuzz_host, &list, &bands, &why);
    if (status == STATUS_OK) {
        check_bands(bands, &value);
        fuzz_host.release(bands);
    }
    if (status == STATUS_REFUSED) {
        status = weights_open(&fuzz_host, &list, &weights, &why);
        if (status == STATUS_OK) {
            status = check_weights(weights, &value);
            fuzz_host.release(weights);
        }
    }
    return status == STATUS_REFUSED ? STATUS_OK : status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_run(list_fuzz_check, data, size);
}
