/* held_rules.h: the rules argument of an aggregate: parsed once, the same for all rows (sqlite.md A8).
**
** 1. The first row's text is parsed; later ones are compared byte by byte; a change is an error.
** 2. A missing argument, NULL or blank text are the defaults, as if left out.
*/
#ifndef KEFU_GLUE_HELD_RULES_H
#define KEFU_GLUE_HELD_RULES_H

#include <string.h>

#include "core/rules/rules.h"
#include "core/sets/value_key.h"
#include "glue/args.h"

typedef struct HeldRules {
    bool begun;  /* the first row was seen: `rules` are there */
    Rules rules; /* points into no text */
    char *text;  /* as the first row gave it, empty for a missing one; owned */
    uint32_t length;
    KeyEnds ends; /* of the text: of a short one all of it */
} HeldRules;

/* The text of a rules argument (NULL: the call has none); empty when it is missing (requirement 2). */
Status held_rules_text(sqlite3_value *argument, Value *text, Message *why);
/* Whether this is, byte for byte, the first row's text; false: it has to be looked at. */
HOT_INLINE bool held_rules_same(const HeldRules *held, sqlite3_value *argument) {
    if (argument == NULL || !held->begun) {
        return held->begun;
    }
    if (sqlite3_value_type(argument) != SQLITE_TEXT) {
        return false;
    }
    const char *text = (const char *)sqlite3_value_text(argument);
    const uint32_t length = (uint32_t)sqlite3_value_bytes(argument);
    if (text == NULL) { /* not covered: no memory for one row of a UTF-16 table's column of rules */
        return false;
    }
    return length == held->length && length >= 8 && value_key_load(text, 8) == held->ends.first &&
           (length == 8 || value_key_load(text + length - 8, 8) == held->ends.last) &&
           (length <= VALUE_KEY_ENDS || memcmp(text, held->text, length) == 0);
}

/* Takes one row's argument (NULL: the call has none, in no row); `held` is zeroed before the first. */
Status held_rules_look(HeldRules *held, const Host *host, sqlite3_value *argument, Message *why);
HOT_INLINE Status held_rules_take(HeldRules *held, const Host *host, sqlite3_value *argument,
                                  Message *why) {
    return held_rules_same(held, argument) ? STATUS_OK : held_rules_look(held, host, argument, why);
}
void held_rules_close(HeldRules *held);

#endif
