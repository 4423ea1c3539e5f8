/* test_branch.c - a day with one agent fewer, begun in the middle and ended where nothing differs
 * any more, against the same day played in full: every cell, for scenarios with everything. */
#include "../support/scenario_gen.h"
#include "../support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../sim/engine/branch.h"
#include "../../sim/model/restaff.h"

/* ---- models ---- */

/* A count by interval in the arena. */
static void count_by_interval(const oh_model *m, struct spec_group *g, double *heads,
                              struct arena *arena)
{
    struct spec_schedule whole = {.per = m->interval, .n = m->opening[0].periods, .value = heads};
    g->shrinkage = 0;
    g->count = whole;
    if (!m->week)
        return;
    struct spec_schedule *day = arena_array(arena, m->openings, sizeof *day);
    assert_non_null(day);
    for (size_t d = 0; d < m->openings; d++) {
        day[d] = whole;
        day[d].n = m->opening[d].periods;
        day[d].value = heads + m->opening[d].first_period;
    }
    g->count.n = 0;
    g->count.day = day;
}

/* Groups with a count get these heads: [groups][intervals]. */
static oh_model *staffed(const oh_model *m, double *heads)
{
    struct arena arena;
    oh_model *out;
    arena_init(&arena);
    const struct spec_group **rules = arena_array(&arena, m->groups + 1, sizeof *rules);
    assert_non_null(rules);
    for (size_t g = 0; g < m->groups; g++) {
        if (m->group[g].by_line)
            continue;
        struct spec_group *changed = arena_copy(&arena, m->group[g].rules, sizeof *changed);
        assert_non_null(changed);
        count_by_interval(m, changed, heads + g * m->shape.intervals, &arena);
        rules[g] = changed;
    }
    assert_int_equal(model_restaff(&out, m, rules), OH_OK);
    arena_free(&arena);
    return out;
}

/* ---- days ---- */

struct day {
    struct panel panel;
    struct play play;
};

static void day_init(struct day *d, const oh_model *m, uint32_t number)
{
    assert_true(panel_init(&d->panel, m->shape, 1));
    d->play = (struct play){.seed = 7,
                            .number = number,
                            .engine = OH_ENGINE_GENERAL,
                            .count_at = number % 2 ? OH_AT_ENTRY : OH_AT_EXIT,
                            .rows = 1,
                            .answered = d->panel.answered,
                            .abandoned = d->panel.abandoned,
                            .other = d->panel.other};
}

static void same_cells(const struct day *a, const struct day *b, const char *what)
{
    struct tally x = panel_row(&a->panel, 0), y = panel_row(&b->panel, 0);
    const struct panel_shape *s = &a->panel.shape;
    size_t periods = panel_periods(s);
    for (size_t i = 0; i < (s->queues + 1) * periods; i++)
        assert_that(memcmp(&x.queue[i], &y.queue[i], sizeof *x.queue) == 0,
                    "%s: queue %zu, period %zu: %g calls, %g answered, %.17g s waited, at most "
                    "%.17g; in full %g, %g, %.17g, %.17g",
                    what, i / periods, i % periods, x.queue[i].arrivals, x.queue[i].answered,
                    x.queue[i].wait_all, x.queue[i].wait_max, y.queue[i].arrivals,
                    y.queue[i].answered, y.queue[i].wait_all, y.queue[i].wait_max);
    for (size_t i = 0; i < (s->groups + 1) * periods; i++)
        assert_that(memcmp(&x.group[i], &y.group[i], sizeof *x.group) == 0,
                    "%s: group %zu, period %zu: %.17g s busy, in full %.17g", what, i / periods,
                    i % periods, x.group[i].busy_area, y.group[i].busy_area);
}

/* What was played of all branches, and what there was to play of them. */
struct effort {
    uint64_t played, all, branches;
};

static void check_branch(struct trunk *trunk, const oh_model *other, size_t interval,
                         uint32_t number, const char *what, struct effort *effort)
{
    struct day branch, full;
    char message[256] = "";
    day_init(&branch, other, number);
    day_init(&full, other, number);
    struct tally t = panel_row(&branch.panel, 0), u = panel_row(&full.panel, 0);
    branch.play.tally = &t;
    full.play.tally = &u;
    oh_status status = trunk_branch(trunk, other, interval, &branch.play, message);
    assert_that(status == OH_OK, "%s: %s", what, message);
    struct replication *r = replication_new(other);
    assert_int_equal(replication_play(r, &full.play, message), OH_OK);
    same_cells(&branch, &full, what);
    effort->played += branch.play.calls;
    effort->all += full.play.calls;
    effort->branches++;
    replication_free(r);
    panel_free(&branch.panel);
    panel_free(&full.panel);
}

