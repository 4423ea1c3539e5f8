/* explain_pools.c - pools of queues and agents, what they carry by interval, and Erlang's opinion.
 *
 * The one idea: queues that share agents share their fate, so Erlang's formulas are asked about the
 * whole pool: all its live calls together, at the mean handling time, in one line.
 */
#include "explain.h"

#include <math.h>

#include "compile.h"

/* ---- what the model says about one queue or group ---- */

void explain_interval(const oh_model *m, size_t interval, double *from, double *to)
{
    size_t d = 0;
    if (m->steady) {
        *from = m->warm_up;
        *to = m->close;
        return;
    }
    while (d + 1 < m->openings && m->opening[d + 1].first_period <= interval)
        d++;
    *from = m->opening[d].opens + m->interval * (double)(interval - m->opening[d].first_period);
    *to = *from + m->interval;
}

static double share_of(const struct model_source *s, size_t queue)
{
    double before = 0;
    if (s->mixes == 0)
        return s->queue == queue;
    for (size_t i = 0; i < s->mixes; before = s->mix[i++].up_to)
        if (s->mix[i].queue == queue)
            return s->mix[i].up_to - before;
    return 0;
}

/* Of those who come, how many want an agent. */
static double want_agents(const struct model_queue *q)
{
    return q->rules->self_service ? 1 - q->rules->self_service_resolves : 1;
}

double explain_calls(const oh_model *m, size_t queue, double a, double b)
{
    double calls = 0;
    for (size_t i = 0; i < m->sources; i++) {
        double share = share_of(&m->source[i], queue);
        if (share > 0)
            calls += share * source_expects(m, &m->source[i], a, b);
    }
    return calls * want_agents(&m->queue[queue]);
}

/* How many erlang one agent of the group carries: by the best of what it serves. */
static double carries(const oh_model *m, const struct model_group *g)
{
    double best = 0;
    for (size_t k = 0; k < g->skills; k++) {
        const struct model_skill *s = &g->skill[k];
        uint32_t at_once = g->room / s->room;
        double pace = 1;
        if (s->paces)
            pace = s->pace[(at_once < s->paces ? at_once : s->paces) - 1];
        if (!m->queue[s->queue].deferrable || best == 0)
            best = fmax(best, at_once * pace * s->speed);
    }
    return best > 0 ? best : 1;
}

/* ---- pools: queues joined by groups that serve both ---- */

static uint32_t root_of(uint32_t *parent, uint32_t q)
{
    while (parent[q] != q)
        q = parent[q] = parent[parent[q]];
    return q;
}

static void join_queues(const oh_model *m, uint32_t *parent)
{
    for (uint32_t q = 0; q < m->queues; q++)
        parent[q] = q;
    for (size_t g = 0; g < m->groups; g++)
        for (size_t k = 1; k < m->group[g].skills; k++) {
            uint32_t a = root_of(parent, m->group[g].skill[0].queue);
            uint32_t b = root_of(parent, m->group[g].skill[k].queue);
            parent[a > b ? a : b] = a > b ? b : a;
        }
}

/* The pool of all that hangs on queue `root`. */
static bool gather(oh_explanation *e, struct pool *p, uint32_t *parent, uint32_t root)
{
    const oh_model *m = e->model;
    uint32_t *queue = arena_array(&e->arena, m->queues, sizeof *queue);
    uint32_t *group = arena_array(&e->arena, m->groups + 1, sizeof *group);
    p->name = "";
    if (!queue || !group)
        return false;
    for (uint32_t q = root; q < m->queues; q++)
        if (root_of(parent, q) == root) {
            p->name =
                arena_printf(&e->arena, "%s%s%s", p->name, p->queues ? ", " : "", m->queue[q].name);
            if (!p->name)
                return false;
            queue[p->queues++] = q;
        }
    for (uint32_t g = 0; g < m->groups; g++)
        if (m->group[g].skills > 0 && root_of(parent, m->group[g].skill[0].queue) == root) {
            group[p->groups++] = g;
            p->several_at_once = p->several_at_once || !m->group[g].single;
        }
    p->queue = queue;
    p->group = group;
    return true;
}

