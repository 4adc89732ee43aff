/* stats_tables.c: what is inside stats: kefu_groups(grouped), kefu_stats(stats), and kefu_info(stats).
**
** 1. kefu_groups gives key (with its type), period (text, the first local day, or NULL) and stats, in
**    the order of ORDER BY key, period. The stats are as if made without a key or period, except that
**    chat stats remember the key (state.md 4).
** 2. kefu_stats gives a row for every KPI that the stats can answer, in the catalogue's order;
**    numerator and denominator for quotients, NULL for other KPIs.
** 3. kefu_info gives JSON as plain text (sqlite.md J5).
*/
#include <string.h>

#include "core/base/number.h"
#include "core/journey/journey.h"
#include "core/stats/groups.h"
#include "glue/functions.h"
#include "glue/scalar.h"

SQLITE_EXTENSION_INIT3

/* Opens argument 1, which lives as long as the rows, as stats of one group or as grouped ones. */
static Status stats_rows_open(TableCall *call, sqlite3_value *argument, bool grouped,
                              StatsView *view) {
    Value value;
    Message why;
    if (!args_read(argument, &value)) { /* not covered: table_filter() has read it */
        return STATUS_NO_MEMORY;
    }
    Status status = stats_view_open(view, call->host, &value, &why);
    if (status == STATUS_OK) {
        if (!grouped) {
            status = scalar_check(view, FAMILY_STATS, &why);
        } else if ((view->state.flags & STATE_GROUPED) == 0) {
            message_say(&why, "these are ");
            state_describe(&view->state, &why);
            message_text(&why, "; want grouped stats: the result of a _by aggregate");
            status = STATUS_REFUSED;
        }
        if (status != STATUS_OK) {
            stats_view_close(view);
        }
    }
    return status == STATUS_REFUSED ? table_fail(call, 0, &why) : status;
}

/* ---- kefu_groups ------------------------------------------------------------------------------ */

typedef struct GroupRows {
    StatsView view;
    GroupCursor cursor;
    Buffer rules; /* canonical, without the period */
    Buffer state; /* this row's stats, once a column asked for them: one is read several times */
} GroupRows;

static void group_rows_close(void *rows) {
    GroupRows *self = rows;
    buffer_close(&self->state);
    buffer_close(&self->rules);
    stats_view_close(&self->view);
    sqlite3_free(self);
}

static Status group_rows_open(TableCall *call, sqlite3_value **arguments, void **rows) {
    GroupRows *self = sqlite3_malloc64(sizeof *self);
    if (self == NULL) {
        return STATUS_NO_MEMORY;
    }
    memset(self, 0, sizeof *self);
    Status status = stats_rows_open(call, arguments[0], true, &self->view);
    if (status != STATUS_OK) {
        sqlite3_free(self);
        return status;
    }
    buffer_open(&self->state, call->host);
    buffer_open(&self->rules, call->host);
    rules_write(&self->view.rules, self->view.shape.family, false, &self->rules);
    if (self->rules.failed) {
        group_rows_close(self);
        return STATUS_NO_MEMORY;
    }
    *rows = self;
    return STATUS_OK;
}

static Status group_rows_next(TableCall *call, void *rows, bool *more) {
    GroupRows *self = rows;
    Message why;
    Stats stats;
    self->state.length = 0;
    Status status = groups_next(&self->view, &self->cursor, more, &why);
    if (status == STATUS_OK && *more) { /* nothing that is damaged is passed on */
        Reader payload = self->cursor.payload;
        status = stats_read(&stats, &self->view.shape, &payload, &why);
    }
    return status == STATUS_REFUSED ? table_fail(call, 0, &why) : status;
}

static void group_rows_stats(GroupRows *self, sqlite3_context *context) {
    const StatsView *view = &self->view;
    const Reader *payload = &self->cursor.payload;
    Buffer *state = &self->state;
    if (state->length == 0) {
        uint64_t begun = state_begin(state, view->state.version, view->state.kind,
                                     view->state.flags & ~STATE_GROUPED,
                                     (const char *)self->rules.bytes, self->rules.length);
        buffer_append(state, payload->at, reader_left(payload));
        state_end(state, begun);
    }
    if (state->failed) {
        args_fail_status(context, STATUS_NO_MEMORY);
    } else {
        sqlite3_result_blob64(context, state->bytes, state->length, SQLITE_TRANSIENT);
    }
}

