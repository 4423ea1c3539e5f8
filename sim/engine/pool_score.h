/* pool_score.h - what a batch of served calls adds up to, in whole ticks.
 *
 * All of a batch were served within one span of the clock, so the sums of 64 of them fit 64 bits
 * (a clock time in ticks has 51, compile_ticks), and the loops over them become vectors.
 */
#ifndef ONHOLD_SIM_POOL_SCORE_H
#define ONHOLD_SIM_POOL_SCORE_H

#include "replication.h"

/* A call that an agent takes at `start`. */
struct pool_served {
    double at, start, left, free, handling, wait; /* free: the agent, after wrap-up */
    bool delayed;
};

/* Served calls of a batch, one array for each thing about them. */
struct pool_list {
    uint32_t n;
    double at[BATCH], start[BATCH], left[BATCH], free[BATCH], handling[BATCH];
};

struct pool_counts {
    int64_t waiting, present, busy, handling, wait, excess; /* ticks */
    double longest, last; /* wait; time at which an agent is free */
    uint64_t too_late, late[MAX_LIMITS];
};

/* Those who did not wait (their start is not looked at), and those who did. `free`: when their
 * agents were free; the list's own, or `left` where there is no wrap-up. */
void pool_score_at_once(const struct pool_list *list, const double *free, const struct oh_model *m,
                        struct pool_counts *counts);
/* Writes their waits. */
void pool_score_waited(const struct pool_list *list, const double *free, const struct oh_model *m,
                       double wait[BATCH], struct pool_counts *counts);

/* service = (talk + hold) at this speed, wrap_up the same; of BATCH callers. */
void pool_score_prepare(const struct source_state *s, double speed, double service[BATCH],
                        double wrap_up[BATCH]);

#endif
