/* json_check.h: is this text JSON, to the letter of RFC 8259? If not, which byte offends?
**
** 1. Nothing beyond the grammar passes: no trailing comma, bare word, comment, leading zero, byte
**    order mark, control character in a string, or text behind the value.
** 2. Text is UTF-8 in shortest form; escaped surrogates come in pairs, since a lone one is no
**    character.
** 3. One pass, one bit of memory a level, no recursion.
*/
#ifndef KEFU_CORE_JSON_CHECK_H
#define KEFU_CORE_JSON_CHECK_H

#include "core/base/base.h"

typedef enum JsonVerdict { JSON_GOOD, JSON_BAD, JSON_TOO_DEEP } JsonVerdict;

/* Checks the whole text; max_depth counts open arrays and objects, at most 64. `*at` is the offending
** byte (from 0; the length where the text ends too early), `*tokens` the number of values and keys. */
JsonVerdict json_check(const char *text, size_t length, uint32_t max_depth, size_t *at,
                       uint32_t *tokens);
/* The value of a hexadecimal digit, or -1. */
int json_hex_digit(int byte);

#endif
