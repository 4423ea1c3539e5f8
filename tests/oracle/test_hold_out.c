/* test_hold_out.c - a scenario fitted on the first weeks and judged on the last: are nine in ten of
 * the intervals inside bands of 90 %, and is the model, which is right, told so?
 *
 * Each repetition is four simulated weeks of a center whose days swing; three are fitted.
 */
#include "../support/support.h"
#include "../support/trip.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../../sim/data/validate_parts.h"

enum { TRIPS = 10, WEEKS = 4, FITTED = 3, REPLICATIONS = 60 };

static const char center[] = "onhold: 1\n"
                             "name: center\n"
                             "time: {days: {mon-fri: 08:00-11:00}, interval: 30 min}\n"
                             "busyness: {cv: 10%}\n"
                             "queues:\n"
                             "  support:\n"
                             "    arrivals: {per: 1 h, counts: [60, 90, 80]}\n"
                             "    handling: {lognormal: {mean: 200 s, cv: 1.1}}\n"
                             "    patience: {exponential: 5 min}\n"
                             "    target: 80% in 20 s\n"
                             "agents:\n"
                             "  desk: {count: {per: 1 h, counts: [4, 6, 5]}, serves: [support]}\n";

static oh_log *read_weeks(struct text *week, const oh_log_options *options, oh_diags *diags)
{
    oh_log *log = NULL;
    assert_int_equal(oh_log_new(&log, options, diags), OH_OK);
    for (size_t i = 0; i < WEEKS; i++) {
        assert_int_equal(oh_log_begin(log, "trace.csv", diags), OH_OK);
        assert_int_equal(oh_log_take(log, week[i].at, week[i].length), OH_OK);
        assert_int_equal(oh_log_end(log), OH_OK);
    }
    assert_int_equal(oh_log_judge(log, diags), OH_OK);
    return log;
}

/* Weeks first .. first + 3: fitted on three, judged on the fourth. */
static oh_validation *hold_out(const struct trial *truth, uint32_t first)
{
    struct text week[WEEKS] = {{0}};
    char cut[20];
    oh_diags *diags = oh_diags_new();
    for (uint32_t i = 0; i < WEEKS; i++)
        assert_int_equal(oh_trace_csv(truth->model, &(oh_trace_options){1, first + i, 1, NULL},
                                      text_sink(&week[i]), NULL, NULL),
                         OH_OK);
    snprintf(cut, sizeof cut, "%u", first + FITTED);
    oh_log_options options = {.opens = 8 * 3600.0, .until = cut};
    oh_log *past = read_weeks(week, &options, diags);
    oh_fit *fit = NULL;
    assert_int_equal(oh_fit_make(&fit, past, NULL, diags), OH_OK);
    struct trial model = trip_written(fit, "test_hold_out");
    options = (oh_log_options){.interval = oh_validate_interval(model.model),
                               .opens = oh_validate_opens(model.model),
                               .within = oh_validate_within(model.model),
                               .from = cut};
    oh_log *held = read_weeks(week, &options, diags);
    oh_validation *v = NULL;
    oh_run_options run = {.replications = REPLICATIONS};
    assert_int_equal(oh_validate(&v, model.scenario, held, &run, diags, NULL), OH_OK);
    oh_log_free(past);
    oh_log_free(held);
    oh_fit_free(fit);
    oh_diags_free(diags);
    trial_free(&model);
    for (size_t i = 0; i < WEEKS; i++)
        text_free(&week[i]);
    return v;
}

static void bands_hold_what_they_say_for_weeks_that_were_not_fitted(void **state)
{
    (void)state;
    struct trial truth = trial_text(center);
    double inside = 0, squares = 0, offered = 0, days = 0;
    int yes = 0;
    for (uint32_t i = 0; i < TRIPS; i++) {
        oh_validation *v = hold_out(&truth, 1 + i * WEEKS);
        assert_int_equal(v->before, 5 * FITTED);
        assert_near(v->rests_on[0], FITTED, 0);
        inside += oh_validation_inside(v) / TRIPS;
        yes += oh_validation_ok(v);
        squares += v->overall[VAL_OFFERED].z * v->overall[VAL_OFFERED].z / TRIPS;
        for (size_t d = 0; d < v->days; d++) {
            struct val_band band = {NAN, NAN, NAN};
            struct val_sums sum = {0};
            size_t k = v->day[d].opening;
            for (size_t p = v->first[k]; p < v->first[k + 1]; p++)
                val_add(&sum, &v->thing[0].actual[d * v->places + p]);
            assert_true(val_day_band(v, 0, k, VAL_OFFERED, &band));
            offered += sum.offered >= band.low && sum.offered <= band.high;
            days++;
        }
        oh_validation_free(v);
    }
    assert_near(inside, 0.92, 0.03); /* lumpy figures have a little more inside */
    assert_near(offered / days, 0.90,
                0.12); /* four standard errors of 50 days, of which five share a week */
    assert_true(squares > 0.3 && squares < 3); /* a chi square of 10, over 10 */
    assert_that(yes >= 8, "a model that is right is told so in %d of %d", yes, (int)TRIPS);
    trial_free(&truth);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bands_hold_what_they_say_for_weeks_that_were_not_fitted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
