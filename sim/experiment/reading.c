/* reading.c - one metric of one thing in one period: the replications' fractions and values.
 *
 * Everything that is asked about it (estimate, spread, values) starts here; the last reading is
 * kept, since writers ask for the estimate and then for its spread. The total is the sum of the
 * queues' and groups' fractions where each counts with its own time limit or prices, and otherwise
 * read from the total's cells.
 */
#include "reading.h"

#include <math.h>
#include <string.h>

/* Where one reading is taken: which thing, which period of a row. */
struct place {
    const oh_result *result;
    oh_level level;
    size_t thing;
    size_t period; /* index into a row's periods */
};

static const struct queue_cell *queue_cell(const struct place *p, size_t row)
{
    const struct panel_shape *s = &p->result->panel.shape;
    size_t thing = p->level == OH_TOTAL ? s->queues : p->thing;
    return panel_row(&p->result->panel, row).queue + thing * panel_periods(s) + p->period;
}

static const struct group_cell *group_cell(const struct place *p, size_t row)
{
    const struct panel_shape *s = &p->result->panel.shape;
    size_t thing = p->level == OH_TOTAL ? s->groups : p->thing;
    return panel_row(&p->result->panel, row).group + thing * panel_periods(s) + p->period;
}

static double total_load(const oh_model *m, size_t period)
{
    double sum = 0;
    for (size_t q = 0; q < m->queues; q++)
        sum += m->queue[q].load[period];
    return sum;
}

static struct metric_facts facts_of(const struct place *p)
{
    const oh_model *m = p->result->model;
    bool whole = p->period == period_whole(&m->shape);
    struct metric_facts f = {.seconds = whole || m->steady ? m->length : m->interval};
    if (p->period > period_whole(&m->shape)) {
        const struct model_opening *o = &m->opening[p->period - period_day(&m->shape, 0)];
        f.seconds = o->closes - o->opens;
    }
    if (p->level == OH_TOTAL) {
        f.load = total_load(m, p->period);
    } else if (p->level == OH_QUEUE) {
        const struct model_queue *q = &m->queue[p->thing];
        f.load = q->load[p->period];
        f.value_answered = q->value_answered;
        f.cost_abandoned = q->cost_abandoned;
        f.cost_blocked = q->cost_blocked;
        f.cost_waiting = q->cost_waiting;
    } else {
        f.cost_per_second = m->group[p->thing].cost_per_second;
    }
    return f;
}

/* Which of the queue's time limits a column means; -1: none. */
static int limit_of(const struct model_queue *q, double seconds)
{
    if (seconds == 0)
        return q->limits > 0 ? 0 : -1;
    for (size_t i = 0; i < q->limits; i++)
        if (q->limit[i] == seconds)
            return (int)i;
    return -1;
}

/* A sum over things adds numerators; denominators too unless they are the 1 of a count. */
static bool has_denominator(const struct metric_row *row)
{
    return row->public.kind == OH_RATIO || row->public.kind == OH_MEAN;
}

static void add_fraction(struct fraction *into, struct fraction f, bool denominators)
{
    into->num += f.num;
    into->den = denominators ? into->den + f.den : f.den;
}

/* Adds the thing's fractions to those in the reading. */
static void add_thing(const struct place *p, const struct metric_row *row, int limit,
                      struct fraction *out)
{
    struct metric_facts facts = facts_of(p);
    bool denominators = has_denominator(row);
    size_t rows = p->result->panel.rows;
    if (p->level == OH_AGENTS || !row->queue)
        for (size_t r = 0; r < rows; r++)
            add_fraction(&out[r], row->group(group_cell(p, r), &facts), denominators);
    else
        for (size_t r = 0; r < rows; r++)
            add_fraction(&out[r], row->queue(queue_cell(p, r), &facts, limit), denominators);
}

/* The total where each thing counts in its own way. */
static void add_each(const struct place *total, const struct result_column *c, struct fraction *out)
{
    const oh_model *m = total->result->model;
    struct place p = *total;
    bool needs_limit = c->row->applies & NEEDS_LIMIT;
    p.level = OH_QUEUE;
    for (p.thing = 0; c->row->queue && p.thing < m->queues; p.thing++) {
        int limit = limit_of(&m->queue[p.thing], c->public.limit);
        if (limit >= 0 || !needs_limit)
            add_thing(&p, c->row, limit, out);
    }
    p.level = OH_AGENTS;
    for (p.thing = 0; c->row->group && p.thing < m->groups; p.thing++)
        add_thing(&p, c->row, -1, out);
}

