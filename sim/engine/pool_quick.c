/* pool_quick.c - the short version of a call's story, for most of them: an agent is free, or will
 * be soon enough, or its caller gives up before, and nothing else can happen.
 *
 * The one idea: the loop only finds out when each call begins. What that comes to is counted a
 * batch at a time, in vectors (pool_score.c). It stops before a call that is special in any way,
 * which then takes the long way in pool.c; that asks the same questions again.
 */
#include "../math/clones.h"
#include "pool_state.h"

#define RARELY(condition) __builtin_expect(condition, 0)

/* Those who gave up, into pool.gave_up if they are still in line. */
static void note_gone(struct pool *p, const struct source_state *s, double now)
{
    struct pool_batch *b = &p->quick;
    for (; b->noted < b->gone; b->noted++) {
        double gives_up = s->at[b->who[b->noted]] + s->patience[b->who[b->noted]];
        if (gives_up > now)
            time_heap_push(&p->gave_up, gives_up);
    }
}

/* Of those in line when the next call comes, so many at most will give up; for the line to be
 * longer than ever in this span, the rest are still to be answered. If the first of these, here,
 * has been, nobody has to count. (Since starts ascend in the order of arrival, Kiefer and
 * Wolfowitz.) */
static uint32_t place_to_check(const struct pool *p)
{
    uint32_t most = p->span[p->now].most, back = most > p->gave_up.n ? most - p->gave_up.n : 0;
    return p->answered_to - (back < p->answered_to ? back : p->answered_to);
}

/* The line may be longer than ever when a call comes at `at`, which will be answered at `start`.
 * False: it must take the long way. */
static __attribute__((noinline)) bool line_grows(struct pool *p, const struct source_state *s,
                                                 double at, double start)
{
    note_gone(p, s, at);
    uint32_t before = pool_in_line(p, at);
    struct stretch *span = &p->span[p->now];
    bool plain = before < p->queue->capacity && before < MOST_WAITING;
    if (plain && before >= span->most)
        span->most = before + 1;
    p->answered[p->answered_to] = start;
    return plain;
}

/* Calls while some agents are idle, who need not wait: up to number `to` of the batch. */
static inline __attribute__((always_inline)) void run_idle(struct pool *p, struct source_state *s,
                                                           uint32_t to, bool parts)
{
    struct pool_batch *b = &p->quick;
    const double *service = parts ? b->service : s->talk;
    uint32_t i = s->pos;
    for (; i < to && p->idle > 0; i++) {
        double at = s->at[i], free = at + service[i];
        if (parts)
            free += b->wrap_up[i];
        if (free >= p->busy.near)
            break;
        if (p->busy.min <= at) {
            pool_times_pop(&p->busy);
            p->idle++;
        }
        pool_times_push_near(&p->busy, free);
        p->idle--;
        b->start[i] = at;
    }
    s->pos = i;
}

/* Calls while nobody is idle, but some agents may have finished: up to number `to` of the batch,
 * which are answered up to `last`. */
static inline __attribute__((always_inline)) void run_busy(struct pool *p, struct source_state *s,
                                                           uint32_t to, double last, bool parts)
{
    struct pool_batch *b = &p->quick;
    const double *service = parts ? b->service : s->talk;
    const double balk = p->queue->balk;
    struct pool_times busy = p->busy;
    uint32_t gone = b->gone, i = s->pos;
    double *answered = p->answered + p->answered_to;
    const double *check = p->answered + place_to_check(p);
    for (; i < to; i++) {
        double at = s->at[i], start = busy.min > at ? busy.min : at, ends = at + s->patience[i];
        if (RARELY(balk > 0) && start > at && s->balk[i] < balk)
            break;
        *answered = start;
        if (RARELY(*check > at)) {
            p->answered_to = (uint32_t)(answered - p->answered);
            b->gone = gone;
            bool plain = line_grows(p, s, at, start);
            answered = p->answered + p->answered_to;
            check = p->answered + place_to_check(p);
            if (!plain)
                break;
        }
        if (RARELY(start > (ends < last ? ends : last))) {
            if (ends > last)
                break;
            b->who[gone++] = i;
            b->start[i] = NAN;
            check += check < answered;
            continue;
        }
        double free = start + service[i];
        if (parts)
            free += b->wrap_up[i];
        if (RARELY(free >= busy.near || busy.far_min <= busy.min))
            break;
        if (RARELY(!pool_times_replace_soon(&busy, free))) {
            p->busy = busy;
            pool_times_replace(&p->busy, free);
            busy = p->busy;
        }
        b->start[i] = start;
        answered += start > at;
        check += start > at;
    }
    s->pos = i;
    b->gone = gone;
    p->busy = busy;
    p->answered_to = (uint32_t)(answered - p->answered);
}

/* Once for handling of one part and once for several. */
CLONED
static void run_single(struct pool *p, struct source_state *s, uint32_t to, double last)
{
    run_idle(p, s, to, false);
    if (p->idle == 0)
        run_busy(p, s, to, last, false);
}

CLONED
static void run_parts(struct pool *p, struct source_state *s, uint32_t to, double last)
{
    run_idle(p, s, to, true);
    if (p->idle == 0)
        run_busy(p, s, to, last, true);
}

