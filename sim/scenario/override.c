/* override.c - one value set by its path, for --set and variants.
 *
 * The one idea: the path is followed through the tree and through the key table at once. What the
 * tree does not have yet is made if the table knows it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "binder.h"

enum { PATH_PARTS = 24, PATH_LENGTH = 400 };

struct path {
    char text[PATH_LENGTH]; /* parts, each ended by a NUL */
    const char *part[PATH_PARTS];
    size_t parts;
};

/* Where the walk stands. */
struct place {
    struct arena *arena;
    oh_diags *diags;
    struct span at; /* of the path */
    const struct path *path;
    const struct node *value;
    size_t i;            /* part to follow next */
    struct node *node;   /* what has been reached */
    const char *pattern; /* the table's path of it; NULL inside a value it does not describe */
    const struct key_row *row;
};

static bool complain(struct place *p, const char *message)
{
    finding(p->diags, CODE_E209, p->at, "%s", message);
    return false;
}

static bool split(const char *text, struct span at, struct path *path, oh_diags *diags)
{
    if (strlen(text) >= PATH_LENGTH) {
        finding(diags, CODE_E209, at, "this path is too long");
        return false;
    }
    snprintf(path->text, sizeof path->text, "%s", text);
    path->parts = 0;
    for (char *p = path->text;;) {
        if (path->parts == PATH_PARTS || *p == '.' || *p == '\0') {
            finding(diags, CODE_E209, at, "'%s' is not a path", text);
            finding_hint(diags, "a path is keys joined by dots, for example  agents.desk.count");
            return false;
        }
        path->part[path->parts++] = p;
        p += strcspn(p, ".");
        if (!*p)
            return true;
        *p++ = '\0';
    }
}

static bool is_last(const struct place *p)
{
    return p->i + 1 == p->path->parts;
}

/* The first n parts, as written. */
static const char *begun(const struct place *p, size_t n, char *text, size_t size)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t i = 0; i < n && used < size; i++) {
        int more = snprintf(text + used, size - used, "%s%s", i ? "." : "", p->path->part[i]);
        used += more > 0 ? (size_t)more : 0;
    }
    return text;
}

/* ---- when a path does not lead on ---- */

/* What to write instead: as an option of the command line, or as a line of a variant. */
static void write_instead(struct place *p, const char *intro, const char *path, const char *value)
{
    const char *option = p->at.source->name;
    if (strncmp(option, "--", 2) == 0)
        finding_hint(p->diags, "%s:  %s '%s=%s'", intro, option, path, value);
    else
        finding_hint(p->diags, "%s:  %s: %s", intro, path, value);
}

/* A path into a distribution that is of another kind: the whole form is shown. */
static bool other_kind(struct place *p)
{
    char start[PATH_LENGTH];
    const char *part = p->path->part[p->i];
    const struct dist_family *family = dist_family_find(part);
    begun(p, p->i, start, sizeof start);
    finding(p->diags, CODE_E209, p->at, "'%s' has no '%s' here", start, part);
    const char *kind = family ? part : "exponential", *numbers = family ? family->form : "4 min";
    if (is_last(p) && p->value->kind == NODE_SCALAR && family && family->bare)
        numbers = p->value->text;
    const char *whole = arena_printf(p->arena, "{%s: %s}", kind, numbers);
    if (!whole)
        return false;
    write_instead(p, "to give it another kind write the whole", start, whole);
    finding_note(p->diags, p->node->span, "it is given here");
    return false;
}

/* A path into a value that has no inside. */
static bool no_inside(struct place *p)
{
    char start[PATH_LENGTH];
    begun(p, p->i, start, sizeof start);
    finding(p->diags, CODE_E209, p->at, "'%s' is %s: there is no '%s' in it", start,
            shape_of(p->node), p->path->part[p->i]);
    if (p->row)
        write_instead(p, "write the whole, for example", start, p->row->form);
    finding_note(p->diags, p->node->span, "it is given here");
    return false;
}

