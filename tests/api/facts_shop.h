/* facts_shop.h: a tiny shop for the tests of stats: messages m, deals d, ratings r. */
#ifndef KEFU_TESTS_FACTS_SHOP_H
#define KEFU_TESTS_FACTS_SHOP_H

#include "api.h"

#define CHAT "chat_stats(customer, sender, sent_at)"
#define CHAT_BY "chat_stats_by(agent, customer, sender, sent_at)"
#define DEAL "deal_stats(customer, asked_at, ordered_at, paid_at, amount, quantity)"
#define RATING "rating_stats(customer, at, invited, score)"

/* A database with the extension and those tables. */
sqlite3 *facts_shop(void);

#endif
