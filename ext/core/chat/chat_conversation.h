/* chat_conversation.h: what chat_lines.c asks of chat_conversation.c. */
#ifndef KEFU_CORE_CHAT_CONVERSATION_H
#define KEFU_CORE_CHAT_CONVERSATION_H

#include "core/chat/chat_lines.h"

/* Cuts the sorted lines of one customer into conversations and adds each to its stats (sign +1) or
** takes it back (-1). */
Status chat_evaluate(ChatLines *lines, Identity customer, const uint64_t *sorted, uint64_t count,
                     int sign, const ChatTarget *target, Message *why);

#endif
