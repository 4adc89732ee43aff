/* aggregate.c: see aggregate.h. */
#include "glue/aggregate.h"

#include <string.h>

#include "glue/held_rules.h"
#include "glue/journey.h"
#include "glue/rows_read.h"

SQLITE_EXTENSION_INIT3

/* What an aggregate gives. */
typedef enum AggregateForm {
    FORM_STATS,   /* stats as a BLOB */
    FORM_GROUPED, /* grouped stats: the first argument is the key */
    FORM_KPI      /* one KPI of the stats */
} AggregateForm;

/* One registered aggregate; the user data of its calls. */
typedef struct AggregateFunction {
    Signature signature; /* first: see args.h */
    const RowShape *shape;
    AggregateForm form;
    const Kpi *kpi;  /* FORM_KPI */
    int key_count;   /* FORM_GROUPED: 1, the key is in front */
    int row_count;   /* arguments of the row, between key and rules */
    int rules_index; /* where the rules are; -1: this call has none */
} AggregateFunction;

/* One group or window partition. */
typedef struct Aggregate {
    const AggregateFunction *function;
    RowStep row;
    Host host;
    HeldRules held; /* Requirement 2 */
    Groups groups;
    bool failed; /* a step failed: the query is over, and nothing in here can be trusted */
} Aggregate;

static Aggregate *aggregate_open(sqlite3_context *context, const AggregateFunction *function) {
    Aggregate *self = sqlite3_malloc64(sizeof *self);
    if (self == NULL) {
        return NULL;
    }
    memset(self, 0, sizeof *self);
    self->function = function;
    self->row.groups = &self->groups;
    self->row.keyed = function->key_count > 0;
    self->row.count = function->row_count;
    self->row.failed = -1;
    self->host = args_host(sqlite3_context_db_handle(context));
    const bool deals = function->shape->amounts;
    const StatsShape shape = {
        .host = &self->host,
        .rules = &self->held.rules,
        .family = function->shape->family,
        .has_amounts = deals && function->row_count > function->shape->required,
        .has_quantities = deals && function->row_count > function->shape->required + 1,
        .for_kpi = function->form == FORM_KPI,
    };
    groups_open(&self->groups, &shape, function->form == FORM_GROUPED, false);
    return self;
}

static void aggregate_free(Aggregate *self) {
    groups_close(&self->groups);
    held_rules_close(&self->held);
    sqlite3_free(self);
}

/* Hands a row that comes (sign 1) or goes (-1) to its family; an error is set as the context's result,
** and is the end of the aggregate. */
HOT_INLINE void aggregate_take(sqlite3_context *context, Aggregate *self, sqlite3_value **arguments,
                               int sign, RowTake *take) {
    const AggregateFunction *function = self->function;
    Message why;
    self->row.sign = sign;
    self->row.why = &why;
    const Status status = take(&self->row, arguments + function->key_count);
    if (status != STATUS_OK) {
        const int failed = self->row.failed;
        args_fail_any(context, &function->signature, failed < 0 ? -1 : failed + function->key_count,
                      status, &why);
        self->failed = true;
    }
}

/* The first row. */
static Aggregate *aggregate_begin(sqlite3_context *context, Aggregate **place) {
    if (place != NULL) {
        *place = aggregate_open(context, sqlite3_user_data(context));
    }
    if (place == NULL || *place == NULL) {
        sqlite3_result_error_nomem(context);
        return NULL;
    }
    return *place;
}

/* One row, taken by `take`, or where it is NULL as the function's shape says. */
HOT_INLINE void aggregate_step_by(sqlite3_context *context, sqlite3_value **arguments,
                                  RowTake *take) {
    Aggregate **place = sqlite3_aggregate_context(context, sizeof *place); /* Requirement 1 */
    Aggregate *self = place != NULL && *place != NULL ? *place : aggregate_begin(context, place);
    if (self == NULL) {
        return;
    }
    Message why;
    const int index = self->function->rules_index;
    const Status status =
        held_rules_take(&self->held, &self->host, index < 0 ? NULL : arguments[index], &why);
    if (status != STATUS_OK) {
        args_fail_any(context, &self->function->signature, index, status, &why);
        self->failed = true;
        return;
    }
    aggregate_take(context, self, arguments, 1, take != NULL ? take : self->function->shape->take);
}

