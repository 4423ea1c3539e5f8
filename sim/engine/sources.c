/* sources.c - who arrives, and with what: fresh calls drawn in batches, a source at a time.
 *
 * The one idea: a caller's draws depend on who he is (source, number) and nothing else, so they
 * can be made ahead, in arrays. Arrivals are the n-th point of a unit Poisson process seen through
 * the integrated rate (inversion, not thinning), so that the n-th caller stays the n-th caller
 * when demand is scaled.
 */
#include "../math/clones.h"
#include "../math/detmath.h"
#include "replication.h"

enum { FEW = 8 }; /* sources */

/* Callers of a backlog are numbered from here, far from those who arrive. */
static const uint64_t BACKLOG_FIRST = (uint64_t)1 << 46;

/* ---- when they come ---- */

/* What multiplies a step's rate in this replication. */
static double step_factor(const struct replication *r, const struct source_state *s,
                          const struct model_source *m, const struct model_step *step)
{
    if (m->plain)
        return 1;
    double factor = r->busyness[step->opening] * s->busyness[step->opening];
    return m->noise ? factor * s->noise[step->noise] : factor;
}

/* The time at which a rate that runs from r0 at t to r1 at `until` has the area e; `room`, which is
 * larger than e, is its area up to `until`. */
static double invert_piece(double t, double until, double r0, double r1, double e)
{
    if (r0 == r1 || isinf(until)) {
        double at = t + e / r0;
        return at < until ? at : until;
    }
    double slope = (r1 - r0) / (until - t);
    /* The root of r0 x + slope x^2 / 2 = e that does not cancel. */
    double x = 2 * e / (r0 + sqrt(fmax(0, r0 * r0 + 2 * slope * e)));
    return fmin(t + x, until);
}

/* The next arrival a unit exponential `e` after the last one; INFINITY after the last step. */
static double next_by_rates(const struct replication *r, const struct model_source *m,
                            struct source_state *s, double e)
{
    for (; s->step < m->steps; s->step++) {
        const struct model_step *step = &m->step[s->step];
        double begin = s->step > 0 ? m->step[s->step - 1].until : 0;
        double factor = step_factor(r, s, m, step) / m->batch_mean;
        double r0 = step->rate * factor, r1 = step->rate_end * factor, t = s->clock;
        if (r0 != r1)
            r0 += (r1 - r0) * ((t - begin) / (step->until - begin));
        double room =
            r0 == r1 ? (r0 > 0 ? (step->until - t) * r0 : 0) : (step->until - t) * (r0 + r1) / 2;
        if (e < room)
            return s->clock = invert_piece(t, step->until, r0, r1, e);
        e -= room;
        s->clock = step->until;
    }
    return INFINITY;
}

/* All of a batch at a constant rate, if none comes near the end of the step: the sums wait for
 * each other, and nothing else does. False: some do; s->at means nothing. */
CLONED
static bool all_in_step(struct source_state *s, double until, double rate, const double *gap)
{
    double length[BATCH], before[BATCH], clock = s->clock;
    for (int i = 0; i < BATCH; i++)
        length[i] = gap[i] / rate;
    for (int i = 0; i < BATCH; i++) {
        before[i] = clock;
        s->at[i] = clock += length[i];
    }
    int outside = clock > until;
    for (int i = 0; i < BATCH; i++)
        outside += !(gap[i] < (until - before[i]) * rate);
    if (!outside)
        s->clock = clock;
    return !outside;
}

/* Callers from number i of the batch on, as many as stay within the present step, if its rate is
 * constant: what next_by_rates does. Returns who is next. */
static int steadily(const struct replication *r, const struct model_source *m,
                    struct source_state *s, const double *gap, int i)
{
    const struct model_step *step = &m->step[s->step];
    if (s->step >= m->steps || !(step->rate > 0) || step->rate != step->rate_end)
        return i;
    double rate = step->rate * (step_factor(r, s, m, step) / m->batch_mean), clock = s->clock;
    if (i == 0 && (step->until - clock) * rate > 2 * BATCH &&
        all_in_step(s, step->until, rate, gap))
        return BATCH;
    for (; i < BATCH && gap[i] < (step->until - clock) * rate; i++) {
        double at = clock + gap[i] / rate;
        s->at[i] = clock = at < step->until ? at : step->until;
    }
    s->clock = clock;
    return i;
}

