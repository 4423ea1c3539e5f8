/* pool.c - one pool of agents by Kiefer and Wolfowitz's recursion.
 *
 * The one idea: the plan cuts time into pieces in which the staff does not change. Within a piece
 * the wait of a call is known when it arrives: until the earliest free time, or until its patience
 * ends. Only a call that is still in line when the piece ends is kept (`pending`), and settled in
 * the next one. Levels (calls in line, agents busy) are summed up call by call, as T(out) - T(in),
 * in the span of the clock where each belongs.
 */
#include "pool.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "pool_state.h"

/* Later than anything that happens, before never. */
#define FOREVER DBL_MAX

struct pool *pool_new(const struct oh_model *m)
{
    struct pool *p = calloc(1, sizeof *p);
    if (!p)
        return NULL;
    const struct model_queue *q = &m->queue[0];
    double load = 0;
    for (size_t k = 0; k < m->shape.intervals; k++)
        load = fmax(load, q->load[k]);
    uint32_t agents = m->group[0].agents;
    p->queue = q;
    p->speed = m->group[0].skill[0].speed;
    p->quick.parts =
        q->hold || q->wrap_up || p->speed != 1 || m->source[0].hold || m->source[0].wrap_up;
    /* Only what is used of these tables is ever touched. */
    p->quick.horizon = 0x1p51 / m->ticks_per_second;
    p->answered = malloc((LINE_ROOM + 1) * sizeof *p->answered);
    p->gave_up.time = malloc(LINE_ROOM * sizeof *p->gave_up.time);
    p->pending = malloc(LINE_ROOM * sizeof *p->pending);
    p->span = malloc((m->plans + 1) * sizeof *p->span);
    if (pool_times_init(&p->busy, agents, fmin(load / p->speed, agents),
                        q->mean_handling / p->speed) &&
        p->answered && p->gave_up.time && p->pending && p->span)
        return p;
    pool_free(p);
    return NULL;
}

void pool_free(struct pool *p)
{
    if (!p)
        return;
    pool_times_free(&p->busy);
    free(p->answered);
    free(p->gave_up.time);
    free(p->pending);
    free(p->span);
    free(p);
}

/* ---- agents ---- */

static void change_staff(struct pool *p, const struct oh_model *m, int change, double at)
{
    struct stretch *s = pool_span_of(p, at, p->now);
    p->on_duty += (uint32_t)change;
    pool_step_level(s, STAFFED, change, ticks_at(m, at));
    uint32_t over = p->on_duty > p->planned ? p->on_duty - p->planned : 0;
    if (over != p->over)
        pool_step_level(s, OVER, (int)over - (int)p->over, ticks_at(m, at));
    p->over = over;
}

/* One of the busy is free, and goes since he is beyond the plan. */
static void pay_debt(struct pool *p, const struct oh_model *m)
{
    double at = pool_times_pop(&p->busy);
    p->debt--;
    change_staff(p, m, -1, at);
}

/* When the next agent is free for a call; after `last` if it is not up to then. */
static double next_free(struct pool *p, const struct replication *r, double last)
{
    while (p->debt > 0 && p->busy.min <= last) {
        double at = p->busy.min;
        pay_debt(p, r->model);
        if (r->closed && p->on_duty == 0)
            p->stranded = fmin(p->stranded, at);
    }
    return p->busy.min;
}

/* Who has finished by now, and nobody waits: idle, or gone. It is done when somebody needs to know;
 * else a free agent stays among the busy, with a time that is over. */
static void release(struct pool *p, const struct oh_model *m, double now)
{
    while (p->busy.min <= now) {
        if (p->debt > 0) {
            pay_debt(p, m);
        } else {
            pool_times_pop(&p->busy);
            p->idle++;
        }
    }
}

/* ---- the ends of a call ---- */

/* Where a call that entered in `entry` and left in `left` is counted. */
static struct stretch *counted_in(struct pool *p, const struct replication *r, uint32_t entry,
                                  struct stretch *left)
{
    struct stretch *s = &p->span[entry];
    return r->play->count_at == OH_AT_EXIT && !r->model->steady ? left : s;
}

static void leaves(struct pool *p, struct replication *r, const struct pool_call *c,
                   enum outcome outcome, double wait, double at)
{
    const struct oh_model *m = r->model;
    struct stretch *left = pool_span_of(p, at, c->span), *s = counted_in(p, r, c->span, left);
    if (outcome == OUTCOME_CUT_OFF && p->span[c->span].counted)
        s = counted_in(p, r, c->span, &p->span[p->spans - 1]);
    s->sums->ended[outcome]++;
    if (!p->span[c->span].counted || outcome == OUTCOME_BLOCKED)
        return;
    s->sums->delayed++;
    s->sums->in_system += ticks_at(m, at) - ticks_at(m, c->at);
    hist_add(outcome == OUTCOME_CUT_OFF ? s->other : s->abandoned, wait);
    if (wait > 0)
        sums_wait(s->sums, m, p->queue, outcome, wait, true);
    p->end = fmax(p->end, at);
}

