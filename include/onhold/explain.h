/* explain.h - what a compiled scenario says, in the words and figures of a planner, without playing
 * it: load, agents and Erlang's opinion by interval, and what is likely to go wrong.
 */
#ifndef ONHOLD_EXPLAIN_H
#define ONHOLD_EXPLAIN_H

#include <onhold/analytic.h>
#include <onhold/model.h>
#include <onhold/write.h>

typedef struct oh_explanation oh_explanation;

/* The model must outlive it. OH_NO_MEMORY or OH_OK; the caller frees *out. */
oh_status oh_explain(oh_explanation **out, const oh_model *model);
void oh_explanation_free(oh_explanation *explanation);

/* Queues that share agents are one pool. A pool without agents has a queue that nobody serves. */
size_t oh_explanation_pools(const oh_explanation *explanation);
/* Its queues: "support, billing". */
const char *oh_explanation_pool(const oh_explanation *explanation, size_t pool);
/* Intervals of the day or week; 1 in steady mode. */
size_t oh_explanation_intervals(const oh_explanation *explanation);

/* A pool in an interval. Only live calls make load here: what can wait is done between calls. */
typedef struct oh_outlook {
    double calls;    /* that reach agents: fresh calls less those that self-service resolves */
    double load;     /* erlang: agents that they would keep busy */
    double agents;   /* on duty by plan, after shrinkage and breaks, mean over the interval */
    double least;    /* the fewest at any moment of it */
    double capacity; /* erlang that these agents can carry: speed and several contacts at once */
    /* Erlang's opinion; false where the formulas do not apply: several contacts at once, no calls,
     * no agents; Erlang A without patience. */
    bool has_c, has_a;
    oh_queue_figures erlang_c, erlang_a;
    double required; /* fewest agents for the pool's target by Erlang A, or C; NaN without target */
} oh_outlook;
const oh_outlook *oh_explanation_outlook(const oh_explanation *explanation, size_t pool,
                                         size_t interval);

/* What a planner would say, one sentence each. */
size_t oh_explanation_remarks(const oh_explanation *explanation);
const char *oh_explanation_remark(const oh_explanation *explanation, size_t i);

/* As "table", "md", "json" or "csv"; OH_ARGUMENT for anything else. */
oh_status oh_explanation_write(const oh_explanation *explanation, const oh_write_context *context,
                               const char *format, oh_sink sink);

#endif
