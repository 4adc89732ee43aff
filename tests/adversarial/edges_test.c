/* edges_test.c: numbers at the ends of what there is: 2^31 and 2^63 of anything, sums near the last
** representable one, the first and the last instants. Right to the last digit, or refused with words.
*/
#include "../api/api.h"

TestSuite(edges, .timeout = 120);

/* s doubled k times: merging deal or rating stats with themselves adds them up. */
#define DOUBLED(stats, k)                                                                          \
    "((WITH RECURSIVE d(k, s) AS (SELECT 0, " stats " UNION ALL SELECT k + 1, (SELECT "            \
    "kefu_merge(x) FROM (SELECT s AS x UNION ALL SELECT s)) FROM d WHERE k < " #k                  \
    ") SELECT s FROM d WHERE k = " #k "))"

/* Counts go through 2^31 and 2^32 unharmed, up to 2^61; beyond there is no answer. */
Test(edges, of_counts) {
    sqlite3 *db = api_open();
    expect_int(db, "SELECT paid_deals" DOUBLED("deal_stats(1, 2, 3, 4)", 31), INT64_C(1) << 31);
    expect_int(db, "SELECT paid_deals" DOUBLED("deal_stats(1, 2, 3, 4)", 32), INT64_C(1) << 32);
    expect_int(db, "SELECT contacts" DOUBLED("rating_stats(1, 2, 1, 5)", 31), INT64_C(1) << 31);
    expect_int(db, "SELECT contacts" DOUBLED("rating_stats(1, 2, 1, 5)", 61), INT64_C(1) << 61);
    expect_real(db, "SELECT avg_score" DOUBLED("rating_stats(1, 2, 1, 5)", 53), 5.0);
    expect_error_has(db, "SELECT contacts" DOUBLED("rating_stats(1, 2, 1, 5)", 62), "beyond 2^61");
    expect_int(db, "SELECT payers" DOUBLED("deal_stats(1, 2, 3, 4)", 40), 1); /* one customer */
    api_close(db);
}

/* Amounts: one is at most 10^12; sums are exact in millionths far beyond int64, up to 2^99. */
Test(edges, of_amounts) {
    sqlite3 *db = api_open();
#define SALES(amount, count)                                                                       \
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " #count             \
    ") SELECT sales_amount(deal_stats(i, 1, 2, 3, " amount ")) FROM n"
    expect_real(db, SALES("1000000000000", 9), 9e12);
    expect_real(db, SALES("1000000000000", 10), 1e13); /* int64 ends at 9.2e12 */
    expect_real(db, SALES("-1000000000000", 9), -9e12);
    expect_real(db, SALES("-1000000000000", 10), -1e13);
    expect_real(db, SALES("CASE WHEN i % 2 THEN 1e12 ELSE -1e12 END", 100000), 0.0);
    expect_real(db, SALES("'0.000001'", 100000), 0.1);
    expect_real(db, SALES("CASE i WHEN 1 THEN '999999999999.999999' ELSE '0.000001' END", 2), 1e12);
    expect_error_has(db, SALES("'1000000000000.000001'", 1), "argument 5 (amount)");
    expect_error_has(db, SALES("1e300", 1), "argument 5 (amount)");
    expect_error_has(db, SALES("1e999", 1), "argument 5 (amount)");
    expect_real(db, SALES("1e-300", 1), 0.0);
    expect_real(db, SALES("'0.0000005'", 1), 0.0); /* half to even at the sixth */
    expect_real(db, SALES("'0.0000015'", 1), 0.000002);
    expect_real(db, "SELECT sales_amount" DOUBLED("deal_stats(1, 2, 3, 4, 1000000000000)", 30),
                1e12 * (1 << 30));
    expect_error_has(db, "SELECT sales_amount" DOUBLED("deal_stats(1, 2, 3, 4, 1000000000000)", 40),
                     "beyond 2^99");
    expect_real(db, "SELECT commission_calc(999999999999, 1)", 999999999999.0);
    expect_error_has(db, "SELECT commission_calc(1000000000001, 1)", "commission_calc()");
    api_close(db);
}

