/* test_scenario_bind.c - what a scenario file says arrives in the spec: every section, every form,
 * in seconds, per second and shares.
 */
#include "../support/support.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../support/bound.h"

static void an_opening_is_read_with_its_interval_and_closing_rule(void **state)
{
    (void)state;
    struct bound b = good_text(
        HEAD "time: {open: 22:00-06:00, interval: 15 min, at_close: hang_up}\n" QUEUE("") AGENTS);
    assert_int_equal(b.spec->time.mode, TIME_OPEN);
    assert_same(b.spec->time.opens, 79200.0);
    assert_same(b.spec->time.closes, 108000.0);
    assert_same(b.spec->time.interval, 900.0);
    assert_int_equal(b.spec->time.at_close, CLOSE_HANG_UP);
    bound_free(&b);
    b = good_text(DAY QUEUE("") AGENTS);
    assert_same(b.spec->time.interval, 1800.0);
    assert_int_equal(b.spec->time.at_close, CLOSE_FINISH);
    bound_free(&b);
}

static void steady_state_has_a_warm_up_and_a_length(void **state)
{
    (void)state;
    struct bound b = good_text(STEADY QUEUE("arrivals: 960 per d") AGENTS);
    assert_int_equal(b.spec->time.mode, TIME_STEADY);
    assert_same(b.spec->time.warm_up, 7200.0);
    assert_same(b.spec->time.length, 72000.0);
    assert_close(b.spec->queue[0].arrivals->rate, 960.0 / 86400, 1e-15);
    bound_free(&b);
}

static void a_rate_per_day_is_spread_over_the_opening(void **state)
{
    (void)state;
    struct bound b = good_text(DAY QUEUE("arrivals: {rate: 960 per d, scale: 110%}") AGENTS);
    assert_int_equal(b.spec->queue[0].arrivals->kind, ARRIVALS_RATE);
    assert_close(b.spec->queue[0].arrivals->rate, 1.1 * 960 / 43200, 1e-14);
    bound_free(&b);
}

static void counts_stand_where_from_and_per_say(void **state)
{
    (void)state;
    struct bound b = good_text(HEAD "time: {open: 22:00-02:00, interval: 1 h}\n" QUEUE(
        "arrivals: {from: 00:00, per: 30 min, counts: [1, 2.5, 3, 0], scale: 2}") AGENTS);
    const struct spec_arrivals *a = b.spec->queue[0].arrivals;
    const double expected[] = {2, 5, 6, 0};
    assert_int_equal(a->kind, ARRIVALS_COUNTS);
    assert_same(a->counts.from, 7200.0);
    assert_same(a->counts.per, 1800.0);
    assert_int_equal(a->counts.n, 4);
    for (size_t i = 0; i < 4; i++)
        assert_same(a->counts.value[i], expected[i]);
    bound_free(&b);
}

static void exact_times_and_times_between_calls_are_read(void **state)
{
    (void)state;
    struct bound b = good_text(DAY QUEUE("arrivals: {times: [0 s, 30 s, 12 h]}") AGENTS);
    assert_int_equal(b.spec->queue[0].arrivals->kind, ARRIVALS_TIMES);
    assert_int_equal(b.spec->queue[0].arrivals->n, 3);
    assert_same(b.spec->queue[0].arrivals->at[2], 43200.0);
    bound_free(&b);
    b = good_text(DAY QUEUE("arrivals: {renewal: 60 s}") AGENTS);
    assert_int_equal(b.spec->queue[0].arrivals->kind, ARRIVALS_RENEWAL);
    assert_same(dist_mean(b.spec->queue[0].arrivals->between), 60.0);
    assert_same(dist_variance(b.spec->queue[0].arrivals->between), 0.0);
    bound_free(&b);
    b = good_text(DAY QUEUE("arrivals: {renewal: {erlang: {k: 2, mean: 6 s}}}") AGENTS);
    assert_close(dist_variance(b.spec->queue[0].arrivals->between), 18.0, 1e-12);
    bound_free(&b);
}

