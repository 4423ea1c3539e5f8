/* bind_agents.c - groups of agents: how many, whom they serve, in which order.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "binder.h"

/* ---- count ---- */

static void read_heads(struct binder *b, const struct node *node, struct spec_schedule *out)
{
    char text[48], most[48];
    double *heads = arena_array(b->arena, 1, sizeof *heads);
    if (!heads) {
        b->no_memory = true;
        return;
    }
    if (!value_read(b, node, VALUE_COUNT, heads))
        return;
    if (*heads > SPEC_MAX_AGENTS) {
        finding(b->diags, CODE_E218, node->span, "%s agents; at most %s are possible",
                words_for(text, VALUE_COUNT, *heads),
                words_for(most, VALUE_COUNT, SPEC_MAX_AGENTS));
        return;
    }
    *out = (struct spec_schedule){.n = 1, .value = heads, .span = node->span};
}

void read_count(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    if (node->kind == NODE_SCALAR) {
        read_heads(b, node, target);
        return;
    }
    if (node->kind == NODE_LIST) {
        finding(b->diags, CODE_E205, node->span, "expected a number or a schedule, found a list");
        finding_hint(b->diags, "write  count: 24  or  count: {per: 30 min, counts: [...]}");
        return;
    }
    for (const struct node *child = node->first; child; child = child->next)
        if (!key_in(row->path, child->key))
            unknown_key(b->diags, row->path, child->key, child->key_span);
    struct spec_schedule schedule = {0};
    if (schedule_read(b, node, SCHEDULE_AGENTS, &schedule))
        *(struct spec_schedule *)target = schedule;
}

/* All groups together. */
static void check_heads(struct binder *b)
{
    char text[48];
    double sum = 0;
    for (size_t i = 0; i < b->spec->groups; i++) {
        const struct spec_schedule *count = &b->spec->group[i].count;
        double most = 0;
        for (size_t k = 0; k < count->n; k++)
            most = fmax(most, count->value[k]);
        sum += most;
        if (sum > SPEC_MAX_AGENTS) {
            finding(b->diags, CODE_E218, count->span,
                    "more than %s agents over all groups; that is the limit",
                    words_for(text, VALUE_COUNT, SPEC_MAX_AGENTS));
            return;
        }
    }
}

/* ---- serves ---- */

static const char *queue_name(const void *spec, size_t i)
{
    return ((const struct spec *)spec)->queue[i].name;
}

static int against_name(const void *name, const void *entry)
{
    return strcmp(name, ((const struct queue_entry *)entry)->name);
}

static struct queue_entry *find_queue(struct binder *b, const char *name, struct span at)
{
    const struct spec *spec = b->spec;
    struct queue_entry *found =
        bsearch(name, b->by_name, spec->queues, sizeof *b->by_name, against_name);
    if (found || enough_found(b))
        return found;
    const char *near = suggest(name, spec->queues, queue_name, spec);
    finding(b->diags, CODE_E207, at, "there is no queue '%s'", name);
    if (near) {
        found = bsearch(near, b->by_name, spec->queues, sizeof *b->by_name, against_name);
        finding_hint(b->diags, "did you mean '%s'?", near);
        finding_note(b->diags, spec->queue[found->queue].span, "'%s' is here", near);
    } else {
        finding_note(b->diags, node_get(b->root, "queues")->key_span, "the queues are here");
    }
    return NULL;
}

/* One queue that the group serves; false with a finding. */
static bool add_served(struct binder *b, struct spec_group *group, const char *name, struct span at,
                       struct spec_serves *out)
{
    struct queue_entry *entry = find_queue(b, name, at);
    if (!entry)
        return false;
    if (entry->group == group->serves) {
        finding(b->diags, CODE_E214, at, "'%s' is named twice", name);
        finding_note(b->diags, entry->at, "the first time");
        return false;
    }
    entry->group = group->serves;
    entry->at = at;
    *out = (struct spec_serves){
        .queue = entry->queue, .span = at, .rank = NAN, .speed = 1, .at_once = 1};
    group->n_serves++;
    return true;
}

static void serves_list(struct binder *b, const struct node *node, struct spec_group *group)
{
    for (const struct node *item = node->first; item; item = item->next) {
        const char *name = value_text(b, item, "the name of a queue", "[support, billing]");
        if (name)
            add_served(b, group, name, item->span, &group->serves[group->n_serves]);
    }
}

/* at_once: 1 is what every group does now; the rest is a later version's. */
static bool only_one_at_once(const struct node *child)
{
    return strcmp(child->key, "at_once") == 0 && child->kind == NODE_SCALAR &&
           strcmp(child->text, "1") == 0;
}

static void served_keys(struct binder *b, const struct node *map, struct spec_serves *out)
{
    static const char path[] = "agents.*.serves.*";
    for (const struct node *child = map->first; child; child = child->next) {
        const struct key_row *row = key_in(path, child->key);
        if (!row)
            unknown_key(b->diags, path, child->key, child->key_span);
        else if (row->read)
            row->read(b, row, child, (char *)out + row->offset);
        else if (!only_one_at_once(child))
            not_yet(b, child->key_span, child->key);
    }
    out->has_rank = !isnan(out->rank);
}

