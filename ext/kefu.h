/* kefu.h: kefu (客服), KPIs of e-commerce customer service as a SQLite extension.
**
** Loaded at run time, SQLite finds sqlite3_kefu_init() by itself. Linked statically (compiled with
** -DSQLITE_CORE), call it with a NULL third argument, or pass it to sqlite3_auto_extension().
*/
#ifndef KEFU_H
#define KEFU_H

#define KEFU_VERSION "0.1.0"

#if defined(_WIN32)
#define KEFU_API __declspec(dllexport)
#elif defined(__GNUC__)
#define KEFU_API __attribute__((visibility("default")))
#else
#define KEFU_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

struct sqlite3;
struct sqlite3_api_routines;

/* Registers everything on a connection. Idempotent. On an error returns SQLite's code and sets
** *error (where error is not NULL) to a text from sqlite3_malloc. */
KEFU_API int sqlite3_kefu_init(struct sqlite3 *database, char **error,
                               const struct sqlite3_api_routines *api);

#ifdef __cplusplus
}
#endif

#endif
