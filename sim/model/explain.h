/* explain.h - the inside of <onhold/explain.h>: pools, what they carry, and remarks.
 */
#ifndef ONHOLD_SIM_EXPLAIN_H
#define ONHOLD_SIM_EXPLAIN_H

#include <onhold/explain.h>

#include "model.h"

/* Agents by plan over time: count[i] from time[i] on (until time[i + 1]). Seconds since the first
 * opening; `n` is at least 1, time[0] is -INFINITY. */
struct heads {
    size_t n;
    double *time, *count, *capacity;
};

/* Queues that share agents, and these. */
struct pool {
    const char *name; /* "support, billing" */
    size_t queues, groups;
    const uint32_t *queue, *group;
    bool live;            /* it has a live queue with calls */
    bool several_at_once; /* agents hold several contacts: Erlang's formulas do not know that */
    double patience;      /* mean over live calls; INFINITY: nobody hangs up */
    uint32_t judge;       /* the queue whose target is the pool's, if has_goal */
    bool has_goal;
    oh_goal goal;
    double within; /* time limit of the service levels; NaN: none */
    struct heads heads;
    oh_outlook *outlook; /* [intervals] */
};

struct remark {
    struct remark *next;
    const char *text;
};

struct oh_explanation {
    struct arena arena;
    const oh_model *model;
    size_t intervals;
    size_t pools;
    struct pool *pool;
    size_t remarks;
    struct remark *first, *last;
};

/* [from, to) of an interval in seconds since the first opening. */
void explain_interval(const oh_model *model, size_t interval, double *from, double *to);

/* Calls of a queue that reach agents from a to b: fresh ones, less those that self-service
 * resolves. */
double explain_calls(const oh_model *model, size_t queue, double a, double b);

/* The plan of some groups together (marked true), for one sum of heads. What a head carries is
 * carry[group]. False: no memory. */
bool explain_heads(struct arena *arena, const oh_model *model, const bool *marked,
                   const double *carry, struct heads *out);
/* Mean of heads and capacity over [a, b), and the fewest heads. */
void heads_over(const struct heads *h, double a, double b, double *mean, double *capacity,
                double *least);

/* Finds the pools and what they carry. False: no memory. */
bool explain_pools(oh_explanation *e);

#endif
