/* evq.h - the event list: a sorted ring with gaps, with removal of any event.
 *
 * An event is a number (a call's slot) with a time and an order key; each number is in the list at
 * most once. Ties in time are decided by the key, so the order of events never depends on the
 * inside of this list.
 *
 * An event's natural slot is its distance from the origin in slots; a slot holds one event, and one
 * bit says whether it does. An event whose slot is taken goes into the next gap, the run before it
 * being kept in order, so events lie in the ring in ascending order and the next one is the first
 * set bit. With a few slots for each event that happens runs are short: putting in, taking the next
 * one and taking out any other cost a few nanoseconds whatever their number. Events beyond the
 * reach of the ring wait in a binary heap. The width of a slot follows the measured pace of events.
 * No allocation after evq_init.
 */
#ifndef ONHOLD_SIM_EVQ_H
#define ONHOLD_SIM_EVQ_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#define EVQ_NONE   UINT32_MAX
#define EVQ_ABSENT UINT64_MAX

struct event {
    double time;
    uint64_t key; /* rank << 56 | sequence; EVQ_ABSENT: not in the list */
};

struct evq_slot {
    double time;
    uint32_t id;
};

struct evq {
    double min;           /* when the next event comes; INFINITY: there is none */
    double heap_min;      /* the earliest in the heap, or INFINITY */
    uint32_t next;        /* its number, or EVQ_NONE */
    uint64_t first, base; /* positions of the first in the ring, and of the last one popped, or of
                             the clock, if that is later */
    uint64_t mask, reach; /* the ring has mask + 1 slots */
    double origin, per_slot; /* slots a second */
    double near;             /* a time within reach; what comes before it is, too */
    struct evq_slot *slot;   /* [slots_max] */
    uint64_t *used;          /* a bit for each slot */
    struct event *event;     /* [capacity] */
    uint32_t in_ring, in_heap;
    uint32_t *heap;  /* [capacity]: numbers, the earliest at the root */
    uint32_t *where; /* [capacity]: place in the heap of those that are there */
    uint32_t *spare; /* [capacity]: for rebuilding */
    uint32_t capacity;
    uint64_t slots_max;
    /* what tuning looks at */
    uint32_t pops, runs, voids, steps_most;
    double tuned_at;
};

bool evq_init(struct evq *q, uint32_t capacity, double spacing); /* false: no memory */
void evq_free(struct evq *q);
/* Empties it; events come at `origin` or later, at first about as far apart as those before, or as
 * evq_init was told. */
void evq_reset(struct evq *q, double origin);

/* The slow sides of what follows. */
void evq_push_into_run(struct evq *q, uint32_t id, double time, uint64_t key, uint64_t at);
bool evq_is_far(struct evq *q, double time);
void evq_push_far(struct evq *q, uint32_t id);
void evq_take_out(struct evq *q, uint32_t id);
void evq_pop_far(struct evq *q);
void evq_set_next(struct evq *q);
uint64_t evq_search(struct evq *q, uint64_t from);
void evq_tune(struct evq *q, double now);

enum { EVQ_TUNE_POPS = 1024 };

static inline uint64_t evq_key(unsigned rank, uint64_t sequence)
{
    return (uint64_t)rank << 56 | sequence;
}

static inline uint32_t evq_count(const struct evq *q)
{
    return q->in_ring + q->in_heap;
}

static inline bool evq_has(const struct evq *q, uint32_t id)
{
    return q->event[id].key != EVQ_ABSENT;
}

/* This number has no event: to be said once of each before it is used. */
static inline void evq_blank(struct evq *q, uint32_t id)
{
    q->event[id].key = EVQ_ABSENT;
}

/* The natural position of a time. */
static inline uint64_t evq_place(const struct evq *q, double time)
{
    double x = (time - q->origin) * q->per_slot;
    return (uint64_t)(int64_t)(x < 0x1p62 ? x : 0x1p62);
}

static inline bool evq_before(const struct evq *q, double time, uint64_t key, double other,
                              uint32_t id)
{
    return time < other || (time == other && key < q->event[id].key);
}

/* Not before the time of the last one popped, nor before evq_now. */
static inline void evq_push(struct evq *q, uint32_t id, double time, uint64_t key)
{
    q->event[id].time = time;
    q->event[id].key = key;
    if (__builtin_expect(time >= q->near, 0) && evq_is_far(q, time)) {
        evq_push_far(q, id);
        return;
    }
    uint64_t at = (uint64_t)(int64_t)((time - q->origin) * q->per_slot);
    /* Slots before the first event are empty, but what it was pushed out of counts as taken. */
    if (at < q->base)
        at = q->base;
    uint64_t s = at & q->mask, bit = (uint64_t)1 << (s & 63);
    if (at <= q->first || (q->used[s >> 6] & bit)) {
        evq_push_into_run(q, id, time, key, at);
        return;
    }
    q->in_ring++;
    q->used[s >> 6] |= bit;
    q->slot[s] = (struct evq_slot){time, id}; /* behind the slot of the first: it is later */
}

/* Takes the next event out, whose time has come; there is one. */
static inline void evq_pop(struct evq *q)
{
    double now = q->min;
    if (q->heap_min <= now || q->in_ring == 1) {
        evq_pop_far(q);
    } else {
        uint64_t s = q->first & q->mask, rest = q->used[s >> 6] & ~((uint64_t)1 << (s & 63));
        q->event[q->next].key = EVQ_ABSENT;
        q->in_ring--;
        q->base = q->first;
        q->used[s >> 6] = rest;
        rest >>= s & 63;
        q->first = rest ? q->first + (uint64_t)__builtin_ctzll(rest) : evq_search(q, q->first);
        q->min = q->slot[q->first & q->mask].time;
        q->next = q->slot[q->first & q->mask].id;
        if (q->heap_min <= q->min)
            evq_set_next(q);
    }
    if (++q->pops == EVQ_TUNE_POPS)
        evq_tune(q, now);
}

/* Removes an event, the next one or any other, whether its time has come or not. */
static inline void evq_cancel(struct evq *q, uint32_t id)
{
    double time = q->event[id].time;
    if (id != q->next && time < q->near) {
        uint64_t at = (uint64_t)(int64_t)((time - q->origin) * q->per_slot), s = at & q->mask;
        uint64_t bits = q->used[s >> 6] >> (s & 63);
        /* It has its natural slot to itself, and nothing was pushed out of it. */
        if (at > q->first && (s & 63) < 63 && (bits & 3) == 1 && q->slot[s].id == id) {
            q->used[s >> 6] &= ~((uint64_t)1 << (s & 63));
            q->event[id].key = EVQ_ABSENT;
            q->in_ring--;
            return;
        }
    }
    evq_take_out(q, id);
}

/* The clock is here: nothing will be pushed before. */
static inline void evq_now(struct evq *q, double now)
{
    uint64_t at = evq_place(q, now);
    if (at > q->base)
        q->base = at;
}

#endif