/* Each group of a count in turn, in intervals here and there. */
static void check_model(const oh_model *m, double *heads, uint64_t *dice, uint32_t number,
                        const char *what, struct effort *effort)
{
    oh_model *plan = staffed(m, heads);
    struct trunk *trunk = trunk_new(plan);
    struct day day;
    char message[256] = "", words[200];
    size_t n = m->shape.intervals;
    assert_non_null(trunk);
    day_init(&day, plan, number);
    struct tally t = panel_row(&day.panel, 0);
    day.play.tally = &t;
    oh_status status = trunk_play(trunk, &day.play, message);
    assert_that(status == OH_OK, "%s: %s", what, message);
    for (size_t g = 0; g < m->groups; g++) {
        size_t k = (size_t)random_int(dice, 0, (int)n - 1);
        for (; !m->group[g].by_line && k < n; k += 1 + n / 3) {
            if (heads[g * n + k] < 1)
                continue;
            heads[g * n + k]--;
            oh_model *other = staffed(m, heads);
            heads[g * n + k]++;
            assert_true(model_number_agents_as(other, plan));
            snprintf(words, sizeof words, "%s, group %zu, interval %zu", what, g, k);
            check_branch(trunk, other, k, number, words, effort);
            oh_model_free(other);
        }
    }
    trunk_free(trunk);
    panel_free(&day.panel);
    oh_model_free(plan);
}

static void check_text(const char *text, uint64_t seed, const char *what, struct effort *effort)
{
    uint64_t dice = seed;
    struct trial t = trial_text(text);
    const oh_model *m = t.model;
    size_t n = m->groups * m->shape.intervals;
    if (!m->steady) {
        double *heads = calloc(n + 1, sizeof *heads);
        assert_non_null(heads);
        for (size_t i = 0; i < n; i++)
            heads[i] = random_int(&dice, 0, 3) + random_int(&dice, 0, 3);
        check_model(m, heads, &dice, 1 + (uint32_t)(seed % 7), what, effort);
        free(heads);
    }
    trial_free(&t);
}

static void a_day_begun_in_the_middle_is_the_day_played_in_full(void **state)
{
    (void)state;
    struct effort effort = {0};
    for (uint64_t seed = 1; seed <= 150; seed++) {
        struct text text = {0};
        char what[60];
        scenario_everything(&text, seed);
        snprintf(what, sizeof what, "scenario %llu", (unsigned long long)seed);
        check_text(text.at, seed, what, &effort);
        free(text.at);
    }
    for (uint64_t seed = 1; seed <= 100; seed++) {
        struct text text = {0};
        char what[60];
        scenario_random(&text, seed, &(struct taste){.day = true});
        snprintf(what, sizeof what, "plain scenario %llu", (unsigned long long)seed);
        check_text(text.at, seed, what, &effort);
        free(text.at);
    }
    assert_that(effort.branches > 300, "only %llu branches", (unsigned long long)effort.branches);
    assert_that(effort.played < effort.all, "%llu of %llu calls were played",
                (unsigned long long)effort.played, (unsigned long long)effort.all);
}

/* One pool, of which callers come back: a few hours of each week are played, not days. */
static void only_what_differs_is_played(void **state)
{
    (void)state;
    struct effort effort = {0};
    check_text(
        "onhold: 1\nname: Week\ntime: {days: {mon-sat: 08:00-18:00}, interval: 30 min}\n"
        "queues:\n"
        "  a: {arrivals: 40 per h, handling: {exponential: 3 min}, patience: {exponential: 2 "
        "min},\n"
        "      redial: {after_abandon: 30%, delay: {exponential: 5 min}}}\n"
        "agents:\n  desk: {count: 3, serves: [a]}\n",
        3, "a week", &effort);
    assert_true(effort.branches > 1);
    assert_that(effort.played * 4 < effort.all, "%llu of %llu calls were played",
                (unsigned long long)effort.played, (unsigned long long)effort.all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_begun_in_the_middle_is_the_day_played_in_full),
        cmocka_unit_test(only_what_differs_is_played),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