/* Quantities: whole numbers, whose sum is an int64 too. */
Test(edges, of_quantities) {
    sqlite3 *db = api_open();
    expect_int(db, "SELECT sales_units(deal_stats(1, 2, 3, 4, 5, 2147483648))", INT64_C(1) << 31);
    expect_int(db,
               "SELECT sales_units(deal_stats(1, 2, 3, 4, 5, column1)) FROM (VALUES "
               "(2147483647), (2147483647), (2))",
               INT64_C(1) << 32);
    expect_int(db, "SELECT sales_units" DOUBLED("deal_stats(1, 2, 3, 4, 5, 1)", 60),
               INT64_C(1) << 60);
    expect_error_has(db, "SELECT sales_units" DOUBLED("deal_stats(1, 2, 3, 4, 5, 1)", 63),
                     "kefu_merge()");
    api_close(db);
}

/* Instants: 2^31 is a second like any other; the years 0000 to 9999, on the shop's clock or as numbers. */
Test(edges, of_times) {
    sqlite3 *db = api_open();
    expect_text(db, "SELECT kpi_period(2147483647, 'day', 'UTC')", "2038-01-19");
    expect_real(db, "SELECT avg_response(2147483643, 2147483653)", 10.0);
    expect_real(db, "SELECT avg_response(-2147483653, -2147483643)", 10.0);
    expect_real(db,
                "SELECT avg_response('c', column1, column2) FROM (VALUES (0, 4294967295), (1, "
                "4294967300))",
                5.0);
    expect_real(db, "SELECT avg_response('0000-01-01', '9999-12-31 23:59:59.999')",
                315569519999.999);
    expect_text(db, "SELECT kpi_period('0000-01-01', 'year')", "0000-01-01");
    expect_text(db, "SELECT kpi_period('9999-12-31T23:59:59.999', 'day')", "9999-12-31");
    expect_text(db, "SELECT kpi_period(253402300799, 'day', 'UTC')", "9999-12-31");
    expect_text(db, "SELECT kpi_period(-62167219200, 'day', 'UTC')", "0000-01-01");
    expect_error_has(db, "SELECT kpi_period('0000-01-01', 'week')", "kpi_period()");
    expect_error_has(db, "SELECT kpi_period('10000-01-01', 'day')", "argument 1 (t)");
    expect_error_has(db, "SELECT kpi_period('-0001-12-31', 'day')", "argument 1 (t)");
    expect_error_has(db, "SELECT kpi_period(9223372036854775807, 'day')", "argument 1 (t)");
    expect_error_has(db, "SELECT kpi_period(-9223372036854775808, 'day')", "argument 1 (t)");
    expect_error_has(db, "SELECT kpi_period(1e999, 'day')", "argument 1 (t)");
    /* a conversation at each end, 315,569,519,999 s apart, in one state */
    expect_rows(
        db,
        "SELECT consulting(s), max_response(s), json_extract(kefu_info(s), '$.last') - "
        "json_extract(kefu_info(s), '$.first') FROM (SELECT chat_stats('c', column1, "
        "column2) AS s FROM (VALUES (0, '0000-01-01 00:00:00'), (1, '0000-01-01 00:00:07'), "
        "(0, '9999-12-31 23:59:50'), (1, '9999-12-31 23:59:59')))",
        "2|9.0|315569519999");
    api_close(db);
}

/* Every key is of a type of its own at its edge. */
Test(edges, of_keys) {
    sqlite3 *db = api_open();
    expect_rows(
        db,
        "SELECT typeof(key), key FROM kefu_groups((SELECT rating_stats_by(column1, 1, 1, 1, 5) "
        "FROM (VALUES (9223372036854775807), (-9223372036854775808), (9007199254740993), "
        "(9007199254740992.0), (1e300), (-0.0), (0), (1e999), (NULL), (''), (x''))))",
        "null|NULL\ninteger|-9223372036854775808\ninteger|0\ninteger|9007199254740992\n"
        "integer|9007199254740993\ninteger|9223372036854775807\nreal|1e+300\nreal|inf\n"
        "text|\nblob|x''");
    api_close(db);
}
