/* test_validate_rates.c - how often validate is right: one thing is changed in centers of one and
 * of two queues, days of it are recorded, and the verdict on the scenario as it was planned must
 * name that thing, with about its size and hours.
 */
#include "../support/support.h"
#include "../support/trip.h"

#include <math.h>
#include <string.h>

#include "../../sim/data/validate_parts.h"

#define HEAD                                                                                       \
    "onhold: 1\nname: center\ntime: {open: 08:00-14:00, interval: 30 min}\nqueues:\n"              \
    "  support:\n"                                                                                 \
    "    handling: {lognormal: {mean: 180 s, cv: 1}}\n"                                            \
    "    patience: {exponential: 3 min}\n"                                                         \
    "    target: 80% in 20 s\n"

static const char *const centers[] = {
    HEAD "    arrivals: {per: 2 h, counts: [400, 400, 400]}\n"
         "agents:\n"
         "  desk: {count: {per: 2 h, counts: [11, 11, 11]}, serves: [support]}\n",
    HEAD "    arrivals: {per: 2 h, counts: [240, 240, 240]}\n"
         "  sales:\n"
         "    arrivals: {per: 2 h, counts: [120, 120, 120]}\n"
         "    handling: {lognormal: {mean: 240 s, cv: 0.8}}\n"
         "    patience: {exponential: 4 min}\n"
         "    target: 80% in 20 s\n"
         "agents:\n"
         "  desk: {count: {per: 2 h, counts: [8, 8, 8]}, serves: [support, sales]}\n"
         "  sellers: {count: {per: 2 h, counts: [3, 3, 3]}, serves: [sales]}\n",
};

enum { CENTERS = 2, LOGS = 2, DAYS = 10, REPLICATIONS = 50, SETS = 3 };

typedef const char *changes[CENTERS][SETS][2];

static oh_validation *judge(size_t center, const changes change, uint32_t first)
{
    struct trial planned = trial_text(centers[center]), was = trial_text(centers[center]);
    oh_log *log = NULL;
    oh_validation *v = NULL;
    for (size_t i = 0; i < SETS && change[center][i][0]; i++)
        assert_int_equal(
            oh_scenario_set(was.scenario, change[center][i][0], change[center][i][1], was.diags),
            OH_OK);
    oh_model_free(was.model);
    assert_int_equal(oh_model_compile(&was.model, was.scenario, was.diags), OH_OK);
    oh_log_options options = {.interval = oh_validate_interval(planned.model),
                              .opens = oh_validate_opens(planned.model),
                              .within = oh_validate_within(planned.model)};
    assert_int_equal(oh_log_new(&log, &options, planned.diags), OH_OK);
    for (uint32_t d = 0; d < DAYS; d++) {
        struct text text = {0};
        assert_int_equal(oh_trace_csv(was.model, &(oh_trace_options){1, first + d, 1, NULL},
                                      text_sink(&text), NULL, NULL),
                         OH_OK);
        assert_int_equal(oh_log_begin(log, "trace.csv", planned.diags), OH_OK);
        assert_int_equal(oh_log_take(log, text.at, text.length), OH_OK);
        assert_int_equal(oh_log_end(log), OH_OK);
        text_free(&text);
    }
    assert_int_equal(oh_log_judge(log, planned.diags), OH_OK);
    oh_run_options run = {.replications = REPLICATIONS};
    assert_int_equal(oh_validate(&v, planned.scenario, log, &run, planned.diags, NULL), OH_OK);
    oh_log_free(log);
    trial_free(&planned);
    trial_free(&was);
    return v;
}

static void count(struct hits *h, bool hit)
{
    h->n++;
    h->inside += hit;
}

static void nothing_is_wrong_where_nothing_was_changed(void **state)
{
    (void)state;
    static const changes none = {{{NULL}}};
    struct hits yes = {.name = "says yes"};
    for (uint32_t i = 0; i < CENTERS * LOGS; i++) {
        oh_validation *v = judge(i % CENTERS, none, 5001 + i * DAYS);
        count(&yes, oh_validation_ok(v));
        oh_validation_free(v);
    }
    expect_rate(&yes, 0.95);
}

