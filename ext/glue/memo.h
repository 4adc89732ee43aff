/* memo.h: what a function made of an argument that takes long to read (a plan, a calendar), kept for the
** rows that follow.
**
** 1. SQLite's auxdata does so for literals alone. Plans and calendars stand in tables, where every row
**    hands them over anew: reading a calendar of 300 bytes each time cost 45 times what it answers.
** 2. It is found by all bytes of the argument, so it is never another's. What is refused is not kept.
** 3. A memo belongs to one function of one connection, whose mutex guards it. It keeps a few arguments,
**    until others take their places or the connection closes.
** 4. What it hands out is good until it is asked again.
*/
#ifndef KEFU_GLUE_MEMO_H
#define KEFU_GLUE_MEMO_H

#include "glue/args.h"

/* How an argument is read, and what was read is released. */
typedef struct MemoKind {
    Status (*open)(const Host *host, const Value *value, void **object, Message *why);
    void (*close)(const Host *host, void *object);
} MemoKind;

/* Registers a function whose row names a kind; an SQLite result code. */
int memo_register(sqlite3 *database, const ScalarFunction *function);

/* What argument `index` (from 0) of such a function says; NULL: its error is the result. */
void *memo_take(sqlite3_context *context, int index, const Value *value);
const Host *memo_host(sqlite3_context *context);

#endif
