/* static_test.c: the entry point as programs call it that are linked with the extension (ext/kefu.h):
** through sqlite3_auto_extension(), for every connection that they open. */
#define _POSIX_C_SOURCE 200809L

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#include "api.h"

static void (*static_entry(void))(void) {
    char path[1000];
    const char *library = api_library();
    snprintf(path, sizeof path, "%s%s", library, strstr(library, ".so") != NULL ? "" : ".so");
    void *handle = dlopen(path, RTLD_NOW);
    cr_assert(handle != NULL, "%s", dlerror());
    void (*entry)(void) = NULL;
    *(void **)(void *)&entry = dlsym(handle, "sqlite3_kefu_init");
    cr_assert(entry != NULL, "%s", dlerror());
    return entry;
}

/* sqlite3_open() fails when an automatic extension leaves an error behind, be it a success or not. */
Test(static, r5_opening_succeeds_with_an_automatic_extension) {
    cr_assert_eq(sqlite3_auto_extension(static_entry()), SQLITE_OK);
    for (int i = 0; i < 2; i++) {
        sqlite3 *db = NULL;
        cr_expect_eq(sqlite3_open(":memory:", &db), SQLITE_OK, "%s", sqlite3_errmsg(db));
        expect_text(db, "SELECT kefu_version()", "0.1.0");
        sqlite3_close(db);
    }
    sqlite3_reset_auto_extension();
}
