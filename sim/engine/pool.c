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

#include "pool_times.h"
#include "replication.h"

/* The general engine is asked when so many calls wait: it knows what to say about limits. */
enum { MOST_WAITING = MODEL_MAX_PRESENT / 4, LINE_MASK = (1 << 20) - 1 };

/* Later than anything that happens, before never. */
#define FOREVER DBL_MAX

enum level { WAITING, PRESENT, BUSY, STAFFED, OVER, LEVELS };

/* A stretch of the clock between two boundaries of periods. */
struct stretch {
    double last; /* what happens up to this time, inclusive, belongs to it */
    double end;  /* the boundary */
    bool counted;
    uint32_t row, period;
    uint32_t most; /* calls in line at once */
    struct queue_sums *sums;
    struct histogram *answered, *abandoned, *other; /* of its row */
    int64_t change[LEVELS];
    wide area[LEVELS]; /* less changes times their times */
};

/* A call, with what it brings along. */
struct pool_call {
    double at, gives_up, patience, ring, talk, hold, wrap_up;
    uint32_t span;
};

struct pool {
    struct pool_times busy; /* when those who are busy will be free */
    uint32_t idle, debt;    /* agents; so many of the busy go when they are free */
    uint32_t on_duty, planned, over;
    /* Calls in line whose end is known: when they were answered (in order), when they gave up. */
    double *answered; /* [LINE_MASK + 1] */
    uint32_t answered_from, answered_to;
    struct time_heap gave_up;
    struct pool_call *pending; /* [LINE_MASK + 1]: in line at the end of the piece */
    uint32_t pending_from, pending_to;
    struct stretch *span;
    uint32_t spans, now; /* the span that the clock is in */
    double end;          /* steady: when the last call that is counted is over */
    double stranded;     /* when the last agent went after closing; INFINITY: not yet */
    bool beyond;
    struct queue_sums nowhere; /* for calls that are not counted */
    const struct model_queue *queue;
    double speed;
};

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
    /* Only what is used of these tables is ever touched. */
    p->answered = malloc((LINE_MASK + 1) * sizeof *p->answered);
    p->gave_up.time = malloc((LINE_MASK + 1) * sizeof *p->gave_up.time);
    p->pending = malloc((LINE_MASK + 1) * sizeof *p->pending);
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

/* ---- spans ---- */

static struct stretch *new_span(struct pool *p, const struct replication *r, uint32_t row,
                                uint32_t period, bool counted)
{
    const struct play *play = r->play;
    struct stretch *s = &p->span[p->spans++];
    *s = (struct stretch){
        .last = INFINITY,
        .end = INFINITY,
        .counted = counted,
        .row = row,
        .period = period,
        .sums = counted ? sums_queue(&r->sums, r->model, row, 0, period) : &p->nowhere,
        .answered = &play->answered[row * 2],
        .abandoned = &play->abandoned[row * 2],
        .other = &play->other[row * 2],
    };
    return s;
}

/* What an item of the plan comes after: everything up to this time. */
static double before_item(const struct model_plan *item)
{
    return item->rank > RANK_ARRIVAL ? item->time : nextafter(item->time, -INFINITY);
}

static void make_spans(struct pool *p, const struct replication *r)
{
    const struct oh_model *m = r->model;
    uint32_t outside = (uint32_t)period_outside(&m->shape);
    p->spans = p->now = 0;
    new_span(p, r, 0, m->steady ? 0 : outside, !m->steady);
    for (size_t i = 0; i < m->plans; i++) {
        const struct model_plan *item = &m->plan[i];
        if (item->kind != PLAN_PERIOD && item->kind != PLAN_CLOSE)
            continue;
        p->span[p->spans - 1].last = before_item(item);
        p->span[p->spans - 1].end = item->time;
        if (item->kind == PLAN_CLOSE)
            new_span(p, r, 0, m->steady ? 0 : outside, !m->steady);
        else
            new_span(p, r, m->steady ? item->group : 0, m->steady ? 0 : item->group, true);
    }
}