/* The first target of the pool that the formulas know, the first time limit, and patience. */
static void judge(const oh_model *m, struct pool *p)
{
    double calls = 0, leave = 0; /* leave: sum of 1 / mean patience */
    p->within = NAN;
    for (size_t i = 0; i < p->queues; i++) {
        const struct model_queue *q = &m->queue[p->queue[i]];
        oh_queue_figures any;
        double expected = q->expected * want_agents(q);
        if (q->deferrable || !(expected > 0))
            continue;
        p->live = true;
        calls += expected;
        leave += expected / dist_mean(q->patience);
        if (isnan(p->within) && q->limits > 0)
            p->within = q->limit[0];
        for (size_t t = 0; t < q->targets && !p->has_goal; t++)
            if (oh_figure_find(&any, q->target[t].metric->public.id)) {
                p->has_goal = true;
                p->judge = p->queue[i];
                p->goal = (oh_goal){q->target[t].metric->public.id, q->target[t].level};
                if (!isnan(q->target[t].within))
                    p->within = q->target[t].within;
            }
    }
    p->patience = leave > 0 ? calls / leave : INFINITY;
}

/* ---- by interval ---- */

static bool erlang(const struct pool *p, oh_outlook *o, double seconds)
{
    oh_steady_queue q = {.rate = o->calls / seconds,
                         .patience = p->patience,
                         .threshold = isnan(p->within) ? 0 : p->within};
    double agents = floor(o->agents + 1e-9), power = o->agents > 0 ? o->capacity / o->agents : 1;
    oh_status status = OH_OK;
    o->required = NAN;
    if (p->several_at_once || !(o->load > 0) || p->groups == 0)
        return true;
    q.handling = o->load / q.rate / power;
    if (p->has_goal) {
        status = oh_erlang_agents(&q, &p->goal, &o->required);
        if (status == OH_NO_MEMORY)
            return false; /* else NaN says that no number of agents does */
    }
    if (agents < 1)
        return true;
    if (isfinite(p->patience)) {
        status = oh_steady_figures(&q, agents, &o->erlang_a);
        o->has_a = status == OH_OK;
    }
    o->has_c = oh_erlang_c(q.rate, q.handling, agents, q.threshold, &o->erlang_c) == OH_OK;
    return status != OH_NO_MEMORY;
}

static bool look_ahead(oh_explanation *e, struct pool *p)
{
    const oh_model *m = e->model;
    bool *marked = arena_array(&e->arena, m->groups + 1, sizeof *marked);
    double *carry = arena_array(&e->arena, m->groups + 1, sizeof *carry);
    p->outlook = arena_array(&e->arena, e->intervals, sizeof *p->outlook);
    if (!marked || !carry || !p->outlook)
        return false;
    for (size_t i = 0; i < p->groups; i++) {
        marked[p->group[i]] = true;
        carry[p->group[i]] = carries(m, &m->group[p->group[i]]);
    }
    if (!explain_heads(&e->arena, m, marked, carry, &p->heads))
        return false;
    for (size_t k = 0; k < e->intervals; k++) {
        oh_outlook *o = &p->outlook[k];
        double from, to;
        explain_interval(m, k, &from, &to);
        for (size_t i = 0; i < p->queues; i++) {
            const struct model_queue *q = &m->queue[p->queue[i]];
            if (q->deferrable)
                continue;
            o->calls += explain_calls(m, p->queue[i], from, to);
            o->load += q->load[k] * want_agents(q);
        }
        heads_over(&p->heads, from, to, &o->agents, &o->capacity, &o->least);
        if (!erlang(p, o, to - from))
            return false;
    }
    return true;
}

bool explain_pools(oh_explanation *e)
{
    const oh_model *m = e->model;
    uint32_t *parent = arena_array(&e->arena, m->queues + 1, sizeof *parent);
    e->pool = arena_array(&e->arena, m->queues + 1, sizeof *e->pool);
    e->intervals = m->shape.intervals;
    if (!parent || !e->pool)
        return false;
    join_queues(m, parent);
    for (uint32_t q = 0; q < m->queues; q++)
        if (root_of(parent, q) == q) {
            struct pool *p = &e->pool[e->pools++];
            if (!gather(e, p, parent, q))
                return false;
            judge(m, p);
            if (!look_ahead(e, p))
                return false;
        }
    return true;
}
