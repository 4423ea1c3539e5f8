/* branch.c - the state of a day kept at each interval, and a day that begins and ends there.
 *
 * The one idea: let A be what had been counted when the branch begins, B what the trunk had counted
 * when the two days are the same again, and D what the branch counts in between. What the trunk
 * counts after that, whole - B, the branch would count as well: so its sums are A + D + (whole -
 * B). They differ from the trunk's only in the periods of calls that were present in between, and
 * only these are kept. Maxima cannot be taken apart; where one is in doubt, the branch goes on.
 */
#include "branch.h"

#include <stdlib.h>
#include <string.h>

#include "likeness.h"

/* The trunk at the beginning of an interval. */
struct mark {
    double time;
    uint64_t likeness;
    uint32_t earliest;        /* period to whose sums something may still be added */
    size_t state, sums;       /* where they are in `kept` */
    struct replication shape; /* its numbers; what it points to is in `kept` */
};

struct trunk {
    struct watch watch; /* of the replication; its first member, so that it is found again */
    const oh_model *model;
    struct replication *r;
    struct mark *mark; /* [intervals] */
    size_t marks;      /* reached so far */
    char *kept;
    size_t used, room;
    bool no_memory;
    struct sums whole;   /* what the trunk counted */
    uint64_t numbers;    /* of its calls */
    struct sums patched; /* the same, with a branch's changes while there is one */
    /* of the branch that is played */
    size_t from, to; /* intervals: begins, and is the same again; to = intervals: never */
    size_t next;     /* mark to look at */
    uint64_t again;  /* calls that enter after that */
    struct sums difference, before, seen; /* D, A and B, period by period; D is empty in between */
    char *spare;                          /* one period */
};

/* ---- keeping ---- */

static bool make_room(struct trunk *t, size_t bytes)
{
    if (t->used + bytes <= t->room)
        return true;
    size_t room = 2 * t->room + bytes;
    char *kept = realloc(t->kept, room);
    t->no_memory = t->no_memory || !kept;
    if (!kept)
        return false;
    t->kept = kept;
    t->room = room;
    return true;
}

/* Arrays that are taken out of a replication, or put back into it. */
struct parcel {
    char *at;
    bool back;
    size_t size; /* so far */
};

static void put(struct parcel *p, void *array, size_t bytes)
{
    if (p->at && p->back)
        memcpy(array, p->at + p->size, bytes);
    else if (p->at)
        memcpy(p->at + p->size, array, bytes);
    p->size += bytes;
}

/* All that a replication points to and that changes, for the numbers that `shape` has. */
static void put_all(struct parcel *p, const struct replication *r, const struct replication *shape)
{
    const struct oh_model *m = r->model;
    const struct evq *q = &shape->evq;
    put(p, r->call, shape->calls_used * sizeof *r->call);
    put(p, r->agent, m->agents * sizeof *r->agent);
    put(p, r->hours, m->agents * sizeof *r->hours);
    put(p, r->queue, m->queues * sizeof *r->queue);
    put(p, r->group, m->groups * sizeof *r->group);
    put(p, r->source, m->sources * sizeof *r->source);
    put(p, r->source_heap, m->sources * sizeof *r->source_heap);
    put(p, r->source_next, m->sources * sizeof *r->source_next);
    put(p, q->slot, (q->mask + 1) * sizeof *q->slot);
    put(p, q->used, (q->mask + 1) / 8);
    put(p, q->heap, q->in_heap * sizeof *q->heap);
    put(p, q->event, shape->calls_used * sizeof *q->event);
    put(p, q->event + MODEL_MAX_PRESENT, m->agents * sizeof *q->event);
}

/* All that is counted in a period. */
static void put_period(struct parcel *p, const struct oh_model *m, const struct sums *s, uint32_t k)
{
    for (uint32_t q = 0; q < m->queues; q++)
        put(p, sums_queue(s, m, 0, q, k), sizeof *s->queue);
    for (uint32_t g = 0; g < m->groups; g++)
        put(p, sums_group(s, m, 0, g, k), sizeof *s->group);
    put(p, &s->queue_max[k], sizeof *s->queue_max);
}

static size_t period_size(const struct oh_model *m)
{
    return m->queues * sizeof(struct queue_sums) + m->groups * sizeof(struct group_sums) +
           sizeof(uint32_t);
}

/* At the beginning of interval i: OUTSIDE, and periods to which something may still be added. */
static void put_sums(struct parcel *p, const struct trunk *t, const struct sums *s, size_t i)
{
    put_period(p, t->model, s, (uint32_t)t->model->shape.intervals);
    for (uint32_t k = t->mark[i].earliest; k < i; k++)
        put_period(p, t->model, s, k);
}

static bool keep(struct trunk *t, size_t i)
{
    struct replication *r = t->r;
    struct mark *mark = &t->mark[i];
    struct parcel state = {0}, sums = {0};
    mark->shape = *r;
    put_all(&state, r, r);
    put_sums(&sums, t, &r->sums, i);
    if (!make_room(t, state.size + sums.size))
        return false;
    mark->state = t->used;
    mark->sums = t->used + state.size;
    state = (struct parcel){.at = t->kept + mark->state};
    put_all(&state, r, r);
    sums = (struct parcel){.at = t->kept + mark->sums};
    put_sums(&sums, t, &r->sums, i);
    t->used += state.size + sums.size;
    return true;
}