static void arrive_by_rates(const struct replication *r, const struct model_source *m,
                            struct source_state *s, const double *u)
{
    double gap[BATCH];
    det_log_survival_n(u, -1, gap, BATCH);
    for (int i = 0; (i = steadily(r, m, s, gap, i)) < BATCH; i++)
        s->at[i] = next_by_rates(r, m, s, gap[i]);
}

/* Groups of geometric size: a group has its own draws, since its first caller's number depends on
 * the sizes before it. */
static void arrive_in_groups(const struct replication *r, const struct model_source *m,
                             struct source_state *s, const struct draw_key *key)
{
    for (int i = 0; i < BATCH; i++) {
        if (s->members == 0) {
            double gap = draw_one(key, DRAW_GROUP_GAP, 0, s->groups);
            double size = draw_one(key, DRAW_GROUP_SIZE, 0, s->groups);
            double at = next_by_rates(r, m, s, -det_log(1 - gap));
            if (isinf(at))
                s->step = m->steps;
            /* P(size > k) = (1 - 1/mean)^k */
            s->members = 1 + (uint64_t)(det_log(1 - size) / det_log(1 - 1 / m->batch_mean));
            s->groups++;
        }
        s->members--;
        s->at[i] = s->step < m->steps ? s->clock : INFINITY;
    }
}

/* The first call of the first opening after `opening` that has one: what ran past a closing is
 * thrown away, and each opening has a first time of its own. */
static double renew_after(const struct replication *r, const struct model_source *m,
                          struct source_state *s, const struct draw_key *key)
{
    const struct oh_model *model = r->model;
    while (++s->step < model->openings) {
        double u = draw_one(key, DRAW_GROUP_GAP, 0, s->step), gap;
        dist_draw(m->between, key, DRAW_GROUP_GAP, s->step, 1, &u, NULL, &gap);
        s->clock =
            model->opening[s->step].opens + gap / (r->busyness[s->step] * s->busyness[s->step]);
        if (s->clock <= model->opening[s->step].closes)
            return s->clock;
    }
    return INFINITY;
}

/* Times between calls; each opening starts anew, unless the centre did not close before it. */
static void arrive_by_renewal(const struct replication *r, const struct model_source *m,
                              struct source_state *s, const struct draw_key *key, const double *u)
{
    double gap[BATCH];
    const struct oh_model *model = r->model;
    dist_draw(m->between, key, DRAW_ARRIVAL, s->first, BATCH, u, NULL, gap);
    for (int i = 0; i < BATCH; i++) {
        s->at[i] = INFINITY;
        if (s->step >= model->openings)
            continue;
        s->clock += gap[i] / (r->busyness[s->step] * s->busyness[s->step]);
        while (model->opening[s->step].joined && s->clock > model->opening[s->step].closes)
            s->step++;
        bool open = model->steady || s->clock <= model->opening[s->step].closes;
        s->at[i] = open ? s->clock : renew_after(r, m, s, key);
    }
}

static void arrive_by_times(const struct model_source *m, struct source_state *s)
{
    for (uint64_t i = 0; i < BATCH; i++)
        s->at[i] = s->first + i < m->n ? m->at[s->first + i] : INFINITY;
}

/* ---- with what ---- */

/* A trace's own column where it has one. */
static void replay(const double *column, const struct model_source *m, const struct source_state *s,
                   double *x)
{
    for (uint64_t i = 0; column && i < BATCH && s->first + i < m->n; i++)
        x[i] = column[s->first + i];
}

