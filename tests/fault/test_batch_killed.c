/* test_batch_killed.c - a batch that is killed at any moment leaves a sound database of whole runs,
 * and goes on to what it would have been.
 */
#include "../support/scenario_gen.h"

#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { KILLS = 100, TRIES_A_DATABASE = 5, FILES = 4 };

static char program[4096], place[] = "/tmp/onhold-batch-XXXXXX";

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

#define SMALL                                                                                      \
    "onhold: 1\nname: n%d\ntime: {open: 08:00-10:00}\nqueues: {q: {arrivals: %d per h, handling: " \
    "{exponential: 4 min}, patience: {exponential: 3 min}, target: 80%% in 20 s}}\nagents: {g: "   \
    "{count: 4, serves: [q]}}\nexperiment: {replications: 3}\n"

/* Two equal files, one with variants, and one that is wrong. */
static int make_files(void **state)
{
    (void)state;
    char name[64], text[1024];
    if (!mkdtemp(place) || chdir(place) != 0)
        return -1;
    for (int i = 0; i < FILES; i++) {
        snprintf(name, sizeof name, "s%d.yaml", i);
        snprintf(text, sizeof text, SMALL "%s", i / 2, 50 + i / 2,
                 i == 2 ? "variants: {more: {agents.g.count: 5}, same: {agents.g.count: 4}}\n"
                        : "");
        write_file(name, text);
    }
    write_file("s2b.yaml", "onhold: 1\nname: wrong\n");
    return 0;
}

/* The batch as a process of its own, quiet. */
static pid_t start(const char *database)
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid > 0)
        return pid;
    int nothing = open("/dev/null", O_WRONLY);
    dup2(nothing, STDOUT_FILENO);
    dup2(nothing, STDERR_FILENO);
    execl(program, "onhold", "batch", ".", "--db", database, "--resume", "-q", (char *)NULL);
    _exit(127);
}

static int ended(pid_t pid)
{
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* The one text or number that a query gives. */
static void expect_answer(sqlite3 *db, const char *sql, const char *wanted)
{
    sqlite3_stmt *s = NULL;
    assert_that(sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    const char *text = (const char *)sqlite3_column_text(s, 0);
    assert_that(text && strcmp(text, wanted) == 0, "%s: %s", sql, text ? text : "NULL");
    sqlite3_finalize(s);
}

#define SAME(columns, table)                                                                       \
    "SELECT count(*) FROM (SELECT * FROM (SELECT " columns " FROM main." table ") EXCEPT SELECT "  \
    "* FROM (SELECT " columns " FROM whole." table "))"

/* A database that is not there yet, or has no tables yet, has nothing wrong. */
static sqlite3 *look(const char *database)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(database, &db), SQLITE_OK);
    expect_answer(db, "PRAGMA integrity_check", "ok");
    sqlite3_stmt *s = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT count(*) FROM sqlite_schema", -1, &s, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    int tables = sqlite3_column_int(s, 0);
    sqlite3_finalize(s);
    if (tables > 0)
        return db;
    sqlite3_close(db);
    return NULL;
}

/* Whole runs from the beginning on: each row of every table is as in the whole database, and of
 * the runs that are there no row is missing. Run numbers are the same since runs come in order. */
static void expect_whole_runs(const char *database)
{
    sqlite3 *db = look(database);
    if (!db)
        return;
    assert_int_equal(sqlite3_exec(db, "ATTACH 'whole.sqlite' AS whole", NULL, NULL, NULL),
                     SQLITE_OK);
    static const char *const tables[] = {"run", "metric", "interval_metric", "replication_metric"};
    expect_answer(db, SAME("*", "run"), "0");
    expect_answer(db, SAME("*", "metric"), "0");
    expect_answer(db, SAME("*", "interval_metric"), "0");
    expect_answer(db, SAME("*", "replication_metric"), "0");
    for (size_t i = 0; i < 4; i++) {
        char sql[400];
        snprintf(sql, sizeof sql,
                 "SELECT (SELECT count(*) FROM main.%s) = (SELECT count(*) FROM whole.%s WHERE "
                 "run_id <= (SELECT coalesce(max(run_id), 0) FROM main.run))",
                 tables[i], tables[i]);
        expect_answer(db, sql, "1");
    }
    sqlite3_close(db);
}

static void expect_complete(const char *database)
{
    expect_whole_runs(database);
    sqlite3 *db = look(database);
    assert_non_null(db);
    expect_answer(db, "SELECT count(*) FROM run", "7");
    sqlite3_close(db);
}

static void forget(const char *database)
{
    char name[64];
    static const char *const ends[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++) {
        snprintf(name, sizeof name, "%s%s", database, ends[i]);
        unlink(name);
    }
}

/* Kills it after that time; false if it had ended before. */
static bool killed_after(const char *database, double seconds)
{
    struct timespec wait = {0, (long)(1e9 * fmin(seconds, 0.9))};
    pid_t pid = start(database);
    nanosleep(&wait, NULL);
    kill(pid, SIGKILL);
    return ended(pid) < 0;
}

/* How long a batch takes depends on what else the machine does: the time to kill it after follows
 * what was seen, so that most are killed somewhere on their way. */
static void a_killed_batch_leaves_whole_runs_and_goes_on(void **state)
{
    (void)state;
    uint64_t random = 7;
    int killed = 0, tries = 0;
    double began = seconds_now();
    assert_int_equal(ended(start("whole.sqlite")), 3);
    double most = seconds_now() - began;
    while (killed < KILLS) {
        bool was = killed_after("killed.sqlite", most * random_uniform(&random));
        assert_true(++tries < 20 * KILLS);
        killed += was;
        most *= was ? 1.03 : 0.9;
        expect_whole_runs("killed.sqlite");
        if (tries % TRIES_A_DATABASE > 0)
            continue;
        assert_int_equal(ended(start("killed.sqlite")), 3);
        expect_complete("killed.sqlite");
        assert_int_equal(ended(start("killed.sqlite")), 3); /* nothing is left to do */
        expect_complete("killed.sqlite");
        forget("killed.sqlite");
    }
}

static int remove_files(void **state)
{
    (void)state;
    char command[80];
    snprintf(command, sizeof command, "rm -rf %s", place);
    return chdir("/") == 0 && system(command) == 0 ? 0 : -1;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_killed_batch_leaves_whole_runs_and_goes_on),
    };
    char self[4000];
    (void)argc;
    if (!realpath(argv[0], self))
        return 1;
    for (int i = 0; i < 3; i++) /* OUT/tests/fault/NAME: the program is OUT/onhold */
        *strrchr(self, '/') = '\0';
    snprintf(program, sizeof program, "%s/onhold", self);
    return cmocka_run_group_tests(tests, make_files, remove_files);
}
