/* explain_heads.c - how many agents are on duty by plan, at every moment.
 *
 * The one idea: the model's plan is already a sorted list of changes; adding them up gives a step
 * function, breaks included, from which means and the fewest follow.
 */
#include <math.h>

#include "explain.h"

/* The change of a group's heads at one item of the plan; `now` are its heads before. */
static double change(const oh_model *m, const struct model_plan *p, double now)
{
    switch ((enum plan_kind)p->kind) {
    case PLAN_STAFF_UP:
    case PLAN_STAFF_DOWN:
        return p->target - now;
    case PLAN_LINE_START:
    case PLAN_BREAK_END:
        return m->line[p->group].count;
    case PLAN_LINE_END:
    case PLAN_BREAK_START:
        return -(double)m->line[p->group].count;
    case PLAN_PERIOD:
    case PLAN_OPEN:
    case PLAN_CLOSE:
        break;
    }
    return 0;
}

/* The group that an item of the plan is about. */
static uint32_t group_of(const oh_model *m, const struct model_plan *p)
{
    bool count = p->kind == PLAN_STAFF_UP || p->kind == PLAN_STAFF_DOWN;
    return count ? p->group : m->line[p->group].group;
}

static bool about_agents(const struct model_plan *p)
{
    return p->kind != PLAN_PERIOD && p->kind != PLAN_OPEN && p->kind != PLAN_CLOSE;
}

bool explain_heads(struct arena *arena, const oh_model *m, const bool *marked, const double *carry,
                   struct heads *out)
{
    double *now = arena_array(arena, m->groups + 1, sizeof *now);
    *out = (struct heads){1, arena_array(arena, m->plans + 1, sizeof *out->time),
                          arena_array(arena, m->plans + 1, sizeof *out->count),
                          arena_array(arena, m->plans + 1, sizeof *out->capacity)};
    if (!now || !out->time || !out->count || !out->capacity)
        return false;
    out->time[0] = -INFINITY;
    for (size_t i = 0; i < m->plans; i++) {
        const struct model_plan *p = &m->plan[i];
        if (!about_agents(p) || !marked[group_of(m, p)])
            continue;
        uint32_t g = group_of(m, p);
        double more = change(m, p, now[g]);
        now[g] += more;
        if (p->time > out->time[out->n - 1]) {
            out->time[out->n] = p->time;
            out->count[out->n] = out->count[out->n - 1];
            out->capacity[out->n] = out->capacity[out->n - 1];
            out->n++;
        }
        out->count[out->n - 1] += more;
        out->capacity[out->n - 1] += more * carry[g];
    }
    return true;
}

void heads_over(const struct heads *h, double a, double b, double *mean, double *capacity,
                double *least)
{
    double heads = 0, power = 0;
    *least = INFINITY;
    for (size_t i = 0; i < h->n; i++) {
        double from = fmax(a, h->time[i]), to = i + 1 < h->n ? fmin(b, h->time[i + 1]) : b;
        if (to <= from)
            continue;
        heads += h->count[i] * (to - from);
        power += h->capacity[i] * (to - from);
        *least = fmin(*least, h->count[i]);
    }
    *mean = heads / (b - a);
    *capacity = power / (b - a);
}