static void abandons(struct pool *p, struct replication *r, const struct pool_call *c)
{
    pool_add_stay(p, r->model, WAITING, c->at, c->gives_up, c->span);
    pool_add_stay(p, r->model, PRESENT, c->at, c->gives_up, c->span);
    time_heap_push(&p->gave_up, c->gives_up);
    leaves(p, r, c, OUTCOME_ABANDONED, c->patience, c->gives_up);
}

static void is_cut_off(struct pool *p, struct replication *r, const struct pool_call *c, double at)
{
    pool_add_stay(p, r->model, WAITING, c->at, at, c->span);
    pool_add_stay(p, r->model, PRESENT, c->at, at, c->span);
    leaves(p, r, c, OUTCOME_CUT_OFF, fmax(0, at - c->at), at);
}

/* A call that an agent takes at `start`. */
struct served {
    double at, start, left, free, handling, wait; /* free: the agent, after wrap-up */
    bool delayed;
};

static void count_served(struct pool *p, struct replication *r, uint32_t entered,
                         const struct served *c)
{
    const struct oh_model *m = r->model;
    struct stretch *entry = &p->span[entered];
    if (c->delayed)
        pool_add_stay(p, m, WAITING, c->at, c->start, entered);
    pool_add_stay(p, m, PRESENT, c->at, c->left, entered);
    pool_add_stay(p, m, BUSY, c->start, c->free, entered);
    if (!entry->counted)
        return;
    struct stretch *s = counted_in(p, r, entered, pool_span_of(p, c->left, entered));
    s->sums->ended[OUTCOME_ANSWERED]++;
    s->sums->delayed += c->delayed;
    s->sums->in_system += ticks_at(m, c->left) - ticks_at(m, c->at);
    s->sums->handling += ticks_of(m, c->handling);
    hist_add(s->answered, c->wait);
    if (c->wait > 0)
        sums_wait(s->sums, m, p->queue, OUTCOME_ANSWERED, c->wait, c->delayed);
    entry->sums->callers_served++;
    p->end = fmax(p->end, c->free);
}

/* An agent takes the call at `start`: the whole rest of its story. */
static void serve(struct pool *p, struct replication *r, const struct pool_call *c, double start,
                  bool delayed)
{
    double talk = c->talk / p->speed, hold = c->hold / p->speed, wrap_up = c->wrap_up / p->speed;
    struct served s = {.at = c->at, .start = start, .delayed = delayed};
    s.wait = (delayed ? start - c->at : 0) + c->ring;
    s.left = (start + c->ring) + (talk + hold);
    s.free = s.left + wrap_up;
    s.handling = talk + hold + wrap_up;
    if (s.free >= p->busy.near && pool_times_is_far(&p->busy, s.free))
        release(p, r->model, c->at);
    pool_times_push(&p->busy, s.free);
    count_served(p, r, c->span, &s);
}

/* ---- the line ---- */

uint32_t pool_in_line(struct pool *p, double now)
{
    enum { FEW = 1024 };
    while (p->answered_from != p->answered_to && p->answered[p->answered_from] <= now)
        p->answered_from++;
    while (p->gave_up.n > 0 && p->gave_up.time[0] <= now)
        time_heap_pop(&p->gave_up);
    uint32_t answered = p->answered_to - p->answered_from;
    uint32_t over = p->answered_from - (p->answered_from < FEW ? p->answered_from : FEW);
    if (over >= FEW && over >= answered) { /* the table stays small; the last of the old are kept */
        p->answered_from -= over;
        p->answered_to -= over;
        memmove(p->answered, p->answered + over, p->answered_to * sizeof *p->answered);
    }
    return answered + p->gave_up.n + pool_pending(p);
}

static void serve_from_line(struct pool *p, struct replication *r, const struct pool_call *c,
                            double start)
{
    p->answered[p->answered_to++] = start;
    serve(p, r, c, start, true);
}