static struct stretch *span_of(struct pool *p, double time, uint32_t from)
{
    while (time > p->span[from].last)
        from++;
    return &p->span[from];
}

static void step_level(struct stretch *s, enum level level, int change, int64_t tick)
{
    s->change[level] += change;
    s->area[level] -= (wide)change * tick;
}

/* One more on this level from `in` to `out`. `from` is a span not after them. */
static void add_stay(struct pool *p, const struct oh_model *m, enum level level, double in,
                     double out, uint32_t from)
{
    step_level(span_of(p, in, from), level, 1, ticks_at(m, in));
    step_level(span_of(p, out, from), level, -1, ticks_at(m, out));
}

/* Levels into areas, span by span. */
static void close_spans(struct pool *p, const struct replication *r, double end)
{
    const struct oh_model *m = r->model;
    int64_t level[LEVELS] = {0};
    double begin = m->start;
    for (uint32_t k = 0; k < p->spans; k++) {
        struct stretch *s = &p->span[k];
        double until = k + 1 < p->spans ? s->end : fmax(end, begin);
        for (int l = 0; l < LEVELS; l++) {
            s->area[l] -= (wide)level[l] * ticks_at(m, begin);
            level[l] += s->change[l];
            s->area[l] += (wide)level[l] * ticks_at(m, until);
        }
        begin = until;
        if (!s->counted)
            continue;
        struct group_sums *group = sums_group(&r->sums, m, s->row, 0, s->period);
        uint32_t *most = &r->sums.queue_max[s->row * sums_periods(m) + s->period];
        uint64_t calls = 0;
        for (int o = 0; o < OUTCOMES; o++)
            calls += s->sums->ended[o];
        s->sums->by_cause[CAUSE_FRESH] = calls;
        s->sums->queue_area += s->area[WAITING];
        s->sums->system_area += s->area[PRESENT];
        group->staffed_area += s->area[STAFFED];
        group->busy_area += s->area[BUSY];
        group->contact_area += s->area[BUSY];
        group->overtime_area += s->area[OVER];
        *most = s->most > *most ? s->most : *most;
        s->sums->queue_max = *most;
    }
}

/* ---- agents ---- */

static void change_staff(struct pool *p, const struct oh_model *m, int change, double at)
{
    struct stretch *s = span_of(p, at, p->now);
    p->on_duty += (uint32_t)change;
    step_level(s, STAFFED, change, ticks_at(m, at));
    uint32_t over = p->on_duty > p->planned ? p->on_duty - p->planned : 0;
    if (over != p->over)
        step_level(s, OVER, (int)over - (int)p->over, ticks_at(m, at));
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
    struct stretch *left = span_of(p, at, c->span), *s = counted_in(p, r, c->span, left);
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
    add_stay(p, r->model, WAITING, c->at, c->gives_up, c->span);
    add_stay(p, r->model, PRESENT, c->at, c->gives_up, c->span);
    time_heap_push(&p->gave_up, c->gives_up);
    leaves(p, r, c, OUTCOME_ABANDONED, c->patience, c->gives_up);
}

static void is_cut_off(struct pool *p, struct replication *r, const struct pool_call *c, double at)
{
    add_stay(p, r->model, WAITING, c->at, at, c->span);
    add_stay(p, r->model, PRESENT, c->at, at, c->span);
    leaves(p, r, c, OUTCOME_CUT_OFF, fmax(0, at - c->at), at);
}

/* An agent takes the call at `start`: the whole rest of its story. One body for calls that waited
 * and one for calls that did not. */