static const char *child_key(const void *children, size_t i)
{
    return ((const struct node *const *)children)[i]->key;
}

/* A name, or a key inside a value, that is not there. */
static bool not_there(struct place *p)
{
    char start[PATH_LENGTH];
    size_t n = 0;
    const char *part = p->path->part[p->i];
    const struct node **children = arena_array(p->arena, p->node->count + 1, sizeof *children);
    if (!children)
        return false;
    for (const struct node *c = p->node->first; c; c = c->next)
        children[n++] = c;
    const char *near = suggest(part, n, child_key, children);
    begun(p, p->i, start, sizeof start);
    finding(p->diags, CODE_E209, p->at, "there is no '%s' in '%s'", part, start);
    if (near)
        finding_hint(p->diags, "did you mean '%s'?", near);
    else if (n > 0)
        finding_hint(p->diags, "there %s %s%s%s%s", n == 1 ? "is" : "are", children[0]->key,
                     n > 1 ? ", " : "", n > 1 ? children[1]->key : "", n > 2 ? ", ..." : "");
    return false;
}

/* ---- following ---- */

static bool follow_list(struct place *p, struct node **child)
{
    const char *part = p->path->part[p->i];
    char *end;
    unsigned long index = strtoul(part, &end, 10);
    bool number = *part >= '0' && *part <= '9' && *end == '\0';
    *child = number ? node_at(p->node, index) : NULL;
    if (*child)
        return true;
    char start[PATH_LENGTH];
    begun(p, p->i, start, sizeof start);
    finding(p->diags, CODE_E209, p->at, "the list '%s' has no item '%s'", start, part);
    if (!number && p->row && key_has_inside(p->row->path))
        write_instead(p, "to say more about each write a map, for example", start,
                      "{NAME: {rank: 1}}");
    else if (p->node->count > 0)
        finding_hint(p->diags, "its items are numbered from 0; the last is %zu",
                     p->node->count - 1);
    return false;
}

/* Keeps what is inside a value of the table's but not described there (a distribution, a schedule's
 * list): what is there may be changed, and its last part may be new. */
static bool follow_value(struct place *p, struct node **child)
{
    *child = node_get(p->node, p->path->part[p->i]);
    return *child || is_last(p) || not_there(p);
}

static bool follow_distribution(struct place *p, struct node **child)
{
    const char *part = p->path->part[p->i];
    *child = node_get(p->node, part);
    if (*child || (is_last(p) && strcmp(part, "plus") == 0))
        return true;
    return other_kind(p);
}

/* Talk, hold and wrap_up are keys of handling only where it is not one distribution. */
static bool as_distribution(const struct place *p)
{
    if (!p->row || !(p->row->flags & KEY_DISTRIBUTION))
        return false;
    return p->row->shape == KEY_VALUE || dist_is_written(p->node);
}

/* The child of a map that the table describes. *child NULL: it may be made. */
static bool follow_table(struct place *p, struct node **child)
{
    const char *part = p->path->part[p->i];
    const struct key_row *row = key_in(p->pattern, part);
    *child = node_get(p->node, part);
    if (!row) {
        bool on[SPEC_DAYS];
        if (p->row && (p->row->flags & KEY_DISTRIBUTION))
            return *child || other_kind(p);
        if (p->row && (p->row->flags & KEY_BY_DAY) && day_key(part, on)) {
            p->pattern = NULL;
            p->row = NULL;
            return *child || is_last(p) || not_there(p);
        }
        unknown_key(p->diags, p->pattern, part, p->at);
        return false;
    }
    if (row->flags & KEY_FIXED) {
        finding(p->diags, CODE_E209, p->at, "'%s' cannot be set by a path", part);
        finding_hint(p->diags, "change it in the file");
        return false;
    }
    bool named = strcmp(key_name(row), "*") == 0;
    if (!*child && named && !is_last(p))
        return not_there(p);
    p->pattern = row->path;
    p->row = row;
    return true;
}

