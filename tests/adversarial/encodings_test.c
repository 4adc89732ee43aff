/* encodings_test.c: text that is no text, and databases that hold it in UTF-16. */
#include "../api/api.h"

#include <string.h>

TestSuite(encodings, .timeout = 120);

/* The same rows in a database of that encoding: names, words and times of all kinds. */
static sqlite3 *encodings_open(const char *encoding) {
    sqlite3 *db = api_open();
    api_exec(db, "PRAGMA encoding = '%s'", encoding);
    api_exec(db, "CREATE TABLE t(agent TEXT, customer, sender TEXT, sent_at TEXT, amount TEXT);"
                 "INSERT INTO t VALUES"
                 " ('小王', '顾客', 'customer', '2026-11-01 10:00:00', '1.50'),"
                 " ('小王', '顾客', 'agent', '2026-11-01 10:00:30', '2.25'),"
                 " ('Zoë 😀', '😀', '0', '2026-11-01T10:00:00+08:00', '0.000001'),"
                 " ('Zoë 😀', '😀', '1', '1793500000', '-7'),"
                 " ('', 'a' || char(0) || 'b', 'customer', '1793500000.5', '3'),"
                 " ('', 'a' || char(0) || 'c', 'customer', '1793500001', ' 4 '),"
                 " (NULL, 17, '2', '2026/11/01 9:00', NULL)");
    expect_text(db, "PRAGMA encoding", encoding);
    return db;
}

/* Stats are the same bytes whatever the encoding that their rows were stored in. */
Test(encodings, of_the_database) {
    static const char *const queries[] = {
        "SELECT hex(chat_stats(customer, sender, sent_at)) FROM t",
        "SELECT hex(chat_stats_by(agent, customer, sender, sent_at, 'taobao')) FROM t",
        "SELECT hex(deal_stats_by(agent, customer, sent_at, sent_at, sent_at, amount)) FROM t",
        "SELECT hex(journeys(customer, sent_at, 'order', agent, customer, amount)) FROM t",
        "SELECT group_concat(length(key) || key) FROM kefu_groups((SELECT chat_stats_by(agent, "
        "customer, "
        "sender, sent_at) FROM t))",
        "SELECT group_concat(length(order_id) || replace(customer, char(0), 0) || amount) FROM "
        "kefu_credits((SELECT "
        "journeys(customer, sent_at, 'order', agent, customer, amount) FROM t))",
        "SELECT group_concat(hex(w)) FROM (SELECT chat_stats(customer, sender, sent_at) OVER "
        "(ORDER "
        "BY rowid ROWS 2 PRECEDING) AS w FROM t)",
        "SELECT kefu_info(chat_stats(customer, sender, sent_at, '{\"calendar\":{\"hours\":{\"sun\":"
        "[\"09:00-18:00\"]}}}')) FROM t",
        "SELECT group_concat(kpi_period(sent_at, 'week')) FROM t",
        "SELECT group_concat(name || zh || meaning) FROM kefu_kpis, kefu_rules USING (name)",
        "SELECT group_concat(step || ifnull(detail, '')) FROM commission_explain(100, "
        "'{\"base\":3000}')",
        "SELECT chat_stats(customer, '顾客', sent_at) FROM t",
        "SELECT chat_stats(customer, sender, sent_at, '顾客') FROM t",
    };
    const char *answers[sizeof queries / sizeof *queries];
    static const char *const encodings[] = {"UTF-8", "UTF-16le", "UTF-16be"};
    sqlite3 *dbs[3];
    for (int i = 0; i < 3; i++)
        dbs[i] = encodings_open(encodings[i]);
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        answers[i] = api_rows(dbs[0], queries[i]);
        cr_expect(strlen(answers[i]) > 10, "%s: %s", queries[i], answers[i]);
        expect_rows(dbs[1], queries[i], answers[i]);
        expect_rows(dbs[2], queries[i], answers[i]);
    }
    for (int i = 0; i < 3; i++)
        api_close(dbs[i]);
}

/* Bytes that are no UTF-8 are customers and keys like others, and come back as they were. */
Test(encodings, of_nothing) {
    sqlite3 *db = api_open();
    expect_int(db,
               "SELECT distinct_customers(CAST(column1 AS TEXT), 0, 1) FROM (VALUES (x'FF'), "
               "(x'FFFE'), (x'C080'), (x'00'), (x'0000'), (x'EDA080'), (x'F5808080'), (x'80'), "
               "(x'C3'), (x'E282'))",
               10);
    expect_rows(
        db,
        "SELECT hex(key) FROM kefu_groups((SELECT chat_stats_by(CAST(column1 AS TEXT), 1, 0, "
        "1) FROM (VALUES (x'FF'), (x'C080'), (x'6100'), (x'EDA080'), (x'80'))))",
        "6100\n80\nC080\nEDA080\nFF");
    expect_error_has(db, "SELECT chat_stats(1, CAST(x'FF' AS TEXT), 1)", "argument 2 (sender)");
    expect_error_has(db, "SELECT chat_stats(1, 0, CAST(x'323032362D31312D303100' AS TEXT))",
                     "argument 3 (sent_at)");
    expect_error_has(db, "SELECT chat_stats(1, 0, 1, CAST(x'7B22FF223A317D' AS TEXT))",
                     "argument 4 (rules)");
    expect_error_has(db, "SELECT chat_stats(1, 0, 1, CAST(x'7B7D00' AS TEXT))",
                     "argument 4 (rules)");
    expect_error_has(db, "SELECT commission_calc(1, CAST(x'30007831' AS TEXT))",
                     "commission_calc()");
    api_close(db);
}

/* A lone surrogate, which UTF-16 can hold and UTF-8 cannot. */
Test(encodings, of_half_a_character) {
    static const unsigned short lone[] = {'a', 0xD83D, 'b'};
    sqlite3 *db = encodings_open("UTF-16le");
    sqlite3_stmt *insert = NULL;
    sqlite3_prepare_v2(db, "INSERT INTO t VALUES (?1, ?1, 0, 1, 1)", -1, &insert, NULL);
    sqlite3_bind_text16(insert, 1, lone, sizeof lone, SQLITE_STATIC);
    cr_expect_eq(sqlite3_step(insert), SQLITE_DONE);
    sqlite3_finalize(insert);
    expect_int(db,
               "SELECT count(*) FROM kefu_groups((SELECT chat_stats_by(agent, customer, 0, 1) "
               "FROM t))",
               5);
    api_close(db);
}
