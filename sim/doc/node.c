/* node.c - walking and copying the tree of a document. */
#include "node.h"

#include <string.h>

struct node *node_get(const struct node *map, const char *key)
{
    if (map->kind == NODE_MAP)
        for (struct node *child = map->first; child; child = child->next)
            if (strcmp(child->key, key) == 0)
                return child;
    return NULL;
}

struct node *node_at(const struct node *list, size_t index)
{
    if (list->kind != NODE_LIST || index >= list->count)
        return NULL;
    struct node *child = list->first;
    while (index-- > 0)
        child = child->next;
    return child;
}

struct node *node_copy(struct arena *arena, const struct node *node)
{
    struct node *copy = arena_copy(arena, node, sizeof *node);
    if (!copy)
        return NULL;
    copy->first = copy->last = copy->next = NULL;
    copy->key = node->key ? arena_strdup(arena, node->key) : NULL;
    copy->text = node->text ? arena_strdup(arena, node->text) : NULL;
    if ((node->key && !copy->key) || (node->text && !copy->text))
        return NULL;

    for (const struct node *child = node->first; child; child = child->next) {
        struct node *child_copy = node_copy(arena, child);
        if (!child_copy)
            return NULL;
        if (copy->last)
            copy->last->next = child_copy;
        else
            copy->first = child_copy;
        copy->last = child_copy;
    }
    return copy;
}

bool node_is_null(const struct node *node)
{
    return node->kind == NODE_SCALAR && !node->quoted && !node->bad &&
           (node->text[0] == '\0' || strcmp(node->text, "~") == 0 ||
            strcmp(node->text, "null") == 0);
}

void node_warn_comment(const struct node *node, oh_diags *diags)
{
    const char *line;
    size_t length;
    struct span span = node->span;
    if (node->kind != NODE_SCALAR || node->quoted || !span.source ||
        !source_line(span.source, span.end_line, &line, &length))
        return;

    /* An unquoted text cannot hold " #": the first one behind it is the comment. Before it only
     * blanks and, in { } and [ ], other values can stand. */
    const char *end = line + length, *at = line;
    unsigned column = 1;
    for (; at < end && column < span.end_column; column++) {
        at++;
        while (at < end && ((unsigned char)*at & 0xC0) == 0x80)
            at++;
    }
    const char *hash = at;
    while (hash < end && (*hash == ' ' || *hash == '\t'))
        hash++;
    if (hash == at || hash == end || *hash != '#')
        return;

    span.line = span.end_line;
    span.column = column + (unsigned)(hash - at);
    span.end_line = span.line + 1;
    finding(diags, CODE_W101, span, "from the # on this is a comment: the text is only \"%s\"",
            node->text);
    finding_hint(diags, "if the # belongs to it, put the text in quotes: \"%s%.*s\"", node->text,
                 (int)(end - at < 60 ? end - at : 60), at);
}
