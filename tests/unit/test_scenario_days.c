/* test_scenario_days.c - weeks, and what differs between their days; shifts; batches.
 */
#include "../support/bound.h"

#include <math.h>
#include <stdio.h>

static void a_week_is_its_openings_from_monday(void **state)
{
    (void)state;
    struct bound b = good_text(HEAD "time: {days: {sat: 09:00-13:00, mon-tue: 08:00-20:00, "
                                    "wed: 22:00-06:00}, at_close: carry_over}\n" QUEUE("") AGENTS);
    const struct spec_time *t = &b.spec->time;
    const unsigned weekday[] = {0, 1, 2, 5};
    const double opens[] = {28800, 28800, 79200, 32400}, closes[] = {72000, 72000, 108000, 46800};
    assert_int_equal(t->mode, TIME_DAYS);
    assert_int_equal(t->at_close, CLOSE_CARRY_OVER);
    assert_int_equal(t->openings, 4);
    for (size_t k = 0; k < 4; k++) {
        assert_int_equal(t->opening[k].weekday, weekday[k]);
        assert_same(t->opening[k].opens, opens[k]);
        assert_same(t->opening[k].closes, closes[k]);
    }
    bound_free(&b);
    b = good_text(HEAD "time: {days: {sat-mon: 00:00-24:00}}\n" QUEUE("") AGENTS);
    assert_int_equal(b.spec->time.openings, 3);
    assert_int_equal(b.spec->time.opening[0].weekday, 0);
    assert_int_equal(b.spec->time.opening[2].weekday, 6);
    bound_free(&b);
}

#define DAYS(x) HEAD "time: {days: {" x "}}\n" QUEUE("") AGENTS

static void days_that_cannot_be_are_found(void **state)
{
    (void)state;
    expect_one(DAYS("mon-fri: 08:00-20:00, fri-sun: 09:00-13:00"), "E214", 3, "fri-sun",
               "fri is given twice");
    expect_one(DAYS("monday: 08:00-20:00"), "E203", 3, "monday", "is no day");
    expect_one(DAYS("mon: 22:00-06:00, tue: 05:00-12:00"), "E219", 3, "05:00",
               "tue opens at 05:00, but mon is open until 06:00");
    expect_one(HEAD "time: {days: {mon: 08:00-20:00, sat: 09:00-12:15}}\n" QUEUE("") AGENTS, "E215",
               3, "{mon", "3 h 15 min on sat");
    expect_one(HEAD "time: {days: {}}\n" QUEUE("") AGENTS, "E208", 3, "days", "no day");
    expect_one(HEAD "time: {days: {mon-sun: 00:00-24:00}, interval: 5 min}\n" QUEUE("") AGENTS,
               "E218", 3, "5 min", "2016 intervals");
}

static void a_rate_may_differ_by_day(void **state)
{
    (void)state;
    struct bound b =
        good_text(WEEK QUEUE("arrivals: {mon-fri: 120 per h, sat: 40 per h, scale: 2}") AGENTS);
    const struct spec_arrivals *a = b.spec->queue[0].arrivals;
    assert_int_equal(a->kind, ARRIVALS_RATE);
    assert_close(a->rate_by_day[0], 240.0 / 3600, 1e-15);
    assert_close(a->rate_by_day[5], 80.0 / 3600, 1e-15);
    bound_free(&b);
    b = good_text(WEEK QUEUE("arrivals: {rate: {mon-fri: 120 per h, sat: 40 per h}}") AGENTS);
    assert_close(b.spec->queue[0].arrivals->rate_by_day[5], 40.0 / 3600, 1e-15);
    bound_free(&b);
    /* "per d" is per opening, and Saturday's is shorter. */
    b = good_text(WEEK QUEUE("arrivals: 960 per d") AGENTS);
    assert_close(b.spec->queue[0].arrivals->rate_by_day[4], 960.0 / 43200, 1e-15);
    assert_close(b.spec->queue[0].arrivals->rate_by_day[5], 960.0 / 14400, 1e-15);
    bound_free(&b);
    b = good_text(WEEK QUEUE("arrivals: 60 per h") AGENTS);
    assert_null(b.spec->queue[0].arrivals->rate_by_day);
    bound_free(&b);
}

