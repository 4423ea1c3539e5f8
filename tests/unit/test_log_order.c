/* test_log_order.c - 3/4/2026: the day or the month first? One date of a log shows it for all. */
#include "../support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../sim/data/log_book.h"

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
        cmocka_unit_test(one_date_shows_the_order_of_those_before_it_and_after_it),
        cmocka_unit_test(a_later_file_shows_the_order_of_an_earlier_one),
        cmocka_unit_test(a_date_against_the_order_of_the_others_is_dropped),
        cmocka_unit_test(a_row_that_waited_is_judged_like_any_other),
        cmocka_unit_test(without_such_a_date_none_is_guessed),
        cmocka_unit_test(so_many_rows_wait_and_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
