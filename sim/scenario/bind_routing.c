/* bind_routing.c - who takes which contact: pick, choose, ranks, prefers.
 */
#include <math.h>
#include <string.h>

#include "binder.h"

static const struct choice picks[] = {
    {"first_come", PICK_FIRST_COME},       {"rank", PICK_RANK},
    {"longest_wait", PICK_LONGEST_WAIT},   {"longest_queue", PICK_LONGEST_QUEUE},
    {"weighted_wait", PICK_WEIGHTED_WAIT}, {"queue_ratio", PICK_QUEUE_RATIO},
};
static const struct choice chooses[] = {
    {"longest_idle", CHOOSE_LONGEST_IDLE},
    {"least_busy", CHOOSE_LEAST_BUSY},
    {"least_loaded", CHOOSE_LEAST_LOADED},
    {"most_loaded", CHOOSE_MOST_LOADED},
    {"random", CHOOSE_RANDOM},
    {"fixed", CHOOSE_FIXED},
};
enum { PICKS = sizeof picks / sizeof picks[0], CHOOSES = sizeof chooses / sizeof chooses[0] };

void read_choose(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    int value;
    (void)row;
    if (choice_read(b, node, chooses, CHOOSES, &value))
        *(enum choose_rule *)target = (enum choose_rule)value;
}

void read_pick(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    struct group_draft *draft = target;
    int value;
    (void)row;
    if (!choice_read(b, node, picks, PICKS, &value))
        return;
    draft->has_pick = true;
    draft->group.pick = (enum pick_rule)value;
    draft->pick_span = node->span;
}

void read_routing_pick(struct binder *b, const struct key_row *row, const struct node *node,
                       void *target)
{
    int value;
    (void)row;
    (void)target;
    if (choice_read(b, node, picks, PICKS, &value))
        b->pick = (enum pick_rule)value;
}

void read_routing_choose(struct binder *b, const struct key_row *row, const struct node *node,
                         void *target)
{
    (void)target;
    read_choose(b, row, node, &b->choose);
}

/* Ranks mean pick: rank, so all queues need one, and nothing else may be said. */
void ranks_check(struct binder *b, struct group_draft *draft)
{
    struct spec_group *group = &draft->group;
    const struct spec_serves *ranked = NULL, *unranked = NULL;
    for (size_t i = group->n_serves; i > 0; i--) {
        const struct spec_serves *serves = &group->serves[i - 1];
        if (serves->has_rank)
            ranked = serves;
        else
            unranked = serves;
    }
    if (ranked && unranked) {
        finding(b->diags, CODE_E219, unranked->span,
                "some queues of '%s' have a rank, this has none", group->name);
        finding_note(b->diags, ranked->span, "this has one");
        finding_hint(b->diags, "give each of them a rank, or none");
    }
    if (ranked && draft->has_pick && group->pick != PICK_RANK) {
        finding(b->diags, CODE_E219, draft->pick_span,
                "ranks are given, and they mean  pick: rank");
        finding_note(b->diags, ranked->span, "a rank is given here");
        finding_hint(b->diags, "leave out 'pick' or the ranks");
    }
    if (!draft->has_pick)
        group->pick = b->pick;
    if (ranked)
        group->pick = PICK_RANK;
    group->pick_by_rank = group->pick == PICK_RANK;
}

/* ---- prefers ---- */

/* A name, or {group: NAME, after: TIME}; false with a finding. */
static bool one_prefer(struct binder *b, const struct node *item, const struct spec_queue *queue,
                       struct spec_prefer *out)
{
    static const char path[] = "queues.*.prefers.*";
    const struct node *name = item;
    size_t before = oh_diags_errors(b->diags);
    if (item->kind == NODE_MAP) {
        section_read(b, path, item, out);
        name = node_get(item, "group");
    }
    const char *text =
        name ? value_text(b, name, "the name of a group", "desk, or {group: backup, after: 60 s}")
             : NULL;
    struct named *entry = text ? group_find(b, text, name->span) : NULL;
    if (!entry || found_since(b, before))
        return false;
    out->group = entry->index;
    out->span = item->span;
    if (entry->namer == queue) {
        finding(b->diags, CODE_E214, name->span, "'%s' is named twice", text);
        finding_note(b->diags, entry->at, "the first time");
        return false;
    }
    entry->namer = queue;
    entry->at = name->span;
    return true;
}