static void counts_may_differ_by_day(void **state)
{
    (void)state;
    static const char *const forms[] = {
        "arrivals: {mon-fri: {per: 6 h, counts: [1, 2]}, sat: {per: 2 h, counts: [3, 4]}, scale: "
        "2}",
        "arrivals: {mon-fri: {per: 6 h, counts: [1, 2]}, sat: 3 per h, scale: 2}",
    };
    for (size_t i = 0; i < 2; i++) {
        char text[600];
        snprintf(text, sizeof text, WEEK QUEUE("%s") AGENTS, forms[i]);
        struct bound b = good_text(text);
        const struct spec_arrivals *a = b.spec->queue[0].arrivals;
        assert_int_equal(a->kind, ARRIVALS_COUNTS);
        assert_int_equal(a->counts.n, 0);
        assert_int_equal(a->counts.day[0].n, 2);
        assert_same(a->counts.day[4].per, 21600.0);
        assert_same(a->counts.day[4].value[1], 4.0);
        assert_int_equal(a->counts.day[5].n, i == 0 ? 2 : 8);
        assert_same(a->counts.day[5].value[1], i == 0 ? 8.0 : 3.0);
        bound_free(&b);
    }
    /* One list repeats each day if it fits each day. */
    struct bound b = good_text(HEAD "time: {days: {mon: 08:00-10:00, tue: 09:00-11:00}}\n" QUEUE(
        "arrivals: {per: 1 h, counts: {mon: [1, 2], tue: [3, 4]}}") AGENTS);
    assert_same(b.spec->queue[0].arrivals->counts.day[1].value[0], 3.0);
    bound_free(&b);
    b = good_text(HEAD "time: {days: {mon: 08:00-10:00, tue: 09:00-11:00}}\n" QUEUE(
        "arrivals: {per: 1 h, counts: [1, 2]}") AGENTS);
    assert_null(b.spec->queue[0].arrivals->counts.day);
    assert_int_equal(b.spec->queue[0].arrivals->counts.n, 2);
    bound_free(&b);
    b = good_text(HEAD "time: {days: {mon: 08:00-10:00, tue: 09:00-11:00}}\n" QUEUE(
        "") "agents: {x: {count: {per: 1 h, from: 08:00, counts: [1, 2, 3]}, serves: "
            "[a]}}\n");
    assert_same(b.spec->group[0].count.day[0].from, 0.0);
    assert_same(b.spec->group[0].count.day[1].from, -3600.0);
    bound_free(&b);
}

static void a_map_by_day_covers_each_opening_once(void **state)
{
    (void)state;
    expect_one(WEEK QUEUE("arrivals: {mon-fri: 120 per h}") AGENTS, "E202", 4, "arrivals",
               "sat is missing");
    expect_one(WEEK QUEUE("arrivals: {mon-sat: 120 per h, sat: 1 per h}") AGENTS, "E214", 4,
               "sat: 1 per", "sat is given twice");
    expect_one(WEEK QUEUE("arrivals: {mon-sun: 120 per h}") AGENTS, "E219", 4, "mon-sun",
               "closed on sun");
    expect_one(DAY QUEUE("arrivals: {mon: 120 per h}") AGENTS, "E219", 4, "mon", "not a week");
    expect_one(WEEK QUEUE("arrivals: {mon-fri: 1 per h, sat: 1 per h, counts: [1]}") AGENTS, "E219",
               4, "counts", "cannot stand beside days");
    expect_one(WEEK QUEUE("arrivals: {mon-fri: 1 per h, sat: {rate: 1 per h, scale: 2}}") AGENTS,
               "E219", 4, "scale", "for all days");
    expect_one(WEEK QUEUE("arrivals: {mon-fri: 1 per h, sat: {rats: 1 per h}}") AGENTS, "E201", 4,
               "rats", "unknown key");
    expect_one(WEEK QUEUE("") "agents: {x: {count: {mon-fri: 3, sut: 1, sat: 2}, serves: [a]}}\n",
               "E201", 5, "sut", "'sut' is no day");
    expect_one(WEEK QUEUE("arrivals: {per: 6 h, counts: [1, 2]}") AGENTS, "E215", 4, "6 h",
               "do not divide the opening of 4 h on sat");
    expect_one(WEEK QUEUE("arrivals: {per: 2 h, counts: [1, 2, 3, 4, 5, 6]}") AGENTS, "E215", 4,
               "[1", "09:00 to 13:00 on sat");
}

static void heads_may_differ_by_day(void **state)
{
    (void)state;
    struct bound b = good_text(WEEK QUEUE(
        "") "agents: {x: {count: {mon-fri: 14, sat: {per: 1 h, from: 08:00, counts: [1, 2, 3, 4, "
            "5]}}, serves: [a]}, y: {count: 3, serves: [a]}}\n");
    const struct spec_schedule *count = &b.spec->group[0].count;
    assert_int_equal(count->n, 0);
    assert_int_equal(count->day[4].n, 1);
    assert_same(count->day[4].per, 0.0);
    assert_same(count->day[4].value[0], 14.0);
    assert_int_equal(count->day[5].n, 5);
    assert_same(count->day[5].from, -3600.0);
    assert_null(b.spec->group[1].count.day);
    bound_free(&b);
}

