/* test_calendar.c - which days a fit counts as usual, from logs whose hours are known. */
#include "../support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../sim/data/fit_parts.h"

/* Calls every three minutes from 08:00 to 18:00 on five days a week. */
enum { WEEKS = 5, EVERY = 180, CALLS = 200, LINE = 80 };

/* Where calls are missing: on one day of the log, or on all days from there on. */
struct gap {
    int day; /* 0 is the first Monday */
    bool from_there_on;
    int first, end; /* hours */
};

static bool is_missing(const struct gap *gap, size_t gaps, int day, int second)
{
    for (size_t i = 0; i < gaps; i++)
        if ((day == gap[i].day || (gap[i].from_there_on && day > gap[i].day)) &&
            second >= gap[i].first * 3600 && second < gap[i].end * 3600)
            return true;
    return false;
}

static char *write_log(const struct gap *gap, size_t gaps)
{
    char *text = malloc((size_t)WEEKS * 5 * CALLS * LINE), *at = text;
    assert_non_null(text);
    at += sprintf(at, "arrived,wait,outcome,handling,customer\n");
    for (int day = 0; day < 7 * WEEKS; day++) {
        struct date d = date_of_day(day_of_date(2026, 3, 2) + day);
        for (int s = 8 * 3600; s < 18 * 3600 && day % 7 < 5; s += EVERY)
            if (!is_missing(gap, gaps, day, s))
                at += sprintf(at, "%d-%02d-%02dT%02d:%02d:00,%d,%s,%d,c%ld\n", d.year, d.month,
                              d.day, s / 3600, s / 60 % 60, s % 7,
                              s % 900 ? "answered" : "abandoned", 60 + s % 77, (long)(at - text));
    }
    return text;
}

struct seen {
    size_t special;
    long first_special; /* its day of the log, or -1 */
    size_t days;        /* Mondays that count */
    double calls;       /* of a Monday */
    size_t end;         /* half hour in which Monday ends */
};

/* Takes the text. */
static oh_fit *fit_of(char *text, oh_log **log)
{
    oh_diags *diags = oh_diags_new();
    oh_log_options options = {0};
    oh_fit *fit = NULL;
    assert_int_equal(oh_log_new(log, &options, diags), OH_OK);
    assert_int_equal(oh_log_begin(*log, "log.csv", diags), OH_OK);
    assert_int_equal(oh_log_take(*log, text, strlen(text)), OH_OK);
    assert_int_equal(oh_log_end(*log), OH_OK);
    assert_int_equal(oh_log_judge(*log, diags), OH_OK);
    assert_int_equal(oh_fit_make(&fit, *log, NULL, diags), OH_OK);
    oh_diags_free(diags);
    free(text);
    return fit;
}

static struct seen calendar_of(const struct gap *gap, size_t gaps)
{
    oh_log *log;
    oh_fit *fit = fit_of(write_log(gap, gaps), &log);
    const struct fit_calendar *c = &fit->calendar;
    struct seen seen = {c->special, -1, c->opening[0].days, c->opening[0].calls, c->opening[0].end};
    for (size_t d = c->days; d-- > 0;)
        if (c->day[d].kind == DAY_SPECIAL)
            seen.first_special = c->day[d].day - day_of_date(2026, 3, 2);
    oh_fit_free(fit);
    oh_log_free(log);
    return seen;
}

static void a_day_that_ends_at_noon_is_set_aside(void **state)
{
    (void)state;
    struct gap eve = {14, false, 12, 18};
    struct seen seen = calendar_of(&eve, 1);
    assert_int_equal(seen.special, 1);
    assert_int_equal(seen.first_special, 14);
    assert_int_equal(seen.days, WEEKS - 1);
    assert_near(seen.calls, CALLS, 0);
    assert_int_equal(seen.end, 36);
}

static void days_on_which_a_log_begins_or_breaks_off_are_set_aside(void **state)
{
    (void)state;
    struct gap ends[] = {{0, false, 8, 11}, {28, false, 15, 18}};
    assert_int_equal(calendar_of(ends, 1).first_special, 0);
    assert_int_equal(calendar_of(ends + 1, 1).first_special, 28);
}

/* An hour without a call bends little, and the facts of the day are worth more. */
static void an_hour_without_calls_leaves_a_day_usual(void **state)
{
    (void)state;
    struct gap outage = {7, false, 10, 11};
    struct seen seen = calendar_of(&outage, 1);
    assert_int_equal(seen.special, 0);
    assert_near(seen.calls, CALLS - 20.0 / WEEKS, 1e-9);
}

static void new_hours_are_no_row_of_special_days(void **state)
{
    (void)state;
    struct gap earlier = {21, true, 15, 18};
    struct seen seen = calendar_of(&earlier, 1);
    assert_int_equal(seen.special, 0);
    assert_int_equal(seen.days, WEEKS);
    struct gap twice[] = {{0, false, 14, 18}, {14, false, 14, 18}};
    assert_int_equal(calendar_of(twice, 2).special, 0);
}

/* From 20:00 to 06:00: the calls after midnight are the evening's, and the morning after the last
 * night is no day without calls. */
