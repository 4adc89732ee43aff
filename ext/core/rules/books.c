/* books.c: the rule books (rules.md, Books). A book is a list of options; nothing else in kefu knows
** one book from another. See options.h. */
#include "core/rules/options.h"

// clang-format off
const char *const book_names[BOOK_COUNT] = {
    "chitu", "taobao", "jd", "pdd", "kuaishou", "douyin", "zendesk", "chatwoot", "simla"};

const Book book_table[BOOK_COUNT] = {
    {"{}",
     "赤兔 family of shop tools: a customer's day is a conversation (text of 2016)"},
    {"{\"stop\":\"assist\",\"cap\":600,\"unanswered\":\"cap\",\"window\":\"08:00-23:00\",\"within_unit\":\"turn\"}",
     "旺旺 official response time and 3-minute rate (text of 2022)"},
    {"{\"session\":600,\"window\":\"09:00-23:00\",\"within_unit\":\"first\"}",
     "咚咚 first 30 s answer rate (as of 2026)"},
    {"{\"window\":\"08:00-23:00\"}",
     "拼多多 3-minute manual reply rate (as of 2026)"},
    {"{\"window\":\"08:00-23:00\"}",
     "快手 3-minute manual reply rate (as of 2026)"},
    {"{\"session\":600,\"window\":\"08:00-23:00\"}",
     "抖音 3-minute reply rate by session (as of 2026)"},
    {"{\"tz\":\"UTC\",\"session\":\"all\",\"within_unit\":\"first\"}",
     "Zendesk first reply time and requester's wait (as of 2026)"},
    {"{\"tz\":\"UTC\",\"session\":\"all\",\"bot_clears\":true,\"within_unit\":\"turn\"}",
     "Chatwoot reply time from waiting_since (as of 2026)"},
    {"{\"session\":\"all\",\"burst\":\"last\",\"within_unit\":\"turn\"}",
     "Simla: the clock runs from the last customer line (as of 2026)"},
};
// clang-format on
