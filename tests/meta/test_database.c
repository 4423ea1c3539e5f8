/* test_database.c - a database of results says what the results say, refuses what is not its own,
 * and keeps whole runs when the disk is full.
 */
#include "../support/support.h"

#include <math.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static char place[] = "/tmp/onhold-db-XXXXXX";
static int number;

/* A name that no other test has. */
static const char *new_name(char name[64])
{
    snprintf(name, 64, "%s/%d.sqlite", place, ++number);
    return name;
}

static int make_place(void **state)
{
    (void)state;
    return mkdtemp(place) ? 0 : -1;
}

static int remove_place(void **state)
{
    char command[80];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", place);
    return system(command) == 0 ? 0 : -1;
}

static const char day[] =
    "onhold: 1\nname: day\ntime: {open: 08:00-10:00}\n"
    "queues: {q: {arrivals: 60 per h, handling: {exponential: 3 min}, patience: {exponential: 2 "
    "min}, target: [80% in 20 s, 95% in 60 s, {abandon_rate: 5%}]}, r: {arrivals: 6 per h, "
    "handling: {exponential: 3 min}, patience: never}}\n"
    "agents: {g: {count: 3, serves: [q, r], target: {occupancy: 85%}}}\n"
    "experiment: {replications: 60}\n";
static const char week[] =
    "onhold: 1\nname: week\ntime: {days: {mon-tue: 08:00-11:00, sat: 22:00-01:00}}\n"
    "queues: {q: {arrivals: 40 per h, handling: {exponential: 4 min}, patience: {exponential: 9 "
    "min}, target: 80% in 20 s}}\nagents: {g: {count: 3, serves: [q]}}\n"
    "experiment: {replications: 3}\n";
static const char batches[] =
    "onhold: 1\nname: steady\ntime: {steady: {warm_up: 1 h, batches: 10, batch: 2 h}}\n"
    "queues: {q: {arrivals: 40 per h, handling: {exponential: 4 min}, patience: {exponential: 9 "
    "min}}}\nagents: {g: {count: 3, serves: [q]}}\n";

static const oh_write_context context = {.file = "a.yaml", .variant = "", .sha256 = "s"};

static oh_database *open_new(const char *name)
{
    oh_database *database = NULL;
    char message[256];
    oh_status status = oh_database_open(&database, name, message);
    assert_that(status == OH_OK, "%s", message);
    return database;
}

static oh_database_run run_of(const struct trial *trial)
{
    return (oh_database_run){.status = "complete",
                             .context = &context,
                             .model = trial->model,
                             .scenario = trial->scenario,
                             .result = trial->result};
}

static void add(oh_database *database, const oh_database_run *run)
{
    char message[256] = "";
    oh_status status = oh_database_add(database, run, message);
    assert_that(status == OH_OK, "%s", message);
}

/* One value of a query: NaN for NULL, an assertion that there is exactly one row. */
static double ask(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s = NULL;
    assert_that(sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK, "%s: %s", sql,
                sqlite3_errmsg(db));
    assert_that(sqlite3_step(s) == SQLITE_ROW, "no row: %s", sql);
    double value = sqlite3_column_type(s, 0) == SQLITE_NULL ? NAN : sqlite3_column_double(s, 0);
    assert_that(sqlite3_step(s) == SQLITE_DONE, "more than one row: %s", sql);
    sqlite3_finalize(s);
    return value;
}

static sqlite3 *look(const char *name)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(name, &db), SQLITE_OK);
    return db;
}

/* ---- the figures ---- */

