/* bind_queue.c - queues: what the key table does not say by itself.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "binder.h"

enum { LIVE, DEFERRABLE };

void read_channel(struct binder *b, const struct key_row *row, const struct node *node,
                  void *target)
{
    static const struct choice channels[] = {
        {"phone", LIVE, false},        {"chat", LIVE, false},      {"in_person", LIVE, false},
        {"email", DEFERRABLE, false},  {"sms", DEFERRABLE, false}, {"messaging", DEFERRABLE, false},
        {"social", DEFERRABLE, false},
    };
    int kind;
    (void)row;
    if (choice_read(b, node, channels, sizeof channels / sizeof channels[0], &kind))
        *(const char **)target = kind == DEFERRABLE ? "deferrable" : "live";
}

void read_flag_deferrable(struct binder *b, const struct key_row *row, const struct node *node,
                          void *target)
{
    static const struct choice flags[] = {{"true", true, false}, {"false", false, false}};
    int value;
    (void)row;
    if (choice_read(b, node, flags, 2, &value))
        *(bool *)target = value;
}

void read_choose(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    static const struct choice rules[] = {{"longest_idle", 0, false}, {"least_busy", 0, true},
                                          {"least_loaded", 0, true},  {"most_loaded", 0, true},
                                          {"random", 0, true},        {"fixed", 0, true}};
    int value;
    (void)row;
    (void)target;
    choice_read(b, node, rules, sizeof rules / sizeof rules[0], &value);
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

static void read_queue(struct binder *b, const struct node *node, struct spec_queue *out)
{
    struct queue_draft draft = {.queue = {.capacity = INFINITY,
                                          .priority = 5,
                                          .weight = 1,
                                          .ratio = 1,
                                          .value_within = INFINITY,
                                          .span = node->key_span}};
    name_read(b, node);
    draft.queue.name = arena_strdup(b->arena, node->key);
    if (want_map(b, node, key_of("queues.*")->form)) {
        section_read(b, "queues.*", node, &draft);
        default_patience(b, node, &draft);
    }
    *out = draft.queue;
}

static int by_name(const void *pa, const void *pb)
{
    const struct queue_entry *a = pa, *b = pb;
    return strcmp(a->name, b->name);
}

/* Groups look queues up by name. No index if memory ran out: nobody then looks. */
static void index_queues(struct binder *b)
{
    const struct spec *spec = b->spec;
    struct queue_entry *entry = arena_array(&b->scratch, spec->queues, sizeof *entry);
    if (!entry || b->arena->failed) {
        b->no_memory = true;
        return;
    }
    for (size_t i = 0; i < spec->queues; i++) {
        entry[i].queue = i;
        entry[i].name = spec->queue[i].name;
    }
    qsort(entry, spec->queues, sizeof *entry, by_name);
    b->by_name = entry;
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
    for (const struct node *child = node->first; child; child = child->next)
        read_queue(b, child, &spec->queue[i++]);
    index_queues(b);
}
