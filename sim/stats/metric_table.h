/* metric_table.h - metrics as numerators and denominators read from cells.
 *
 * The inside of <onhold/metric.h>. One row a metric; adding one is adding a row.
 */
#ifndef ONHOLD_SIM_METRIC_TABLE_H
#define ONHOLD_SIM_METRIC_TABLE_H

#include <onhold/metric.h>

#include "cells.h"

/* What a metric may need beside the cells: constants of the model. */
struct metric_facts {
    double seconds; /* length of the period, for time averages */
    double load;    /* erlang, queue or total */
    double value_answered, cost_abandoned, cost_blocked, cost_waiting; /* queue's money */
    double cost_per_second;                                            /* group: of a head */
};

/* A ratio's two halves for one replication; a count's or average's value with den 1. A maximum of
 * nothing is NaN / 1. */
struct fraction {
    double num, den;
};

enum metric_applies {
    ON_QUEUE = 1,
    ON_AGENTS = 2,
    ON_TOTAL = 4,
    BY_INTERVAL = 8,
    NEEDS_LIMIT = 16, /* null without a time limit; one more column per additional limit */
    NEEDS_MONEY = 32  /* only where the scenario gives costs or values */
};

/* What a row is read from. The total of queues and groups is their numerators' sum over their
 * denominators' sum (each with its own time limit and its own prices); a maximum is read from the
 * total's cell. */
struct metric_row {
    oh_metric public;
    unsigned applies;
    bool at_most; /* a target on it is an upper bound */
    /* limit: which of the queue's time limits; only with NEEDS_LIMIT. */
    struct fraction (*queue)(const struct queue_cell *c, const struct metric_facts *f, int limit);
    struct fraction (*group)(const struct group_cell *c, const struct metric_facts *f);
    int quantile;    /* OH_QUANTILE: index into quantile_share */
    bool of_all;     /* OH_QUANTILE: of all offered, not of the answered */
    bool is_verdict; /* target_met, which is read from the targets */
};

size_t metric_rows(void);
const struct metric_row *metric_row_at(size_t i);
const struct metric_row *metric_row_find(const char *id);

/* The value of one fraction: NaN if den is 0 (0/0 is undefined, never 0). */
static inline double fraction_value(struct fraction f)
{
    return f.den > 0 ? f.num / f.den : __builtin_nan("");
}

#endif