static void exact_times_run_on_through_the_week(void **state)
{
    (void)state;
    struct bound b = good_text(WEEK QUEUE("arrivals: {times: [0 s, 24 h, 5 d 1 h]}") AGENTS);
    assert_same(b.spec->queue[0].arrivals->at[2], 5 * 86400.0 + 3600);
    bound_free(&b);
    expect_one(WEEK QUEUE("arrivals: {times: [0 s, 13 h]}") AGENTS, "E217", 4, "13 h", "closed");
}

static void a_mean_repeats_each_day_or_has_days_of_its_own(void **state)
{
    (void)state;
    struct bound b =
        good_text(WEEK "queues: {a: {patience: never, handling: {exponential: {per: 4 h, "
                       "counts: [3 min, 4 min, 5 min]}}}}\n" AGENTS);
    assert_int_equal(b.spec->queue[0].talk->schedule->n, 3);
    bound_free(&b);
    b = good_text(HEAD "time: {days: {mon-tue: 08:00-10:00}}\nqueues: {a: {patience: never, "
                       "handling: {exponential: {per: 1 h, counts: {mon: [3 min, 4 min], tue: [4 "
                       "min, 5 min]}}}}}\n" AGENTS);
    const struct dist_schedule *s = b.spec->queue[0].talk->schedule;
    assert_int_equal(s->openings, 2);
    assert_close(s->opens[1], 86400, 0);
    assert_close(s->day[0].mean[1], 240, 0);
    assert_close(s->day[1].mean[1], 300, 0);
    bound_free(&b);
    expect_one(HEAD "time: {days: {mon-tue: 08:00-10:00}}\nqueues: {a: {patience: never, handling: "
                    "{exponential: {mon: {per: 1 h, counts: [3 min, 4 min]}}}}}\n" AGENTS,
               "E202", 4, "exponential", "tue is missing");
}

static void shifts_have_hours_days_and_breaks(void **state)
{
    (void)state;
    struct bound b = good_text(
        WEEK QUEUE("") "agents: {x: {serves: [a], shifts: [{count: 10, hours: 07:30-16:00, days: "
                       "mon-fri, breaks: [{at: 12:00, for: 30 min}, {at: 10:00, for: 15 min}]}, "
                       "{count: 4, hours: 09:00-13:00}]}}\n");
    const struct spec_group *g = &b.spec->group[0];
    assert_int_equal(g->count.n, 0);
    /* The second one begins at the opening on Saturday, and one hour after it on other days. */
    assert_int_equal(g->shifts, 3);
    assert_same(g->shift[0].count, 10.0);
    assert_same(g->shift[0].from, -1800.0);
    assert_same(g->shift[0].to, 28800.0);
    assert_true(g->shift[0].on[0] && g->shift[0].on[4] && !g->shift[0].on[5]);
    assert_int_equal(g->shift[0].breaks, 2);
    assert_same(g->shift[0].pause[0].at, 14400.0);
    assert_same(g->shift[0].pause[0].length, 1800.0);
    assert_same(g->shift[0].pause[1].at, 7200.0);
    assert_same(g->shift[1].from, 3600.0);
    assert_true(g->shift[1].on[0] && !g->shift[1].on[5]);
    assert_same(g->shift[2].from, 0.0);
    assert_true(!g->shift[2].on[0] && g->shift[2].on[5]);
    bound_free(&b);
    b = good_text(HEAD "time: {open: 22:00-06:00}\n" QUEUE(
        "") "agents: {x: {serves: [a], shifts: [{count: 2, hours: 00:00-06:00, breaks: [{at: "
            "05:30, for: 30 min}]}]}}\n");
    assert_same(b.spec->group[0].shift[0].from, 7200.0);
    assert_same(b.spec->group[0].shift[0].pause[0].at, 27000.0);
    assert_true(b.spec->group[0].shift[0].on[0]);
    bound_free(&b);
}

#define SHIFTS(x) "agents: {x: {serves: [a], shifts: " x "}}\n"

