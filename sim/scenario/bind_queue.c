/* bind_queue.c - queues: what the key table does not say by itself; demand that is split over them.
 */
#include <math.h>
#include <string.h>

#include "binder.h"

enum { LIVE, DEFERRABLE };

void read_channel(struct binder *b, const struct key_row *row, const struct node *node,
                  void *target)
{
    static const struct choice channels[] = {
        {"phone", LIVE},        {"chat", LIVE},      {"in_person", LIVE},
        {"email", DEFERRABLE},  {"sms", DEFERRABLE}, {"messaging", DEFERRABLE},
        {"social", DEFERRABLE},
    };
    int kind;
    (void)row;
    if (choice_read(b, node, channels, sizeof channels / sizeof channels[0], &kind))
        *(const char **)target = kind == DEFERRABLE ? "deferrable" : "live";
}

/* Live queues must say how long their callers wait; the others' wait for ever. */
static void default_patience(struct binder *b, const struct node *node, struct queue_draft *draft)
{
    bool deferrable = draft->channel && strcmp(draft->channel, "deferrable") == 0;
    if (!node_get(node, "deferrable"))
        draft->queue.deferrable = deferrable;
    if (node_get(node, "patience") || misspelt("queues.*", node, "patience"))
        return;
    if (draft->queue.deferrable) {
        draft->queue.patience = dist_never(b->arena);
        b->no_memory = b->no_memory || !draft->queue.patience;
        return;
    }
    finding(b->diags, CODE_E202, node->key_span, "'patience' is missing in '%s'", node->key);
    finding_hint(b->diags,
                 "how long do callers wait before they hang up?  Write  "
                 "patience: {hung_up_by: {40 s: 15%%}}  (15 %% have hung up by 40 s),  "
                 "patience: {exponential: 4 min}  (the mean), or  patience: never  (nobody hangs "
                 "up: Erlang C's assumption)");
}

static void read_queue(struct binder *b, const struct node *node, size_t index)
{
    struct queue_draft draft = {.index = index,
                                .queue = {.capacity = INFINITY,
                                          .priority = 5,
                                          .weight = 1,
                                          .ratio = 1,
                                          .value_within = INFINITY,
                                          .choose = b->choose,
                                          .redial.to = index,
                                          .unresolved.to = index,
                                          .span = node->key_span}};
    name_read(b, node);
    draft.queue.name = arena_strdup(b->arena, node->key);
    if (want_map(b, node, key_of("queues.*")->form)) {
        section_read(b, "queues.*", node, &draft);
        default_patience(b, node, &draft);
    }
    b->spec->queue[index] = draft.queue;
}

void read_queues(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    struct spec *spec = b->spec;
    size_t i = 0;
    (void)target;
    if (!want_map(b, node, row->form))
        return;
    if (node->count == 0 || node->count > SPEC_MAX_NAMES) {
        finding(b->diags, CODE_E218, node->key_span, "%zu queues; there can be 1 to %d",
                node->count, SPEC_MAX_NAMES);
        return;
    }
    spec->queue = arena_array(b->arena, node->count, sizeof *spec->queue);
    if (!spec->queue) {
        b->no_memory = true;
        return;
    }
    spec->queues = node->count;
    b->queues = names_of(b, node);
    for (const struct node *child = node->first; child; child = child->next)
        read_queue(b, child, i++);
    transfers_check(b);
}

/* ---- one demand over several queues ---- */

static void check_mix(struct binder *b, const struct node *node, struct spec_queue *queue)
{
    const struct node *all = node_get(b->root, "queues");
    const struct node *arrivals = node_get(node_get(all, queue->name), "arrivals");
    finding(b->diags, CODE_E219, node->key_span,
            "'%s' has arrivals of its own, so it cannot have a share of the demand", node->key);
    finding_note(b->diags, arrivals->key_span, "its own arrivals");
    finding_hint(b->diags, "remove one of them");
}

void read_mix(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    double sum = 0, share;
    char text[48];
    bool good = true;
    (void)target;
    if (!want_map(b, node, row->form))
        return;
    for (const struct node *child = node->first; child; child = child->next) {
        struct named *entry = queue_find(b, child->key, child->key_span);
        struct spec_queue *queue = entry ? &b->spec->queue[entry->index] : NULL;
        if (!value_read(b, child, VALUE_SHARE, &share) || !queue) {
            good = false;
            continue;
        }
        if (queue->arrivals)
            check_mix(b, child, queue);
        queue->mix_share = share;
        sum += share;
    }
    if (!good || !b->queues.entry || fabs(sum - 1) <= 1e-9)
        return;
    finding(b->diags, CODE_E204, node->span, "the shares of 'mix' sum to %s, not to 100%%",
            words_for(text, VALUE_SHARE, sum));
}

void read_demand(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    struct spec *spec = target;
    if (!want_map(b, node, row->form))
        return;
    section_read(b, row->path, node, spec);
    const struct spec_arrivals *a = spec->demand;
    if (!a || !(a->talk || a->hold || a->wrap_up || a->patience))
        return;
    finding(b->diags, CODE_E219, a->span, "a log of the whole demand can give only the times");
    finding_hint(b->diags,
                 "which queue a call goes to is drawn, and so is what it takes: leave out "
                 "talk, hold, wrap_up and patience");
}
