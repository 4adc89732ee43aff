/* split_fuzz.c: libFuzzer on splits and merges: bytes are an aggregate of stats and rows with their
** parts (state.md 2).
**
** 1. The parts' stats merge to the bytes of the whole's, all at once, in two steps, or in a window;
**    so do the rows in another order. Where the whole fails, the merge does.
** 2. A split keeps conversations whole: a chat customer (and key) is in one part.
** 3. The groups of grouped stats add up to them: as many rows, and no key or period twice.
*/
#include "rows.h"

#define MOST_ROWS 16
#define PARTS 4

/* Requirement 2: `parts` has a digit for each row. */
static void set_parts(const RowsPlan *plan, const char *parts) {
    database_do("UPDATE t SET part = substr(%Q, %s, 1)", parts,
                !plan->keeps ? "id"
                : plan->keyed
                    ? "coalesce((SELECT min(id) FROM t AS u WHERE u.a = t.a AND u.k IS t.k), id)"
                    : "coalesce((SELECT min(id) FROM t AS u WHERE u.a = t.a), id)");
}

/* `wanted` takes over nothing; `got` is closed. */
static void expect_answer(const Answer *wanted, Answer got) {
    fuzz_expect(answer_same(wanted, &got));
    answer_close(&got);
}

static void check_groups(const Answer *whole) {
    sqlite3_stmt *check = database_prepare(
        "SELECT json_extract(kefu_info(?1), '$.rows') = total(json_extract(kefu_info(stats), "
        "'$.rows')) "
        "AND count(*) = count(DISTINCT quote(key) || quote(period)) FROM kefu_groups(?1)");
    sqlite3_bind_blob(check, 1, whole->value, whole->bytes, SQLITE_STATIC);
    fuzz_expect(sqlite3_step(check) == SQLITE_ROW && sqlite3_column_int(check, 0) == 1);
    sqlite3_finalize(check);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    FuzzInput input = {data, data + size};
    RowsPlan plan;
    char parts[MOST_ROWS + 1] = "";
    database_open();
    rows_choose(&input, true, &plan);
    for (int i = 0; i < MOST_ROWS; i++) {
        parts[i] = (char)('0' + fuzz_below(&input, PARTS));
    }
    rows_fill(&input, &plan, MOST_ROWS);
    set_parts(&plan, parts);
    Answer whole = answer_ask("SELECT %s FROM t", plan.sql);
    expect_answer(
        &whole,
        answer_ask("SELECT %s FROM (SELECT * FROM t ORDER BY o DESC, id DESC LIMIT -1)", plan.sql));
    expect_answer(
        &whole,
        answer_ask("SELECT kefu_merge(s) FROM (SELECT %s AS s FROM t GROUP BY part)", plan.sql));
    expect_answer(
        &whole,
        answer_ask("SELECT kefu_merge(s) FROM (SELECT kefu_merge(s) AS s FROM (SELECT part, %s "
                   "AS s FROM t GROUP BY part) GROUP BY part %% 2)",
                   plan.sql));
    if (whole.type == SQLITE_BLOB) {
        expect_answer(
            &whole,
            answer_ask("SELECT kefu_merge(s) OVER (ORDER BY part ROWS UNBOUNDED PRECEDING) FROM "
                       "(SELECT part, %s AS s FROM t GROUP BY part) ORDER BY part DESC LIMIT 1",
                       plan.sql));
        if (plan.keyed) {
            check_groups(&whole); /* Requirement 3 */
        }
    }
    answer_close(&whole);
    return 0;
}
