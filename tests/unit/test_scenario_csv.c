/* test_scenario_csv.c - CSV tables: separators, marks, commas, times, and the place of every cell.
 */
#include "../support/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../sim/scenario/bind.h"
#include "../../sim/scenario/csv_table.h"

struct table {
    struct arena arena;
    oh_diags *diags;
    struct csv_table *csv;
    double value[16];
    bool good;
};

static struct table table_of(const char *text, size_t length)
{
    struct table t = {.diags = oh_diags_new()};
    assert_non_null(t.diags);
    arena_init(&t.arena);
    const struct source *source = source_new(&t.arena, "t.csv", text, length);
    assert_non_null(source);
    struct span whole = {source, 0, 0, 0, 0};
    t.csv = csv_parse_source(&t.arena, source, whole, t.diags);
    return t;
}

static void table_free(struct table *t)
{
    arena_free(&t->arena);
    oh_diags_free(t->diags);
}

static void read_numbers(struct table *t, size_t column, bool whole, bool empty_is_never)
{
    struct csv_want want = {whole, empty_is_never, 1e6, "a number of calls"};
    bool no_memory = false;
    struct span nowhere = {t->csv->source, 0, 0, 0, 0};
    assert_true(t->csv->rows <= 16);
    t->good = csv_numbers(t->csv, column, &want, t->value, nowhere, t->diags, &no_memory);
    assert_false(no_memory);
}

/* Column 1 of the table holds these numbers. */
static void expect_numbers(const char *text, size_t n, const double *expected)
{
    struct table t = table_of(text, strlen(text));
    assert_non_null(t.csv);
    assert_int_equal(t.csv->rows, n);
    read_numbers(&t, 1, false, false);
    if (!t.good)
        show_findings(t.diags);
    assert_true(t.good);
    for (size_t i = 0; i < n; i++)
        assert_same(t.value[i], expected[i]);
    table_free(&t);
}

static void commas_semicolons_and_tabs_separate(void **state)
{
    const double two[] = {40, 62.5}, thousands[] = {1234.5, 7};
    (void)state;
    expect_numbers("time,calls\n08:00,40\n08:30,62.5\n", 2, two);
    expect_numbers("time;calls\n08:00;40\n08:30;62,5\n", 2, two);
    expect_numbers("time;calls\n08:00;40\n08:30;62.5\n", 2, two);
    expect_numbers("time\tcalls\n08:00\t40\n08:30\t62.5\n", 2, two);
    expect_numbers("\xEF\xBB\xBFtime,calls\r\n08:00, 40 \r\n\r\n08:30,\"62.5\"\r\n", 2, two);
    expect_numbers("time,\"calls, all\"\n08:00,40\n08:30,62.5", 2, two);
    expect_numbers("time;calls\n8:00;1\xC2\xA0"
                   "234,5\n8:30;\xE2\x80\xAF"
                   "7\xC2\xA0\n",
                   2, thousands);
    expect_numbers("time,calls\r08:00,40\r08:30,62.5\r", 2, two);
    expect_numbers("time,calls\n08:00,40,,\n08:30,62.5, \n", 2, two);
}

/* One finding at that place. */
static void expect_bad(const char *text, bool whole, unsigned line, unsigned column,
                       const char *message)
{
    struct table t = table_of(text, strlen(text));
    if (t.csv)
        read_numbers(&t, 1, whole, false);
    const oh_diag *d = oh_diags_at(t.diags, 0);
    if (t.good || oh_diags_count(t.diags) != 1 || d->line != line || d->column != column ||
        strcmp(d->message, message) != 0) {
        show_findings(t.diags);
        fail_with(__FILE__, __LINE__, "expected \"%s\" at %u:%u", message, line, column);
    }
    table_free(&t);
}