/* The mean of a handling time as written. */
static void expect_mean(const char *distribution, double mean, double relative)
{
    char text[600];
    snprintf(text, sizeof text,
             DAY "queues: {a: {patience: {constant: 1 h}, handling: %s}}\n" AGENTS, distribution);
    struct bound b = good_text(text);
    assert_that(fabs(dist_mean(b.spec->queue[0].talk) - mean) <= relative * mean,
                "%s has mean %.17g, not %.17g", distribution, dist_mean(b.spec->queue[0].talk),
                mean);
    bound_free(&b);
}

static void every_kind_of_distribution_is_read(void **state)
{
    (void)state;
    expect_mean("{constant: 40 s}", 40, 0);
    expect_mean("{exponential: 4 min}", 240, 0);
    expect_mean("{exponential: {mean: 4 min}}", 240, 0);
    expect_mean("{lognormal: {mean: 4 min, cv: 120%}}", 240, 1e-12);
    expect_mean("{gamma: {mean: 4 min, cv: 0.8}}", 240, 1e-12);
    expect_mean("{erlang: {k: 3, mean: 4 min}}", 240, 1e-12);
    expect_mean("{weibull: {shape: 1, scale: 4 min}}", 240, 1e-12);
    expect_mean("{weibull: {shape: 0.7, mean: 4 min}}", 240, 1e-12);
    expect_mean("{uniform: {from: 30 s, to: 180 s}}", 105, 1e-12);
    expect_mean("{triangular: {low: 5 min, mode: 7 min, high: 9 min}}", 420, 1e-12);
    expect_mean("{hyperexponential: {mean: 4 min, cv: 2}}", 240, 1e-12);
    expect_mean("{mixture: [{share: 15%, constant: 40 s}, {share: 85%, exponential: 5 min}]}", 261,
                1e-12);
    expect_mean("{empirical: {values: [10 s, 20 s, 40 s]}}", 22.5, 1e-12);
    expect_mean("{first_of: [{exponential: 2 min}, {exponential: 3 min}]}", 72, 1e-6);
    expect_mean("{exponential: 4 min, plus: 30 s}", 270, 1e-12);
    expect_mean(
        "{mixture: [{share: 50%, constant: 40 s, plus: 20 s}, {share: 0.5, constant: 1 m}]}", 60,
        1e-12);
    /* The median of a lognormal and its p90: mean = median exp(s^2 / 2), s = ln(p90/median)/z90. */
    double s = log(8.0 / 3) / 1.2815515655446004;
    expect_mean("{lognormal: {median: 3 min, p90: 8 min}}", 180 * exp(s * s / 2), 1e-9);
}

static void one_point_of_hung_up_by_is_exactly_exponential(void **state)
{
    (void)state;
    struct bound b = good_text(DAY "queues: {a: {handling: {exponential: 4 min}, patience: "
                                   "{hung_up_by: {40 s: 15%}}}}\n" AGENTS);
    assert_close(dist_mean(b.spec->queue[0].patience), -40 / log(1 - 0.15), 1e-12);
    assert_close(dist_mean(b.spec->queue[0].patience), 246.125, 1e-5);
    bound_free(&b);
}

static void a_mean_may_be_a_schedule(void **state)
{
    (void)state;
    struct bound b = good_text(
        HEAD "time: {open: 08:00-09:00}\nqueues: {a: {patience: never, handling: {lognormal: "
             "{mean: {counts: [3 min, 5 min]}, cv: 1}}}, b: {patience: never, handling: "
             "{exponential: {per: 30 min, counts: [180, 300], unit: s}}}}\n" AGENTS);
    for (size_t i = 0; i < 2; i++) {
        const struct dist *d = b.spec->queue[i].talk;
        assert_true(dist_has_schedule(d));
        assert_int_equal(d->schedule->n, 2);
        assert_same(d->schedule->per, 1800.0);
        assert_same(d->schedule->mean[0], 180.0);
        assert_same(d->schedule->mean[1], 300.0);
    }
    bound_free(&b);
}

