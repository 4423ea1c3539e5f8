/* plan.c - staff plans and the clock as one list in order of time.
 *
 * The one idea: everything whose time is known beforehand (staff changes, breaks, interval
 * boundaries, closing) needs no event list, only a cursor.
 */
#include "plan.h"

#include <math.h>
#include <stdlib.h>

#include "rank.h"

/* After shrinkage, to the nearest agent, halves up. A hair is added since 0.88 is not quite 0.88.
 */
static double shrunk(const struct spec_group *g, double heads)
{
    return floor(heads * (1 - g->shrinkage) + 0.5 + 1e-9);
}

/* Heads of the i-th shift after shrinkage. What is rounded is the sum up to each shift, so that ten
 * shifts of one agent each lose as many as one shift of ten. */
static double shrunk_shift(const struct spec_group *g, size_t i)
{
    double before = 0;
    for (size_t k = 0; k < i; k++)
        before += g->shift[k].count;
    return shrunk(g, before + g->shift[i].count) - shrunk(g, before);
}

/* The schedule of one opening. */
static const struct spec_schedule *day_of(const struct spec_group *g, size_t opening)
{
    return g->count.day ? &g->count.day[opening] : &g->count;
}

/* The k-th step of a count: [*from, *to) with so many heads. A constant count is one step over the
 * opening (in steady mode, for ever). */
static double step_of(const struct oh_model *m, const struct spec_schedule *c, size_t opening,
                      size_t k, double *from, double *to)
{
    const struct model_opening *o = &m->opening[opening];
    bool constant = c->per == 0;
    *from = constant ? o->opens : o->opens + c->from + (double)k * c->per;
    *to = !constant   ? o->opens + c->from + (double)(k + 1) * c->per
          : m->steady ? INFINITY
                      : o->closes;
    return floor(c->value[k] + 0.5);
}

uint32_t plan_heads(const struct oh_model *m, const struct spec_group *g)
{
    double most = 0;
    for (size_t i = 0; i < g->shifts; i++)
        most += shrunk_shift(g, i);
    for (size_t d = 0; g->shifts == 0 && d < m->openings; d++)
        for (size_t k = 0; k < day_of(g, d)->n; k++)
            most = fmax(most, shrunk(g, day_of(g, d)->value[k]));
    return (uint32_t)most;
}

/* Adds heads over [from, to) to the periods that it touches; the rest is OUTSIDE. */
static void add_area(const struct oh_model *m, double *area, double from, double to, double heads)
{
    double inside = 0;
    for (size_t d = 0; d < m->openings && heads != 0; d++) {
        const struct model_opening *o = &m->opening[d];
        double begin = m->steady ? m->warm_up : o->opens;
        double step = m->steady ? m->close - m->warm_up : m->interval;
        double first = floor((from - begin) / step) - 1;
        for (size_t i = first > 0 ? (size_t)first : 0; i < o->periods; i++) {
            double a = begin + (double)i * step;
            if (a >= to)
                break;
            double part = fmax(0, fmin(a + step, to) - fmax(a, from));
            area[o->first_period + i] += heads * part;
            inside += part;
        }
    }
    if (!m->steady)
        area[period_outside(&m->shape)] += heads * ((to - from) - inside);
}

static void count_areas(const struct oh_model *m, const struct spec_group *g, double *scheduled,
                        double *planned)
{
    for (size_t d = 0; d < m->openings; d++)
        for (size_t k = 0; k < day_of(g, d)->n; k++) {
            double from, to, heads = step_of(m, day_of(g, d), d, k, &from, &to);
            add_area(m, scheduled, from, to, heads);
            add_area(m, planned, from, to, shrunk(g, heads));
        }
}

static void shift_areas(const struct oh_model *m, const struct spec_group *g, double *scheduled,
                        double *planned)
{
    for (size_t d = 0; d < m->openings; d++)
        for (size_t i = 0; i < g->shifts; i++) {
            const struct spec_shift *s = &g->shift[i];
            double opens = m->opening[d].opens, heads = shrunk_shift(g, i);
            if (!s->on[d])
                continue;
            add_area(m, scheduled, opens + s->from, opens + s->to, s->count);
            add_area(m, planned, opens + s->from, opens + s->to, heads);
            for (size_t b = 0; b < s->breaks; b++)
                add_area(m, planned, opens + s->pause[b].at,
                         opens + s->pause[b].at + s->pause[b].length, -heads);
        }
}

bool plan_areas(struct oh_model *m, struct model_group *g)
{
    double *scheduled = arena_array(&m->arena, m->shape.intervals + 2, sizeof *scheduled);
    double *planned = arena_array(&m->arena, m->shape.intervals + 2, sizeof *planned);
    if (!scheduled || !planned)
        return false;
    if (g->by_line)
        shift_areas(m, g->rules, scheduled, planned);
    else
        count_areas(m, g->rules, scheduled, planned);
    g->scheduled_area = scheduled;
    g->planned_area = planned;
    return true;
}

/* A plan under construction. */
struct plan {
    struct model_plan *item;
    size_t n;
};