/* Those in line who will be answered, or give up, up to `last`. */
static void settle(struct pool *p, struct replication *r, double last)
{
    while (pool_pending(p) > 0) {
        const struct pool_call *c = &p->pending[p->pending_from];
        double free = next_free(p, r, last);
        if (free <= last && free <= c->gives_up) {
            pool_times_pop(&p->busy);
            p->pending_from++;
            serve_from_line(p, r, c, free);
        } else if (c->gives_up <= last) {
            p->pending_from++;
            abandons(p, r, c);
        } else {
            break;
        }
    }
    uint32_t keep = 0;
    for (uint32_t i = p->pending_from; i != p->pending_to; i++) {
        const struct pool_call *c = &p->pending[i];
        if (c->gives_up <= last)
            abandons(p, r, c);
        else
            p->pending[keep++] = *c;
    }
    p->pending_from = 0;
    p->pending_to = keep;
}

/* Nobody is idle: a call that arrives must wait, if it may and will. */
static void joins(struct pool *p, struct replication *r, struct pool_call *c, double balk,
                  double last)
{
    struct stretch *s = &p->span[p->now];
    /* So many are in line at most; how many exactly is only looked at where it matters. */
    uint32_t before = p->answered_to - p->answered_from + p->gave_up.n + pool_pending(p);
    if (before >= s->most || before >= p->queue->capacity || before >= MOST_WAITING)
        before = pool_in_line(p, c->at);
    if (before >= p->queue->capacity) {
        leaves(p, r, c, OUTCOME_BLOCKED, 0, c->at);
        return;
    }
    if (balk < p->queue->balk) {
        leaves(p, r, c, OUTCOME_BALKED, 0, c->at);
        return;
    }
    if (before >= s->most)
        s->most = before + 1;
    p->beyond = p->beyond || before >= MOST_WAITING;
    c->gives_up = c->at + c->patience;
    double free = pool_pending(p) > 0 ? INFINITY : next_free(p, r, last);
    if (free <= last && free <= c->gives_up) {
        pool_times_pop(&p->busy);
        serve_from_line(p, r, c, free);
    } else if (c->gives_up <= last) {
        abandons(p, r, c);
    } else {
        p->pending[p->pending_to++] = *c;
    }
}

/* The next caller of the batch. */
static void arrives(struct pool *p, struct replication *r, double last)
{
    const struct source_state *s = &r->source[0];
    uint32_t i = s->pos;
    struct pool_call c = {
        .span = p->now,
        .at = s->at[i],
        .patience = s->patience[i],
        .ring = s->ring[i],
        .talk = s->talk[i],
        .hold = s->hold[i],
        .wrap_up = s->wrap_up[i],
    };
    r->numbers++;
    if (p->debt > 0 && pool_pending(p) == 0)
        release(p, r->model, c.at);
    if (p->busy.min <= c.at) {
        pool_times_pop(&p->busy);
        serve(p, r, &c, c.at, false);
    } else if (p->idle > 0) {
        p->idle--;
        serve(p, r, &c, c.at, false);
    } else {
        joins(p, r, &c, s->balk[i], last);
    }
}

/* All arrivals up to `last`, from batches of callers. */
static void arrivals(struct pool *p, struct replication *r, double last)
{
    struct source_state *s = &r->source[0];
    while (!p->beyond) {
        pool_quick_run(p, r, last);
        if (s->pos < BATCH) {
            if (s->at[s->pos] > last || (r->closed && s->at[s->pos] >= p->end))
                break;
            arrives(p, r, last);
            p->quick.start[s->pos++] = NAN;
        }
        if (s->pos == BATCH) {
            pool_quick_count(p, r);
            sources_refill(r, 0);
        }
    }
    pool_quick_count(p, r);
}

/* ---- the plan ---- */

static void staff_up(struct pool *p, struct replication *r, const struct model_plan *item)
{
    uint32_t have = p->on_duty - p->debt, more = item->target > have ? item->target - have : 0;
    uint32_t stay = p->debt < more ? p->debt : more;
    p->debt -= stay;
    more -= stay;
    change_staff(p, r->model, (int)more, item->time);
    for (; more > 0 && pool_pending(p) > 0; more--)
        serve_from_line(p, r, &p->pending[p->pending_from++], item->time);
    p->idle += more;
}

static void staff_down(struct pool *p, struct replication *r, const struct model_plan *item)
{
    uint32_t have = p->on_duty - p->debt, fewer = have > item->target ? have - item->target : 0;
    uint32_t go = p->idle < fewer ? p->idle : fewer;
    p->idle -= go;
    p->debt += fewer - go;
    change_staff(p, r->model, -(int)go, item->time);
}

