/* evq.c - the calendar queue behind evq.h.
 */
#include "evq.h"

#include <stdlib.h>

enum { BUCKETS_MIN = 64, TUNE_POPS = 1024, TUNE_STEPS_PER_POP = 3 };

/* Width of a bucket in mean times between events. */
static const double WIDTH_IN_GAPS = 1.5;

bool evq_init(struct evq *q, uint32_t capacity)
{
    *q = (struct evq){.capacity = capacity, .buckets_max = BUCKETS_MIN, .first = EVQ_NONE};
    while (q->buckets_max < capacity && q->buckets_max < 1u << 30)
        q->buckets_max *= 2;
    q->event = malloc(capacity * sizeof *q->event);
    q->bucket = malloc(q->buckets_max * sizeof *q->bucket);
    if (q->event && q->bucket)
        return true;
    evq_free(q);
    return false;
}

void evq_free(struct evq *q)
{
    free(q->event);
    free(q->bucket);
    *q = (struct evq){.first = EVQ_NONE};
}

static void clear_buckets(struct evq *q)
{
    for (uint32_t b = 0; b < q->buckets; b++)
        q->bucket[b] = (struct evq_bucket){EVQ_NONE, EVQ_NONE};
}

static void set_width(struct evq *q, double width)
{
    /* A day number must stay far below 2^63 for any time of a replication. */
    q->width = width > 1e-9 ? width : 1e-9;
    q->per_width = 1 / q->width;
}

void evq_reset(struct evq *q, double origin, double spacing)
{
    q->buckets = BUCKETS_MIN;
    q->count = q->pops = q->steps = 0;
    q->origin = q->tuned_at = origin;
    q->day = 0;
    q->first = EVQ_NONE;
    set_width(q, spacing * WIDTH_IN_GAPS);
    clear_buckets(q);
}

static uint64_t day_of(const struct evq *q, double time)
{
    return (uint64_t)(int64_t)((time - q->origin) * q->per_width);
}

static bool before(const struct event *a, const struct event *b)
{
    return a->time < b->time || (a->time == b->time && a->key < b->key);
}

static void link_event(struct evq *q, uint32_t id)
{
    struct event *e = &q->event[id];
    struct evq_bucket *b = &q->bucket[day_of(q, e->time) & (q->buckets - 1)];
    uint32_t after = b->tail;
    while (after != EVQ_NONE && before(e, &q->event[after])) {
        after = q->event[after].prev;
        q->steps++;
    }
    uint32_t next = after == EVQ_NONE ? b->head : q->event[after].next;
    e->prev = after;
    e->next = next;
    if (after == EVQ_NONE)
        b->head = id;
    else
        q->event[after].next = id;
    if (next == EVQ_NONE)
        b->tail = id;
    else
        q->event[next].prev = id;
}

static void unlink_event(struct evq *q, uint32_t id)
{
    struct event *e = &q->event[id];
    struct evq_bucket *b = &q->bucket[day_of(q, e->time) & (q->buckets - 1)];
    if (e->prev == EVQ_NONE)
        b->head = e->next;
    else
        q->event[e->prev].next = e->next;
    if (e->next == EVQ_NONE)
        b->tail = e->prev;
    else
        q->event[e->next].prev = e->prev;
    e->prev = id;
    q->count--;
}

/* Puts all events into `buckets` buckets of a new width. They are chained through `next` first,
 * since no other memory is at hand. */
static void rebuild(struct evq *q, uint32_t buckets, double width, double now)
{
    uint32_t chain = EVQ_NONE;
    for (uint32_t b = 0; b < q->buckets; b++)
        for (uint32_t id = q->bucket[b].tail; id != EVQ_NONE;) {
            uint32_t prev = q->event[id].prev;
            q->event[id].next = chain;
            chain = id;
            id = prev;
        }
    q->buckets = buckets;
    clear_buckets(q);
    set_width(q, width);
    q->day = day_of(q, now);
    while (chain != EVQ_NONE) {
        uint32_t next = q->event[chain].next;
        uint64_t day = day_of(q, q->event[chain].time);
        if (day < q->day) /* `now` may be rounded up */
            q->day = day;
        link_event(q, chain);
        chain = next;
    }
    q->steps = q->pops = 0;
    q->tuned_at = now;
}

void evq_push(struct evq *q, uint32_t id, double time, uint64_t key)
{
    struct event *e = &q->event[id];
    e->time = time;
    e->key = key;
    q->count++;
    link_event(q, id);
    uint64_t day = day_of(q, time);
    if (day < q->day)
        q->day = day;
    if (q->first != EVQ_NONE && before(e, &q->event[q->first]))
        q->first = id;
    if (q->count > 2 * q->buckets && q->buckets < q->buckets_max)
        rebuild(q, q->buckets * 2, q->width, q->origin + (double)q->day * q->width);
}

/* The earliest head of all buckets: for when a whole year passes without an event. */
static uint32_t search_all(struct evq *q)
{
    uint32_t best = EVQ_NONE;
    for (uint32_t b = 0; b < q->buckets; b++) {
        uint32_t head = q->bucket[b].head;
        if (head != EVQ_NONE && (best == EVQ_NONE || before(&q->event[head], &q->event[best])))
            best = head;
    }
    q->steps += q->buckets;
    q->day = day_of(q, q->event[best].time);
    return best;
}

uint32_t evq_peek(struct evq *q)
{
    if (q->first != EVQ_NONE || q->count == 0)
        return q->first;
    for (uint32_t tried = 0; tried < q->buckets; tried++, q->day++) {
        uint32_t head = q->bucket[q->day & (q->buckets - 1)].head;
        if (head != EVQ_NONE && day_of(q, q->event[head].time) <= q->day)
            return q->first = head;
        q->steps++;
    }
    return q->first = search_all(q);
}

static void pop(struct evq *q, uint32_t id)
{
    double now = q->event[id].time;
    unlink_event(q, id);
    q->first = EVQ_NONE;
    if (++q->pops < TUNE_POPS)
        return;
    double gap = (now - q->tuned_at) / q->pops;
    if (gap > 0 && q->steps > TUNE_STEPS_PER_POP * q->pops) {
        uint32_t buckets = q->buckets;
        while (buckets > BUCKETS_MIN && buckets > 4 * q->count)
            buckets /= 2;
        rebuild(q, buckets, gap * WIDTH_IN_GAPS, now);
    }
    q->pops = q->steps = 0;
    q->tuned_at = now;
}

/* Most often it is the next one, whose time has come: the pace of those is what the width follows.
 */
void evq_cancel(struct evq *q, uint32_t id)
{
    if (q->first == id)
        pop(q, id);
    else
        unlink_event(q, id);
}