static void aggregate_step(sqlite3_context *context, int argc, sqlite3_value **arguments) {
    (void)argc;
    aggregate_step_by(context, arguments, NULL);
}

/* The two that tables of millions of rows are stepped through (rows_read.h). */
static void aggregate_step_chat(sqlite3_context *context, int argc, sqlite3_value **arguments) {
    (void)argc;
    aggregate_step_by(context, arguments, rows_chat);
}

static void aggregate_step_deal(sqlite3_context *context, int argc, sqlite3_value **arguments) {
    (void)argc;
    aggregate_step_by(context, arguments, rows_deal);
}

/* Requirement 3. */
static Status aggregate_slide(Aggregate *self, Message *why) {
    return self->groups.sliding ? STATUS_OK : groups_slide(&self->groups, why);
}

static void aggregate_inverse(sqlite3_context *context, int argc, sqlite3_value **arguments) {
    (void)argc;
    Aggregate **place = sqlite3_aggregate_context(context, 0);
    /* not covered: SQLite takes rows back only while all went well */
    if (place == NULL || *place == NULL || (*place)->failed) {
        return;
    }
    Message why;
    Status status = aggregate_slide(*place, &why);
    if (status != STATUS_OK) { /* not covered: SQLite asks for a value before it takes a row back */
        args_fail_any(context, &(*place)->function->signature, -1, status, &why);
        (*place)->failed = true;
    } else {
        aggregate_take(context, *place, arguments, -1, (*place)->function->shape->take);
    }
}

static void aggregate_result(sqlite3_context *context, Aggregate *self) {
    const AggregateFunction *function = sqlite3_user_data(context);
    if (function->form == FORM_KPI) {
        const Stats *stats = groups_single(&self->groups);
        if (stats != NULL) {
            const Measure measure = catalogue_measure(function->kpi, stats);
            catalogue_result(context, function->kpi, &measure);
        }
        return;
    }
    Message why;
    Buffer out;
    buffer_open(&out, &self->host);
    Status status = groups_write(&self->groups, &out, &why);
    if (status != STATUS_OK) {
        args_fail_any(context, &function->signature, -1, status, &why);
        buffer_close(&out);
    } else {
        args_result_buffer(context, &out, VALUE_BLOB);
    }
}

static void aggregate_value(sqlite3_context *context) {
    const AggregateFunction *function = sqlite3_user_data(context);
    Aggregate **place = sqlite3_aggregate_context(context, 0);
    /* not covered: SQLite asks for no value after a step that failed */
    if (place == NULL || *place == NULL || (*place)->failed) {
        return;
    }
    Message why;
    Status status = aggregate_slide(*place, &why);
    if (status != STATUS_OK) {
        (*place)->failed = true;
        args_fail_any(context, &function->signature, -1, status, &why);
        return;
    }
    aggregate_result(context, *place);
}

static void aggregate_final(sqlite3_context *context) {
    const AggregateFunction *function = sqlite3_user_data(context);
    Aggregate **place = sqlite3_aggregate_context(context, 0);
    if (place == NULL || *place == NULL) {
        return;
    }
    Aggregate *self = *place;
    *place = NULL;
    if (!self->failed) {
        Message why;
        Status status = groups_finish(&self->groups, &why);
        if (status != STATUS_OK) {
            args_fail_any(context, &function->signature, -1, status, &why);
        } else {
            aggregate_result(context, self);
        }
    }
    aggregate_free(self);
}

static const AggregateCalls AGGREGATE_CALLS = {aggregate_step, aggregate_final, aggregate_value,
                                               aggregate_inverse};
static const AggregateCalls AGGREGATE_CHAT_CALLS = {aggregate_step_chat, aggregate_final,
                                                    aggregate_value, aggregate_inverse};
static const AggregateCalls AGGREGATE_DEAL_CALLS = {aggregate_step_deal, aggregate_final,
                                                    aggregate_value, aggregate_inverse};

