/* pool_times.c - the slow sides of the sorted ring with gaps.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pool_times.h"

/* Slots for each busy agent in a mean handling time, and mean handling times that are in reach.
 * Measured: see sim/README.md, "What was tried". Many agents get fewer of both, since a ring that
 * is larger than the cache costs more than runs and a heap do. */
enum { SLOTS = 4, REACH = 8, MANY = 8192, SLOTS_OF_MANY = 2, REACH_OF_MANY = 4 };

void time_heap_push(struct time_heap *heap, double time)
{
    uint32_t i = heap->n++;
    for (; i > 0 && heap->time[(i - 1) / 2] > time; i = (i - 1) / 2)
        heap->time[i] = heap->time[(i - 1) / 2];
    heap->time[i] = time;
}

void time_heap_pop(struct time_heap *heap)
{
    double *h = heap->time, moved = h[--heap->n];
    uint32_t i = 0, n = heap->n;
    for (uint32_t child; (child = 2 * i + 1) < n; i = child) {
        child += child + 1 < n && h[child + 1] < h[child];
        if (h[child] >= moved)
            break;
        h[i] = h[child];
    }
    h[i] = moved;
}

bool pool_times_init(struct pool_times *t, uint32_t most, double busy, double mean)
{
    double slots = busy > MANY ? SLOTS_OF_MANY : SLOTS;
    double reach = busy > MANY ? REACH_OF_MANY : REACH;
    uint64_t size = 256;
    *t = (struct pool_times){.per_slot = slots * fmax(busy, 1) / mean};
    /* A run is at most as long as there are times, so one that begins within reach ends before the
     * ring has gone round. */
    while (size < 4 * (uint64_t)most || (double)size < 2 * reach * slots * busy)
        size *= 2;
    t->mask = size - 1;
    t->reach = size / 2;
    t->slot = malloc(size * sizeof *t->slot);
    t->used = malloc(size / 64 * sizeof *t->used);
    t->far.time = malloc(((size_t)most + 1) * sizeof *t->far.time);
    if (t->slot && t->used && t->far.time)
        return true;
    pool_times_free(t);
    return false;
}

void pool_times_free(struct pool_times *t)
{
    free(t->slot);
    free(t->used);
    free(t->far.time);
    *t = (struct pool_times){0};
}

void pool_times_reset(struct pool_times *t, double origin)
{
    memset(t->used, 0, (t->mask + 1) / 8);
    t->min = t->far_min = INFINITY;
    t->near = -INFINITY;
    t->first = t->front = t->base = 0;
    t->in_ring = t->far.n = 0;
    t->origin = origin;
}

bool pool_times_is_far(struct pool_times *t, double time)
{
    pool_times_look_ahead(t);
    return pool_times_place(t, time) >= t->base + t->reach;
}

void pool_times_push_far(struct pool_times *t, double time)
{
    time_heap_push(&t->far, time);
    t->far_min = t->far.time[0];
    if (time < t->min)
        t->min = time;
}

/* The slot `at` is taken: what is later in its run moves up by one, into the gap behind it. */
void pool_times_push_into_run(double *slot, uint64_t *used, uint64_t mask, double time, uint64_t at)
{
    uint64_t gap = at, word = ~used[(at & mask) >> 6] >> (at & 63);
    while (!word) {
        gap = (gap | 63) + 1;
        word = ~used[(gap & mask) >> 6];
    }
    gap += (uint64_t)__builtin_ctzll(word);
    used[(gap & mask) >> 6] |= (uint64_t)1 << (gap & 63);
    for (; gap > at && slot[(gap - 1) & mask] > time; gap--)
        slot[gap & mask] = slot[(gap - 1) & mask];
    slot[gap & mask] = time;
}

double pool_times_pop_far(struct pool_times *t)
{
    double time = t->far.time[0];
    time_heap_pop(&t->far);
    t->far_min = t->far.n > 0 ? t->far.time[0] : INFINITY;
    uint64_t at = pool_times_place(t, time);
    if (at > t->base + 1)
        t->base = at - 1;
    t->min = t->in_ring > 0 ? t->slot[t->first & t->mask] : INFINITY;
    if (t->far_min < t->min)
        t->min = t->far_min;
    return time;
}

/* The first time behind the word of `from`; there is one. */
uint64_t pool_times_search(const uint64_t *used, uint64_t mask, uint64_t from)
{
    uint64_t word;
    do {
        from = (from | 63) + 1;
        word = used[(from & mask) >> 6];
    } while (!word);
    return from + (uint64_t)__builtin_ctzll(word);
}

void pool_times_replace(struct pool_times *t, double time)
{
    pool_times_pop_near(t);
    pool_times_push_near(t, time);
}
