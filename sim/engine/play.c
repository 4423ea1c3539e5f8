/* play.c - the loop: what happens next, until nothing does.
 *
 * The one idea: three streams are merged by (time, rank, sequence): the plan (known beforehand, a
 * cursor), arrivals (known per source, outside the event list) and the pending events of calls and
 * agents.
 */
#include <stdio.h>
#include <stdlib.h>

#include "../base/units.h"
#include "pool.h"
#include "replication.h"

enum { LINE = 64 }; /* of a cache */

static size_t noise_factors(const oh_model *m)
{
    size_t n = 0;
    for (size_t i = 0; i < m->sources; i++)
        n += m->source[i].noise ? m->source[i].noises : 0;
    return n;
}

/* A guess at the time between calls; event lists find their own pace. */
static double call_spacing(const struct oh_model *m)
{
    double calls = 1;
    for (size_t q = 0; q < m->queues; q++)
        calls += m->queue[q].expected;
    return m->close / calls;
}

struct replication *replication_new(const oh_model *m)
{
    struct replication *r = calloc(1, sizeof *r);
    if (!r)
        return NULL;
    r->model = m;
    /* The tables of calls are as large as the limit, but only what is used is ever touched. */
    r->call = aligned_alloc(LINE, MODEL_MAX_PRESENT * sizeof *r->call);
    r->agent = aligned_alloc(LINE, (m->agents + 1) * sizeof *r->agent);
    r->hours = malloc((m->agents + 1) * sizeof *r->hours);
    r->queue = malloc((m->queues + 1) * sizeof *r->queue);
    r->group = malloc((m->groups + 1) * sizeof *r->group);
    r->source = malloc((m->sources + 1) * sizeof *r->source);
    r->source_heap = malloc((m->sources + 1) * sizeof *r->source_heap);
    r->source_next = malloc((m->sources + 1) * sizeof *r->source_next);
    r->noise = malloc((noise_factors(m) + 1) * sizeof *r->noise);
    for (size_t q = 0; q < m->queues; q++)
        if (m->queue[q].rules->choose == CHOOSE_LEAST_BUSY)
            r->weighs_busy = true;
    bool sums = sums_init(&r->sums, m);
    if (!m->no_pool)
        r->pool = pool_new(m);
    bool events = evq_init(&r->evq, MODEL_MAX_PRESENT + m->agents, call_spacing(m)) &&
                  evq_init(&r->ends, (uint32_t)m->agents + 1, call_spacing(m));
    if (sums && events && (m->no_pool || r->pool) && r->call && r->agent && r->hours && r->queue &&
        r->group && r->source && r->source_heap && r->source_next && r->noise)
        return r;
    replication_free(r);
    return NULL;
}

void replication_free(struct replication *r)
{
    if (!r)
        return;
    evq_free(&r->evq);
    evq_free(&r->ends);
    sums_free(&r->sums);
    pool_free(r->pool);
    free(r->call);
    free(r->agent);
    free(r->hours);
    free(r->queue);
    free(r->group);
    free(r->source);
    free(r->source_heap);
    free(r->source_next);
    free(r->noise);
    free(r);
}

double replication_now(const struct replication *r)
{
    return r->now;
}

uint32_t replication_waiting(const struct replication *r, size_t queue)
{
    return r->queue[queue].waiting;
}

uint32_t replication_on_duty(const struct replication *r, size_t group, uint32_t *busy)
{
    *busy = r->group[group].busy;
    return r->group[group].on_duty;
}

/* Time is counted in ticks of 64 bits: centuries, unless a scenario runs away. */
static double last_instant(const struct oh_model *m)
{
    return 4e18 / m->ticks_per_second;
}

/* What both engines start from. */
static void reset(struct replication *r)
{
    const struct oh_model *m = r->model;
    set_now(r, m->start);
    set_closed(r, false);
    r->tells = r->play->probe && r->play->probe->call;
    r->at_exit = r->play->count_at == OH_AT_EXIT && !m->steady;
    r->count_from = m->steady ? m->warm_up : -INFINITY;
    r->count_to = m->steady ? m->close : INFINITY;
    r->give_up_at = m->steady ? 2 * m->close : last_instant(m);
    r->measuring = !m->steady;
    r->row = r->opening = 0;
    r->period = m->steady ? 0 : (uint32_t)period_outside(&m->shape);
    r->free_call = NONE;
    r->calls_used = r->live = 0;
    r->followed = r->numbers = r->callers = r->assignments = 0;
    r->waiting = r->waiting_max = 0;
    r->full = false;
    r->broken = NULL;
    for (size_t q = 0; q < m->queues; q++)
        r->queue[q] = (struct queue_state){.line = {NONE, NONE},
                                           .callbacks = {NONE, NONE},
                                           .server = m->queue[q].server,
                                           .servers_end = m->queue[q].server + m->queue[q].servers,
                                           .capacity = m->queue[q].capacity,
                                           .balk = m->queue[q].balk,
                                           .quick = m->queue[q].quick};
    sums_clear(&r->sums, m);
    score_here(r);
    lazy_begins(r);
    sources_reset(r);
}

