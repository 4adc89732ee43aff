/* extension.c: what the benchmark needs inside SQLite: rows to measure with, and floors to measure by.
**
** 1. made_messages(rows), made_inquiries(rows): the rows of shop.h as tables. Their columns come as
**    whole numbers and as text (customer_text, sent_at_text …), for both variants.
** 2. noop(…): an aggregate that takes its arguments and does nothing: what SQLite asks for a row, and
**    below which no aggregate gets. noop_read(…): it reads each argument: its type, then its value.
** 3. memory_peak(): the highest that SQLite's allocator stood since memory_reset(), which gives what
**    is in use.
** 4. The no-ops are window functions too, as kefu's aggregates are.
*/
#include <sqlite3ext.h>
#include <string.h>

#include "shop.h"

SQLITE_EXTENSION_INIT1

/* --- Requirement 1 -------------------------------------------------------------------------------- */

typedef struct MadeTable {
    sqlite3_vtab base; /* first: SQLite's part */
    int is_inquiries;
} MadeTable;

typedef struct MadeCursor {
    sqlite3_vtab_cursor base; /* first: SQLite's part */
    sqlite3_int64 row;        /* of this one, from 1 */
    sqlite3_int64 rows;
    ShopLine line;
    ShopInquiry inquiry;
    ShopChats chats;
    ShopInquiries inquiries;
} MadeCursor;

enum MessageColumn {
    MESSAGE_ID,
    MESSAGE_AGENT,
    MESSAGE_CUSTOMER,
    MESSAGE_CUSTOMER_TEXT,
    MESSAGE_SENT_AT,
    MESSAGE_SENT_AT_TEXT,
    MESSAGE_SENDER,
    MESSAGE_IS_AUTO,
    MESSAGE_ROWS
};
static const char MADE_MESSAGES[] =
    "CREATE TABLE x(id INTEGER, agent TEXT, customer INTEGER, customer_text TEXT, sent_at INTEGER, "
    "sent_at_text TEXT, sender TEXT, is_auto INTEGER, rows INTEGER HIDDEN)";

enum InquiryColumn {
    INQUIRY_CUSTOMER,
    INQUIRY_CUSTOMER_TEXT,
    INQUIRY_AGENT,
    INQUIRY_ASKED_AT,
    INQUIRY_ASKED_AT_TEXT,
    INQUIRY_ORDERED_AT,
    INQUIRY_ORDERED_AT_TEXT,
    INQUIRY_PAID_AT,
    INQUIRY_PAID_AT_TEXT,
    INQUIRY_AMOUNT,
    INQUIRY_ROWS
};
static const char MADE_INQUIRIES[] =
    "CREATE TABLE x(customer INTEGER, customer_text TEXT, agent TEXT, asked_at INTEGER, "
    "asked_at_text TEXT, ordered_at INTEGER, ordered_at_text TEXT, paid_at INTEGER, "
    "paid_at_text TEXT, amount REAL, rows INTEGER HIDDEN)";

static int made_connect(sqlite3 *database, void *user_data, int argc, const char *const *argv,
                        sqlite3_vtab **table, char **error) {
    (void)argc;
    (void)argv;
    (void)error;
    MadeTable *made = sqlite3_malloc(sizeof *made);
    if (made == NULL) {
        return SQLITE_NOMEM;
    }
    memset(made, 0, sizeof *made);
    made->is_inquiries = user_data != NULL;
    *table = &made->base;
    return sqlite3_declare_vtab(database, made->is_inquiries ? MADE_INQUIRIES : MADE_MESSAGES);
}

static int made_disconnect(sqlite3_vtab *table) {
    sqlite3_free(table);
    return SQLITE_OK;
}

/* The number of rows is the one argument. */
static int made_best_index(sqlite3_vtab *table, sqlite3_index_info *info) {
    const int hidden = ((MadeTable *)table)->is_inquiries ? (int)INQUIRY_ROWS : (int)MESSAGE_ROWS;
    for (int i = 0; i < info->nConstraint; i++) {
        if (info->aConstraint[i].iColumn == hidden && info->aConstraint[i].usable &&
            info->aConstraint[i].op == SQLITE_INDEX_CONSTRAINT_EQ) {
            info->aConstraintUsage[i].argvIndex = 1;
            info->aConstraintUsage[i].omit = 1;
            return SQLITE_OK;
        }
    }
    return SQLITE_CONSTRAINT;
}

