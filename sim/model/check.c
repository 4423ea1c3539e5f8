/* check.c - what contradicts what between the sections of a scenario.
 */
#include <math.h>
#include <stdio.h>

#include "compile.h"

/* Work a second of an agent who does nothing but this: contacts at once x their pace x speed. */
static double output(const struct model_group *g, const struct model_skill *k)
{
    size_t at_once = g->room / k->room;
    double pace = k->paces == 0 ? 1 : k->pace[at_once <= k->paces ? at_once - 1 : k->paces - 1];
    return (double)at_once * pace * k->speed;
}

static double agents_of(const struct oh_model *m, const struct model_queue *q)
{
    double n = 0;
    for (size_t i = 0; i < q->servers; i++) {
        const struct model_group *g = &m->group[q->server[i].group];
        n += g->agents * output(g, &g->skill[q->server[i].skill]);
    }
    return n;
}

/* A queue whose callers never leave and that has room for all of them. */
static bool unbounded(const struct model_queue *q)
{
    return dist_is_never(q->patience) && q->capacity == UINT64_MAX && q->balk < 1;
}

/* The connected part of the centre that a queue belongs to: every queue in it gets the number of
 * the first one. Queues are joined where a group serves both. */
static void components(const struct oh_model *m, uint32_t *part)
{
    for (uint32_t q = 0; q < m->queues; q++)
        part[q] = q;
    for (bool moved = true; moved;) {
        moved = false;
        for (size_t g = 0; g < m->groups; g++) {
            uint32_t low = UINT32_MAX;
            for (size_t k = 0; k < m->group[g].skills; k++)
                if (part[m->group[g].skill[k].queue] < low)
                    low = part[m->group[g].skill[k].queue];
            for (size_t k = 0; k < m->group[g].skills; k++)
                if (part[m->group[g].skill[k].queue] != low) {
                    part[m->group[g].skill[k].queue] = low;
                    moved = true;
                }
        }
    }
}

static void warn_overload(const struct spec_queue *sq, double load, double capacity,
                          oh_diags *diags)
{
    finding(diags, CODE_W302, sq->span,
            "queue '%s' grows without end: a load of %.4g erlang for %.4g agents, and callers who "
            "never hang up",
            sq->name, load, capacity);
    finding_hint(diags, "give it more agents than the load, or a patience");
}

/* Steady mode, patience never, load >= capacity: the queue has no steady state. Judged queue by
 * queue, and for all queues that share agents together. */
static bool check_overload(struct oh_model *m, const struct spec *s, oh_diags *diags)
{
    uint32_t *part = arena_array(&m->arena, m->queues, sizeof *part);
    double *load = arena_array(&m->arena, m->queues, sizeof *load);
    double *capacity = arena_array(&m->arena, m->queues, sizeof *capacity);
    bool *warned = arena_array(&m->arena, m->queues, sizeof *warned);
    if (!part || !load || !capacity || !warned)
        return false;
    components(m, part);
    for (size_t g = 0; g < m->groups; g++) {
        double fastest = 0;
        for (size_t k = 0; k < m->group[g].skills; k++)
            fastest = fmax(fastest, output(&m->group[g], &m->group[g].skill[k]));
        if (m->group[g].skills)
            capacity[part[m->group[g].skill[0].queue]] += m->group[g].agents * fastest;
    }
    for (size_t q = 0; q < m->queues; q++) {
        const struct model_queue *mq = &m->queue[q];
        if (!unbounded(mq))
            continue;
        double own = mq->load[period_whole(&m->shape)];
        load[part[q]] += own;
        if (own > 0 && own >= agents_of(m, mq)) {
            warn_overload(&s->queue[q], own, agents_of(m, mq), diags);
            warned[part[q]] = true;
        }
    }
    for (size_t q = 0; q < m->queues; q++) {
        uint32_t p = part[q];
        if (unbounded(&m->queue[q]) && !warned[p] && load[p] > 0 && load[p] >= capacity[p]) {
            warn_overload(&s->queue[q], load[p], capacity[p], diags);
            warned[p] = true;
        }
    }
    return true;
}

/* A figure without a value is never known precisely enough. */
static void check_precision(struct oh_model *m, const struct spec *s, oh_diags *diags)
{
    const struct spec_precision *p = &s->precision;
    if (!p->given || !(p->metric->applies & NEEDS_LIMIT) || m->queue[p->queue].limits > 0)
        return;
    finding(diags, CODE_W202, p->span,
            "'precision' has no effect: without a time limit '%s' has no %s",
            s->queue[p->queue].name, p->metric->public.id);
    finding_hint(diags, "give the queue one, like  target: 80%% in 20 s");
    m->experiment.has_precision = false;
}

oh_status model_check(struct oh_model *m, const struct spec *s, oh_diags *diags)
{
    double expected = 0;
    for (size_t q = 0; q < m->queues; q++) {
        const struct model_queue *mq = &m->queue[q];
        expected += mq->expected;
        if (mq->servers == 0) {
            finding(diags, CODE_W301, s->queue[q].span, "no agents serve queue '%s'", mq->name);
            finding_hint(diags,
                         "every caller waits until he hangs up; name it in a group's serves");
        }
        if (mq->deferrable && !m->steady && !m->week)
            finding(diags, CODE_W303, s->queue[q].span,
                    "what still waits in '%s' at closing is left over: the scenario is one day",
                    mq->name);
    }
    check_precision(m, s, diags);
    if (!(expected <= MODEL_MAX_CALLS)) {
        finding(diags, CODE_E301, s->time.span,
                "about %.3g calls in one replication; the limit is %.0e", expected,
                MODEL_MAX_CALLS);
        finding_hint(diags, "look for a wrong unit in the arrivals");
        return OH_INVALID;
    }
    if (m->steady && !check_overload(m, s, diags))
        return OH_NO_MEMORY;
    return findings_failed(diags) ? OH_NO_MEMORY : OH_OK;
}
