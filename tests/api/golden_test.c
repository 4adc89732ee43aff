/* golden_test.c: stats of format version 1, as bytes, for ever (state.md 5).
**
** The bytes below were written by version 0.1.0. Every later version must read them and find the same
** figures; a version that still writes format 1 must write the same bytes, hash function and seed
** included. They never change: a new format gets new ones beside them.
*/
#include "api.h"

typedef struct Golden {
    const char *made_by; /* the query that makes them */
    const char *bytes;   /* in hex */
    const char *asked;   /* a query over (stats) */
    const char *rows;    /* its rows */
} Golden;

#define LINES                                                                                      \
    "(VALUES ('ann','c1',0,1793498400),('ann','c1',1,1793498410.25),('ann',2,0,1793502000),"       \
    "('bob','c1',0,1793505600),('bob','c1',2,1793505601),('bob','c1',1,1793505630),"               \
    "('bob',x'00FF',0,1793584800),(NULL,2.5,1,1793584801))"
#define DEALS                                                                                      \
    "(VALUES "                                                                                     \
    "('ann','c1',1793498400,1793498500,1793498600,'10.25',2),('ann',2,1793498400,NULL,NULL,NULL,"  \
    "NULL),"                                                                                       \
    "('bob','c1',1793498400,1793498300,NULL,7,1),('bob',x'00FF',1793498400,1793498400,1793930400," \
    "-0.5,1))"
#define RATINGS                                                                                    \
    "(VALUES "                                                                                     \
    "('ann','c1',1793498400,1,5),('ann','c1',1793584800,1,NULL),('bob',2,1793498400,0,2.5))"
#define EVENTS                                                                                     \
    "(VALUES "                                                                                     \
    "('c1',1793498400,'ask','ann',NULL,NULL,NULL),('c1',1793498410,'chat','ann',NULL,NULL,NULL),"  \
    "('c1',1793498500,'order',NULL,'o1',10,1),('c1',1793498600,'pay',NULL,'o1',10.5,1),"           \
    "('c1',1793598600,'refund',NULL,'o1',0.5,NULL),(2,1793498400,'order',NULL,7,3,NULL))"

