/* form.c: fields of JSON objects as typed values. See form.h. */
#include "core/pay/form.h"

#include <string.h>

#include "core/money/money.h"
#include "core/time/clock.h"

#define FORM_DEPTH 8         /* open objects and lists */
#define FORM_SHOWN 40        /* bytes of a number in a problem */
#define FORM_NOISE_PLACES 12 /* requirement 4 */
#define FORM_MONEY_PLACES 6

bool form_begins(const Value *value, char first) {
    uint32_t at = 0;
    while (value->type == VALUE_TEXT && at < value->length &&
           value_is_blank_byte(value->as.bytes[at])) {
        at++;
    }
    return value->type == VALUE_TEXT && at < value->length && value->as.bytes[at] == first;
}

Status form_parse(const Host *host, const Value *value, char first, const char *root_name,
                  Json *json, Message *why) {
    *json = (Json){0};
    if (!form_begins(value, first)) {
        return message_refuse(why, value,
                              first == '{' ? " is not a JSON object" : " is not a JSON array");
    }
    if (first == '{' && value->length > FORM_OBJECT_BYTES) {
        message_clear(why);
        message_text(why, root_name);
        message_text(why, ": longer than 64 KiB");
        return STATUS_REFUSED;
    }
    return json_parse(host, value->as.bytes, value->length, FORM_DEPTH, root_name, json, why);
}

void problems_open(Problems *problems, Message *first, Buffer *lines) {
    problems->first = first;
    problems->lines = lines;
    problems->count = 0;
    message_clear(first);
    message_clear(&problems->current);
}

void problems_note(Problems *problems) {
    if (problems->count == 0) {
        *problems->first = problems->current;
    }
    if (problems->lines != NULL) {
        buffer_text(problems->lines, problems->count == 0 ? "" : "\n");
        buffer_append(problems->lines, problems->current.text, problems->current.length);
    }
    problems->count++;
}

Message *form_problem(const Form *form, uint32_t node) {
    Message *out = &form->problems->current;
    message_clear(out);
    json_path(form->json, node, form->root_name, out);
    message_text(out, ": ");
    return out;
}

Message *form_problem_in(const Form *form, uint32_t object, const char *name) {
    Message *out = &form->problems->current;
    message_clear(out);
    json_path(form->json, object, form->root_name, out);
    message_text(out, ".");
    message_text(out, name);
    message_text(out, ": ");
    return out;
}

void form_say(const Form *form, uint32_t node, const char *words) {
    message_text(form_problem(form, node), words);
    problems_note(form->problems);
}

void form_say_in(const Form *form, uint32_t object, const char *name, const char *words) {
    message_text(form_problem_in(form, object, name), words);
    problems_note(form->problems);
}

void form_show(const Form *form, uint32_t node, Message *out) {
    const JsonNode *value = &form->json->nodes[node];
    static const char *const words[] = {
        [JSON_NULL] = "null",    [JSON_FALSE] = "false",      [JSON_TRUE] = "true",
        [JSON_ARRAY] = "a list", [JSON_OBJECT] = "an object",
    };
    if (value->type == JSON_STRING) {
        message_quoted(out, value->text, value->length);
    } else if (value->type == JSON_NUMBER) {
        bool whole = value->length <= FORM_SHOWN;
        message_bytes(out, value->text, whole ? value->length : FORM_SHOWN);
        message_text(out, whole ? "" : "…");
    } else {
        message_text(out, words[value->type]);
    }
}

void form_list_names(const char *const *names, size_t count, Message *out) {
    for (size_t i = 0; i < count; i++) {
        message_text(out, i == 0 ? "" : ", ");
        message_text(out, names[i]);
    }
}

/* A problem with the value shown first. */
static bool form_refuse(const Form *form, uint32_t node, const char *words) {
    Message *out = form_problem(form, node);
    form_show(form, node, out);
    message_text(out, words);
    problems_note(form->problems);
    return false;
}

/* Requirement 2. */
static void form_refuse_unknown(const Form *form, uint32_t node, const char *const *names,
                                size_t count) {
    const JsonNode *member = &form->json->nodes[node];
    Message *out = form_problem(form, node);
    const char *closest = message_closest(member->key, member->key_length, names, count);
    if (closest != NULL) {
        message_text(out, "unknown field (did you mean \"");
        message_text(out, closest);
        message_text(out, "\"?)");
    } else {
        message_text(out, "unknown field (known: ");
        form_list_names(names, count, out);
        message_text(out, ")");
    }
    problems_note(form->problems);
}

