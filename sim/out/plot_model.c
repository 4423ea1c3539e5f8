/* plot_model.c - patience as given, agents as Erlang's formulas ask for. */
#include "plot_model.h"

#include <math.h>

#include "../model/explain.h"

bool plot_patience(const oh_result *result, size_t queue, double seconds, double *share)
{
    const oh_model *m = oh_result_model(result);
    const struct model_queue *q = &m->queue[queue];
    bool from_log = false;
    for (size_t i = 0; i < m->sources; i++)
        from_log = from_log || (m->source[i].queue == queue && m->source[i].patience);
    if (!q->patience || from_log || dist_has_schedule(q->patience))
        return false;
    *share = (1 - q->balk) * (1 - dist_cdf(q->patience, seconds));
    return true;
}

/* The pool of a group if no other group works in it. */
static const struct pool *own_pool(const oh_explanation *e, size_t group)
{
    for (size_t p = 0; p < e->pools; p++)
        if (e->pool[p].groups == 1 && e->pool[p].group[0] == group)
            return &e->pool[p];
    return NULL;
}

const double *plot_needed(const oh_result *result, size_t group, struct arena *arena)
{
    oh_explanation *e = NULL;
    if (oh_explain(&e, oh_result_model(result)) != OH_OK) {
        arena->failed = true;
        return NULL;
    }
    const struct pool *pool = own_pool(e, group);
    double *needed = NULL;
    if (pool && pool->has_goal && !pool->several_at_once)
        needed = arena_array(arena, e->intervals, sizeof *needed);
    for (size_t i = 0; needed && i < e->intervals; i++)
        needed[i] = pool->outlook[i].required;
    oh_explanation_free(e);
    return needed;
}
