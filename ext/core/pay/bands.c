/* bands.c: points for a value by a list of bands. See bands.h.
**
** 1. A value is compared by its decimal form, unrounded: at or above a band of 6 decimals is what its
**    floor at the sixth decimal is.
*/
#include "core/pay/bands.h"

#include "core/money/money.h"

static const FormNumber bands_number = {
    .places = 6,
    .decimals = 6,
    .low = -MONEY_LIMIT_MICROS,
    .high = MONEY_LIMIT_MICROS,
};

static void bands_read_pair(const Form *form, uint32_t pair, ScoreBands *bands) {
    if (!form_array(form, pair, 2, 2)) {
        return;
    }
    uint32_t from = form->json->nodes[pair].child;
    uint32_t points = form->json->nodes[from].next;
    uint32_t index = bands->count++;
    ScoreBand *band = &bands->bands[index];
    if (form_number(form, from, &bands_number, &band->from_micros) && index > 0 &&
        band->from_micros <= band[-1].from_micros) {
        char text[49];
        Message *out = form_problem(form, from);
        form_show(form, from, out);
        message_text(out, " is not above bands[");
        message_integer(out, (int64_t)index - 1);
        message_text(out, "][0] (");
        message_bytes(out, text, number_print(band[-1].from_micros, bands_number.places, text));
        message_text(out, ")");
        problems_note(form->problems);
    }
    form_number(form, points, &bands_number, &band->points_micros);
}

static void bands_read(const Form *form, ScoreBands *bands) {
    if (!form_array(form, 0, 1, BANDS_LIMIT)) {
        return;
    }
    for (uint32_t at = form->json->nodes[0].child; at != JSON_NONE;
         at = form->json->nodes[at].next) {
        bands_read_pair(form, at, bands);
    }
}

Status bands_open(const Host *host, const Value *value, ScoreBands **out, Message *why) {
    Json json;
    Status status = form_parse(host, value, '[', "bands", &json, why);
    if (status != STATUS_OK) {
        return status;
    }
    ScoreBands *bands = host_allocate(host, 1, sizeof *bands);
    Problems problems;
    problems_open(&problems, why, NULL);
    if (bands != NULL) {
        const Form form = {.json = &json, .root_name = "bands", .problems = &problems};
        bands_read(&form, bands);
    }
    json_close(&json);
    if (bands == NULL) {
        return STATUS_NO_MEMORY;
    }
    if (problems.count > 0) {
        host->release(bands);
        return STATUS_REFUSED;
    }
    *out = bands;
    return STATUS_OK;
}

Status bands_score(const ScoreBands *bands, const Value *value, double *points, Message *why) {
    Decimal decimal;
    if (!number_of_value(value, &decimal)) {
        return message_refuse(why, value, " is not a number");
    }
    int128 floor_micros;
    if (!number_scale(&decimal, 6, decimal.negative ? ROUND_UP : ROUND_DOWN, &floor_micros, NULL)) {
        floor_micros = decimal.negative ? -(int128)INT64_MAX : INT64_MAX; /* beyond every band */
    }
    if (floor_micros < bands->bands[0].from_micros) {
        char text[49];
        (void)message_refuse(why, value, " is below the first band (");
        message_bytes(why, text, number_print(bands->bands[0].from_micros, 6, text));
        message_text(why, ")");
        return STATUS_REFUSED;
    }
    uint32_t band = 0;
    while (band + 1 < bands->count && bands->bands[band + 1].from_micros <= floor_micros) {
        band++;
    }
    *points = money_real(bands->bands[band].points_micros);
    return STATUS_OK;
}
