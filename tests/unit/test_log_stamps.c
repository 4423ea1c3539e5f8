/* test_log_stamps.c - dates, times and durations as phone systems write them. 3/4/2026: the day or
 * the month first? One date of a log shows it for all. */
#include "../support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../sim/data/log_book.h"

/* ---- dates, times, durations ---- */

static void expect_stamp(const char *text, const char *format, int year, int month, int day,
                         double second)
{
    struct date_order order = {.part = ""};
    struct stamp s;
    if (format)
        assert_true(date_order_read(format, &order));
    assert_that(stamp_read(text, order, false, &s) == STAMP_READ, "%s is not read", text);
    assert_true(s.has_day && s.has_clock);
    struct date d = date_of_day(s.day);
    assert_that(d.year == year && d.month == month && d.day == day, "%s: %d-%d-%d", text, d.year,
                d.month, d.day);
    assert_near(s.second, second, 1e-9);
}

static void dates_and_times_are_read_in_the_usual_forms(void **state)
{
    (void)state;
    expect_stamp("2026-03-01T08:00:05", NULL, 2026, 3, 1, 28805);
    expect_stamp("2026-03-01 08:00", NULL, 2026, 3, 1, 28800);
    expect_stamp("2026-03-01T08:00:05.25Z", NULL, 2026, 3, 1, 28805.25);
    expect_stamp("2026-03-01T08:00:05+01:00", NULL, 2026, 3, 1, 28805);
    expect_stamp("31.12.1999 23:59:59", NULL, 1999, 12, 31, 86399);
    expect_stamp("3/4/2026 2:30 PM", "m/d/Y", 2026, 3, 4, 52200);
    expect_stamp("3/4/2026 12:30 am", "%d/%m/%Y %H:%M", 2026, 4, 3, 1800);
    expect_stamp("13/4/26 2:30", NULL, 2026, 4, 13, 9000);
    expect_stamp("990113 7:05:00", "yymmdd", 1999, 1, 13, 25500);
    expect_stamp("12-Jan-2026 00:00:00", NULL, 2026, 1, 12, 0);
    expect_stamp("20000229T24:10", NULL, 2000, 2, 29, 87000); /* the night goes on */
    expect_stamp("1772352005", NULL, 2026, 3, 1, 28805);      /* seconds since 1970 */
    expect_stamp("1772352005250", NULL, 2026, 3, 1, 28805.25);
    expect_stamp("20260301080005", NULL, 2026, 3, 1, 28805);
    expect_stamp("010320260800", "ddmmyyyyHHMM", 2026, 3, 1, 28800);
    expect_stamp("20260301T080005", NULL, 2026, 3, 1, 28805);
    expect_stamp("20260301 0800", NULL, 2026, 3, 1, 28800);
}

static void dates_that_are_none_or_unclear_are_not_guessed(void **state)
{
    (void)state;
    struct stamp s;
    struct date_order none = {.part = ""}, order;
    static const char *const bad[] = {"2026-02-29 08:00",
                                      "2026-13-01 08:00",
                                      "8:61",
                                      "hello",
                                      "2026-03-01T08:00:05x",
                                      "1e999",
                                      "20261301080005",
                                      "20260301250005",
                                      "40000000000",
                                      "99999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_that(stamp_read(bad[i], none, false, &s) == STAMP_UNREADABLE, "%s was read", bad[i]);
    assert_int_equal(stamp_read("3/4/2026 8:00", none, false, &s), STAMP_AMBIGUOUS);
    assert_false(date_order_read("d/m", &order));
    assert_false(date_order_read("banana", &order));
}

static void durations_are_seconds_or_clock_parts(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double seconds;
    } good[] = {{"165", 165}, {"165.5", 165.5}, {"0:02:45", 165}, {"2:45", 165},
                {"-37", -37}, {"1,5", 1.5},     {"1e-05", 1e-5},  {"100:00:00", 360000}};
    double x;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_that(span_read(good[i].text, &x), "%s is not read", good[i].text);
        assert_near(x, good[i].seconds, 1e-12);
    }
    assert_false(span_read("2:75", &x));
    assert_false(span_read("12 s", &x));
    assert_false(span_read("", &x));
}

