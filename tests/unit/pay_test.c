/* pay_test.c: what must hold of any plan: openings telescope, a clawback takes back what was paid, a
** broken plan is refused alike by all, and a failed allocation is no more than that. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "core/pay/bands.h"
#include "core/pay/pay.h"
#include "core/pay/weights.h"
#include "pay_random.h"
#include "pay_read.h"

/* The raw commission on sales that follow an opening, in trillionths. */
static int128 pay_test_raw(const Plan *plan, Facts facts, int64_t opening, int64_t sales) {
    static PaySteps steps;
    PayResult result;
    Message why;
    facts.opening_micros = opening;
    facts.refunds_micros = 0;
    (void)pay_calculate(plan, &facts, sales, &steps, &result, &why); /* the cap may be beyond */
    for (uint32_t i = 0; i < steps.count; i++) {
        if (strcmp(steps.steps[i].kind, "raw") == 0) {
            return steps.steps[i].exact.numerator;
        }
    }
    return 0;
}

Test(pay_properties, openings_telescope_and_clawbacks_take_back) {
    static PayCase random;
    uint64_t state = 7;
    for (int i = 0; i < 20000; i++) {
        pay_random_case(&state, &random);
        Plan *plan = pay_test_plan(random.plan_json);
        Facts facts = pay_test_facts(plan, random.facts_json);
        int64_t whole = 0;
        int64_t at = random.opening / 8;
        int64_t start = at;
        int128 parts = 0;
        for (int k = 0; k < 6; k++) { /* credits and returns in any order */
            int64_t credit = (int64_t)pay_random(&state) >> (6 + pay_random_below(&state, 50));
            parts += pay_test_raw(plan, facts, at, credit);
            at += credit;
            whole += credit;
        }
        cr_assert(parts == pay_test_raw(plan, facts, start, whole), "%s", random.plan_json);
        /* what is returned earns back exactly what it was paid, whatever the tier */
        cr_assert(pay_test_raw(plan, facts, at, -whole) == -parts, "%s", random.plan_json);
        plan_close(&test_host, plan);
    }
}

Test(pay_properties, a_clawback_is_minus_what_was_paid_in_every_rounding) {
    static const char *const roundings[] = {"half_up", "half_even", "down", "up"};
    uint64_t state = 8;
    for (int mode = 0; mode < 4; mode++) {
        char json[200];
        snprintf(json, sizeof json,
                 "{\"rounding\":\"%s\",\"commission\":{\"method\":\"flat\",\"rate\":0.012345}}",
                 roundings[mode]);
        Plan *plan = pay_test_plan(json);
        Facts facts = pay_test_facts(plan, "{}");
        for (int i = 0; i < 10000; i++) {
            int64_t sales = pay_random_below(&state, 1000000000000);
            PayResult paid;
            PayResult back;
            Message why;
            cr_assert_eq(pay_calculate(plan, &facts, sales, NULL, &paid, &why), STATUS_OK);
            cr_assert_eq(pay_calculate(plan, &facts, -sales, NULL, &back, &why), STATUS_OK);
            cr_assert_eq(back.commission, -paid.commission);
        }
        plan_close(&test_host, plan);
    }
}

/* ---- broken plans ---- */

static const char *const pay_test_scraps[] = {
    "{",        "}",         "[",        "]",       ",",         ":",
    "\"",       "null",      "true",     "-",       "1e9",       "1e-7",
    "\"8%\"",   "0.5",       "1e999",    "\\u0000", "\"grade\"", "\"kpi\"",
    "\"rate\"", "\"tiers\"", "\"from\"", "\"pay\"", "\"carry\"", "9999999999999",
};