static void a_queue_has_its_defaults(void **state)
{
    (void)state;
    struct bound b = good_text(
        DAY "queues: {a: {handling: {exponential: 4 min}, patience: never}, mail: {channel: email, "
            "handling: {exponential: 4 min}}, slow: {channel: social, deferrable: false, patience: "
            "{constant: 1 h}, handling: {exponential: 4 min}}}\n" AGENTS);
    const struct spec_queue *q = b.spec->queue;
    assert_false(q[0].deferrable);
    assert_null(q[0].arrivals);
    assert_null(q[0].hold);
    assert_null(q[0].ring);
    assert_true(isinf(q[0].capacity));
    assert_true(isinf(q[0].value_within));
    assert_int_equal(q[0].priority, 5);
    assert_same(q[0].balk, 0.0);
    assert_true(q[1].deferrable);
    assert_true(dist_is_never(q[1].patience));
    assert_false(q[2].deferrable);
    assert_int_equal(b.spec->replications, 200);
    assert_int_equal(b.spec->seed, 1);
    assert_same(b.spec->confidence, 0.95);
    assert_string_equal(b.spec->about, "");
    bound_free(&b);
}

static void a_queue_says_all_it_may(void **state)
{
    (void)state;
    struct bound b = good_text(
        DAY QUEUE("ring: 3 s, balk: 5%, capacity: 40, priority: 1, short_abandon: 5 s, value: "
                  "{answered: 20, within: 6 min}, cost: {abandoned: 12, blocked: 5, waiting: 0.60 "
                  "per min}") AGENTS);
    const struct spec_queue *q = b.spec->queue;
    assert_same(dist_mean(q->ring), 3.0);
    assert_same(q->balk, 0.05);
    assert_same(q->capacity, 40.0);
    assert_int_equal(q->priority, 1);
    assert_same(q->short_abandon, 5.0);
    assert_same(q->value_answered, 20.0);
    assert_same(q->value_within, 360.0);
    assert_same(q->cost_abandoned, 12.0);
    assert_same(q->cost_blocked, 5.0);
    assert_close(q->cost_waiting, 0.01, 1e-15);
    bound_free(&b);
}

static void handling_may_be_in_parts(void **state)
{
    (void)state;
    struct bound b =
        good_text(DAY "queues: {a: {patience: never, handling: {talk: {exponential: 3 "
                      "min}, hold: {constant: 10 s}, wrap_up: {constant: 30 s}}}}\n" AGENTS);
    assert_same(dist_mean(b.spec->queue[0].talk), 180.0);
    assert_same(dist_mean(b.spec->queue[0].hold), 10.0);
    assert_same(dist_mean(b.spec->queue[0].wrap_up), 30.0);
    bound_free(&b);
}

static void targets_come_in_all_their_forms(void **state)
{
    (void)state;
    struct bound b = good_text(
        DAY QUEUE("target: [80% in 20 s, {service_level_net: 85% in 60 s}, {abandon_rate: 5%}, "
                  "{asa: 30 s}, {wait_p90: 1 min}]") AGENTS);
    const struct spec_target *t = b.spec->queue[0].target;
    assert_int_equal(b.spec->queue[0].targets, 5);
    assert_string_equal(t[0].metric, "service_level");
    assert_same(t[0].level, 0.8);
    assert_same(t[0].within, 20.0);
    assert_false(t[0].at_most);
    assert_string_equal(t[1].metric, "service_level_net");
    assert_same(t[1].within, 60.0);
    assert_same(t[2].level, 0.05);
    assert_true(isnan(t[2].within));
    assert_true(t[2].at_most);
    assert_same(t[3].level, 30.0);
    assert_same(t[4].level, 60.0);
    bound_free(&b);
    expect_one(DAY QUEUE("target: 80%") AGENTS, "E203", 4, "80%", "a share and a time");
    expect_one(DAY QUEUE("target: {occupancy: 80%}") AGENTS, "E219", 4, "occupancy",
               "no figure of a queue");
    expect_one(DAY QUEUE("target: {abandon_rate: 5% in 20 s}") AGENTS, "E203", 4, "5% in",
               "no time limit");
}

