/* test_everything.c - random scenarios with all features at once: every invariant after every
 * event, and at the end everybody is accounted for.
 */
#include "../support/played.h"
#include "../support/scenario_gen.h"

#include <stdlib.h>
#include <string.h>

enum { SCENARIOS = 600, REPLICATIONS = 3 };

/* ---- everybody is accounted for ---- */

struct fates {
    double arrivals, answered, abandoned, balked, blocked, cut_off, left_over, self_served,
        callback;
    double callers, visits;
};

static void count_fate(struct fates *f, const struct call_record *r)
{
    static const char *const names[] = {"answered", "abandoned", "balked",      "blocked",
                                        "cut_off",  "left_over", "self_served", "callback"};
    double *const counts[] = {&f->answered, &f->abandoned, &f->balked,      &f->blocked,
                              &f->cut_off,  &f->left_over, &f->self_served, &f->callback};
    size_t k = 0;
    while (k < 8 && strcmp(names[k], r->outcome) != 0)
        k++;
    assert_that(k < 8, "an outcome called '%s'", r->outcome);
    ++*counts[k];
    f->arrivals++;
    f->callers += r->visit == 0;
    f->visits += r->visit > 0;
}

static void check_fates(const struct played *p, const char *what)
{
    double in = 0, out = 0;
    size_t whole = period_whole(&p->panel.shape);
    for (size_t q = 0; q < p->model->queues; q++) {
        const struct queue_cell *c = played_queue(p, q, whole);
        struct fates f = {0};
        for (size_t i = 0; i < p->records; i++)
            if (p->record[i].queue == q)
                count_fate(&f, &p->record[i]);
        double offered = f.answered + f.abandoned + f.balked + f.cut_off + f.left_over;
        bool same = c->arrivals == f.arrivals && c->answered == f.answered &&
                    c->abandoned == f.abandoned + f.balked && c->balked == f.balked &&
                    c->blocked == f.blocked && c->cut_off == f.cut_off &&
                    c->left_over == f.left_over && c->self_served == f.self_served &&
                    c->callbacks_accepted == f.callback && c->offered == offered &&
                    c->callers == f.callers &&
                    c->redials + c->returns + c->transfers_in == f.visits;
        assert_that(same, "the counters of queue %d are not what became of its calls in:\n%s",
                    (int)q, what);
        assert_true(c->callbacks_done <= c->callbacks_accepted &&
                    c->callbacks_accepted <= c->callbacks_offered && c->dropped <= c->answered &&
                    c->callers_served <= c->callers && c->transfers_out <= c->answered);
        in += c->transfers_in;
        out += c->transfers_out;
    }
    assert_that(in == out, "%g calls passed on, %g arrived in:\n%s", out, in, what);
}

static int by_caller(const void *pa, const void *pb)
{
    const struct call_record *a = pa, *b = pb;
    if (a->caller != b->caller)
        return a->caller < b->caller ? -1 : 1;
    return a->visit < b->visit ? -1 : a->visit > b->visit;
}

/* Callers' calls are numbered 0, 1, .. each after the one before it; served is who was answered. */
static void check_callers(const struct played *p, const char *what)
{
    struct call_record *copy = malloc((p->records + 1) * sizeof *copy);
    double served = 0, counted = 0;
    assert_non_null(copy);
    memcpy(copy, p->record, p->records * sizeof *copy);
    if (p->records > 0)
        qsort(copy, p->records, sizeof *copy, by_caller);
    bool answered = false;
    for (size_t i = 0; i < p->records; i++) {
        bool first = i == 0 || copy[i].caller != copy[i - 1].caller;
        assert_that(copy[i].visit == (first ? 0 : copy[i - 1].visit + 1),
                    "a caller's calls are not numbered in order in:\n%s", what);
        assert_that(first || copy[i].arrived >= copy[i - 1].arrived,
                    "a later call came earlier in:\n%s", what);
        served += answered && first;
        answered = (answered && !first) || strcmp(copy[i].outcome, "answered") == 0;
    }
    served += answered;
    for (size_t q = 0; q < p->model->queues; q++)
        counted += played_queue(p, q, period_whole(&p->panel.shape))->callers_served;
    assert_that(served == counted, "%g callers were answered, %g counted in:\n%s", served, counted,
                what);
    free(copy);
}

static void check_agents(const struct played *p, const char *what)
{
    for (size_t g = 0; g < p->model->groups; g++) {
        const struct group_cell *c = played_group(p, g, period_whole(&p->panel.shape));
        double tiny = 1e-6 * (1 + c->staffed_all);
        assert_that(c->busy_all <= c->staffed_all + tiny && c->busy_all <= c->contact_all + tiny &&
                        c->overtime_area <= c->staffed_all + tiny &&
                        c->planned_all <= c->scheduled_all + tiny,
                    "the time of group %d does not add up in:\n%s", (int)g, what);
    }
}

static void every_invariant_holds_and_everybody_is_accounted_for(void **state)
{
    (void)state;
    uint64_t events = 0;
    for (uint64_t seed = 1; seed <= SCENARIOS; seed++) {
        struct text text = {0};
        scenario_everything(&text, seed);
        struct trial trial = trial_text(text.at);
        for (uint32_t number = 1; number <= REPLICATIONS; number++) {
            struct played p = play_one(trial.model, 1, number, true, text.at);
            events += p.events;
            check_agents(&p, text.at);
            if (!trial.model->steady) {
                check_fates(&p, text.at);
                check_callers(&p, text.at);
            }
            played_free(&p);
        }
        trial_free(&trial);
        text_free(&text);
    }
    assert_true(events > 400000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_invariant_holds_and_everybody_is_accounted_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
