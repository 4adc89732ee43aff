/* catalogue.c: see catalogue.h. */
#include "glue/catalogue.h"

#include "core/base/number.h"

SQLITE_EXTENSION_INIT3

#define CHAT(accessor) FAMILY_CHAT, .one_step = &ROWS_CHAT, .measure.chat = accessor
#define DEAL(accessor) FAMILY_DEAL, .measure.deal = accessor
#define RATING(accessor) FAMILY_RATING, .one_step = &ROWS_RATING, .measure.rating = accessor

// clang-format off
const Kpi CATALOGUE[] = {
    {"consulting", "咨询人数", CHAT(chat_consulting), .unit = UNIT_COUNT, .better = BETTER_NEITHER,
     .formula = "conversations with a counted turn = received + filtered", .source = "S2 1.1"},
    {"filtered", "接待过滤人数", CHAT(chat_filtered), .unit = UNIT_COUNT, .better = BETTER_NEITHER,
     .formula = "consulting conversations that the filter removes", .source = "S2 1.1"},
    {"received", "接待人数", CHAT(chat_received), .unit = UNIT_COUNT, .better = BETTER_HIGHER,
     .formula = "consulting - filtered", .source = "S0, S2 1.1"},
    {"distinct_customers", "客户数", CHAT(chat_customers), .unit = UNIT_COUNT, .better = BETTER_HIGHER,
     .formula = "distinct customers of the received conversations", .source = "S2"},
    {"replied", "回复过的客户数", CHAT(chat_replied), .unit = UNIT_COUNT, .better = BETTER_NEITHER,
     .formula = "received with at least one answered turn", .source = "S2 1.5"},
    {"unreplied", "未回复人数", CHAT(chat_unreplied), .unit = UNIT_COUNT, .better = BETTER_LOWER,
     .formula = "received - replied", .source = "S2 1.5"},
    {"reply_rate", "回复率", CHAT(chat_reply_rate), .unit = UNIT_RATE, .better = BETTER_HIGHER,
     .formula = "replied / received", .source = "S2 1.5"},
    {"customer_lines", "买家消息数", CHAT(chat_customer_lines), .unit = UNIT_COUNT, .better = BETTER_NEITHER,
     .formula = "customer lines", .source = "S2 1.5"},
    {"agent_lines", "客服消息数", CHAT(chat_agent_lines), .unit = UNIT_COUNT, .better = BETTER_NEITHER,
     .formula = "lines by eligible senders", .source = "S2 1.5"},
    {"answer_ratio", "答问比", CHAT(chat_answer_ratio), .unit = UNIT_RATIO, .better = BETTER_HIGHER,
     .formula = "agent_lines / customer_lines", .source = "S2 1.5"},
    {"turns", "对话轮次", CHAT(chat_turns), .unit = UNIT_COUNT, .better = BETTER_NEITHER,
     .formula = "counted turns", .source = "platforms"},
    {"answered_turns", "已回复轮次", CHAT(chat_answered_turns), .unit = UNIT_COUNT, .better = BETTER_NEITHER,
     .formula = "counted turns that were answered", .source = "platforms"},
    {"turn_reply_rate", "轮次回复率", CHAT(chat_turn_reply_rate), .unit = UNIT_RATE, .better = BETTER_HIGHER,
     .formula = "answered_turns / turns", .source = "platforms"},
    {"first_response", "首次响应时间", CHAT(chat_first_response), .unit = UNIT_SECONDS, .better = BETTER_LOWER,
     .formula = "mean, over replied, of the wait of the first counted turn", .source = "S2 1.5, S4"},
    {"avg_response", "平均响应时间", CHAT(chat_avg_response), .unit = UNIT_SECONDS, .better = BETTER_LOWER,
     .formula = "mean of the waits of all answered turns, pooled", .source = "S0, S2 1.5, S3, S4"},
    {"max_response", "最长响应时间", CHAT(chat_max_response), .unit = UNIT_SECONDS, .better = BETTER_LOWER,
     .formula = "longest wait", .source = ""},
    {"response_percentile", "响应时间分位", FAMILY_CHAT, .unit = UNIT_SECONDS, .better = BETTER_LOWER,
     .formula = "response_percentile(stats, p): p-quantile of the waits, linear between ranks (n-1)p", .source = ""},
    {"within_rate", "t 秒响应率", FAMILY_CHAT, .unit = UNIT_RATE, .better = BETTER_HIGHER,
     .formula = "within_rate(stats, seconds): answered within so many seconds / all, by within_unit", .source = "platforms"},
    {"slow_customers", "慢响应人数", CHAT(chat_slow_customers), .unit = UNIT_COUNT, .better = BETTER_LOWER,
     .formula = "received with at least slow_times waits over slow seconds", .source = "S2 1.5"},
    {"slow_rate", "慢响应率", CHAT(chat_slow_rate), .unit = UNIT_RATE, .better = BETTER_LOWER,
     .formula = "slow_customers / received", .source = "S2"},
    {"total_handling", "总接待时长", CHAT(chat_total_handling), .unit = UNIT_SECONDS, .better = BETTER_NEITHER,
     .formula = "over replied, sum of the gaps between neighbouring lines shorter than max_wait", .source = "S2 1.5"},
    {"handling_time", "平均接待时长", CHAT(chat_handling_time), .unit = UNIT_SECONDS, .better = BETTER_LOWER,
     .formula = "total_handling / replied", .source = "S2 1.5"},

    {"inquirers", "询单人数", DEAL(deal_inquirers), .unit = UNIT_COUNT, .better = BETTER_HIGHER,
     .formula = "distinct customers with an inquiry", .source = "S2 1.1, S4"},
    {"after_sales", "售后接待人数", DEAL(deal_after_sales), .unit = UNIT_COUNT, .better = BETTER_NEITHER,
     .formula = "distinct customers with after-sales rows only", .source = "S0, S1"},
    {"orderers", "下单人数", DEAL(deal_orderers), .unit = UNIT_COUNT, .better = BETTER_HIGHER,
     .formula = "distinct inquirers who ordered", .source = "S4"},
    {"payers", "付款人数", DEAL(deal_payers), .unit = UNIT_COUNT, .better = BETTER_HIGHER,
     .formula = "distinct inquirers who paid", .source = "S2, S4"},
    {"lost_inquiries", "询单流失人数", DEAL(deal_lost_inquiries), .unit = UNIT_COUNT, .better = BETTER_LOWER,
     .formula = "inquirers - orderers", .source = "S0, S3"},
    {"lost_orders", "下单流失人数", DEAL(deal_lost_orders), .unit = UNIT_COUNT, .better = BETTER_LOWER,
     .formula = "orderers - payers", .source = "S4"},
    {"conversion_rate", "咨询转化率", DEAL(deal_conversion_rate), .unit = UNIT_RATE, .better = BETTER_HIGHER,
     .formula = "orderers / inquirers", .source = "S4 1", .one_step = &ROWS_ORDERED},
    {"payment_rate", "付款转化率", DEAL(deal_payment_rate), .unit = UNIT_RATE, .better = BETTER_HIGHER,
     .formula = "payers / orderers", .source = "S4 2", .one_step = &ROWS_PAID},
    {"inquiry_paid_rate", "询单付款转化率", DEAL(deal_inquiry_paid_rate), .unit = UNIT_RATE, .better = BETTER_HIGHER,
     .formula = "payers / inquirers = conversion_rate * payment_rate", .source = "S2, S4"},
    {"payment_success_day1", "询单→次日付款成功率", DEAL(deal_payment_success_day1), .unit = UNIT_RATE, .better = BETTER_HIGHER,
     .formula = "customers who paid on the local day of an inquiry or the next / inquirers, both over mature inquiries",
     .source = "S2 1.4(1)", .one_step = &ROWS_SUCCESS},
    {"payment_success_final", "询单→最终付款成功率", DEAL(deal_payment_success_final), .unit = UNIT_RATE, .better = BETTER_HIGHER,
     .formula = "customers who paid within final_days local days after an inquiry's / inquirers, both over mature inquiries",
     .source = "S2 1.4(2)", .one_step = &ROWS_SUCCESS},
    {"sales_amount", "销售额", DEAL(deal_sales_amount), .unit = UNIT_MONEY, .better = BETTER_HIGHER,
     .formula = "sum of the known amounts of paid inquiries", .source = "S0, S2 1.2"},
    {"sales_units", "销售量", DEAL(deal_sales_units), .unit = UNIT_COUNT, .better = BETTER_HIGHER,
     .formula = "sum of the known quantities of paid inquiries", .source = "S2 1.2"},
    {"paid_deals", "成交笔数", DEAL(deal_paid_deals), .unit = UNIT_COUNT, .better = BETTER_HIGHER,
     .formula = "paid inquiries with an amount; all paid ones in stats made without amounts", .source = ""},
    {"sales_per_buyer", "客单价", DEAL(deal_sales_per_buyer), .unit = UNIT_MONEY, .better = BETTER_HIGHER,
     .formula = "sales_amount / payers", .source = "S2 1.3, S0"},
    {"units_per_buyer", "客件数", DEAL(deal_units_per_buyer), .unit = UNIT_RATIO, .better = BETTER_HIGHER,
     .formula = "sales_units / payers", .source = "S2 1.3"},
    {"order_value", "笔单价", DEAL(deal_order_value), .unit = UNIT_MONEY, .better = BETTER_HIGHER,
     .formula = "sales_amount / paid_deals", .source = ""},
    {"item_price", "件单价", DEAL(deal_item_price), .unit = UNIT_MONEY, .better = BETTER_NEITHER,
     .formula = "sales_amount / sales_units", .source = ""},
    {"cross_sell_rate", "关联销售率", DEAL(deal_cross_sell_rate), .unit = UNIT_RATE, .better = BETTER_HIGHER,
     .formula = "paid inquiries with quantity >= 2 / those whose quantity is known", .source = "S0, S2 3.3"},
    {"repeat_rate", "复购率", DEAL(deal_repeat_rate), .unit = UNIT_RATE, .better = BETTER_HIGHER,
     .formula = "payers with >= 2 paid deals / payers", .source = "S1"},

    {"contacts", "接待次数", RATING(rating_contacts), .unit = UNIT_COUNT, .better = BETTER_NEITHER,
     .formula = "rows", .source = "S0"},
    {"invite_rate", "发送满意率 (邀评率)", RATING(rating_invite_rate), .unit = UNIT_RATE, .better = BETTER_HIGHER,
     .formula = "invited / contacts", .source = "S0"},
    {"rating_rate", "参评率", RATING(rating_rating_rate), .unit = UNIT_RATE, .better = BETTER_HIGHER,
     .formula = "invited and rated / invited", .source = ""},
    {"satisfaction", "满意度", RATING(rating_satisfaction), .unit = UNIT_RATE, .better = BETTER_HIGHER,
     .formula = "rated with score >= satisfied_from / rated", .source = "S0"},
    {"good_rate", "好评率", RATING(rating_good_rate), .unit = UNIT_RATE, .better = BETTER_HIGHER,
     .formula = "rated with score >= good_from / rated", .source = "S0"},
    {"bad_rate", "差评率", RATING(rating_bad_rate), .unit = UNIT_RATE, .better = BETTER_LOWER,
     .formula = "rated with score <= bad_to / rated", .source = ""},
    {"avg_score", "平均评分", RATING(rating_avg_score), .unit = UNIT_SCORE, .better = BETTER_HIGHER,
     .formula = "mean score", .source = "S0"},
};
// clang-format on