static void groups_are_read_with_whom_they_serve(void **state)
{
    (void)state;
    struct bound b = good_text(
        DAY "queues: {a: {handling: {exponential: 1 min}, patience: never}, b: {handling: "
            "{exponential: 1 min}, patience: never}}\nagents:\n  one: {count: 24, serves: [b, a], "
            "cost: 36 per h, leave: drop, target: {occupancy: 85%}}\n  two: {count: {per: 1 h, "
            "from: 07:00, counts: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]}, serves: {b: "
            "{rank: 1, speed: 1.1}, a: {rank: 2, at_once: 1}}}\n  three: {count: 1, serves: {a: "
            "}, pick: rank}\n");
    const struct spec_group *g = b.spec->group;
    assert_int_equal(b.spec->groups, 3);
    assert_int_equal(g[0].count.n, 1);
    assert_same(g[0].count.per, 0.0);
    assert_same(g[0].count.value[0], 24.0);
    assert_int_equal(g[0].n_serves, 2);
    assert_int_equal(g[0].serves[0].queue, 1);
    assert_same(g[0].serves[0].speed, 1.0);
    assert_false(g[0].pick_by_rank);
    assert_int_equal(g[0].leave, LEAVE_DROP);
    assert_true(g[0].has_cost);
    assert_close(g[0].cost, 0.01, 1e-15);
    assert_true(g[0].has_occupancy_target);
    assert_same(g[0].occupancy_target, 0.85);
    assert_same(g[1].count.from, -3600.0);
    assert_int_equal(g[1].count.n, 14);
    assert_true(g[1].pick_by_rank);
    assert_same(g[1].serves[0].speed, 1.1);
    assert_same(g[1].serves[1].rank, 2.0);
    assert_true(g[2].pick_by_rank);
    assert_false(g[2].serves[0].has_rank);
    bound_free(&b);
}

static void routing_sets_the_default_of_pick(void **state)
{
    (void)state;
    struct bound b = good_text(DAY "routing: {pick: rank, choose: longest_idle}\n" QUEUE(
        "") "agents: {x: {count: 1, serves: [a]}, y: {count: 1, serves: "
            "[a], pick: first_come}}\n");
    assert_true(b.spec->group[0].pick_by_rank);
    assert_false(b.spec->group[1].pick_by_rank);
    bound_free(&b);
}

static void a_scenario_without_agents_is_allowed(void **state)
{
    (void)state;
    struct bound b = good_text(DAY QUEUE(""));
    assert_int_equal(b.spec->groups, 0);
    bound_free(&b);
}

static void everything_wrong_is_found_in_one_run(void **state)
{
    (void)state;
    struct bound b = bind_text("onhold: 1\ntime: {open: 8-20, interval: 7}\nqueues: {a: {arrivals: "
                               "40, handling: 4 min, balk: 3, foo: 1}}\nagents: {desk: {count: "
                               "-1, serves: [b], pick: fastest}}\n");
    assert_int_equal(b.status, OH_INVALID);
    assert_int_equal(oh_diags_errors(b.diags), 11);
    bound_free(&b);
}

static void places_are_those_of_the_value_or_of_the_key(void **state)
{
    (void)state;
    expect_one(DAY QUEUE("balk: 120%") AGENTS, "E203", 4, "120%", "share");
    expect_one(DAY QUEUE("balks: 5%") AGENTS, "E201", 4, "balks", "'balks'");
    expect_one(DAY QUEUE("arrivals: 0 per h") AGENTS, "E204", 4, "0 per h", "no calls");
    expect_one(DAY QUEUE("arrivals: {counts: [1]}") AGENTS, "E215", 4, "[1]", "24");
    expect_one(DAY QUEUE("arrivals: {rate: 1 per h, times: [0 s]}") AGENTS, "E208", 4, "times",
               "exclude");
    expect_one(DAY QUEUE("arrivals: {times: [12 h, 13 h]}") AGENTS, "E217", 4, "13 h", "closed");
    expect_one(DAY QUEUE("arrivals: {renewal: {constant: 0 s}}") AGENTS, "E204", 4, "{constant",
               "above 0");
    expect_one(DAY QUEUE("arrivals: {times: [0 s], smooth: true}") AGENTS, "E219", 4, "smooth",
               "does not go with 'times'");
    expect_one(STEADY QUEUE("arrivals: {per: 30 min, counts: [1]}") AGENTS, "E216", 4, "arrivals",
               "steady");
    expect_one(HEAD "time: {steady: {warm_up: 1 h, length: 0 s}}\n" QUEUE("") AGENTS, "E204", 3,
               "0 s", "above");
    expect_one(HEAD "time: {open: 08:00-20:00, interval: 7 min}\n" QUEUE("") AGENTS, "E215", 3,
               "7 min", "do not divide");
    expect_one(DAY QUEUE("") "agents: {x: {count: 2.5, serves: [a]}}\n", "E203", 5, "2.5", "whole");
    expect_one(DAY QUEUE("") "agents: {x: {count: 600000, serves: [a]}, y: {count: 600001, serves: "
                             "[a]}}\n",
               "E218", 5, "600001", "1,000,000");
}

