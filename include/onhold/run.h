/* run.h - playing a model many times and reading the result.
 */
#ifndef ONHOLD_RUN_H
#define ONHOLD_RUN_H

#include <stdatomic.h>

#include <onhold/analytic.h>
#include <onhold/metric.h>
#include <onhold/model.h>

typedef struct oh_result oh_result;

/* Called from the calling thread now and then. `done` of `planned` replications are complete. The
 * main metric (the first queue's first target, or its abandon rate) is that of the replications
 * so far; NaN where undefined. */
typedef struct oh_progress {
    uint64_t done, planned;
    uint64_t calls;             /* entered so far */
    const char *queue, *metric; /* "support", "service_level" */
    double value, half_width;
} oh_progress;
typedef void oh_progress_fn(void *user, const oh_progress *progress);

typedef enum oh_engine { OH_ENGINE_AUTO, OH_ENGINE_GENERAL, OH_ENGINE_POOL } oh_engine;
typedef enum oh_count_at { OH_AT_ENTRY, OH_AT_EXIT } oh_count_at;

/* Go on until a figure's interval is that narrow. */
typedef struct oh_precision {
    bool wanted;
    oh_level level;
    size_t thing;
    char metric[48];   /* a column's id: "service_level_60s" */
    double half_width; /* in the metric's unit, above 0 */
} oh_precision;

typedef struct oh_run_options {
    uint32_t replications; /* 0: as the model says */
    uint32_t first;        /* number of the first replication; 0: 1 */
    bool has_seed;
    uint32_t seed;
    double confidence; /* 0: as the model says */
    unsigned jobs;     /* threads; 0: all cores */
    oh_engine engine;
    oh_count_at count_at;
    /* In place of the model's own precision, which counts only where `replications` is 0; the
     * replications are then the first batch, and the model's at_most bounds them. */
    oh_precision goal;
    atomic_bool *cancel;      /* may be NULL; raised by the caller to stop at the next boundary */
    oh_progress_fn *progress; /* may be NULL */
    void *progress_user;
} oh_run_options;

/* Simulates. The same model, seed, first and number of replications give the same result to the
 * last bit on any number of threads.
 *
 * OH_CANCELLED and OH_LIMIT still give a result (*out) of the replications that are complete, if
 * there are any (otherwise *out is NULL). message (may be NULL) receives one sentence on what
 * happened for OH_LIMIT and OH_BROKEN. The result keeps its own copy of what it needs of the
 * model except the model itself, which must outlive it. The caller frees *out. */
oh_status oh_run(oh_result **out, const oh_model *model, const oh_run_options *options,
                 char message[256]);
void oh_result_free(oh_result *result);

/* ---- reading a result ----
 *
 * Reading uses working space inside the result, so that it cannot run out of memory: one thread at
 * a time. */

typedef struct oh_run_info {
    uint32_t replications, first, seed;
    double confidence;
    const char *replication; /* what a replication is: "day", "week" or "run" */
    const char *stopped_by;  /* "replications", "precision", "time", "cancelled", "limit" */
    uint64_t calls;          /* entered, over all replications */
    oh_count_at count_at;
    unsigned threads; /* that played it, the most at once; 0: not known (a saved result) */
} oh_run_info;

oh_run_info oh_result_info(const oh_result *result);
const oh_model *oh_result_model(const oh_result *result);

/* Things measured: queues and groups of agents in file order; OH_TOTAL has one. */
size_t oh_result_things(const oh_result *result, oh_level level);
const char *oh_result_name(const oh_result *result, oh_level level, size_t thing);