static const struct {
    enum val_cause cause;
    double size;
    bool noon; /* from 10 to 12 only */
    changes change;
} plants[] = {
    {CAUSE_VOLUME,
     1,
     false,
     {{{"queues.support.arrivals.counts", "[440, 440, 440]"}},
      {{"queues.support.arrivals.counts", "[264, 264, 264]"},
       {"queues.sales.arrivals.counts", "[132, 132, 132]"}}}},
    {CAUSE_HANDLING,
     1.5,
     false,
     {{{"queues.support.handling.lognormal.mean", "207 s"}},
      {{"queues.support.handling.lognormal.mean", "207 s"},
       {"queues.sales.handling.lognormal.mean", "276 s"}}}},
    {CAUSE_FEWER,
     2,
     true,
     {{{"agents.desk.count.counts", "[11, 9, 11]"}}, {{"agents.desk.count.counts", "[8, 6, 8]"}}}},
    {CAUSE_PATIENCE,
     10,
     false,
     {{{"queues.support.patience.exponential", "90 s"}},
      {{"queues.support.patience.exponential", "90 s"},
       {"queues.sales.patience.exponential", "2 min"}}}},
};

static bool hours_are_right(const oh_validation *v, bool noon)
{
    double from = noon ? 10 : 8, to = noon ? 12 : 14;
    return fabs(v->window_from / 3600 - from) < 1.01 && fabs(v->window_to / 3600 - to) < 1.01;
}

static void what_was_changed_is_named_with_its_size_and_hours(void **state)
{
    (void)state;
    struct hits named = {.name = "cause"}, size = {.name = "size"}, hours = {.name = "hours"};
    for (size_t k = 0; k < sizeof plants / sizeof *plants; k++) {
        for (uint32_t i = 0; i < CENTERS * LOGS; i++) {
            oh_validation *v = judge(i % CENTERS, plants[k].change, 5001 + i * DAYS);
            enum val_cause cause = plants[k].cause;
            count(&named, !v->ok && v->likeliest == (long)cause && v->second < 0);
            count(&size, fabs(v->cause[cause].size / plants[k].size - 1) <= 0.4);
            count(&hours, hours_are_right(v, plants[k].noon));
            oh_validation_free(v);
        }
    }
    expect_rate(&named, 0.95);
    expect_rate(&size, 0.95);
    expect_rate(&hours, 0.90);
}

static void of_two_causes_both_are_named_or_the_larger(void **state)
{
    (void)state;
    static const changes both = {
        {{"queues.support.arrivals.counts", "[440, 440, 440]"},
         {"agents.desk.count.counts", "[10, 10, 10]"}},
        {{"queues.support.arrivals.counts", "[264, 264, 264]"},
         {"queues.sales.arrivals.counts", "[132, 132, 132]"},
         {"agents.desk.count.counts", "[7, 7, 7]"}},
    };
    struct hits two = {.name = "two causes"};
    for (uint32_t i = 0; i < CENTERS * LOGS; i++) {
        oh_validation *v = judge(i % CENTERS, both, 5001 + i * DAYS);
        bool calls_first = v->likeliest == CAUSE_VOLUME;
        long other = calls_first ? CAUSE_FEWER : CAUSE_VOLUME;
        assert_that(calls_first || v->likeliest == CAUSE_FEWER, "%s", oh_validation_verdict(v));
        assert_that(v->second < 0 || v->second == other, "%s", oh_validation_verdict(v));
        if (v->second >= 0)
            assert_non_null(strstr(oh_validation_verdict(v), "would explain it together"));
        /* 10 % more calls and one agent fewer */
        count(&two, v->second == other && fabs(v->both[0] - 1) < 0.6 && fabs(v->both[1] - 1) < 0.6);
        oh_validation_free(v);
    }
    expect_rate(&two, 0.90);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_wrong_where_nothing_was_changed),
        cmocka_unit_test(what_was_changed_is_named_with_its_size_and_hours),
        cmocka_unit_test(of_two_causes_both_are_named_or_the_larger),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
