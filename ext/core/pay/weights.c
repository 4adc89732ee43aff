/* weights.c: an amount split by a list of weights. See weights.h.
**
** 1. Weights are read like amounts: rounded half to even at the sixth decimal, within 10^12.
** 2. Every part is rounded down to cents; those that are left go one each to the largest remainders
**    (money_split), so that the parts add up.
*/
#include "core/pay/weights.h"

#include "core/money/money.h"

static const FormNumber weights_cents = {
    .places = 6,
    .decimals = 2,
    .low = -MONEY_LIMIT_MICROS,
    .high = MONEY_LIMIT_MICROS,
    .amount = true,
};

static void weights_read(const Form *form, Weights *weights) {
    FormNumber weight = form_amount();
    weight.low = 0;
    if (!form_array(form, 0, 1, WEIGHTS_LIMIT)) {
        return;
    }
    bool any = false;
    for (uint32_t at = form->json->nodes[0].child; at != JSON_NONE;
         at = form->json->nodes[at].next) {
        int64_t *micros = &weights->micros[weights->count++];
        form_number(form, at, &weight, micros);
        any = any || *micros > 0;
    }
    if (!any && form->problems->count == 0) {
        message_say(&form->problems->current, "want a sum above 0");
        problems_note(form->problems);
    }
}

Status weights_open(const Host *host, const Value *value, Weights **out, Message *why) {
    Json json;
    Status status = form_parse(host, value, '[', "weights", &json, why);
    if (status != STATUS_OK) {
        return status;
    }
    Weights *weights = host_allocate(host, 1, sizeof *weights);
    Problems problems;
    problems_open(&problems, why, NULL);
    if (weights != NULL) {
        const Form form = {
            .json = &json, .root_name = "weights", .problems = &problems, .from_sql = true};
        weights_read(&form, weights);
    }
    json_close(&json);
    if (weights == NULL) {
        return STATUS_NO_MEMORY;
    }
    if (problems.count > 0) {
        host->release(weights);
        return STATUS_REFUSED;
    }
    *out = weights;
    return STATUS_OK;
}

Status weights_read_amount(const Value *value, int64_t *cents, Message *why) {
    int64_t amount_micros;
    Status status = money_read(value, &amount_micros, why);
    if (status == STATUS_OK) {
        status = form_argument(value, &weights_cents, &amount_micros, why);
    }
    *cents = status == STATUS_OK ? amount_micros / (MICROS / 100) : 0;
    return status;
}

Status weights_read_index(const Weights *weights, const Value *value, uint32_t *index,
                          Message *why) {
    const FormNumber part = form_decimal(0, 0, (int64_t)weights->count - 1);
    int64_t number = 0;
    Status status = form_argument(value, &part, &number, why);
    *index = (uint32_t)number;
    return status;
}

Status weights_part(const Host *host, const Weights *weights, int64_t cents, uint32_t index,
                    int64_t *part_cents) {
    int64_t *parts = host_allocate(host, weights->count, sizeof *parts);
    if (parts == NULL) {
        return STATUS_NO_MEMORY;
    }
    Status status = money_split(host, cents, weights->micros, weights->count, parts);
    *part_cents = parts[index];
    host->release(parts);
    return status;
}
