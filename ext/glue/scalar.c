/* scalar.c: every KPI as a scalar of stats: k(stats), and the two with a further parameter.
**
** Arguments: stats (a BLOB of the KPI's family); response_percentile: p in 0..1; within_rate: seconds
** >= 0. Result: INTEGER for counts, REAL otherwise; NULL for NULL, for a zero denominator, and for what
** the stats do not hold (amounts). Errors: stats of another kind, bytes that are no stats.
*/
#include "glue/scalar.h"

#include <string.h>

#include "core/base/number.h"
#include "glue/held_stats.h"

SQLITE_EXTENSION_INIT3

/* One registered KPI; the user data of its calls. */
typedef struct ScalarKpi {
    const Kpi *kpi;
    HeldStats *held; /* shared by all of the connection */
} ScalarKpi;

/* The KPIs that have one. */
typedef struct ScalarParameter {
    const char *kpi;
    const char *arguments;
    const char *range; /* as errors put it */
    int64_t most;      /* its range is 0 to this; 0: no end */
    /* The KPI at this value; sets the result. */
    void (*give)(sqlite3_context *, const Kpi *, const ChatStats *, const Decimal *);
} ScalarParameter;

static void scalar_percentile(sqlite3_context *context, const Kpi *kpi, const ChatStats *stats,
                              const Decimal *p) {
    int128 share = 0; /* at most 1: its range was checked */
    number_scale(p, HISTOGRAM_QUANTILE_PLACES, ROUND_HALF_EVEN, &share, NULL);
    const Measure measure = chat_response_percentile(stats, (int64_t)share);
    catalogue_result(context, kpi, &measure);
}

/* Waits are whole milliseconds: within the limit are those up to its last whole one. */
static void scalar_within(sqlite3_context *context, const Kpi *kpi, const ChatStats *stats,
                          const Decimal *limit) {
    int128 limit_ms;
    if (!number_scale(limit, 3, ROUND_DOWN, &limit_ms, NULL) || limit_ms > INT64_MAX) {
        limit_ms = INT64_MAX; /* no wait is longer */
    }
    const Measure measure = chat_within_rate(stats, (int64_t)limit_ms);
    catalogue_result(context, kpi, &measure);
}

static const ScalarParameter SCALAR_PARAMETERS[] = {
    {"response_percentile", "stats,p", "a number from 0 to 1", 1, scalar_percentile},
    {"within_rate", "stats,seconds", "seconds >= 0", 0, scalar_within},
};
#define SCALAR_PARAMETER_COUNT (sizeof SCALAR_PARAMETERS / sizeof SCALAR_PARAMETERS[0])

/* The KPI's parameter, or NULL. */
static const ScalarParameter *scalar_parameter_of(const Kpi *kpi) {
    for (size_t i = 0; i < SCALAR_PARAMETER_COUNT; i++) {
        if (strcmp(SCALAR_PARAMETERS[i].kpi, kpi->name) == 0) {
            return &SCALAR_PARAMETERS[i];
        }
    }
    return NULL;
}

static Signature scalar_signature(const Kpi *kpi) {
    const ScalarParameter *parameter = scalar_parameter_of(kpi);
    Signature signature = {kpi->name, "stats", 1};
    if (parameter != NULL) {
        signature.arguments = parameter->arguments;
        signature.count = 2;
    }
    return signature;
}

Status scalar_check(const StatsView *view, uint32_t family, Message *why) {
    const bool grouped = (view->state.flags & STATE_GROUPED) != 0;
    if (!grouped && (family & (uint32_t)view->shape.family) != 0) {
        return STATUS_OK;
    }
    message_clear(why);
    message_text(why, "these are ");
    state_describe(&view->state, why);
    message_text(why, "; want ");
    if (grouped) {
        message_text(why, "stats of one group: take them from kefu_groups()");
    } else {
        message_text(why, family == FAMILY_STATS ? "chat, deal or rating"
                                                 : state_kind_name(stats_kind((Family)family)));
        message_text(why, " stats");
    }
    return STATUS_REFUSED;
}

