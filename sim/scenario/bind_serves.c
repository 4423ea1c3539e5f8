/* bind_serves.c - which queues a group serves, and how: rank, speed, several contacts at once.
 */
#include <math.h>
#include <string.h>

#include "binder.h"

/* One queue that the group serves; false with a finding. */
static bool add_served(struct binder *b, struct spec_group *group, const char *name, struct span at,
                       struct spec_serves *out)
{
    struct named *entry = queue_find(b, name, at);
    if (!entry)
        return false;
    if (entry->namer == group->serves) {
        finding(b->diags, CODE_E214, at, "'%s' is named twice", name);
        finding_note(b->diags, entry->at, "the first time");
        return false;
    }
    entry->namer = group->serves;
    entry->at = at;
    *out = (struct spec_serves){
        .queue = entry->index, .span = at, .rank = NAN, .speed = 1, .at_once = 1};
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

/* ---- several at once ---- */

void read_pace(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    struct spec_serves *serves = target;
    double pace;
    if (!want_list(b, node, row->form))
        return;
    if (node->count == 0 || node->count > SPEC_MAX_PACE) {
        finding(b->diags, CODE_E218, node->span, "%zu paces; a list has 1 to %d", node->count,
                SPEC_MAX_PACE);
        return;
    }
    for (const struct node *item = node->first; item; item = item->next) {
        if (!value_read(b, item, VALUE_FACTOR, &pace))
            continue;
        if (pace >= 0.01 && pace <= 100)
            serves->pace[serves->paces++] = pace;
        else
            finding(b->diags, CODE_E204, item->span, "a pace must be from 0.01 to 100");
    }
}

/* A pace for each number of contacts in hand, at most. */
static void check_pace(struct binder *b, const struct node *map, const struct spec_serves *serves)
{
    static const char path[] = "agents.*.serves.*";
    const struct node *pace = node_get(map, "pace"), *at_once = node_get(map, "at_once");
    if (!pace && serves->at_once > 1 && !misspelt(path, map, "pace")) {
        finding(b->diags, CODE_E202, at_once->key_span,
                "'pace' is missing: how fast is each contact when the agent has 1, 2, 3, ... of "
                "them?");
        finding_hint(b->diags, "write, for example,  pace: [1, 0.85, 0.8];  [1, 1, 1] is no "
                               "slowing, and three at once are then done in the time of one");
    } else if (pace && serves->paces > serves->at_once) {
        finding(b->diags, CODE_E219, pace->span, "%zu paces, but at most %u %s at once",
                serves->paces, serves->at_once, serves->at_once == 1 ? "contact" : "contacts");
        if (at_once)
            finding_note(b->diags, at_once->span, "so many at once");
        else
            finding_hint(b->diags, "add, for example,  at_once: %zu", serves->paces);
    }
}

static unsigned long long common_divisor(unsigned long long a, unsigned long long b)
{
    return b ? common_divisor(b, a % b) : a;
}

/* An agent is divided into equal parts of which each contact takes some: there must not be too
 * many. */
static void check_parts(struct binder *b, const struct spec_group *group)
{
    unsigned long long parts = 1;
    for (size_t i = 0; i < group->n_serves; i++) {
        unsigned long long n = group->serves[i].at_once;
        parts = parts / common_divisor(parts, n) * n;
        if (parts <= 1000000000)
            continue;
        finding(b->diags, CODE_E218, group->serves[i].span,
                "the numbers of contacts at once in '%s' have no common multiple below "
                "1,000,000,000",
                group->name);
        finding_hint(b->diags, "use numbers that go into each other, such as 2, 3, 4, 6, 12");
        return;
    }
}

/* ---- the whole ---- */

static void serves_map(struct binder *b, const struct node *node, struct spec_group *group)
{
    for (const struct node *child = node->first; child; child = child->next) {
        struct spec_serves *serves = &group->serves[group->n_serves];
        struct spec_serves unused = {.rank = NAN, .speed = 1, .at_once = 1};
        if (!add_served(b, group, child->key, child->key_span, serves))
            serves = &unused;
        if (node_is_null(child) || !want_map(b, child, "{rank: 1, speed: 1.1}"))
            continue;
        size_t before = oh_diags_errors(b->diags);
        section_read(b, "agents.*.serves.*", child, serves);
        serves->has_rank = !isnan(serves->rank);
        if (!found_since(b, before))
            check_pace(b, child, serves);
    }
}

void read_serves(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    struct group_draft *draft = target;
    struct spec_group *group = &draft->group;
    if (node->kind == NODE_SCALAR && !node_is_null(node) && !node->bad) {
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
    if (!b->queues.entry)
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
    check_parts(b, group);
}