bool form_object(const Form *form, uint32_t node, const char *const *names, size_t count) {
    const JsonNode *object = &form->json->nodes[node];
    if (object->type != JSON_OBJECT) {
        return form_refuse(form, node, " is not an object");
    }
    for (uint32_t at = object->child; at != JSON_NONE; at = form->json->nodes[at].next) {
        size_t i = 0;
        while (i < count && !json_key_is(&form->json->nodes[at], names[i])) {
            i++;
        }
        if (i == count) {
            form_refuse_unknown(form, at, names, count);
        }
    }
    return true;
}

bool form_array(const Form *form, uint32_t node, uint32_t low, uint32_t high) {
    const JsonNode *array = &form->json->nodes[node];
    if (array->type != JSON_ARRAY) {
        return form_refuse(form, node, " is not a list");
    }
    if (array->count < low || array->count > high) {
        Message *out = form_problem(form, node);
        message_integer(out, array->count);
        message_text(out, " entries; want ");
        message_integer(out, low);
        message_text(out, " to ");
        message_integer(out, high);
        problems_note(form->problems);
        return false;
    }
    return true;
}

uint32_t form_field(const Form *form, uint32_t object, const char *name) {
    uint32_t node = json_member(form->json, object, name);
    return node != JSON_NONE && form->json->nodes[node].type == JSON_NULL ? JSON_NONE : node;
}

uint32_t form_needed(const Form *form, uint32_t object, const char *name) {
    uint32_t node = form_field(form, object, name);
    if (node == JSON_NONE) {
        form_say_in(form, object, name, "missing");
    }
    return node;
}

/* Requirement 3. */
static bool form_decimal_of(const JsonNode *value, bool ratio, Decimal *out) {
    if (value->type == JSON_NUMBER) {
        return number_read(value->text, value->length, true, false, out);
    }
    if (value->type != JSON_STRING) {
        return false;
    }
    bool percent = ratio && value->length > 0 && value->text[value->length - 1] == '%';
    if (!number_read(value->text, value->length - percent, false, false, out)) {
        return false;
    }
    if (percent && out->digits != 0) {
        out->exponent -= 2;
    }
    return true;
}

/* Appends a bound; 10^12, the bound of all amounts, as such. */
static void form_show_bound(const FormNumber *kind, int64_t bound, Message *out) {
    char text[49];
    if (bound == MONEY_LIMIT_MICROS) {
        message_text(out, "10^12");
        return;
    }
    message_bytes(out, text, number_print(bound, kind->places, text));
}

/* What a number's digits are, against what they may be. */
typedef enum FormVerdict { FORM_FITS, FORM_ABOVE, FORM_BELOW, FORM_DECIMALS } FormVerdict;

/* Requirement 4: all digits that may count as one whole number, then its bounds and its decimals. */
static FormVerdict form_measure(const Decimal *decimal, const FormNumber *kind, bool from_sql,
                                int64_t *out) {
    int32_t places = kind->amount ? FORM_MONEY_PLACES : FORM_NOISE_PLACES;
    int128 step = (int128)number_power_of_ten(places - kind->places);
    int128 scaled;
    bool rounded;
    if (!number_scale(decimal, places, ROUND_HALF_EVEN, &scaled, &rounded)) {
        return decimal->negative ? FORM_BELOW : FORM_ABOVE;
    }
    if (scaled > kind->high * step) {
        return FORM_ABOVE;
    }
    if (scaled < kind->low * step || (kind->above_low && scaled == kind->low * step)) {
        return FORM_BELOW;
    }
    if ((rounded && !from_sql) ||
        scaled % (int128)number_power_of_ten(places - kind->decimals) != 0) {
        return FORM_DECIMALS;
    }
    *out = (int64_t)(scaled / step);
    return FORM_FITS;
}

/* Appends the words for a number that does not fit. */
static void form_show_verdict(FormVerdict verdict, const FormNumber *kind, bool from_sql,
                              Message *out) {
    if (verdict == FORM_ABOVE) {
        message_text(out, " is above ");
        form_show_bound(kind, kind->high, out);
    } else if (verdict == FORM_BELOW) {
        message_text(out, kind->above_low ? " is not above " : " is below ");
        form_show_bound(kind, kind->low, out);
    } else {
        if (kind->decimals == 0) {
            message_text(out, " is not a whole number");
        } else {
            message_text(out, " has more than ");
            message_integer(out, kind->decimals);
            message_text(out, " decimals");
        }
        if (from_sql) {
            message_text(out, "; use round(x, ");
            message_integer(out, kind->decimals);
            message_text(out, ")");
        }
    }
}

/* A rate above 1 whose hundredth is one was meant as a percentage. */
static bool form_meant_percent(FormVerdict verdict, const FormNumber *kind,
                               const Decimal *decimal) {
    Decimal hundredth = *decimal;
    int64_t ignored;
    hundredth.exponent -= 2;
    return verdict == FORM_ABOVE && kind->rate &&
           form_measure(&hundredth, kind, true, &ignored) == FORM_FITS;
}