/* All live calls that wait or are in self-service are cut off, in order of queue and waiting. */
static void hang_up(struct replication *r)
{
    for (uint32_t q = 0; q < r->model->queues; q++)
        while (!r->model->queue[q].deferrable && r->queue[q].line.head != NONE)
            call_leaves(r, r->queue[q].line.head, OUTCOME_CUT_OFF);
    for (uint32_t c = 0; c < r->calls_used; c++)
        if (r->call[c].state == CALL_SELF && !r->model->queue[r->call[c].queue].deferrable)
            call_leaves(r, c, OUTCOME_CUT_OFF);
}

static void close_centre(struct replication *r, const struct model_plan *p)
{
    const struct oh_model *m = r->model;
    bool last = p->opening + 1 == m->openings;
    if (m->opening[p->opening].joined)
        return;
    score_flush(r);
    set_closed(r, true);
    lazy_ends(r);
    if (m->steady) {
        r->measuring = false;
        return;
    }
    r->period = (uint32_t)period_outside(&m->shape);
    score_here(r);
    if (last)
        callbacks_drop(r);
    if (m->hang_up)
        hang_up(r);
    if (!m->carry_over)
        agents_dismiss(r);
}

static void begin_period(struct replication *r, const struct model_plan *p)
{
    score_flush(r);
    r->measuring = true;
    if (r->model->steady)
        r->row = p->group;
    else
        r->period = p->group;
    score_here(r);
}

static void follow_plan(struct replication *r, const struct model_plan *p)
{
    if (p->opening > r->opening) {
        r->opening = p->opening;
        set_closed(r, false);
        lazy_begins(r);
        agents_new_day(r);
        /* What keeps nobody at work after a closing may be taken again by who is still here. */
        for (uint32_t q = 0; q < r->model->queues; q++)
            routing_rematch(r, q);
    }
    switch ((enum plan_kind)p->kind) {
    case PLAN_OPEN:
        if (p->opening == 0)
            sources_backlog(r);
        break;
    case PLAN_PERIOD:
        begin_period(r, p);
        break;
    case PLAN_CLOSE:
        close_centre(r, p);
        break;
    case PLAN_STAFF_UP:
    case PLAN_STAFF_DOWN:
    case PLAN_LINE_START:
    case PLAN_LINE_END:
    case PLAN_BREAK_START:
    case PLAN_BREAK_END:
        agents_plan(r, p);
        break;
    }
}

/* The clock. */
static void is_time(struct replication *r, double now)
{
    set_now(r, now);
    evq_now(&r->evq, now);
    evq_now(&r->ends, now);
}

static uint64_t key_of_next(const struct evq *q)
{
    return q->next != EVQ_NONE ? q->event[q->next].key : UINT64_MAX;
}

/* The list whose first event comes first. */
static const struct evq *next_list(const struct replication *r)
{
    bool first = r->ends.min < r->evq.min ||
                 (r->ends.min == r->evq.min && key_of_next(&r->ends) < key_of_next(&r->evq));
    return first ? &r->ends : &r->evq;
}

static void happen(struct replication *r, const struct evq *list)
{
    uint32_t event = list->next;
    is_time(r, list->min);
    if (list == &r->ends)
        agent_ends_ahead(r, event);
    else if (event < MODEL_MAX_PRESENT)
        call_event(r, event);
    else
        agent_event(r, event - MODEL_MAX_PRESENT);
}

/* Makes the next thing happen, whatever it is. False: nothing is left to happen. */
static bool step(struct replication *r, size_t *cursor)
{
    const struct oh_model *m = r->model;
    const struct model_plan *plan = *cursor < m->plans ? &m->plan[*cursor] : NULL;
    const struct evq *list = next_list(r);
    double arrival = r->next_arrival, planned = plan ? plan->time : INFINITY, due = list->min;
    uint64_t key = key_of_next(list);

    if (due < arrival || (due == arrival && key < sources_next_key(r))) {
        if (due < planned || (due == planned && plan && key < evq_key(plan->rank, 0))) {
            lazy_settle(r, due, key);
            happen(r, list);
            return true;
        }
    } else if (arrival < planned || (arrival == planned && plan && RANK_ARRIVAL < plan->rank)) {
        lazy_settle(r, arrival, sources_next_key(r));
        is_time(r, arrival);
        sources_arrive(r);
        return true;
    }
    if (!plan)
        return false;
    lazy_settle(r, plan->time, evq_key(plan->rank, 0));
    is_time(r, plan->time);
    follow_plan(r, plan);
    ++*cursor;
    return true;
}

/* Does anybody who came before the window, and whom a probe is to be told of, still wait or talk?
 */
static bool still_to_tell(const struct replication *r)
{
    if (!r->play->probe || !r->play->probe->call)
        return false;
    for (uint32_t c = 0; c < r->calls_used; c++) {
        const struct call *call = &r->call[c];
        if (call->state != CALL_OVER && call->state != CALL_AWAY && !call->scored &&
            call->entered <= r->model->close)
            return true;
    }
    return false;
}

