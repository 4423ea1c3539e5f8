/* pool_times.h - when the busy agents of a pool will be free: a sorted ring with gaps.
 *
 * A time's natural slot is its distance from the origin in slots; each slot holds one time at most,
 * and one bit says whether it does. A time whose slot is taken goes into the next gap, the run
 * before it being kept in order, so the times lie in the ring in ascending order and the earliest
 * is the first set bit. With a few slots a time, on average, runs are short: taking the earliest
 * and putting one back cost a few nanoseconds whatever the number of agents. Times too far ahead
 * for the ring wait in a binary heap. No allocation after pool_times_init.
 *
 * The bits of the word that the earliest is in are kept in `front` too, so that nothing has to wait
 * for memory to find the next. In memory the word is cleared when all of it is over; until then,
 * bits at `base` and before it in that word say nothing, and nothing is put there.
 */
#ifndef ONHOLD_SIM_POOL_TIMES_H
#define ONHOLD_SIM_POOL_TIMES_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

/* A binary heap of times, the earliest at the root. */
struct time_heap {
    double *time;
    uint32_t n;
};
void time_heap_push(struct time_heap *heap, double time);
void time_heap_pop(struct time_heap *heap);

struct pool_times {
    double min;     /* the earliest of all; INFINITY if there are none */
    uint64_t first; /* position of the earliest in the ring */
    uint64_t front; /* the word of `first`: what is taken from there on */
    uint64_t base;  /* nothing is put there or before: about where was popped last */
    double *slot;   /* [mask + 1] */
    uint64_t *used; /* a bit for each slot */
    uint64_t mask, reach;
    uint32_t in_ring;
    double origin, per_slot; /* slots per second */
    double near;             /* a time within reach; what comes before it is, too */
    double far_min;          /* the earliest in the heap; INFINITY if there are none */
    struct time_heap far;
};

/* Room for `most` times. Their natural spread: about `busy` of them over `mean` seconds. False: no
 * memory (nothing to free). */
bool pool_times_init(struct pool_times *t, uint32_t most, double busy, double mean);
void pool_times_free(struct pool_times *t);
/* Empties it; times come at `origin` or later. */
void pool_times_reset(struct pool_times *t, double origin);

/* Updates t->near. Rounding does not matter: it is less than what the ring reaches. */
static inline void pool_times_look_ahead(struct pool_times *t)
{
    t->near = t->origin + (double)(t->base + t->reach / 8 * 7) / t->per_slot;
}
/* Does this time, which is not before t->near, have to go into the heap? */
bool pool_times_is_far(struct pool_times *t, double time);

/* The slow sides of what follows. */
void pool_times_push_far(struct pool_times *t, double time);
void pool_times_push_into_run(double *slot, uint64_t *used, uint64_t mask, double time,
                              uint64_t at);
double pool_times_pop_far(struct pool_times *t);
uint64_t pool_times_search(const uint64_t *used, uint64_t mask, uint64_t from);

static inline uint32_t pool_times_count(const struct pool_times *t)
{
    return t->in_ring + t->far.n;
}

/* The natural position of a time. */
static inline uint64_t pool_times_place(const struct pool_times *t, double time)
{
    double x = (time - t->origin) * t->per_slot;
    return (uint64_t)(int64_t)(x < 0x1p62 ? x : 0x1p62);
}

/* A time into its slot, or into the run that begins there. */
static inline void pool_times_put(double *slot, uint64_t *used, uint64_t mask, double time,
                                  uint64_t at)
{
    uint64_t s = at & mask, bit = (uint64_t)1 << (s & 63), word = used[s >> 6];
    if (word & bit) {
        pool_times_push_into_run(slot, used, mask, time, at);
        return;
    }
    used[s >> 6] = word | bit;
    slot[s] = time;
}

/* Reads t->front again. */
static inline void pool_times_look(struct pool_times *t)
{
    t->front = t->used[(t->first & t->mask) >> 6] & ~(uint64_t)0 << (t->first & 63);
}

/* A time before t->near, and not before what was popped last. The address of *t goes nowhere, so
 * that a loop may have it in registers; so below. */
