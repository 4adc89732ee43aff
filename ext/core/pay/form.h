/* form.h: reads the fields of a JSON object as typed values, and notes every problem at its path.
**
** 1. A problem is `path: words` (commission.md 9). Reading goes on after one: the same code tells the
**    pay functions the first problem and plan_check all of them.
** 2. null is the same as leaving a field out. An unknown field is a problem that names the closest
**    known one, else all.
** 3. Numbers are decimals as they are written: a JSON number, or a string with a plain decimal; where
**    a ratio is wanted also a percentage, whose decimals count as a fraction's (commission.md 2).
** 4. Numbers of a plan are exact. Those of facts come out of SQL: amounts are rounded half to even at
**    the sixth decimal, others at the twelfth, which removes the noise of binary sums; only then do
**    their decimals count.
*/
#ifndef KEFU_CORE_PAY_FORM_H
#define KEFU_CORE_PAY_FORM_H

#include "core/base/json.h"
#include "core/base/number.h"

#define FORM_OBJECT_BYTES 65536 /* the longest object; lists know no limit but their entries */

/* A text whose first byte but blanks is `first`. */
bool form_begins(const Value *value, char first);

/* Parses a value for a form: an object ('{') or a list ('['), whose root is of that type on STATUS_OK.
** The value may be of any type; the message says what is wrong, at its path where there is one. */
Status form_parse(const Host *host, const Value *value, char first, const char *root_name,
                  Json *json, Message *why);

/* Where problems go. */
typedef struct Problems {
    Message *first; /* the first one's text */
    Buffer *lines;  /* all of them, one a line; NULL: nobody asks for more than the first */
    uint32_t count;
    Message current; /* the one being written */
} Problems;

void problems_open(Problems *problems, Message *first, Buffer *lines);
/* Notes what was written into problems->current. */
void problems_note(Problems *problems);

/* Borrowed text, not NUL-terminated. */
typedef struct FormText {
    const char *bytes;
    uint32_t length;
} FormText;

bool form_text_equal(const FormText *left, const FormText *right);

#define FORM_COUNT(names) (sizeof(names) / sizeof(names)[0])

typedef struct Form {
    const Json *json;
    const char *root_name; /* "plan", "facts", "weights": paths begin with it */
    Problems *problems;
    int32_t minor_digits; /* decimals of money */
    bool from_sql;        /* requirement 4 */
} Form;

/* What a number may be. Bounds count in units of 10^-places. */
typedef struct FormNumber {
    int32_t places;   /* it is given back × 10^places */
    int32_t decimals; /* so many may be written, at most `places` */
    int64_t low;
    int64_t high;
    bool above_low; /* low itself is refused */
    bool ratio;     /* a percentage will do */
    bool rate;      /* above its bound: suggest a hundredth */
    bool amount;    /* requirement 4: rounded at the sixth decimal */
} FormNumber;

/* Begins a problem at a node, or at the missing field `name` of an object: "PATH: ". The caller
** appends to the message that is returned and calls problems_note(). */
Message *form_problem(const Form *form, uint32_t node);
Message *form_problem_in(const Form *form, uint32_t object, const char *name);
/* The same, whole. */
void form_say(const Form *form, uint32_t node, const char *words);
void form_say_in(const Form *form, uint32_t object, const char *name, const char *words);
/* Appends a value as it is written: a number, a string in quotes, "an object". */
void form_show(const Form *form, uint32_t node, Message *out);
/* Appends a list: "a, b, c". */
void form_list_names(const char *const *names, size_t count, Message *out);

/* The node is an object with no other fields than these (requirement 2). */
bool form_object(const Form *form, uint32_t node, const char *const *names, size_t count);
/* The node is an array of low..high entries. */
bool form_array(const Form *form, uint32_t node, uint32_t low, uint32_t high);
/* The field's node; JSON_NONE when it is missing or null. */
uint32_t form_field(const Form *form, uint32_t object, const char *name);
/* The same; its absence is a problem. */
uint32_t form_needed(const Form *form, uint32_t object, const char *name);

/* Each reads a node; false after a problem, and for JSON_NONE without one; *out is then unharmed. */
bool form_number(const Form *form, uint32_t node, const FormNumber *kind, int64_t *out);
bool form_text(const Form *form, uint32_t node, FormText *out);
bool form_choice(const Form *form, uint32_t node, const char *const *names, size_t count, int *out);
bool form_flag(const Form *form, uint32_t node, bool *out);
bool form_day(const Form *form, uint32_t node, int64_t *day_number);

/* Reads a number of SQL by the same rules as one of facts (requirement 4). The value is not missing. */
Status form_argument(const Value *value, const FormNumber *kind, int64_t *out, Message *why);

/* money of a plan (0..10^12, in millionths); an amount of facts, within ±10^12. */
FormNumber form_money(const Form *form);
FormNumber form_amount(void);
/* A number of so many decimals, given back × 10^decimals; bounds are whole. */
FormNumber form_decimal(int32_t decimals, int64_t low, int64_t high);

#endif
