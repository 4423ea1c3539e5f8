/* staff_problem.c - what can be changed (units) and what must hold (rules).
 *
 * The one idea: counts by interval and lines of shifts are both lists of places where one head can
 * be added or taken away, with the intervals in which he is there and what he costs; the search
 * knows nothing else of them.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "result.h"
#include "staffing.h"

bool staff_serves(const oh_model *m, size_t group, size_t queue)
{
    for (size_t i = 0; i < m->queue[queue].servers; i++)
        if (m->queue[queue].server[i].group == group)
            return true;
    return false;
}

static void choose_groups(struct staff *s)
{
    const oh_model *m = s->model;
    s->by_money = true;
    for (size_t g = 0; g < m->groups; g++) {
        s->chosen[g] = m->group[g].has_occupancy_target;
        for (size_t q = 0; q < m->queues; q++)
            if (m->queue[q].targets > 0 && staff_serves(m, g, q))
                s->chosen[g] = true;
        if (s->chosen[g] && !(m->group[g].cost_per_second > 0))
            s->by_money = false;
    }
}

/* ---- units ---- */

size_t staff_opening(const oh_model *m, size_t interval)
{
    size_t d = 0;
    while (d + 1 < m->openings && m->opening[d + 1].first_period <= interval)
        d++;
    return d;
}

static void weigh(struct staff *s, struct staff_unit *u, double seconds, double paid)
{
    const struct model_group *g = &s->model->group[u->group];
    const oh_staff_options *o = s->options;
    u->hours = seconds / 3600;
    u->weight = s->by_money ? paid * g->cost_per_second : seconds / 3600;
    u->least = o->least ? o->least[u->group] : 0;
    u->most = o->most ? o->most[u->group] : INFINITY;
}

static void interval_unit(struct staff *s, size_t group, size_t k)
{
    const oh_model *m = s->model;
    struct staff_unit *u = &s->unit[s->units++];
    double seconds = m->steady ? m->length : m->interval;
    double here = 1 - m->group[group].rules->shrinkage;
    *u = (struct staff_unit){
        .group = (uint32_t)group, .item = (uint32_t)k, .first = (uint32_t)k, .last = (uint32_t)k};
    weigh(s, u, seconds, here > 0 ? seconds / here : seconds);
}

static void line_unit(struct staff *s, size_t group, size_t line)
{
    const oh_model *m = s->model;
    const struct spec_shift *shift = &m->group[group].rules->shift[line];
    struct staff_unit u = {.group = (uint32_t)group, .item = (uint32_t)line, .line = true};
    double days = 0, pause = 0;
    u.first = UINT32_MAX;
    for (size_t b = 0; b < shift->breaks; b++)
        pause += shift->pause[b].length;
    for (size_t d = 0; d < m->openings; d++) {
        const struct model_opening *o = &m->opening[d];
        if (!shift->on[d])
            continue;
        double last = (double)o->periods - 1;
        double from = fmin(fmax(0, floor(shift->from / m->interval)), last);
        double to = fmin(fmax(0, ceil(shift->to / m->interval) - 1), last);
        uint32_t first = (uint32_t)(o->first_period + (size_t)from);
        u.first = first < u.first ? first : u.first;
        u.last = (uint32_t)(o->first_period + (size_t)to);
        days++;
    }
    if (days == 0)
        return;
    weigh(s, &u, days * (shift->to - shift->from - pause), days * (shift->to - shift->from));
    s->unit[s->units++] = u;
}

static bool make_units(struct staff *s)
{
    const oh_model *m = s->model;
    size_t most = 0;
    for (size_t g = 0; g < m->groups; g++)
        most += m->group[g].by_line ? m->group[g].rules->shifts : m->shape.intervals;
    s->unit = calloc(most + 1, sizeof *s->unit);
    if (!s->unit)
        return false;
    for (size_t g = 0; g < m->groups; g++) {
        const struct model_group *group = &m->group[g];
        for (size_t k = 0; s->chosen[g] && !group->by_line && k < m->shape.intervals; k++)
            interval_unit(s, g, k);
        for (size_t i = 0; s->chosen[g] && group->by_line && i < group->rules->shifts; i++)
            line_unit(s, g, i);
    }
    return true;
}

/* ---- rules ---- */

/* The column of a metric at a time limit. */
static size_t column_of(const oh_result *r, oh_level level, const struct metric_row *row,
                        double limit)
{
    size_t c = 0;
    while (r->column[level][c].row != row || r->column[level][c].public.limit != limit)
        c++;
    return c;
}

static bool by_interval(const struct metric_row *row)
{
    return row->applies & BY_INTERVAL;
}

/* The same rule for every interval, every day or the whole. */
static void add_rules(struct staff *s, struct staff_rule rule, bool intervals, bool daily)
{
    const oh_model *m = s->model;
    size_t n = intervals ? m->shape.intervals : daily ? m->openings : 1;
    for (size_t i = 0; i < n; i++) {
        rule.period = intervals ? (long)i : daily ? OH_DAY(i) : OH_WHOLE;
        rule.first = (uint32_t)(intervals ? i : daily ? m->opening[i].first_period : 0);
        rule.last = (uint32_t)(intervals ? i
                               : daily   ? m->opening[i].first_period + m->opening[i].periods - 1
                                         : m->shape.intervals - 1);
        s->rule[s->rules++] = rule;
    }
}