static void a_bad_cell_is_shown_where_it_stands(void **state)
{
    (void)state;
    expect_bad("a,b\n1,2\n1,\n", false, 3, 3, "this cell is empty; expected a number of calls");
    expect_bad("a,b\n1,2\n1\n", false, 3, 2, "this cell is empty; expected a number of calls");
    expect_bad("a,b,c\n\n\n1,  x7 ,5\n", false, 4, 5, "'x7' is not a number of calls");
    expect_bad("a,b\n\"two\nlines\",y\n", false, 3, 8, "'y' is not a number of calls");
    expect_bad("a,b\n\xC3\xA4\xC3\xB6,n\n", false, 2, 4, "'n' is not a number of calls");
    expect_bad("a,b\n1,-3\n", false, 2, 3, "'-3' is not a number of calls");
    expect_bad("a,b\n1,2.5\n", true, 2, 3, "'2.5' is not a number of calls");
    expect_bad("a,b\n1,\"2,5\"\n", false, 2, 3, "'2,5' is not a number of calls");
    expect_bad("a;b\n1;1.234,5\n", false, 2, 3, "'1.234,5' is not a number of calls");
    expect_bad("a,b\n1,nan\n", false, 2, 3, "'nan' is not a number of calls");
    expect_bad("a,b\n1,1e9\n", false, 2, 3, "'1e9' is not a number of calls");
    expect_bad("a,b\n1,0x10\n", false, 2, 3, "'0x10' is not a number of calls");
    expect_bad("a,b\n1,\"2\n", false, 2, 3, "quotes are not paired in this table");
    expect_bad("a,b\n1,2\"3\n", false, 2, 3, "quotes are not paired in this table");
    expect_bad("a,b\n1,2\n1,2,5\n", false, 3, 5,
               "this line has more cells than the first line has columns");
    expect_bad("", false, 0, 0, "this table is empty");
    expect_bad("\n \n", false, 0, 0, "this table is empty");
}

static void zero_bytes_and_utf16_are_no_table(void **state)
{
    (void)state;
    struct table t = table_of("a,b\n1,\0002\n", 9);
    assert_null(t.csv);
    assert_string_equal(oh_diags_at(t.diags, 0)->code, "E210");
    table_free(&t);
    t = table_of("\xFF\xFE"
                 "a",
                 3);
    assert_null(t.csv);
    table_free(&t);
}

static void an_empty_cell_can_mean_never(void **state)
{
    (void)state;
    struct table t = table_of("a,b\n1,\n1,3\n", 11);
    read_numbers(&t, 1, false, true);
    assert_true(t.good);
    assert_true(isinf(t.value[0]));
    assert_same(t.value[1], 3.0);
    table_free(&t);
}

static void times_of_day_come_in_three_forms(void **state)
{
    double from, to;
    (void)state;
    assert_true(csv_time("8:00", &from, &to) && from == 28800 && isnan(to));
    assert_true(csv_time("08:30", &from, &to) && from == 30600);
    assert_true(csv_time("08:30:00", &from, &to) && from == 30600);
    assert_true(csv_time("08:00-08:30", &from, &to) && from == 28800 && to == 30600);
    assert_true(csv_time("8:00 \xE2\x80\x93 8:30", &from, &to) && to == 30600);
    assert_true(csv_time("23:30-24:00", &from, &to) && to == 86400);
    assert_false(csv_time("8", &from, &to));
    assert_false(csv_time("8:5", &from, &to));
    assert_false(csv_time("08:60", &from, &to));
    assert_false(csv_time("24:30", &from, &to));
    assert_false(csv_time("08:00-", &from, &to));
    assert_false(csv_time("08:00x", &from, &to));
    assert_false(csv_time("", &from, &to));
}

static void the_time_column_is_found_in_any_case(void **state)
{
    (void)state;
    struct table t = table_of("calls,Interval\n1,08:00\n", 23);
    assert_int_equal(csv_time_column(t.csv), 1);
    table_free(&t);
    t = table_of("calls,hour\n1,08:00\n", 19);
    assert_int_equal(csv_time_column(t.csv), -1);
    table_free(&t);
}

/* ---- tables in scenarios ---- */

static char folder[] = "/tmp/onhold-csv-XXXXXX";

static void write_file(const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(text, 1, strlen(text), out), strlen(text));
    fclose(out);
}

/* Loads and compiles a scenario with these arrivals and this count, in the folder. */
static oh_status compile(const char *opening, const char *arrivals, const char *count,
                         oh_diags *diags)
{
    char path[200], text[1000];
    oh_scenario *scenario = NULL;
    oh_model *model = NULL;
    snprintf(path, sizeof path, "%s/s.yaml", folder);
    snprintf(text, sizeof text,
             "onhold: 1\nname: T\ntime: {%s}\nqueues: {a: {arrivals: %s, handling: {exponential: 1 "
             "min}, patience: never}}\nagents: {g: {count: %s, serves: [a]}}\n",
             opening, arrivals, count);
    oh_status status = oh_scenario_load_text(&scenario, path, text, strlen(text), diags);
    if (status == OH_OK)
        status = oh_model_compile(&model, scenario, diags);
    oh_model_free(model);
    oh_scenario_free(scenario);
    return status;
}