static void stopping_rules_and_sweeps_are_checked(void **state)
{
    (void)state;
    expect_one(DAY QUEUE("") AGENTS "sweep: {agents.desk.counts: 20..32}\n", "E201", 6,
               "agents.desk.counts", "");
    expect_one(DAY QUEUE("") AGENTS "sweep: {agents.desk.count: 32..20}\n", "E203", 6, "32..20",
               "not a range");
    expect_one(DAY QUEUE("") AGENTS "sweep: {agents.desk.count: []}\n", "E205", 6, "[]",
               "range or");
    expect_one(DAY QUEUE("") AGENTS "experiment: {precision: {queue: a, metric: asa, half_width: "
                                    "1%}}\n",
               "E203", 6, "1%", "");
    expect_one(DAY QUEUE("") AGENTS "experiment: {precision: {queue: a, metric: asa}}\n", "E202", 6,
               "precision", "half_width");
}

static void nesting_has_a_limit(void **state)
{
    char text[2000] = DAY "queues: {a: {patience: never, handling: ";
    (void)state;
    for (int i = 0; i < 12; i++)
        strcat(text, "{first_of: [");
    strcat(text, "{constant: 1 s}");
    for (int i = 0; i < 12; i++)
        strcat(text, "]}");
    strcat(text, "}}\n" AGENTS);
    expect_finding(text, "E218");
}

static void absurd_amounts_are_refused(void **state)
{
    (void)state;
    expect_one(DAY QUEUE("short_abandon: 99999 d") AGENTS, "E204", 4, "99999 d", "ten years");
    expect_one(DAY QUEUE("arrivals: 1000000000000 per h") AGENTS, "E218", 4, "1000000000000",
               "1,000,000,000");
    expect_one(DAY QUEUE("") "agents: {x: {count: 1000000000, serves: [a]}}\n", "E218", 5,
               "1000000000", "1,000,000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_opening_is_read_with_its_interval_and_closing_rule),
        cmocka_unit_test(steady_state_has_a_warm_up_and_a_length),
        cmocka_unit_test(a_rate_per_day_is_spread_over_the_opening),
        cmocka_unit_test(counts_stand_where_from_and_per_say),
        cmocka_unit_test(exact_times_and_times_between_calls_are_read),
        cmocka_unit_test(every_kind_of_distribution_is_read),
        cmocka_unit_test(one_point_of_hung_up_by_is_exactly_exponential),
        cmocka_unit_test(a_mean_may_be_a_schedule),
        cmocka_unit_test(a_queue_has_its_defaults),
        cmocka_unit_test(a_queue_says_all_it_may),
        cmocka_unit_test(handling_may_be_in_parts),
        cmocka_unit_test(targets_come_in_all_their_forms),
        cmocka_unit_test(groups_are_read_with_whom_they_serve),
        cmocka_unit_test(routing_sets_the_default_of_pick),
        cmocka_unit_test(a_scenario_without_agents_is_allowed),
        cmocka_unit_test(everything_wrong_is_found_in_one_run),
        cmocka_unit_test(places_are_those_of_the_value_or_of_the_key),
        cmocka_unit_test(stopping_rules_and_sweeps_are_checked),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(absurd_amounts_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