static void expect_figures(sqlite3 *db, const oh_result *result, oh_level level, size_t thing,
                           long period)
{
    static const char *const levels[] = {"queues", "agents", "total"};
    char where[200] = "", sql[500];
    const char *name = oh_result_name(result, level, thing);
    if (period >= 0) {
        oh_interval at = oh_result_interval(result, (size_t)period);
        snprintf(where, sizeof where, "AND start = '%s' AND \"end\" = '%s' AND day IS %s%s%s",
                 at.start, at.end, at.day ? "'" : "", at.day ? at.day : "NULL", at.day ? "'" : "");
    } else if (period < OH_WHOLE) {
        snprintf(where, sizeof where, "AND start IS NULL AND day = '%s'",
                 oh_result_day(result, (size_t)(OH_DAY(0) - period)));
    }
    for (size_t c = 0; c < oh_result_columns(result, level); c++) {
        oh_estimate e;
        const char *id = oh_result_column(result, level, c)->id;
        const char *table = period == OH_WHOLE ? "metric" : "interval_metric";
        bool there = oh_result_estimate(result, level, thing, period, c, &e);
        snprintf(sql, sizeof sql,
                 "SELECT count(*) FROM %s WHERE level = '%s' AND name = '%s' AND metric = '%s' %s",
                 table, levels[level], name, id, where);
        assert_same(ask(db, sql), there ? 1 : 0);
        if (!there)
            continue;
        snprintf(sql, sizeof sql,
                 "SELECT value FROM %s WHERE level = '%s' AND name = '%s' AND metric = '%s' %s",
                 table, levels[level], name, id, where);
        assert_same(ask(db, sql), isfinite(e.value) ? e.value + 0.0 : NAN);
        snprintf(sql, sizeof sql,
                 "SELECT half_width FROM %s WHERE level = '%s' AND name = '%s' AND metric = '%s' "
                 "%s",
                 table, levels[level], name, id, where);
        assert_same(ask(db, sql), isfinite(e.half_width) ? e.half_width + 0.0 : NAN);
    }
}

static void expect_values(sqlite3 *db, const oh_result *result, oh_level level, size_t thing)
{
    static const char *const levels[] = {"queues", "agents", "total"};
    oh_run_info info = oh_result_info(result);
    double *values = calloc(info.replications, sizeof *values);
    char sql[500];
    assert_non_null(values);
    for (size_t c = 0; c < oh_result_columns(result, level); c += 7) {
        if (!oh_result_values(result, level, thing, OH_WHOLE, c, values))
            continue;
        for (uint32_t i = 0; i < info.replications; i += 7) {
            snprintf(sql, sizeof sql,
                     "SELECT value FROM replication_metric WHERE level = '%s' AND name = '%s' AND "
                     "metric = '%s' AND replication = %u",
                     levels[level], oh_result_name(result, level, thing),
                     oh_result_column(result, level, c)->id, (unsigned)(info.first + i));
            assert_same(ask(db, sql), values[i]);
        }
    }
    free(values);
}

static void expect_result(const char *text, uint32_t first)
{
    char name[64];
    struct trial trial = trial_text(text);
    const oh_run_options options = {.first = first};
    trial_run(&trial, &options);
    oh_database *database = open_new(new_name(name));
    const oh_database_run run = run_of(&trial);
    add(database, &run);
    oh_database_close(database);
    sqlite3 *db = look(name);
    for (int level = 0; level < 3; level++)
        for (size_t i = 0; i < oh_result_things(trial.result, (oh_level)level); i++) {
            expect_figures(db, trial.result, (oh_level)level, i, OH_WHOLE);
            for (size_t k = 0; k < oh_result_intervals(trial.result); k++)
                expect_figures(db, trial.result, (oh_level)level, i, (long)k);
            for (size_t k = 0; k < oh_result_days(trial.result); k++)
                expect_figures(db, trial.result, (oh_level)level, i, OH_DAY(k));
            expect_values(db, trial.result, (oh_level)level, i);
        }
    assert_same(ask(db, "SELECT count(*) FROM run WHERE status = 'complete' AND error IS NULL AND "
                        "seed = 1 AND confidence = 0.95 AND file = 'a.yaml' AND variant = '' AND "
                        "length(hash) = 64 AND version = "
                        "'" OH_VERSION "' AND stopped_by = 'replications'"),
                1);
    assert_same(ask(db, first == 1 ? "SELECT count(*) FROM run WHERE settings = '[]'"
                                   : "SELECT count(*) FROM run WHERE settings = '[\"--first 5\"]'"),
                1);
    assert_same(ask(db, "SELECT replications FROM run"), oh_result_info(trial.result).replications);
    assert_same(ask(db, "SELECT json_extract(resolved, '$.agents.g.count') FROM run"), 3);
    assert_same(ask(db, "PRAGMA user_version"), 1);
    sqlite3_close(db);
    trial_free(&trial);
}

