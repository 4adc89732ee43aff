/* api.h: tests of kefu through SQLite, one fact a line.
**
**     Test(chat_facts, wait_from_the_first_line) {
**         sqlite3 *db = api_open();
**         expect_real(db, "SELECT avg_response(...) FROM ...", 475.0);
**         api_close(db);
**     }
**
** 1. api_open() loads the extension named by KEFU_LIBRARY, else build/kefu; loading again is harmless.
** 2. Expectations compare type and value exactly: 1.0 is not 1, and error messages are whole. A failed
**    one prints the SQL, what came and what was wanted, at the line of the test, and the test goes on.
** 3. api_close() checks that SQLite's memory is back where it was before the first api_open().
** 4. Strings that the functions return live until the connection is closed.
*/
#ifndef KEFU_TESTS_API_H
#define KEFU_TESTS_API_H

#include <criterion/criterion.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

/* The library's path: KEFU_LIBRARY, else build/kefu (Requirement 1). */
const char *api_library(void);
/* A new in-memory database with the extension; fails the test when it cannot be loaded. */
sqlite3 *api_open(void);
/* The same without the extension, and loading it (again). */
sqlite3 *api_open_bare(void);
void api_load(sqlite3 *db);
/* Skips the rest of the test, and says so, where the host has no JSON functions: before 3.38 they are
** an option of its build. kefu itself never calls them. Most tests do without: kefu_info(s) GLOB …. */
void api_need_json(sqlite3 *db);
/* Closes and checks for leaks (Requirement 3). */
void api_close(sqlite3 *db);

/* Runs SQL without a result (any number of statements), or fails the test. Like printf. */
void api_exec(sqlite3 *db, const char *sql, ...) __attribute__((format(printf, 2, 3)));
/* SQL text by sqlite3_mprintf's rules (%q, %Q, %w too); lives until api_close(). */
const char *api_sql(const char *format, ...);

/* The first column of the only row of a query, of any type; `error` is NULL when it succeeded. */
typedef struct ApiAnswer {
    const char *error; /* the message, or NULL */
    int code;          /* SQLite's extended result code; SQLITE_DONE is given as SQLITE_OK */
    int rows;          /* rows that came; the value is the first row's */
    int type;          /* SQLITE_INTEGER … SQLITE_NULL; SQLITE_NULL as well when no row came */
    int64_t integer;
    double real;
    const char *text; /* TEXT as it is, BLOB in upper-case hex, NULL for the other types */
    int bytes;        /* of TEXT or BLOB */
} ApiAnswer;

ApiAnswer api_answer(sqlite3 *db, const char *sql);

/* The value of a query that must give one row of that type; fails the test otherwise. */
int64_t api_int(sqlite3 *db, const char *sql);
double api_real(sqlite3 *db, const char *sql);
const char *api_text(sqlite3 *db, const char *sql);
const char *api_hex(sqlite3 *db, const char *sql);
bool api_is_null(sqlite3 *db, const char *sql);
/* The message of a query that must fail; NULL (and a failed test) when it does not. */
const char *api_error(sqlite3 *db, const char *sql);
/* All rows: columns joined by '|', rows by '\n'; NULL as NULL, TEXT as it is, BLOB as x'0A', REAL in
** the fewest digits that read back the same, always with a point. "error: MESSAGE" for a failure. */
const char *api_rows(sqlite3 *db, const char *sql);

/* Expectations (Requirement 2). */
#define expect_int(db, sql, want) API_EXPECT(api_check_int(db, sql, want))
#define expect_real(db, sql, want) API_EXPECT(api_check_real(db, sql, want, 0))
#define expect_near(db, sql, want) API_EXPECT(api_check_real(db, sql, want, 1e-12))
#define expect_text(db, sql, want) API_EXPECT(api_check_text(db, sql, want))
#define expect_hex(db, sql, want) API_EXPECT(api_check_hex(db, sql, want))
#define expect_null(db, sql) API_EXPECT(api_check_null(db, sql))
#define expect_rows(db, sql, want) API_EXPECT(api_check_rows(db, sql, want))
#define expect_error(db, sql, want) API_EXPECT(api_check_error(db, sql, want))
#define expect_error_has(db, sql, part) API_EXPECT(api_check_error_has(db, sql, part))
/* Two queries of one row give the same value of the same type. */
#define expect_same(db, sql, other) API_EXPECT(api_check_same(db, sql, other))

/* What the expectations are made of: true, or false with the story in api_story(). */
#define API_EXPECT(check) cr_expect((check), "%s", api_story())
bool api_check_int(sqlite3 *db, const char *sql, int64_t want);
bool api_check_real(sqlite3 *db, const char *sql, double want, double tolerance);
bool api_check_text(sqlite3 *db, const char *sql, const char *want);
bool api_check_hex(sqlite3 *db, const char *sql, const char *want);
bool api_check_null(sqlite3 *db, const char *sql);
bool api_check_rows(sqlite3 *db, const char *sql, const char *want);
bool api_check_error(sqlite3 *db, const char *sql, const char *want);
bool api_check_error_has(sqlite3 *db, const char *sql, const char *part);
bool api_check_same(sqlite3 *db, const char *sql, const char *other);
const char *api_story(void);

#endif