static inline void pool_times_push_near(struct pool_times *t, double time)
{
    uint64_t at = (uint64_t)(int64_t)((time - t->origin) * t->per_slot);
    /* What was pushed out of its slot, by times that are gone now, must not be overtaken. */
    if (at <= t->base)
        at = t->base + 1;
    if (t->in_ring == 0)
        t->first = at;
    if (at < t->first && time >= t->slot[t->first & t->mask])
        at = t->first;
    t->in_ring++;
    if (time < t->min)
        t->min = time;
    pool_times_put(t->slot, t->used, t->mask, time, at);
    if (at < t->first)
        t->first = at;
    pool_times_look(t);
}

/* Not before what was popped last. */
static inline void pool_times_push(struct pool_times *t, double time)
{
    if (time >= t->near && pool_times_is_far(t, time))
        pool_times_push_far(t, time);
    else
        pool_times_push_near(t, time);
}

/* From t->first to the next; there is one. */
static inline void pool_times_step(struct pool_times *t)
{
    t->front &= t->front - 1;
    if (t->front) {
        t->first = (t->first & ~(uint64_t)63) + (uint64_t)__builtin_ctzll(t->front);
    } else {
        t->used[(t->first & t->mask) >> 6] = 0;
        t->first = pool_times_search(t->used, t->mask, t->first);
        t->front = t->used[(t->first & t->mask) >> 6];
    }
}

/* Takes the earliest, t->min, which is in the ring: t->far_min > t->min. */
static inline double pool_times_pop_near(struct pool_times *t)
{
    double time = t->min;
    t->base = t->first;
    t->min = t->far_min;
    if (--t->in_ring == 0) {
        t->used[(t->first & t->mask) >> 6] = t->front = 0;
        return time;
    }
    pool_times_step(t);
    if (t->slot[t->first & t->mask] < t->min)
        t->min = t->slot[t->first & t->mask];
    return time;
}

/* Takes the earliest, which is in the ring, and puts in a time before t->near and not before it. */
void pool_times_replace(struct pool_times *t, double time);

/* The same, but false, and nothing done, if the new time is the earliest then or close to it.
 * Nothing here has to wait for what was put in just before, unless a branch was guessed wrong. */
static inline __attribute__((always_inline)) bool pool_times_replace_soon(struct pool_times *t,
                                                                          double time)
{
    uint64_t at = (uint64_t)(int64_t)((time - t->origin) * t->per_slot);
    uint64_t front = t->front & (t->front - 1), next = t->first & ~(uint64_t)63;
    if (__builtin_expect(!front, 0)) {
        if (t->in_ring == 1)
            return false;
        next = pool_times_search(t->used, t->mask, t->first);
        front = t->used[(next & t->mask) >> 6];
        if (at <= next)
            return false;
        t->used[(t->first & t->mask) >> 6] = 0;
    } else {
        next += (uint64_t)__builtin_ctzll(front);
        if (__builtin_expect(at <= next, 0))
            return false;
    }
    /* Where one slot is taken and the one behind it is not, both times go there in order, without
     * a branch that nobody can guess. */
    uint64_t s = at & t->mask, *used = &t->used[s >> 6], taken = *used >> (s & 63) & 3;
    if (__builtin_expect(taken == 3 || (taken == 1 && (s & 63) == 63), 0)) {
        pool_times_push_into_run(t->slot, t->used, t->mask, time, at);
        front = t->used[(next & t->mask) >> 6] & ~(uint64_t)0 << (next & 63);
    } else {
        double other = taken & 1 ? t->slot[s] : time;
        *used |= (uint64_t)1 << ((s + (taken & 1)) & 63);
        t->slot[s] = time < other ? time : other;
        t->slot[s + (taken & 1)] = time < other ? other : time;
        if (__builtin_expect((at ^ next) < 64, 0))
            front = t->used[(next & t->mask) >> 6] & ~(uint64_t)0 << (next & 63);
    }
    t->base = t->first;
    t->first = next;
    t->front = front;
    double min = t->slot[next & t->mask];
    t->min = t->far_min < min ? t->far_min : min;
    return true;
}

/* Takes the earliest, t->min. */
static inline double pool_times_pop(struct pool_times *t)
{
    return t->far_min <= t->min ? pool_times_pop_far(t) : pool_times_pop_near(t);
}

#endif