/* Argument 1 as stats of the KPI's family. NULL: its error is the result. */
static const Stats *scalar_stats(sqlite3_context *context, const Value *value) {
    const ScalarKpi *self = sqlite3_user_data(context);
    const StatsView *view;
    Message why;
    Status status = held_stats_view(self->held, value, &view, &why);
    if (status == STATUS_OK) {
        status = scalar_check(view, self->kpi->family, &why);
    }
    const Signature signature = scalar_signature(self->kpi);
    return args_passed(context, &signature, 0, status, &why) ? &view->stats : NULL;
}

static void scalar_kpi(sqlite3_context *context, int argc, sqlite3_value **arguments) {
    const ScalarKpi *self = sqlite3_user_data(context);
    Value value;
    if (!args_read_all(context, argc, argc, arguments, &value)) {
        return;
    }
    const Stats *stats = scalar_stats(context, &value);
    if (stats != NULL) {
        const Measure measure = catalogue_measure(self->kpi, stats);
        catalogue_result(context, self->kpi, &measure);
    }
}

/* Checks a parameter against its range. False: the error was set. */
static bool scalar_parameter(sqlite3_context *context, const Kpi *kpi,
                             const ScalarParameter *parameter, const Value *value, Decimal *out) {
    int128 ceiling; /* whole numbers compare like the parameter does */
    const char *problem = NULL;
    if (!number_of_value(value, out)) {
        problem = " is no number";
    } else if (out->negative) {
        problem = " is negative";
    } else if (parameter->most > 0 &&
               (!number_scale(out, 0, ROUND_UP, &ceiling, NULL) || ceiling > parameter->most)) {
        problem = " is too large";
    }
    if (problem != NULL) {
        const Signature signature = scalar_signature(kpi);
        Message why;
        message_refuse(&why, value, problem);
        message_text(&why, "; want ");
        message_text(&why, parameter->range);
        args_fail(context, &signature, 1, &why);
        return false;
    }
    return true;
}

static void scalar_with_parameter(sqlite3_context *context, int argc, sqlite3_value **arguments) {
    const Kpi *kpi = ((const ScalarKpi *)sqlite3_user_data(context))->kpi;
    const ScalarParameter *parameter = scalar_parameter_of(kpi);
    Decimal decimal;
    Value values[2];
    if (!args_read_all(context, argc, argc, arguments, values)) {
        return;
    }
    const Stats *stats = scalar_stats(context, &values[0]);
    if (stats != NULL && scalar_parameter(context, kpi, parameter, &values[1], &decimal)) {
        parameter->give(context, kpi, &stats->as.chat, &decimal);
    }
}

static void scalar_free(void *block) {
    ScalarKpi *self = block;
    held_stats_drop_user(self->held);
    sqlite3_free(self);
}

static int scalar_register_one(sqlite3 *database, const Kpi *kpi, HeldStats *held) {
    ScalarKpi *self = sqlite3_malloc64(sizeof *self);
    if (self == NULL) {
        return SQLITE_NOMEM;
    }
    self->kpi = kpi;
    self->held = held;
    held_stats_add_user(held);
    return sqlite3_create_function_v2(database, kpi->name, scalar_signature(kpi).count,
                                      SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, self,
                                      catalogue_has_parameter(kpi) ? scalar_with_parameter
                                                                   : scalar_kpi,
                                      NULL, NULL, scalar_free); /* even on failure */
}

int scalar_register(sqlite3 *database, const char **failed) {
    HeldStats *held = held_stats_open(database);
    *failed = CATALOGUE[0].name;
    if (held == NULL) {
        return SQLITE_NOMEM;
    }
    held_stats_add_user(held); /* this function, in case that no other comes */
    int result = SQLITE_OK;
    for (int i = 0; result == SQLITE_OK && i < CATALOGUE_COUNT; i++) {
        *failed = CATALOGUE[i].name;
        result = scalar_register_one(database, &CATALOGUE[i], held);
    }
    held_stats_drop_user(held);
    return result;
}