bool form_number(const Form *form, uint32_t node, const FormNumber *kind, int64_t *out) {
    if (node == JSON_NONE) {
        return false;
    }
    const JsonNode *value = &form->json->nodes[node];
    Decimal decimal;
    if (!form_decimal_of(value, kind->ratio, &decimal)) {
        return form_refuse(form, node,
                           kind->ratio ? " is not a decimal number or a percentage"
                                       : " is not a decimal number");
    }
    FormVerdict verdict = form_measure(&decimal, kind, form->from_sql, out);
    if (verdict == FORM_FITS) {
        return true;
    }
    Message *problem = form_problem(form, node);
    form_show(form, node, problem);
    form_show_verdict(verdict, kind, form->from_sql, problem);
    bool percent = value->text[value->length - 1] == '%';
    if (!percent && form_meant_percent(verdict, kind, &decimal)) {
        message_text(problem, "; did you mean '");
        message_bytes(problem, value->text, value->length);
        message_text(problem, "%'?");
    }
    problems_note(form->problems);
    return false;
}

Status form_argument(const Value *value, const FormNumber *kind, int64_t *out, Message *why) {
    Decimal decimal;
    if (!number_of_value(value, &decimal)) {
        return message_refuse(why, value, " is not a number");
    }
    FormVerdict verdict = form_measure(&decimal, kind, true, out);
    if (verdict == FORM_FITS) {
        return STATUS_OK;
    }
    message_clear(why);
    message_value(why, value);
    form_show_verdict(verdict, kind, true, why);
    if (form_meant_percent(verdict, kind, &decimal)) {
        int128 scaled = 0;
        char text[49];
        (void)number_scale(&decimal, FORM_NOISE_PLACES, ROUND_HALF_EVEN, &scaled, NULL);
        message_text(why, "; did you mean ");
        message_bytes(why, text, number_print(scaled, FORM_NOISE_PLACES + 2, text));
        message_text(why, "?");
    }
    return STATUS_REFUSED;
}

bool form_text_equal(const FormText *left, const FormText *right) {
    return left->length == right->length && memcmp(left->bytes, right->bytes, left->length) == 0;
}

bool form_text(const Form *form, uint32_t node, FormText *out) {
    if (node == JSON_NONE) {
        return false;
    }
    const JsonNode *value = &form->json->nodes[node];
    if (value->type != JSON_STRING) {
        return form_refuse(form, node, " is not text");
    }
    *out = (FormText){value->text, value->length};
    return true;
}

bool form_choice(const Form *form, uint32_t node, const char *const *names, size_t count,
                 int *out) {
    if (node == JSON_NONE) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (json_text_is(&form->json->nodes[node], names[i])) {
            *out = (int)i;
            return true;
        }
    }
    Message *problem = form_problem(form, node);
    form_show(form, node, problem);
    message_text(problem, " is not one of ");
    form_list_names(names, count, problem);
    problems_note(form->problems);
    return false;
}

bool form_flag(const Form *form, uint32_t node, bool *out) {
    if (node == JSON_NONE) {
        return false;
    }
    JsonType type = form->json->nodes[node].type;
    if (type != JSON_TRUE && type != JSON_FALSE) {
        return form_refuse(form, node, " is not true or false");
    }
    *out = type == JSON_TRUE;
    return true;
}

bool form_day(const Form *form, uint32_t node, int64_t *day_number) {
    if (node == JSON_NONE) {
        return false;
    }
    const JsonNode *value = &form->json->nodes[node];
    if (value->type != JSON_STRING || !clock_read_day(value->text, value->length, day_number)) {
        return form_refuse(form, node, " is not a date; want YYYY-MM-DD");
    }
    return true;
}

FormNumber form_money(const Form *form) {
    FormNumber kind = {.places = FORM_MONEY_PLACES,
                       .decimals = form->minor_digits,
                       .high = MONEY_LIMIT_MICROS,
                       .amount = form->from_sql};
    return kind;
}

FormNumber form_amount(void) {
    FormNumber kind = {.places = FORM_MONEY_PLACES,
                       .decimals = FORM_MONEY_PLACES,
                       .low = -MONEY_LIMIT_MICROS,
                       .high = MONEY_LIMIT_MICROS,
                       .amount = true};
    return kind;
}

FormNumber form_decimal(int32_t decimals, int64_t low, int64_t high) {
    int64_t unit = (int64_t)number_power_of_ten(decimals);
    FormNumber kind = {
        .places = decimals, .decimals = decimals, .low = low * unit, .high = high * unit};
    return kind;
}