void read_prefers(struct binder *b, const struct key_row *row, const struct node *node,
                  void *target)
{
    struct queue_draft *draft = target;
    struct spec_queue *queue = &draft->queue;
    if (!want_list(b, node, row->form))
        return;
    if (node->count == 0 || node->count > SPEC_MAX_NAMES) {
        finding(b->diags, CODE_E218, node->span, "%zu groups; a list has 1 to %d", node->count,
                SPEC_MAX_NAMES);
        return;
    }
    struct spec_prefer *prefer = arena_array(b->arena, node->count, sizeof *prefer);
    if (!prefer) {
        b->no_memory = true;
        return;
    }
    bool good = true;
    queue->prefer = prefer;
    for (const struct node *item = node->first; item; item = item->next)
        good = one_prefer(b, item, &b->spec->queue[draft->index], prefer++) && good;
    if (good) /* half a list would be found wanting, too */
        queue->prefers = node->count;
}

/* A group that serves a queue, but is not among those that it prefers. */
static void left_out(struct binder *b, const struct spec_group *group,
                     const struct spec_serves *serves)
{
    const struct spec_queue *queue = &b->spec->queue[serves->queue];
    finding(b->diags, CODE_W202, serves->span,
            "'%s' is not among the groups that '%s' prefers, so it never takes its contacts",
            group->name, queue->name);
    finding_note(b->diags, queue->prefer[0].span, "the list begins here");
}

/* Of a queue's list, who serves it: nobody is an error, and the others wait in vain. */
static bool check_list(struct binder *b, const struct spec_queue *queue, const bool *serves)
{
    size_t who = 0;
    for (size_t i = 0; i < queue->prefers; i++)
        who += serves[i];
    if (who == 0) {
        finding(b->diags, CODE_E219, queue->prefer[0].span,
                "nobody of those whom '%s' prefers serves it", queue->name);
        finding_hint(b->diags, "name '%s' under 'serves' of one of these groups", queue->name);
        return false;
    }
    for (size_t i = 0; i < queue->prefers && !b->is_variant; i++)
        if (!serves[i]) {
            const struct spec_group *group = &b->spec->group[queue->prefer[i].group];
            finding(b->diags, CODE_W202, queue->prefer[i].span,
                    "'%s' does not serve '%s', so it never takes its contacts", group->name,
                    queue->name);
            finding_note(b->diags, group->span, "the group");
        }
    return true;
}

/* Where a group stands in the list of a queue; queue->prefers if it does not. */
static size_t place_of(const struct spec_queue *queue, size_t group)
{
    size_t i = 0;
    while (i < queue->prefers && queue->prefer[i].group != group)
        i++;
    return i;
}

/* Marks who of each list serves its queue; `first` tells where a queue's marks begin. */
static void mark_served(const struct spec *spec, const size_t *first, bool *serves)
{
    for (size_t g = 0; g < spec->groups; g++)
        for (size_t k = 0; k < spec->group[g].n_serves; k++) {
            size_t q = spec->group[g].serves[k].queue;
            size_t place = place_of(&spec->queue[q], g);
            if (place < spec->queue[q].prefers)
                serves[first[q] + place] = true;
        }
}

void prefers_check(struct binder *b)
{
    struct spec *spec = b->spec;
    size_t *first = arena_array(&b->scratch, spec->queues + 1, sizeof *first);
    for (size_t g = 0; g < spec->groups; g++)
        if (spec->group[g].n_serves == 0)
            return; /* what is wrong there has been said */
    for (size_t q = 0; first && q < spec->queues; q++)
        first[q + 1] = first[q] + spec->queue[q].prefers;
    bool *serves = first ? arena_array(&b->scratch, first[spec->queues] + 1, sizeof *serves) : NULL;
    if (!serves) {
        b->no_memory = true;
        return;
    }
    mark_served(spec, first, serves);
    bool good = true;
    for (size_t q = 0; q < spec->queues; q++)
        if (spec->queue[q].prefers > 0)
            good = check_list(b, &spec->queue[q], &serves[first[q]]) && good;
    for (size_t g = 0; g < spec->groups && good && !b->is_variant; g++)
        for (size_t k = 0; k < spec->group[g].n_serves; k++) {
            const struct spec_queue *queue = &spec->queue[spec->group[g].serves[k].queue];
            if (queue->prefers > 0 && place_of(queue, g) == queue->prefers)
                left_out(b, &spec->group[g], &spec->group[g].serves[k]);
        }
}