static void shifts_that_cannot_be_are_found(void **state)
{
    (void)state;
    expect_one(DAY QUEUE("") SHIFTS("[{count: 1, hours: 08:00-12:00, breaks: [{at: 11:45, for: 30 "
                                    "min}]}]"),
               "E219", 5, "{at", "outside the hours");
    expect_one(DAY QUEUE("") SHIFTS("[{count: 1, hours: 08:00-16:00, breaks: [{at: 12:00, for: 30 "
                                    "min}, {at: 11:45, for: 16 min}]}]"),
               "E219", 5, "{at: 11:45", "overlap");
    expect_one(DAY QUEUE("") SHIFTS("[{count: 1, hours: 20:00-23:00}]"), "E215", 5, "20:00-",
               "outside the opening");
    expect_one(WEEK QUEUE("") SHIFTS("[{count: 1, hours: 14:00-18:00}]"), "E215", 5, "14:00-",
               "outside the opening on sat");
    expect_one(WEEK QUEUE("") SHIFTS("[{count: 1, hours: 14:00-18:00, days: sun}]"), "E219", 5,
               "sun", "closed on sun");
    expect_one(DAY QUEUE("") SHIFTS("[{count: 1, hours: 14:00-18:00, days: sun}]"), "E219", 5,
               "days", "not a week");
    expect_one(STEADY QUEUE("") SHIFTS("[{count: 1, hours: 14:00-18:00}]"), "E216", 5, "shifts",
               "steady");
    expect_one(DAY QUEUE("") "agents: {x: {count: 3, serves: [a], shifts: [{count: 1, hours: "
                             "08:00-12:00}]}}\n",
               "E208", 5, "shifts", "exclude");
    expect_one(DAY QUEUE("") "agents: {x: {serves: [a]}}\n", "E202", 5, "x", "'count' is missing");
    expect_one(DAY QUEUE("") SHIFTS("[{count: 1}]"), "E202", 5, "{count", "'hours'");
    expect_one(DAY QUEUE("") SHIFTS("[{count: 600000, hours: 08:00-12:00}, {count: 600000, hours: "
                                    "12:00-16:00}]"),
               "E218", 5, "{count", "1,000,000");
}

static void a_plan_that_ends_early_is_a_warning(void **state)
{
    (void)state;
    expect_warning(HEAD "time: {open: 08:00-12:00}\n" QUEUE(
                       "") "agents: {x: {count: {per: 1 h, counts: [3, 3]}, serves: [a]}}\n",
                   "W203", 5, "[3",
                   "nobody of 'x' is planned after 10:00; the centre closes at 12:00");
    expect_warning(WEEK QUEUE("") "agents: {x: {count: {mon-fri: 3, sat: {per: 1 h, counts: [3, 3, "
                                  "3]}}, serves: [a]}}\n",
                   "W203", 5, "[3", "after 12:00 on sat");
    expect_one(DAY QUEUE("") "agents: {x: {count: {counts: []}, serves: [a]}}\n", "E215", 5, "[]",
               "0 values");
}

static void one_long_run_is_cut_into_batches(void **state)
{
    (void)state;
    struct bound b = good_text(
        HEAD "time: {steady: {warm_up: 2 h, batches: 40, batch: 20 h}}\n" QUEUE("") AGENTS);
    assert_int_equal(b.spec->time.batches, 40);
    assert_same(b.spec->time.length, 72000.0);
    assert_same(b.spec->time.warm_up, 7200.0);
    bound_free(&b);
    expect_one(HEAD "time: {steady: {warm_up: 2 h, batches: 40}}\n" QUEUE("") AGENTS, "E202", 3,
               "steady", "'batch' is missing");
    expect_one(HEAD "time: {steady: {warm_up: 2 h, batch: 4 h}}\n" QUEUE("") AGENTS, "E202", 3,
               "steady", "'batches' is missing");
    expect_one(HEAD "time: {steady: {warm_up: 2 h}}\n" QUEUE("") AGENTS, "E202", 3, "steady",
               "'length' is missing");
    expect_one(HEAD
               "time: {steady: {warm_up: 2 h, length: 1 h, batches: 40, batch: 1 h}}\n" QUEUE("")
                   AGENTS,
               "E208", 3, "batches", "exclude");
    expect_one(HEAD "time: {steady: {warm_up: 2 h, batches: 1, batch: 1 h}}\n" QUEUE("") AGENTS,
               "E204", 3, "1, b", "at least 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_week_is_its_openings_from_monday),
        cmocka_unit_test(days_that_cannot_be_are_found),
        cmocka_unit_test(a_rate_may_differ_by_day),
        cmocka_unit_test(counts_may_differ_by_day),
        cmocka_unit_test(a_map_by_day_covers_each_opening_once),
        cmocka_unit_test(heads_may_differ_by_day),
        cmocka_unit_test(exact_times_run_on_through_the_week),
        cmocka_unit_test(a_mean_repeats_each_day_or_has_days_of_its_own),
        cmocka_unit_test(shifts_have_hours_days_and_breaks),
        cmocka_unit_test(shifts_that_cannot_be_are_found),
        cmocka_unit_test(a_plan_that_ends_early_is_a_warning),
        cmocka_unit_test(one_long_run_is_cut_into_batches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
