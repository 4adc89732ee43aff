/* chat_line.c: see chat_line.h. */
#include "core/chat/chat_line.h"

#include <string.h>

/* functions.md 2, sender: the codes and the words. */
static const struct SenderName {
    const char *word;
    char digit;
    Sender sender;
} CHAT_SENDERS[] = {
    {"customer", '0', SENDER_CUSTOMER}, {"agent", '1', SENDER_AGENT},    {"bot", '2', SENDER_BOT},
    {"assist", '3', SENDER_ASSIST},     {"system", '\0', SENDER_SYSTEM},
};
#define CHAT_SENDER_COUNT (sizeof CHAT_SENDERS / sizeof CHAT_SENDERS[0])

static bool chat_sender_is(const Value *value, const struct SenderName *name) {
    if (value->type == VALUE_INTEGER) {
        return name->digit != '\0' && value->as.integer == name->digit - '0';
    }
    if (value->type == VALUE_REAL) {
        return name->digit != '\0' && value->as.real == (double)(name->digit - '0');
    }
    if (value->type != VALUE_TEXT) {
        return false;
    }
    if (value->length == 1) {
        return name->digit != '\0' && value->as.bytes[0] == name->digit;
    }
    return value->length == strlen(name->word) &&
           memcmp(value->as.bytes, name->word, value->length) == 0;
}

Status chat_sender_read(const Value *value, Sender *sender, Message *why) {
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
