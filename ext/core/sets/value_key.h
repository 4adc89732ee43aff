/* value_key.h: values as keys and names: ordered as SQLite orders them, written and read.
**
** 1. A key comes back with its type; 1 and 1.0 are one key, given back as INTEGER (functions.md 3).
** 2. Order: NULL, numbers by value, TEXT by bytes, BLOB by bytes: ORDER BY without collation.
** 3. One spelling for each: NaN and whole REALs are refused.
*/
#ifndef KEFU_CORE_VALUE_KEY_H
#define KEFU_CORE_VALUE_KEY_H

#include "core/base/buffer.h"
#include "core/base/value.h"

/* <0, 0, >0, by requirement 2; both are canonical (identity.h). */
int value_key_compare(const Value *left, const Value *right);

/* One byte of type, then INTEGER as a signed varint, REAL as 8 bytes, TEXT and BLOB as their length
** and bytes. Reading borrows the bytes; a broken reader or an unknown type: false. */
void value_key_write(const Value *key, Buffer *out);
bool value_key_read(Value *key, Reader *reader);

#endif
