/* real_test.c: a real chat log, under several rules, against the oracle.
**
** The log is read where it lies: KEFU_CHAT_LOG, else ../shared/data/support_chat.csv. Without it the
** test is skipped. Columns: agent, customer, sent_at (Unix seconds), sender.
*/
#include "compare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REAL_NAME = 32, REAL_RULES = 10 };

static Trial trial;
static OracleLine lines[ORACLE_MOST_LINES];
static char names[2][ORACLE_MOST_LINES][REAL_NAME]; /* agents, customers */
static int name_count[2], line_count;

static const char *real_path(void) {
    const char *path = getenv("KEFU_CHAT_LOG");
    return path && *path ? path : "../shared/data/support_chat.csv";
}

/* The ordinal of an agent (0) or a customer (1). */
static int real_ordinal(int which, const char *name) {
    for (int i = 0; i < name_count[which]; i++) {
        if (strcmp(names[which][i], name) == 0)
            return i;
    }
    snprintf(names[which][name_count[which]], REAL_NAME, "%s", name);
    return name_count[which]++;
}

/* Cuts a line at its commas. */
static void real_cut(char *text, char *fields[4]) {
    text[strcspn(text, "\r\n")] = 0;
    for (int i = 0; i < 4; i++) {
        fields[i] = text;
        text += strcspn(text, ",");
        if (*text)
            *text++ = 0;
    }
}

/* Reads the log into table m and the oracle's lines; false: there is none. */
static bool real_read(sqlite3 *db) {
    char text[256], *fields[4];
    FILE *file = fopen(real_path(), "r");
    if (!file)
        return false;
    api_exec(db, "CREATE TABLE m(agent, customer, sent_at TEXT, sender); BEGIN");
    for (bool head = true; fgets(text, sizeof text, file); head = false) {
        if (head || line_count == ORACLE_MOST_LINES)
            continue;
        real_cut(text, fields);
        api_exec(db, "INSERT INTO m VALUES('%s', '%s', '%s', '%s')", fields[0], fields[1],
                 fields[2], fields[3]);
        lines[line_count++] = (OracleLine){
            .key = real_ordinal(0, fields[0]),
            .customer = real_ordinal(1, fields[1]),
            .sender = fields[3][0] == 'c' ? ORACLE_FROM_CUSTOMER : ORACLE_FROM_AGENT,
            .has_time = true,
            .at_ms = atoll(fields[2]) * 1000,
        };
    }
    fclose(file);
    api_exec(db, "COMMIT");
    return true;
}

static void real_compare(const char *from, const char *condition, const OracleChats *chats, int key,
                         const OracleRules *rules) {
    OracleChatSum sum = oracle_sum_chats(chats, key, INT64_MIN, rules);
    OracleFigures want = sum.figures;
    sqlite3_stmt *statement =
        compare_prepare(&trial, api_sql("SELECT %s FROM %s AS s WHERE %s",
                                        compare_list(&want, "stats"), from, condition));
    cr_assert(sqlite3_step(statement) == SQLITE_ROW, "%s", sqlite3_errmsg(trial.db));
    compare_columns(&trial, statement, 0, &want);
    sqlite3_finalize(statement);
    free(sum.wait_ms);
}

/* The shop's figures, and each agent's by groups. */
static void real_check(const OracleRules *rules) {
    trial.rules = *rules;
    oracle_print_rules(&trial.random, rules, trial.rules_text, COMPARE_RULES);
    OracleChats shop = oracle_converse(lines, line_count, rules, false);
    real_compare(api_sql("(SELECT chat_stats(customer, sender, sent_at, %Q) AS stats FROM m)",
                         trial.rules_text),
                 "1", &shop, -1, rules);
    free(shop.conversation);
    OracleChats agents = oracle_converse(lines, line_count, rules, true);
    api_exec(trial.db, "DROP TABLE IF EXISTS g");
    api_exec(
        trial.db, "%s",
        api_sql("CREATE TABLE g AS SELECT key, stats FROM kefu_groups((SELECT chat_stats_by(agent, "
                "customer, sender, sent_at, %Q) FROM m))",
                trial.rules_text));
    for (int key = 0; key < name_count[0]; key++) {
        real_compare("g", api_sql("key = %Q", names[0][key]), &agents, key, rules);
    }
    free(agents.conversation);
}

Test(real, a_chat_log_under_several_rules, .timeout = 120) {
    sqlite3 *db = api_open();
    trial.db = db;
    trial.random.state = 1;
    if (!real_read(db)) {
        api_close(db);
        cr_skip_test("no chat log at %s (KEFU_CHAT_LOG)", real_path());
    }
    cr_expect(line_count > 1000);
    OracleRules rules = oracle_default_rules;
    real_check(&rules);
    for (int i = 0; i < oracle_rounds(REAL_RULES); i++) {
        rules = oracle_random_chat_rules(&trial.random, false);
        rules.period = ORACLE_NO_PERIOD;
        rules.named_zone = false; /* the log is of another year */
        real_check(&rules);
    }
    api_close(db);
}
