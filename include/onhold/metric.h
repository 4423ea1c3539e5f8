/* metric.h - the table of metrics: names, units, formulas. METRICS in words.
 *
 * Each metric is one row; help, documentation, columns and tests come from this table.
 */
#ifndef ONHOLD_METRIC_H
#define ONHOLD_METRIC_H

#include <onhold/base.h>

typedef enum oh_level { OH_QUEUE, OH_AGENTS, OH_TOTAL } oh_level;

typedef enum oh_metric_kind {
    OH_COUNT, /* mean per replication */
    OH_RATIO, /* sum of numerators / sum of denominators over replications */
    OH_MEAN,  /* the same, of times */
    OH_TIME_AVERAGE,
    OH_QUANTILE, /* from the pooled histogram */
    OH_MAXIMUM,  /* mean over replications of the replication's maximum */
    OH_CONSTANT  /* from the model: no half width */
} oh_metric_kind;

typedef struct oh_metric {
    const char *id; /* "service_level" */
    oh_metric_kind kind;
    const char *unit;    /* "calls", "share", "s", "agents", ... */
    const char *label;   /* "service level (answered within t / offered)" for people */
    const char *formula; /* "A_t / O" */
} oh_metric;

/* The whole table in the order of every output. */
size_t oh_metric_count(void);
const oh_metric *oh_metric_at(size_t i);
const oh_metric *oh_metric_find(const char *id); /* NULL if there is none */

/* True if things of that level have the metric. */
bool oh_metric_measured(const oh_metric *metric, oh_level level);

#endif