static void serves_map(struct binder *b, const struct node *node, struct spec_group *group)
{
    for (const struct node *child = node->first; child; child = child->next) {
        struct spec_serves *serves = &group->serves[group->n_serves];
        bool known = add_served(b, group, child->key, child->key_span, serves);
        struct spec_serves unused = {.rank = NAN, .speed = 1};
        if (!node_is_null(child) && want_map(b, child, "{rank: 1, speed: 1.1}"))
            served_keys(b, child, known ? serves : &unused);
    }
}

void read_serves(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    struct group_draft *draft = target;
    struct spec_group *group = &draft->group;
    if (node->kind == NODE_SCALAR && !node_is_null(node)) {
        finding(b->diags, CODE_E205, node->span, "expected a list of queues, found a single value");
        finding_hint(b->diags, "write  serves: [%s]", node->text);
        return;
    }
    if (node->kind == NODE_SCALAR && !want_list(b, node, row->form))
        return;
    if (node->count == 0 || node->count > SPEC_MAX_NAMES) {
        finding(b->diags, CODE_E218, node->key_span, "'%s' serves %zu queues; it can be 1 to %d",
                "serves", node->count, SPEC_MAX_NAMES);
        return;
    }
    if (!b->by_name)
        return; /* what is wrong with the queues has been said */
    group->serves = arena_array(b->arena, node->count + 1, sizeof *group->serves);
    if (!group->serves) {
        b->no_memory = true;
        return;
    }
    if (node->kind == NODE_LIST)
        serves_list(b, node, group);
    else
        serves_map(b, node, group);
}

/* ---- the rest of a group ---- */

static const struct choice picks[] = {
    {"first_come", false, false}, {"rank", true, false},      {"longest_wait", 0, true},
    {"longest_queue", 0, true},   {"weighted_wait", 0, true}, {"queue_ratio", 0, true},
};
enum { PICKS = sizeof picks / sizeof picks[0] };

void read_pick(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    struct group_draft *draft = target;
    int by_rank;
    (void)row;
    if (!choice_read(b, node, picks, PICKS, &by_rank))
        return;
    draft->has_pick = true;
    draft->pick_rank = by_rank;
    draft->pick_span = node->span;
}

void read_routing_pick(struct binder *b, const struct key_row *row, const struct node *node,
                       void *target)
{
    int by_rank;
    (void)row;
    (void)target;
    if (choice_read(b, node, picks, PICKS, &by_rank))
        b->default_rank = by_rank;
}

void read_leave(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    static const struct choice leaves[] = {{"finish", LEAVE_FINISH, false},
                                           {"drop", LEAVE_DROP, false}};
    int value;
    (void)row;
    if (choice_read(b, node, leaves, 2, &value))
        *(enum leave *)target = (enum leave)value;
}

/* Ranks mean pick: rank, so all queues need one, and nothing else may be said. */
static void check_ranks(struct binder *b, struct group_draft *draft)
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
    group->pick_by_rank = ranked || (draft->has_pick ? draft->pick_rank : b->default_rank);
    group->pick = group->pick_by_rank ? PICK_RANK : PICK_FIRST_COME;
    if (ranked && unranked) {
        finding(b->diags, CODE_E219, unranked->span,
                "some queues of '%s' have a rank, this has none", group->name);
        finding_note(b->diags, ranked->span, "this has one");
        finding_hint(b->diags, "give each of them a rank, or none");
    }
    if (ranked && draft->has_pick && !draft->pick_rank) {
        finding(b->diags, CODE_E219, draft->pick_span,
                "ranks are given, and they mean  pick: rank");
        finding_note(b->diags, ranked->span, "a rank is given here");
        finding_hint(b->diags, "leave out 'pick' or the ranks");
    }
}

static void read_group(struct binder *b, const struct node *node, struct spec_group *out)
{
    struct group_draft draft = {.group = {.span = node->key_span}};
    name_read(b, node);
    draft.group.name = arena_strdup(b->arena, node->key);
    if (want_map(b, node, key_of("agents.*")->form)) {
        section_read(b, "agents.*", node, &draft);
        check_ranks(b, &draft);
        draft.group.has_cost = node_get(node, "cost") != NULL;
    }
    *out = draft.group;
}

void read_groups(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    struct spec *spec = b->spec;
    size_t i = 0;
    (void)target;
    if (!want_map(b, node, row->form))
        return;
    if (node->count > SPEC_MAX_NAMES) {
        finding(b->diags, CODE_E218, node->key_span, "%zu groups; at most %d are possible",
                node->count, SPEC_MAX_NAMES);
        return;
    }
    spec->group = arena_array(b->arena, node->count + 1, sizeof *spec->group);
    if (!spec->group) {
        b->no_memory = true;
        return;
    }
    spec->groups = node->count;
    for (const struct node *child = node->first; child; child = child->next)
        read_group(b, child, &spec->group[i++]);
    check_heads(b);
}