/* A rate in its short form is the map {rate: ...}. */
static bool is_short_rate(const struct place *p)
{
    bool arrivals = p->row && (strcmp(p->row->path, ARRIVALS) == 0 ||
                               strcmp(p->row->path, "demand.arrivals") == 0);
    return arrivals && p->node->kind == NODE_SCALAR && !node_is_null(p->node);
}

static bool follow(struct place *p, struct node **child)
{
    bool described = p->pattern && key_has_inside(p->pattern);
    if (p->node->kind == NODE_LIST) {
        bool good = follow_list(p, child);
        p->pattern = NULL;
        p->row = NULL;
        return good;
    }
    if (is_short_rate(p)) {
        *child = NULL;
        return follow_table(p, child);
    }
    if (p->node->kind == NODE_SCALAR && !node_is_null(p->node))
        return p->row && (p->row->flags & KEY_DISTRIBUTION) ? other_kind(p) : no_inside(p);
    bool empty = p->node->count == 0;
    if (!empty && as_distribution(p)) {
        bool good = follow_distribution(p, child);
        p->pattern = NULL;
        p->row = NULL;
        return good;
    }
    if (described)
        return follow_table(p, child);
    bool good = empty || follow_value(p, child);
    p->pattern = NULL;
    p->row = NULL;
    return good;
}

/* Whether what is missing may be made on the way to the rest of the path. */
static bool can_make(struct place *p)
{
    if (is_last(p))
        return true;
    if (p->row && (p->row->shape != KEY_VALUE || key_has_inside(p->row->path) ||
                   (p->row->flags & KEY_DISTRIBUTION)))
        return true;
    char start[PATH_LENGTH];
    begun(p, p->i + 1, start, sizeof start);
    finding(p->diags, CODE_E209, p->at, "'%s' is not there, so nothing in it can be set", start);
    if (p->row)
        write_instead(p, "write the whole, for example", start, p->row->form);
    return false;
}

/* ---- changing ---- */

static struct node *new_map(struct place *p, const char *key)
{
    struct node *map = arena_alloc(p->arena, sizeof *map);
    if (map)
        *map = (struct node){
            .kind = NODE_MAP, .span = p->at, .key_span = p->at, .key = arena_strdup(p->arena, key)};
    return map && map->key ? map : NULL;
}

/* The value under the last key, in maps for the parts from p->i on. Checks the parts, too. */
static struct node *chain(struct place *p, const struct node *value)
{
    struct node *first = NULL, *inner = NULL;
    for (;; p->i++) {
        bool last = is_last(p);
        struct node *made = last ? node_copy(p->arena, value) : NULL;
        if (last && made) {
            made->key = arena_strdup(p->arena, p->path->part[p->i]);
            made->key_span = p->at;
            made->next = NULL;
        }
        if (!last)
            made = new_map(p, p->path->part[p->i]);
        if (!made || !made->key)
            return NULL;
        if (inner)
            tree_append(inner, made);
        first = first ? first : made;
        inner = made;
        if (last)
            return first;
        if (!can_make(p))
            return NULL;
        struct place inside = *p;
        struct node empty = {.kind = NODE_MAP, .span = p->at};
        struct node *none = NULL;
        inside.i++;
        inside.node = &empty;
        if (!follow(&inside, &none))
            return NULL;
        p->pattern = inside.pattern;
        p->row = inside.row;
    }
}

/* Scalars become maps where the path goes on below them. */
static bool open_up(struct place *p, struct node *node)
{
    struct node *rate = NULL;
    if (node->kind == NODE_MAP)
        return true;
    if (!node_is_null(node)) {
        rate = node_copy(p->arena, node);
        if (!rate)
            return false;
        rate->key = "rate";
        rate->next = NULL;
    }
    node->kind = NODE_MAP;
    node->count = 0;
    node->first = node->last = NULL;
    if (rate)
        tree_append(node, rate);
    return true;
}

