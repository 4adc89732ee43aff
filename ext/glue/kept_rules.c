/* kept_rules.c: see kept_rules.h. */
#include "glue/kept_rules.h"

#include <string.h>

SQLITE_EXTENSION_INIT3

Status kept_rules_text(sqlite3_value *argument, Value *text, Message *why) {
    *text = value_of_text("", 0);
    Value value;
    if (argument == NULL) {
        return STATUS_OK;
    }
    if (!args_read(argument, &value)) {
        return STATUS_NO_MEMORY;
    }
    if (value_is_missing(&value)) {
        return STATUS_OK; /* Requirement 1 */
    }
    if (value.type != VALUE_TEXT) {
        return message_refuse(why, &value,
                              " is no rules; want a rule book's name or a JSON object of options");
    }
    *text = value;
    return STATUS_OK;
}

static Status kept_rules_first(KeptRules *kept, const Host *host, const Value *text, Message *why) {
    char *copy = sqlite3_malloc64((sqlite3_uint64)text->length + 1);
    if (copy == NULL) {
        return STATUS_NO_MEMORY;
    }
    memcpy(copy, text->as.bytes, text->length);
    Status status = rules_parse(host, copy, text->length, &kept->rules, why);
    if (status != STATUS_OK) {
        sqlite3_free(copy);
        return status;
    }
    kept->text = copy;
    kept->length = text->length;
    kept->kept = true;
    return STATUS_OK;
}

Status kept_rules_take(KeptRules *kept, const Host *host, sqlite3_value *argument, Message *why) {
    Value text;
    Status status = kept_rules_text(argument, &text, why);
    if (status != STATUS_OK) {
        return status;
    }
    if (!kept->kept) {
        return kept_rules_first(kept, host, &text, why);
    }
    if (text.length == kept->length && memcmp(text.as.bytes, kept->text, text.length) == 0) {
        return STATUS_OK; /* Requirement 2 */
    }
    const Value before = value_of_text(kept->text, (size_t)kept->length);
    message_refuse(why, &text, " differs from ");
    message_value(why, &before);
    message_text(why, " of the first row; want the same text for all rows of a group");
    return STATUS_REFUSED;
}

void kept_rules_close(KeptRules *kept) {
    if (kept->kept) {
        rules_close(&kept->rules);
        sqlite3_free(kept->text);
    }
    memset(kept, 0, sizeof *kept);
}