/* Periods: OH_WHOLE is the whole day, week or window; 0.. are the intervals. */
#define OH_WHOLE (-1)
/* With days: the d-th opening of the week, the sum of its intervals. */
#define OH_DAY(d) (-2 - (long)(d))
size_t oh_result_days(const oh_result *result);                 /* 0 without days */
const char *oh_result_day(const oh_result *result, size_t day); /* "mon" */
size_t oh_result_intervals(const oh_result *result);
/* "08:00" and "08:30" (the midnight that ends an interval is 24:00; after it the clock goes on from
 * 00:00). With seconds, "08:00:15", only where there are any. */
typedef struct oh_interval {
    char start[12], end[12];
    const char *day; /* "mon" with days, otherwise NULL */
} oh_interval;
oh_interval oh_result_interval(const oh_result *result, size_t interval);

/* Metrics that a level has, in the order of all outputs. A scenario with a second time limit has
 * more rows than the table: "service_level_60s". */
typedef struct oh_column {
    const oh_metric *metric;
    char id[48];
    double limit; /* seconds, for an additional time limit; 0 for the queue's first */
} oh_column;
size_t oh_result_columns(const oh_result *result, oh_level level);
const oh_column *oh_result_column(const oh_result *result, oh_level level, size_t column);
/* The column of that id, or -1. */
long oh_result_column_find(const oh_result *result, oh_level level, const char *id);

/* The distribution of the replications' own values; n counts those where it is defined. */
typedef struct oh_spread {
    uint32_t n;
    double mean, sd, p5, p25, p50, p75, p95, min, max;
} oh_spread;

typedef struct oh_estimate {
    double value;      /* NaN: undefined */
    double half_width; /* NaN: undefined */
    /* The target set on this metric, if there is one. */
    bool has_target, met;
    double target; /* NaN without one */
    double within; /* seconds; NaN if the target has no time limit */
    bool at_most;  /* the target is an upper bound */
} oh_estimate;

/* False if this metric does not apply to the thing or the period (a quantile by interval, an
 * additional time limit that this queue does not have). */
bool oh_result_estimate(const oh_result *result, oh_level level, size_t thing, long period,
                        size_t column, oh_estimate *out);
/* False if there is none: the metric does not apply, or is a constant of the model. n is 0 where
 * it is undefined in every replication. */
bool oh_result_spread(const oh_result *result, oh_level level, size_t thing, long period,
                      size_t column, oh_spread *out);
/* The replications' own values, first to last, NaN where undefined: values[replications]. False
 * as above. */
bool oh_result_values(const oh_result *result, oh_level level, size_t thing, long period,
                      size_t column, double *values);

/* The wait histogram of a queue, pooled over replications. Bin 0 holds the waits of exactly zero
 * (edges 0 and 0); bin i those above edges[i] up to edges[i + 1]: bins of equal, round width up to
 * the 99.9 % quantile, and a last one for all longer waits, which ends at the longest. Each is made
 * of whole finer bins of relative width at most 0.5 %. Nothing is left out: the bins sum to the
 * answered and the abandoned. At most max_bins (>= 3) bins; the arrays are the caller's:
 * edges[max_bins + 1], answered[max_bins], abandoned[max_bins]. Returns the number of bins, 0 if
 * nobody was offered. */
size_t oh_result_histogram(const oh_result *result, size_t queue, size_t max_bins, double *edges,
                           uint64_t *answered, uint64_t *abandoned);

/* Exact theory beside the simulation, for a queue that it fits: steady mode, Poisson arrivals,
 * agents who serve nothing else. What the formulas do not know (the shape of handling times or of
 * patience) is named in the note. */
typedef struct oh_theory {
    bool has_erlang_c; /* more agents than load */
    bool has_erlang_a; /* patience with a finite mean */
    bool has_erlang_b; /* nobody may wait (capacity 0): the other two then do not apply */
    double threshold;  /* seconds: the queue's first time limit, or 0 */
    double erlang_b;   /* share that finds all agents busy */
    oh_queue_figures erlang_c, erlang_a;
    char note[400];
} oh_theory;
bool oh_result_theory(const oh_result *result, size_t queue, oh_theory *out);

#endif