static void expect(const char *opening, const char *arrivals, const char *count, const char *code,
                   const char *words)
{
    oh_diags *diags = oh_diags_new();
    oh_status status = compile(opening, arrivals, count, diags);
    const oh_diag *d = oh_diags_at(diags, 0);
    bool same = code ? status == OH_INVALID && strcmp(d->code, code) == 0 &&
                           (strstr(d->message, words) || (d->hint && strstr(d->hint, words)))
                     : status == OH_OK && oh_diags_count(diags) == 0;
    if (!same) {
        show_findings(diags);
        fail_with(__FILE__, __LINE__, "arrivals: %s, count: %s: expected %s %s", arrivals, count,
                  code ? code : "nothing", words);
    }
    oh_diags_free(diags);
}

static void schedules_from_tables_must_fit_the_opening(void **state)
{
    const char *open = "open: 08:00-09:00", *c = "{csv: f.csv, column: calls}";
    (void)state;
    write_file("f.csv", "time,calls\n8:00,10\n8:30,12\n");
    expect(open, c, "3", NULL, "");
    expect(open, "{csv: f.csv, column: call}", "3", "E207", "did you mean 'calls'?");
    expect("open: 08:00-10:00", c, "3", "E215", "2 values, but 08:00 to 10:00");
    expect("open: 09:00-10:00", c, "3", "E221", "let it open at 08:00");
    expect("open: 08:00-10:00, interval: 1 h", c, "3", "E221", "per: 30 min");
    expect(open, "{per: 30 min, from: 08:30, csv: f.csv, column: calls}", "3", "E221", "08:30");
    expect("steady: {warm_up: 1 h, length: 1 h}", c, "3", "E216", "steady");
    write_file("f.csv", "interval,calls\n8:00-8:15,10\n8:30-9:00,12\n");
    expect(open, c, "3", "E221", "steps of 30 min");
    write_file("f.csv", "time,calls\n8 o'clock,10\n8:30,12\n");
    expect(open, c, "3", "E220", "is not a time of day");
    write_file("f.csv", "calls,calls\n10,10\n12,12\n");
    expect(open, c, "3", "E210", "two columns");
    write_file("f.csv", "calls\n0\n0\n");
    expect(open, c, "3", "E204", "no calls");
    write_file("f.csv", "time,n\n7:30,1\n8:00,2\n8:30,2\n9:00,1\n");
    expect(open, "6 per h", "{from: 07:30, csv: f.csv, column: n}", NULL, "");
    expect(open, "6 per h", "{csv: f.csv, column: n}", "E221", "from: 07:30");
    write_file("f.csv", "n\n1.5\n2\n");
    expect(open, "6 per h", "{csv: f.csv, column: n}", "E220", "whole number");
    write_file("f.csv", "n\n1\n");
    expect(open, "{csv: f.csv, column: n}", "3", "E215", "1 values");
    write_file("f.csv", "n\n");
    expect(open, "6 per h", "{csv: f.csv, column: n}", "E215", "0 values");
}

/* A week from a table with a column of days: each opening gets its own lines. */
static void a_column_of_days_gives_each_opening_its_lines(void **state)
{
    const char *week = "days: {mon-tue: 08:00-09:00, sat: 09:00-10:00}";
    const char *c = "{csv: f.csv, column: calls}", *n = "{csv: f.csv, column: n}";
    (void)state;
    write_file("f.csv",
               "day,time,calls,n\nMonday,8:00,10,1\nmon,8:30,12,2\nSAT,9:00,5,3\nsat,9:30,6,"
               "4\ntue,8:00,11,5\nTue,8:30,13,6\n");
    expect(week, c, n, NULL, "");
    expect(week, "{mon-tue: {csv: f.csv, column: calls}, sat: 5 per h}", n, NULL, "");
    expect("open: 08:00-11:00", "{from: 08:00, csv: f.csv, column: calls}", "3", "E221", "10:00");
    expect("days: {mon: 08:00-09:00, sat: 09:00-10:00}", c, n, "E221", "closed");
    expect("days: {mon-wed: 08:00-09:00, sat: 09:00-10:00}", c, n, "E215", "no lines for wed");
    expect("days: {mon-tue: 08:00-09:00, sat: 08:00-09:00}", c, n, "E221", "08:00");
    write_file("f.csv", "day,calls,n\nmon-tue,10,1\nmon-tue,10,1\nsat,5,3\n");
    expect(week, c, "3", "E215", "1 values, but 09:00 to 10:00 on sat");
    write_file("f.csv", "day,calls,n\nmon-tue,10,1\nmoon,10,1\nsat,5,3\n");
    expect(week, c, "3", "E220", "'moon' is no day");
}