/* How many of the batch come up to this time. */
static uint32_t come_until(const struct source_state *s, double until)
{
    uint32_t n = BATCH;
    if (s->at[BATCH - 1] > until)
        for (n = s->pos; s->at[n] <= until;)
            n++;
    return n;
}

void pool_quick_run(struct pool *p, struct replication *r, double last)
{
    enum { LONG_TABLE = 4096 };
    struct source_state *s = &r->source[0];
    struct pool_batch *b = &p->quick;
    double until = last;
    if ((r->closed && !r->model->steady) || p->debt > 0 || pool_pending(p) > 0 || p->queue->ring)
        return;
    if (r->closed) /* who comes now is not counted, so p->end stays what it is */
        until = fmin(last, nextafter(p->end, -INFINITY));
    uint32_t to = come_until(s, until);
    if (to == s->pos)
        return;
    if (p->answered_to > LONG_TABLE)
        pool_in_line(p, s->at[s->pos]);
    pool_times_look_ahead(&p->busy);
    p->busy.near = fmin(p->busy.near, b->exits ? p->span[p->now].last : b->horizon);
    if (b->parts && b->first != s->first) {
        pool_score_prepare(s, p->speed, b->service, b->wrap_up);
        b->first = s->first;
    }
    uint32_t from = s->pos;
    if (b->parts)
        run_parts(p, s, to, last);
    else
        run_single(p, s, to, last);
    r->numbers += s->pos - from;
    note_gone(p, s, s->at[s->pos < BATCH ? s->pos : BATCH - 1]);
}

/* Those who leave in a later span are on their levels until then. */
static void go_on(struct pool *p, const struct oh_model *m, const struct pool_calls *calls)
{
    struct stretch *here = &p->span[p->now];
    for (uint32_t i = 0; i < calls->n; i++) {
        double leaves = calls->start[i] + calls->service[i];
        double free = calls->wrap_up ? leaves + calls->wrap_up[i] : leaves;
        if (!(free > here->last))
            continue;
        pool_move_end(p, m, BUSY, free);
        if (leaves > here->last)
            pool_move_end(p, m, PRESENT, leaves);
    }
}

static void count_answered(struct pool *p, const struct replication *r,
                           const struct pool_calls *calls)
{
    const struct oh_model *m = r->model;
    struct stretch *span = &p->span[p->now];
    struct queue_sums *sums = span->sums;
    struct pool_counts c;
    double wait[BATCH];
    pool_score(calls, m, &c, wait);
    if (c.last > span->last)
        go_on(p, m, calls);
    span->area[WAITING] += c.waiting;
    span->area[PRESENT] += c.present;
    span->area[BUSY] += c.busy;
    if (!span->counted)
        return;
    sums->ended[OUTCOME_ANSWERED] += c.served;
    sums->callers_served += c.served;
    sums->delayed += c.waited;
    sums->in_system += c.present;
    sums->handling += c.handling;
    sums->wait[OUTCOME_ANSWERED] += c.wait;
    sums->wait_delayed += c.wait;
    sums->excess += c.excess;
    sums->wait_max = fmax(sums->wait_max, c.longest);
    sums->wait_max_all = fmax(sums->wait_max_all, c.longest);
    sums->answered_too_late += c.too_late;
    for (size_t k = 0; k < p->queue->limits; k++)
        sums->answered_late[k] += c.late[k];
    p->end = fmax(p->end, c.last);
    hist_add_many(span->answered, 0, c.served - c.waited);
    hist_add_all(span->answered, wait, c.waited);
}

static void count_gone(struct pool *p, const struct replication *r)
{
    const struct oh_model *m = r->model;
    const struct source_state *s = &r->source[0];
    struct stretch *span = &p->span[p->now];
    struct queue_sums *sums = span->sums;
    for (uint32_t k = 0; span->counted && k < p->quick.gone; k++) {
        double at = s->at[p->quick.who[k]], wait = s->patience[p->quick.who[k]];
        int64_t ticks = ticks_at(m, at + wait) - ticks_at(m, at);
        span->area[WAITING] += ticks;
        span->area[PRESENT] += ticks;
        sums->in_system += ticks;
        hist_add(span->abandoned, wait);
        if (wait > 0)
            sums_wait(sums, m, p->queue, OUTCOME_ABANDONED, wait, true);
        p->end = fmax(p->end, at + wait);
    }
    sums->ended[OUTCOME_ABANDONED] += p->quick.gone;
    sums->delayed += p->quick.gone;
    p->quick.gone = p->quick.noted = 0;
}

void pool_quick_count(struct pool *p, struct replication *r)
{
    const struct source_state *s = &r->source[0];
    struct pool_batch *b = &p->quick;
    if (s->pos > b->from) {
        struct pool_calls calls = {
            .n = s->pos - b->from,
            .at = s->at + b->from,
            .start = b->start + b->from,
            .service = (b->parts ? b->service : s->talk) + b->from,
            .wrap_up = b->parts ? b->wrap_up + b->from : NULL,
        };
        count_answered(p, r, &calls);
        count_gone(p, r);
    }
    b->from = s->pos % BATCH;
}
