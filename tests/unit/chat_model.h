/* chat_model.h: the chat KPIs a second time, by the letter of kpis.md 1 and with loops for clarity, for
** comparison with core/chat. Zones with changes of clocks are left to other tests. */
#ifndef KEFU_TESTS_UNIT_CHAT_MODEL_H
#define KEFU_TESTS_UNIT_CHAT_MODEL_H

#include "core/chat/chat_line.h"
#include "core/chat/chat_lines.h"

#define MODEL_MOST_LINES 600

typedef struct ModelLine {
    Identity customer;
    int64_t instant_ms;
    Sender sender;
} ModelLine;

/* Waits in rising order. */
typedef struct ModelWaits {
    int count;
    int64_t wait_ms[MODEL_MOST_LINES];
} ModelWaits;

typedef struct ChatModel {
    int64_t counts[CHAT_COUNTS];
    int64_t first_wait_ms; /* sums */
    int64_t handling_ms;
    ModelWaits waits;
    ModelWaits dropped;
    ModelWaits within; /* as Histogram within in chat_stats.h */
    int64_t first_ms;
    int64_t last_ms;
    int64_t customers; /* distinct, of received conversations */
    int64_t conversations;
} ChatModel;

/* At most MODEL_MOST_LINES lines in any order; they are sorted. */
void chat_model(ModelLine *lines, int count, const Rules *rules, ChatModel *out);

/* A line of a small world where much meets: few customers and days, clusters, ties. */
ModelLine chat_model_line(uint64_t *seed);

/* ---- lines and the stats of their conversations ---- */

typedef struct Chat {
    ChatLines lines;
    ChatStats stats;
    ChatTarget target;
} Chat;

/* Parses rules that must be right. */
void chat_rules(const char *text, Rules *rules);
void chat_begin(Chat *chat, const Rules *rules, bool sliding);
void chat_end(Chat *chat);
/* Evaluates lines, all at once. */
Status chat_take(Chat *chat, const ModelLine *lines, int count);
/* Sliding: one line comes (sign +1) or goes (-1). */
Status chat_change(Chat *chat, const ModelLine *line, int sign);
/* The payload; the caller closes it. */
Buffer chat_bytes(const ChatStats *stats);

#endif
