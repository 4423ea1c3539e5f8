/* evq.h - the event list: a calendar of sorted buckets, with removal in constant time.
 *
 * An event is a number (a call's slot) with a time and an order key; each number is in the list at
 * most once. Ties in time are decided by the key, so the order of events never depends on the
 * inside of this list. Buckets are a power of two in number and `width` seconds wide; bucket b
 * holds the days b, b + n, b + 2n ... in order of time, so the next event is the head of the first
 * bucket whose head belongs to the present day (Brown 1988, with sorted buckets: many events at one
 * instant, as with constant handling, are appended at the tail). The width follows the measured
 * pace of events. No allocation after evq_init.
 */
#ifndef ONHOLD_SIM_EVQ_H
#define ONHOLD_SIM_EVQ_H

#include <stdbool.h>
#include <stdint.h>

#define EVQ_NONE UINT32_MAX

struct event {
    double time;
    uint64_t key;        /* rank << 56 | sequence */
    uint32_t next, prev; /* within the bucket; prev == own number: not in the list */
};

struct evq_bucket {
    uint32_t head, tail;
};

struct evq {
    struct event *event;       /* [capacity] */
    struct evq_bucket *bucket; /* [buckets_max] */
    uint32_t capacity, buckets_max;
    uint32_t buckets; /* in use; a power of two */
    uint32_t count;
    double origin, width, per_width; /* day = (time - origin) * per_width */
    uint64_t day;                    /* no event is before this day */
    uint32_t first;                  /* the next event if known, else EVQ_NONE */
    /* what tuning looks at */
    uint32_t pops, steps;
    double tuned_at;
};

bool evq_init(struct evq *q, uint32_t capacity); /* false: no memory */
void evq_free(struct evq *q);
/* Empties it; events come at `origin` or later, at first about `spacing` seconds apart. */
void evq_reset(struct evq *q, double origin, double spacing);

void evq_push(struct evq *q, uint32_t id, double time, uint64_t key);
/* The next event, or EVQ_NONE; it stays in the list. */
uint32_t evq_peek(struct evq *q);
/* Removes an event, the next one or any other. */
void evq_cancel(struct evq *q, uint32_t id);

static inline uint64_t evq_key(unsigned rank, uint64_t sequence)
{
    return (uint64_t)rank << 56 | sequence;
}

static inline bool evq_has(const struct evq *q, uint32_t id)
{
    return q->event[id].prev != id;
}

#endif
