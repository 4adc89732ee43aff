/* chat_facts_test.c: kpis.md 1 fact by fact, and who may be a sender (core/chat). */
#include "core/base/number.h"
#include "core/chat/chat_kpi.h"

#include "chat_model.h"
#include "trial.h"

/* Seconds after a midnight of +08:00, and who wrote: Q customer, B bot, S assist, A agent. */
typedef struct Line {
    char who;
    double at_s;
} Line;

static void tell(Chat *chat, const Line *lines) {
    static const char who[] = "QBSA";
    ModelLine told[20];
    int count = 0;
    for (; lines[count].who != '\0'; count++) {
        told[count].customer = (Identity){1, 1};
        told[count].instant_ms = 1700064000000 + (int64_t)(lines[count].at_s * 1000);
        told[count].sender = (Sender)(strchr(who, lines[count].who) - who);
    }
    cr_assert_eq(chat_take(chat, told, count), STATUS_OK);
}

static const struct {
    const char *fact;
    const char *rules;
    Line lines[10];
    double avg_s; /* avg_response; -1: NULL */
    int64_t turns;
    int64_t answered;
    int64_t received;
} FACTS[] = {
    {"Taobao's own example, from the first line",
     "",
     {{'Q', 36615}, {'Q', 36920}, {'A', 37090}},
     475,
     1,
     1,
     1},
    {"from the last line",
     "{\"burst\":\"last\"}",
     {{'Q', 36615}, {'Q', 36920}, {'A', 37090}},
     170,
     1,
     1,
     1},
    {"two turns", "", {{'Q', 36615}, {'A', 37090}, {'Q', 37110}, {'A', 37140}}, 252.5, 2, 2, 1},
    {"equal times: the customer comes first", "", {{'A', 10}, {'Q', 10}}, 0, 1, 1, 1},
    {"equal times: a bot before an agent",
     "{\"bot_clears\":true}",
     {{'A', 20}, {'B', 20}, {'Q', 10}},
     -1,
     0,
     0,
     0},
    {"a bot does not answer", "", {{'Q', 10}, {'B', 11}, {'A', 20}}, 10, 1, 1, 1},
    {"a bot answers any", "{\"stop\":\"any\"}", {{'Q', 10}, {'B', 11}, {'A', 20}}, 1, 1, 1, 1},
    {"an assistant answers",
     "{\"stop\":\"assist\"}",
     {{'Q', 10}, {'B', 11}, {'S', 15}},
     5,
     1,
     1,
     1},
    {"agent lines without a question", "", {{'A', 10}, {'A', 20}}, -1, 0, 0, 0},
    {"a bot clears what it does not answer",
     "{\"bot_clears\":true}",
     {{'Q', 10}, {'B', 11}, {'A', 20}, {'Q', 30}, {'A', 37}},
     7,
     1,
     1,
     1},
    {"unanswered, left out", "", {{'Q', 10}, {'A', 14}, {'Q', 20}}, 4, 2, 1, 1},
    {"unanswered, as the cap",
     "{\"cap\":60,\"unanswered\":\"cap\"}",
     {{'Q', 10}, {'A', 14}, {'Q', 20}},
     32,
     2,
     1,
     1},
    {"capped", "{\"cap\":60}", {{'Q', 10}, {'A', 110}}, 60, 1, 1, 1},
    {"a wait of drop_over leaves the mean",
     "{\"drop_over\":100}",
     {{'Q', 10}, {'A', 110}},
     -1,
     1,
     1,
     1},
    {"one below stays", "{\"drop_over\":100}", {{'Q', 10}, {'A', 109.999}}, 99.999, 1, 1, 1},
    {"drop_over comes before the cap",
     "{\"drop_over\":100,\"cap\":5}",
     {{'Q', 10}, {'A', 110}},
     -1,
     1,
     1,
     1},
    {"midnight cuts", "", {{'Q', 86399}, {'A', 86401}}, -1, 1, 0, 1},
    {"a silence of the gap cuts", "{\"session\":60}", {{'Q', 10}, {'A', 70}}, -1, 1, 0, 1},
    {"a shorter one does not", "{\"session\":60}", {{'Q', 10}, {'A', 69.999}}, 59.999, 1, 1, 1},
    {"the window's end is exclusive",
     "{\"window\":\"00:00-00:01\"}",
     {{'Q', 60}, {'A', 61}},
     -1,
     0,
     0,
     0},
    {"its start is not", "{\"window\":\"00:01-00:02\"}", {{'Q', 60}, {'A', 200}}, 140, 1, 1, 1},
    {"filtered: one line, two unhurried answers",
     "{\"filter\":\"one_line\"}",
     {{'Q', 10}, {'A', 20}, {'A', 30}},
     -1,
     0,
     0,
     0},
    {"not when one is hurried",
     "{\"filter\":\"one_line\"}",
     {{'Q', 10}, {'A', 20}, {'A', 29.999}},
     10,
     1,
     1,
     1},
};

