/* bind_names.c - queues and groups looked up by name, whether they stand above or below.
 */
#include <stdlib.h>
#include <string.h>

#include "binder.h"

static int by_name(const void *pa, const void *pb)
{
    const struct named *a = pa, *b = pb;
    int order = strcmp(a->name, b->name);
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

struct names names_of(struct binder *b, const struct node *map)
{
    struct names names = {arena_array(&b->scratch, map->count + 1, sizeof *names.entry), 0};
    if (!names.entry) {
        b->no_memory = true;
        return names;
    }
    for (const struct node *c = map->first; c; c = c->next, names.n++)
        names.entry[names.n] =
            (struct named){.name = c->key, .index = names.n, .defined = c->key_span};
    qsort(names.entry, names.n, sizeof *names.entry, by_name);
    return names;
}

static int against_name(const void *name, const void *entry)
{
    return strcmp(name, ((const struct named *)entry)->name);
}

static const char *name_at(const void *names, size_t i)
{
    return ((const struct named *)names)[i].name;
}

static struct named *look(const struct names *names, const char *name)
{
    return bsearch(name, names->entry, names->n, sizeof *names->entry, against_name);
}

static struct named *find(struct binder *b, const struct names *names, const char *name,
                          struct span at, const char *what, const char *section)
{
    if (!names->entry)
        return NULL;
    struct named *found = look(names, name);
    if (found || enough_found(b))
        return found;
    const char *near = suggest(name, names->n, name_at, names->entry);
    const struct node *all = node_get(b->root, section);
    finding(b->diags, CODE_E207, at, "there is no %s '%s'", what, name);
    if (near) {
        finding_hint(b->diags, "did you mean '%s'?", near);
        finding_note(b->diags, look(names, near)->defined, "'%s' is here", near);
    } else if (all) {
        finding_note(b->diags, all->key_span, "the %s are here", section);
    }
    return NULL;
}

struct named *queue_find(struct binder *b, const char *name, struct span at)
{
    return find(b, &b->queues, name, at, "queue", "queues");
}

struct named *group_find(struct binder *b, const char *name, struct span at)
{
    static const struct node none = {.kind = NODE_MAP};
    const struct node *agents = node_get(b->root, "agents");
    if (!b->groups.entry)
        b->groups = names_of(b, agents && agents->kind == NODE_MAP ? agents : &none);
    return find(b, &b->groups, name, at, "group of agents", "agents");
}
