/* chat_kpi.h: the KPIs of the chat family, each as an exact measure of stats (kpis.md 1). */
#ifndef KEFU_CORE_CHAT_KPI_H
#define KEFU_CORE_CHAT_KPI_H

#include "core/base/measure.h"
#include "core/chat/chat_stats.h"

Measure chat_consulting(const ChatStats *stats);
Measure chat_filtered(const ChatStats *stats);
Measure chat_received(const ChatStats *stats);
Measure chat_customers(const ChatStats *stats);
Measure chat_replied(const ChatStats *stats);
Measure chat_unreplied(const ChatStats *stats);
Measure chat_reply_rate(const ChatStats *stats);
Measure chat_customer_lines(const ChatStats *stats);
Measure chat_agent_lines(const ChatStats *stats);
Measure chat_answer_ratio(const ChatStats *stats);
Measure chat_turns(const ChatStats *stats);
Measure chat_answered_turns(const ChatStats *stats);
Measure chat_turn_reply_rate(const ChatStats *stats);
Measure chat_first_response(const ChatStats *stats);
Measure chat_avg_response(const ChatStats *stats);
Measure chat_max_response(const ChatStats *stats);
Measure chat_slow_customers(const ChatStats *stats);
Measure chat_slow_rate(const ChatStats *stats);
Measure chat_total_handling(const ChatStats *stats);
Measure chat_handling_time(const ChatStats *stats);

/* p-quantile of the waits; p is in 1 / HISTOGRAM_QUANTILE_UNIT. */
Measure chat_response_percentile(const ChatStats *stats, int64_t p);
/* The share that was answered within a limit, by `within_unit`. */
Measure chat_within_rate(const ChatStats *stats, int64_t limit_ms);

#endif