Test(chat, facts) {
    for (size_t i = 0; i < sizeof FACTS / sizeof FACTS[0]; i++) {
        Chat chat;
        Rules rules;
        chat_rules(FACTS[i].rules, &rules);
        chat_begin(&chat, &rules, false);
        tell(&chat, FACTS[i].lines);
        Measure avg = chat_avg_response(&chat.stats);
        if (FACTS[i].avg_s < 0) {
            cr_expect(avg.denominator == 0, "%s", FACTS[i].fact);
        } else {
            cr_expect(number_quotient(avg.numerator, avg.denominator * avg.unit) == FACTS[i].avg_s,
                      "%s", FACTS[i].fact);
        }
        cr_expect(chat_turns(&chat.stats).numerator == FACTS[i].turns, "%s", FACTS[i].fact);
        cr_expect(chat_answered_turns(&chat.stats).numerator == FACTS[i].answered, "%s",
                  FACTS[i].fact);
        cr_expect(chat_received(&chat.stats).numerator == FACTS[i].received, "%s", FACTS[i].fact);
        chat_end(&chat);
        rules_close(&rules);
    }
}

Test(chat, senders) {
    static const struct {
        Value value;
        int sender; /* -1: refused */
    } cases[] = {
        {{VALUE_INTEGER, 0, {.integer = 0}}, SENDER_CUSTOMER},
        {{VALUE_INTEGER, 0, {.integer = 1}}, SENDER_AGENT},
        {{VALUE_INTEGER, 0, {.integer = 2}}, SENDER_BOT},
        {{VALUE_INTEGER, 0, {.integer = 3}}, SENDER_ASSIST},
        {{VALUE_INTEGER, 0, {.integer = 4}}, -1},
        {{VALUE_INTEGER, 0, {.integer = -1}}, -1},
        {{VALUE_INTEGER, 0, {.integer = INT64_MIN}}, -1},
        {{VALUE_REAL, 0, {.real = 1.0}}, SENDER_AGENT},
        {{VALUE_REAL, 0, {.real = 1.5}}, -1},
        {{VALUE_REAL, 0, {.real = -48.0}}, -1},
        {{VALUE_TEXT, 1, {.bytes = "0"}}, SENDER_CUSTOMER},
        {{VALUE_TEXT, 1, {.bytes = "3"}}, SENDER_ASSIST},
        {{VALUE_TEXT, 1, {.bytes = "4"}}, -1},
        {{VALUE_TEXT, 1, {.bytes = ""}}, -1}, /* one NUL byte */
        {{VALUE_TEXT, 8, {.bytes = "customer"}}, SENDER_CUSTOMER},
        {{VALUE_TEXT, 5, {.bytes = "agent"}}, SENDER_AGENT},
        {{VALUE_TEXT, 3, {.bytes = "bot"}}, SENDER_BOT},
        {{VALUE_TEXT, 6, {.bytes = "assist"}}, SENDER_ASSIST},
        {{VALUE_TEXT, 6, {.bytes = "system"}}, SENDER_SYSTEM},
        {{VALUE_TEXT, 5, {.bytes = "Agent"}}, -1},
        {{VALUE_TEXT, 6, {.bytes = "agents"}}, -1},
        {{VALUE_TEXT, 4, {.bytes = "agen"}}, -1},
        {{VALUE_BLOB, 5, {.bytes = "agent"}}, -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Sender sender;
        Message why;
        Status status = chat_sender_read(&cases[i].value, &sender, &why);
        if (cases[i].sender < 0) {
            cr_expect_eq(status, STATUS_REFUSED, "case %zu", i);
            cr_expect_not_null(
                strstr(why.text, " is no sender; want 0 or 'customer', 1 or 'agent'"));
        } else {
            cr_expect_eq(status, STATUS_OK, "case %zu", i);
            cr_expect_eq((int)sender, cases[i].sender, "case %zu", i);
        }
    }
}