/* Whom nobody will serve, and who would never hang up. */
static void cut_stranded(struct pool *p, struct replication *r, double at)
{
    uint32_t keep = p->pending_from;
    for (uint32_t i = p->pending_from; i != p->pending_to; i++) {
        const struct pool_call *c = &p->pending[i];
        if (isinf(c->gives_up))
            is_cut_off(p, r, c, at);
        else
            p->pending[keep++] = *c;
    }
    p->pending_to = keep;
}

static void close_pool(struct pool *p, struct replication *r, double at)
{
    r->closed = true;
    if (r->model->steady)
        return;
    for (; r->model->hang_up && pool_pending(p) > 0; p->pending_from++)
        is_cut_off(p, r, &p->pending[p->pending_from], at);
    if (pool_pending(p) == 0) {
        change_staff(p, r->model, -(int)p->idle, at);
        p->idle = 0;
    }
    if (p->on_duty == 0)
        p->stranded = at;
}

static void follow(struct pool *p, struct replication *r, const struct model_plan *item)
{
    bool up = item->kind == PLAN_STAFF_UP, down = item->kind == PLAN_STAFF_DOWN;
    bool closing = !r->model->steady && item->time >= r->model->opening[item->opening].closes;
    if (up || down)
        p->planned = item->target;
    if (up)
        staff_up(p, r, item);
    else if (down && !closing)
        staff_down(p, r, item);
    if (up || down)
        change_staff(p, r->model, 0, item->time);
    if (item->kind != PLAN_PERIOD && item->kind != PLAN_CLOSE)
        return;
    uint32_t waiting = pool_in_line(p, p->span[p->now].last);
    p->span[++p->now].most = waiting;
    if (item->kind == PLAN_CLOSE)
        close_pool(p, r, item->time);
}

/* After closing: the line is served to its end, and everybody goes when he has nothing to do. */
static void finish_day(struct pool *p, struct replication *r)
{
    settle(p, r, FOREVER);
    if (pool_pending(p) > 0 && isfinite(p->stranded))
        cut_stranded(p, r, p->stranded);
    p->beyond = p->beyond || pool_pending(p) > 0;
    while (pool_times_count(&p->busy) > 0) {
        double at = pool_times_pop(&p->busy);
        change_staff(p, r->model, -1, at);
    }
}

/* The first thing on the plan of another day. Days have nothing to do with each other, unless what
 * began in one ends in the next. */
static void begin_day(struct pool *p, struct replication *r, const struct model_plan *item)
{
    finish_day(p, r);
    p->beyond = p->beyond || p->end >= item->time;
    p->debt = 0;
    p->stranded = INFINITY;
    pool_times_reset(&p->busy, item->time);
    r->opening = item->opening;
    r->closed = false;
}

static void finish_steady(struct pool *p, struct replication *r)
{
    settle(p, r, FOREVER);
    p->beyond = p->beyond || pool_pending(p) > 0;
    arrivals(p, r, FOREVER);
}

static void reset(struct pool *p, struct replication *r)
{
    pool_times_reset(&p->busy, r->model->start);
    p->idle = p->debt = p->on_duty = p->planned = p->over = 0;
    p->answered_from = p->answered_to = p->pending_from = p->pending_to = 0;
    p->gave_up.n = 0;
    p->quick.first = UINT64_MAX;
    p->quick.from = p->quick.gone = p->quick.noted = 0;
    p->quick.exits = r->play->count_at == OH_AT_EXIT && !r->model->steady;
    p->end = -INFINITY;
    p->stranded = INFINITY;
    p->beyond = false;
    pool_make_spans(p, r);
}

static void empty_histograms(const struct replication *r)
{
    for (size_t i = 0; i < r->play->rows * 2; i++) {
        hist_clear(&r->play->answered[i]);
        hist_clear(&r->play->abandoned[i]);
        hist_clear(&r->play->other[i]);
    }
}

bool pool_play(struct pool *p, struct replication *r)
{
    const struct oh_model *m = r->model;
    reset(p, r);
    for (size_t i = 0; i < m->plans && !p->beyond; i++) {
        if (m->plan[i].opening > r->opening)
            begin_day(p, r, &m->plan[i]);
        double last = pool_before_item(&m->plan[i]);
        settle(p, r, last);
        arrivals(p, r, last);
        if (m->plan[i].kind != PLAN_PERIOD || p->debt > 0)
            release(p, m, last);
        follow(p, r, &m->plan[i]);
    }
    if (m->steady && !p->beyond)
        finish_steady(p, r);
    else if (!p->beyond)
        finish_day(p, r);
    if (p->beyond) {
        empty_histograms(r);
        return false;
    }
    pool_close_spans(p, r, m->close);
    return true;
}
