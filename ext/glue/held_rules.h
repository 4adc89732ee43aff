/* held_rules.h: the rules argument of an aggregate: parsed once, the same for all rows (sqlite.md A8).
**
** 1. The first row's text is parsed; later ones are compared byte by byte; a change is an error.
** 2. A missing argument, NULL or blank text are the defaults, as if left out.
*/
#ifndef KEFU_GLUE_HELD_RULES_H
#define KEFU_GLUE_HELD_RULES_H

#include "core/rules/rules.h"
#include "glue/args.h"

typedef struct HeldRules {
    bool begun;  /* the first row was seen: `rules` are there */
    Rules rules; /* points into no text */
    char *text;  /* as the first row gave it; owned */
    uint64_t length;
} HeldRules;

/* The text of a rules argument (NULL: the call has none); empty when it is missing (requirement 2). */
Status held_rules_text(sqlite3_value *argument, Value *text, Message *why);
/* Takes one row's argument (NULL: the call has none); `held` is zeroed before the first. */
Status held_rules_take(HeldRules *held, const Host *host, sqlite3_value *argument, Message *why);
void held_rules_close(HeldRules *held);

#endif
