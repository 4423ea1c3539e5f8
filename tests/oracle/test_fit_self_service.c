/* test_fit_self_service.c - callers who serve themselves are no calls for agents, and those who go
 * on to the line join it when they are through with that.
 */
#include "../support/trip.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char menu[] = "onhold: 1\n"
                           "name: menu\n"
                           "time: {open: 08:00-14:00, interval: 30 min}\n"
                           "queues:\n"
                           "  support:\n"
                           "    arrivals: 120 per h\n"
                           "    handling: {exponential: 180 s}\n"
                           "    patience: {exponential: 240 s}\n"
                           "    self_service: {time: {exponential: 90 s}, resolves: 40%}\n"
                           "    target: 80% in 20 s\n"
                           "agents:\n"
                           "  desk: {count: 4, serves: [support]}\n";

static void who_serves_himself_is_no_call_for_an_agent(void **state)
{
    (void)state;
    enum { TRIPS = 10, DAYS = 8, HOURS = 6 };
    struct trial trial = trial_text(menu);
    double calls = 0;
    struct hits patience = {"mean patience", 240, 0, 0, 0};
    for (uint32_t i = 0; i < TRIPS; i++) {
        struct trip trip = trip_make(&trial, 1 + i * DAYS, DAYS, NULL);
        const struct fit_queue *q = &trip.fit->queue[0];
        const struct fit_group *g = &trip.fit->agents.group[0];
        calls += q->arrivals.per_day / TRIPS;
        count_hit(&patience, q->patience.mean_low, q->patience.mean_high);
        assert_false(g->several); /* one call at a time, since calls begin when they do */
        assert_int_equal(trip.fit->agents.overlaps, 0);
        for (size_t s = 18; s < 28; s++)
            assert_near(g->count[0][s], 4, 0);
        assert_true(strstr(trip.fit->note[0], "callers served themselves") != NULL);
        trip_free(&trip);
    }
    assert_near(calls, 0.6 * 120 * HOURS, 4 * sqrt(0.6 * 120 * HOURS / (TRIPS * DAYS)) + 2);
    expect_rate(&patience, 0.95);
    trial_free(&trial);
}

static void the_written_scenario_has_the_waits_of_those_who_wanted_an_agent(void **state)
{
    (void)state;
    struct trial trial = trial_text(menu);
    struct trip trip = trip_make(&trial, 1, 30, NULL);
    struct trial again = trip_written(trip.fit, "test_fit_self_service");
    trial_run(&again, &(oh_run_options){.replications = 150});
    trial_run(&trial, &(oh_run_options){.replications = 150});
    assert_close(trial_value(&again, OH_QUEUE, "support", "wait"),
                 trial_value(&trial, OH_QUEUE, "support", "wait"), 0.12);
    assert_near(trial_value(&again, OH_QUEUE, "support", "abandon_rate"),
                trial_value(&trial, OH_QUEUE, "support", "abandon_rate"), 0.01);
    trip_free(&trip);
    trial_free(&again);
    trial_free(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_serves_himself_is_no_call_for_an_agent),
        cmocka_unit_test(the_written_scenario_has_the_waits_of_those_who_wanted_an_agent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
