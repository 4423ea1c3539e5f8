/* evq.c - the slow sides of the sorted ring with gaps, and its tuning.
 *
 * What holds between two calls: every event in the ring lies at its natural position or, if that is
 * before `base`, there, or in the run of taken slots that begins at it; and in ascending order.
 */
#include "evq.h"

#include <stdlib.h>
#include <string.h>

/* Slots for each event that happens; slots for each event that is pending, so that most are within
 * reach; what a search in the heap counts as, in words without an event; so many steps that more
 * are not waited for. Measured: see sim/README.md, "What was tried". */
enum {
    SLOTS = 4,
    SLOTS_EACH = 24,
    SLOTS_MIN = 512,
    SLOTS_MANY = 1 << 22,
    FAR_VOIDS = 8,
    STEPS_MOST = 4096
};

static const double GAP_LEAST = 1e-9; /* so that a slot's number stays a whole number */

bool evq_init(struct evq *q, uint32_t capacity, double spacing)
{
    *q = (struct evq){.capacity = capacity, .slots_max = SLOTS_MIN, .mask = SLOTS_MIN - 1};
    while (q->slots_max < 4 * (uint64_t)capacity ||
           (q->slots_max < SLOTS_EACH * (uint64_t)capacity && q->slots_max < SLOTS_MANY))
        q->slots_max *= 2;
    q->per_slot = SLOTS / fmax(spacing, GAP_LEAST);
    /* As large as may be needed, but only what is used is ever touched. */
    q->slot = malloc(q->slots_max * sizeof *q->slot);
    q->used = malloc(q->slots_max / 8);
    q->event = malloc(capacity * sizeof *q->event);
    q->heap = malloc(capacity * sizeof *q->heap);
    q->where = malloc(capacity * sizeof *q->where);
    q->spare = malloc(capacity * sizeof *q->spare);
    if (q->slot && q->used && q->event && q->heap && q->where && q->spare) {
        evq_reset(q, 0);
        return true;
    }
    evq_free(q);
    return false;
}

void evq_free(struct evq *q)
{
    free(q->slot);
    free(q->used);
    free(q->event);
    free(q->heap);
    free(q->where);
    free(q->spare);
    *q = (struct evq){.next = EVQ_NONE};
}

static void empty(struct evq *q)
{
    memset(q->used, 0, (q->mask + 1) / 8);
    q->reach = (q->mask + 1) / 4 * 3;
    q->min = q->heap_min = INFINITY;
    q->next = EVQ_NONE;
    q->first = UINT64_MAX;
    q->near = -INFINITY;
    q->in_ring = q->in_heap = 0;
}

void evq_reset(struct evq *q, double origin)
{
    empty(q);
    q->base = 0;
    q->pops = q->runs = q->voids = 0;
    q->steps_most = STEPS_MOST;
    q->origin = q->tuned_at = origin;
}

static bool taken(const struct evq *q, uint64_t at)
{
    return q->used[(at & q->mask) >> 6] >> (at & 63) & 1;
}

/* The first taken slot behind the word of `from`; there is one. */
uint64_t evq_search(struct evq *q, uint64_t from)
{
    uint64_t word;
    do {
        from = (from | 63) + 1;
        word = q->used[(from & q->mask) >> 6];
        q->voids++;
    } while (!word);
    return from + (uint64_t)__builtin_ctzll(word);
}

/* The first taken slot from here on. */
static uint64_t first_from(struct evq *q, uint64_t at)
{
    uint64_t rest = q->used[(at & q->mask) >> 6] >> (at & 63);
    return rest ? at + (uint64_t)__builtin_ctzll(rest) : evq_search(q, at);
}

/* Slots for so many events. */
static uint64_t slots_for(const struct evq *q, uint32_t count)
{
    uint64_t slots = SLOTS_MIN;
    while (slots < SLOTS_EACH * (uint64_t)count && slots < q->slots_max)
        slots *= 2;
    return slots;
}

/* ---- the heap of what is far ahead ---- */

static bool sooner(const struct evq *q, uint32_t a, uint32_t b)
{
    return evq_before(q, q->event[a].time, q->event[a].key, q->event[b].time, b);
}

static void set_heap(struct evq *q, uint32_t i, uint32_t id)
{
    q->heap[i] = id;
    q->where[id] = i;
    if (i == 0)
        q->heap_min = q->event[id].time;
}

