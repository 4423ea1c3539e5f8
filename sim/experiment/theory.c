/* theory.c - Erlang C and Erlang A beside the simulation, where they apply, and why they differ.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "result.h"

/* The source of all of a queue's calls, if it is a Poisson process of constant rate. */
static const struct model_source *poisson_source(const oh_model *m, size_t queue)
{
    const struct model_source *found = NULL;
    for (size_t i = 0; i < m->sources; i++) {
        const struct model_source *s = &m->source[i];
        if (s->mixes == 0 && s->queue == queue)
            found = s;
    }
    return found && found->kind == SOURCE_RATES && found->plain && found->steps == 1 ? found : NULL;
}

/* Agents who serve this queue and nothing else, one contact at a time, all at one speed. */
static bool dedicated(const oh_model *m, const struct model_queue *q, double *agents, double *speed)
{
    *agents = 0;
    for (size_t i = 0; i < q->servers; i++) {
        const struct model_group *g = &m->group[q->server[i].group];
        const struct model_skill *k = &g->skill[0];
        if (g->skills != 1 || !g->plain_pick || g->rules->absence > 0 || g->rules->not_ready ||
            g->rules->late || q->server[i].level > 0 || (i > 0 && k->speed != *speed))
            return false;
        *agents += g->agents;
        *speed = k->speed;
    }
    return *agents > 0;
}

/* True for a single exponential distribution. */
static bool is_exponential(const struct dist *d)
{
    double mean = dist_mean(d);
    return d->parts == 0 && d->plus == 0 && fabs(dist_cdf(d, mean) - (1 - exp(-1))) < 1e-9 &&
           fabs(dist_cdf(d, 2 * mean) - (1 - exp(-2))) < 1e-9;
}

static void append(char *note, size_t size, const char *sentence)
{
    size_t used = strlen(note);
    snprintf(note + used, size - used, "%s%s", used ? " " : "", sentence);
}

static void explain(const struct model_queue *q, oh_theory *t)
{
    bool never = dist_is_never(q->patience);
    bool exponential = !q->hold && !q->wrap_up && is_exponential(q->talk);
    if (exponential && (never || is_exponential(q->patience))) {
        append(t->note, sizeof t->note,
               never ? "The scenario is exactly Erlang C's model:"
                     : "The scenario is exactly Erlang A's model:");
        append(t->note, sizeof t->note, "differences from it are chance.");
    }
    if (!never)
        append(t->note, sizeof t->note,
               "Erlang C knows no hanging up, so it shows longer waits than the simulation.");
    if (never)
        append(t->note, sizeof t->note, "Nobody hangs up, so Erlang A does not apply.");
    else if (!t->has_erlang_a)
        append(t->note, sizeof t->note,
               "Some callers never hang up, so patience has no mean for Erlang A.");
    else if (!is_exponential(q->patience))
        append(t->note, sizeof t->note,
               "Erlang A takes patience as exponential with the same mean.");
    if (!exponential)
        append(t->note, sizeof t->note,
               "Both take handling times as exponential with the same mean.");
    if (!t->has_erlang_c)
        append(t->note, sizeof t->note,
               "The load is not below the number of agents: Erlang C has no steady state.");
}

bool oh_result_theory(const oh_result *result, size_t queue, oh_theory *t)
{
    const oh_model *m = result->model;
    const struct model_queue *q = &m->queue[queue];
    const struct model_source *s = poisson_source(m, queue);
    double agents, speed = 1;
    *t = (oh_theory){.threshold = q->limits > 0 ? q->limit[0] : 0};
    if (!m->steady || !s || !q->plain || q->timed || q->ring || q->balk > 0 ||
        (q->capacity != UINT64_MAX && q->capacity > 0) || m->lines != UINT32_MAX ||
        q->rules->backlog > 0 || !dedicated(m, q, &agents, &speed))
        return false;
    for (size_t other = 0; other < m->queues; other++)
        if (!m->queue[other].plain) /* its callers may come here */
            return false;
    double rate = s->step[0].rate, handling = q->mean_handling / speed;
    double patience = dist_mean(q->patience);
    if (q->capacity == 0) {
        t->has_erlang_b = true;
        t->erlang_b = oh_erlang_b(rate * handling, agents);
        append(t->note, sizeof t->note,
               "Nobody may wait: Erlang B's model, whatever the shape of handling times; "
               "differences from it are chance.");
        return true;
    }
    t->has_erlang_c = rate * handling < agents &&
                      oh_erlang_c(rate, handling, agents, t->threshold, &t->erlang_c) == OH_OK;
    t->has_erlang_a =
        isfinite(patience) && patience > 0 &&
        oh_erlang_a(rate, handling, patience, agents, t->threshold, &t->erlang_a) == OH_OK;
    explain(q, t);
    return true;
}