/* A steady run follows whoever entered in its window. A call-back that is never dialled would be
 * followed for ever: after as long again as the run itself those that are pending are dropped. */
static bool finished(struct replication *r)
{
    if (!r->model->steady || !r->closed)
        return false;
    if (r->now > r->give_up_at) {
        callbacks_drop(r);
        r->give_up_at = 2 * r->now;
    }
    return r->followed == 0 && !still_to_tell(r);
}

/* What nobody took, and what waits for an opening that does not come. */
static void leave_over(struct replication *r)
{
    for (uint32_t q = 0; q < r->model->queues; q++)
        while (r->queue[q].line.head != NONE)
            call_leaves(r, r->queue[q].line.head, OUTCOME_LEFT_OVER);
    callbacks_drop(r);
}

/* What the plan says, not what happened: known from the model; batches are alike. */
static void copy_plan_areas(struct replication *r)
{
    size_t periods = panel_periods(&r->model->shape);
    for (size_t row = 0; row < r->play->rows; row++)
        for (size_t g = 0; g < r->model->groups; g++)
            for (size_t p = 0; p <= period_outside(&r->model->shape); p++) {
                struct group_cell *cell = &r->play->tally[row].group[g * periods + p];
                double rows = (double)r->play->rows;
                cell->scheduled_area = r->model->group[g].scheduled_area[p] / rows;
                cell->planned_area = r->model->group[g].planned_area[p] / rows;
            }
}

static oh_status too_long(const struct replication *r, char message[256])
{
    snprintf(message, 256,
             "replication %u does not end: after %.0f years of simulated time calls are still "
             "served, so each takes longer than the one before",
             r->play->number, r->now / (365.25 * 86400));
    return OH_LIMIT;
}

static oh_status too_many(const struct replication *r, char message[256])
{
    uint32_t worst = 0;
    for (uint32_t q = 1; q < r->model->queues; q++)
        if (r->queue[q].waiting > r->queue[worst].waiting)
            worst = q;
    char when[32];
    const struct model_opening *o = &r->model->opening[r->opening];
    if (r->model->steady)
        format_duration(when, sizeof when, r->now);
    else
        format_time_of_day(when, sizeof when, o->midnight_to_opens + r->now - o->opens);
    snprintf(message, 256,
             "more than %d calls present at once in replication %u (at %s), most of them waiting "
             "in '%s': more arrives than can be served",
             MODEL_MAX_PRESENT, r->play->number, when, r->model->queue[worst].name);
    return OH_LIMIT;
}

void replication_begin(struct replication *r)
{
    reset(r);
    evq_reset(&r->evq, r->model->start);
    evq_reset(&r->ends, r->model->start);
    agents_reset(r);
}

/* Does r->watch want to go on, if it is its turn? */
static bool watched(struct replication *r, double planned)
{
    struct watch *w = r->watch;
    double next = fmin(next_list(r)->min, r->next_arrival);
    if (!(planned > w->looked) || next < planned || planned == INFINITY)
        return true;
    w->looked = planned;
    w->stopped = !w->looks(w, r, planned);
    return !w->stopped;
}

/* The general engine. */
oh_status replication_go_on(struct replication *r, size_t cursor, char message[256])
{
    const struct probe *probe = r->play->probe;
    bool one_by_one = probe && probe->event;
    while (!finished(r)) {
        double planned = cursor < r->model->plans ? r->model->plan[cursor].time : INFINITY;
        if (r->watch && !watched(r, planned))
            return OH_OK;
        if (!plain_run(r, fmin(planned, r->give_up_at), one_by_one) && !step(r, &cursor))
            break;
        if (r->full)
            return too_many(r, message);
        if (r->now > last_instant(r->model))
            return too_long(r, message);
        if (r->broken)
            break;
        if (one_by_one)
            probe->event(probe->user, r);
    }
    if (r->broken) {
        snprintf(message, 256, "%s, at %.6f s", r->broken, r->now);
        return OH_BROKEN;
    }
    if (!r->model->steady) {
        leave_over(r);
        score_flush(r);
    }
    score_at_once(r);
    return OH_OK;
}

/* The short way, if there is one and it gets to the end. */
static bool play_pool(struct replication *r)
{
    if (!r->pool || r->play->engine == OH_ENGINE_GENERAL || r->play->probe)
        return false;
    reset(r);
    return pool_play(r->pool, r);
}

oh_status replication_end(struct replication *r, const struct sums *sums, char message[256])
{
    const struct play *play = r->play;
    sums_close(sums, r->model, play->tally);
    copy_plan_areas(r);
    if (!score_conserved(r, message))
        return OH_BROKEN;
    for (size_t row = 0; row < play->rows; row++)
        tally_close(&r->model->shape, play->tally[row]);
    return OH_OK;
}

oh_status replication_play(struct replication *r, struct play *play, char message[256])
{
    r->play = play;
    r->watch = NULL;
    if (!play_pool(r)) {
        replication_begin(r);
        oh_status status = replication_go_on(r, 0, message);
        if (status != OH_OK)
            return status;
    }
    play->calls = r->numbers;
    return replication_end(r, &r->sums, message);
}
