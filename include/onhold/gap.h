/* gap.h - Erlang's formulas beside a simulation, interval by interval, and what accounts for the
 * difference.
 *
 * The formulas are asked as planners ask them: each part of the day by itself, as if it had always
 * been like that, with its own rate of calls and number of agents, mean handling time and mean
 * patience (the pointwise stationary approximation; Green and Kolesar 1991). What they do not know
 * is then switched off in the scenario, one thing at a time and then all at once, with the same
 * callers, and the rest is what change over the day does.
 */
#ifndef ONHOLD_GAP_H
#define ONHOLD_GAP_H

#include <onhold/analytic.h>
#include <onhold/run.h>

typedef struct oh_gap oh_gap;

/* Of the scenario of which `result` came out. `options` gives jobs, engine, count_at, cancel and
 * progress; seed and replications are those of the result. Plays the scenario anew for each feature
 * that it has. The result must outlive the gap. OH_CANCELLED: nothing is given out. OH_NO_MEMORY,
 * OH_BROKEN with `message` (may be NULL). A feature without which the scenario cannot be played is
 * told as such. The caller frees *out. */
oh_status oh_gap_find(oh_gap **out, const oh_scenario *scenario, const oh_result *result,
                      const oh_run_options *options, char message[256]);
void oh_gap_free(oh_gap *gap);

/* One thing that Erlang's formulas do not know. */
typedef struct oh_gap_part {
    const char *what;  /* "how much handling times vary" */
    double difference; /* what the figure gains without it, alone; NaN: it could not be played */
    double half_width; /* paired */
} oh_gap_part;

/* One queue. Figures that do not exist are NaN. */
typedef struct oh_gap_queue {
    const char *why_not; /* NULL: the formulas fit; else why not, as a sentence */
    const char *pool;    /* the queues that share its agents, which the formulas take for one line:
                            "support, sales"; NULL: it has agents of its own */
    /* Over the whole day, by calls; sums of the parts of the day. C: NaN where overloaded. */
    bool has_erlang_c, has_erlang_a;
    oh_queue_figures erlang_c, erlang_a;
    /* What is explained. */
    bool explained;     /* there is a figure that both have */
    const char *model;  /* "Erlang A", or "Erlang C" where nobody hangs up */
    const char *metric; /* "service_level" */
    const char *unit;
    double exact;                 /* the model's */
    double simulated, half_width; /* of the result */
    double gap;                   /* exact - simulated */
    size_t parts;
    const oh_gap_part *part;
    double together, together_half; /* what they do beyond each alone */
    const char *rest_what;          /* "change over the day" */
    double rest, rest_half;         /* exact - simulated with all of them off */
} oh_gap_queue;
/* By the queue's number in the result. */
const oh_gap_queue *oh_gap_queue_at(const oh_gap *gap, size_t queue);

/* The formulas for one interval. */
typedef struct oh_gap_interval {
    double calls;  /* fresh calls that reach agents */
    double load;   /* erlang */
    double agents; /* by plan, mean */
    bool has_erlang_c, has_erlang_a;
    oh_queue_figures erlang_c, erlang_a;
} oh_gap_interval;
/* The window counts as one interval in steady mode. */
size_t oh_gap_intervals(const oh_gap *gap);
const oh_gap_interval *oh_gap_interval_at(const oh_gap *gap, size_t queue, size_t interval);

#endif