static int made_open(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor) {
    (void)table;
    MadeCursor *made = sqlite3_malloc(sizeof *made);
    if (made == NULL) {
        return SQLITE_NOMEM;
    }
    memset(made, 0, sizeof *made);
    *cursor = &made->base;
    return SQLITE_OK;
}

static int made_close(sqlite3_vtab_cursor *cursor) {
    sqlite3_free(cursor);
    return SQLITE_OK;
}

static int made_next(sqlite3_vtab_cursor *cursor) {
    MadeCursor *made = (MadeCursor *)cursor;
    made->row++;
    if (((MadeTable *)cursor->pVtab)->is_inquiries) {
        shop_inquiries_next(&made->inquiries, &made->inquiry);
    } else {
        shop_chats_next(&made->chats, &made->line);
    }
    return SQLITE_OK;
}

static int made_filter(sqlite3_vtab_cursor *cursor, int number, const char *name, int argc,
                       sqlite3_value **argv) {
    (void)number;
    (void)name;
    (void)argc;
    MadeCursor *made = (MadeCursor *)cursor;
    made->row = 0;
    made->rows = sqlite3_value_int64(argv[0]);
    shop_chats_open(&made->chats);
    shop_inquiries_open(&made->inquiries);
    return made_next(cursor);
}

static int made_eof(sqlite3_vtab_cursor *cursor) {
    const MadeCursor *made = (const MadeCursor *)cursor;
    return made->row > made->rows;
}

static int made_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid) {
    *rowid = ((MadeCursor *)cursor)->row;
    return SQLITE_OK;
}

static void made_text(sqlite3_context *context, const char *text) {
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

/* A time that is 0 did not happen: NULL. */
static void made_time(sqlite3_context *context, sqlite3_int64 unix_s, int as_text) {
    char text[SHOP_TEXT_SIZE];
    if (unix_s != 0 && as_text) {
        shop_time_name(unix_s, text);
        made_text(context, text);
    } else if (unix_s != 0) {
        sqlite3_result_int64(context, unix_s);
    }
}

static void made_who(sqlite3_context *context, void (*name)(uint32_t, char *), uint32_t who) {
    char text[SHOP_TEXT_SIZE];
    name(who, text);
    made_text(context, text);
}

static void made_agent(sqlite3_context *context, uint8_t agent) {
    char text[SHOP_TEXT_SIZE];
    shop_agent_name(agent, text);
    made_text(context, text);
}

static void made_message(sqlite3_context *context, const MadeCursor *made, int column) {
    static const char *const SENDERS[] = {"customer", "agent", "bot"};
    const ShopLine *line = &made->line;
    switch (column) {
    case MESSAGE_ID:
        sqlite3_result_int64(context, made->row);
        break;
    case MESSAGE_AGENT:
        made_agent(context, line->agent);
        break;
    case MESSAGE_CUSTOMER:
        sqlite3_result_int64(context, line->customer);
        break;
    case MESSAGE_CUSTOMER_TEXT:
        made_who(context, shop_customer_name, line->customer);
        break;
    case MESSAGE_SENT_AT:
    case MESSAGE_SENT_AT_TEXT:
        made_time(context, line->sent_at_s, column == MESSAGE_SENT_AT_TEXT);
        break;
    case MESSAGE_SENDER:
        sqlite3_result_text(context, SENDERS[line->sender], -1, SQLITE_STATIC);
        break;
    case MESSAGE_IS_AUTO:
        sqlite3_result_int(context, line->sender == SHOP_BOT);
        break;
    default:
        sqlite3_result_int64(context, made->rows);
    }
}

static void made_inquiry(sqlite3_context *context, const MadeCursor *made, int column) {
    const ShopInquiry *inquiry = &made->inquiry;
    switch (column) {
    case INQUIRY_CUSTOMER:
        sqlite3_result_int64(context, inquiry->customer);
        break;
    case INQUIRY_CUSTOMER_TEXT:
        made_who(context, shop_customer_name, inquiry->customer);
        break;
    case INQUIRY_AGENT:
        made_agent(context, inquiry->agent);
        break;
    case INQUIRY_ASKED_AT:
    case INQUIRY_ASKED_AT_TEXT:
        made_time(context, inquiry->asked_at_s, column == INQUIRY_ASKED_AT_TEXT);
        break;
    case INQUIRY_ORDERED_AT:
    case INQUIRY_ORDERED_AT_TEXT:
        made_time(context, inquiry->ordered_at_s, column == INQUIRY_ORDERED_AT_TEXT);
        break;
    case INQUIRY_PAID_AT:
    case INQUIRY_PAID_AT_TEXT:
        made_time(context, inquiry->paid_at_s, column == INQUIRY_PAID_AT_TEXT);
        break;
    case INQUIRY_AMOUNT:
        if (inquiry->paid_at_s != 0) {
            sqlite3_result_double(context, (double)inquiry->amount_cents / 100);
        }
        break;
    default:
        sqlite3_result_int64(context, made->rows);
    }
}

static int made_column(sqlite3_vtab_cursor *cursor, sqlite3_context *context, int column) {
    const MadeCursor *made = (const MadeCursor *)cursor;
    if (((MadeTable *)cursor->pVtab)->is_inquiries) {
        made_inquiry(context, made, column);
    } else {
        made_message(context, made, column);
    }
    return SQLITE_OK;
}

static sqlite3_module MADE_MODULE = {
    .xConnect = made_connect,
    .xBestIndex = made_best_index,
    .xDisconnect = made_disconnect,
    .xOpen = made_open,
    .xClose = made_close,
    .xFilter = made_filter,
    .xNext = made_next,
    .xEof = made_eof,
    .xColumn = made_column,
    .xRowid = made_rowid,
};

/* --- Requirement 2 -------------------------------------------------------------------------------- */

static void noop_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)context;
    (void)argc;
    (void)argv;
}

