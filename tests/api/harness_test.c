/* harness_test.c: the harness itself, on plain SQLite: each check fails when it should. */
#include "api.h"

#include <string.h>

Test(harness, values_have_type_and_value) {
    sqlite3 *db = api_open_bare();
    expect_int(db, "SELECT 1", 1);
    expect_real(db, "SELECT 252.5", 252.5);
    expect_near(db, "SELECT 0.1 + 0.2", 0.3);
    expect_text(db, "SELECT '回复率'", "回复率");
    expect_hex(db, "SELECT x'0aff'", "0AFF");
    expect_null(db, "SELECT NULL");
    expect_rows(db, "SELECT 1, 1.0, 'a', x'00', NULL UNION ALL SELECT 2, 0.1, '', x'', 0",
                "1|1.0|a|x'00'|NULL\n2|0.1||x''|0");
    expect_error(db, "SELECT abs(-9223372036854775808)", "integer overflow");
    expect_error_has(db, "SELECT nosuch(1)", "no such function");
    expect_same(db, "SELECT 1", "SELECT 2 - 1");
    cr_expect_eq(api_int(db, "SELECT 7"), 7);
    cr_expect(api_is_null(db, "SELECT NULL"));
    cr_expect_str_eq(api_error(db, "SELECT abs(-9223372036854775808)"), "integer overflow");
    api_close(db);
}

Test(harness, a_wrong_answer_is_noticed) {
    sqlite3 *db = api_open_bare();
    cr_expect_not(api_check_int(db, "SELECT 1.0", 1));
    cr_expect_not(api_check_int(db, "SELECT 1 UNION ALL SELECT 1", 1));
    cr_expect_not(api_check_int(db, "SELECT 1 WHERE 0", 1));
    cr_expect_not(api_check_real(db, "SELECT 1", 1.0, 0));
    cr_expect_not(api_check_real(db, "SELECT 0.1 + 0.2", 0.3, 0));
    cr_expect_not(api_check_text(db, "SELECT 'a' || char(0)", "a"));
    cr_expect_not(api_check_text(db, "SELECT x'61'", "a"));
    cr_expect_not(api_check_null(db, "SELECT ''"));
    cr_expect_not(api_check_null(db, "SELECT nosuch(1)"));
    cr_expect_not(api_check_error(db, "SELECT 1", ""));
    cr_expect_not(api_check_same(db, "SELECT 1", "SELECT 1.0"));
    cr_expect(strstr(api_story(), "SELECT 1"));
    api_close(db);
}