static void the_tables_hold_the_figures_of_the_result(void **state)
{
    (void)state;
    expect_result(day, 5);
    expect_result(week, 1);
    expect_result(batches, 1);
}

static void the_calls_are_those_that_the_figures_count(void **state)
{
    char name[64];
    (void)state;
    struct trial trial = trial_text(day);
    const oh_run_options options = {.first = 3, .replications = 4};
    trial_run(&trial, &options);
    oh_database *database = open_new(new_name(name));
    oh_database_run run = run_of(&trial);
    run.trace = true;
    add(database, &run);
    oh_database_close(database);
    sqlite3 *db = look(name);
    assert_same(ask(db, "SELECT count(DISTINCT replication) FROM trace_call"), 4);
    assert_same(ask(db, "SELECT min(replication) FROM trace_call"), 3);
    assert_close(ask(db, "SELECT count(*) / 4.0 FROM trace_call WHERE queue = 'q' AND outcome = "
                         "'answered'"),
                 trial_value(&trial, OH_QUEUE, "q", "answered"), 1e-12);
    assert_close(ask(db, "SELECT avg(wait) FROM trace_call WHERE queue = 'q' AND outcome = "
                         "'answered'"),
                 trial_value(&trial, OH_QUEUE, "q", "asa"), 1e-9);
    assert_same(ask(db, "SELECT count(*) FROM trace_call WHERE queue = 'r' AND patience IS NOT "
                        "NULL"),
                0);
    sqlite3_close(db);
    trial_free(&trial);
}

static void the_views_answer_the_usual_questions(void **state)
{
    char name[64];
    (void)state;
    struct trial trial = trial_text(day);
    trial_run(&trial, NULL);
    oh_database *database = open_new(new_name(name));
    const oh_database_run run = run_of(&trial);
    const oh_database_run bad = {.status = "invalid", .error = "why", .context = &context};
    add(database, &run);
    add(database, &run);
    add(database, &bad);
    oh_database_close(database);
    sqlite3 *db = look(name);
    assert_same(ask(db, "SELECT run_id FROM newest_run"), 2);
    assert_same(ask(db, "SELECT value FROM newest_metric WHERE name = 'q' AND metric = 'asa'"),
                trial_value(&trial, OH_QUEUE, "q", "asa"));
    assert_same(ask(db, "SELECT count(*) FROM target"), 4);
    assert_same(ask(db, "SELECT count(*) FROM problem WHERE error = 'why'") + 0.0, 1);
    static const struct {
        oh_level level;
        const char *thing, *metric;
    } targets[] = {{OH_QUEUE, "q", "service_level"},
                   {OH_QUEUE, "q", "service_level_60s"},
                   {OH_QUEUE, "q", "abandon_rate"},
                   {OH_AGENTS, "g", "occupancy"}};
    for (size_t i = 0; i < 4; i++) {
        char sql[300];
        oh_estimate e =
            trial_read(&trial, targets[i].level, targets[i].thing, OH_WHOLE, targets[i].metric);
        assert_true(e.has_target);
        snprintf(sql, sizeof sql, "SELECT met FROM target WHERE name = '%s' AND metric = '%s'",
                 targets[i].thing, targets[i].metric);
        assert_same(ask(db, sql), e.met ? 1 : 0);
        snprintf(sql, sizeof sql, "SELECT goal FROM target WHERE name = '%s' AND metric = '%s'",
                 targets[i].thing, targets[i].metric);
        assert_same(ask(db, sql), e.target);
    }
    double worst = 1;
    for (size_t k = 0; k < oh_result_intervals(trial.result); k++)
        worst = fmin(worst, trial_read(&trial, OH_QUEUE, "q", (long)k, "service_level").value);
    assert_same(ask(db, "SELECT service_level FROM worst_interval WHERE queue = 'q'"), worst);
    sqlite3_close(db);
    trial_free(&trial);
}

/* ---- finding runs again ---- */

static bool found(oh_database *database, const struct trial *trial, const oh_run_options *options)
{
    bool yes;
    char message[256];
    assert_int_equal(
        oh_database_find(database, trial->scenario, trial->model, options, &context, &yes, message),
        OH_OK);
    return yes;
}

