/* message.h: the words of an error, of bounded length and without allocation.
**
** 1. A message never fails: what does not fit is cut, at a whole UTF-8 character, and nothing is
**    added after that.
** 2. Values are shown as SQL would write them, and long ones are cut: 'abc…', x'0102…', 12.5, NULL.
**    Control bytes are shown as '?': a message is one line.
*/
#ifndef KEFU_CORE_MESSAGE_H
#define KEFU_CORE_MESSAGE_H

#include "core/base/value.h"

#define MESSAGE_BYTES 1000 /* the longest: an unknown field with all known ones listed */

typedef struct Message {
    uint32_t length;              /* bytes in text, without the NUL */
    bool cut;                     /* something did not fit */
    char text[MESSAGE_BYTES + 1]; /* always ends with NUL once message_clear() ran */
} Message;

void message_clear(Message *message);
/* Each appends; NUL-terminated text, bytes, a whole number, a value as requirement 2 says. */
void message_text(Message *message, const char *text);
void message_bytes(Message *message, const char *bytes, size_t length);
void message_integer(Message *message, int64_t number);
void message_value(Message *message, const Value *value);
/* A byte string in quotes, cut when long: 'abc'. */
void message_quoted(Message *message, const char *bytes, size_t length);

/* The commonest shape: VALUE, then words, e.g. message_refuse(why, &value, " is no time; want …").
** Clears the message first and returns STATUS_REFUSED, so that callers can return it. */
Status message_refuse(Message *message, const Value *value, const char *words);
/* The same without a value. */
Status message_say(Message *message, const char *words);

/* The closest of the names to a word within two edits (a byte added, dropped or changed), the first
** among equals, or NULL: "did you mean". A name that keeps no byte of the word is not close. */
const char *message_closest(const char *word, size_t length, const char *const *names,
                            size_t count);

#endif
