/* held_rules.h: the rules argument of an aggregate: parsed once, the same for all rows (sqlite.md A8).
**
** 1. The first row's text is parsed; later ones are compared byte by byte; a change is an error.
** 2. A missing argument, NULL or blank text are the defaults, as if left out.
*/
#ifndef KEFU_GLUE_HELD_RULES_H
#define KEFU_GLUE_HELD_RULES_H

#include <string.h>

#include "core/rules/rules.h"
#include "glue/args.h"

typedef struct HeldRules {
    bool begun;  /* the first row was seen: `rules` are there */
    Rules rules; /* points into no text */
    char *text;  /* as the first row gave it, empty for a missing one; owned */
    uint64_t length;
} HeldRules;

/* The text of a rules argument (NULL: the call has none); empty when it is missing (requirement 2). */
Status held_rules_text(sqlite3_value *argument, Value *text, Message *why);
/* Takes one row's argument (NULL: the call has none); `held` is zeroed before the first. Inline for
** the row whose text is, byte for byte, that of the first one. */
Status held_rules_compare(HeldRules *held, const Host *host, const Value *row, Message *why);
static inline Status held_rules_take(HeldRules *held, const Host *host, sqlite3_value *argument,
                                     Message *why) {
    Value text = {VALUE_NULL, 0, {0}};
    if (argument == NULL && held->begun) {
        return STATUS_OK;
    }
    if (argument != NULL && !args_read(argument, &text)) {
        return STATUS_NO_MEMORY;
    }
    if (held->begun && text.type == VALUE_TEXT && text.length == held->length &&
        memcmp(text.as.bytes, held->text, text.length) == 0) {
        return STATUS_OK;
    }
    return held_rules_compare(held, host, &text, why);
}
void held_rules_close(HeldRules *held);

#endif
