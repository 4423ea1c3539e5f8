/* pool_score.h - what a batch of calls adds up to, in whole ticks.
 *
 * Clock times have less than 2^51 ticks (pool_state.h, horizon), so the sums over a batch fit 64
 * bits, a time in ticks can be had from a double without a conversion, and the loops become vectors
 * on any x86-64.
 */
#ifndef ONHOLD_SIM_POOL_SCORE_H
#define ONHOLD_SIM_POOL_SCORE_H

#include "replication.h"

/* Calls, one array for each thing about them. wrap_up: NULL if there is none. Those whose start is
 * not a number are left out. */
struct pool_calls {
    uint32_t n;
    const double *at, *start, *service, *wrap_up;
};

struct pool_counts {
    uint32_t served, waited;
    int64_t waiting, present, busy, handling, wait, excess; /* ticks */
    double longest, last; /* wait; time at which an agent is free */
    uint64_t too_late, late[MAX_LIMITS];
};

/* All that those who are served add up to, and the waits of those who waited. */
void pool_score(const struct pool_calls *calls, const struct oh_model *m,
                struct pool_counts *counts, double wait[BATCH]);

/* service = (talk + hold) at this speed, wrap_up the same; of BATCH callers. */
void pool_score_prepare(const struct source_state *s, double speed, double service[BATCH],
                        double wrap_up[BATCH]);

#endif