static void a_night_is_one_opening(void **state)
{
    (void)state;
    write_file("f.csv", "time,calls\n23:00,10\n0:00,12\n");
    expect("open: 23:00-01:00, interval: 1 h", "{csv: f.csv, column: calls}", "3", NULL, "");
    write_file("f.csv", "at\n2026-03-02 23:00:30\n2026-03-03T00:59:59.5\n");
    expect("open: 23:00-01:00", "{trace: f.csv, arrived: at, format: iso}", "3", NULL, "");
    write_file("f.csv", "at\n2026-03-03 00:30\n2026-03-03T00:10\n");
    expect("open: 23:00-01:00", "{trace: f.csv, arrived: at, format: iso}", "3", NULL, "");
    write_file("f.csv", "at\n2026-03-02 23:00:30\n2026-03-03T23:00:00\n");
    expect("open: 23:00-01:00", "{trace: f.csv, arrived: at, format: iso}", "3", "E217", "closed");
    write_file("f.csv", "at\n2026-02-29 23:00:30\n2026-02-28T23:00:00\n");
    expect("open: 23:00-01:00", "{trace: f.csv, arrived: at, format: iso}", "3", "E220",
           "2026-02-29");
}

static void a_trace_names_its_columns(void **state)
{
    const char *open = "open: 08:00-09:00";
    (void)state;
    write_file("f.csv", "s,talk,pat\n60,100,\n30,50,20.5\n");
    expect(open, "{trace: f.csv, arrived: s, talk: talk, patience: pat}", "3", NULL, "");
    expect(open, "{trace: f.csv, talk: talk}", "3", "E202", "arrived");
    expect(open, "{trace: f.csv, arrived: s, talk: pat}", "3", "E220", "empty");
    expect(open, "{trace: f.csv, arrived: s, format: min}", "3", NULL, "");
    expect(open, "{trace: f.csv, arrived: talk, format: min}", "3", "E217", "closed");
    expect(open, "{trace: f.csv, arrived: s, format: hours}", "3", "E207", "hours");
    expect(open, "{trace: f.csv, arrived: s, column: s}", "3", "E219", "does not go with");
    write_file("f.csv", "s,talk,pat\n");
    expect(open, "{trace: f.csv, arrived: s}", "3", "E204", "no calls");
}

static void a_trace_is_put_in_order_of_arrival(void **state)
{
    static const char text[] =
        "onhold: 1\nname: T\ntime: {open: 08:00-09:00}\nqueues: {a: {arrivals: {trace: f.csv, "
        "arrived: s, format: min, talk: t, patience: p}, handling: {exponential: 1 min}, patience: "
        "never}}\n";
    const double at[] = {60, 120, 120, 180}, talk[] = {3, 1, 4, 2};
    char path[200];
    oh_scenario *scenario = NULL;
    struct spec *spec = NULL;
    struct arena arena;
    oh_diags *diags = oh_diags_new();
    (void)state;
    arena_init(&arena);
    write_file("f.csv", "p,s,t\n10,2,1\n20,3,2\n,1,3\n30,2,4\n");
    snprintf(path, sizeof path, "%s/s.yaml", folder);
    assert_int_equal(oh_scenario_load_text(&scenario, path, text, strlen(text), diags), OH_OK);
    assert_int_equal(spec_bind(&spec, scenario, &arena, diags), OH_OK);
    const struct spec_arrivals *a = spec->queue[0].arrivals;
    assert_int_equal(a->kind, ARRIVALS_TIMES);
    assert_int_equal(a->n, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_same(a->at[i], at[i]);
        assert_same(a->talk[i], talk[i]);
    }
    assert_true(isinf(a->patience[0]));
    assert_same(a->patience[3], 20.0);
    assert_null(a->hold);
    assert_null(a->wrap_up);
    arena_free(&arena);
    oh_scenario_free(scenario);
    oh_diags_free(diags);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    char path[200];
    (void)state;
    snprintf(path, sizeof path, "%s/f.csv", folder);
    remove(path);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_semicolons_and_tabs_separate),
        cmocka_unit_test(a_bad_cell_is_shown_where_it_stands),
        cmocka_unit_test(zero_bytes_and_utf16_are_no_table),
        cmocka_unit_test(an_empty_cell_can_mean_never),
        cmocka_unit_test(times_of_day_come_in_three_forms),
        cmocka_unit_test(the_time_column_is_found_in_any_case),
        cmocka_unit_test(schedules_from_tables_must_fit_the_opening),
        cmocka_unit_test(a_column_of_days_gives_each_opening_its_lines),
        cmocka_unit_test(a_night_is_one_opening),
        cmocka_unit_test(a_trace_names_its_columns),
        cmocka_unit_test(a_trace_is_put_in_order_of_arrival),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
