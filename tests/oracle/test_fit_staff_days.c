/* test_fit_staff_days.c - agents who are absent, plans that differ by weekday, agents who come when
 * many call: logs of known truth, in which nobody wrote down who was there.
 */
#include "../support/support.h"
#include "../support/trip.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static struct trial desk(const char *agents)
{
    return trial_format("onhold: 1\n"
                        "name: desk\n"
                        "time: {open: 08:00-16:00, interval: 30 min}\n"
                        "queues:\n"
                        "  support:\n"
                        "    arrivals: {per: 2 h, counts: [120, 180, 160, 120]}\n"
                        "    handling: {lognormal: {mean: 200 s, cv: 1}}\n"
                        "    patience: {exponential: 5 min}\n"
                        "agents:\n"
                        "  desk: {%s, serves: [support]}\n",
                        agents);
}

/* Agent hours of a day as written. */
static double hours(const oh_fit *fit, unsigned weekday)
{
    double sum = 0;
    for (size_t s = 0; s < fit->calendar.slots; s++)
        sum += fit->agents.group[0].count[weekday][s] * fit->calendar.step / 3600;
    return sum;
}

static void absence_is_found_with_the_heads_that_are_scheduled(void **state)
{
    (void)state;
    enum { TRIPS = 8, DAYS = 15 };
    static const struct {
        const char *agents;
        double absence, hours;
    } cases[] = {
        {"count: 9, absence: 12%", 0.12, 72},
        {"count: {per: 2 h, counts: [7, 10, 9, 7]}, absence: 20%, not_ready: {share: 30%, for: "
         "{exponential: 60 s}}",
         0.20, 66},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct trial trial = desk(cases[k].agents);
        struct hits held = {.name = cases[k].agents, .truth = cases[k].absence};
        int written = 0;
        double mean = 0, scheduled = 0;
        for (uint32_t i = 0; i < TRIPS; i++) {
            struct trip trip = trip_make(&trial, 1 + i * DAYS, DAYS, NULL);
            const struct fit_spread *s = &trip.fit->agents.group[0].spread;
            count_hit(&held, s->absence.low, s->absence.high);
            written += s->written;
            mean += s->absence.value / TRIPS;
            scheduled += hours(trip.fit, 0) / TRIPS;
            trip_free(&trip);
        }
        expect_rate(&held, 0.95);
        assert_that(written == TRIPS, "%s: written %d times of %d", cases[k].agents, written,
                    (int)TRIPS);
        assert_close(mean, cases[k].absence, 0.35); /* four standard errors of 120 days' spread */
        assert_close(scheduled, cases[k].hours, 0.06);
        trial_free(&trial);
    }
}

static void no_absence_is_found_where_there_is_none(void **state)
{
    (void)state;
    enum { TRIPS = 3, DAYS = 15 };
    static const char *const cases[] = {
        "count: 8",
        "count: 14",
        "count: 9, late: {exponential: 8 min}, not_ready: {share: 30%, for: {exponential: 60 s}}",
        ("shifts: [{count: 5, hours: 08:00-14:00, breaks: [{at: 10:30, for: 45 min}]}, "
         "{count: 4, hours: 10:00-16:00, breaks: [{at: 12:30, for: 30 min}]}]"),
    };
    int found = 0;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct trial trial = desk(cases[k]);
        for (uint32_t i = 0; i < TRIPS; i++) {
            struct trip trip = trip_make(&trial, 1 + i * DAYS, DAYS, NULL);
            const struct fit_spread *s = &trip.fit->agents.group[0].spread;
            found += s->written;
            trip_free(&trip);
        }
        trial_free(&trial);
    }
    assert_int_equal(found, 0);
}

/* Weeks of a plan, fitted. */
static struct trial week(const char *count)
{
    return trial_format("onhold: 1\n"
                        "name: week\n"
                        "time: {days: {mon-fri: 08:00-14:00}, interval: 30 min}\n"
                        "queues:\n"
                        "  support:\n"
                        "    arrivals: 50 per h\n"
                        "    handling: {lognormal: {mean: 200 s, cv: 1}}\n"
                        "    patience: {exponential: 5 min}\n"
                        "agents:\n"
                        "  desk: {count: %s, absence: 4%%, serves: [support]}\n",
                        count);
}

