/* options.h: the table of options and the table of books: what rules.c walks over.
**
** 1. An option is a row: its name, the kind of its values, who uses it, its default, its field.
** 2. A book is a list of options, written as a rules text.
*/
#ifndef KEFU_CORE_OPTIONS_H
#define KEFU_CORE_OPTIONS_H

#include "core/base/json.h"
#include "core/rules/rules.h"

#define OPTION_COUNT 27
#define OPTION_TZ 0 /* row of tz: the zone is read before what it bears on */
#define BOOK_COUNT 9
#define BOOK_TEXT_DEPTH 1 /* a book's options are plain values */
#define FAMILY_GROUPED 16 /* beside the families: used by grouped stats of any of them */

/* How an option's value is written; options.c reads and writes each kind. */
typedef enum OptionKind {
    OPTION_ZONE,
    OPTION_CHOICE,
    OPTION_SESSION,
    OPTION_FLAG,
    OPTION_SECONDS,
    OPTION_WINDOW,
    OPTION_CALENDAR,
    OPTION_INSTANT,
    OPTION_WHOLE,
    OPTION_POINTS
} OptionKind;

typedef struct Option {
    const char *name;
    OptionKind kind;
    int families;               /* mask of Family and FAMILY_GROUPED */
    bool nullable;              /* null is a value: "none" */
    size_t field;               /* offset in Rules */
    int64_t standard;           /* the default as the field holds it: see option_set_standard() */
    int64_t least;              /* WHOLE: as is; POINTS: millionths */
    int64_t most;               /* the same */
    const char *const *choices; /* CHOICE: names by enum value up to NULL; nullable: from 1 */
    const char *meaning;        /* for people */
} Option;

typedef struct Book {
    const char *options; /* JSON: what differs from the defaults */
    const char *meaning; /* for people, with the year of the text that the book follows */
} Book;

extern const Option option_table[OPTION_COUNT];
extern const char *const book_names[BOOK_COUNT];
extern const Book book_table[BOOK_COUNT]; /* in the order of book_names */

/* Sets the field to its default. */
void option_set_standard(const Option *option, Rules *rules);
/* Reads the option's value from node; the zone of `rules` is the final one but for tz itself.
** REFUSED: the message is "rules.NAME: VALUE … what is wanted". */
Status option_read(const Option *option, const Json *json, uint32_t node, Rules *rules,
                   Message *why);
/* Appends the value as canonical JSON. */
void option_write(const Option *option, const Rules *rules, Buffer *out);

#endif
