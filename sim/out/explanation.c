/* explanation.c - making an explanation and reading it. */
#include <stdlib.h>

#include "../model/explain.h"
#include "explain_page.h"

oh_status oh_explain(oh_explanation **out, const oh_model *model)
{
    oh_explanation *e = calloc(1, sizeof *e);
    *out = NULL;
    if (!e)
        return OH_NO_MEMORY;
    arena_init(&e->arena);
    e->model = model;
    if (!explain_pools(e) || !explain_remarks(e) || e->arena.failed) {
        oh_explanation_free(e);
        return OH_NO_MEMORY;
    }
    *out = e;
    return OH_OK;
}

void oh_explanation_free(oh_explanation *e)
{
    if (!e)
        return;
    arena_free(&e->arena);
    free(e);
}

size_t oh_explanation_pools(const oh_explanation *e)
{
    return e->pools;
}

const char *oh_explanation_pool(const oh_explanation *e, size_t pool)
{
    return e->pool[pool].name;
}

size_t oh_explanation_intervals(const oh_explanation *e)
{
    return e->intervals;
}

const oh_outlook *oh_explanation_outlook(const oh_explanation *e, size_t pool, size_t interval)
{
    return &e->pool[pool].outlook[interval];
}

size_t oh_explanation_remarks(const oh_explanation *e)
{
    return e->remarks;
}

const char *oh_explanation_remark(const oh_explanation *e, size_t i)
{
    const struct remark *r = e->first;
    while (i-- > 0)
        r = r->next;
    return r->text;
}