static void add(struct plan *p, size_t opening, double time, enum plan_kind kind, enum rank rank,
                size_t group, double target)
{
    p->item[p->n++] = (struct model_plan){
        time, (uint8_t)kind, (uint8_t)rank, (uint32_t)group, (uint32_t)target, (uint32_t)opening};
}

/* The changes of a count over all openings. Between two openings nobody is planned, unless a step
 * reaches across. */
static void add_counts(struct plan *p, const struct oh_model *m, size_t group)
{
    const struct spec_group *g = m->group[group].rules;
    double before = 0, end = -INFINITY;
    for (size_t d = 0; d < m->openings; d++)
        for (size_t k = 0; k <= day_of(g, d)->n; k++) {
            double from = end, to = end, heads = 0;
            if (k < day_of(g, d)->n)
                heads = shrunk(g, step_of(m, day_of(g, d), d, k, &from, &to));
            bool handed_on = k == day_of(g, d)->n && d + 1 < m->openings && m->opening[d].joined;
            end = to;
            if (heads == before || handed_on || isinf(from))
                continue;
            if (heads > before)
                add(p, d, from, PLAN_STAFF_UP, RANK_SHIFT_START, group, heads);
            else
                add(p, d, from, PLAN_STAFF_DOWN, RANK_SHIFT_END, group, heads);
            before = heads;
        }
}

static void add_lines(struct plan *p, const struct oh_model *m, const struct spec_group *g,
                      size_t first_line)
{
    for (size_t d = 0; d < m->openings; d++)
        for (size_t i = 0; i < g->shifts; i++) {
            const struct spec_shift *s = &g->shift[i];
            double opens = m->opening[d].opens;
            size_t line = first_line + i;
            if (!s->on[d])
                continue;
            add(p, d, opens + s->from, PLAN_LINE_START, RANK_SHIFT_START, line, 0);
            add(p, d, opens + s->to, PLAN_LINE_END, RANK_SHIFT_END, line, 0);
            for (size_t b = 0; b < s->breaks; b++) {
                double at = opens + s->pause[b].at;
                add(p, d, at, PLAN_BREAK_START, RANK_SHIFT_END, line, 0);
                add(p, d, at + s->pause[b].length, PLAN_BREAK_END, RANK_BREAK_END, line, 0);
            }
        }
}

/* The first period of an opening begins before anything else of that instant. */
static void add_clock(struct plan *p, const struct oh_model *m)
{
    for (size_t d = 0; d < m->openings; d++) {
        const struct model_opening *o = &m->opening[d];
        size_t n = m->steady && m->batches ? m->batches : o->periods;
        double begin = m->steady ? m->warm_up : o->opens;
        double step = m->steady ? m->length : m->interval;
        add(p, d, o->opens, PLAN_OPEN, RANK_SHIFT_START, d, 0);
        for (size_t k = 0; k < n; k++)
            add(p, d, begin + (double)k * step, PLAN_PERIOD,
                k == 0 ? RANK_SHIFT_START : RANK_PERIOD, o->first_period + k, 0);
        add(p, d, o->closes, PLAN_CLOSE, RANK_CLOSE, d, 0);
    }
}

/* qsort is not stable: what is made first comes first among equals. */
static int by_time(const void *pa, const void *pb)
{
    const struct model_plan *a = pa, *b = pb;
    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return a->group < b->group ? -1 : a->group > b->group;
}

static bool compile_lines(struct oh_model *m)
{
    size_t n = 0;
    for (size_t g = 0; g < m->groups; g++)
        n += m->group[g].rules->shifts;
    struct model_line *line = arena_array(&m->arena, n, sizeof *line);
    if (!line)
        return false;
    for (size_t g = 0; g < m->groups; g++) {
        const struct spec_group *sg = m->group[g].rules;
        uint32_t first = m->group[g].first_agent;
        for (size_t i = 0; i < sg->shifts; i++) {
            uint32_t heads = (uint32_t)shrunk_shift(sg, i);
            line[m->shift_lines++] = (struct model_line){(uint32_t)g, first, heads};
            first += heads;
        }
    }
    m->line = line;
    return true;
}

static size_t most_items(const struct oh_model *m)
{
    size_t n = m->shape.intervals + 2 * m->openings + m->batches;
    for (size_t g = 0; g < m->groups; g++) {
        const struct spec_group *sg = m->group[g].rules;
        for (size_t i = 0; i < sg->shifts; i++)
            n += m->openings * 2 * (1 + sg->shift[i].breaks);
        for (size_t d = 0; d < m->openings && sg->shifts == 0; d++)
            n += day_of(sg, d)->n + 1;
    }
    return n;
}

bool plan_compile(struct oh_model *m)
{

    struct plan p = {arena_array(&m->arena, most_items(m), sizeof *p.item), 0};
    if (!p.item || !compile_lines(m))
        return false;
    size_t line = 0;
    for (size_t g = 0; g < m->groups; g++) {
        if (!m->group[g].by_line)
            add_counts(&p, m, g);
        add_lines(&p, m, m->group[g].rules, line);
        line += m->group[g].rules->shifts;
    }
    add_clock(&p, m);
    qsort(p.item, p.n, sizeof *p.item, by_time);
    m->plan = p.item;
    m->plans = p.n;
    m->start = fmin(0, p.item[0].time);
    return true;
}
