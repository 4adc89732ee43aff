/* loading_test.c: faults while the extension is loaded. */
#include "fault.h"

TestSuite(loading, .init = fault_init, .fini = fault_fini, .timeout = 300);

/* After a load that failed, the next one succeeds and everything is there. */
static bool loading_once(long n, FaultKind kind) {
    sqlite3 *db = api_open_bare();
    char *error = NULL;
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, NULL);
    fault_arm(db, n, kind);
    int code = sqlite3_load_extension(db, api_library(), NULL, &error);
    bool fired = fault_disarm();
    cr_assert(code == SQLITE_OK || fired, "loading fails by itself: %s", error ? error : "");
    sqlite3_free(error);
    if (code != SQLITE_OK)
        api_load(db);
    expect_int(db,
               "SELECT count(*) FROM pragma_function_list WHERE name IN ('chat_stats', "
               "'reply_rate', 'kefu_merge', "
               "'kefu_version', 'wilson_low')",
               9);
    expect_int(db,
               "SELECT count(*) FROM pragma_module_list WHERE name LIKE 'kefu%' OR name = "
               "'commission_explain'",
               7);
    expect_int(
        db, "SELECT consulting(stats) FROM kefu_groups((SELECT chat_stats_by('k', 'c', 0, 1)))", 1);
    api_close(db);
    return fired;
}

Test(loading, can_be_tried_again) {
    for (int kind = 0; kind < FAULT_KINDS; kind++) {
        for (long n = 1; loading_once(n, (FaultKind)kind); n++) {
        }
    }
}
