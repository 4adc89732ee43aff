/* kept_rules.h: the rules argument of an aggregate: parsed on the first row, the same text on all
** others (functions.md 2, sqlite.md A8).
**
** 1. Missing rules are the defaults, as if left out.
** 2. Texts are compared byte by byte: parsing each row's would cost more than the row.
*/
#ifndef KEFU_GLUE_KEPT_RULES_H
#define KEFU_GLUE_KEPT_RULES_H

#include "core/rules/rules.h"
#include "glue/args.h"

typedef struct KeptRules {
    bool kept; /* a first row came */
    Rules rules;
    char *text; /* as that row gave it; owned; NULL: missing */
    uint64_t length;
} KeptRules;

/* Takes a row's argument (NULL: the call has none). REFUSED: the message says why. `host` outlives
** the rules. */
Status kept_rules_take(KeptRules *kept, const Host *host, sqlite3_value *argument, Message *why);
void kept_rules_close(KeptRules *kept); /* accepts a zeroed one */

/* The text of a rules argument, empty when missing; REFUSED: it is no TEXT. */
Status kept_rules_text(sqlite3_value *argument, Value *text, Message *why);

#endif
