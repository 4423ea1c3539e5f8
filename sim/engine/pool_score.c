/* pool_score.c - loops over a batch that the compiler turns into vectors.
 */
#include "pool_score.h"

#include "../math/clones.h"

/* ticks_at and ticks_of, for what is within the clock's range. */
static inline int64_t clock_ticks(double time, double ticks_per_second)
{
    return (int64_t)(time * ticks_per_second);
}
static inline int64_t duration_ticks(double seconds, double ticks_per_second)
{
    return (int64_t)(seconds * ticks_per_second + 0.5);
}

CLONED
void pool_score_at_once(const struct pool_list *list, const double *free, const struct oh_model *m,
                        struct pool_counts *counts)
{
    const double ticks_per_second = m->ticks_per_second;
    int64_t present = 0, busy = 0, handling = 0;
    double last = counts->last;
    for (uint32_t i = 0; i < list->n; i++) {
        int64_t at = clock_ticks(list->at[i], ticks_per_second);
        present += clock_ticks(list->left[i], ticks_per_second) - at;
        busy += clock_ticks(free[i], ticks_per_second) - at;
        handling += duration_ticks(list->handling[i], ticks_per_second);
        last = free[i] > last ? free[i] : last;
    }
    counts->present += present;
    counts->busy += busy;
    counts->handling += handling;
    counts->last = last;
}

/* How many waited longer than this. */
static inline uint64_t beyond(const double *wait, uint32_t n, double limit)
{
    uint64_t count = 0;
    for (uint32_t i = 0; i < n; i++)
        count += wait[i] > limit;
    return count;
}

CLONED
void pool_score_waited(const struct pool_list *list, const double *free, const struct oh_model *m,
                       double wait[BATCH], struct pool_counts *counts)
{
    const struct model_queue *q = &m->queue[0];
    const double ticks_per_second = m->ticks_per_second;
    int64_t waiting = 0, present = 0, busy = 0, handling = 0, sum = 0, excess = 0;
    double limit = q->limits > 0 ? q->limit[0] : INFINITY;
    int64_t limit_ticks = q->limits > 0 ? ticks_of(m, limit) : 0;
    double last = counts->last, longest = counts->longest;
    for (uint32_t i = 0; i < list->n; i++) {
        int64_t at = clock_ticks(list->at[i], ticks_per_second);
        int64_t start = clock_ticks(list->start[i], ticks_per_second);
        double waited = wait[i] = list->start[i] - list->at[i];
        int64_t ticks = duration_ticks(waited, ticks_per_second);
        waiting += start - at;
        present += clock_ticks(list->left[i], ticks_per_second) - at;
        busy += clock_ticks(free[i], ticks_per_second) - start;
        handling += duration_ticks(list->handling[i], ticks_per_second);
        sum += ticks;
        excess += waited > limit ? ticks - limit_ticks : 0;
        last = free[i] > last ? free[i] : last;
        longest = waited > longest ? waited : longest;
    }
    counts->waiting += waiting;
    counts->present += present;
    counts->busy += busy;
    counts->handling += handling;
    counts->wait += sum;
    counts->excess += excess;
    counts->last = last;
    counts->longest = longest;
    counts->too_late += beyond(wait, list->n, q->value_within);
    for (size_t k = 0; k < q->limits; k++)
        counts->late[k] += beyond(wait, list->n, q->limit[k]);
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