static const Golden goldens[] = {
    {"SELECT chat_stats(column2, column3, column4) FROM " LINES,
     "6B6566750101000083000000000000000F7B22747A223A222B30383A3030227D0800030104020402008094AE"
     "CDB268E8BF992994A001F4F404028A5001A69A010101B0EA01010100000000000000000000000000000000AC"
     "C40204B275CC709FB27D6517D9D727C850335E0105CF7B3F45850DD5CB7391B1CEFC47BDCE01018A142B3A97"
     "38D2DB0000000000746E690101B1E2B9B005883DF5000000006C6165720104D6A42EF0",
     "SELECT consulting(stats), replied(stats), avg_response(stats), distinct_customers(stats), "
     "agent_lines(stats) FROM golden",
     "3|1|20.125|3|2"},
    {"SELECT chat_stats_by(column1, column2, column3, column4, "
     "'{\"book\":\"taobao\",\"period\":\"day\",\"tz\":\"Asia/Shanghai\"}') FROM " LINES,
     "6B656675010101002F010000000000007E7B22747A223A22417369612F5368616E67686169222C2270657269"
     "6F64223A22646179222C2273746F70223A22617373697374222C22756E616E737765726564223A2263617022"
     "2C22636170223A3630302C2277696E646F77223A2230383A30302D32333A3030222C2277697468696E5F756E"
     "6974223A227475726E227D0400AEC4023A010000000000000000D093E19FB368000000000100000000000000"
     "00000000006C6C756EAEC40201B1E2B9B005883DF5000000006C61657201000303616E6EACC4025603000201"
     "02010201008094AECDB26880DDDB0194A00194A001018A50010129A9088D907EF48097022458B5DE5C9AACC4"
     "0202CF7B3F45850DD5CB7391B1CEFC47BDCE01018A142B3A9738D2DB0000000000746E6901010303626F62AC"
     "C4024403000101010101010080889DD4B268B0EA01E0D403E0D40301B0EA01010180FBAA7EE01CE90F6FFAAE"
     "93FAAD7DAFACC40201CF7B3F45850DD5CB7391B1CEFC47BDCE01010303626F62AEC4023A0100010001000100"
     "008084E19FB368000000000180FBAA7EE01CE90F6FFAAE93FAAD7DAFAEC40201B275CC709FB27D6517D9D727"
     "C850335E01019F8E47A6",
     "SELECT key, period, consulting(g.stats), max_response(g.stats) FROM golden, "
     "kefu_groups(golden.stats) AS g",
     "NULL|2026-11-02|0|NULL\nann|2026-11-01|2|600.0\nbob|2026-11-01|1|30.0\nbob|2026-11-02|1|600."
     "0"},
    {"SELECT chat_stats(column2, column3, column4, "
     "'{\"session\":600,\"calendar\":{\"hours\":{\"sun\":[\"10:00-12:00\"]}}}') FROM " LINES,
     "6B656675010100009C00000000000000587B22747A223A222B30383A3030222C2273657373696F6E223A3630"
     "302C2263616C656E646172223A7B22747A223A222B30383A3030222C22686F757273223A7B2273756E223A5B"
     "2231303A30302D31323A3030225D7D7D7D0800040204020402008094AECDB268E8BF992994A001F4F4040200"
     "018A50010200018A500101000000000000000000000000000000008094AECDB26804B275CC709FB27D6517D9"
     "D727C850335E0181E0E5A40100CF7B3F45850DD5CB7391B1CEFC47BDCE02018A5081E8DD0DB0EA018A142B3A"
     "9738D2DB0000000000746E690181F4EE0600B1E2B9B005883DF5000000006C61657201A0FFE5A401001A3AD6"
     "FE",
     "SELECT consulting(stats), avg_response(stats), response_percentile(stats, 0.5), "
     "within_rate(stats, 15) FROM golden",
     "4|5.125|5.125|0.5"},
    {"SELECT deal_stats(column2, column3, column4, column5) FROM " DEALS,
     "6B6566750201000041000000000000000F7B22747A223A222B30383A3030227D040200008094AECDB2680003"
     "B275CC709FB27D6517D9D727C850335EDD02CF7B3F45850DD5CB7391B1CEFC47BDCEFF038A142B3A9738D2DB"
     "0000000000746E69512F95F1EA",
     "SELECT inquirers(stats), after_sales(stats), payers(stats), sales_amount(stats), "
     "paid_deals(stats) FROM golden",
     "3|0|2|NULL|2"},
    {"SELECT deal_stats_by(column1, column2, column3, column4, column5, column6, column7, "
     "'{\"as_of\":1794000000}') FROM " DEALS,
     "6B656675020107007400000000000000227B22747A223A222B30383A3030222C2261735F6F66223A31373934"
     "3030303030307D020303616E6E34020101018094AECDB26800A09CE3090402CF7B3F45850DD5CB7391B1CEFC"
     "47BDCEFD038A142B3A9738D2DB0000000000746E69510303626F6233020101008094AECDB26800BF843D0202"
     "B275CC709FB27D6517D9D727C850335EDD02CF7B3F45850DD5CB7391B1CEFC47BDCE02A617071D",
     "SELECT key, payment_success_day1(g.stats), sales_amount(g.stats), sales_units(g.stats) FROM "
     "golden, kefu_groups(golden.stats) AS g",
     "ann|0.5|10.25|2\nbob|0.0|-0.5|1"},
    {"SELECT rating_stats(column2, column3, column4, column5) FROM " RATINGS,
     "6B6566750301000015000000000000000F7B22747A223A222B30383A3030227D030201020101008094AECDB2"
     "6880B89929C0C393078F1B517C",
     "SELECT contacts(stats), invite_rate(stats), avg_score(stats) FROM golden",
     "3|0.6666666666666666|3.75"},
    {"SELECT rating_stats_by(column1, column2, column3, column4, column5, "
     "'{\"period\":\"week\",\"good_from\":4.5}') FROM " RATINGS,
     "6B656675030101004F000000000000002F7B22747A223A222B30383A3030222C22706572696F64223A227765"
     "656B222C22676F6F645F66726F6D223A342E357D030303616E6EA0C40212010101010101008094AECDB26800"
     "80ADE2040303616E6EAEC4020F010100000000008084E19FB36800000303626F62A0C4021201000001000000"
     "8094AECDB26800C096B102680E56C7",
     "SELECT key, period, contacts(g.stats), avg_score(g.stats) FROM golden, "
     "kefu_groups(golden.stats) AS g",
     "ann|2026-10-26|1|5.0\nann|2026-11-02|1|NULL\nbob|2026-10-26|1|2.5"},
    {"SELECT journeys(column1, column2, column3, column4, column5, column6, column7) FROM " EVENTS,
     "6B656675040100004C000000000000000F7B22747A223A222B30383A3030227D010303616E6E020302633101"
     "03026F31058094AECDB2680000904E010090BF051A0080DAC40901A08D061B00C0DE810A0180C2D72F0C00C0"
     "843D010401010E018094AECDB2680A00809BEE02816B8C2D",
     "SELECT order_id, c.customer, agent, weight, rule, amount, refunded FROM golden, "
     "kefu_credits(golden.stats) AS c ORDER BY 1",
     "7|2|NULL|1.0|silent|3.0|0.0\no1|c1|ann|1.0|last/order|10.5|0.5"},
};

Test(golden, format_1_is_read_and_written_for_ever) {
    for (size_t i = 0; i < sizeof goldens / sizeof *goldens; i++) {
        const Golden *golden = &goldens[i];
        sqlite3 *db = api_open();
        api_exec(db, "CREATE TABLE golden(stats); INSERT INTO golden VALUES(x'%s')", golden->bytes);
        expect_hex(db, golden->made_by, golden->bytes);
        expect_hex(db, "SELECT kefu_merge(stats) FROM golden", golden->bytes);
        expect_rows(db, golden->asked, golden->rows);
        api_close(db);
    }
}
