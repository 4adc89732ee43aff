/* interrupt_test.c: sqlite3_interrupt() from another thread ends a query within 100 ms, wherever it is:
** between rows, in a final step, in a table that is being made, in a scalar that reads large stats.
**
** 1. Hosts from 3.41 on can be asked, and then 100 ms hold everywhere. Before, a final step runs to its
**    end; the query still ends properly, and the connection is as good as ever.
** 2. Time is the processor's, of the thread that runs the query: others on the machine do not matter.
** 3. What was collected is released before the query ends, which takes about a second for a million keys
**    of grouped stats: the queries below have 50,000 at most.
*/
#define _POSIX_C_SOURCE 200809L /* nanosleep, pthread_getcpuclockid */

#include "../api/api.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

TestSuite(interrupt, .timeout = 600);

enum { INTERRUPT_CAN_ASK = 3041000, INTERRUPT_POINTS = 5 };
static const double interrupt_limit_s = 0.1;

#define N(count)                                                                                   \
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < " #count " - 1) "

static double interrupt_seconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* A thread that interrupts when another has used so much of the processor (Requirement 2). */
typedef struct Interrupter {
    sqlite3 *db;
    clockid_t clock; /* of the thread that runs the query */
    double at_s;
    double done_s; /* when it did, by that clock */
    volatile bool over;
} Interrupter;

static void *interrupt_thread(void *argument) {
    Interrupter *self = argument;
    while (!self->over && interrupt_seconds(self->clock) < self->at_s)
        nanosleep(&(struct timespec){.tv_nsec = 500000}, NULL);
    self->done_s = interrupt_seconds(self->clock);
    sqlite3_interrupt(self->db);
    return NULL;
}

/* Runs the query, interrupted after so many seconds; how long it went on then, or -1: it was over. */
static double interrupt_once(sqlite3 *db, const char *sql, double after_s) {
    Interrupter self = {.db = db};
    pthread_t thread;
    pthread_getcpuclockid(pthread_self(), &self.clock);
    self.at_s = interrupt_seconds(self.clock) + after_s;
    pthread_create(&thread, NULL, interrupt_thread, &self);
    ApiAnswer answer = api_answer(db, sql);
    double end_s = interrupt_seconds(self.clock);
    self.over = true;
    pthread_join(thread, NULL);
    cr_assert((answer.code & 0xFF) == SQLITE_INTERRUPT || answer.code == SQLITE_OK,
              "code %d: %s\n  %s", answer.code, answer.error, sql);
    expect_int(db, "SELECT consulting('a', 0, 1)", 1);
    return (answer.code & 0xFF) == SQLITE_INTERRUPT ? end_s - self.done_s : -1;
}

/* At points spread over the query's whole time. */
static void interrupt_everywhere(sqlite3 *db, const char *sql) {
    const bool can_ask = sqlite3_libversion_number() >= INTERRUPT_CAN_ASK;
    clockid_t clock;
    pthread_getcpuclockid(pthread_self(), &clock);
    double start_s = interrupt_seconds(clock);
    ApiAnswer whole = api_answer(db, sql);
    double needed_s = interrupt_seconds(clock) - start_s;
    cr_assert_null(whole.error, "%s", whole.error);
    double longest_s = 0;
    for (int i = 1; i <= INTERRUPT_POINTS; i++) {
        double late_s = 1;
        for (int tries = 0; tries < 3 && late_s > interrupt_limit_s; tries++)
            late_s = interrupt_once(db, sql, needed_s * i / (INTERRUPT_POINTS + 1));
        longest_s = late_s > longest_s ? late_s : longest_s;
        cr_expect(!can_ask || late_s <= interrupt_limit_s,
                  "interrupted at %d/%d of %.2f s, it went on for %.3f s: %s", i,
                  INTERRUPT_POINTS + 1, needed_s, late_s, sql);
    }
    fprintf(stderr, "  longest %3.0f ms of %4.0f ms: %.90s\n", longest_s * 1000, needed_s * 1000,
            strstr(sql, "- 1) ") + 5);
}

#define INTERRUPT(name, ...)                                                                       \
    Test(interrupt, name) {                                                                        \
        static const char *const queries[] = {__VA_ARGS__};                                        \
        sqlite3 *db = api_open();                                                                  \
        for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)                              \
            interrupt_everywhere(db, queries[i]);                                                  \
        api_close(db);                                                                             \
    }

INTERRUPT(chat,
          N(500000) "SELECT length(chat_stats(i * 7919 % 300000, i % 2, i * 31 % 900000)) FROM n",
          N(500000) "SELECT length(chat_stats('c', i % 2, i * 31 % 900000, "
                    "'{\"session\":\"all\"}')) FROM n",
          N(500000) "SELECT length(chat_stats_by(i * 7919 % 50000, i % 1000, i % 2, i)) FROM n",
          N(500000) "SELECT max_response(i * 7919 % 300000, i % 2, i) FROM n")
INTERRUPT(deals_and_ratings,
          N(500000) "SELECT length(deal_stats(i * 7919 % 900000, i, i, i)) FROM n",
          N(500000) "SELECT conversion_rate(i * 7919 % 900000, i % 2) FROM n",
          N(300000) "SELECT length(rating_stats_by(i * 7919 % 50000, i, i, 1, 5)) FROM n")
INTERRUPT(windows,
          N(100000) "SELECT max(length(w)) FROM (SELECT chat_stats(i % 9, i % 2, i) OVER (ORDER BY "
                    "i ROWS 99 PRECEDING) AS w FROM n)",
          N(300000) "SELECT length(chat_stats(i % 100000, i % 2, i) OVER ()) FROM n LIMIT 1")
INTERRUPT(merges,
          N(300000) "SELECT length(kefu_merge(s)) FROM (SELECT chat_stats(i, i % 2, i) AS s FROM n "
                    "GROUP BY i)",
          N(20) "SELECT length(kefu_merge(s)) FROM (SELECT (" N(
              60000) "SELECT deal_stats(i + n.i * 60000, i, i, i) FROM n) AS s FROM n)")
INTERRUPT(
    tables,
    N(300000) "SELECT count(*) FROM kefu_groups((SELECT chat_stats_by(i % 50000, i % 9, i % 2, i) "
              "FROM n))",
    N(300000) "SELECT count(*), sum(amount) FROM kefu_credits((SELECT journeys(i % 20000, i, CASE "
              "i % 3 WHEN 0 THEN 'chat' WHEN 1 THEN 'ask' ELSE 'order' END, i % 50, i, 5) FROM n))",
    N(300000) "SELECT count(*), sum(amount) FROM kefu_inquiries((SELECT journeys(i % 20000, i, "
              "CASE i % 3 WHEN 0 THEN 'chat' WHEN 1 THEN 'ask' ELSE 'order' END, i % 50, i, 5) "
              "FROM n))",
    N(1) "SELECT count(*) FROM kefu_stats((" N(300000) "SELECT chat_stats(i, 0, i) FROM n))")