static void a_run_is_found_again_once_and_only_if_it_is_the_same(void **state)
{
    char name[64];
    (void)state;
    struct trial trial = trial_text(day), other = trial_text(week);
    const oh_run_options plain = {.replications = 0};
    const oh_run_options same = {.replications = 60, .has_seed = true, .seed = 1, .first = 1};
    const oh_run_options not_same[] = {
        {.replications = 61}, {.has_seed = true, .seed = 2},
        {.confidence = 0.9},  {.count_at = OH_AT_EXIT},
        {.first = 2},         {.goal = {true, OH_QUEUE, 0, "asa", 1}}};
    trial_run(&trial, NULL);
    oh_database *database = open_new(new_name(name));
    oh_database_run run = run_of(&trial);
    add(database, &run);
    assert_false(found(database, &trial, &plain)); /* added since it was opened */
    oh_database_close(database);
    database = open_new(name);
    for (size_t i = 0; i < sizeof not_same / sizeof *not_same; i++)
        assert_false(found(database, &trial, &not_same[i]));
    assert_false(found(database, &other, &plain));
    assert_true(found(database, &trial, &plain));
    assert_false(found(database, &trial, &plain)); /* an equal scenario is played, too */
    oh_database_close(database);
    database = open_new(name);
    assert_true(found(database, &trial, &same));
    run.status = "cancelled";
    add(database, &run);
    oh_database_close(database);
    database = open_new(name);
    assert_true(found(database, &trial, &same));
    assert_false(found(database, &trial, &same)); /* what was not complete does not count */
    oh_database_close(database);
    trial_free(&trial);
    trial_free(&other);
}

static void a_run_up_to_a_precision_is_found_by_that_precision(void **state)
{
    char name[64];
    (void)state;
    struct trial trial = trial_text(day);
    const oh_run_options plain = {.replications = 0};
    const oh_run_options goal = {.replications = 20, .goal = {true, OH_QUEUE, 0, "asa", 1.5}};
    const oh_run_options not_same[] = {{.goal = {true, OH_QUEUE, 0, "asa", 1.25}},
                                       {.goal = {true, OH_QUEUE, 0, "wait", 1.5}},
                                       {.goal = {true, OH_AGENTS, 0, "asa", 1.5}},
                                       {.replications = 61, .goal = goal.goal}};
    trial_run(&trial, NULL); /* 60 replications: as many as it might have taken */
    oh_database *database = open_new(new_name(name));
    oh_database_run run = run_of(&trial);
    run.goal = goal.goal;
    add(database, &run);
    oh_database_close(database);
    sqlite3 *db = look(name);
    assert_same(ask(db, "SELECT count(*) FROM run, json_each(settings)"
                        " WHERE json_each.value = '--precision queues.q.asa=1.5'"),
                1);
    sqlite3_close(db);
    database = open_new(name);
    assert_false(found(database, &trial, &plain));
    for (size_t i = 0; i < sizeof not_same / sizeof *not_same; i++)
        assert_false(found(database, &trial, &not_same[i]));
    assert_true(found(database, &trial, &goal));
    oh_database_close(database);
    trial_free(&trial);
}

static void the_views_tell_runs_of_other_settings_apart(void **state)
{
    char name[64];
    (void)state;
    struct trial trial = trial_text(day);
    trial_run(&trial, NULL);
    oh_database *database = open_new(new_name(name));
    oh_database_run run = run_of(&trial);
    for (int i = 0; i < 3; i++) {
        static const char *const settings[] = {"agents.g.count=3", "agents.g.count=4"};
        const oh_write_context at = {
            .file = "t", .variant = "", .settings = &settings[i % 2], .settings_count = 1};
        run.context = &at;
        add(database, &run);
    }
    oh_database_close(database);
    sqlite3 *db = look(name);
    assert_same(ask(db, "SELECT count(*) FROM newest_run"), 2);
    assert_same(ask(db, "SELECT run_id FROM newest_run WHERE settings LIKE '%=3%'"), 3);
    assert_same(ask(db, "SELECT run_id FROM newest_run WHERE settings LIKE '%=4%'"), 2);
    sqlite3_close(db);
    trial_free(&trial);
}

