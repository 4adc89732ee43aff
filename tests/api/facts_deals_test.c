/* facts_deals_test.c: what the KPIs of deals and ratings mean, one fact a line (kpis.md 2, 3). */
#include "api.h"

static sqlite3 *db;

static void facts_open(void) { db = api_open(); }
static void facts_close(void) { api_close(db); }

TestSuite(deals, .init = facts_open, .fini = facts_close);

/* ---- deals ---- */

#define DEALS(kpi, rules, rows)                                                                    \
    "WITH d(c, a, o, p, m, q) AS (VALUES " rows ") SELECT " kpi                                    \
    "(deal_stats(c, a, o, p, m, q, '" rules "')) FROM d"

Test(deals, inquiries_and_after_sales) {
#define TWO                                                                                        \
    "('a',10,NULL,NULL,NULL,NULL),('b',10,9,NULL,NULL,NULL),('b',20,20,NULL,NULL,NULL),('c',10,5," \
    "6,7,1)"
    expect_int(db, DEALS("inquirers", "{}", TWO), 2);
    expect_int(db, DEALS("after_sales", "{}", TWO), 1);
    expect_int(db, DEALS("orderers", "{}", TWO), 1);
    expect_int(db, DEALS("payers", "{}", TWO), 0);
    expect_real(db, DEALS("sales_amount", "{}", TWO), 0.0);
    expect_int(db, DEALS("lost_inquiries", "{}", TWO), 1);
    expect_int(db, DEALS("lost_orders", "{}", TWO), 1);
    expect_int(db, DEALS("inquirers", "{}", "('a',10,12,9,NULL,NULL)"), 0); /* paid before asking */
    expect_int(db, DEALS("orderers", "{}", "('a',10,NULL,12,NULL,NULL)"),
               1); /* paid: ordered too */
    expect_real(db, DEALS("payment_rate", "{}", "('a',10,NULL,12,NULL,NULL)"), 1.0);
    expect_real(db, DEALS("inquiry_paid_rate", "{}", TWO ",('a',1,1,1,1,1)"), 0.5);
}

Test(deals, several_rows_of_one_customer) {
#define BUYER                                                                                      \
    "('a',10,11,12,100,1),('a',20,21,22,'50.5',3),('b',10,11,12,NULL,NULL),('c',10,11,NULL,9,9)"
    expect_int(db, DEALS("payers", "{}", BUYER), 2);
    expect_int(db, DEALS("paid_deals", "{}", BUYER), 2);
    expect_real(db, DEALS("sales_amount", "{}", BUYER), 150.5);
    expect_int(db, DEALS("sales_units", "{}", BUYER), 4);
    expect_real(db, DEALS("sales_per_buyer", "{}", BUYER), 75.25);
    expect_real(db, DEALS("units_per_buyer", "{}", BUYER), 2.0);
    expect_real(db, DEALS("order_value", "{}", BUYER), 75.25);
    expect_real(db, DEALS("item_price", "{}", BUYER), 37.625);
    expect_real(db, DEALS("cross_sell_rate", "{}", BUYER), 0.5);
    expect_real(db, DEALS("repeat_rate", "{}", BUYER), 0.5);
    /* two payments, one of them without an amount: one paid deal */
    expect_real(db, DEALS("repeat_rate", "{}", "('a',10,11,12,100,1),('a',20,21,22,NULL,3)"), 0.0);
}

Test(deals, without_amounts) {
    expect_null(db, "SELECT sales_amount(deal_stats('a', 1, 2, 3))");
    expect_null(db, "SELECT sales_units(deal_stats('a', 1, 2, 3))");
    expect_null(db, "SELECT sales_units(deal_stats('a', 1, 2, 3, 4))");
    expect_real(db, "SELECT sales_amount(deal_stats('a', 1, 2, 3, 4))", 4.0);
    expect_int(db, "SELECT paid_deals(deal_stats('a', 1, 2, 3))", 1);
    expect_int(db, "SELECT paid_deals(deal_stats('a', 1, 2, 3, NULL))", 0);
    expect_real(db, "SELECT repeat_rate(deal_stats('a', 1, 2, column1)) FROM (VALUES (3), (4))",
                1.0);
    expect_null(db, "SELECT sales_per_buyer(deal_stats('a', 1, 2, 3))");
    expect_null(db, "SELECT units_per_buyer(deal_stats('a', 1, 2, 3, 4))");
    expect_null(db, "SELECT order_value(deal_stats('a', 1, 2, 3))");
    expect_null(db, "SELECT item_price(deal_stats('a', 1, 2, 3, 4))");
    expect_null(db, "SELECT cross_sell_rate(deal_stats('a', 1, 2, 3, 4))");
}

/* Local days from 2026-11-01; a row's money plays no part. */
#define SUCCESS(kpi, rules, rows)                                                                  \
    "WITH d(c, a, p) AS (VALUES " rows ") SELECT payment_success_" kpi "(c, a, p, '" rules         \
    "') FROM d"

