/* plan_fuzz.c: libFuzzer on pay plans and facts: bytes up to the first line feed are a plan, the rest
** facts. plan_open and plan_check must agree, and what a valid plan pays must be what it explains.
**
**     clang -std=c11 -g -O1 -fsanitize=fuzzer,address,undefined -Iext tests/fuzz/plan_fuzz.c \
**         ext/core/base/[a-z]*.c ext/core/money/money.c ext/core/pay/[a-z]*.c \
**         ext/core/time/[a-z]*.c -lm -o plan_fuzz
*/
#include <stdlib.h>
#include <string.h>

#include "core/pay/pay.h"

static void *fuzz_resize(void *block, uint64_t bytes) { return realloc(block, (size_t)bytes); }

static const Host fuzz_host = {fuzz_resize, free, NULL, NULL};

static void fuzz_expect(bool holds) {
    if (!holds) {
        abort();
    }
}

static void fuzz_pay(const Plan *plan, const Value *facts_value) {
    static PaySteps steps;
    Facts facts;
    Message why;
    PayResult result;
    PayResult silent;
    if (facts_read(&fuzz_host, plan, facts_value, &facts, &why) != STATUS_OK ||
        pay_calculate(plan, &facts, 123456789012, &steps, &result, &why) != STATUS_OK) {
        return;
    }
    fuzz_expect(pay_calculate(plan, &facts, 123456789012, NULL, &silent, &why) == STATUS_OK);
    fuzz_expect(silent.total == result.total && silent.commission == result.commission);
    int128 sum = 0;
    for (uint32_t i = 0; i < steps.count; i++) {
        char exact[PAY_EXACT_BYTES];
        fuzz_expect(pay_print_exact(&steps.steps[i].exact, exact) < PAY_EXACT_BYTES);
        sum += steps.steps[i].amount.numerator;
    }
    fuzz_expect(sum == result.total);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    const char *end = size == 0 ? NULL : memchr(text, '\n', size);
    size_t length = end == NULL ? size : (size_t)(end - text);
    Value value = value_of_text(text, length);
    Value facts = end == NULL ? value_of_text("", 0) : value_of_text(end + 1, size - length - 1);
    Buffer lines;
    Plan *plan;
    Message why;
    buffer_open(&lines, &fuzz_host);
    Status status = plan_open(&fuzz_host, &value, &plan, &why);
    fuzz_expect(plan_check(&fuzz_host, &value, &lines) == STATUS_OK);
    fuzz_expect((status == STATUS_OK) == (lines.length == 0));
    if (status == STATUS_OK) {
        fuzz_pay(plan, &facts);
        plan_close(&fuzz_host, plan);
    }
    buffer_close(&lines);
    return 0;
}
