/* facts_shop.c: see facts_shop.h. */
#include "facts_shop.h"

sqlite3 *facts_shop(void) {
    sqlite3 *db = api_open();
    /* two agents, two days; c1 talks to both agents on the first day */
    api_exec(db,
             "CREATE TABLE m(agent, customer, sender, sent_at);"
             "INSERT INTO m VALUES"
             "('ann','c1',0,'2026-11-01 10:00:00'),('ann','c1',1,'2026-11-01 10:00:10'),"
             "('ann','c2',0,'2026-11-01 11:00:00'),"
             "('bob','c1',0,'2026-11-01 12:00:00'),('bob','c1',1,'2026-11-01 12:00:30'),"
             "('ann','c1',0,'2026-11-02 10:00:00'),('ann','c1',1,'2026-11-02 10:00:20'),"
             "('bob','c3',0,'2026-11-02 10:00:00'),('bob','c3',2,'2026-11-02 10:00:01'),"
             "('bob',NULL,0,'2026-11-02 10:00:00');"
             "CREATE TABLE d(agent, customer, asked_at, ordered_at, paid_at, amount, quantity);"
             "INSERT INTO d VALUES"
             "('ann','c1','2026-11-01 10:00','2026-11-01 11:00','2026-11-01 12:00',10.5,2),"
             "('ann','c2','2026-11-01 10:00',NULL,NULL,NULL,NULL),"
             "('bob','c1','2026-11-01 12:30','2026-11-01 13:00',NULL,NULL,NULL);"
             "CREATE TABLE r(agent, customer, at, invited, score);"
             "INSERT INTO r VALUES('ann','c1','2026-11-01',1,5),('bob','c1','2026-11-01',1,NULL),"
             "('bob','c1','2026-11-02',0,2)");
    return db;
}