/* The sum keeps the compiler from leaving out what was read. */
static void noop_read_step(sqlite3_context *context, int argc, sqlite3_value **argv) {
    sqlite3_int64 *sum = sqlite3_aggregate_context(context, sizeof *sum);
    if (sum == NULL) {
        return;
    }
    for (int i = 0; i < argc; i++) {
        switch (sqlite3_value_type(argv[i])) {
        case SQLITE_INTEGER:
            *sum += sqlite3_value_int64(argv[i]);
            break;
        case SQLITE_FLOAT:
            *sum += sqlite3_value_double(argv[i]) > 0;
            break;
        case SQLITE_TEXT: {
            const unsigned char *text = sqlite3_value_text(argv[i]);
            const int length = sqlite3_value_bytes(argv[i]);
            *sum += length > 0 ? text[length - 1] : 0;
            break;
        }
        default:
            break;
        }
    }
}

static void noop_value(sqlite3_context *context) {
    sqlite3_int64 *sum = sqlite3_aggregate_context(context, 0);
    sqlite3_result_int64(context, sum == NULL ? 0 : *sum);
}

/* --- Requirement 3 -------------------------------------------------------------------------------- */

static void memory_call(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    (void)argv;
    const int reset = sqlite3_user_data(context) != NULL;
    const sqlite3_int64 peak = sqlite3_memory_highwater(reset);
    sqlite3_result_int64(context, reset ? sqlite3_memory_used() : peak);
}

int sqlite3_bench_init(sqlite3 *database, char **error, const sqlite3_api_routines *api);
int sqlite3_bench_init(sqlite3 *database, char **error, const sqlite3_api_routines *api) {
    static const struct {
        const char *name;
        void (*step)(sqlite3_context *, int, sqlite3_value **);
    } NOOPS[] = {{"noop", noop_step}, {"noop_read", noop_read_step}};
    SQLITE_EXTENSION_INIT2(api);
    (void)error;
    static int yes = 1;
    int result = sqlite3_create_module(database, "made_messages", &MADE_MODULE, NULL);
    if (result == SQLITE_OK) {
        result = sqlite3_create_module(database, "made_inquiries", &MADE_MODULE, &yes);
    }
    for (int i = 0; result == SQLITE_OK && i < 2; i++) { /* Requirement 4 */
        result = sqlite3_create_window_function(database, NOOPS[i].name, -1, SQLITE_UTF8, NULL,
                                                NOOPS[i].step, noop_value, noop_value,
                                                NOOPS[i].step, NULL);
    }
    if (result == SQLITE_OK) {
        result = sqlite3_create_function(database, "memory_peak", 0, SQLITE_UTF8, NULL, memory_call,
                                         NULL, NULL);
    }
    if (result == SQLITE_OK) {
        result = sqlite3_create_function(database, "memory_reset", 0, SQLITE_UTF8, &yes,
                                         memory_call, NULL, NULL);
    }
    return result;
}
