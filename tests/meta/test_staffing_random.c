/* test_staffing_random.c - the search against every cheaper staffing, on small scenarios made at
 * random: one or two groups with skills, prices, shrinkage, limits, several kinds of targets.
 *
 * Whatever is cheaper than what the search found must miss a target in the confirming run.
 */
#include "../support/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <onhold/staff.h>

enum { HOURS = 3, GROUPS = 2, PLACES = HOURS * GROUPS, REPLICATIONS = 20 };

struct puzzle {
    char text[1400], plain[1400]; /* plain: nothing shrinks, since heads on duty are tried */
    size_t hours, groups;
    double price[GROUPS], least[GROUPS];
    double most; /* heads that are tried at each place */
    oh_staff_options options;
};

/* ---- making one ---- */

static uint32_t next(uint32_t *state, uint32_t n)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 10) % n;
}

/* Mean waits of the answered are only asked for by the hour and in the mean: over a day they are
 * best where most callers give up. */
enum { TARGETS = 7, PLAIN = 5 };
static const char *const targets[TARGETS] = {
    "70% in 20 s",        "85% in 60 s", "{abandon_rate: 8%}",          "80% in 30 s",
    "{answer_rate: 90%}", "{asa: 30 s}", "[75% in 20 s, {asa: 1 min}]",
};

static void counts(char *into, size_t size, uint32_t *state, size_t hours, uint32_t most)
{
    size_t at = 0;
    for (size_t k = 0; k < hours; k++)
        at += (size_t)snprintf(into + at, size - at, "%s%u", k ? ", " : "", next(state, most));
}

static void write_scenario(struct puzzle *p, char *into, uint32_t state, bool shrinks)
{
    char a[40], b[40], price[2][40] = {"", ""}, shrinkage[40] = "";
    counts(a, sizeof a, &state, p->hours, 30);
    counts(b, sizeof b, &state, p->hours, 12);
    bool plain = p->options.days > 0 || p->options.per == OH_PER_DAY;
    const char *first = targets[next(&state, plain ? PLAIN : TARGETS)];
    const char *second = targets[next(&state, plain ? PLAIN : TARGETS)];
    uint32_t handling = 2 + next(&state, 5), patience = 1 + next(&state, 4);
    bool both = next(&state, 2), paid = next(&state, 2), shrunk = next(&state, 2);
    for (size_t g = 0; g < p->groups; g++) {
        p->price[g] = paid ? 10 + 5 * next(&state, 4) : 1;
        if (paid)
            snprintf(price[g], sizeof price[g], ", cost: %g per h", p->price[g]);
    }
    if (shrinks && shrunk)
        snprintf(shrinkage, sizeof shrinkage, ", shrinkage: 20%%");
    int at = snprintf(into, sizeof p->text,
                      "onhold: 1\nname: Random\ntime: {open: 08:00-%02zu:00, interval: 1 h}\n"
                      "queues:\n"
                      "  a: {arrivals: {per: 1 h, counts: [%s]}, handling: {exponential: %u min},\n"
                      "      patience: {exponential: %u min}, target: %s}\n",
                      8 + p->hours, a, handling, patience, first);
    if (p->groups == 2)
        at += snprintf(into + at, sizeof p->text - (size_t)at,
                       "  b: {arrivals: {per: 1 h, counts: [%s]}, handling: {exponential: 4 min},\n"
                       "      patience: {exponential: 2 min}, target: %s}\n",
                       b, second);
    at += snprintf(into + at, sizeof p->text - (size_t)at,
                   "agents:\n  g0: {count: 2, serves: [a]%s%s}\n", price[0], shrinkage);
    if (p->groups == 2)
        snprintf(into + at, sizeof p->text - (size_t)at, "  g1: {count: 2, serves: [%s]%s%s}\n",
                 both ? "b, a" : "b", price[1], shrinkage);
}

static void make(struct puzzle *p, uint32_t seed)
{
    uint32_t state = 77 + 1000003 * seed;
    p->groups = 1 + next(&state, 2);
    p->hours = p->groups == 1 ? 3 : 2;
    p->most = p->groups == 1 ? 7 : 4;
    p->options = (oh_staff_options){.per = next(&state, 3) ? OH_PER_INTERVAL : OH_PER_DAY,
                                    .days = next(&state, 4) ? 0 : 0.8,
                                    .run = {.replications = REPLICATIONS, .jobs = 1}};
    for (size_t g = 0; g < p->groups; g++)
        p->least[g] = next(&state, 3) ? 0 : 1;
    write_scenario(p, p->text, state, true);
    write_scenario(p, p->plain, state, false);
}

/* ---- what a plan gives ---- */