/* All that callers of one queue bring along; at: when they came. */
static void draw_callers(const struct model_queue *q, struct source_state *s,
                         const struct draw_key *key, const double *u_talk, const double *at)
{
    double u0[BATCH], u1[BATCH];
    dist_draw(q->talk, key, DRAW_TALK, s->first, BATCH, u_talk, at, s->talk);
    draw_block(key, DRAW_PATIENCE / 2, 0, s->first, BATCH, u0, s->balk);
    dist_draw(q->patience, key, DRAW_PATIENCE, s->first, BATCH, u0, at, s->patience);
    if (q->hold || q->wrap_up)
        draw_block(key, DRAW_HOLD / 2, 0, s->first, BATCH, u0, u1);
    if (q->hold)
        dist_draw(q->hold, key, DRAW_HOLD, s->first, BATCH, u0, at, s->hold);
    if (q->wrap_up)
        dist_draw(q->wrap_up, key, DRAW_WRAP_UP, s->first, BATCH, u1, at, s->wrap_up);
    if (q->ring) {
        draw_block(key, DRAW_RING / 2, 0, s->first, BATCH, u0, u1);
        dist_draw(q->ring, key, DRAW_RING, s->first, BATCH, u0, at, s->ring);
    }
}

static void refill(struct replication *r, const struct model_source *m, struct source_state *s)
{
    struct draw_key key = {r->play->seed, r->play->number, m->key, 0};
    double u0[BATCH], u1[BATCH];
    draw_block(&key, DRAW_ARRIVAL / 2, 0, s->first, BATCH, u0, u1);
    if (m->kind == SOURCE_RENEWAL)
        arrive_by_renewal(r, m, s, &key, u0);
    else if (m->kind == SOURCE_TIMES)
        arrive_by_times(m, s);
    else if (m->batch_mean > 1)
        arrive_in_groups(r, m, s, &key);
    else
        arrive_by_rates(r, m, s, u0);
    s->pos = 0;
    if (m->mixes > 0) /* drawn when it is known for which queue: sources_arrive */
        return;
    draw_callers(&r->model->queue[m->queue], s, &key, u1, s->at);
    replay(m->talk, m, s, s->talk);
    replay(m->hold, m, s, s->hold);
    replay(m->wrap_up, m, s, s->wrap_up);
    replay(m->patience, m, s, s->patience);
}

void sources_refill(struct replication *r, uint32_t i)
{
    r->source[i].first += BATCH;
    refill(r, &r->model->source[i], &r->source[i]);
}

/* ---- which source is next ---- */

/* Sources by next arrival, then by queue order in the file. */
static bool sooner(const struct replication *r, uint32_t a, uint32_t b)
{
    double ta = r->source_next[a], tb = r->source_next[b];
    return ta < tb || (ta == tb && r->model->source[a].queue < r->model->source[b].queue);
}

static void sift_down(struct replication *r, uint32_t i)
{
    uint32_t *heap = r->source_heap, n = r->sources_left, moved = heap[i];
    for (;;) {
        uint32_t child = 2 * i + 1;
        if (child >= n)
            break;
        if (child + 1 < n && sooner(r, heap[child + 1], heap[child]))
            child++;
        if (!sooner(r, heap[child], moved))
            break;
        heap[i] = heap[child];
        i = child;
    }
    heap[i] = moved;
}

/* Who comes next if there are few sources, in the order of their queues: all are looked at, without
 * a branch that nobody could guess. */
static uint32_t look_through(const struct replication *r)
{
    const double *next = r->source_next;
    uint32_t best = 0, n = (uint32_t)r->model->sources;
    for (uint32_t i = 1; i < n; i++)
        best = next[i] < next[best] ? i : best;
    return best;
}

static bool are_few(const struct oh_model *m)
{
    return m->sources > 0 && m->sources <= FEW && m->source[m->sources - 1].mixes == 0;
}

static void set_next_arrival(struct replication *r)
{
    if (r->few_sources)
        r->source_heap[0] = look_through(r);
    r->next_source = r->sources_left > 0 ? &r->source[r->source_heap[0]] : NULL;
    r->next_arrival = r->sources_left > 0 ? r->source_next[r->source_heap[0]] : INFINITY;
}

/* One factor of the day; 1 without a distribution. */
static double factor_of(const struct replication *r, const struct dist *d, uint32_t key,
                        enum purpose purpose, uint64_t which)
{
    struct draw_key k = {r->play->seed, r->play->number, key, 0};
    double u, x;
    if (!d)
        return 1;
    u = draw_one(&k, purpose, 0, which);
    dist_draw(d, &k, purpose, which, 1, &u, NULL, &x);
    return x;
}