static void restore(struct trunk *t, size_t i)
{
    struct replication *r = t->r;
    struct parcel state = {.at = t->kept + t->mark[i].state, .back = true};
    *r = t->mark[i].shape;
    put_all(&state, r, r);
    for (uint32_t k = 0; k < r->evq.in_heap; k++)
        r->evq.where[r->evq.heap[k]] = k;
    /* Nobody is counted ahead beyond an item of the plan. */
    evq_reset(&r->ends, t->mark[i].time);
    for (uint32_t a = 0; a < t->model->agents; a++)
        evq_blank(&r->ends, a);
}

/* ---- looking ---- */

/* Everything up to this time is counted, and nothing at it. */
static void settle(struct replication *r, double time)
{
    lazy_settle(r, time, 0);
    set_now(r, time);
    score_flush(r);
}

static bool mark_it(struct watch *watch, struct replication *r, double time)
{
    struct trunk *t = (struct trunk *)watch;
    if (t->marks == t->model->shape.intervals || t->mark[t->marks].time != time)
        return true;
    struct mark *mark = &t->mark[t->marks];
    settle(r, time);
    mark->likeness = likeness_of(r, &mark->earliest);
    /* Whoever enters at this very time still belongs to the period that ends. */
    if (r->period < t->model->shape.intervals && r->period < mark->earliest)
        mark->earliest = r->period;
    if (mark->earliest > t->marks)
        mark->earliest = (uint32_t)t->marks;
    return keep(t, t->marks++);
}

/* ---- putting together ---- */

/* What the trunk had counted in a period at the beginning of interval i (intervals: at the end),
 * into a place of sums. */
static void counted_until(const struct trunk *t, size_t i, uint32_t period, struct sums *out)
{
    const struct oh_model *m = t->model;
    uint32_t outside = (uint32_t)m->shape.intervals;
    const struct mark *mark = &t->mark[i];
    struct parcel whole = {.at = t->spare}, back = {.at = t->spare, .back = true};
    if (i < outside && (period == outside || (period >= mark->earliest && period < i))) {
        size_t at = period == outside ? 0 : 1 + period - mark->earliest;
        back.at = t->kept + mark->sums + at * period_size(m);
    } else if (i < outside && period >= i) {
        memset(t->spare, 0, period_size(m));
    } else {
        put_period(&whole, m, &t->whole, period);
    }
    put_period(&back, m, out, period);
}

/* The largest of what was before and of what follows `seen`, of which only the whole is known.
 * False: it cannot be told. */
static bool largest(double before, double seen, double *whole, bool ended)
{
    bool later = *whole > seen;
    *whole = later ? fmax(before, *whole) : before;
    return later || before >= seen || ended;
}

/* A, B and D of one period go into the whole, at `out`. ended: nothing is added to it after B. */
static bool patch_period(struct trunk *t, uint32_t k)
{
    const struct oh_model *m = t->model;
    uint32_t outside = (uint32_t)m->shape.intervals;
    bool over = t->to == outside, ended = over || (k != outside && k < t->mark[t->to].earliest);
    bool flushed = over || k + 1 < t->to, known = true;
    counted_until(t, t->from, k, &t->before);
    counted_until(t, t->to, k, &t->seen);
    for (uint32_t q = 0; q < m->queues; q++) {
        struct queue_sums *out = sums_queue(&t->patched, m, 0, q, k);
        const struct queue_sums *a = sums_queue(&t->before, m, 0, q, k),
                                *b = sums_queue(&t->seen, m, 0, q, k),
                                *d = sums_queue(&t->difference, m, 0, q, k);
        double line = out->queue_max;
        sums_move(out, a, b, d);
        known = known &&
                largest(fmax(a->wait_max, d->wait_max), b->wait_max, &out->wait_max, ended) &&
                largest(fmax(a->wait_max_all, d->wait_max_all), b->wait_max_all, &out->wait_max_all,
                        ended) &&
                largest(fmax(a->queue_max, d->queue_max), b->queue_max, &line, flushed);
        out->queue_max = (uint32_t)line;
    }
    for (uint32_t g = 0; g < m->groups; g++)
        sums_move_group(sums_group(&t->patched, m, 0, g, k), sums_group(&t->before, m, 0, g, k),
                        sums_group(&t->seen, m, 0, g, k), sums_group(&t->difference, m, 0, g, k));
    double line = t->patched.queue_max[k];
    known = known && largest(fmax(t->before.queue_max[k], t->difference.queue_max[k]),
                             t->seen.queue_max[k], &line, flushed);
    t->patched.queue_max[k] = (uint32_t)line;
    return known;
}

