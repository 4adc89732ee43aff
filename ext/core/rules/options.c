/* options.c: the table of options (rules.md). See options.h; option_kinds.c reads and writes values. */
#include "core/rules/options.h"

static const char *const option_period_choices[] = {"",        "day",  "week", "month",
                                                    "quarter", "year", NULL};
static const char *const option_burst_choices[] = {"first", "last", NULL};
static const char *const option_stop_choices[] = {"human", "assist", "any", NULL};
static const char *const option_unanswered_choices[] = {"drop", "cap", NULL};
static const char *const option_filter_choices[] = {"", "one_line", NULL};
static const char *const option_within_choices[] = {"turn", "first", "conversation", NULL};
static const char *const option_model_choices[] = {"last",     "first", "linear",
                                                   "position", "decay", NULL};
static const char *const option_anchor_choices[] = {"order", "pay", "order_first", NULL};

#define OPTION_FIELD(name) offsetof(Rules, name)
#define OPTION_POINT INT64_C(1000000)                /* one point in millionths */
#define OPTION_POINTS_MOST INT64_C(1000000000000000) /* 10^9 points */

// clang-format off
/* name, kind, families, nullable, field, default, least, most, choices, meaning */
const Option option_table[OPTION_COUNT] = {
    {"tz", OPTION_ZONE, FAMILY_ANY, false, OPTION_FIELD(zone.offset_s), INT64_C(8) * 3600, 0, 0, NULL,
     "zone of local days and of times without a suffix: ±HH:MM, UTC or an IANA name"},
    {"period", OPTION_CHOICE, FAMILY_GROUPED, true, OPTION_FIELD(period), PERIOD_NONE, 0, 0, option_period_choices,
     "the _by aggregates also group by day, week (from Monday), month, quarter or year"},
    {"session", OPTION_SESSION, FAMILY_CHAT, false, OPTION_FIELD(session), SESSION_DAY, 0, 0, NULL,
     "a conversation is a customer's local day, everything (all), or lines less than so many seconds apart"},
    {"burst", OPTION_CHOICE, FAMILY_CHAT, false, OPTION_FIELD(burst), BURST_FIRST, 0, 0, option_burst_choices,
     "a wait runs from the first or the last customer line before the reply"},
    {"stop", OPTION_CHOICE, FAMILY_CHAT, false, OPTION_FIELD(stop), STOP_HUMAN, 0, 0, option_stop_choices,
     "who can answer a turn: agents (human), also bots that help them (assist), or any bot"},
    {"bot_clears", OPTION_FLAG, FAMILY_CHAT, false, OPTION_FIELD(bot_clears), 0, 0, 0, NULL,
     "a bot's line closes an open turn, which is then dropped"},
    {"unanswered", OPTION_CHOICE, FAMILY_CHAT, false, OPTION_FIELD(unanswered), UNANSWERED_DROP, 0, 0, option_unanswered_choices,
     "an unanswered turn is left out of the waits (drop) or counts as a wait of the cap"},
    {"cap", OPTION_SECONDS, FAMILY_CHAT, true, OPTION_FIELD(cap_ms), 0, 0, 0, NULL,
     "seconds that a longer wait counts as"},
    {"drop_over", OPTION_SECONDS, FAMILY_CHAT, true, OPTION_FIELD(drop_over_ms), 0, 0, 0, NULL,
     "a wait of so many seconds or more leaves the mean, the maximum and the percentiles"},
    {"window", OPTION_WINDOW, FAMILY_CHAT, true, OPTION_FIELD(has_window), 0, 0, 0, NULL,
     "local time of day in which a turn must begin to be counted; the end is exclusive"},
    {"calendar", OPTION_CALENDAR, FAMILY_CHAT, true, OPTION_FIELD(calendar), 0, 0, 0, NULL,
     "opening hours: only open time counts in a wait"},
    {"filter", OPTION_CHOICE, FAMILY_CHAT, true, OPTION_FIELD(filter), FILTER_NONE, 0, 0, option_filter_choices,
     "one_line: conversations of one customer line and two agent lines or more are not received"},
    {"max_wait", OPTION_SECONDS, FAMILY_CHAT, false, OPTION_FIELD(max_wait_ms), 600000, 0, 0, NULL,
     "seconds: gaps between lines that are shorter count as handling time"},
    {"slow", OPTION_SECONDS, FAMILY_CHAT, false, OPTION_FIELD(slow_ms), 120000, 0, 0, NULL,
     "seconds: a longer wait is slow"},
    {"slow_times", OPTION_WHOLE, FAMILY_CHAT, false, OPTION_FIELD(slow_times), 3, 1, INT32_MAX, NULL,
     "so many slow waits make a slow customer"},
    {"within_unit", OPTION_CHOICE, FAMILY_CHAT, false, OPTION_FIELD(within_unit), WITHIN_CONVERSATION, 0, 0, option_within_choices,
     "what within_rate counts: turns, first turns, or conversations all of whose turns are within"},
    {"as_of", OPTION_INSTANT, FAMILY_DEAL, true, OPTION_FIELD(has_as_of), 0, 0, 0, NULL,
     "time of the report: inquiries whose days to pay are not over by then leave the success rates"},
    {"final_days", OPTION_WHOLE, FAMILY_DEAL | FAMILY_JOURNEY, false, OPTION_FIELD(final_days), 4, 1, 60, NULL,
     "local days after an inquiry's in which an order or a payment is still due to it"},
    {"after_sales_days", OPTION_WHOLE, FAMILY_JOURNEY, false, OPTION_FIELD(after_sales_days), 21, 0, 365, NULL,
     "local days after an order in which a question without a new order is after-sales"},
    {"model", OPTION_CHOICE, FAMILY_JOURNEY, false, OPTION_FIELD(model), MODEL_LAST, 0, 0, option_model_choices,
     "how the agents who touched an order share it"},
    {"anchor", OPTION_CHOICE, FAMILY_JOURNEY, false, OPTION_FIELD(anchor), ANCHOR_ORDER, 0, 0, option_anchor_choices,
     "touches count up to the order, up to the payment, or up to the order and else the payment"},
    {"half_life", OPTION_SECONDS, FAMILY_JOURNEY, false, OPTION_FIELD(half_life_ms), 86400000, 0, 0, NULL,
     "seconds in which a touch loses half its weight under the model decay"},
    {"credit_window", OPTION_SECONDS, FAMILY_JOURNEY, false, OPTION_FIELD(credit_window_ms), 86400000, 0, 0, NULL,
     "seconds before the anchor in which a touch counts"},
    {"satisfied_from", OPTION_POINTS, FAMILY_RATING, false, OPTION_FIELD(satisfied_from_micros), 4 * OPTION_POINT,
     -OPTION_POINTS_MOST, OPTION_POINTS_MOST, NULL, "the lowest score that is satisfied"},
    {"good_from", OPTION_POINTS, FAMILY_RATING, false, OPTION_FIELD(good_from_micros), 5 * OPTION_POINT,
     -OPTION_POINTS_MOST, OPTION_POINTS_MOST, NULL, "the lowest score that is good"},
    {"bad_to", OPTION_POINTS, FAMILY_RATING, false, OPTION_FIELD(bad_to_micros), 2 * OPTION_POINT,
     -OPTION_POINTS_MOST, OPTION_POINTS_MOST, NULL, "the highest score that is bad"},
    {"score_max", OPTION_POINTS, FAMILY_RATING, false, OPTION_FIELD(score_max_micros), 5 * OPTION_POINT,
     OPTION_POINT, OPTION_POINTS_MOST, NULL, "the highest score there is; the lowest is 1"},
};
// clang-format on