static void days_and_dates_agree_over_four_centuries(void **state)
{
    (void)state;
    for (long day = -40000; day < 150000; day += 17) {
        struct date d = date_of_day(day);
        assert_int_equal(day_of_date(d.year, d.month, d.day), day);
    }
    assert_int_equal(weekday_of_day(day_of_date(1999, 1, 1)), 4); /* a Friday */
}

/* ---- the day or the month first ---- */

#define HEAD "arrived,wait,outcome,handling\n"

static oh_log *read_files(const char *const *text, size_t files, size_t piece, oh_status expected)
{
    oh_log *log = NULL;
    oh_diags *diags = oh_diags_new();
    const oh_log_options options = {.most_dropped = 0.5};
    assert_int_equal(oh_log_new(&log, &options, diags), OH_OK);
    for (size_t f = 0; f < files; f++) {
        size_t length = strlen(text[f]);
        assert_int_equal(oh_log_begin(log, f == 0 ? "a.csv" : "b.csv", diags), OH_OK);
        for (size_t at = 0; at < length; at += piece)
            assert_int_equal(
                oh_log_take(log, text[f] + at, at + piece < length ? piece : length - at), OH_OK);
        assert_int_equal(oh_log_end(log), OH_OK);
    }
    assert_int_equal(oh_log_judge(log, diags), expected);
    oh_diags_free(diags);
    return log;
}

static void expect_days(const oh_log *log, const long *day, size_t n)
{
    assert_int_equal(log->calls, n);
    assert_int_equal(oh_log_used(log), n);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(log->call[i].day, day[i]);
}

static void one_date_shows_the_order_of_those_before_it_and_after_it(void **state)
{
    (void)state;
    static const char *const days_first[] = {HEAD "3/4/2026 8:00,3,answered,100\n"
                                                  "4/4/2026 8:00,3,answered,100\n"
                                                  "13/4/2026 8:00,3,answered,100\n"
                                                  "5/4/2026 8:00,3,answered,100\n"};
    static const char *const months_first[] = {HEAD "3/4/2026 8:00 PM,3,answered,100\n"
                                                    "3/14/2026 8:00 AM,3,answered,100\n"};
    const long april[] = {day_of_date(2026, 4, 3), day_of_date(2026, 4, 4), day_of_date(2026, 4, 5),
                          day_of_date(2026, 4, 13)};
    const long march[] = {day_of_date(2026, 3, 4), day_of_date(2026, 3, 14)};
    for (size_t piece = 1; piece <= 1000; piece *= 10) {
        oh_log *log = read_files(days_first, 1, piece, OH_OK);
        expect_days(log, april, 4);
        assert_int_equal(oh_log_rows(log), 4);
        oh_log_free(log);
        log = read_files(months_first, 1, piece, OH_OK);
        expect_days(log, march, 2);
        oh_log_free(log);
    }
}

static void a_later_file_shows_the_order_of_an_earlier_one(void **state)
{
    (void)state;
    static const char *const files[] = {HEAD "3/4/2026 8:00,3,answered,100\n",
                                        HEAD "13/4/2026 8:00,3,answered,100\n"};
    const long april[] = {day_of_date(2026, 4, 3), day_of_date(2026, 4, 13)};
    oh_log *log = read_files(files, 2, 7, OH_OK);
    expect_days(log, april, 2);
    oh_log_free(log);
}

/* The order holds: what contradicts it is no date. Lines are those of the file. */
static void a_date_against_the_order_of_the_others_is_dropped(void **state)
{
    (void)state;
    static const char *const text[] = {HEAD "3/4/2026 8:00,3,answered,100\n"
                                            "13/4/2026 8:00,3,answered,100\n"
                                            "4/13/2026 8:00,3,answered,100\n"
                                            "14/4/2026 8:00,3,answered,100\n"};
    oh_log *log = read_files(text, 1, 5, OH_OK);
    assert_int_equal(oh_log_used(log), 3);
    assert_int_equal(oh_log_drops(log), 1);
    assert_string_equal(oh_log_drop_at(log, 0).id, "bad_time");
    assert_int_equal(oh_log_drop_at(log, 0).line[0], 4);
    oh_log_free(log);
}

