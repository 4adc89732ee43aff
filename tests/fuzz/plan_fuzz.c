/* plan_fuzz.c: libFuzzer on pay plans and facts: the first line is a plan, the rest facts.
**
** 1. plan_open and plan_check agree on what is valid.
** 2. Sales follow from all the bytes, up to ±10^6. What a valid plan pays is what it explains: the
**    steps' amounts add up to the total.
*/
#include "core/pay/pay.h"
#include "fuzz.h"

static Status check_pay(const Plan *plan, const Value *facts_value, int64_t sales_micros) {
    static PaySteps steps;
    Facts facts;
    Message why;
    PayResult result;
    PayResult silent;
    Status status = facts_read(&fuzz_host, plan, facts_value, &facts, &why);
    if (status == STATUS_OK) {
        status = pay_calculate(plan, &facts, sales_micros, &steps, &result, &why);
    }
    if (status != STATUS_OK) {
        return status;
    }
    fuzz_expect(pay_calculate(plan, &facts, sales_micros, NULL, &silent, &why) == STATUS_OK);
    fuzz_expect(silent.total == result.total && silent.commission == result.commission);
    int128 sum = 0;
    for (uint32_t i = 0; i < steps.count; i++) {
        char exact[PAY_EXACT_BYTES];
        fuzz_expect(pay_print_exact(&steps.steps[i].exact, exact) < PAY_EXACT_BYTES);
        sum += steps.steps[i].amount.numerator;
    }
    fuzz_expect(sum == result.total); /* Requirement 2 */
    return STATUS_OK;
}

static Status plan_fuzz_check(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    size_t line = fuzz_line(data, size);
    Value value = value_of_text(text, line);
    Value facts = value_of_text(text + line, size - line); /* with the line feed, a blank */
    Buffer lines;
    Plan *plan;
    Message why;
    buffer_open(&lines, &fuzz_host);
    Status checked = plan_check(&fuzz_host, &value, &lines);
    checked = lines.failed ? STATUS_NO_MEMORY : checked;
    bool valid = lines.length == 0;
    buffer_close(&lines);
    if (checked != STATUS_OK) {
        return checked;
    }
    Status status = plan_open(&fuzz_host, &value, &plan, &why);
    if (status == STATUS_NO_MEMORY) {
        return status;
    }
    fuzz_expect((status == STATUS_OK) == valid); /* Requirement 1 */
    if (status == STATUS_OK) {
        status = check_pay(plan, &facts,
                           (int64_t)(fuzz_hash(data, size) % 2000000000000) - 1000000000000);
        plan_close(&fuzz_host, plan);
    }
    return status == STATUS_REFUSED ? STATUS_OK : status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return fuzz_run(plan_fuzz_check, data, size);
}
