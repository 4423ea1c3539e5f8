/* test_validate.c - logs of known truth: a model that is right is told so, and of one that is wrong
 * the very thing that is wrong is named, with about its size.
 */
#include "../support/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../sim/data/validate_parts.h"

static const char center[] =
    "onhold: 1\n"
    "name: center\n"
    "time: {open: 08:00-14:00, interval: 30 min}\n"
    "queues:\n"
    "  support:\n"
    "    arrivals: {rate: 200 per h}\n"
    "    handling: {exponential: 180 s}\n"
    "    patience: {exponential: 3 min}\n"
    "    target: 80% in 20 s\n"
    "agents:\n"
    "  desk: {count: {per: 2 h, counts: [11, 11, 11]}, serves: [support]}\n";

enum { DAYS = 12, OTHER_DAYS = 5001, REPLICATIONS = 120 };

/* The scenario as planned against days of the scenario as it was: `truth` is PATH=VALUE, or NULL.
 */
static oh_validation *judge(const char *path, const char *value)
{
    struct trial planned = trial_text(center), was = trial_text(center);
    oh_log *log = NULL;
    oh_validation *v = NULL;
    if (path) {
        assert_int_equal(oh_scenario_set(was.scenario, path, value, was.diags), OH_OK);
        oh_model_free(was.model);
        assert_int_equal(oh_model_compile(&was.model, was.scenario, was.diags), OH_OK);
    }
    oh_log_options options = {.interval = oh_validate_interval(planned.model),
                              .opens = oh_validate_opens(planned.model),
                              .within = oh_validate_within(planned.model)};
    assert_near(options.interval, 1800, 0);
    assert_near(options.opens, 8 * 3600, 0);
    assert_int_equal(oh_log_new(&log, &options, planned.diags), OH_OK);
    for (uint32_t d = 0; d < DAYS; d++) {
        struct text text = {0};
        assert_int_equal(oh_trace_csv(was.model, &(oh_trace_options){1, OTHER_DAYS + d, 1, NULL},
                                      text_sink(&text), NULL, NULL),
                         OH_OK);
        assert_int_equal(oh_log_begin(log, "trace.csv", planned.diags), OH_OK);
        assert_int_equal(oh_log_take(log, text.at, text.length), OH_OK);
        assert_int_equal(oh_log_end(log), OH_OK);
        text_free(&text);
    }
    assert_int_equal(oh_log_judge(log, planned.diags), OH_OK);
    oh_run_options run = {.replications = REPLICATIONS};
    oh_status status = oh_validate(&v, planned.scenario, log, &run, planned.diags, NULL);
    if (status != OH_OK)
        show_findings(planned.diags);
    assert_int_equal(status, OH_OK);
    oh_log_free(log);
    trial_free(&planned);
    trial_free(&was);
    return v;
}

static void a_model_that_is_right_has_nine_in_ten_inside(void **state)
{
    (void)state;
    oh_validation *v = judge(NULL, NULL);
    assert_true(oh_validation_ok(v));
    /* 12 days of 12 intervals, five figures: about 0.90, a little more where figures are lumpy */
    assert_true(oh_validation_inside(v) > 0.86 && oh_validation_inside(v) < 0.97);
    assert_non_null(strstr(oh_validation_verdict(v), "the model tells your past"));
    for (int f = 0; f < VAL_FIGURES; f++)
        assert_true(fabs(v->overall[f].z) < 4);
    oh_validation_free(v);
}

static void expect_cause(const char *path, const char *value, enum val_cause cause, double size,
                         double tolerance, const char *words)
{
    oh_validation *v = judge(path, value);
    assert_false(oh_validation_ok(v));
    assert_that(v->likeliest == (long)cause, "%s=%s: %s", path, value, oh_validation_verdict(v));
    assert_near(v->cause[cause].size, size, tolerance);
    assert_that(strstr(oh_validation_verdict(v), words) != NULL, "it says: %s",
                oh_validation_verdict(v));
    oh_validation_free(v);
}

static void two_agents_fewer_are_named_as_staffing(void **state)
{
    (void)state;
    expect_cause("agents.desk.count", "{per: 2 h, counts: [9, 9, 9]}", CAUSE_FEWER, 2, 0.7,
                 "waits are too short all day: the likeliest cause is staffing");
    expect_cause("agents.desk.count", "{per: 2 h, counts: [13, 13, 13]}", CAUSE_MORE, 2, 1.3,
                 "waits are too long all day: the likeliest cause is staffing");
}