const int CATALOGUE_COUNT = (int)(sizeof CATALOGUE / sizeof CATALOGUE[0]);

const char *catalogue_unit_name(KpiUnit unit) {
    static const char *const names[] = {"count", "rate", "ratio", "s", "money", "score"};
    return names[unit];
}

const char *catalogue_better_name(KpiBetter better) {
    static const char *const names[] = {NULL, "higher", "lower"};
    return names[better];
}

bool catalogue_has_parameter(const Kpi *kpi) { return kpi->measure.chat == NULL; }

Measure catalogue_measure(const Kpi *kpi, const Stats *stats) {
    return kpi->family == FAMILY_CHAT   ? kpi->measure.chat(&stats->as.chat)
           : kpi->family == FAMILY_DEAL ? kpi->measure.deal(&stats->as.deal)
                                        : kpi->measure.rating(&stats->as.rating);
}

void catalogue_result(sqlite3_context *context, const Kpi *kpi, const Measure *measure) {
    if (measure->denominator == 0) { /* unanswered, or a zero denominator: NULL, never 0 */
        sqlite3_result_null(context);
    } else if (kpi->unit != UNIT_COUNT) {
        sqlite3_result_double(
            context, number_quotient(measure->numerator, measure->denominator * measure->unit));
    } else if (measure->numerator > INT64_MAX) {
        sqlite3_result_error(context, "integer overflow", -1); /* as sum() says it */
    } else {
        sqlite3_result_int64(context, (int64_t)measure->numerator);
    }
}