static void group_rows_column(void *rows, int column, sqlite3_context *context) {
    GroupRows *self = rows;
    if (column == 0) {
        args_result(context, &self->cursor.key);
    } else if (column == 2) {
        group_rows_stats(self, context);
    } else if (self->cursor.has_period) {
        char day[11];
        clock_print_day(self->cursor.period_day, day);
        sqlite3_result_text(context, day, -1, SQLITE_TRANSIENT);
    }
}

const TableFunction KEFU_GROUPS = {
    .signature = {"kefu_groups", "grouped", 1},
    .required = 1,
    .columns = "\"key\", period TEXT, stats BLOB",
    .column_count = 3,
    .rows_expected = 100,
    .open = group_rows_open,
    .next = group_rows_next,
    .column = group_rows_column,
    .close = group_rows_close,
};

/* ---- kefu_stats ------------------------------------------------------------------------------- */

typedef struct KpiRows {
    StatsView view;
    int next;
    const Kpi *kpi;
    Measure measure;
} KpiRows;

static void kpi_rows_close(void *rows) {
    KpiRows *self = rows;
    stats_view_close(&self->view);
    sqlite3_free(self);
}

static Status kpi_rows_open(TableCall *call, sqlite3_value **arguments, void **rows) {
    KpiRows *self = sqlite3_malloc64(sizeof *self);
    if (self == NULL) {
        return STATUS_NO_MEMORY;
    }
    memset(self, 0, sizeof *self);
    Status status = stats_rows_open(call, arguments[0], false, &self->view);
    if (status != STATUS_OK) {
        sqlite3_free(self);
        return status;
    }
    *rows = self;
    return STATUS_OK;
}

/* Requirement 2. */
static Status kpi_rows_next(TableCall *call, void *rows, bool *more) {
    (void)call;
    KpiRows *self = rows;
    *more = false;
    while (!*more && self->next < CATALOGUE_COUNT) {
        self->kpi = &CATALOGUE[self->next++];
        if (self->kpi->family == self->view.shape.family && !catalogue_has_parameter(self->kpi)) {
            self->measure = catalogue_measure(self->kpi, &self->view.stats);
            *more = self->measure.answered;
        }
    }
    return STATUS_OK;
}

/* A numerator or denominator: INTEGER where it is a whole number by nature, else REAL. */
static void kpi_rows_part(sqlite3_context *context, int128 number, int64_t unit) {
    if (unit == 1 && number <= INT64_MAX) {
        sqlite3_result_int64(context, (int64_t)number);
    } else {
        sqlite3_result_double(context, number_quotient(number, unit));
    }
}

static void kpi_rows_column(void *rows, int column, sqlite3_context *context) {
    const KpiRows *self = rows;
    const Measure *measure = &self->measure;
    switch (column) {
    case 0:
        sqlite3_result_text(context, self->kpi->name, -1, SQLITE_STATIC);
        break;
    case 1:
        sqlite3_result_text(context, self->kpi->zh, -1, SQLITE_STATIC);
        break;
    case 2:
        catalogue_result(context, self->kpi, measure);
        break;
    case 3:
        if (measure->is_quotient) {
            kpi_rows_part(context, measure->numerator, measure->unit);
        }
        break;
    case 4:
        if (measure->is_quotient) {
            kpi_rows_part(context, measure->denominator, 1);
        }
        break;
    default:
        sqlite3_result_text(context, catalogue_unit_name(self->kpi->unit), -1, SQLITE_STATIC);
        break;
    }
}

const TableFunction KEFU_STATS = {
    .signature = {"kefu_stats", "stats", 1},
    .required = 1,
    .columns = "kpi TEXT, zh TEXT, value, numerator, denominator, unit TEXT",
    .column_count = 6,
    .rows_expected = 22,
    .open = kpi_rows_open,
    .next = kpi_rows_next,
    .column = kpi_rows_column,
    .close = kpi_rows_close,
};

/* ---- kefu_info -------------------------------------------------------------------------------- */

/* What kefu_info sums up. */
typedef struct StatsSummary {
    int128 rows;
    int64_t first_ms;
    int64_t last_ms;
    int64_t keys; /* grouped: distinct ones */
} StatsSummary;

