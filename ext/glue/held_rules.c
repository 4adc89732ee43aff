/* held_rules.c: see held_rules.h. */
#include "glue/held_rules.h"

#include <string.h>

SQLITE_EXTENSION_INIT3

/* Requirement 1: the first row. */
static Status held_rules_begin(HeldRules *held, const Host *host, const Value *text, Message *why) {
    char *copy = sqlite3_malloc64((uint64_t)text->length + 1);
    if (copy == NULL) {
        return STATUS_NO_MEMORY;
    }
    memcpy(copy, text->as.bytes, text->length);
    Status status = rules_parse(host, copy, text->length, &held->rules, why);
    if (status != STATUS_OK) {
        sqlite3_free(copy);
        return status;
    }
    held->text = copy;
    held->length = text->length;
    held->ends = value_key_ends(text);
    held->begun = true;
    return STATUS_OK;
}

/* Requirement 2. */
static Status held_rules_admit(Value *text, Message *why) {
    if (value_is_missing(text)) {
        *text = value_of_text("", 0);
    }
    return text->type == VALUE_TEXT
               ? STATUS_OK
               : message_refuse(why, text,
                                " is no rules; want a rule book's name or a JSON object");
}

Status held_rules_text(sqlite3_value *argument, Value *text, Message *why) {
    *text = value_of_text("", 0);
    return argument == NULL || args_read(argument, text) ? held_rules_admit(text, why)
                                                         : STATUS_NO_MEMORY;
}

Status held_rules_look(HeldRules *held, const Host *host, sqlite3_value *argument, Message *why) {
    Value text;
    Status status = held_rules_text(argument, &text, why);
    if (status != STATUS_OK) {
        return status;
    }
    if (!held->begun) {
        return held_rules_begin(held, host, &text, why);
    }
    if (text.length == held->length && memcmp(text.as.bytes, held->text, text.length) == 0) {
        return STATUS_OK;
    }
    const Value before = value_of_text(held->text, held->length);
    message_refuse(why, &text, " differs from ");
    message_value(why, &before);
    message_text(why, " of the first row; want the same text for all rows of a group");
    return STATUS_REFUSED;
}

void held_rules_close(HeldRules *held) {
    if (held->begun) {
        rules_close(&held->rules);
        sqlite3_free(held->text);
    }
}
