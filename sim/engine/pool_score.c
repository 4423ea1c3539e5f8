/* pool_score.c - loops over a batch that the compiler turns into vectors.
 */
#include "pool_score.h"

#include <string.h>

#include "../math/clones.h"

static inline int64_t bits_of(double x)
{
    int64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* Of the larger of two that are not negative, the bits are the larger number: a maximum that the
 * compiler can turn into vectors. */
static inline double from_bits(int64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* ticks_at for what is not negative and has less than 2^51 ticks, plus a constant. Above 2^52 a
 * double's last bit is 1, so adding rounds to a whole number, and the bits count in ones. */
static inline int64_t ticks_and_more(double time, double ticks_per_second)
{
    double x = time * ticks_per_second, sum = x + 0x1p52;
    return bits_of(sum) - (sum - 0x1p52 > x ? 1 : 0);
}
#define MORE 0x4330000000000000 /* the bits of 2^52 */

/* ticks_of. */
static inline int64_t ticks_lasting(double seconds, double ticks_per_second)
{
    double x = seconds * ticks_per_second + 0.5, sum = x + 0x1p52;
    return bits_of(sum) - (sum - 0x1p52 > x ? 1 : 0) - MORE;
}

static inline __attribute__((always_inline)) void add_served(const struct pool_calls *calls,
                                                             double ticks_per_second, bool wraps_up,
                                                             struct pool_counts *counts)
{
    const double *at = calls->at, *start = calls->start, *service = calls->service;
    const double *wrap_up = calls->wrap_up;
    int64_t waiting = 0, present = 0, busy = 0, handling = 0, served = 0, waited = 0, last = 0;
    for (uint32_t i = 0; i < calls->n; i++) {
        const double came = at[i], began = start[i], worked = service[i];
        double begins = began >= came ? began : came, works = began >= came ? worked : 0;
        double leaves = begins + works, free = leaves;
        if (wraps_up) {
            const double wrapped = wrap_up[i];
            double after = began >= came ? wrapped : 0;
            free += after;
            works += after;
        }
        int64_t t_at = ticks_and_more(came, ticks_per_second);
        int64_t t_start = ticks_and_more(begins, ticks_per_second);
        int64_t t_leaves = ticks_and_more(leaves, ticks_per_second);
        waiting += t_start - t_at;
        present += t_leaves - t_at;
        busy += (wraps_up ? ticks_and_more(free, ticks_per_second) : t_leaves) - t_start;
        handling += ticks_lasting(works, ticks_per_second);
        served += began >= came ? 1 : 0;
        waited += began > came ? 1 : 0;
        int64_t end = began >= came ? bits_of(free) : 0;
        last = end > last ? end : last;
    }
    counts->waiting = waiting;
    counts->present = present;
    counts->busy = busy;
    counts->handling = handling;
    counts->served = (uint32_t)served;
    counts->waited = (uint32_t)waited;
    counts->last = from_bits(last);
}

/* How many waited longer than this. */
static inline uint64_t beyond(const double *wait, uint32_t n, double limit)
{
    int64_t count = 0;
    for (uint32_t i = 0; i < n; i++)
        count += wait[i] > limit ? 1 : 0;
    return (uint64_t)count;
}

static inline void add_waits(const double *wait, uint32_t n, const struct model_queue *q,
                             const struct oh_model *m, struct pool_counts *counts)
{
    const double ticks_per_second = m->ticks_per_second;
    double limit = q->limits > 0 ? q->limit[0] : INFINITY;
    int64_t limit_ticks = q->limits > 0 ? ticks_of(m, limit) : 0;
    int64_t sum = 0, excess = 0, longest = 0;
    for (uint32_t i = 0; i < n; i++) {
        int64_t ticks = ticks_lasting(wait[i], ticks_per_second);
        sum += ticks;
        excess += wait[i] > limit ? ticks - limit_ticks : 0;
        longest = bits_of(wait[i]) > longest ? bits_of(wait[i]) : longest;
    }
    counts->wait = sum;
    counts->excess = excess;
    counts->longest = from_bits(longest);
    counts->too_late = beyond(wait, n, q->value_within);
    for (size_t k = 0; k < q->limits; k++)
        counts->late[k] = beyond(wait, n, q->limit[k]);
}

CLONED
void pool_score(const struct pool_calls *calls, const struct oh_model *m,
                struct pool_counts *counts, double wait[BATCH])
{
    if (calls->wrap_up)
        add_served(calls, m->ticks_per_second, true, counts);
    else
        add_served(calls, m->ticks_per_second, false, counts);
    uint32_t n = 0;
    for (uint32_t i = 0; counts->waited > 0 && i < calls->n; i++) {
        wait[n] = calls->start[i] - calls->at[i];
        n += calls->start[i] > calls->at[i];
    }
    add_waits(wait, n, &m->queue[0], m, counts);
}

CLONED
void pool_score_prepare(const struct source_state *s, double speed, double service[BATCH],
                        double wrap_up[BATCH])
{
    for (int i = 0; i < BATCH; i++)
        service[i] = s->talk[i] / speed + s->hold[i] / speed;
    for (int i = 0; i < BATCH; i++)
        wrap_up[i] = s->wrap_up[i] / speed;
}