static bool holds(const oh_result *r, size_t q, long period, size_t column, double days)
{
    oh_estimate e, offered, answered;
    size_t o = (size_t)oh_result_column_find(r, OH_QUEUE, "offered");
    size_t a = (size_t)oh_result_column_find(r, OH_QUEUE, "answered");
    if (!oh_result_estimate(r, OH_QUEUE, q, period, column, &e))
        return true;
    oh_result_estimate(r, OH_QUEUE, q, period, o, &offered);
    oh_result_estimate(r, OH_QUEUE, q, period, a, &answered);
    if (isnan(e.value) && (days > 0 || e.has_target)) /* a mean wait of nobody */
        return !(offered.value > 0) || answered.value > 0;
    if (days > 0)
        return e.value >= days;
    return !e.has_target || e.met;
}

static bool meets(const oh_result *r, const oh_staff_options *o)
{
    long periods = o->per == OH_PER_DAY ? 1 : (long)oh_result_intervals(r);
    for (size_t q = 0; q < oh_result_things(r, OH_QUEUE); q++)
        for (long k = 0; k < periods; k++) {
            long period = o->per == OH_PER_DAY ? OH_WHOLE : k;
            size_t met = (size_t)oh_result_column_find(r, OH_QUEUE, "target_met");
            if (o->days > 0 && !holds(r, q, period, met, o->days))
                return false;
            for (size_t c = 0; o->days == 0 && c < oh_result_columns(r, OH_QUEUE); c++)
                if (!holds(r, q, period, c, 0))
                    return false;
        }
    return true;
}

static bool play(const struct puzzle *p, struct trial *t, const double *heads, uint32_t seed)
{
    oh_model *model;
    oh_result *result;
    oh_run_options options = p->options.run;
    options.has_seed = true;
    options.seed = seed;
    for (size_t g = 0; g < p->groups; g++) {
        char path[40], value[120];
        int at = snprintf(value, sizeof value, "{per: 1 h, counts: [");
        snprintf(path, sizeof path, "agents.g%zu.count", g);
        for (size_t k = 0; k < p->hours; k++)
            at += snprintf(value + at, sizeof value - (size_t)at, "%s%g", k ? ", " : "",
                           heads[g * p->hours + k]);
        snprintf(value + at, sizeof value - (size_t)at, "]}");
        assert_int_equal(oh_scenario_set(t->scenario, path, value, t->diags), OH_OK);
    }
    assert_int_equal(oh_model_compile(&model, t->scenario, t->diags), OH_OK);
    assert_int_equal(oh_run(&result, model, &options, NULL), OH_OK);
    bool met = meets(result, &p->options);
    oh_result_free(result);
    oh_model_free(model);
    return met;
}

static double price(const struct puzzle *p, const double *heads)
{
    double sum = 0;
    for (size_t i = 0; i < p->groups * p->hours; i++)
        sum += p->price[i / p->hours] * heads[i];
    return sum;
}

/* The cheapest of all plans that cost less; INFINITY: there is none that meets the targets. */
static double cheaper(const struct puzzle *p, struct trial *t, double than, uint32_t seed)
{
    double heads[PLACES], best = INFINITY;
    size_t places = p->groups * p->hours, i = 0;
    for (size_t k = 0; k < places; k++)
        heads[k] = p->least[k / p->hours];
    while (i < places) {
        double cost = price(p, heads);
        if (cost < fmin(than, best) - 1e-6 && play(p, t, heads, seed))
            best = cost;
        for (i = 0; i < places && heads[i] == p->most; i++)
            heads[i] = p->least[i / p->hours];
        if (i < places)
            heads[i]++;
    }
    return best;
}

/* The price of what was found; `best` of what is cheaper. */
static double solve(uint32_t number, double *best)
{
    struct puzzle p;
    char message[256];
    double heads[PLACES];
    oh_staffing *f;
    make(&p, number);
    struct trial t = trial_text(p.text), plain = trial_text(p.plain);
    p.options.least = p.least;
    assert_int_equal(oh_staff(&f, t.model, &p.options, message), OH_OK);
    assert_true(oh_staffing_info(f).met);
    assert_int_equal(oh_staffing_info(f).spare, 0);
    for (size_t i = 0; i < p.groups * p.hours; i++)
        heads[i] = oh_staffing_heads(f, i / p.hours, i % p.hours).required;
    uint32_t seed = oh_result_info(oh_staffing_result(f)).seed;
    double found = price(&p, heads);
    assert_that(play(&p, &plain, heads, seed),
                "number %u: the plan misses a target when it is played by itself", number);
    *best = cheaper(&p, &plain, found, seed);
    oh_staffing_free(f);
    trial_free(&t);
    trial_free(&plain);
    return found;
}

enum { FIRST = 1, LAST = 24 };

static void nothing_cheaper_meets_the_targets(void **state)
{
    (void)state;
    for (uint32_t number = FIRST; number <= LAST; number++) {
        double best, found = solve(number, &best);
        assert_that(isinf(best), "number %u: %g found, %g is enough", number, found, best);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_cheaper_meets_the_targets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
