/* test_staffing_brute_force.c - the search against every staffing there is, on small cases.
 *
 * Every plan up to a few agents is written into the scenario, compiled and run with the confirming
 * run's seed; the cheapest that meets the targets must cost what the search found.
 */
#include "../support/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <onhold/staff.h>

enum { PLACES = 6 };

/* A scenario with its heads to be written in. */
struct puzzle {
    const char *text;
    size_t places;
    const char *path[PLACES]; /* "agents.both.count", its steps */
    size_t steps[PLACES];     /* places in a row that belong to that path */
    double most;              /* heads that are tried at each place */
    oh_staff_options options;
};

/* ---- what a plan gives ---- */

static void write_plan(oh_scenario *scenario, const struct puzzle *p, const double *heads,
                       oh_diags *diags)
{
    for (size_t i = 0; i < p->places; i += p->steps[i]) {
        char value[200] = "";
        if (strstr(p->path[i], "shifts") || !strstr(p->text, "interval")) {
            snprintf(value, sizeof value, "%g", heads[i]);
        } else {
            snprintf(value, sizeof value, "{per: 1 h, counts: [");
            for (size_t k = 0; k < p->steps[i]; k++)
                snprintf(value + strlen(value), sizeof value - strlen(value), "%s%g", k ? ", " : "",
                         heads[i + k]);
            strcat(value, "]}");
        }
        assert_int_equal(oh_scenario_set(scenario, p->path[i], value, diags), OH_OK);
    }
}

/* Does the target of a column hold in a period? Without calls there is nothing to hold. */
static bool holds(const oh_result *r, size_t q, long period, size_t column, double days)
{
    oh_estimate e, offered;
    long o = oh_result_column_find(r, OH_QUEUE, "offered");
    if (!oh_result_estimate(r, OH_QUEUE, q, period, column, &e))
        return true;
    oh_result_estimate(r, OH_QUEUE, q, period, (size_t)o, &offered);
    if (days > 0)
        return !(e.value < days);
    return !e.has_target || e.met || !(offered.value > 0);
}

static bool meets(const oh_result *r, const oh_staff_options *o)
{
    bool whole = o->per == OH_PER_DAY || oh_result_intervals(r) == 0;
    long periods = whole ? 1 : (long)oh_result_intervals(r);
    for (size_t q = 0; q < oh_result_things(r, OH_QUEUE); q++)
        for (long k = 0; k < periods; k++) {
            long period = whole ? OH_WHOLE : k;
            if (o->days > 0) {
                long met = oh_result_column_find(r, OH_QUEUE, "target_met");
                if (!holds(r, q, period, (size_t)met, o->days))
                    return false;
            }
            for (size_t c = 0; o->days == 0 && c < oh_result_columns(r, OH_QUEUE); c++)
                if (!holds(r, q, period, c, 0))
                    return false;
        }
    return true;
}

/* Pay if agents have a price, else hours of heads; of the whole day. */
static double price(const oh_result *r)
{
    double sum = 0;
    for (size_t g = 0; g < oh_result_things(r, OH_AGENTS); g++) {
        oh_estimate e;
        long cost = oh_result_column_find(r, OH_AGENTS, "scheduled");
        assert_true(oh_result_estimate(r, OH_AGENTS, g, OH_WHOLE, (size_t)cost, &e));
        double each = strcmp(oh_result_name(r, OH_AGENTS, g), "dear") == 0 ? 30 : 10;
        sum += each * e.value;
    }
    return sum;
}

static double play(const struct puzzle *p, const double *heads, uint32_t seed, bool *met)
{
    struct trial t = trial_text(p->text);
    oh_model *model;
    oh_result *result;
    oh_run_options options = p->options.run;
    options.has_seed = true;
    options.seed = seed;
    write_plan(t.scenario, p, heads, t.diags);
    assert_int_equal(oh_model_compile(&model, t.scenario, t.diags), OH_OK);
    assert_int_equal(oh_run(&result, model, &options, NULL), OH_OK);
    double cost = price(result);
    *met = meets(result, &p->options);
    oh_result_free(result);
    oh_model_free(model);
    trial_free(&t);
    return cost;
}

/* ---- every plan ---- */

static double cheapest(const struct puzzle *p, uint32_t seed)
{
    double heads[PLACES] = {0}, best = INFINITY;
    for (;;) {
        bool met;
        double cost = play(p, heads, seed, &met);
        if (met)
            best = fmin(best, cost);
        size_t i = 0;
        while (i < p->places && heads[i] == p->most)
            heads[i++] = 0;
        if (i == p->places)
            return best;
        heads[i]++;
    }
}

/* What the search chose, in the puzzle's places. */
static void chosen(const struct puzzle *p, const oh_staffing *f, double *heads)
{
    size_t i = 0;
    for (size_t g = 0; i < p->places; g++) {
        size_t lines = oh_staffing_group(f, g).lines;
        for (size_t k = 0; k < lines; k++)
            heads[i++] = oh_staffing_line(f, g, k).heads;
        for (size_t k = 0; lines == 0 && k < p->steps[i - k]; k++)
            heads[i++] = oh_staffing_heads(f, g, k).required;
    }
}