/* Puts an event where there is room for one at i. */
static void sift(struct evq *q, uint32_t i, uint32_t id)
{
    for (; i > 0 && sooner(q, id, q->heap[(i - 1) / 2]); i = (i - 1) / 2)
        set_heap(q, i, q->heap[(i - 1) / 2]);
    for (uint32_t child; (child = 2 * i + 1) < q->in_heap; i = child) {
        if (child + 1 < q->in_heap && sooner(q, q->heap[child + 1], q->heap[child]))
            child++;
        if (!sooner(q, q->heap[child], id))
            break;
        set_heap(q, i, q->heap[child]);
    }
    set_heap(q, i, id);
}

static void heap_remove(struct evq *q, uint32_t i)
{
    uint32_t last = q->heap[--q->in_heap];
    if (i < q->in_heap)
        sift(q, i, last);
    if (q->in_heap == 0)
        q->heap_min = INFINITY;
}

/* The next event of ring and heap. */
void evq_set_next(struct evq *q)
{
    const struct evq_slot *s = &q->slot[q->first & q->mask];
    uint32_t id = q->in_ring > 0 ? s->id : EVQ_NONE;
    if (q->in_heap > 0 && (id == EVQ_NONE || sooner(q, q->heap[0], id)))
        id = q->heap[0];
    q->next = id;
    q->min = id == EVQ_NONE ? INFINITY : q->event[id].time;
}

/* How far the ring reaches now, somewhat less so that rounding does not matter. */
bool evq_is_far(struct evq *q, double time)
{
    q->near = q->origin + (double)(q->base + q->reach / 8 * 7) / q->per_slot;
    return evq_place(q, time) >= q->base + q->reach;
}

void evq_push_far(struct evq *q, uint32_t id)
{
    q->voids += FAR_VOIDS;
    if (q->voids > q->steps_most && q->mask + 1 < slots_for(q, evq_count(q))) {
        evq_tune(q, q->min);
        evq_push(q, id, q->event[id].time, q->event[id].key);
        return;
    }
    sift(q, q->in_heap++, id);
    if (q->next == EVQ_NONE || sooner(q, id, q->next))
        evq_set_next(q);
}

/* ---- runs ---- */

/* Where the bit of a slot was cleared: what begins the ring now. */
static void ring_lost(struct evq *q, uint64_t at)
{
    q->in_ring--;
    if (q->in_ring == 0)
        q->first = UINT64_MAX;
    else if (at == q->first)
        q->first = first_from(q, at);
}

/* Into the ring from slot `at` on, which is taken: what is later in its run moves up by one. */
static void squeeze_in(struct evq *q, uint32_t id, double time, uint64_t key, uint64_t at)
{
    uint64_t gap = at, word = ~q->used[(at & q->mask) >> 6] >> (at & 63);
    while (!word) {
        gap = (gap | 63) + 1;
        word = ~q->used[(gap & q->mask) >> 6];
        q->runs++;
    }
    gap += (uint64_t)__builtin_ctzll(word);
    q->used[(gap & q->mask) >> 6] |= (uint64_t)1 << (gap & 63);
    for (; gap > at; gap--) {
        const struct evq_slot *before = &q->slot[(gap - 1) & q->mask];
        if (!evq_before(q, time, key, before->time, before->id))
            break;
        q->slot[gap & q->mask] = *before;
        q->runs++;
    }
    q->slot[gap & q->mask] = (struct evq_slot){time, id};
}

/* All events into a ring of another size and pace. */
static void rebuild(struct evq *q, uint64_t slots, double per_slot)
{
    uint32_t n = 0, count = evq_count(q);
    if (q->in_ring > 0)
        for (uint64_t at = q->first;; at = first_from(q, at + 1)) {
            q->spare[n++] = q->slot[at & q->mask].id;
            if (n == q->in_ring)
                break;
        }
    for (uint32_t i = 0; i < q->in_heap; i++)
        q->spare[n++] = q->heap[i];
    double begin = q->origin + (double)q->base / q->per_slot;
    q->mask = slots - 1;
    q->per_slot = per_slot;
    empty(q);
    q->base = evq_place(q, fmax(begin, q->origin));
    q->steps_most = UINT32_MAX;
    for (uint32_t i = 0; i < count; i++)
        evq_push(q, q->spare[i], q->event[q->spare[i]].time, q->event[q->spare[i]].key);
}

