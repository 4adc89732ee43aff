/* shop.h: the rows of a shop that never was, the same on every machine.
**
** 1. 50 agents; 8,000 conversations a day of about 8 lines; conversations overlap in time, and rows
**    come in the order of time, as a chat server writes them.
** 2. A conversation: one to four turns. A turn is a burst of one to three questions (after the very
**    first, often an automatic reply) and one or two lines of the agent; one turn in 25 stays
**    unanswered. Some run past midnight.
** 3. Three in ten conversations are with a customer who was there before, half of them with the same
**    agent. No customer has two conversations at once, so no two lines of one have equal times, and
**    queries that break ties differently still agree.
** 4. Inquiries: 64,000 a day; a third of them of customers who asked before, mostly the same agent;
**    six in ten order, most of these pay, some of them days later.
** 5. Nothing but the number of the row decides what is in it: whole numbers, no clock, no libc random.
*/
#ifndef BENCH_SHOP_H
#define BENCH_SHOP_H

#include <stdint.h>

#define SHOP_AGENTS 50
#define SHOP_RECENT 32768 /* conversations that a customer may come back to */
#define SHOP_OPEN_MOST 4096

typedef enum ShopSender { SHOP_CUSTOMER, SHOP_AGENT, SHOP_BOT } ShopSender;

typedef struct ShopLine {
    int64_t sent_at_s; /* Unix time */
    uint32_t customer; /* shop_customer_name() writes it as text */
    uint8_t agent;     /* 0 .. SHOP_AGENTS - 1 */
    uint8_t sender;    /* ShopSender */
} ShopLine;

typedef struct ShopInquiry {
    int64_t asked_at_s;
    int64_t ordered_at_s; /* 0: did not order */
    int64_t paid_at_s;    /* 0: did not pay */
    int64_t amount_cents;
    uint32_t customer;
    uint8_t agent;
} ShopInquiry;

/* An open conversation: who, and which line comes next, when. */
typedef struct ShopConversation {
    uint64_t random;
    int64_t next_at_s;
    uint32_t number; /* since the start; orders lines of the same second */
    uint32_t customer;
    uint8_t agent;
    uint8_t sender;     /* of the next line */
    uint8_t turns_left; /* after this one */
    uint8_t lines_left; /* of this sender, after the next line */
    uint8_t greeted;    /* the automatic reply came, or will not come */
} ShopConversation;

typedef struct ShopChats {
    ShopConversation open[SHOP_OPEN_MOST]; /* a heap, the earliest line on top */
    uint32_t open_count;
    uint32_t recent_customer[SHOP_RECENT]; /* by the number of their conversation */
    uint8_t recent_agent[SHOP_RECENT];
    uint32_t conversations;
    uint32_t customers;
    int64_t starts_at_s; /* of the conversation that opens next */
} ShopChats;

typedef struct ShopInquiries {
    uint32_t rows;
    uint32_t customers;
} ShopInquiries;

void shop_chats_open(ShopChats *chats);
void shop_chats_next(ShopChats *chats, ShopLine *line);

void shop_inquiries_open(ShopInquiries *inquiries);
void shop_inquiries_next(ShopInquiries *inquiries, ShopInquiry *inquiry);

#define SHOP_TEXT_SIZE 20
/* "A01" … "A50", 4 bytes with the NUL. */
void shop_agent_name(uint8_t agent, char text[SHOP_TEXT_SIZE]);
/* "tb_" and five of 0-9a-z. */
void shop_customer_name(uint32_t customer, char text[SHOP_TEXT_SIZE]);
/* "YYYY-MM-DD HH:MM:SS", the wall clock of UTC+8. */
void shop_time_name(int64_t unix_s, char text[SHOP_TEXT_SIZE]);

#endif
