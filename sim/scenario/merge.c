/* merge.c - one tree laid on another, as `extends` and --set do.
 *
 * The one idea: sections and maps of named things are merged key by key, everything else is one
 * thing and replaced whole. The key table knows which is which.
 */
#include <stdio.h>
#include <string.h>

#include "binder.h"

void tree_append(struct node *map, struct node *child)
{
    child->next = NULL;
    if (map->last)
        map->last->next = child;
    else
        map->first = child;
    map->last = child;
    map->count++;
}

void tree_remove(struct node *map, struct node *child)
{
    struct node *before = NULL;
    for (struct node *c = map->first; c != child; c = c->next)
        before = c;
    if (before)
        before->next = child->next;
    else
        map->first = child->next;
    if (map->last == child)
        map->last = before;
    map->count--;
    child->next = NULL;
}

size_t tree_depth(const struct node *node)
{
    size_t deepest = 0;
    for (const struct node *c = node->first; c; c = c->next) {
        size_t depth = tree_depth(c);
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest + 1;
}

/* The new value takes the old one's place in the order. */
static void replace(struct node *old, const struct node *value)
{
    struct node *next = old->next;
    *old = *value;
    old->next = next;
}

/* True if both are merged key by key at that row. Handling is a section only where both give its
 * parts: a distribution is one thing. */
static bool merges(const struct key_row *row, const struct node *base, const struct node *over)
{
    if (!row || row->shape == KEY_VALUE || base->kind != NODE_MAP || over->kind != NODE_MAP)
        return false;
    return !(row->flags & KEY_DISTRIBUTION) || (!dist_is_written(base) && !dist_is_written(over));
}

/* Of open, days and steady the last given wins. */
static void drop_other_times(struct node *base, const struct node *over)
{
    static const char *const modes[] = {"open", "days", "steady"};
    for (size_t i = 0; i < 3; i++) {
        const struct node *given = node_get(over, modes[i]);
        if (!given || node_is_null(given))
            continue;
        for (size_t k = 0; k < 3; k++) {
            struct node *other = k != i ? node_get(base, modes[k]) : NULL;
            if (other)
                tree_remove(base, other);
        }
    }
}

static const char *child_key(const void *children, size_t i)
{
    return ((const struct node *const *)children)[i]->key;
}

/* A null for a name that is not there is a typing error more often than not. */
static void nothing_to_remove(struct arena *arena, const struct node *map, const struct node *child,
                              oh_diags *diags)
{
    const struct node **children = arena_array(arena, map->count + 1, sizeof *children);
    size_t n = 0;
    if (!children)
        return;
    for (const struct node *c = map->first; c; c = c->next)
        children[n++] = c;
    const char *near = suggest(child->key, n, child_key, children);
    finding(diags, CODE_E207, child->key_span, "there is no '%s' to remove", child->key);
    if (near)
        finding_hint(diags, "did you mean '%s'?", near);
}

static bool merge_child(struct arena *arena, struct node *base, struct node *child,
                        const struct key_row *row, oh_diags *diags)
{
    struct node *old = node_get(base, child->key);
    bool named = row && strcmp(key_name(row), "*") == 0;
    if (node_is_null(child)) {
        if (!old && named)
            nothing_to_remove(arena, base, child, diags);
        else if (old)
            tree_remove(base, old);
        else if (!row)
            tree_append(base, child); /* unknown: said later */
        return true;
    }
    if (!old) {
        tree_append(base, child);
        return true;
    }
    if (!merges(row, old, child)) {
        replace(old, child);
        return true;
    }
    struct node *merged = tree_merge(arena, old, child, row->path, diags);
    if (!merged)
        return false;
    replace(old, merged);
    return true;
}

struct node *tree_merge(struct arena *arena, struct node *base, struct node *over, const char *path,
                        oh_diags *diags)
{
    struct node *next;
    size_t before = oh_diags_errors(diags);
    if (base->count > SPEC_MAX_NAMES || over->count > SPEC_MAX_NAMES) {
        finding(diags, CODE_E218, over->key ? over->key_span : over->span,
                "more than %d keys in one map", SPEC_MAX_NAMES);
        return NULL;
    }
    if (strcmp(path, "time") == 0)
        drop_other_times(base, over);
    for (struct node *child = over->first; child; child = next) {
        next = child->next;
        if (!merge_child(arena, base, child, key_in(path, child->key), diags))
            return NULL;
    }
    /* It stands where it was given last. */
    base->span = over->span;
    base->key_span = over->key_span;
    return arena->failed || oh_diags_errors(diags) > before ? NULL : base;
}

static void strip(struct node *map, const char *path, oh_diags *diags)
{
    struct node *next;
    for (struct node *child = map->first; child; child = next) {
        const struct key_row *row = key_in(path, child->key);
        next = child->next;
        if (!row)
            continue;
        if (!node_is_null(child)) {
            if (row->shape != KEY_VALUE && child->kind == NODE_MAP)
                strip(child, row->path, diags);
        } else if (strcmp(key_name(row), "*") == 0) {
            finding(diags, CODE_E205, child->key_span, "'%s' holds nothing", child->key);
            finding_hint(diags, "write its keys in the lines below it, further to the right");
            child->bad = true;
        } else {
            tree_remove(map, child);
        }
    }
}

void tree_strip(struct node *root, oh_diags *diags)
{
    strip(root, "", diags);
}