static void weekdays_are_told_apart_where_they_differ(void **state)
{
    (void)state;
    enum { TRIPS = 8, WEEKS = 5 };
    struct trial plan = week("{mon: 6, tue-thu: 4, fri: 3}");
    for (uint32_t i = 0; i < 2; i++) {
        struct trip trip = trip_make(&plan, 1 + i * WEEKS, WEEKS, NULL);
        const struct fit_group *g = &trip.fit->agents.group[0];
        static const double heads[] = {6, 4, 4, 4, 3};
        assert_true(g->weekdays_p < 0.01);
        for (unsigned w = 0; w < 5; w++) {
            assert_int_equal(g->same[w], w);
            assert_close(hours(trip.fit, w), 6 * heads[w], 0.15);
        }
        trip_free(&trip);
    }
    trial_free(&plan);
    plan = week("5");
    struct hits together = {.name = "weekdays alike"};
    for (uint32_t i = 0; i < TRIPS; i++) {
        struct trip trip = trip_make(&plan, 1 + i * WEEKS, WEEKS, NULL);
        const struct fit_group *g = &trip.fit->agents.group[0];
        double sum = 0;
        together.n++;
        together.inside += g->same[4] == 0;
        for (unsigned w = 0; w < 5; w++)
            sum += hours(trip.fit, w) / 5;
        assert_close(sum, 30, 0.1);
        trip_free(&trip);
    }
    expect_rate(&together, 0.95);
    trial_free(&plan);
}

/* Who plans more agents for days with more calls has nobody absent; and it is said. */
static void agents_who_follow_the_calls_are_no_absence(void **state)
{
    (void)state;
    struct trial quiet = desk("count: 7"), busy = desk("count: 9");
    assert_int_equal(
        oh_scenario_set(busy.scenario, "queues.support.arrivals.scale", "1.3", busy.diags), OH_OK);
    oh_model_free(busy.model);
    assert_int_equal(oh_model_compile(&busy.model, busy.scenario, busy.diags), OH_OK);
    struct trip trip = trip_of_two(&quiet, &busy, 14);
    const struct fit_spread *s = &trip.fit->agents.group[0].spread;
    struct text yaml = {0};
    assert_true(s->follows && s->correlation > 0.9);
    /* 13 % about the mean of 8 heads where calls swing by 13 % */
    assert_near(s->elasticity, 1, 0.15);
    assert_false(s->written);
    assert_close(hours(trip.fit, 0), 64, 0.02);
    assert_int_equal(oh_fit_scenario(trip.fit, "x", text_sink(&yaml)), OH_OK);
    assert_non_null(strstr(yaml.at, "# busier days had more agents"));
    assert_null(strstr(yaml.at, "absence:"));
    text_free(&yaml);
    trip_free(&trip);
    /* the same plans with the same calls: now it is the spread of the days */
    assert_int_equal(
        oh_scenario_set(busy.scenario, "queues.support.arrivals.scale", "1", busy.diags), OH_OK);
    oh_model_free(busy.model);
    assert_int_equal(oh_model_compile(&busy.model, busy.scenario, busy.diags), OH_OK);
    trip = trip_of_two(&quiet, &busy, 14);
    s = &trip.fit->agents.group[0].spread;
    assert_true(s->written && !s->follows);
    /* variance 14/13 of heads that are 1 off, over 8 */
    assert_near(s->absence.value, 14.0 / 13 / 8, 0.01);
    trip_free(&trip);
    trial_free(&quiet);
    trial_free(&busy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(absence_is_found_with_the_heads_that_are_scheduled),
        cmocka_unit_test(no_absence_is_found_where_there_is_none),
        cmocka_unit_test(weekdays_are_told_apart_where_they_differ),
        cmocka_unit_test(agents_who_follow_the_calls_are_no_absence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
