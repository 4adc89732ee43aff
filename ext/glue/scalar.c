/* scalar.c: every KPI as a scalar of stats: k(stats), and the two with a further parameter.
**
** Arguments: stats (a BLOB of the KPI's family); response_percentile: p in 0..1; within_rate: seconds
** >= 0. Result: INTEGER for counts, REAL otherwise; NULL for NULL, for a zero denominator, and for what
** the stats do not hold (amounts). Errors: stats of another kind, bytes that are no stats.
*/
#include "glue/scalar.h"

#include <string.h>

#include "core/base/number.h"

SQLITE_EXTENSION_INIT3

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

Status scalar_view(const Host *host, const Value *value, uint32_t family, StatsView *view,
                   Message *why) {
    Status status = stats_view_open(view, host, value, why);
    if (status != STATUS_OK) {
        return status;
    }
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
    stats_view_close(view);
    return STATUS_REFUSED;
}

/* Opens argument 1 as stats of the KPI's family. False: its error is the result. */
static bool scalar_open(sqlite3_context *context, const Kpi *kpi, const Value *value,
                        const Host *host, StatsView *view) {
    const Signature signature = scalar_signature(kpi);
    Message why;
    Status status = scalar_view(host, value, kpi->family, view, &why);
    return args_passed(context, &signature, 0, status, &why);
}

static void scalar_kpi(sqlite3_context *context, int argc, sqlite3_value **arguments) {
    const Kpi *kpi = sqlite3_user_data(context);
    const Host host = args_host(sqlite3_context_db_handle(context));
    StatsView view;
    Value value;
    if (args_read_all(context, argc, argc, arguments, &value) &&
        scalar_open(context, kpi, &value, &host, &view)) {
        const Measure measure = catalogue_measure(kpi, &view.stats);
        catalogue_result(context, kpi, &measure);
        stats_view_close(&view);
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
    const Kpi *kpi = sqlite3_user_data(context);
    const ScalarParameter *parameter = scalar_parameter_of(kpi);
    const Host host = args_host(sqlite3_context_db_handle(context));
    StatsView view;
    Decimal decimal;
    Value values[2];
    if (!args_read_all(context, argc, argc, arguments, values) ||
        !scalar_open(context, kpi, &values[0], &host, &view)) {
        return;
    }
    if (scalar_parameter(context, kpi, parameter, &values[1], &decimal)) {
        parameter->give(context, kpi, &view.stats.as.chat, &decimal);
    }
    stats_view_close(&view);
}

int scalar_register(sqlite3 *database, const char **failed) {
    for (int i = 0; i < CATALOGUE_COUNT; i++) {
        const Kpi *kpi = &CATALOGUE[i];
        *failed = kpi->name;
        int result = sqlite3_create_function_v2(
            database, kpi->name, scalar_signature(kpi).count,
            SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, (void *)(uintptr_t)kpi,
            catalogue_has_parameter(kpi) ? scalar_with_parameter : scalar_kpi, NULL, NULL, NULL);
        if (result != SQLITE_OK) {
            return result;
        }
    }
    return SQLITE_OK;
}
