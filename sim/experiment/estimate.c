/* estimate.c - the answers a result gives: estimate with its target, spread, values.
 *
 * How an estimate is made follows from the kind of the metric: pooled ratio, mean over
 * replications, or a quantile of the pooled histogram (METRICS, "Pooled, not averaged").
 */
#include <math.h>
#include <string.h>

#include "reading.h"

/* Of the pooled histogram of the queue, or of the total. */
static double pooled_quantile(const oh_result *result, oh_level level, size_t thing,
                              const struct metric_row *row)
{
    const struct panel *p = &result->panel;
    size_t q = level == OH_TOTAL ? p->shape.queues : thing;
    const struct histogram *all[] = {&p->answered[q], &p->abandoned[q], &p->other[q]};
    double value;
    hist_quantiles(all, row->of_all ? 3 : 1, &quantile_share[row->quantile], 1, &value);
    return value;
}

static struct estimate estimate_of(const oh_result *result, const struct metric_row *row,
                                   const struct reading *r)
{
    size_t rows = result->panel.rows;
    if (row->is_verdict)
        return summary_mean(r->value, rows, &result->student);
    switch (row->public.kind) {
    case OH_CONSTANT:
        return (struct estimate){rows > 0 ? r->value[0] : NAN, NAN};
    case OH_MAXIMUM:
        return summary_mean(r->value, rows, &result->student);
    case OH_QUANTILE:
        return summary_quantile(pooled_quantile(result, r->level, r->thing, row), r->value, rows,
                                &result->student);
    case OH_COUNT:
    case OH_RATIO:
    case OH_MEAN:
    case OH_TIME_AVERAGE:
        break;
    }
    return summary_ratio(r->fraction, rows, &result->student);
}

static void set_target(oh_estimate *e, double level, double within, bool at_most)
{
    e->has_target = true;
    e->target = level;
    e->within = within;
    e->at_most = at_most;
    e->met = at_most ? e->value <= level : e->value >= level; /* undefined: not met */
}

static void find_target(const oh_result *result, oh_level level, size_t thing,
                        const struct result_column *c, oh_estimate *e)
{
    const oh_model *m = result->model;
    e->target = e->within = NAN;
    if (level == OH_AGENTS && m->group[thing].has_occupancy_target &&
        strcmp(c->row->public.id, "occupancy") == 0)
        set_target(e, m->group[thing].occupancy_target, NAN, true);
    for (size_t i = 0; level == OH_QUEUE && i < m->queue[thing].targets; i++) {
        const struct model_target *t = &m->queue[thing].target[i];
        bool first_limit = t->limit <= 0; /* or none at all */
        bool same = first_limit ? c->public.limit == 0 : c->public.limit == t->within;
        if (t->metric == c->row && same && !e->has_target)
            set_target(e, t->level, t->within, t->at_most);
    }
}

bool oh_result_estimate(const oh_result *result, oh_level level, size_t thing, long period,
                        size_t column, oh_estimate *out)
{
    if (!reading_applies(result, level, thing, period, column))
        return false;
    const struct result_column *c = &result->column[level][column];
    const struct reading *r = reading_take(result, level, thing, period, column);
    struct estimate e = estimate_of(result, c->row, r);
    *out = (oh_estimate){.value = e.value, .half_width = e.half_width};
    find_target(result, level, thing, c, out);
    return true;
}

/* A constant of the model has no distribution. */
static bool varies(const oh_result *result, oh_level level, size_t thing, long period,
                   size_t column)
{
    return result->column[level][column].row->public.kind != OH_CONSTANT &&
           reading_applies(result, level, thing, period, column);
}

bool oh_result_spread(const oh_result *result, oh_level level, size_t thing, long period,
                      size_t column, oh_spread *out)
{
    if (!varies(result, level, thing, period, column))
        return false;
    const struct reading *r = reading_take(result, level, thing, period, column);
    *out = summary_spread(r->value, result->panel.rows, r->sorted, r->spare);
    return true;
}

bool oh_result_values(const oh_result *result, oh_level level, size_t thing, long period,
                      size_t column, double *values)
{
    if (!varies(result, level, thing, period, column))
        return false;
    const struct reading *r = reading_take(result, level, thing, period, column);
    memcpy(values, r->value, result->panel.rows * sizeof *values);
    return true;
}