static inline __attribute__((always_inline)) void
serve(struct pool *p, struct replication *r, const struct pool_call *c, double start, bool delayed)
{
    const struct oh_model *m = r->model;
    struct stretch *entry = &p->span[c->span];
    double talk = c->talk, hold = c->hold, wrap_up = c->wrap_up, wait = 0, begun = start;
    if (p->speed != 1) {
        talk /= p->speed;
        hold /= p->speed;
        wrap_up /= p->speed;
    }
    if (delayed)
        wait = start - c->at;
    if (c->ring > 0) {
        wait += c->ring;
        begun += c->ring;
    }
    double left = begun + (talk + hold), free = wrap_up > 0 ? left + wrap_up : left;
    if (free >= p->busy.near && pool_times_is_far(&p->busy, free))
        release(p, m, c->at);
    pool_times_push(&p->busy, free);
    int64_t t_at = ticks_at(m, c->at), t_left = ticks_at(m, left);
    int64_t t_start = delayed ? ticks_at(m, start) : t_at;
    int64_t t_free = wrap_up > 0 ? ticks_at(m, free) : t_left;
    if (free <= entry->last) {
        entry->area[WAITING] += t_start - t_at;
        entry->area[PRESENT] += t_left - t_at;
        entry->area[BUSY] += t_free - t_start;
    } else {
        if (delayed)
            add_stay(p, m, WAITING, c->at, start, c->span);
        add_stay(p, m, PRESENT, c->at, left, c->span);
        add_stay(p, m, BUSY, start, free, c->span);
    }
    if (!entry->counted)
        return;
    struct stretch *s = entry;
    if (left > entry->last)
        s = counted_in(p, r, c->span, span_of(p, left, c->span));
    s->sums->ended[OUTCOME_ANSWERED]++;
    s->sums->delayed += delayed;
    s->sums->in_system += t_left - t_at;
    s->sums->handling += ticks_of(m, talk + hold + wrap_up);
    hist_add(s->answered, wait);
    if (wait > 0)
        sums_wait(s->sums, m, p->queue, OUTCOME_ANSWERED, wait, delayed);
    entry->sums->callers_served++;
    if (free > p->end)
        p->end = free;
}

/* ---- the line ---- */

static uint32_t pending(const struct pool *p)
{
    return p->pending_to - p->pending_from;
}

static uint32_t in_line(struct pool *p, double now)
{
    while (p->answered_from != p->answered_to && p->answered[p->answered_from & LINE_MASK] <= now)
        p->answered_from++;
    while (p->gave_up.n > 0 && p->gave_up.time[0] <= now)
        time_heap_pop(&p->gave_up);
    return p->answered_to - p->answered_from + p->gave_up.n + pending(p);
}

static void serve_from_line(struct pool *p, struct replication *r, const struct pool_call *c,
                            double start)
{
    p->answered[p->answered_to++ & LINE_MASK] = start;
    serve(p, r, c, start, true);
}

