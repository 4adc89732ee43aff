/* about.c: the extension about itself: kefu_version(), kefu_debug(), kefu_kpis, kefu_rules
** (functions.md 9).
**
** 1. kefu_debug gives JSON as plain text: version, commit, compiler, SQLite at build and at run time,
**    versions of the stored states, and the release of the time zones.
*/
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/json.h"
#include "core/rules/rules.h"
#include "core/state/state.h"
#include "core/time/zone.h"
#include "glue/catalogue.h"
#include "glue/functions.h"
#include "kefu.h"

SQLITE_EXTENSION_INIT3

#ifndef KEFU_COMMIT
#define KEFU_COMMIT "unknown"
#endif

#if defined(__clang__)
#define ABOUT_COMPILER "clang " __clang_version__
#else
#define ABOUT_COMPILER "gcc " __VERSION__
#endif

static void about_version(sqlite3_context *context, int argc, sqlite3_value **arguments) {
    (void)argc;
    (void)arguments;
    sqlite3_result_text(context, KEFU_VERSION, -1, SQLITE_STATIC);
}

static void about_debug(sqlite3_context *context, int argc, sqlite3_value **arguments) {
    (void)argc;
    (void)arguments;
    const Host host = args_host(sqlite3_context_db_handle(context));
    const struct {
        const char *name;
        const char *text;
    } facts[] = {
        {"{\"version\":", KEFU_VERSION},
        {",\"commit\":", KEFU_COMMIT},
        {",\"compiler\":", ABOUT_COMPILER},
        {",\"sqlite_build\":", SQLITE_VERSION},
        {",\"sqlite_run\":", sqlite3_libversion()},
        {",\"tzdata\":", zone_version()},
    };
    Buffer out;
    buffer_open(&out, &host);
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
        buffer_text(&out, facts[i].name);
        json_write_string(&out, facts[i].text, strlen(facts[i].text));
    }
    buffer_text(&out, ",\"states\":{");
    for (int kind = STATE_CHAT; kind <= STATE_JOURNEYS; kind++) {
        buffer_text(&out, kind == STATE_CHAT ? "\"" : ",\"");
        buffer_text(&out, state_kind_name((StateKind)kind));
        buffer_text(&out, "\":");
        buffer_integer_text(&out, STATE_VERSION);
    }
    buffer_text(&out, "}}");
    args_result_buffer(context, &out, VALUE_TEXT);
}

const ScalarFunction ABOUT_FUNCTIONS[] = {
    {{"kefu_debug", "", 0}, about_debug, NULL},
    {{"kefu_version", "", 0}, about_version, NULL}, /* last: see kefu.c */
};
const int ABOUT_FUNCTION_COUNT = (int)(sizeof ABOUT_FUNCTIONS / sizeof ABOUT_FUNCTIONS[0]);

/* ---- rows by number: both tables below -------------------------------------------------------- */

typedef struct AboutRows {
    const Host *host;
    size_t count;
    size_t next; /* the current row is next - 1 */
} AboutRows;

static Status about_open(TableCall *call, size_t count, void **rows) {
    AboutRows *self = sqlite3_malloc64(sizeof *self);
    if (self == NULL) {
        return STATUS_NO_MEMORY;
    }
    self->host = call->host;
    self->count = count;
    self->next = 0;
    *rows = self;
    return STATUS_OK;
}

static Status about_next(TableCall *call, void *rows, bool *more) {
    (void)call;
    AboutRows *self = rows;
    *more = self->next < self->count;
    self->next++;
    return STATUS_OK;
}

static void about_close(void *rows) { sqlite3_free(rows); }

static void about_text(sqlite3_context *context, const char *text) {
    if (text != NULL) {
        sqlite3_result_text(context, text, -1, SQLITE_STATIC);
    }
}

static const char *about_family_name(Family family) { return state_kind_name(stats_kind(family)); }

static Status kpis_open(TableCall *call, sqlite3_value **arguments, void **rows) {
    (void)arguments;
    return about_open(call, (size_t)CATALOGUE_COUNT, rows);
}

static void kpis_column(void *rows, int column, sqlite3_context *context) {
    const Kpi *kpi = &CATALOGUE[((AboutRows *)rows)->next - 1];
    const char *const texts[] = {
        kpi->name,
        kpi->zh,
        about_family_name(kpi->family),
        catalogue_unit_name(kpi->unit),
        catalogue_better_name(kpi->better),
        kpi->formula,
        kpi->source,
    };
    about_text(context, texts[column]);
}

const TableFunction KEFU_KPIS = {
    .signature = {"kefu_kpis", "", 0},
    .columns = "name TEXT, zh TEXT, family TEXT, unit TEXT, better TEXT, formula TEXT, source TEXT",
    .column_count = 7,
    .rows_expected = 50,
    .open = kpis_open,
    .next = about_next,
    .column = kpis_column,
    .close = about_close,
};

static Status rules_rows_open(TableCall *call, sqlite3_value **arguments, void **rows) {
    (void)arguments;
    return about_open(call, rules_row_count(), rows);
}

/* A value for people: a JSON string without its quotes (none holds an escape), null as NULL. */
static void rules_rows_value(const Buffer *json, sqlite3_context *context) {
    const char *text = (const char *)json->bytes;
    uint64_t length = json->length;
    if (length > 1 && text[0] == '"') {
        text++;
        length -= 2;
    } else if (length == 4 && memcmp(text, "null", 4) == 0) {
        return;
    }
    sqlite3_result_text64(context, text, length, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static void rules_rows_column(void *rows, int column, sqlite3_context *context) {
    const AboutRows *self = rows;
    const char *book;
    const char *option;
    Buffer texts[2]; /* value, meaning */
    buffer_open(&texts[0], self->host);
    buffer_open(&texts[1], self->host);
    rules_row(self->next - 1, &book, &option, &texts[0], &texts[1]);
    if (texts[0].failed || texts[1].failed) {
        sqlite3_result_error_nomem(context);
    } else if (column < 2) {
        about_text(context, column == 0 ? book : option);
    } else if (column == 2) {
        rules_rows_value(&texts[0], context);
    } else {
        args_result_buffer(context, &texts[1], VALUE_TEXT);
    }
    buffer_close(&texts[0]);
    buffer_close(&texts[1]);
}

const TableFunction KEFU_RULES = {
    .signature = {"kefu_rules", "", 0},
    .columns = "book TEXT, option TEXT, value TEXT, meaning TEXT",
    .column_count = 4,
    .rows_expected = 250,
    .open = rules_rows_open,
    .next = about_next,
    .column = rules_rows_column,
    .close = about_close,
};