static void a_night_belongs_to_its_evening(void **state)
{
    (void)state;
    enum { NIGHTS = 15 };
    char *text = malloc((size_t)NIGHTS * CALLS * LINE), *at = text;
    assert_non_null(text);
    at += sprintf(at, "arrived,wait,outcome,handling,customer\n");
    for (int night = 0; night < NIGHTS; night++)
        for (int i = 0; i < CALLS; i++) {
            int s = 20 * 3600 + EVERY * i;
            struct date d = date_of_day(day_of_date(2026, 3, 2) + night + s / 86400);
            s %= 86400;
            at += sprintf(at, "%d-%02d-%02dT%02d:%02d:00,%d,%s,%d,c%d-%d\n", d.year, d.month, d.day,
                          s / 3600, s / 60 % 60, i % 7, i % 5 ? "answered" : "abandoned",
                          60 + i % 77, night, i);
        }
    oh_log *log;
    oh_fit *fit = fit_of(text, &log);
    assert_int_equal(fit->calendar.normal, NIGHTS);
    assert_int_equal(fit->calendar.empty, 0);
    assert_near(fit->calendar.opening[0].calls, CALLS, 0);
    oh_fit_free(fit);
    oh_log_free(log);
}

/* Calls of a day in each half hour from 05:00 to 07:00, and from there to 18:00. */
struct hours {
    int early, late;
};

/* The half hour of the day in which the weekday's hours begin. Weeks begin on a Monday. */
static size_t begins(const struct hours *day, int days, int weekday)
{
    char *text = malloc((size_t)days * 26 * 64 * LINE), *at = text;
    assert_non_null(text);
    at += sprintf(at, "arrived,wait,outcome,handling,customer\n");
    for (int k = 0; k < days; k++) {
        struct date d = date_of_day(day_of_date(2026, 3, 2) + k);
        for (int half = 10; half < 36; half++)
            for (int i = 0; i < (half < 14 ? day[k].early : day[k].late); i++)
                at += sprintf(at, "%d-%02d-%02dT%02d:%02d:%02d,%d,%s,%d,c%d-%d-%d\n", d.year,
                              d.month, d.day, half / 2, half % 2 * 30 + i % 30, i, i % 7,
                              i % 5 ? "answered" : "abandoned", 60 + i % 77, k, half, i);
    }
    oh_log *log;
    oh_fit *fit = fit_of(text, &log);
    const struct fit_calendar *c = &fit->calendar;
    size_t first = c->opening[c->week ? weekday : 0].first;
    oh_fit_free(fit);
    oh_log_free(log);
    return first;
}

/* Calls before 07:00 on some days of the weekday, from the first on. */
static size_t begins_with_early_days(int weeks, int weekday, int early_days, int early)
{
    struct hours day[7 * 10] = {{0, 0}};
    for (int k = 0; k < 7 * weeks; k++)
        if (k % 7 < 5)
            day[k] = (struct hours){k % 7 == weekday && k / 7 < early_days ? early : 0, 40};
    return begins(day, 7 * weeks, weekday);
}

static void one_odd_early_morning_makes_no_hours(void **state)
{
    (void)state;
    assert_int_equal(begins_with_early_days(1, 2, 1, 5), 14);
    assert_int_equal(begins_with_early_days(2, 2, 1, 10), 14);
    assert_int_equal(begins_with_early_days(3, 2, 1, 12), 14);
    assert_int_equal(begins_with_early_days(4, 2, 1, 12), 14);
}

static void hours_of_more_than_half_the_days_are_the_weekdays(void **state)
{
    (void)state;
    assert_int_equal(begins_with_early_days(6, 2, 3, 12), 14);
    assert_int_equal(begins_with_early_days(6, 2, 4, 12), 10);
}

static void a_weekday_that_opens_early_is_found(void **state)
{
    (void)state;
    assert_int_equal(begins_with_early_days(4, 2, 4, 5), 10);
    assert_int_equal(begins_with_early_days(5, 2, 5, 12), 10);
    assert_int_equal(begins_with_early_days(5, 3, 0, 0), 14);
    /* in two weeks only where more than a few calls come then */
    assert_int_equal(begins_with_early_days(2, 2, 2, 30), 10);
}

/* With a call in a half hour now and then most days have none: it is open all the same. */
static void few_calls_are_no_closed_mornings(void **state)
{
    (void)state;
    struct hours day[7 * 5] = {{0, 0}};
    for (int k = 0; k < 7 * 5; k++)
        if (k % 7 < 5)
            day[k] = (struct hours){(k / 7 + k % 7) % 3 == 0, 1 + k % 2};
    for (int weekday = 0; weekday < 5; weekday++)
        assert_int_equal(begins(day, 7 * 5, weekday), 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_that_ends_at_noon_is_set_aside),
        cmocka_unit_test(days_on_which_a_log_begins_or_breaks_off_are_set_aside),
        cmocka_unit_test(an_hour_without_calls_leaves_a_day_usual),
        cmocka_unit_test(new_hours_are_no_row_of_special_days),
        cmocka_unit_test(one_odd_early_morning_makes_no_hours),
        cmocka_unit_test(hours_of_more_than_half_the_days_are_the_weekdays),
        cmocka_unit_test(a_weekday_that_opens_early_is_found),
        cmocka_unit_test(few_calls_are_no_closed_mornings),
        cmocka_unit_test(a_night_belongs_to_its_evening),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
