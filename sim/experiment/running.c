/* running.c - one pooled ratio with its half width from five sums. */
#include "running.h"

#include <math.h>

struct running running_of(const oh_model *m, const oh_precision *goal)
{
    const struct metric_row *row = goal->wanted ? metric_row_find(goal->metric) : NULL;
    /* a figure that needs a time limit has no value without one */
    bool limited = goal->wanted && goal->level == OH_QUEUE && m->queue[goal->thing].limits > 0;
    if (row && !limited && (row->applies & NEEDS_LIMIT))
        row = NULL;
    if (row && goal->level == OH_QUEUE && row->public.kind == OH_RATIO && row->queue)
        return (struct running){.metric = row, .queue = goal->thing, .limit = limited ? 0 : -1};
    for (size_t q = 0; q < m->queues; q++)
        for (size_t i = 0; i < m->queue[q].targets; i++) {
            const struct model_target *t = &m->queue[q].target[i];
            if (t->metric->public.kind == OH_RATIO && t->metric->queue)
                return (struct running){.metric = t->metric, .queue = q, .limit = t->limit};
        }
    return (struct running){.metric = metric_row_find("abandon_rate"), .limit = -1};
}

void running_add(struct running *r, const oh_model *m, struct tally t)
{
    size_t at = r->queue * panel_periods(&m->shape) + period_whole(&m->shape);
    struct metric_facts facts = {.seconds = m->length};
    struct fraction f = r->metric->queue(&t.queue[at], &facts, r->limit);
    r->n++;
    r->x += f.den;
    r->y += f.num;
    r->xx += f.den * f.den;
    r->xy += f.den * f.num;
    r->yy += f.num * f.num;
}

struct estimate running_estimate(const struct running *r, double confidence)
{
    struct estimate e = {r->x > 0 ? r->y / r->x : NAN, NAN};
    if (r->n < 2 || !(r->x > 0))
        return e;
    double n = r->n, mean = r->x / n;
    double square = fmax(0, r->yy - 2 * e.value * r->xy + e.value * e.value * r->xx);
    e.half_width = student_t(n - 1, confidence) * sqrt(square / (n * (n - 1))) / mean;
    return e;
}
