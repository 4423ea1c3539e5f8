/* bind_target.c - targets: "80% in 20 s", or a figure of METRICS and its bound.
 *
 * The one idea: the table of metrics knows unit and sense of each figure, so a target can be set on
 * any of them.
 */
#include <math.h>
#include <string.h>

#include "../stats/metric_table.h"
#include "binder.h"

#define TARGET_FORM "80% in 20 s, {abandon_rate: 5%} or {asa: 30 s}"

static const char *metric_name(const void *user, size_t i)
{
    (void)user;
    return metric_row_at(i)->public.id;
}

const struct metric_row *figure_find(struct binder *b, const char *id, struct span at)
{
    const struct metric_row *row = metric_row_find(id);
    if (!row) {
        const char *near = suggest(id, metric_rows(), metric_name, NULL);
        finding(b->diags, CODE_E207, at, "there is no figure '%s'", id);
        if (near)
            finding_hint(b->diags, "did you mean '%s'?", near);
        else
            finding_hint(b->diags, "write, for example, {abandon_rate: 5%%} or {asa: 30 s}");
        return NULL;
    }
    if (!(row->applies & ON_QUEUE) || row->is_verdict) {
        finding(b->diags, CODE_E219, at, "'%s' is no figure of a queue", id);
        if (row->applies & ON_AGENTS)
            finding_hint(b->diags,
                         "it is one of agents; a group may have  target: {occupancy: 85%%}");
        return NULL;
    }
    return row;
}

enum value_kind figure_kind(const struct metric_row *row)
{
    return strcmp(row->public.unit, "share") == 0   ? VALUE_SHARE
           : strcmp(row->public.unit, "s") == 0     ? VALUE_DURATION
           : strcmp(row->public.unit, "money") == 0 ? VALUE_MONEY
                                                    : VALUE_NUMBER;
}

/* "80% in 20 s". */
static bool with_limit(struct binder *b, const struct node *node, struct spec_target *out)
{
    struct unit_target target;
    struct problem problem = {"", ""};
    const char *text = value_text(b, node, "a target", "80% in 20 s");
    if (!text)
        return false;
    if (!unit_target(text, &target, &problem)) {
        value_problem(b, node->span, &problem);
        return false;
    }
    if (!target.has_level || !target.has_within) {
        finding(b->diags, CODE_E203, node->span, "this target needs a share and a time");
        finding_hint(b->diags, "write, for example, 80%% in 20 s");
        return false;
    }
    out->level = target.level;
    out->within = target.within;
    return true;
}

static bool plain_level(struct binder *b, const struct node *node, const struct metric_row *row,
                        struct spec_target *out)
{
    enum value_kind kind = figure_kind(row);
    struct unit_target target;
    struct problem problem;
    if (kind == VALUE_SHARE && node->kind == NODE_SCALAR &&
        unit_target(node->text, &target, &problem) && target.has_level && target.has_within) {
        finding(b->diags, CODE_E203, node->span, "'%s' has no time limit", row->public.id);
        finding_hint(b->diags, "write only the share, for example  {%s: 5%%}", row->public.id);
        return false;
    }
    out->within = NAN;
    return value_read(b, node, kind, &out->level);
}

static bool one_target(struct binder *b, const struct node *node, struct spec_target *out)
{
    const struct node *value = node;
    const struct metric_row *row = metric_row_find("service_level");
    if (node->kind == NODE_MAP && node->count == 1) {
        value = node->first;
        row = figure_find(b, value->key, value->key_span);
        if (!row)
            return false;
    } else if (node->kind != NODE_SCALAR) {
        finding(b->diags, CODE_E205, node->span, "a target is one figure and its bound");
        finding_hint(b->diags, "write %s; several of them as a list", TARGET_FORM);
        return false;
    }
    bool limit = (row->applies & NEEDS_LIMIT) && strcmp(row->public.unit, "share") == 0;
    out->metric = row->public.id;
    out->at_most = row->at_most;
    out->span = node->span;
    return limit ? with_limit(b, value, out) : plain_level(b, value, row, out);
}

/* At most MAX_LIMITS different time limits: the engine counts each of them. */
static bool limits_fit(struct binder *b, const struct spec_queue *queue)
{
    double limit[SPEC_MAX_TARGETS];
    size_t n = 0;
    for (size_t i = 0; i < queue->targets; i++) {
        size_t k = 0;
        while (k < n && limit[k] != queue->target[i].within)
            k++;
        if (k == n && !isnan(queue->target[i].within))
            limit[n++] = queue->target[i].within;
    }
    if (n <= MAX_LIMITS)
        return true;
    finding(b->diags, CODE_E218, queue->target[queue->targets - 1].span,
            "%zu different time limits; a queue has at most %d", n, MAX_LIMITS);
    return false;
}

static void add_target(struct binder *b, const struct node *node, struct spec_queue *queue)
{
    if (one_target(b, node, &queue->target[queue->targets])) {
        queue->targets++;
        if (!limits_fit(b, queue))
            queue->targets--;
    }
}

void read_targets(struct binder *b, const struct key_row *row, const struct node *node,
                  void *target)
{
    struct spec_queue *queue = target;
    (void)row;
    if (node->kind != NODE_LIST) {
        add_target(b, node, queue);
        return;
    }
    if (node->count == 0 || node->count > SPEC_MAX_TARGETS) {
        finding(b->diags, CODE_E218, node->span, "%zu targets; a list has 1 to %d", node->count,
                SPEC_MAX_TARGETS);
        return;
    }
    for (const struct node *item = node->first; item; item = item->next)
        add_target(b, item, queue);
}

void read_group_target(struct binder *b, const struct key_row *row, const struct node *node,
                       void *target)
{
    struct spec_group *group = target;
    size_t before = oh_diags_errors(b->diags);
    read_section(b, row, node, target);
    group->has_occupancy_target = !found_since(b, before);
}
