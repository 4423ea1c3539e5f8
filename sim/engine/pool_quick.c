/* pool_quick.c - the short version of a call's story, for most of them: an agent is free, or will
 * be soon enough, and nothing else can happen.
 *
 * The one idea: the loop only finds out when each call begins and ends. What that comes to is
 * counted a batch at a time, in vectors (pool_score.c). It stops before a call that is special in
 * any way, which then takes the long way in pool.c; that asks the same questions again.
 */
#include "../math/clones.h"
#include "pool_state.h"

/* What the loop changes, in registers as far as there are enough. */
struct quick {
    struct pool_times busy;
    uint32_t idle, answered, room;
    uint32_t at_once, waited; /* in the lists */
};

/* So many more may join the line without anything having to be looked at. */
static uint32_t room_in_line(struct pool *p, uint32_t waiting)
{
    uint32_t most = p->span[p->now].most;
    if (most > p->queue->capacity)
        most = (uint32_t)p->queue->capacity;
    if (most > MOST_WAITING)
        most = MOST_WAITING;
    return most > waiting ? most - waiting : 0;
}

/* A call is served from `start` on; it is written down, or counted if it goes on into the next
 * span. */
static inline __attribute__((always_inline)) void write_down(struct pool *p, struct replication *r,
                                                             struct pool_list *list, uint32_t *n,
                                                             const struct pool_served *c,
                                                             double span_ends, bool parts)
{
    if (c->free > span_ends) {
        struct pool_served copy = *c;
        pool_count_served(p, r, p->now, &copy);
        return;
    }
    uint32_t k = (*n)++;
    list->at[k] = c->at;
    list->left[k] = c->left;
    list->handling[k] = c->handling;
    if (c->delayed)
        list->start[k] = c->start;
    if (parts)
        list->free[k] = c->free;
}

/* The loop, once for handling of one part and once for several: calls that come up to `until`, and
 * are served up to `last`. */
static inline __attribute__((always_inline)) void run(struct pool *p, struct replication *r,
                                                      double until, double last, bool parts)
{
    struct source_state *s = &r->source[0];
    const double *service = parts ? p->quick.service : s->talk, *wrap_up = p->quick.wrap_up;
    const double span_ends = p->span[p->now].last, balk = p->queue->balk;
    struct quick q = {
        .busy = p->busy,
        .idle = p->idle,
        .answered = p->answered_to,
        .room = room_in_line(p, p->answered_to - p->answered_from + p->gave_up.n),
        .at_once = p->quick.at_once.n,
        .waited = p->quick.waited.n,
    };
    uint32_t i = s->pos;
    for (; i < BATCH; i++) {
        struct pool_served c = {.at = s->at[i], .handling = service[i]};
        if (c.at > until)
            break;
        c.start = c.at;
        if (q.busy.min > c.at && q.idle == 0) {
            c.start = q.busy.min;
            c.delayed = true;
            double ends = c.at + s->patience[i];
            if (c.start > (ends < last ? ends : last) || s->balk[i] < balk)
                break;
            if (q.room == 0) {
                p->answered_to = q.answered;
                q.room = room_in_line(p, pool_in_line(p, c.at));
                q.answered = p->answered_to;
                if (q.room == 0)
                    break;
            }
        }
        c.left = c.free = c.start + c.handling;
        if (parts) {
            c.free += wrap_up[i];
            c.handling += wrap_up[i];
        }
        if (c.free >= q.busy.near || q.busy.far_min <= q.busy.min)
            break;
        if (c.delayed) {
            pool_times_replace_near(&q.busy, c.free);
            p->answered[q.answered++] = c.start;
            q.room--;
            c.wait = c.start - c.at;
            write_down(p, r, &p->quick.waited, &q.waited, &c, span_ends, parts);
        } else {
            if (q.busy.min <= c.at) {
                pool_times_replace_near(&q.busy, c.free);
            } else {
                pool_times_push_near(&q.busy, c.free);
                q.idle--;
            }
            write_down(p, r, &p->quick.at_once, &q.at_once, &c, span_ends, parts);
        }
    }
    r->numbers += i - s->pos;
    s->pos = i;
    p->quick.at_once.n = q.at_once;
    p->quick.waited.n = q.waited;
    p->busy = q.busy;
    p->idle = q.idle;
    p->answered_to = q.answered;
}

CLONED
static void run_single(struct pool *p, struct replication *r, double until, double last)
{
    run(p, r, until, last, false);
}

CLONED
static void run_parts(struct pool *p, struct replication *r, double until, double last)
{
    run(p, r, until, last, true);
}

void pool_quick_run(struct pool *p, struct replication *r, double last)
{
    const struct source_state *s = &r->source[0];
    double until = last;
    if ((r->closed && !r->model->steady) || p->debt > 0 || pool_pending(p) > 0 || p->queue->ring)
        return;
    if (r->closed) /* who comes now is not counted, so p->end stays what it is */
        until = fmin(last, nextafter(p->end, -INFINITY));
    pool_times_look_ahead(&p->busy);
    if (!p->quick.parts) {
        run_single(p, r, until, last);
        return;
    }
    if (p->quick.first != s->first) {
        pool_score_prepare(s, p->speed, p->quick.service, p->quick.wrap_up);
        p->quick.first = s->first;
    }
    run_parts(p, r, until, last);
}

void pool_quick_count(struct pool *p, struct replication *r)
{
    const struct oh_model *m = r->model;
    struct stretch *span = &p->span[p->now];
    struct queue_sums *sums = span->sums;
    struct pool_list *at_once = &p->quick.at_once, *waited = &p->quick.waited;
    uint32_t n = at_once->n + waited->n;
    if (n > 0 && span->counted) {
        struct pool_counts c = {.last = p->end, .longest = sums->wait_max};
        bool parts = p->quick.parts;
        double wait[BATCH];
        pool_score_at_once(at_once, parts ? at_once->free : at_once->left, m, &c);
        pool_score_waited(waited, parts ? waited->free : waited->left, m, wait, &c);
        span->area[WAITING] += c.waiting;
        span->area[PRESENT] += c.present;
        span->area[BUSY] += c.busy;
        sums->ended[OUTCOME_ANSWERED] += n;
        sums->callers_served += n;
        sums->delayed += waited->n;
        sums->in_system += c.present;
        sums->handling += c.handling;
        sums->wait[OUTCOME_ANSWERED] += c.wait;
        sums->wait_delayed += c.wait;
        sums->excess += c.excess;
        sums->wait_max = c.longest;
        sums->wait_max_all = fmax(sums->wait_max_all, c.longest);
        sums->answered_too_late += c.too_late;
        for (size_t k = 0; k < p->queue->limits; k++)
            sums->answered_late[k] += c.late[k];
        p->end = c.last;
        hist_add_many(span->answered, 0, at_once->n);
        for (uint32_t i = 0; i < waited->n; i++)
            hist_add(span->answered, wait[i]);
    }
    at_once->n = waited->n = 0;
}