static void check(const struct puzzle *p)
{
    struct trial t = trial_text(p->text);
    oh_staffing *f;
    char message[256];
    double heads[PLACES];
    bool met;
    assert_int_equal(oh_staff(&f, t.model, &p->options, message), OH_OK);
    assert_true(oh_staffing_info(f).met);
    uint32_t seed = oh_result_info(oh_staffing_result(f)).seed;
    chosen(p, f, heads);
    double cost = play(p, heads, seed, &met), best = cheapest(p, seed);
    assert_that(met, "the plan that was found misses a target when it is played by itself");
    assert_that(fabs(cost - best) < 1e-9 * best, "found %g, the cheapest is %g", cost, best);
    for (size_t i = 0; i < p->places; i++) {
        if (heads[i] == 0)
            continue;
        heads[i]--;
        play(p, heads, seed, &met);
        assert_that(!met, "one agent can be taken away from place %zu", i);
        heads[i]++;
    }
    oh_staffing_free(f);
    trial_free(&t);
}

#define RUN                                                                                        \
    {                                                                                              \
        .replications = 30, .jobs = 1                                                              \
    }

static const char one_group[] =
    "onhold: 1\nname: One group\ntime: {open: 08:00-11:00, interval: 1 h}\n"
    "queues:\n"
    "  a: {arrivals: {per: 1 h, counts: [20, 45, 30]}, handling: {exponential: 4 min},\n"
    "      patience: {exponential: 3 min}, target: 80% in 20 s}\n"
    "agents:\n"
    "  desk: {count: 2, serves: [a]}\n";

static const char two_groups[] =
    "onhold: 1\nname: Two groups\ntime: {open: 08:00-10:00, interval: 1 h}\n"
    "queues:\n"
    "  a: {arrivals: {per: 1 h, counts: [20, 30]}, handling: {exponential: 3 min},\n"
    "      patience: {exponential: 3 min}, target: 80% in 20 s}\n"
    "  b: {arrivals: {per: 1 h, counts: [10, 6]}, handling: {exponential: 5 min},\n"
    "      patience: {exponential: 3 min}, target: {abandon_rate: 8%}}\n"
    "agents:\n"
    "  cheap: {count: 2, serves: [a], cost: 10 per h}\n"
    "  dear: {count: 2, serves: [b, a], cost: 30 per h}\n";

static const char shifts[] =
    "onhold: 1\nname: Shifts\ntime: {open: 08:00-12:00, interval: 1 h}\n"
    "queues:\n"
    "  a: {arrivals: {per: 1 h, counts: [15, 30, 30, 12]}, handling: {exponential: 3 min},\n"
    "      patience: {exponential: 3 min}, target: 75% in 20 s}\n"
    "agents:\n"
    "  desk:\n"
    "    shifts: [{count: 1, hours: 08:00-10:00}, {count: 1, hours: 08:00-12:00, breaks: [{at:\n"
    "             10:00, for: 15 min}]}, {count: 1, hours: 09:00-11:00}, {count: 1, hours:\n"
    "             10:00-12:00}]\n"
    "    serves: [a]\n"
    "    cost: 10 per h\n";

static const char steady[] =
    "onhold: 1\nname: Steady\ntime: {steady: {warm_up: 30 min, length: 3 h}}\n"
    "queues:\n"
    "  a: {arrivals: 25 per h, handling: {exponential: 4 min}, patience: {exponential: 2 min},\n"
    "      target: [80% in 20 s, {abandon_rate: 6%}]}\n"
    "  b: {arrivals: 12 per h, handling: {exponential: 6 min}, patience: {exponential: 9 min},\n"
    "      target: {asa: 40 s}}\n"
    "agents:\n"
    "  one: {count: 2, serves: [a], cost: 10 per h}\n"
    "  dear: {count: 2, serves: [a, b], cost: 30 per h}\n"
    "  two: {count: 2, serves: [b], cost: 10 per h}\n";

static void an_agent_an_interval_one_group(void **state)
{
    (void)state;
    struct puzzle p = {one_group, 3, {"agents.desk.count"}, {3}, 6, {.run = RUN}};
    check(&p);
}

static void targets_over_the_day_one_group(void **state)
{
    (void)state;
    struct puzzle p = {one_group, 3, {"agents.desk.count"},
                       {3},       6, {.per = OH_PER_DAY, .run = RUN}};
    check(&p);
}

static void targets_on_four_of_five_days(void **state)
{
    (void)state;
    struct puzzle p = {one_group, 3, {"agents.desk.count"}, {3}, 7, {.days = 0.8, .run = RUN}};
    check(&p);
}

static void two_groups_of_different_price_and_skill(void **state)
{
    (void)state;
    struct puzzle p = {two_groups,   4, {"agents.cheap.count", "", "agents.dear.count", ""},
                       {2, 0, 2, 0}, 4, {.run = RUN}};
    check(&p);
}

static void heads_of_whole_shifts(void **state)
{
    (void)state;
    struct puzzle p = {shifts,
                       4,
                       {"agents.desk.shifts.0.count", "agents.desk.shifts.1.count",
                        "agents.desk.shifts.2.count", "agents.desk.shifts.3.count"},
                       {1, 1, 1, 1},
                       3,
                       {.run = RUN}};
    check(&p);
}

static void three_groups_in_a_steady_state(void **state)
{
    (void)state;
    struct puzzle p = {steady,    3, {"agents.one.count", "agents.dear.count", "agents.two.count"},
                       {1, 1, 1}, 6, {.run = RUN}};
    check(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_agent_an_interval_one_group),
        cmocka_unit_test(targets_over_the_day_one_group),
        cmocka_unit_test(targets_on_four_of_five_days),
        cmocka_unit_test(two_groups_of_different_price_and_skill),
        cmocka_unit_test(heads_of_whole_shifts),
        cmocka_unit_test(three_groups_in_a_steady_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