static void target_rules(struct staff *s, struct staff_rule rule, const struct metric_row *row)
{
    const oh_model *m = s->model;
    bool parts = by_interval(row) && !m->steady;
    bool share = strcmp(row->public.unit, "share") == 0;
    rule.scale = share ? 1 : fmax(fabs(rule.goal), 1);
    add_rules(s, rule, parts && s->options->per == OH_PER_INTERVAL, parts && m->week);
}

static void queue_rules(struct staff *s, const oh_result *shape, size_t q)
{
    const struct model_queue *queue = &s->model->queue[q];
    struct staff_rule rule = {.level = OH_QUEUE, .thing = (uint32_t)q};
    if (s->options->days > 0) {
        const struct metric_row *row = metric_row_find("target_met");
        bool parts = false, whole = false;
        for (size_t i = 0; i < queue->targets; i++)
            *(by_interval(queue->target[i].metric) ? &parts : &whole) = true;
        rule.column = (uint32_t)column_of(shape, OH_QUEUE, row, 0);
        rule.goal = s->options->days;
        rule.within = NAN;
        rule.days = true;
        if (parts)
            target_rules(s, rule, row);
        rule.scale = 1;
        if (whole)
            add_rules(s, rule, false, false);
        return;
    }
    for (size_t i = 0; i < queue->targets; i++) {
        const struct model_target *t = &queue->target[i];
        rule.column = (uint32_t)column_of(shape, OH_QUEUE, t->metric, t->limit > 0 ? t->within : 0);
        rule.goal = t->level;
        rule.within = t->within;
        rule.at_most = t->at_most;
        target_rules(s, rule, t->metric);
    }
}

static void group_rules(struct staff *s, const oh_result *shape, size_t g)
{
    bool days = s->options->days > 0;
    const struct metric_row *row = metric_row_find(days ? "target_met" : "occupancy");
    struct staff_rule rule = {.level = OH_AGENTS,
                              .thing = (uint32_t)g,
                              .column = (uint32_t)column_of(shape, OH_AGENTS, row, 0),
                              .goal = days ? s->options->days : s->model->group[g].occupancy_target,
                              .within = NAN,
                              .at_most = !days,
                              .days = days};
    target_rules(s, rule, row);
}

static bool make_rules(struct staff *s)
{
    const oh_model *m = s->model;
    size_t each = m->shape.intervals + m->openings + 1, most = 0;
    oh_result *shape; /* for its columns */
    for (size_t q = 0; q < m->queues; q++)
        most += (m->queue[q].targets + 1) * each;
    most += m->groups * each;
    s->rule = calloc(most, sizeof *s->rule);
    if (!s->rule || result_new(&shape, m, 1) != OH_OK)
        return false;
    for (size_t q = 0; q < m->queues; q++)
        if (m->queue[q].targets > 0)
            queue_rules(s, shape, q);
    for (size_t g = 0; g < m->groups; g++)
        if (m->group[g].has_occupancy_target)
            group_rules(s, shape, g);
    oh_result_free(shape);
    s->single = true;
    for (size_t r = 0; r < s->rules; r++)
        s->single = s->single && s->rule[r].first == s->rule[r].last;
    return true;
}

/* ---- is there something to search? ---- */

static oh_status nothing(struct staff *s, const char *words)
{
    if (s->message)
        snprintf(s->message, 256, "%s", words);
    return OH_ARGUMENT;
}

static oh_status check_options(struct staff *s)
{
    const oh_staff_options *o = s->options;
    if (!(o->days >= 0 && o->days <= 1))
        return nothing(s, "the share of days is from 0 to 100 %");
    for (size_t g = 0; g < s->model->groups; g++) {
        double least = o->least ? o->least[g] : 0, most = o->most ? o->most[g] : INFINITY;
        if (!(least >= 0 && most >= 0) || isinf(least))
            return nothing(s, "limits are numbers of agents, from 0");
        if (least <= most)
            continue;
        if (s->message)
            snprintf(s->message, 256, "group '%.60s': at least %g agents and at most %g",
                     s->model->group[g].name, least, most);
        return OH_ARGUMENT;
    }
    return OH_OK;
}

oh_status staff_problem(struct staff *s)
{
    oh_status status = check_options(s);
    if (status != OH_OK)
        return status;
    s->chosen = calloc(s->model->groups + 1, sizeof *s->chosen);
    s->work = calloc(s->model->queues + 1, sizeof *s->work);
    s->busy = calloc(s->model->groups * s->model->shape.intervals + 1, sizeof *s->busy);
    if (!s->chosen || !s->work || !s->busy)
        return OH_NO_MEMORY;
    choose_groups(s);
    if (!make_units(s) || !make_rules(s))
        return OH_NO_MEMORY;
    if (s->rules == 0)
        return nothing(s, "no queue has a target, so nobody is needed; give the queues what they "
                          "shall reach, like  target: 80% in 20 s");
    if (s->units == 0)
        return nothing(s, "no agents serve a queue that has a target");
    staff_find_lanes(s);
    return OH_OK;
}

void staff_problem_free(struct staff *s)
{
    free(s->unit);
    free(s->rule);
    free(s->chosen);
    free(s->work);
    free(s->busy);
}