/* Changes a text in place: digits, bytes, cuts, copies, scraps. Gives back its length. */
static size_t pay_test_mutate(uint64_t *state, char *text, size_t length, size_t room) {
    for (int64_t turns = 1 + pay_random_below(state, 4); turns > 0 && length > 0; turns--) {
        size_t at = (size_t)pay_random_below(state, (int64_t)length);
        size_t size = 1 + (size_t)pay_random_below(state, 12);
        switch (pay_random_below(state, 8)) {
        case 0:
            text[at] = (char)pay_random(state);
            break;
        case 1:
            text[at] = "0123456789.-+eE\"{}[],:%"[pay_random_below(state, 23)];
            break;
        case 2: /* cut */
            size = size < length - at ? size : length - at;
            memmove(text + at, text + at + size, length - at - size);
            length -= size;
            break;
        case 3: { /* insert a scrap */
            const char *scrap =
                pay_test_scraps[pay_random_below(state, sizeof pay_test_scraps / sizeof(char *))];
            size = strlen(scrap);
            if (length + size < room) {
                memmove(text + at + size, text + at, length - at);
                memcpy(text + at, scrap, size);
                length += size;
            }
            break;
        }
        case 4: { /* copy from elsewhere */
            size_t from = (size_t)pay_random_below(state, (int64_t)length);
            size = size < length - at ? size : length - at;
            size = size < length - from ? size : length - from;
            memmove(text + at, text + from, size);
            break;
        }
        default: /* another digit: what may well be a valid plan */
            while (at < length && (text[at] < '0' || text[at] > '9')) {
                at++;
            }
            if (at < length) {
                text[at] = (char)('0' + pay_random_below(state, 10));
            }
        }
    }
    return length;
}

/* A text that may be a plan: all must agree on it, and a valid one must pay what it explains. */
static bool pay_test_try(const char *text, size_t length, const char *facts_json) {
    static PaySteps steps;
    Message why;
    Buffer lines;
    Plan *plan;
    Value value = value_of_text(text, length);
    buffer_open(&lines, &test_host);
    Status status = plan_open(&test_host, &value, &plan, &why);
    cr_assert_eq(plan_check(&test_host, &value, &lines), STATUS_OK);
    cr_assert_eq(status == STATUS_OK, lines.length == 0);
    cr_assert_neq(status, STATUS_NO_MEMORY);
    if (status == STATUS_REFUSED && text[0] == '{') { /* the first of all problems */
        cr_assert(lines.length >= why.length && memcmp(lines.bytes, why.text, why.length) == 0);
    }
    for (uint64_t i = 0; i < lines.length; i++) {
        cr_assert(lines.bytes[i] >= ' ' || lines.bytes[i] == '\n');
    }
    buffer_close(&lines);
    Facts facts;
    PayResult result;
    if (status == STATUS_OK) {
        Value facts_value = value_of_text(facts_json, strlen(facts_json));
        if (facts_read(&test_host, plan, &facts_value, &facts, &why) == STATUS_OK &&
            pay_calculate(plan, &facts, 123456789, &steps, &result, &why) == STATUS_OK) {
            int128 sum = 0;
            for (uint32_t i = 0; i < steps.count; i++) {
                char exact[PAY_EXACT_BYTES];
                cr_assert_lt(pay_print_exact(&steps.steps[i].exact, exact), PAY_EXACT_BYTES);
                sum += steps.steps[i].amount.numerator;
            }
            cr_assert(sum == result.total);
        }
        plan_close(&test_host, plan);
    }
    return status == STATUS_OK;
}

Test(pay_fuzz, mutated_plans_are_refused_or_pay, .timeout = 300) {
    static PayCase random;
    static char text[2 * sizeof random.plan_json];
    uint64_t state = 11;
    int valid = 0;
    for (int i = 0; i < 60000; i++) {
        if (i % 20 == 0) {
            pay_random_case(&state, &random);
        }
        size_t length = strlen(random.plan_json);
        memcpy(text, random.plan_json, length);
        length = pay_test_mutate(&state, text, length, sizeof text);
        valid += pay_test_try(text, length, random.facts_json);
    }
    cr_expect_gt(valid, 1000, "%d stayed valid", valid); /* so both sides were tried */
    cr_expect_eq(test_heap.blocks, 0);
}