static void info_add(StatsSummary *summary, const Stats *stats) {
    const Extent *extent = stats_extent(stats);
    if (summary->rows == 0 || extent_first(extent) < summary->first_ms) {
        summary->first_ms = extent_first(extent);
    }
    if (summary->rows == 0 || extent_last(extent) > summary->last_ms) {
        summary->last_ms = extent_last(extent);
    }
    summary->rows += stats_rows(stats);
}

static Status info_sum_journeys(const StatsView *view, StatsSummary *summary, Message *why) {
    JourneySummary journeys;
    Status status = journey_sum(view->shape.host, view->state.payload, &journeys);
    summary->rows = journeys.events;
    summary->first_ms = journeys.first_ms;
    summary->last_ms = journeys.last_ms;
    return status == STATUS_REFUSED ? state_damaged(why) : status;
}

static Status info_sum(const StatsView *view, StatsSummary *summary, Message *why) {
    if (view->state.kind == STATE_JOURNEYS) {
        return info_sum_journeys(view, summary, why);
    }
    if ((view->state.flags & STATE_GROUPED) == 0) {
        info_add(summary, &view->stats);
        return STATUS_OK;
    }
    GroupCursor cursor = {.begun = false};
    Identity before = {0, 0};
    for (;;) {
        bool more;
        Stats stats;
        Status status = groups_next(view, &cursor, &more, why);
        if (status != STATUS_OK || !more) {
            return status;
        }
        status = stats_read(&stats, &view->shape, &cursor.payload, why);
        if (status != STATUS_OK) {
            return status;
        }
        const Identity identity = identity_of(&cursor.key);
        summary->keys += summary->keys == 0 || !identity_equal(before, identity);
        before = identity;
        info_add(summary, &stats);
    }
}

static void info_write(const StatsView *view, const StatsSummary *summary, uint64_t bytes,
                       Buffer *out) {
    char number[64];
    buffer_text(out, "{\"kind\":\"");
    buffer_text(out, state_kind_name(view->state.kind));
    buffer_text(out, "\",\"version\":");
    buffer_integer_text(out, view->state.version);
    buffer_text(out, ",\"rules\":");
    rules_write(&view->rules, view->shape.family, (view->state.flags & STATE_GROUPED) != 0, out);
    buffer_text(out, ",\"rows\":");
    number_print(summary->rows, 0, number);
    buffer_text(out, number);
    buffer_text(out, ",\"first\":");
    clock_print_seconds(summary->first_ms, number);
    buffer_text(out, number);
    buffer_text(out, ",\"last\":");
    clock_print_seconds(summary->last_ms, number);
    buffer_text(out, number);
    buffer_text(out, ",\"bytes\":");
    buffer_integer_text(out, (int64_t)bytes);
    if (view->state.flags & STATE_GROUPED) {
        buffer_text(out, ",\"keys\":");
        buffer_integer_text(out, summary->keys);
    }
    buffer_text(out, "}");
}

static void info_call(sqlite3_context *context, int argc, sqlite3_value **arguments) {
    (void)argc;
    const ScalarFunction *function = sqlite3_user_data(context);
    const Host host = args_host(sqlite3_context_db_handle(context));
    Value value;
    StatsView view;
    Message why;
    if (!args_read(arguments[0], &value)) {
        args_fail_status(context, STATUS_NO_MEMORY);
        return;
    }
    if (value_is_missing(&value)) {
        return;
    }
    Status status = stats_view_open(&view, &host, &value, &why);
    if (status != STATUS_OK) {
        args_fail_any(context, &function->signature, 0, status, &why);
        return;
    }
    StatsSummary summary = {.rows = 0};
    Buffer out;
    buffer_open(&out, &host);
    status = info_sum(&view, &summary, &why);
    if (status == STATUS_OK) {
        info_write(&view, &summary, value.length, &out);
    }
    if (args_passed(context, &function->signature, 0, status, &why)) {
        args_result_buffer(context, &out, VALUE_TEXT);
    } else {
        buffer_close(&out);
    }
    stats_view_close(&view);
}

const ScalarFunction INFO_FUNCTIONS[] = {
    {{"kefu_info", "stats", 1}, info_call, NULL},
};
const int INFO_FUNCTION_COUNT = (int)(sizeof INFO_FUNCTIONS / sizeof INFO_FUNCTIONS[0]);
