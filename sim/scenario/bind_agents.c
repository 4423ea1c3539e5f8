/* bind_agents.c - groups of agents: how many of them there are, and when they leave.
 */
#include <math.h>
#include <string.h>

#include "binder.h"

/* ---- count ---- */

static bool read_heads(struct binder *b, const struct node *node, struct spec_schedule *out)
{
    char text[48], most[48];
    double *heads = arena_array(b->arena, 1, sizeof *heads);
    if (!heads) {
        b->no_memory = true;
        return false;
    }
    if (!value_read(b, node, VALUE_COUNT, heads))
        return false;
    if (*heads > SPEC_MAX_AGENTS) {
        finding(b->diags, CODE_E218, node->span, "%s agents; at most %s are possible",
                words_for(text, VALUE_COUNT, *heads),
                words_for(most, VALUE_COUNT, SPEC_MAX_AGENTS));
        return false;
    }
    *out = (struct spec_schedule){.n = 1, .value = heads, .span = node->span};
    return true;
}

static void schedule_keys(struct binder *b, const char *path, const struct node *map)
{
    for (const struct node *child = map->first; child; child = child->next)
        if (!key_in(path, child->key))
            unknown_key(b->diags, path, child->key, child->key_span);
}

/* A number or a schedule for those openings that are on. */
static bool read_plan(struct binder *b, const char *path, const struct node *node,
                      const bool on[SPEC_DAYS], struct spec_schedule day[SPEC_DAYS])
{
    struct spec_schedule heads;
    if (node->kind == NODE_MAP) {
        schedule_keys(b, path, node);
        return schedule_lay(b, node, SCHEDULE_AGENTS, on, day);
    }
    if (node->kind == NODE_LIST) {
        finding(b->diags, CODE_E205, node->span, "expected a number or a schedule, found a list");
        finding_hint(b->diags, "write  count: 24  or  count: {per: 30 min, counts: [...]}");
        return false;
    }
    if (!read_heads(b, node, &heads))
        return false;
    for (size_t k = 0; k < b->openings; k++)
        if (on[k])
            day[k] = heads;
    return true;
}

static void plan_by_day(struct binder *b, const char *path, const struct node *map,
                        struct spec_schedule *out)
{
    const struct node *of[SPEC_DAYS];
    struct spec_schedule day[SPEC_DAYS] = {{0}};
    bool good = by_day_only(b, map);
    if (!by_day_read(b, map, of))
        return;
    for (size_t k = 0; k < b->openings; k++) {
        bool same[SPEC_DAYS] = {false}, first = true;
        for (size_t j = 0; j < b->openings; j++) {
            same[j] = of[j] == of[k];
            first = first && (j >= k || !same[j]);
        }
        if (first)
            good = read_plan(b, path, of[k], same, day) && good;
    }
    if (good)
        schedule_join(b, day, map->span, out);
}

void read_count(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    static const bool all[SPEC_DAYS] = {true, true, true, true, true, true, true};
    struct spec_schedule *out = target, day[SPEC_DAYS] = {{0}};
    if (node->kind == NODE_SCALAR)
        read_heads(b, node, out);
    else if (by_day_is_written(node))
        plan_by_day(b, row->path, node, out);
    else if (read_plan(b, row->path, node, all, day))
        schedule_join(b, day, node->span, out);
}

static double most_heads(const struct spec_schedule *count)
{
    double most = 0;
    for (size_t k = 0; k < count->n; k++)
        most = fmax(most, count->value[k]);
    return most;
}

/* All groups together. */
static void check_heads(struct binder *b)
{
    char text[48];
    double sum = 0;
    for (size_t i = 0; i < b->spec->groups; i++) {
        const struct spec_group *group = &b->spec->group[i];
        double most = most_heads(&group->count);
        for (size_t k = 0; group->count.day && k < b->openings; k++)
            most = fmax(most, most_heads(&group->count.day[k]));
        for (size_t k = 0; k < group->shifts; k++)
            most += group->shift[k].count;
        sum += most;
        if (sum > SPEC_MAX_AGENTS) {
            finding(b->diags, CODE_E218, group->shifts ? group->shift[0].span : group->count.span,
                    "more than %s agents over all groups; that is the limit",
                    words_for(text, VALUE_COUNT, SPEC_MAX_AGENTS));
            return;
        }
    }
}

/* ---- the rest of a group ---- */

void read_leave(struct binder *b, const struct key_row *row, const struct node *node, void *target)
{
    static const struct choice leaves[] = {{"finish", LEAVE_FINISH}, {"drop", LEAVE_DROP}};
    int value;
    (void)row;
    if (choice_read(b, node, leaves, 2, &value))
        *(enum leave *)target = (enum leave)value;
}

/* A plan by count, or one by shifts. */
static void check_staff(struct binder *b, const struct node *node)
{
    const struct node *count = node_get(node, "count"), *shifts = node_get(node, "shifts");
    if (count && shifts) {
        finding(b->diags, CODE_E208, shifts->key_span, "'count' and 'shifts' exclude each other");
        finding_note(b->diags, count->key_span, "'count' is here");
        finding_hint(b->diags, "a plan from another file is removed by  count: null");
    } else if (!count && !shifts && !misspelt("agents.*", node, "count") &&
               !misspelt("agents.*", node, "shifts")) {
        missing_key(b, key_of("agents.*.count"), node);
    }
}

static void read_group(struct binder *b, const struct node *node, struct spec_group *out)
{
    struct group_draft draft = {.group = {.span = node->key_span}};
    name_read(b, node);
    draft.group.name = b->group = arena_strdup(b->arena, node->key);
    if (want_map(b, node, key_of("agents.*")->form)) {
        section_read(b, "agents.*", node, &draft);
        check_staff(b, node);
        ranks_check(b, &draft);
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
    prefers_check(b);
}
