/* result.h - what a run leaves behind: the cells of every replication, and how they are read.
 *
 * The runner makes one with result_new, fills rows 0, 1, .. of the panel (panel_row, tally_close,
 * tally_quantiles) and the panel's histograms, and closes it with result_finish. From then on only
 * the oh_result_ functions of <onhold/run.h> look at it. Reading uses working space inside the
 * result, so that it cannot run out of memory: one thread at a time.
 */
#ifndef ONHOLD_SIM_RESULT_H
#define ONHOLD_SIM_RESULT_H

#include <onhold/run.h>

#include "../model/model.h"
#include "../stats/panel.h"
#include "../stats/summary.h"

enum { LEVELS = 3 };

struct result_column {
    oh_column public;
    const struct metric_row *row;
};

/* One metric of one thing in one period, one entry a replication, as last asked for. */
struct reading {
    bool filled;
    oh_level level;
    size_t thing, column;
    long period;
    struct fraction *fraction; /* [capacity] */
    double *value;             /* [capacity] the replications' own values, NaN where undefined */
    double *sorted, *spare;    /* [capacity] for the spread */
};

struct oh_result {
    const oh_model *model;
    oh_run_info info; /* replications are set by result_finish */
    struct panel panel;
    size_t columns[LEVELS];
    struct result_column *column[LEVELS];
    struct student student;
    struct reading *reading;
};

/* An empty result with room for `capacity` replications (>= 1). info starts with the model's seed
 * and confidence, first = 1, stopped_by "replications", calls 0: the runner overwrites what its
 * options say. OH_NO_MEMORY: *out is NULL. Freed with oh_result_free. */
oh_status result_new(oh_result **out, const oh_model *model, size_t capacity);

/* Room for more replications; those that are there stay. False: no memory, nothing has changed. */
bool result_extend(oh_result *result, size_t capacity);

/* The first `rows` rows of the panel are complete (1 <= rows <= capacity); info is as it shall
 * be. */
void result_finish(oh_result *result, size_t rows);

/* Does the scenario give this queue or group a price or a value? */
static inline bool queue_has_money(const struct model_queue *q)
{
    return q->value_answered != 0 || q->cost_abandoned > 0 || q->cost_blocked > 0 ||
           q->cost_waiting > 0;
}
static inline bool group_has_money(const struct model_group *g)
{
    return g->cost_per_second > 0;
}

/* The columns of each level, from the table and the model's time limits. False: no memory. */
bool result_columns_init(oh_result *result);
void result_columns_free(oh_result *result);

#endif