/* The periods that a branch may have touched, and OUTSIDE, are as in `from` again; NULL: empty. */
static void copy_periods(struct trunk *t, struct sums *to, const struct sums *from)
{
    const struct oh_model *m = t->model;
    uint32_t outside = (uint32_t)m->shape.intervals;
    for (uint32_t k = t->mark[t->from].earliest; k <= outside; k++) {
        struct parcel out = {.at = t->spare}, back = {.at = t->spare, .back = true};
        if (k >= t->to && k < outside)
            continue;
        if (from)
            put_period(&out, m, from, k);
        else
            memset(t->spare, 0, period_size(m));
        put_period(&back, m, to, k);
    }
}

/* Can the sums be put together at the beginning of this interval? Then they are. */
static bool patch(struct trunk *t, size_t to)
{
    uint32_t outside = (uint32_t)t->model->shape.intervals;
    bool known = true;
    t->to = to;
    copy_periods(t, &t->patched, &t->whole);
    for (uint32_t k = t->mark[t->from].earliest; known && k < to; k++)
        known = patch_period(t, k);
    return known && patch_period(t, outside);
}

/* ---- a branch ---- */

static bool is_same_again(struct watch *watch, struct replication *r, double time)
{
    struct trunk *t = (struct trunk *)watch;
    uint32_t earliest;
    size_t i = t->next;
    if (i == t->marks || t->mark[i].time != time)
        return true;
    t->next++;
    settle(r, time);
    if (likeness_of(r, &earliest) != t->mark[i].likeness || !patch(t, i))
        return true;
    /* what the trunk does from here on, the branch would do as well */
    t->again = t->numbers - t->mark[i].shape.numbers;
    return false;
}

/* The first item of the plan that is not before this time. */
static size_t cursor_at(const struct oh_model *m, double time)
{
    size_t low = 0, high = m->plans;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (m->plan[middle].time < time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static oh_status play_branch(struct trunk *t, const oh_model *other, struct play *play,
                             char message[256])
{
    struct replication *r = t->r;
    restore(t, t->from);
    r->model = other;
    r->play = play;
    r->sums = t->difference;
    score_here(r);
    t->watch = (struct watch){.looks = is_same_again, .looked = t->mark[t->from].time};
    r->watch = &t->watch;
    /* The plan is another one from here on, so that nothing may be as it was at this time. */
    oh_status status = replication_go_on(r, cursor_at(other, t->mark[t->from].time), message);
    play->calls = r->numbers - t->mark[t->from].shape.numbers;
    if (status != OH_OK)
        return status;
    if (t->watch.stopped)
        r->numbers += t->again;
    else
        patch(t, t->model->shape.intervals);
    return replication_end(r, &t->patched, message);
}

oh_status trunk_branch(struct trunk *t, const oh_model *other, size_t interval, struct play *play,
                       char message[256])
{
    struct sums own = t->r->sums;
    t->from = interval;
    t->next = interval + 1;
    oh_status status = play_branch(t, other, play, message);
    t->to = t->next > t->to ? t->next : t->to;
    t->to = t->watch.stopped ? t->to : t->model->shape.intervals;
    copy_periods(t, &t->patched, &t->whole);
    copy_periods(t, &t->difference, NULL);
    t->r->model = t->model;
    t->r->sums = own;
    t->r->watch = NULL;
    return status;
}

/* ---- the trunk ---- */

oh_status trunk_play(struct trunk *t, struct play *play, char message[256])
{
    struct replication *r = t->r;
    r->play = play;
    r->watch = &t->watch;
    t->watch = (struct watch){.looks = mark_it, .looked = -INFINITY};
    t->marks = t->used = 0;
    replication_begin(r);
    oh_status status = replication_go_on(r, 0, message);
    play->calls = t->numbers = r->numbers;
    if (t->no_memory)
        return OH_NO_MEMORY;
    if (status != OH_OK)
        return status;
    sums_copy(&t->whole, &r->sums, t->model);
    sums_copy(&t->patched, &r->sums, t->model);
    return replication_end(r, &r->sums, message);
}

struct trunk *trunk_new(const oh_model *m)
{
    struct trunk *t = calloc(1, sizeof *t);
    if (!t)
        return NULL;
    t->model = m;
    t->r = replication_new(m);
    t->mark = calloc(m->shape.intervals + 1, sizeof *t->mark);
    t->spare = malloc(period_size(m));
    struct sums *all[] = {&t->whole, &t->patched, &t->difference, &t->before, &t->seen};
    bool fine = t->r && t->mark && t->spare;
    for (size_t i = 0; fine && i < sizeof all / sizeof *all; i++) {
        fine = sums_init(all[i], m);
        if (fine)
            sums_clear(all[i], m);
    }
    for (size_t i = 0; fine && i < m->plans; i++)
        if (m->plan[i].kind == PLAN_PERIOD && m->plan[i].group < m->shape.intervals)
            t->mark[m->plan[i].group].time = m->plan[i].time;
    if (fine)
        return t;
    trunk_free(t);
    return NULL;
}

void trunk_free(struct trunk *t)
{
    if (!t)
        return;
    sums_free(&t->whole);
    sums_free(&t->patched);
    sums_free(&t->difference);
    sums_free(&t->before);
    sums_free(&t->seen);
    replication_free(t->r);
    free(t->mark);
    free(t->spare);
    free(t->kept);
    free(t);
}