static void fill_fractions(const struct place *p, const struct result_column *c,
                           struct fraction *out)
{
    bool needs_limit = c->row->applies & NEEDS_LIMIT;
    memset(out, 0, p->result->panel.rows * sizeof *out);
    if (p->level == OH_TOTAL && (needs_limit || (c->row->applies & NEEDS_MONEY))) {
        add_each(p, c, out);
        return;
    }
    int limit =
        p->level == OH_QUEUE ? limit_of(&p->result->model->queue[p->thing], c->public.limit) : -1;
    if (limit >= 0 || !needs_limit)
        add_thing(p, c->row, limit, out);
}

static double own_quantile(const struct place *p, const struct metric_row *row, size_t replication)
{
    const struct queue_cell *c = queue_cell(p, replication);
    return row->of_all ? c->quantile_all[row->quantile] : c->quantile[row->quantile];
}

/* One target into the verdicts so far: NaN where no target was defined yet, then 1 or 0. */
static void judge(const struct place *p, const struct metric_row *row, int limit, double level,
                  bool at_most, double *verdict)
{
    struct metric_facts facts = facts_of(p);
    bool quantile = row->public.kind == OH_QUANTILE;
    if (quantile && p->period != period_whole(&p->result->panel.shape))
        return;
    for (size_t r = 0; r < p->result->panel.rows; r++) {
        double own = quantile ? own_quantile(p, row, r)
                     : p->level == OH_AGENTS
                         ? fraction_value(row->group(group_cell(p, r), &facts))
                         : fraction_value(row->queue(queue_cell(p, r), &facts, limit));
        if (isnan(own))
            continue;
        bool met = at_most ? own <= level : own >= level;
        if (!met || isnan(verdict[r]))
            verdict[r] = met;
    }
}

static void judge_queue(const struct place *p, double *verdict)
{
    const struct model_queue *q = &p->result->model->queue[p->thing];
    for (size_t i = 0; i < q->targets; i++) {
        const struct model_target *t = &q->target[i];
        judge(p, t->metric, t->limit, t->level, t->at_most, verdict);
    }
}

static void judge_group(const struct place *p, double *verdict)
{
    const struct model_group *g = &p->result->model->group[p->thing];
    if (g->has_occupancy_target)
        judge(p, metric_row_find("occupancy"), -1, g->occupancy_target, true, verdict);
}

static void fill_verdicts(const struct place *p, double *verdict)
{
    const oh_model *m = p->result->model;
    struct place each = *p;
    for (size_t r = 0; r < p->result->panel.rows; r++)
        verdict[r] = NAN;
    if (p->level == OH_QUEUE) {
        judge_queue(p, verdict);
    } else if (p->level == OH_AGENTS) {
        judge_group(p, verdict);
    } else {
        each.level = OH_QUEUE;
        for (each.thing = 0; each.thing < m->queues; each.thing++)
            judge_queue(&each, verdict);
        each.level = OH_AGENTS;
        for (each.thing = 0; each.thing < m->groups; each.thing++)
            judge_group(&each, verdict);
    }
}

bool reading_applies(const oh_result *result, oh_level level, size_t thing, long period,
                     size_t column)
{
    const oh_model *m = result->model;
    const struct result_column *c = &result->column[level][column];
    if (period != OH_WHOLE && !(c->row->applies & BY_INTERVAL))
        return false;
    if (level == OH_QUEUE && c->public.limit > 0)
        return limit_of(&m->queue[thing], c->public.limit) >= 0;
    if (c->row->applies & NEEDS_MONEY)
        return level == OH_TOTAL || (level == OH_QUEUE ? queue_has_money(&m->queue[thing])
                                                       : group_has_money(&m->group[thing]));
    return true;
}

static void fill(struct reading *r, const struct place *p, const struct result_column *c)
{
    size_t rows = p->result->panel.rows;
    if (c->row->is_verdict) {
        fill_verdicts(p, r->value);
    } else if (c->row->public.kind == OH_QUANTILE) {
        for (size_t i = 0; i < rows; i++)
            r->value[i] = own_quantile(p, c->row, i);
    } else {
        fill_fractions(p, c, r->fraction);
        for (size_t i = 0; i < rows; i++)
            r->value[i] = fraction_value(r->fraction[i]);
    }
}

const struct reading *reading_take(const oh_result *result, oh_level level, size_t thing,
                                   long period, size_t column)
{
    struct reading *r = result->reading;
    if (r->filled && r->level == level && r->thing == thing && r->period == period &&
        r->column == column)
        return r;
    struct place p = {result, level, thing, period_whole(&result->panel.shape)};
    if (period >= 0)
        p.period = (size_t)period;
    else if (period < OH_WHOLE)
        p.period = period_day(&result->panel.shape, (size_t)(OH_DAY(0) - period));
    fill(r, &p, &result->column[level][column]);
    r->level = level;
    r->thing = thing;
    r->period = period;
    r->column = column;
    r->filled = true;
    return r;
}