int aggregate_register_one(sqlite3 *database, const Signature *signature,
                           const AggregateCalls *calls, void (*free_signature)(void *)) {
    return sqlite3_create_window_function(database, signature->name, signature->count,
                                          SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
                                          (void *)(uintptr_t)signature, calls->step, calls->final,
                                          calls->value, calls->inverse, free_signature);
}

/* One row for each arity of an aggregate. */
static int aggregate_register_all(sqlite3 *database, const char *name, const RowShape *shape,
                                  AggregateForm form, const Kpi *kpi) {
    const int key_count = form == FORM_GROUPED;
    const AggregateCalls *calls = shape == &ROWS_CHAT   ? &AGGREGATE_CHAT_CALLS
                                  : shape == &ROWS_DEAL ? &AGGREGATE_DEAL_CALLS
                                                        : &AGGREGATE_CALLS;
    int result = SQLITE_OK;
    for (int count = shape->required; result == SQLITE_OK && count <= shape->most + 1; count++) {
        AggregateFunction *function = sqlite3_malloc64(sizeof *function);
        if (function == NULL) {
            return SQLITE_NOMEM;
        }
        function->signature.name = name;
        function->signature.arguments = shape->arguments_by + (key_count > 0 ? 0 : ROW_KEY_LENGTH);
        function->signature.count = key_count + count;
        function->key_count = key_count;
        function->row_count = count <= shape->most ? count : shape->most;
        function->rules_index = count <= shape->most ? -1 : key_count + count - 1;
        function->shape = shape;
        function->form = form;
        function->kpi = kpi;
        result = aggregate_register_one(database, &function->signature, calls, sqlite3_free);
    }
    return result;
}

static const struct StatsAggregate {
    const char *name;
    const char *name_by;
    const RowShape *shape;
} STATS_AGGREGATES[] = {
    {"chat_stats", "chat_stats_by", &ROWS_CHAT},
    {"deal_stats", "deal_stats_by", &ROWS_DEAL},
    {"rating_stats", "rating_stats_by", &ROWS_RATING},
};

static const struct SingleAggregate {
    const Signature *signature;
    const AggregateCalls *calls;
} SINGLE_AGGREGATES[] = {
    {&MERGE_SIGNATURE, &MERGE_CALLS},         {&PAIRS_SIGNATURE, &PAIRS_CALLS},
    {&TURNS_SIGNATURES[0], &TURNS_CALLS},     {&TURNS_SIGNATURES[1], &TURNS_CALLS},
    {&JOURNEY_SIGNATURES[0], &JOURNEY_CALLS}, {&JOURNEY_SIGNATURES[1], &JOURNEY_CALLS},
    {&JOURNEY_SIGNATURES[2], &JOURNEY_CALLS}, {&JOURNEY_SIGNATURES[3], &JOURNEY_CALLS},
};

int aggregate_register(sqlite3 *database, const char **failed) {
    int result = SQLITE_OK;
    for (size_t i = 0; i < sizeof STATS_AGGREGATES / sizeof STATS_AGGREGATES[0]; i++) {
        const struct StatsAggregate *row = &STATS_AGGREGATES[i];
        *failed = row->name;
        result = aggregate_register_all(database, row->name, row->shape, FORM_STATS, NULL);
        if (result == SQLITE_OK) {
            *failed = row->name_by;
            result = aggregate_register_all(database, row->name_by, row->shape, FORM_GROUPED, NULL);
        }
        if (result != SQLITE_OK) {
            return result;
        }
    }
    for (int i = 0; i < CATALOGUE_COUNT; i++) {
        const Kpi *kpi = &CATALOGUE[i];
        *failed = kpi->name;
        if (kpi->one_step != NULL) {
            result = aggregate_register_all(database, kpi->name, kpi->one_step, FORM_KPI, kpi);
        }
        if (result != SQLITE_OK) {
            return result;
        }
    }
    for (size_t i = 0; i < sizeof SINGLE_AGGREGATES / sizeof SINGLE_AGGREGATES[0]; i++) {
        *failed = SINGLE_AGGREGATES[i].signature->name;
        result = aggregate_register_one(database, SINGLE_AGGREGATES[i].signature,
                                        SINGLE_AGGREGATES[i].calls, NULL);
        if (result != SQLITE_OK) {
            return result;
        }
    }
    return SQLITE_OK;
}
