/* shop.c: see shop.h. */
#include "shop.h"

#include <string.h>

#define SHOP_START_S 1767196800 /* 2026-01-01 00:00 at UTC+8 */
#define SHOP_ZONE_S 28800
#define SHOP_DAY_S 86400

/* splitmix64: the whole of the randomness (Requirement 5). */
static uint64_t shop_random(uint64_t *state) {
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* 0 .. below - 1 */
static uint32_t shop_below(uint64_t *state, uint32_t below) {
    return (uint32_t)(((shop_random(state) >> 32) * below) >> 32);
}

/* The n-th customer's number: a walk through all of 36^5, so that numbers neither rise nor repeat. */
#define SHOP_NAMES 60466176u
static uint32_t shop_customer(uint32_t n) { return (uint32_t)((uint64_t)n * 48271u % SHOP_NAMES); }

/* --- Chats ---------------------------------------------------------------------------------------- */

static int shop_earlier(const ShopConversation *a, const ShopConversation *b) {
    return a->next_at_s != b->next_at_s ? a->next_at_s < b->next_at_s : a->number < b->number;
}

static void shop_swap(ShopConversation *a, ShopConversation *b) {
    ShopConversation c = *a;
    *a = *b;
    *b = c;
}

static void shop_sink(ShopChats *chats) {
    uint32_t at = 0;
    for (;;) {
        uint32_t least = 2 * at + 1;
        if (least >= chats->open_count) {
            return;
        }
        if (least + 1 < chats->open_count &&
            shop_earlier(&chats->open[least + 1], &chats->open[least])) {
            least++;
        }
        if (!shop_earlier(&chats->open[least], &chats->open[at])) {
            return;
        }
        shop_swap(&chats->open[at], &chats->open[least]);
        at = least;
    }
}

static void shop_rise(ShopChats *chats) {
    uint32_t at = chats->open_count - 1;
    while (at > 0 && shop_earlier(&chats->open[at], &chats->open[(at - 1) / 2])) {
        shop_swap(&chats->open[at], &chats->open[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
}

/* Seconds between two conversations on average at this time of day: quiet nights, busy evenings; by
** and large 8,000 a day. */
static uint32_t shop_pause_s(int64_t unix_s) {
    const int64_t hour = (unix_s + SHOP_ZONE_S) % SHOP_DAY_S / 3600;
    return hour < 8 ? 40 : hour < 18 ? 9 : 7;
}

/* Requirement 3. Those who come back were last there 600 conversations ago or more, which takes longer
** than the longest conversation. */
static void shop_start(ShopChats *chats) {
    const uint32_t number = chats->conversations++;
    ShopConversation *it = &chats->open[chats->open_count++];
    it->random = number;
    it->next_at_s = chats->starts_at_s;
    it->number = number;
    it->agent = (uint8_t)shop_below(&it->random, SHOP_AGENTS);
    if (number > SHOP_RECENT && shop_below(&it->random, 10) < 3) {
        const uint32_t back =
            (number - 600 - shop_below(&it->random, SHOP_RECENT - 600)) % SHOP_RECENT;
        it->customer = chats->recent_customer[back];
        if (shop_below(&it->random, 2) == 0) {
            it->agent = chats->recent_agent[back];
        }
    } else {
        it->customer = shop_customer(++chats->customers);
    }
    chats->recent_customer[number % SHOP_RECENT] = it->customer;
    chats->recent_agent[number % SHOP_RECENT] = it->agent;
    it->sender = SHOP_CUSTOMER;
    it->turns_left = (uint8_t)shop_below(&it->random, 4);
    it->lines_left = (uint8_t)(shop_below(&it->random, 5) / 2);
    it->greeted = shop_below(&it->random, 10) < 4;
    chats->starts_at_s += shop_below(&it->random, 2 * shop_pause_s(chats->starts_at_s) + 1);
    shop_rise(chats);
}

/* Requirement 2: what comes after the line that was just said; 0: nothing, it is over. */
static int shop_go_on(ShopConversation *it) {
    uint64_t *random = &it->random;
    if (it->sender == SHOP_CUSTOMER && !it->greeted) {
        it->greeted = 1;
        it->sender = SHOP_BOT;
        it->next_at_s += 1;
        return 1;
    }
    if (it->sender == SHOP_BOT) {
        it->sender = SHOP_CUSTOMER;
    }
    if (it->lines_left > 0) {
        it->lines_left--;
        it->next_at_s += 2 + shop_below(random, 20);
        return 1;
    }
    if (it->sender == SHOP_CUSTOMER && shop_below(random, 25) > 0) {
        const uint32_t long_wait = shop_below(random, 8) == 0;
        it->sender = SHOP_AGENT;
        it->lines_left = (uint8_t)(shop_below(random, 3) / 2);
        it->next_at_s += 3 + shop_below(random, 50) * (long_wait ? 6 : 1);
        return 1;
    }
    if (it->turns_left == 0) {
        return 0;
    }
    it->turns_left--;
    it->sender = SHOP_CUSTOMER;
    it->lines_left = (uint8_t)(shop_below(random, 5) / 2);
    it->next_at_s += 8 + shop_below(random, 90);
    return 1;
}

void shop_chats_open(ShopChats *chats) {
    memset(chats, 0, sizeof *chats);
    chats->starts_at_s = SHOP_START_S;
}

void shop_chats_next(ShopChats *chats, ShopLine *line) {
    while (chats->open_count == 0 ||
           (chats->open_count < SHOP_OPEN_MOST && chats->starts_at_s <= chats->open[0].next_at_s)) {
        shop_start(chats);
    }
    ShopConversation *top = &chats->open[0];
    line->sent_at_s = top->next_at_s;
    line->customer = top->customer;
    line->agent = top->agent;
    line->sender = top->sender;
    if (!shop_go_on(top)) {
        *top = chats->open[--chats->open_count];
    }
    shop_sink(chats);
}

/* --- Inquiries ------------------------------------------------------------------------------------ */

void shop_inquiries_open(ShopInquiries *inquiries) { memset(inquiries, 0, sizeof *inquiries); }

/* Requirement 4. */
void shop_inquiries_next(ShopInquiries *inquiries, ShopInquiry *inquiry) {
    const uint32_t row = inquiries->rows++;
    uint64_t random = row + (UINT64_C(1) << 40);
    uint32_t n = inquiries->customers + 1;
    if (row > 0 && shop_below(&random, 3) == 0) {
        n = 1 + shop_below(&random, inquiries->customers);
    } else {
        inquiries->customers = n;
    }
    uint64_t usual = n;
    inquiry->customer = shop_customer(n);
    inquiry->agent =
        (uint8_t)shop_below(shop_below(&random, 10) < 7 ? &usual : &random, SHOP_AGENTS);
    inquiry->asked_at_s = SHOP_START_S + (int64_t)row * 27 / 20;
    inquiry->ordered_at_s = 0;
    inquiry->paid_at_s = 0;
    inquiry->amount_cents = 0;
    if (shop_below(&random, 10) < 6) {
        const uint32_t slow_order = shop_below(&random, 5) == 0;
        inquiry->ordered_at_s =
            inquiry->asked_at_s + 30 + shop_below(&random, slow_order ? 3 * SHOP_DAY_S : 3600);
        inquiry->amount_cents = 2000 + shop_below(&random, 48000);
        if (shop_below(&random, 100) < 92) {
            const uint32_t slow_pay = shop_below(&random, 7) == 0;
            inquiry->paid_at_s =
                inquiry->ordered_at_s + 5 + shop_below(&random, slow_pay ? 2 * SHOP_DAY_S : 600);
        }
    }
}

/* --- As text -------------------------------------------------------------------------------------- */

static char *shop_digits(char *text, int64_t number, int count) {
    for (int i = count - 1; i >= 0; i--) {
        text[i] = (char)('0' + number % 10);
        number /= 10;
    }
    return text + count;
}

void shop_agent_name(uint8_t agent, char text[SHOP_TEXT_SIZE]) {
    *text++ = 'A';
    *shop_digits(text, agent + 1, 2) = 0;
}

void shop_customer_name(uint32_t customer, char text[SHOP_TEXT_SIZE]) {
    memcpy(text, "tb_", 3);
    for (int i = 7; i >= 3; i--) {
        text[i] = "0123456789abcdefghijklmnopqrstuvwxyz"[customer % 36];
        customer /= 36;
    }
    text[8] = 0;
}

void shop_time_name(int64_t unix_s, char text[SHOP_TEXT_SIZE]) {
    const int64_t local_s = unix_s + SHOP_ZONE_S;
    const int64_t second = local_s % SHOP_DAY_S;
    /* The civil calendar, counted in eras of 400 years from 1 March 0000. */
    const int64_t days = local_s / SHOP_DAY_S + 719468;
    const int64_t era = days / 146097;
    const int64_t of_era = days % 146097;
    const int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    const int64_t from_march = (5 * of_year + 2) / 153;
    const int64_t month = from_march < 10 ? from_march + 3 : from_march - 9;
    text = shop_digits(text, year + era * 400 + (month <= 2), 4);
    *text++ = '-';
    text = shop_digits(text, month, 2);
    *text++ = '-';
    text = shop_digits(text, of_year - (153 * from_march + 2) / 5 + 1, 2);
    *text++ = ' ';
    text = shop_digits(text, second / 3600, 2);
    *text++ = ':';
    text = shop_digits(text, second / 60 % 60, 2);
    *text++ = ':';
    *shop_digits(text, second % 60, 2) = 0;
}
