/* test_verify.c - random scenarios with everything the format knows: all invariants after every
 * event, and all counters again from the calls' own stories.
 */
#include "../support/played.h"
#include "../support/scenario_gen.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SCENARIOS = 150, REPLICATIONS = 2 };

static const struct taste anything = {0};

/* Each scenario of the lot, played; `look` (may be NULL) sees each replication. */
static uint64_t play_lot(uint64_t first, const struct taste *taste, bool verify,
                         void (*look)(const struct played *p, const char *what))
{
    uint64_t events = 0;
    for (uint64_t seed = first; seed < first + SCENARIOS; seed++) {
        struct text text = {0};
        scenario_random(&text, seed, taste);
        struct trial trial = trial_text(text.at);
        for (uint32_t number = 1; number <= REPLICATIONS; number++) {
            struct played p = play_one(trial.model, 1, number, verify, text.at);
            events += p.events;
            if (look)
                look(&p, text.at);
            played_free(&p);
        }
        trial_free(&trial);
        text_free(&text);
    }
    return events;
}

static void every_invariant_holds_after_every_event(void **state)
{
    (void)state;
    assert_true(play_lot(1000, &anything, true, NULL) > 50000);
}

static bool is(const struct call_record *r, const char *outcome)
{
    return strcmp(r->outcome, outcome) == 0;
}

static void check_story(const struct played *p, const struct call_record *r, const char *what)
{
    const struct model_queue *q = &p->model->queue[r->queue];
    double tiny = 1e-9 * (1 + r->ended);
    assert_that(r->wait >= 0 && r->ring >= 0 && r->talk >= 0 && r->hold >= 0 && r->wrap_up >= 0,
                "call %d has a negative time in:\n%s", (int)r->call, what);
    assert_that((r->agent >= 1) == (r->group >= 0), "an agent of no group in:\n%s", what);
    if (is(r, "answered")) {
        assert_that(r->agent >= 1, "answered by nobody in:\n%s", what);
        assert_that(r->wait - r->ring <= r->patience + tiny,
                    "call %d was assigned after its patience in:\n%s", (int)r->call, what);
        assert_near(r->arrived + r->wait + r->talk + r->hold, r->ended, tiny);
    } else if (is(r, "abandoned")) {
        assert_same(r->wait, r->patience);
        assert_near(r->arrived + r->wait, r->ended, tiny);
    } else if (is(r, "balked") || is(r, "blocked")) {
        assert_same(r->wait, 0.0);
        assert_same(r->ended, r->arrived);
        assert_that(is(r, "blocked") || q->balk > 0, "balked for no reason in:\n%s", what);
    } else {
        assert_that(is(r, "cut_off") || is(r, "left_over"), "outcome '%s'", r->outcome);
        assert_that(r->wait <= r->patience + tiny || r->agent >= 1,
                    "call %d waited beyond its patience in:\n%s", (int)r->call, what);
    }
}

/* What one call adds to its queue's cell. */
static void recount(struct queue_cell *c, const struct model_queue *q, const struct call_record *r)
{
    c->arrivals++;
    if (is(r, "blocked")) {
        c->blocked++;
        return;
    }
    c->offered++;
    c->wait_all += r->wait;
    c->wait_max_all = fmax(c->wait_max_all, r->wait);
    c->time_in_system += r->ended - r->arrived;
    c->cut_off += is(r, "cut_off");
    c->left_over += is(r, "left_over");
    if (is(r, "answered")) {
        c->answered++;
        c->wait_answered += r->wait;
        c->wait_max = fmax(c->wait_max, r->wait);
        c->handling += r->talk + r->hold + r->wrap_up;
        for (size_t k = 0; k < q->limits; k++)
            c->answered_within[k] += r->wait <= q->limit[k];
    } else if (is(r, "abandoned") || is(r, "balked")) {
        c->abandoned++;
        c->balked += is(r, "balked");
        c->wait_abandoned += r->wait;
        for (size_t k = 0; k < q->limits; k++)
            c->abandoned_within[k] += r->wait <= q->limit[k];
    }
}