void evq_push_into_run(struct evq *q, uint32_t id, double time, uint64_t key, uint64_t at)
{
    bool full = q->in_ring > q->mask / 4 && q->mask + 1 < q->slots_max;
    if (full || q->runs > q->steps_most) {
        if (full)
            rebuild(q, 2 * (q->mask + 1), q->per_slot);
        else
            evq_tune(q, q->min);
        evq_push(q, id, time, key);
        return;
    }
    const struct evq_slot *first = &q->slot[q->first & q->mask];
    bool leads =
        q->in_ring == 0 || (at < q->first && evq_before(q, time, key, first->time, first->id));
    if (leads) {
        q->used[(at & q->mask) >> 6] |= (uint64_t)1 << (at & 63);
        q->slot[at & q->mask] = (struct evq_slot){time, id};
        q->first = at;
    } else {
        squeeze_in(q, id, time, key, at < q->first ? q->first : at);
    }
    q->in_ring++;
    if (q->next == EVQ_NONE || evq_before(q, time, key, q->min, q->next))
        evq_set_next(q);
}

/* ---- taking out ---- */

/* The slot of an event, or UINT64_MAX if it is in the heap. */
static uint64_t find(struct evq *q, uint32_t id)
{
    uint64_t at = evq_place(q, q->event[id].time);
    if (q->in_ring == 0 || at >= q->base + q->mask)
        return UINT64_MAX;
    if (at < q->first)
        at = q->first;
    for (; taken(q, at); at++, q->runs++)
        if (q->slot[at & q->mask].id == id)
            return at;
    return UINT64_MAX;
}

/* Closes the gap at a slot, so that what was pushed out of its place goes back. */
static void close_gap(struct evq *q, uint64_t at)
{
    uint64_t gap = at;
    while (taken(q, gap + 1) && evq_place(q, q->slot[(gap + 1) & q->mask].time) <= gap) {
        q->runs++;
        q->slot[gap & q->mask] = q->slot[(gap + 1) & q->mask];
        gap++;
    }
    q->used[(gap & q->mask) >> 6] &= ~((uint64_t)1 << (gap & 63));
    ring_lost(q, gap);
}

void evq_take_out(struct evq *q, uint32_t id)
{
    uint64_t at = find(q, id);
    if (at == UINT64_MAX)
        heap_remove(q, q->where[id]);
    else
        close_gap(q, at);
    q->event[id].key = EVQ_ABSENT;
    if (id != q->next)
        return;
    double now = q->min;
    evq_set_next(q);
    if (++q->pops == EVQ_TUNE_POPS)
        evq_tune(q, now);
}

void evq_pop_far(struct evq *q)
{
    uint32_t id = q->next;
    if (q->in_ring > 0 && q->slot[q->first & q->mask].id == id) {
        q->used[(q->first & q->mask) >> 6] &= ~((uint64_t)1 << (q->first & 63));
        q->base = q->first;
        ring_lost(q, q->first);
    } else {
        uint64_t at = evq_place(q, q->min);
        if (at > q->base)
            q->base = at;
        heap_remove(q, 0);
    }
    q->event[id].key = EVQ_ABSENT;
    evq_set_next(q);
}

/* Long runs mean narrower slots, whatever pace events had so far: some come in swarms. Between the
 * two conditions lies what does not change anything, so that it is not done again and again. */
static double pace(struct evq *q, double now)
{
    double gap = (now - q->tuned_at) / EVQ_TUNE_POPS;
    if (q->runs > q->pops + STEPS_MOST / 8 && q->runs > q->voids)
        return fmin(2 * q->per_slot, SLOTS / GAP_LEAST);
    if (q->pops == EVQ_TUNE_POPS && q->voids > 4 * q->runs && gap > 0 &&
        SLOTS / gap < q->per_slot / 2)
        return fmax(SLOTS / gap, q->per_slot / 4);
    return q->per_slot;
}

void evq_tune(struct evq *q, double now)
{
    double per_slot = pace(q, now);
    uint64_t slots = slots_for(q, evq_count(q));
    if (per_slot != q->per_slot || (2 * q->voids > q->pops && slots > q->mask + 1))
        rebuild(q, slots, per_slot);
    q->pops = q->runs = q->voids = 0;
    q->steps_most = STEPS_MOST + 4 * evq_count(q);
    if (now < INFINITY)
        q->tuned_at = now;
}