Test(pay_fuzz, mutated_facts_weights_and_bands, .timeout = 300) {
    static PayCase random;
    static char text[4096];
    uint64_t state = 12;
    int valid = 0;
    for (int i = 0; i < 60000; i++) {
        if (i % 20 == 0) {
            pay_random_case(&state, &random);
        }
        Plan *plan = pay_test_plan(random.plan_json);
        size_t length = strlen(random.facts_json);
        memcpy(text, random.facts_json, length);
        length = pay_test_mutate(&state, text, length, sizeof text);
        Value value = value_of_text(text, length);
        Facts facts;
        PayResult result;
        Message why;
        if (facts_read(&test_host, plan, &value, &facts, &why) == STATUS_OK) {
            valid += pay_calculate(plan, &facts, random.sales, NULL, &result, &why) == STATUS_OK;
        }
        plan_close(&test_host, plan);
        memcpy(text, "[[0,1],[2,\"3\"],[5e0,6]]", 24);
        length = pay_test_mutate(&state, text, 23, sizeof text);
        value = value_of_text(text, length);
        ScoreBands *bands;
        if (bands_open(&test_host, &value, &bands, &why) == STATUS_OK) {
            double points;
            Value score = value_of_real(2.5);
            (void)bands_score(bands, &score, &points, &why);
            test_host.release(bands);
        }
        memcpy(text, "[1,2.5,\"3\",1e-7,0]", 18);
        length = pay_test_mutate(&state, text, 18, sizeof text);
        value = value_of_text(text, length);
        Weights *weights;
        if (weights_open(&test_host, &value, &weights, &why) == STATUS_OK) {
            int64_t sum = 0;
            for (uint32_t k = 0; k < weights->count; k++) {
                int64_t part;
                cr_assert_eq(weights_part(&test_host, weights, -12345, k, &part), STATUS_OK);
                sum += part;
            }
            cr_assert_eq(sum, -12345);
            test_host.release(weights);
        }
    }
    cr_expect_gt(valid, 1000, "%d stayed valid", valid);
    cr_expect_eq(test_heap.blocks, 0);
}

Test(pay_memory, every_allocation_may_fail) {
    static const char json[] = "{\"id\":\"x\",\"base\":5,\"kpi\":{\"linear\":100}}";
    Value value = value_of_text(json, strlen(json));
    Message why;
    Plan *plan = NULL;
    Status status = STATUS_NO_MEMORY;
    for (int i = 0; status != STATUS_OK; i++) {
        test_heap.countdown = i;
        status = plan_open(&test_host, &value, &plan, &why);
        cr_assert(status == STATUS_OK || status == STATUS_NO_MEMORY);
        cr_assert(status == STATUS_OK || test_heap.blocks == 0);
    }
    Value facts_value = value_of_text("{\"kpi\":88}", 10);
    Facts facts;
    status = STATUS_NO_MEMORY;
    for (int i = 0; status != STATUS_OK; i++) {
        test_heap.countdown = i;
        status = facts_read(&test_host, plan, &facts_value, &facts, &why);
        cr_assert(status == STATUS_OK || status == STATUS_NO_MEMORY);
    }
    test_heap.countdown = -1;
    plan_close(&test_host, plan);
    cr_expect_eq(test_heap.blocks, 0);
}

Test(pay_exact, fractions_as_text) {
    static const struct {
        int64_t numerator, denominator;
        const char *text;
    } facts[] = {
        {0, 1000000, "0"},
        {-200000000, 1000000, "-200"},
        {2141174904, 1000000, "2141.174904"},
        {240000, 87, "80000/29"},
        {-1, 3, "-1/3"},
        {1, 8388608, "0.00000011920928955078125"},
        {6, 4, "1.5"},
        {-5, 100, "-0.05"},
        {7, 7, "1"},
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        char text[PAY_EXACT_BYTES];
        PayFraction fraction = {facts[i].numerator, facts[i].denominator};
        cr_expect_eq(pay_print_exact(&fraction, text), strlen(facts[i].text));
        cr_expect_str_eq(text, facts[i].text);
    }
    /* the longest: 38 digits over 38, and a denominator of 2^76 */
    char text[PAY_EXACT_BYTES];
    PayFraction widest = {-(int128)(~(uint128)0 >> 1), (int128)1 << 76};
    cr_expect_lt(pay_print_exact(&widest, text), PAY_EXACT_BYTES);
    widest.denominator = (int128)number_power_of_ten(38) - 1;
    cr_expect_lt(pay_print_exact(&widest, text), PAY_EXACT_BYTES);
}