/* Those in line who will be answered, or give up, up to `last`. */
static void settle(struct pool *p, struct replication *r, double last)
{
    while (pending(p) > 0) {
        const struct pool_call *c = &p->pending[p->pending_from & LINE_MASK];
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
    uint32_t keep = p->pending_from;
    for (uint32_t i = p->pending_from; i != p->pending_to; i++) {
        const struct pool_call *c = &p->pending[i & LINE_MASK];
        if (c->gives_up <= last)
            abandons(p, r, c);
        else
            p->pending[keep++ & LINE_MASK] = *c;
    }
    p->pending_to = keep;
}

/* Nobody is idle: a call that arrives must wait, if it may and will. */
static void joins(struct pool *p, struct replication *r, struct pool_call *c, double balk,
                  double last)
{
    struct stretch *s = &p->span[p->now];
    /* So many are in line at most; how many exactly is only looked at where it matters. */
    uint32_t before = p->answered_to - p->answered_from + p->gave_up.n + pending(p);
    if (before >= s->most || before >= p->queue->capacity || before >= MOST_WAITING)
        before = in_line(p, c->at);
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
    double free = pending(p) > 0 ? INFINITY : next_free(p, r, last);
    if (free <= last && free <= c->gives_up) {
        pool_times_pop(&p->busy);
        serve_from_line(p, r, c, free);
    } else if (c->gives_up <= last) {
        abandons(p, r, c);
    } else {
        p->pending[p->pending_to++ & LINE_MASK] = *c;
    }
}

/* All arrivals up to `last`, from batches of callers. */
static void arrivals(struct pool *p, struct replication *r, double last)
{
    struct source_state *s = &r->source[0];
    struct pool_call c = {.span = p->now};
    while (s->at[s->pos] <= last && !p->beyond) {
        uint32_t i = s->pos;
        c.at = s->at[i];
        c.patience = s->patience[i];
        c.ring = s->ring[i];
        c.talk = s->talk[i];
        c.hold = s->hold[i];
        c.wrap_up = s->wrap_up[i];
        if (r->closed && c.at >= p->end)
            return;
        r->numbers++;
        if (p->debt > 0 && pending(p) == 0)
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
        if (++s->pos == BATCH)
            sources_refill(r, 0);
    }
}

/* ---- the plan ---- */

static void staff_up(struct pool *p, struct replication *r, const struct model_plan *item)
{
    uint32_t have = p->on_duty - p->debt, more = item->target > have ? item->target - have : 0;
    uint32_t stay = p->debt < more ? p->debt : more;
    p->debt -= stay;
    more -= stay;
    change_staff(p, r->model, (int)more, item->time);
    for (; more > 0 && pending(p) > 0; more--)
        serve_from_line(p, r, &p->pending[p->pending_from++ & LINE_MASK], item->time);
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
        const struct pool_call *c = &p->pending[i & LINE_MASK];
        if (isinf(c->gives_up))
            is_cut_off(p, r, c, at);
        else
            p->pending[keep++ & LINE_MASK] = *c;
    }
    p->pending_to = keep;
}

static void close_pool(struct pool *p, struct replication *r, double at)
{
    r->closed = true;
    if (r->model->steady)
        return;
    for (; r->model->hang_up && pending(p) > 0; p->pending_from++)
        is_cut_off(p, r, &p->pending[p->pending_from & LINE_MASK], at);
    if (pending(p) == 0) {
        change_staff(p, r->model, -(int)p->idle, at);
        p->idle = 0;
    }
    if (p->on_duty == 0)
        p->stranded = at;
}

static void follow(struct pool *p, struct replication *r, const struct model_plan *item)
{
    bool up = item->kind == PLAN_STAFF_UP, down = item->kind == PLAN_STAFF_DOWN;
    bool closing = !r->model->steady && item->time >= r->model->close;
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
    uint32_t waiting = in_line(p, p->span[p->now].last);
    p->span[++p->now].most = waiting;
    if (item->kind == PLAN_CLOSE)
        close_pool(p, r, item->time);
}

/* After closing: the line is served to its end, and everybody goes when he has nothing to do. */
static void finish_day(struct pool *p, struct replication *r)
{
    settle(p, r, FOREVER);
    if (pending(p) > 0 && isfinite(p->stranded))
        cut_stranded(p, r, p->stranded);
    p->beyond = p->beyond || pending(p) > 0;
    while (p->busy.count > 0) {
        double at = pool_times_pop(&p->busy);
        change_staff(p, r->model, -1, at);
    }
}

static void finish_steady(struct pool *p, struct replication *r)
{
    settle(p, r, FOREVER);
    p->beyond = p->beyond || pending(p) > 0;
    arrivals(p, r, FOREVER);
}

static void reset(struct pool *p, struct replication *r)
{
    pool_times_reset(&p->busy, r->model->start);
    p->idle = p->debt = p->on_duty = p->planned = p->over = 0;
    p->answered_from = p->answered_to = p->pending_from = p->pending_to = 0;
    p->gave_up.n = 0;
    p->end = -INFINITY;
    p->stranded = INFINITY;
    p->beyond = false;
    make_spans(p, r);
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
        double last = before_item(&m->plan[i]);
        settle(p, r, last);
        arrivals(p, r, last);
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
    close_spans(p, r, m->close);
    return true;
}
