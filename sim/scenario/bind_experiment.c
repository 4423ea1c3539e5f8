/* bind_experiment.c - how sure the answer shall be, and the values of a sweep.
 *
 * A sweep's values are tried like a variant's: each on a copy of the tree, so that a mistake is
 * told where it stands and not when the sweep is run.
 */
#include <math.h>
#include <string.h>

#include "../stats/metric_table.h"
#include "binder.h"
#include "scenario_tree.h"
#include "value_list.h"

static const struct metric_row *read_metric(struct binder *b, const struct node *node)
{
    const char *text = value_text(b, node, "the name of a figure", "service_level");
    const struct metric_row *row = text ? figure_find(b, text, node->span) : NULL;
    if (row && row->public.kind == OH_CONSTANT) {
        finding(b->diags, CODE_E219, node->span, "'%s' is known exactly: it has no interval", text);
        return NULL;
    }
    return row;
}

void read_precision(struct binder *b, const struct key_row *row, const struct node *node,
                    void *target)
{
    struct spec_precision p = {.span = node->span};
    size_t before = oh_diags_errors(b->diags);
    if (!want_map(b, node, row->form))
        return;
    section_read(b, "experiment.precision", node, target); /* unknown and missing keys */
    const struct node *queue = node_get(node, "queue"), *metric = node_get(node, "metric");
    const struct node *half = node_get(node, "half_width");
    const char *name = queue ? value_text(b, queue, "the name of a queue", "support") : NULL;
    struct named *entry = name ? queue_find(b, name, queue->span) : NULL;
    p.metric = metric ? read_metric(b, metric) : NULL;
    if (entry)
        p.queue = entry->index;
    if (p.metric && half && value_read(b, half, figure_kind(p.metric), &p.half_width) &&
        !(p.half_width > 0)) {
        finding(b->diags, CODE_E204, half->span, "a half width of 0 is never reached");
        finding_hint(b->diags, "write, for example, 0.5%% for a share");
    }
    if (b->spec->time.batches > 0)
        finding(b->diags, CODE_E208, node->key_span,
                "a run in batches has its precision from their number: 'precision' is for "
                "replications");
    if (oh_diags_errors(b->diags) > before)
        return;
    p.given = true;
    b->spec->precision = p;
}

/* ---- sweep ---- */

/* Sets one value of a sweep on a copy of the tree and reads it as if it were to be run. */
static void try_value(struct binder *b, const struct node *path, const struct node *value)
{
    struct node one = *value, variant = {.kind = NODE_MAP, .span = path->span, .count = 1};
    one.key = path->key;
    one.key_span = path->key_span;
    one.next = NULL;
    variant.first = variant.last = &one;
    if (spec_try(b->scenario, &variant, b->diags) == OH_NO_MEMORY)
        b->no_memory = true;
}

/* The first and the last value of a range: what lies between is like them. */
static void try_range(struct binder *b, const struct node *path)
{
    struct value_list list;
    struct problem problem;
    if (!value_list_read(&list, path->text, b->arena, &problem)) {
        if (!*problem.message) {
            b->no_memory = true;
            return;
        }
        finding(b->diags, CODE_E203, path->span, "%s", problem.message);
        finding_hint(b->diags, "%s", problem.hint);
        return;
    }
    size_t before = oh_diags_errors(b->diags);
    for (size_t k = 0; k < 2 && k < list.n && oh_diags_errors(b->diags) == before; k++) {
        struct node value = *path;
        value.text = arena_strdup(b->arena, list.at[k == 0 ? 0 : list.n - 1]);
        if (value.text)
            try_value(b, path, &value);
    }
}

void read_sweep(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    (void)target;
    if (!want_map(b, node, row->form) || b->is_variant || b->scenario->settings > 0)
        return;
    for (const struct node *path = node->first; path && !enough_found(b); path = path->next) {
        if (path->kind == NODE_SCALAR)
            try_range(b, path);
        else if (path->kind == NODE_LIST && path->count > 0)
            for (const struct node *v = path->first; v; v = v->next)
                try_value(b, path, v);
        else
            finding(b->diags, CODE_E205, path->span, "a sweep needs a range or a list of values");
    }
}