static void a_row_that_waited_is_judged_like_any_other(void **state)
{
    (void)state;
    static const char *const text[] = {"id," HEAD "1,3/4/2026 8:00,-3,answered,100\n"
                                       "2,3/4/2026 8:05,3,answered,100\n"
                                       "2,3/4/2026 8:05,3,answered,100\n"
                                       "3,3/4/2026 8:06,3,abandoned,\n"
                                       "4,13/4/2026 8:00,3,answered,100\n"
                                       "5,13/4/2026 8:00,3,answered,100\n"};
    oh_log *log = read_files(text, 1, 3, OH_OK);
    assert_int_equal(oh_log_used(log), 4);
    assert_int_equal(oh_log_drops(log), 2);
    for (size_t i = 0; i < 2; i++) {
        oh_log_drop d = oh_log_drop_at(log, i);
        assert_int_equal(d.rows, 1);
        assert_int_equal(d.line[0], strcmp(d.id, "same_id") == 0 ? 4 : 2);
    }
    oh_log_free(log);
}

static void without_such_a_date_none_is_guessed(void **state)
{
    (void)state;
    static const char *const text[] = {HEAD "3/4/2026 8:00,3,answered,100\n"
                                            "4/4/2026 8:00,3,answered,100\n"};
    oh_log *log = read_files(text, 1, 9, OH_INVALID);
    assert_int_equal(oh_log_rows(log), 2);
    assert_int_equal(oh_log_drops(log), 1);
    assert_string_equal(oh_log_drop_at(log, 0).id, "ambiguous_date");
    assert_int_equal(oh_log_drop_at(log, 0).line[0], 2);
    oh_log_free(log);
}

/* 32 MiB of rows wait, no more; what does not find room is dropped at once. */
static void so_many_rows_wait_and_no_more(void **state)
{
    (void)state;
    enum { ROWS = 600000 };
    oh_log *log = NULL;
    oh_diags *diags = oh_diags_new();
    const oh_log_options options = {.most_dropped = 0.99};
    static const char first[] = HEAD "13/4/2026 8:00,3,answered,100\n";
    assert_int_equal(oh_log_new(&log, &options, diags), OH_OK);
    assert_int_equal(oh_log_begin(log, "a.csv", diags), OH_OK);
    assert_int_equal(oh_log_take(log, HEAD, strlen(HEAD)), OH_OK);
    for (int i = 0; i < ROWS; i++) {
        char row[100];
        int n = snprintf(row, sizeof row, "3/4/2026 8:00,%d.%03d,answered,100.%03d\n", i / 1000,
                         i % 1000, i % 997);
        assert_int_equal(oh_log_take(log, row, (size_t)n), OH_OK);
    }
    const char *last = first + strlen(HEAD);
    assert_int_equal(oh_log_take(log, last, strlen(last)), OH_OK);
    assert_int_equal(oh_log_end(log), OH_OK);
    assert_int_equal(oh_log_judge(log, diags), OH_OK);
    assert_int_equal(oh_log_drops(log), 1);
    assert_string_equal(oh_log_drop_at(log, 0).id, "ambiguous_date");
    assert_int_equal(oh_log_used(log) + oh_log_drop_at(log, 0).rows, ROWS + 1);
    assert_true(oh_log_used(log) > 200000);
    oh_log_free(log);
    oh_diags_free(diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_and_times_are_read_in_the_usual_forms),
        cmocka_unit_test(dates_that_are_none_or_unclear_are_not_guessed),
        cmocka_unit_test(durations_are_seconds_or_clock_parts),
        cmocka_unit_test(days_and_dates_agree_over_four_centuries),
        cmocka_unit_test(one_date_shows_the_order_of_those_before_it_and_after_it),
        cmocka_unit_test(a_later_file_shows_the_order_of_an_earlier_one),
        cmocka_unit_test(a_date_against_the_order_of_the_others_is_dropped),
        cmocka_unit_test(a_row_that_waited_is_judged_like_any_other),
        cmocka_unit_test(without_such_a_date_none_is_guessed),
        cmocka_unit_test(so_many_rows_wait_and_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