static void expect_same_cell(const struct queue_cell *got, const struct queue_cell *want)
{
    assert_same(got->arrivals, want->arrivals);
    assert_same(got->blocked, want->blocked);
    assert_same(got->offered, want->offered);
    assert_same(got->answered, want->answered);
    assert_same(got->abandoned, want->abandoned);
    assert_same(got->balked, want->balked);
    assert_same(got->cut_off, want->cut_off);
    assert_same(got->left_over, want->left_over);
    for (size_t k = 0; k < MAX_LIMITS; k++) {
        assert_same(got->answered_within[k], want->answered_within[k]);
        assert_same(got->abandoned_within[k], want->abandoned_within[k]);
    }
    assert_same(got->wait_max, want->wait_max);
    assert_same(got->wait_max_all, want->wait_max_all);
    assert_near(got->wait_all, want->wait_all, 1e-6);
    assert_near(got->wait_answered, want->wait_answered, 1e-6);
    assert_near(got->wait_abandoned, want->wait_abandoned, 1e-6);
    assert_near(got->handling, want->handling, 1e-6);
    assert_near(got->time_in_system, want->time_in_system, 1e-6);
}

/* The period of the panel in which a call entered; -1 if it is not counted. */
static long period_of(const struct oh_model *m, double at)
{
    if (m->steady)
        return at >= m->warm_up && at <= m->close ? 0 : -1;
    long k = (long)floor(at / m->interval), last = (long)m->shape.intervals - 1;
    return k < last ? k : last;
}

static void recount_replication(const struct played *p, const char *what)
{
    const struct oh_model *m = p->model;
    size_t periods = panel_periods(&m->shape), whole = period_whole(&m->shape);
    struct queue_cell *cell = calloc(m->queues * periods, sizeof *cell);
    assert_non_null(cell);
    assert_true(m->steady || p->records == p->calls);
    for (size_t i = 0; i < p->records; i++) {
        const struct call_record *r = &p->record[i];
        long k = period_of(m, r->arrived);
        check_story(p, r, what);
        /* An arrival at the very boundary belongs to the interval before it: SCENARIO, section 8,
         * puts arrivals before interval boundaries. */
        if (!m->steady && k > 0 && r->arrived == (double)k * m->interval)
            k--;
        if (k < 0)
            continue;
        recount(&cell[r->queue * periods + (size_t)k], &m->queue[r->queue], r);
        recount(&cell[r->queue * periods + whole], &m->queue[r->queue], r);
    }
    for (size_t q = 0; q < m->queues; q++) {
        expect_same_cell(played_queue(p, q, whole), &cell[q * periods + whole]);
        for (size_t k = 0; k < m->shape.intervals; k++)
            expect_same_cell(played_queue(p, q, k), &cell[q * periods + k]);
    }
    free(cell);
}

static void all_counters_are_what_the_calls_stories_add_up_to(void **state)
{
    (void)state;
    play_lot(2000, &anything, false, recount_replication);
}

static int by_agent_and_start(const void *pa, const void *pb)
{
    const struct call_record *a = pa, *b = pb;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    if (a->agent != b->agent)
        return a->agent < b->agent ? -1 : 1;
    double x = a->arrived + a->wait - a->ring, y = b->arrived + b->wait - b->ring;
    return (x > y) - (x < y);
}

/* A call cut off while it rang kept its agent busy, but its record does not say how long. */
static bool cut_while_ringing(const struct played *p)
{
    for (size_t i = 0; i < p->records; i++)
        if (is(&p->record[i], "cut_off") && p->record[i].agent >= 0)
            return true;
    return false;
}

/* Contacts do not overlap, and the busy time of a group is the sum of theirs. */
static void check_agents(const struct played *p, const char *what)
{
    const struct oh_model *m = p->model;
    struct call_record *copy = malloc((p->records + 1) * sizeof *copy);
    double *busy = calloc(m->groups + 1, sizeof *busy);
    assert_true(copy && busy);
    memcpy(copy, p->record, p->records * sizeof *copy);
    qsort(copy, p->records, sizeof *copy, by_agent_and_start);
    double until = 0;
    for (size_t i = 0; i < p->records; i++) {
        const struct call_record *r = &copy[i];
        if (r->agent < 0)
            continue;
        bool same = i > 0 && copy[i - 1].agent == r->agent && copy[i - 1].group == r->group;
        double start = is(r, "answered") ? r->arrived + r->wait - r->ring : r->ended;
        assert_that(!same || start >= until - 1e-6, "agent %ld of %s has two contacts in:\n%s",
                    r->agent, m->group[r->group].name, what);
        until = r->ended + r->wrap_up;
        busy[r->group] += is(r, "answered") ? until - start : 0;
    }
    size_t whole = period_whole(&m->shape);
    bool rings_cut = cut_while_ringing(p);
    for (size_t g = 0; g < m->groups; g++) {
        const struct group_cell *c = played_group(p, g, whole);
        assert_true(c->busy_all <= c->staffed_all * (1 + 1e-9) + 1e-6);
        if (!m->steady && !rings_cut)
            assert_near(c->busy_all, busy[g], 1e-5);
    }
    free(copy);
    free(busy);
}