static void drop_other_times(struct node *time, const char *mode)
{
    static const char *const modes[] = {"open", "days", "steady"};
    bool is_mode = false;
    for (size_t i = 0; i < 3; i++)
        is_mode = is_mode || strcmp(mode, modes[i]) == 0;
    for (size_t i = 0; is_mode && i < 3; i++) {
        struct node *other = strcmp(mode, modes[i]) != 0 ? node_get(time, modes[i]) : NULL;
        if (other)
            tree_remove(time, other);
    }
}

static bool remove_child(struct place *p, struct node *parent, struct node *child)
{
    if (parent->kind == NODE_LIST)
        return complain(p, "an item of a list cannot be removed: write the whole list");
    if (child)
        tree_remove(parent, child);
    else if (!p->row || strcmp(key_name(p->row), "*") == 0)
        return not_there(p);
    return true;
}

/* The value in place of what is there; sections are merged as files are. */
static bool change_child(struct place *p, struct node *child, const struct node *value)
{
    struct node *copy = node_copy(p->arena, value);
    if (!copy)
        return false;
    copy->key = child->key;
    copy->key_span = child->key ? p->at : (struct span){0};
    bool section =
        p->row && p->row->shape != KEY_VALUE && copy->kind == NODE_MAP && child->kind == NODE_MAP;
    if (section && (p->row->flags & KEY_DISTRIBUTION))
        section = !dist_is_written(copy) && !dist_is_written(child);
    if (section)
        return tree_merge(p->arena, child, copy, p->row->path, p->diags) != NULL;
    copy->next = child->next;
    *child = *copy;
    return true;
}

static bool walk(struct place *p, const struct node *value)
{
    for (;; p->i++) {
        struct node *parent = p->node, *child = NULL;
        const char *part = p->path->part[p->i];
        bool in_time = p->pattern && strcmp(p->pattern, "time") == 0;
        if (!follow(p, &child))
            return false;
        bool remove = node_is_null(value) && is_last(p);
        if (child && !is_last(p)) {
            p->node = child;
            continue;
        }
        if (remove)
            return remove_child(p, parent, child);
        if (child) {
            if (in_time)
                drop_other_times(parent, part);
            return change_child(p, child, value);
        }
        if (node_is_null(value))
            return not_there(p);
        struct node *made = chain(p, value);
        if (!made || !open_up(p, parent))
            return false;
        if (in_time)
            drop_other_times(parent, part);
        child = node_get(parent, made->key); /* the rate that open_up has put there */
        if (child)
            tree_remove(parent, child);
        tree_append(parent, made);
        return true;
    }
}

oh_status override_apply(struct arena *arena, struct node *root, const char *path, struct span at,
                         const struct node *value, oh_diags *diags)
{
    struct path parts;
    size_t before = oh_diags_errors(diags);
    if (!split(path, at, &parts, diags))
        return OH_INVALID;
    if (parts.parts + tree_depth(value) > NODE_DEPTH_MAX) {
        finding(diags, CODE_E110, at, "this value is nested too deeply");
        return OH_INVALID;
    }
    struct place place = {.arena = arena,
                          .diags = diags,
                          .at = at,
                          .path = &parts,
                          .value = value,
                          .node = root,
                          .pattern = ""};
    bool done = walk(&place, value);
    if (arena->failed || findings_failed(diags))
        return OH_NO_MEMORY;
    return done && oh_diags_errors(diags) == before ? OH_OK : OH_INVALID;
}

oh_status override_variant(struct arena *arena, struct node *root, const struct node *variant,
                           oh_diags *diags)
{
    oh_status status = OH_OK;
    if (variant->bad)
        return OH_INVALID;
    if (variant->kind != NODE_MAP) {
        finding(diags, CODE_E205, variant->span, "expected a map of paths and values, found %s",
                shape_of(variant));
        finding_hint(diags, "write it like %s", key_of("variants.*")->form);
        return OH_INVALID;
    }
    for (const struct node *c = variant->first; c && status != OH_NO_MEMORY; c = c->next) {
        oh_status one = override_apply(arena, root, c->key, c->key_span, c, diags);
        status = one != OH_OK ? one : status;
    }
    return status;
}
