/* test_fit_ring.c - how long it rings before an agent answers: found, written, and no longer part
 * of what callers put up with.
 */
#include "../support/trip.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char desk[] = "onhold: 1\n"
                           "name: ring\n"
                           "time: {open: 08:00-12:00, interval: 30 min}\n"
                           "queues:\n"
                           "  support:\n"
                           "    arrivals: 80 per h\n"
                           "    handling: {exponential: 200 s}\n"
                           "    patience: {exponential: 150 s}\n"
                           "    ring: %s\n"
                           "    target: 80%% in 20 s\n"
                           "agents:\n"
                           "  desk: {count: 5, serves: [support]}\n";

static bool is_written(const oh_fit *fit, const char *words)
{
    struct text yaml = {0};
    assert_int_equal(oh_fit_scenario(fit, "x", text_sink(&yaml)), OH_OK);
    bool found = strstr(yaml.at, words) != NULL;
    text_free(&yaml);
    return found;
}

static void the_mean_ring_lies_in_its_interval_as_often_as_stated(void **state)
{
    (void)state;
    enum { TRIPS = 24, DAYS = 2 };
    struct trial trial = trial_format(desk, "{lognormal: {mean: 8 s, cv: 0.6}}");
    struct hits mean = {"mean ring", 8, 0, 0, 0}, patience = {"mean patience", 150, 0, 0, 0};
    int lognormal = 0;
    for (uint32_t i = 0; i < TRIPS; i++) {
        struct trip trip = trip_make(&trial, 1 + i * DAYS, DAYS, NULL);
        const struct fit_ring *r = &trip.fit->queue[0].ring;
        const struct fit_patience *p = &trip.fit->queue[0].patience;
        assert_true(r->write && !r->time.constant);
        count_hit(&mean, r->time.mean - r->time.half_width, r->time.mean + r->time.half_width);
        count_hit(&patience, p->mean_low, p->mean_high);
        lognormal += r->time.chosen.law.kind == LAW_LOGNORMAL;
        trip_free(&trip);
    }
    expect_rate(&mean, 0.95);
    expect_rate(&patience, 0.95);
    assert_that(lognormal >= 20, "the law was found in %d of %d", lognormal, TRIPS);
    trial_free(&trial);
}

/* Whoever is answered at once waits as long as it rings: without `ring` nobody would. */
static void the_written_scenario_rings_as_long(void **state)
{
    (void)state;
    static const char *const rings[] = {
        "7 s",
        "{mixture: [{share: 30%, constant: 0 s}, {share: 70%, uniform: {from: 4 s, to: 20 s}}]}",
        "{mixture: [{share: 50%, constant: 3 s}, {share: 50%, constant: 25 s}]}"};
    for (size_t k = 0; k < 3; k++) {
        struct trial trial = trial_format(desk, rings[k]);
        struct trip trip = trip_make(&trial, 1, 25, NULL);
        assert_true(trip.fit->queue[0].ring.write);
        assert_int_equal(trip.fit->queue[0].ring.time.constant, k == 0);
        assert_int_equal(is_written(trip.fit, "    ring: 7 s\n"), k == 0);
        struct trial again = trip_written(trip.fit, "test_fit_ring");
        trial_run(&trial, &(oh_run_options){.replications = 150});
        trial_run(&again, &(oh_run_options){.replications = 150});
        static const char *const metrics[] = {"asa", "wait"};
        for (size_t m = 0; m < 2; m++)
            assert_close(trial_value(&again, OH_QUEUE, "support", metrics[m]),
                         trial_value(&trial, OH_QUEUE, "support", metrics[m]), 0.08);
        assert_near(trial_value(&again, OH_QUEUE, "support", "service_level"),
                    trial_value(&trial, OH_QUEUE, "support", "service_level"), 0.03);
        trip_free(&trip);
        trial_free(&again);
        trial_free(&trial);
    }
}

/* The time when an agent was chosen, in place of how long it rang. */
static void ring_is_read_from_the_time_of_assignment(void **state)
{
    (void)state;
    static const char *const heads[] = {"arrived,wait,assigned_at,answered_at,outcome,handling\n",
                                        "arrived,assigned_at,answered_at,outcome,handling\n",
                                        "assigned_at,answered_at,wait,outcome,handling\n"};
    for (int form = 0; form < 3; form++) {
        static char log[10000];
        strcpy(log, heads[form]);
        for (int i = 0; i < 60; i++) {
            char came[16], wait[8], chosen[16], answered[16];
            int at = 60 * i, waits = i % 11 + 6, rings = 4 + i % 3 * (i % 2);
            snprintf(came, sizeof came, "%d,", at);
            snprintf(wait, sizeof wait, "%d,", waits);
            snprintf(chosen, sizeof chosen, "%d,", at + waits - rings);
            snprintf(answered, sizeof answered, "%d,", at + waits);
            size_t used = strlen(log);
            snprintf(log + used, sizeof log - used, "%s%s%s%s%sanswered,100\n",
                     form < 2 ? came : "", form == 0 ? wait : "", chosen, answered,
                     form == 2 ? wait : "");
        }
        struct trip trip = trip_of_text(log);
        const struct fit_ring *r = &trip.fit->queue[0].ring;
        assert_int_equal(r->time.n, 60);
        assert_near(r->time.mean, 4.5, 1e-9); /* 0, 0, 0, 1, 0, 2 more than 4 */
        trip_free(&trip);
    }
}

static void a_log_without_ring_has_none(void **state)
{
    (void)state;
    struct trip trip = trip_of_text("arrived,wait,outcome,handling\n"
                                    "0,5,answered,60\n60,7,answered,60\n120,9,answered,60\n"
                                    "180,9,answered,60\n240,3,answered,60\n300,9,answered,60\n"
                                    "360,9,answered,60\n420,3,answered,60\n480,9,answered,60\n"
                                    "540,9,answered,60\n600,3,answered,60\n660,9,answered,60\n");
    assert_false(trip.fit->queue[0].ring.write);
    assert_false(is_written(trip.fit, "ring:"));
    trip_free(&trip);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_mean_ring_lies_in_its_interval_as_often_as_stated),
        cmocka_unit_test(the_written_scenario_rings_as_long),
        cmocka_unit_test(ring_is_read_from_the_time_of_assignment),
        cmocka_unit_test(a_log_without_ring_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