static void agents_missing_at_noon_are_found_at_noon(void **state)
{
    (void)state;
    oh_validation *v = judge("agents.desk.count", "{per: 2 h, counts: [11, 8, 11]}");
    assert_int_equal(v->likeliest, CAUSE_FEWER);
    assert_near(v->window_from, 10 * 3600, 1800);
    assert_near(v->window_to, 12 * 3600, 1801);
    oh_validation_free(v);
}

static void more_calls_longer_ones_and_less_patience_are_told_apart(void **state)
{
    (void)state;
    expect_cause("queues.support.arrivals.rate", "240 per h", CAUSE_VOLUME, 2, 0.7, "more calls");
    expect_cause("queues.support.handling.exponential", "210 s", CAUSE_HANDLING, 1.7, 0.7,
                 "longer");
    expect_cause("queues.support.patience.exponential", "1 min", CAUSE_PATIENCE, 10, 9,
                 "more often");
}

/* As many calls in the day, at other hours: the sum does not show it. */
static void hours_that_are_wrong_make_a_day_that_is_wrong(void **state)
{
    (void)state;
    oh_validation *v = judge("queues.support.arrivals", "{per: 2 h, counts: [340, 460, 400]}");
    assert_false(oh_validation_ok(v));
    assert_true(fabs(v->overall[VAL_OFFERED].z) < 3.3);
    oh_validation_free(v);
    /* agents who are missing explain longer waits; volumes that agree do not */
    v = judge("agents.desk.count", "{per: 2 h, counts: [10, 10, 10]}");
    if (!(fabs(v->overall[VAL_OFFERED].z) > 1))
        assert_near(v->cause[CAUSE_VOLUME].explained, 0, 0);
    assert_true(v->likeliest != CAUSE_VOLUME && v->likeliest != CAUSE_HANDLING);
    oh_validation_free(v);
}

static void bands_and_pools_are_what_counting_gives(void **state)
{
    (void)state;
    oh_validation *v = judge(NULL, NULL);
    /* a pool of one figure over everything is the sum of the log's cells */
    struct val_sums s = {0};
    for (size_t i = 0; i < v->days * v->places; i++)
        val_add(&s, &v->thing[0].actual[i]);
    assert_close(v->overall[VAL_WAIT].actual, s.wait / s.offered, 1e-12);
    assert_close(v->overall[VAL_OFFERED].actual, s.offered / DAYS, 1e-12);
    assert_close(v->overall[VAL_AHT].actual, s.handling / s.answered, 1e-12);
    /* nine in ten replications are inside a band */
    size_t inside = 0;
    const struct val_band *b = val_band_at(v, 0, 5, VAL_WAIT);
    for (size_t r = 0; r < v->replications; r++) {
        double x = val_value(&v->thing[0].played[r * v->places + 5], VAL_WAIT);
        inside += x >= b->low && x <= b->high;
    }
    assert_int_equal(inside, 108);
    oh_validation_free(v);
}

static void logs_that_do_not_fit_are_refused_in_words(void **state)
{
    (void)state;
    static const struct {
        const char *log, *words;
    } cases[] = {
        {"arrived,wait,outcome,handling,queue\n2026-03-02T09:00,5,answered,60,a\n"
         "2026-03-02T09:01,5,answered,60,b\n",
         "no queue in common"},
        {"arrived,wait,outcome,handling\n2026-03-02T22:00,5,answered,60\n", "no call of the log"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial t = trial_text(center);
        oh_log *log = NULL;
        oh_validation *v = NULL;
        assert_int_equal(oh_log_new(&log, NULL, t.diags), OH_OK);
        assert_int_equal(oh_log_begin(log, "log.csv", t.diags), OH_OK);
        assert_int_equal(oh_log_take(log, cases[i].log, strlen(cases[i].log)), OH_OK);
        assert_int_equal(oh_log_end(log), OH_OK);
        assert_int_equal(oh_log_judge(log, t.diags), OH_OK);
        assert_int_equal(oh_validate(&v, t.scenario, log, NULL, t.diags, NULL), OH_INVALID);
        assert_null(v);
        assert_non_null(strstr(oh_diags_at(t.diags, 0)->message, cases[i].words));
        oh_log_free(log);
        trial_free(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_model_that_is_right_has_nine_in_ten_inside),
        cmocka_unit_test(two_agents_fewer_are_named_as_staffing),
        cmocka_unit_test(agents_missing_at_noon_are_found_at_noon),
        cmocka_unit_test(more_calls_longer_ones_and_less_patience_are_told_apart),
        cmocka_unit_test(hours_that_are_wrong_make_a_day_that_is_wrong),
        cmocka_unit_test(bands_and_pools_are_what_counting_gives),
        cmocka_unit_test(logs_that_do_not_fit_are_refused_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