static void the_same_error_is_said_once_if_so_asked(void **state)
{
    char name[64];
    (void)state;
    oh_database *database = open_new(new_name(name));
    oh_database_run bad = {.status = "invalid", .error = "a", .context = &context, .once = true};
    add(database, &bad);
    add(database, &bad);
    bad.error = "b";
    add(database, &bad);
    bad.once = false;
    add(database, &bad);
    oh_database_close(database);
    sqlite3 *db = look(name);
    assert_same(ask(db, "SELECT count(*) FROM run"), 3);
    sqlite3_close(db);
}

/* ---- what is no database of ours ---- */

static void expect_refused(const char *name, oh_status wanted, const char *why)
{
    oh_database *database = NULL;
    char message[256] = "";
    assert_int_equal(oh_database_open(&database, name, message), wanted);
    assert_null(database);
    assert_that(strstr(message, why) != NULL, "\"%s\" does not say \"%s\"", message, why);
}

static void run_sql(const char *name, const char *sql)
{
    sqlite3 *db = look(name);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void what_is_not_a_database_of_onhold_is_left_alone(void **state)
{
    char name[64];
    size_t before, after;
    (void)state;
    FILE *file = fopen(new_name(name), "w");
    assert_non_null(file);
    for (int i = 0; i < 100; i++)
        fputs("this is a text and no database at all\n", file);
    fclose(file);
    char *text = read_whole(name, &before), *again;
    expect_refused(name, OH_INVALID, "no database");
    again = read_whole(name, &after);
    assert_true(before == after && memcmp(text, again, before) == 0);
    free(text);
    free(again);

    run_sql(new_name(name), "CREATE TABLE theirs(a)");
    text = read_whole(name, &before);
    expect_refused(name, OH_INVALID, "another program");
    again = read_whole(name, &after);
    assert_true(before == after && memcmp(text, again, before) == 0);
    free(text);
    free(again);

    oh_database_close(open_new(new_name(name)));
    run_sql(name, "PRAGMA user_version = 2");
    expect_refused(name, OH_INVALID, "newer onhold");
    expect_refused(place, OH_IO, "folder");
    expect_refused("/nowhere/at/all.sqlite", OH_IO, "No such file");
}

/* ---- a full disk ---- */

/* What there is no room for is refused whole, and what was there stays. */
static void a_full_disk_loses_only_the_run_that_did_not_fit(void **state)
{
    char name[64], message[256] = "";
    struct rlimit before, limit;
    (void)state;
    struct trial trial = trial_text(day);
    trial_run(&trial, NULL);
    oh_database *database = open_new(new_name(name));
    const oh_database_run run = run_of(&trial);
    add(database, &run);
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    limit = before;
    limit.rlim_cur = 3 << 20;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    oh_status status = OH_OK;
    double fitted = 1;
    for (int i = 0; i < 20 && status == OH_OK; i++) {
        status = oh_database_add(database, &run, message);
        fitted += status == OH_OK;
    }
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(status, OH_IO);
    assert_true(message[0] != '\0');
    oh_database_close(database);
    sqlite3 *db = look(name);
    assert_same(ask(db, "SELECT count(*) FROM run"), fitted);
    double one = ask(db, "SELECT count(*) FROM replication_metric WHERE run_id = 1");
    assert_same(ask(db, "SELECT count(*) FROM replication_metric"), fitted * one);
    assert_same(ask(db, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"),
                1);
    sqlite3_close(db);
    database = open_new(name);
    add(database, &run);
    oh_database_close(database);
    trial_free(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tables_hold_the_figures_of_the_result),
        cmocka_unit_test(the_calls_are_those_that_the_figures_count),
        cmocka_unit_test(the_views_answer_the_usual_questions),
        cmocka_unit_test(a_run_is_found_again_once_and_only_if_it_is_the_same),
        cmocka_unit_test(a_run_up_to_a_precision_is_found_by_that_precision),
        cmocka_unit_test(the_views_tell_runs_of_other_settings_apart),
        cmocka_unit_test(the_same_error_is_said_once_if_so_asked),
        cmocka_unit_test(what_is_not_a_database_of_onhold_is_left_alone),
        cmocka_unit_test(a_full_disk_loses_only_the_run_that_did_not_fit),
    };
    return cmocka_run_group_tests(tests, make_place, remove_place);
}
