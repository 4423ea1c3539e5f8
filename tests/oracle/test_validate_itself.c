/* test_validate_itself.c - a single day and a week, fitted and judged on themselves: the scenario
 * knows its heads, means and hours from them alone, and is right as far as that goes.
 */
#include "../support/support.h"
#include "../support/trip.h"

#include <math.h>

#include "../../sim/data/validate_parts.h"

#define HEAD                                                                                       \
    "onhold: 1\nname: center\ntime: {open: 08:00-14:00, interval: 30 min}\n"                       \
    "busyness: {cv: 10%}\nqueues:\n"                                                               \
    "  support:\n"                                                                                 \
    "    handling: {lognormal: {mean: 180 s, cv: 1.2}}\n"                                          \
    "    patience: {exponential: 4 min}\n"                                                         \
    "    target: 80% in 20 s\n"

static const char *const centers[] = {
    HEAD "    arrivals: {per: 1 h, counts: [150, 220, 240, 220, 200, 150], noise: 15%}\n"
         "agents:\n"
         "  desk: {count: {per: 1 h, counts: [8, 11, 12, 11, 10, 9]}, serves: [support], absence: "
         "6%, not_ready: {share: 40%, for: {exponential: 40 s}}}\n",
    HEAD "    arrivals: {per: 1 h, counts: [60, 80, 90, 90, 80, 60]}\n"
         "    redial: {after_abandon: 30%, delay: {exponential: 6 min}}\n"
         "agents:\n"
         "  desk: {count: {per: 2 h, counts: [4, 5, 5]}, serves: [support]}\n",
};

enum { CENTERS = 2, REPLICATIONS = 60 };

/* Days of a center, fitted, and the fit judged on them; with a change of the fitted scenario before
 * that, PATH and VALUE, if `path` is given. */
static oh_validation *judge(const struct trial *center, uint32_t first, uint32_t days,
                            const char *path, const char *value)
{
    struct trip trip = trip_make(center, first, days, NULL);
    struct trial fitted = trip_written(trip.fit, "test_validate_itself");
    oh_validation *v = NULL;
    oh_run_options run = {.replications = REPLICATIONS};
    if (path)
        assert_int_equal(oh_scenario_set(fitted.scenario, path, value, fitted.diags), OH_OK);
    assert_int_equal(oh_validate(&v, fitted.scenario, trip.log, &run, fitted.diags, NULL), OH_OK);
    trial_free(&fitted);
    trip_free(&trip);
    return v;
}

static void what_was_fitted_on_few_days_tells_those_days(void **state)
{
    (void)state;
    static const uint32_t days[] = {1, 5}, logs[] = {4, 1};
    struct hits yes = {.name = "says yes"};
    for (size_t c = 0; c < CENTERS; c++) {
        struct trial trial = trial_text(centers[c]);
        for (size_t k = 0; k < 2; k++) {
            for (uint32_t i = 0; i < logs[k]; i++) {
                oh_validation *v = judge(&trial, 40001 + 100 * i, days[k], NULL, NULL);
                yes.n++;
                yes.inside += oh_validation_ok(v);
                assert_true(v->inside > 0.8);
                oh_validation_free(v);
            }
        }
        trial_free(&trial);
    }
    expect_rate(&yes, 0.95);
}

/* One day is enough for what is far off. */
static void what_is_far_off_is_seen_on_one_day(void **state)
{
    (void)state;
    static const struct {
        const char *path, *value;
        long cause;
    } plants[] = {
        {"agents.desk.count", "6", CAUSE_MORE},
        {"queues.support.arrivals.scale", "0.7", CAUSE_VOLUME},
        {"queues.support.patience", "{exponential: 40 s}", CAUSE_PATIENCE},
    };
    struct trial trial = trial_text(centers[0]);
    for (size_t i = 0; i < sizeof plants / sizeof *plants; i++) {
        oh_validation *v = judge(&trial, 40001, 1, plants[i].path, plants[i].value);
        assert_false(oh_validation_ok(v));
        assert_that(v->likeliest == plants[i].cause, "%s=%s: %s", plants[i].path, plants[i].value,
                    oh_validation_verdict(v));
        oh_validation_free(v);
    }
    trial_free(&trial);
}

/* The calls agree with the log: they are not what is wrong, whatever they would explain. */
static void calls_that_agree_are_no_cause(void **state)
{
    (void)state;
    struct trial trial = trial_text(centers[1]);
    for (uint32_t i = 0; i < 2; i++) {
        oh_validation *v = judge(&trial, 41001 + 100 * i, 3, "agents.desk.count", "3");
        assert_false(oh_validation_ok(v));
        assert_that(v->likeliest == CAUSE_MORE && v->second != CAUSE_VOLUME &&
                        v->second != CAUSE_HANDLING,
                    "%s", oh_validation_verdict(v));
        assert_near(v->heads, 3, 0.2);
        /* about two are missing of five */
        assert_true(v->cause[CAUSE_MORE].size > 1 && v->cause[CAUSE_MORE].size <= 3);
        oh_validation_free(v);
    }
    trial_free(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_fitted_on_few_days_tells_those_days),
        cmocka_unit_test(what_is_far_off_is_seen_on_one_day),
        cmocka_unit_test(calls_that_agree_are_no_cause),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