Test(deals, payment_within_days) {
#define PAID(at) "('a','2026-11-01 23:59:59'," at ")"
    expect_real(db, SUCCESS("day1", "{}", PAID("'2026-11-01 23:59:59'")), 1.0);
    expect_real(db, SUCCESS("day1", "{}", PAID("'2026-11-02 23:59:59.999'")), 1.0);
    expect_real(db, SUCCESS("day1", "{}", PAID("'2026-11-03'")), 0.0);
    expect_real(db, SUCCESS("final", "{}", PAID("'2026-11-05 23:59:59.999'")), 1.0);
    expect_real(db, SUCCESS("final", "{}", PAID("'2026-11-06'")), 0.0);
    expect_real(db, SUCCESS("final", "{\"final_days\":5}", PAID("'2026-11-06'")), 1.0);
    expect_real(db, SUCCESS("final", "{\"final_days\":1}", PAID("'2026-11-03'")), 0.0);
    /* each row is judged by itself */
    expect_real(
        db, SUCCESS("day1", "{}", "('a','2026-11-01',NULL),('a','2026-10-01','2026-11-01')"), 0.0);
    expect_real(
        db, SUCCESS("day1", "{}", "('a','2026-11-01',NULL),('a','2026-11-01','2026-11-01')"), 1.0);
    /* paid before: no inquiry */
    expect_null(db, SUCCESS("day1", "{}", "('a','2026-11-02','2026-11-01')"));
}

Test(deals, maturity) {
#define ASKED "('a','2026-11-01 10:00','2026-11-01 11:00'),('b','2026-11-02 10:00',NULL)"
#define AS_OF(t) "{\"as_of\":\"" t "\"}"
    expect_real(db, SUCCESS("day1", "{}", ASKED), 0.5);
    expect_null(db, SUCCESS("day1", AS_OF("2026-11-02 23:59:59.999"), ASKED));
    expect_real(db, SUCCESS("day1", AS_OF("2026-11-03"), ASKED), 1.0);
    expect_real(db, SUCCESS("day1", AS_OF("2026-11-04"), ASKED), 0.5);
    expect_real(db, SUCCESS("day1", AS_OF("2026-11-03 23:59:59"), ASKED), 1.0);
    expect_null(db, SUCCESS("final", AS_OF("2026-11-05 23:59:59"), ASKED));
    expect_real(db, SUCCESS("final", AS_OF("2026-11-06"), ASKED), 1.0);
    expect_real(db, SUCCESS("final", AS_OF("2026-11-07"), ASKED), 0.5);
    expect_real(db, SUCCESS("day1", "{\"as_of\":1793635200}", ASKED),
                1.0); /* 2026-11-03 00:00 +08:00 */
    expect_null(db, SUCCESS("day1", "{\"as_of\":1793635199.999}", ASKED));
    expect_int(db,
               "SELECT inquirers(deal_stats('a', '2026-11-01', NULL, NULL, NULL, NULL, '" AS_OF(
                   "2026-11-01") "'))",
               1);
}

/* ---- one-step forms of deals ---- */

Test(deals, conversion_and_payment) {
    expect_real(db,
                "SELECT conversion_rate(column1, column2) FROM (VALUES ('a', 1), ('a', 0), ('b', "
                "0), (NULL, 1), ('c', NULL))",
                0.3333333333333333);
    expect_real(db,
                "SELECT payment_rate(column1, column2, column3) FROM (VALUES "
                "('a',1,0),('a',0,1),('b',1,0),('c',0,0))",
                0.5);
    expect_real(db, "SELECT conversion_rate('a', '2026-11-01')", 1.0);
    expect_null(db, "SELECT payment_rate('a', 0, 0)");
}

/* ---- ratings ---- */

Test(deals, ratings) {
#define RATED(kpi, rules)                                                                          \
    "SELECT " kpi "(rating_stats(column1, 1, column2, column3, '" rules                            \
    "')) FROM (VALUES ('a',1,5),('a',1,NULL),"                                                     \
    "('b',0,4),('c',1,'1.5'),(NULL,1,5),('d',NULL,3))"
    expect_int(db, RATED("contacts", "{}"), 5);
    expect_real(db, RATED("invite_rate", "{}"), 0.6);
    expect_real(db, RATED("rating_rate", "{}"), 0.6666666666666666);
    expect_real(db, RATED("satisfaction", "{}"), 0.5);
    expect_real(db, RATED("good_rate", "{}"), 0.25);
    expect_real(db, RATED("bad_rate", "{}"), 0.25);
    expect_real(db, RATED("avg_score", "{}"), 3.375);
    expect_real(db, RATED("satisfaction", "{\"satisfied_from\":3}"), 0.75);
    expect_real(db, RATED("good_rate", "{\"good_from\":4.5}"), 0.25);
    expect_real(db, RATED("bad_rate", "{\"bad_to\":3}"), 0.5);
    expect_null(db, "SELECT rating_rate(rating_stats('a', 1, 0, 5))");
}
