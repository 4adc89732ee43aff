/* window_fuzz.c: libFuzzer on windows: bytes are an aggregate, a frame and rows.
**
** 1. Every row's value is the one that the plain aggregate has over the rows of its frame, of which
**    group_concat(id) over the same window tells; where a frame fails, the window does.
** 2. Stats are merged in windows too, by kefu_merge: those of each row, or of it and its neighbour.
** 3. A row that is refused by itself may be in no frame and yet be stepped over: then the window
**    may fail or not.
*/
#include <stdio.h>

#include "rows.h"

#define MOST_ROWS 12

/* ---- windows ---- */

static int put_bound(FuzzInput *input, int kind, char *out, size_t size) {
    static const char *const bounds[] = {"UNBOUNDED PRECEDING", "%d PRECEDING", "CURRENT ROW",
                                         "%d FOLLOWING", "UNBOUNDED FOLLOWING"};
    int distance = (int)fuzz_below(input, 5);
    return kind % 2 == 0 ? snprintf(out, size, "%s", bounds[kind])
                         : snprintf(out, size, "%d %s", distance, bounds[kind] + 3);
}

/* The end is no earlier than the start, or SQLite refuses it. */
static void put_frame(FuzzInput *input, char *out, size_t size) {
    static const char *const units[] = {"ROWS", "RANGE", "GROUPS"};
    static const char *const excludes[] = {"", "EXCLUDE NO OTHERS", "EXCLUDE CURRENT ROW",
                                           "EXCLUDE GROUP", "EXCLUDE TIES"};
    int start = (int)fuzz_below(input, 4);
    int end = 1 + (int)fuzz_below(input, 4);
    char bounds[2][40];
    put_bound(input, start, bounds[0], sizeof bounds[0]);
    put_bound(input, end < start ? start : end, bounds[1], sizeof bounds[1]);
    const char *unit = units[fuzz_below(input, 3)];
    snprintf(out, size, "%s BETWEEN %s AND %s %s", unit, bounds[0], bounds[1],
             excludes[fuzz_below(input, 5)]);
}

static void put_window(FuzzInput *input, char *out, size_t size) {
    uint8_t shape = fuzz_byte(input);
    char frame[120];
    put_frame(input, frame, sizeof frame);
    const char *partition = (shape & 1) != 0 ? "PARTITION BY part " : "";
    const char *order = (shape & 2) != 0 ? "ORDER BY o DESC " : "ORDER BY o ";
    if (shape >= 240) {
        snprintf(out, size, "%s%s", partition, shape >= 248 ? "" : order);
    } else {
        snprintf(out, size, "%s%s%s", partition, order, frame);
    }
}

/* ---- checks ---- */

/* Requirement 3 */
static bool any_row_is_refused(const char *aggregate, int count) {
    sqlite3_stmt *single = database_prepare("SELECT %s FROM t WHERE id = ?1", aggregate);
    bool refused = false;
    for (int id = 1; id <= count && !refused; id++) {
        sqlite3_bind_int(single, 1, id);
        Answer answer = answer_step(single);
        refused = answer.type == 0;
        answer_close(&answer);
        sqlite3_reset(single);
    }
    sqlite3_finalize(single);
    return refused;
}

/* The plain aggregate over the rows of a frame. */
static Answer recompute(sqlite3_stmt *plain, const Answer *ids) {
    sqlite3_bind_text(plain, 1, ids->type == SQLITE_NULL ? "" : (const char *)ids->value,
                      ids->bytes, SQLITE_STATIC);
    Answer answer = answer_step(plain);
    sqlite3_reset(plain);
    return answer;
}

/* Requirement 1 */
static void check_window(const char *aggregate, const char *filter, const char *window, int count) {
    bool refused = any_row_is_refused(aggregate, count);
    sqlite3_stmt *frames = database_prepare(
        "SELECT group_concat(id) %s OVER w FROM t WINDOW w AS (%s) ORDER BY id", filter, window);
    sqlite3_stmt *sliding = database_prepare(
        "SELECT %s %s OVER w FROM t WINDOW w AS (%s) ORDER BY id", aggregate, filter, window);
    sqlite3_stmt *plain = database_prepare(
        "SELECT %s FROM t WHERE instr(',' || ?1 || ',', ',' || id || ',') ORDER BY o", aggregate);
    bool failed = false;
    bool must_fail = false;
    for (int row = 0; row < count; row++) {
        Answer ids = answer_step(frames);
        Answer wanted = recompute(plain, &ids);
        Answer got = {0, 0, NULL};
        fuzz_expect(ids.type != 0);
        if (!failed) {
            got = answer_step(sliding);
        }
        must_fail = must_fail || wanted.type == 0;
        failed = failed || got.type == 0;
        fuzz_expect(failed || must_fail || answer_same(&got, &wanted));
        answer_close(&ids);
        answer_close(&wanted);
        answer_close(&got);
    }
    fuzz_expect(refused || failed == must_fail);
    sqlite3_finalize(frames);
    sqlite3_finalize(sliding);
    sqlite3_finalize(plain);
}

/* Puts the stats of each row into its column s: of the row alone where conversations must stay
** whole, else of it and of the one before. False: a row is refused. */
static bool make_stats(const RowsPlan *plan) {
    char *sql = sqlite3_mprintf(
        "UPDATE t AS row SET s = (SELECT %s FROM t WHERE t.id BETWEEN row.id - %d AND row.id)",
        plan->sql, plan->keeps ? 0 : 1);
    bool made = sqlite3_exec(database_open(), sql, NULL, NULL, NULL) == SQLITE_OK;
    sqlite3_free(sql);
    return made;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const filters[] = {"", "", "FILTER (WHERE id % 3 <> 1)",
                                          "FILTER (WHERE k IS NOT NULL)"};
    FuzzInput input = {data, data + size};
    RowsPlan plan;
    char window[240];
    database_open();
    rows_choose(&input, false, &plan);
    put_window(&input, window, sizeof window);
    uint8_t choice = fuzz_byte(&input);
    int count = rows_fill(&input, &plan, MOST_ROWS);
    const char *filter = filters[choice % 4];
    if (plan.stats && choice >= 192) { /* Requirement 2 */
        if (make_stats(&plan)) {
            check_window("kefu_merge(s)", filter, window, count);
        }
    } else {
        check_window(plan.sql, filter, window, count);
    }
    return 0;
}
