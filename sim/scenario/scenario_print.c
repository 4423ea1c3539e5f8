/* scenario_print.c - a resolved scenario as a scenario file.
 *
 * The one idea: values keep the text they were written with, so reading them again gives the same
 * bits; only the layout is new. Sections stand in lines, what is one thing stands on one line.
 */
#include <stdio.h>
#include <string.h>

#include "resolved.h"

struct print {
    oh_sink sink;
    bool failed;
};

static void put_bytes(struct print *p, const char *text, size_t length)
{
    if (!p->failed && length > 0)
        p->failed = !p->sink.write(p->sink.user, text, length);
}

static void put(struct print *p, const char *text)
{
    put_bytes(p, text, strlen(text));
}

static void put_indent(struct print *p, size_t depth)
{
    while (depth-- > 0)
        put(p, "  ");
}

/* ---- scalars ---- */

/* True if the text can stand without quotes, wherever that is. */
static bool is_plain(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    static const char inside[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                 " _./%:-+";
    size_t length = strlen(text);
    if (length == 0 || !strchr(letters, text[0]) || strspn(text, inside) != length)
        return false;
    if (text[length - 1] == ' ' || text[length - 1] == ':' || strcmp(text, "null") == 0)
        return false;
    return !strstr(text, ": ");
}

static void put_single(struct print *p, const char *text)
{
    put(p, "'");
    for (const char *c = text; *c; c++) {
        put_bytes(p, c, 1);
        if (*c == '\'')
            put(p, "'");
    }
    put(p, "'");
}

/* With line breaks and other control characters as escapes. */
static void put_double(struct print *p, const char *text)
{
    char code[8];
    put(p, "\"");
    for (const char *c = text; *c; c++) {
        if (*c == '"' || *c == '\\')
            put(p, "\\");
        if (*c == '\n')
            put(p, "\\n");
        else if ((unsigned char)*c < 0x20 || *c == 0x7F) {
            snprintf(code, sizeof code, "\\x%02x", (unsigned)(unsigned char)*c);
            put(p, code);
        } else
            put_bytes(p, c, 1);
    }
    put(p, "\"");
}

static bool has_control(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7F)
            return true;
    return false;
}

static void put_text(struct print *p, const char *text)
{
    if (is_plain(text))
        put(p, text);
    else if (has_control(text))
        put_double(p, text);
    else
        put_single(p, text);
}

/* A text of several lines that can stand as such: no control characters but the line feeds, and
 * nothing at either end that YAML would take away. */
static bool is_block(const char *text)
{
    size_t length = strlen(text);
    if (length < 2 || !strchr(text, '\n') || strchr(" \n", text[0]) || text[length - 2] == '\n')
        return false;
    for (const char *c = text; *c; c++)
        if ((*c != '\n' && (unsigned char)*c < 0x20) || *c == 0x7F)
            return false;
    return true;
}

static void put_block(struct print *p, const char *text, size_t depth)
{
    put(p, text[strlen(text) - 1] == '\n' ? " |\n" : " |-\n");
    for (const char *line = text; *line;) {
        size_t length = strcspn(line, "\n");
        if (length > 0)
            put_indent(p, depth);
        put_bytes(p, line, length);
        put(p, "\n");
        line += length + (line[length] == '\n');
    }
}

/* ---- maps and lists ---- */

static void put_flow(struct print *p, const struct resolved *value)
{
    bool list = value->kind == RESOLVED_LIST;
    if (!list && value->kind != RESOLVED_MAP) {
        put_text(p, value->text);
        return;
    }
    put(p, list ? "[" : "{");
    for (const struct resolved *c = value->first; c; c = c->next) {
        if (!list) {
            put_text(p, c->key);
            put(p, ": ");
        }
        put_flow(p, c);
        put(p, c->next ? ", " : "");
    }
    put(p, list ? "]" : "}");
}

/* Shifts, transfers and the like: an item a line. */
static bool in_lines(const struct resolved *value)
{
    return value->kind == RESOLVED_LIST && value->count > 1 && value->first->kind == RESOLVED_MAP;
}

static void put_children(struct print *p, const struct resolved *map, size_t depth)
{
    for (const struct resolved *c = map->first; c; c = c->next) {
        put_indent(p, depth);
        put_text(p, c->key);
        put(p, ":");
        if (c->section && c->count > 0) {
            put(p, "\n");
            put_children(p, c, depth + 1);
        } else if (c->kind == RESOLVED_TEXT && is_block(c->text)) {
            put_block(p, c->text, depth + 1);
        } else if (in_lines(c)) {
            put(p, "\n");
            for (const struct resolved *item = c->first; item; item = item->next) {
                put_indent(p, depth + 1);
                put(p, "- ");
                put_flow(p, item);
                put(p, "\n");
            }
        } else {
            put(p, " ");
            put_flow(p, c);
            put(p, "\n");
        }
    }
}

oh_status resolved_print(const struct resolved *root, oh_sink sink)
{
    struct print p = {.sink = sink};
    put_children(&p, root, 0);
    return p.failed ? OH_IO : OH_OK;
}