static void no_agent_has_two_contacts_and_busy_time_is_theirs(void **state)
{
    (void)state;
    play_lot(3000, &anything, false, check_agents);
}

/* Nobody is on duty beyond the plan without a contact, so time on duty less overtime is never
 * above the plan; and the plan is worked but for agents who leave at closing. */
static void check_staff(const struct played *p, const char *what)
{
    const struct oh_model *m = p->model;
    for (size_t g = 0; g < m->groups; g++)
        for (size_t k = 0; k < m->shape.intervals; k++) {
            const struct group_cell *c = played_group(p, g, k);
            double on_plan = c->staffed_area - c->overtime_area;
            assert_that(fabs(on_plan - c->planned_area) < 1e-5,
                        "%s in interval %d: %.9g s on duty and %.9g s of overtime for a plan of "
                        "%.9g s in:\n%s",
                        m->group[g].name, (int)k, c->staffed_area, c->overtime_area,
                        c->planned_area, what);
        }
}

static void staff_on_duty_are_the_plan_and_overtime(void **state)
{
    (void)state;
    play_lot(4000, &anything, false, check_staff);
}

/* A change of the number waiting: 1, -1, or 0 for who joins and leaves in one instant. */
struct step {
    double time;
    int change;
};

static int by_time(const void *pa, const void *pb)
{
    const struct step *a = pa, *b = pb;
    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    return a->change - b->change;
}

/* Sums of times that should be a boundary are the boundary. */
static double snapped(const struct oh_model *m, double t)
{
    double boundary = round(t / m->interval) * m->interval;
    return fabs(t - boundary) < 1e-7 ? boundary : t;
}

/* The times at which calls of the queue (all queues: `queue` is their number) step into the line
 * and out of it. */
static size_t line_steps(const struct played *p, size_t queue, struct step *step)
{
    size_t n = 0;
    for (size_t i = 0; i < p->records; i++) {
        const struct call_record *r = &p->record[i];
        bool mine = queue == p->model->queues || r->queue == queue;
        if (!mine || is(r, "blocked") || is(r, "balked") || (r->agent >= 0 && r->wait == r->ring))
            continue;
        double ring = r->agent >= 0 ? r->ring : 0, out = r->arrived + r->wait - ring;
        if (r->wait == ring) {
            step[n++] = (struct step){snapped(p->model, r->arrived), 0};
            continue;
        }
        step[n++] = (struct step){snapped(p->model, r->arrived), 1};
        step[n++] = (struct step){snapped(p->model, out), -1};
    }
    if (n > 0)
        qsort(step, n, sizeof *step, by_time);
    return n;
}

/* queue_max and queue_area of every interval once more, from who joined and left when. */
static void check_line(const struct played *p, size_t queue, const char *what)
{
    const struct oh_model *m = p->model;
    struct step *step = malloc((2 * p->records + 1) * sizeof *step);
    assert_non_null(step);
    size_t n = line_steps(p, queue, step), i = 0;
    double waiting = 0, now = 0;
    for (size_t k = 0; k < m->shape.intervals; k++) {
        double most = waiting, area = 0, end = (double)(k + 1) * m->interval;
        for (; i < n && step[i].time <= end; i++) {
            area += waiting * (step[i].time - now);
            now = step[i].time;
            waiting += step[i].change;
            most = fmax(most, step[i].change == 0 ? waiting + 1 : waiting);
        }
        area += waiting * (end - now);
        now = end;
        const struct queue_cell *c = played_queue(p, queue, k);
        assert_that(c->queue_max == most,
                    "queue %d, interval %d: at most %g waiting, not %g, in:\n%s", (int)queue,
                    (int)k, c->queue_max, most, what);
        if (queue < m->queues)
            assert_near(c->queue_area, area, 1e-5);
    }
    free(step);
}

static void check_lines(const struct played *p, const char *what)
{
    for (size_t q = 0; !cut_while_ringing(p) && q <= p->model->queues; q++)
        check_line(p, q, what);
}

static void the_length_of_every_line_is_that_of_those_who_stand_in_it(void **state)
{
    (void)state;
    const struct taste plain_day = {.day = true, .no_ties = true};
    play_lot(5000, &plain_day, false, check_lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_invariant_holds_after_every_event),
        cmocka_unit_test(all_counters_are_what_the_calls_stories_add_up_to),
        cmocka_unit_test(no_agent_has_two_contacts_and_busy_time_is_theirs),
        cmocka_unit_test(staff_on_duty_are_the_plan_and_overtime),
        cmocka_unit_test(the_length_of_every_line_is_that_of_those_who_stand_in_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
