/* chat_line.c: see chat_line.h. */
#include "core/chat/chat_line.h"

#include <string.h>

/* functions.md 2, sender: the codes and the words. */
static const struct SenderName {
    const char *word;
    uint32_t length;
    char digit;
    Sender sender;
} CHAT_SENDERS[] = {
    {"customer", 8, '0', SENDER_CUSTOMER}, {"agent", 5, '1', SENDER_AGENT},
    {"bot", 3, '2', SENDER_BOT},           {"assist", 6, '3', SENDER_ASSIST},
    {"system", 6, '\0', SENDER_SYSTEM},
};
#define CHAT_SENDER_COUNT (sizeof CHAT_SENDERS / sizeof CHAT_SENDERS[0])

static bool chat_sender_is(const Value *value, const struct SenderName *name) {
    if (value->type == VALUE_TEXT && value->length > 1) {
        return value->length == name->length &&
               memcmp(value->as.bytes, name->word, name->length) == 0;
    }
    return name->digit != '\0' &&
           ((value->type == VALUE_INTEGER && value->as.integer == name->digit - '0') ||
            (value->type == VALUE_REAL && value->as.real == (double)(name->digit - '0')) ||
            /* not covered: empty text is missing */
            (value->type == VALUE_TEXT && value->length == 1 && value->as.bytes[0] == name->digit));
}

Status chat_sender_read_any(const Value *value, Sender *sender, Message *why) {
    for (size_t i = 0; i < CHAT_SENDER_COUNT; i++) {
        if (chat_sender_is(value, &CHAT_SENDERS[i])) {
            *sender = CHAT_SENDERS[i].sender;
            return STATUS_OK;
        }
    }
    return message_refuse(why, value,
                          " is no sender; want 0 or 'customer', 1 or 'agent', 2 or 'bot', 3 or "
                          "'assist', NULL or 'system' (skipped)");
}