void sources_reset(struct replication *r)
{
    const struct oh_model *m = r->model;
    double *noise = r->noise;
    for (uint32_t d = 0; d < m->openings; d++)
        r->busyness[d] = factor_of(r, m->busyness, draw_source("busyness:"), DRAW_BUSYNESS, d);
    r->sources_left = 0;
    for (uint32_t i = 0; i < m->sources; i++) {
        const struct model_source *src = &m->source[i];
        struct source_state *s = &r->source[i];
        /* Parts that a queue does not have stay 0 from here on. */
        const struct model_queue *q = &m->queue[src->queue];
        *s = (struct source_state){.noise = noise,
                                   .queue = src->queue,
                                   .key = src->key,
                                   .quick = src->mixes == 0 && q->quick && !q->ring};
        for (uint32_t d = 0; d < m->openings; d++)
            s->busyness[d] = factor_of(r, src->busyness, src->key, DRAW_BUSYNESS, d);
        for (uint32_t k = 0; src->noise && k < src->noises; k++)
            *noise++ = factor_of(r, src->noise, src->key, DRAW_NOISE, k);
        refill(r, src, s);
        r->source_next[i] = s->at[0];
        if (s->at[0] < INFINITY)
            r->source_heap[r->sources_left++] = i;
    }
    r->few_sources = are_few(m);
    for (uint32_t i = r->few_sources ? 0 : r->sources_left / 2; i-- > 0;)
        sift_down(r, i);
    set_next_arrival(r);
}

void sources_advance(struct replication *r)
{
    uint32_t i = r->source_heap[0];
    struct source_state *s = &r->source[i];
    if (++s->pos == BATCH)
        sources_refill(r, i);
    r->source_next[i] = s->at[s->pos];
    if (r->source_next[i] == INFINITY)
        r->source_heap[0] = r->source_heap[--r->sources_left];
    if (r->sources_left > 1 && !r->few_sources)
        sift_down(r, 0);
    set_next_arrival(r);
}

static uint32_t queue_of_mix(const struct replication *r, const struct model_source *m,
                             uint64_t caller)
{
    struct draw_key key = {r->play->seed, r->play->number, m->key, 0};
    double u = draw_one(&key, DRAW_MIX, 0, caller);
    size_t i = 0;
    while (i + 1 < m->mixes && u >= m->mix[i].up_to)
        i++;
    return m->mix[i].queue;
}

static uint32_t fresh_call(struct replication *r, uint32_t queue, uint32_t key, uint64_t draw)
{
    uint32_t c = call_new(r, queue, CALL_ENTERING);
    if (c == NONE)
        return NONE;
    struct call *call = &r->call[c];
    call->caller = r->callers++;
    call->draw = draw;
    call->source_key = key;
    call_enters(r, c);
    return c;
}

void sources_arrive(struct replication *r)
{
    uint32_t i = r->source_heap[0];
    const struct model_source *m = &r->model->source[i];
    const struct source_state *s = &r->source[i];
    uint32_t pos = s->pos;
    uint64_t caller = s->first + pos;
    uint32_t queue = m->mixes ? queue_of_mix(r, m, caller) : m->queue;
    uint32_t c = fresh_call(r, queue, m->key, caller);
    if (c == NONE)
        return;
    struct call *call = &r->call[c];
    double balk = s->balk[pos];
    if (m->mixes) {
        balk = call_draws(r, c);
    } else {
        call->patience = s->patience[pos];
        call->ring = s->ring[pos];
        call->talk = s->talk[pos];
        call->hold = s->hold[pos];
        call->wrap_up = s->wrap_up[pos];
    }
    sources_advance(r);
    call_starts(r, c, balk);
}

void sources_backlog(struct replication *r)
{
    for (uint32_t q = 0; q < r->model->queues; q++) {
        const struct spec_queue *rules = r->model->queue[q].rules;
        uint32_t key = draw_source(rules->name);
        for (uint64_t i = 0; i < (uint64_t)rules->backlog; i++) {
            uint32_t c = fresh_call(r, q, key, BACKLOG_FIRST + i);
            if (c == NONE)
                return;
            call_draws(r, c);
            r->call[c].backlog = r->call[c].delayed = true;
            call_lines_up(r, c);
        }
        if (rules->backlog > 0) /* for those who came before the opening */
            routing_rematch(r, q);
    }
}
