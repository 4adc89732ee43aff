/* shell.c: as much of the sqlite3 shell as the tests' scripts ask of it, over whatever libsqlite3.so.0
** it is started with. (Debian's own shell starts with none but its own.)
**
**     shell [-batch] [-bail] [-cmd COMMAND] FILE <SCRIPT
**
** 1. Rows are printed as in the shell's list mode: columns joined by '|', NULL as nothing.
** 2. Commands: .read FILE, .load LIBRARY, .print TEXT, .headers on|off; another one ends the run.
** 3. Errors go to stderr as "Error: near line N: MESSAGE" and the script goes on; after -bail the run
**    ends there. The status is 1 where there was an error.
*/
#define _POSIX_C_SOURCE 200809L /* getline */

#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Shell {
    sqlite3 *db;
    bool headers; /* print the columns' names */
    bool named;   /* they are printed already for this statement */
    bool bail;
    bool failed;
} Shell;

static void shell_read(Shell *shell, const char *path);

static void shell_fail(Shell *shell, int line, const char *message) { /* Requirement 3 */
    fflush(stdout);
    fprintf(stderr, "Error: near line %d: %s\n", line, message ? message : "no message");
    shell->failed = true;
    if (shell->bail)
        exit(1);
}

static void shell_print_row(int count, char **values) { /* Requirement 1 */
    for (int i = 0; i < count; i++)
        printf("%s%s", i > 0 ? "|" : "", values[i] ? values[i] : "");
    putchar('\n');
}

static int shell_row(void *argument, int count, char **values, char **names) {
    Shell *shell = argument;
    if (shell->headers && !shell->named)
        shell_print_row(count, names);
    shell->named = true;
    shell_print_row(count, values);
    return 0;
}

static void shell_run(Shell *shell, int line, const char *sql) {
    shell->named = false;
    if (sqlite3_exec(shell->db, sql, shell_row, shell, NULL) != SQLITE_OK)
        shell_fail(shell, line, sqlite3_errmsg(shell->db));
}

/* An argument without the quotes around it. */
static char *shell_unquote(char *argument) {
    const size_t length = strlen(argument);
    if (length > 1 && argument[0] == '\'' && argument[length - 1] == '\'') {
        argument[length - 1] = 0;
        argument++;
    }
    return argument;
}

static void shell_command(Shell *shell, int line, char *command) { /* Requirement 2 */
    char *blank = strchr(command, ' ');
    const char *argument = blank ? shell_unquote(blank + 1) : "";
    if (blank)
        *blank = 0;
    if (strcmp(command, ".read") == 0) {
        shell_read(shell, argument);
    } else if (strcmp(command, ".print") == 0) {
        puts(argument);
    } else if (strcmp(command, ".headers") == 0) {
        shell->headers = strcmp(argument, "on") == 0;
    } else if (strcmp(command, ".load") == 0) {
        char *message = NULL;
        if (sqlite3_load_extension(shell->db, argument, NULL, &message) != SQLITE_OK)
            shell_fail(shell, line, message);
        sqlite3_free(message);
    } else {
        fprintf(stderr, "shell.c does not know %s\n", command);
        exit(2);
    }
}

/* Lines up to a semicolon that ends a statement are run as one. */
static void shell_run_file(Shell *shell, FILE *file) {
    char *line = NULL, *sql = calloc(1, 1);
    size_t room = 0, used = 0;
    int number = 0, first = 1;
    ssize_t length;
    while ((length = getline(&line, &room, file)) > 0) {
        number++;
        if (used == 0 && line[0] == '.') {
            line[strcspn(line, "\n")] = 0;
            shell_command(shell, number, line);
            continue;
        }
        if (used == 0 && (line[0] == '\n' || strncmp(line, "--", 2) == 0))
            continue;
        if (used == 0)
            first = number;
        sql = realloc(sql, used + (size_t)length + 1);
        if (!sql)
            abort();
        memcpy(sql + used, line, (size_t)length + 1);
        used += (size_t)length;
        if (sqlite3_complete(sql)) {
            shell_run(shell, first, sql);
            used = 0;
        }
    }
    if (used > 0)
        shell_run(shell, first, sql);
    free(sql);
    free(line);
}

static void shell_read(Shell *shell, const char *path) {
    FILE *file = fopen(path, "r");
    if (!file) {
        fprintf(stderr, "cannot open %s\n", path);
        exit(2);
    }
    shell_run_file(shell, file);
    fclose(file);
}

int main(int count, char **arguments) {
    Shell shell = {.db = NULL};
    char *command = NULL, *path = NULL;
    for (int i = 1; i < count; i++) {
        if (strcmp(arguments[i], "-bail") == 0)
            shell.bail = true;
        else if (strcmp(arguments[i], "-cmd") == 0 && i + 1 < count)
            command = arguments[++i];
        else if (strcmp(arguments[i], "-batch") != 0)
            path = arguments[i];
    }
    if (!path || sqlite3_open(path, &shell.db) != SQLITE_OK) {
        fprintf(stderr, "usage: shell [-batch] [-bail] [-cmd COMMAND] FILE <SCRIPT\n");
        return 2;
    }
    sqlite3_enable_load_extension(shell.db, 1);
    if (command)
        shell_command(&shell, 0, command);
    shell_run_file(&shell, stdin);
    sqlite3_close(shell.db);
    return shell.failed;
}
