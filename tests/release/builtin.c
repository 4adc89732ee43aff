/* builtin.c: SQLite's own shell with kefu built in, as in a program that cannot load libraries, or (without
** SQLITE_CORE) ready to load it. SQLite is compiled with -DSQLITE_EXTRA_INIT=builtin_register.
*/
#include <sqlite3.h>
#include <stdio.h>

#include "kefu.h"

int builtin_register(const char *unused);

int builtin_register(const char *unused) {
    (void)unused;
    setvbuf(stdout, NULL, _IOLBF, 0); /* so that rows and errors come in their order */
#ifdef SQLITE_CORE
    return sqlite3_auto_extension((void (*)(void))sqlite3_kefu_init);
#else
    return SQLITE_OK;
#endif
}
