/* source.c - a text that findings can point into, and its lines. */
#include <string.h>

#include "findings.h"

struct source *source_new(struct arena *arena, const char *name, const char *text, size_t length)
{
    struct source *source = arena_alloc(arena, sizeof *source);
    char *name_copy = arena_strdup(arena, name);
    char *text_copy = arena_strndup(arena, text, length);
    if (!source || !name_copy || !text_copy)
        return NULL;
    *source = (struct source){.name = name_copy, .text = text_copy, .length = length};
    return source;
}

/* The next "\n" or "\r" from `at` on, or `end`. */
static const char *line_end(const char *at, const char *end)
{
    while (at < end && *at != '\n' && *at != '\r')
        at++;
    return at;
}

bool source_line(const struct source *source, unsigned line, const char **start, size_t *length)
{
    if (line == 0)
        return false;
    const char *at = source->text, *end = source->text + source->length;
    if (source->length >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0)
        at += 3;

    const char *stop = line_end(at, end);
    for (unsigned i = 1; i < line; i++) {
        if (stop == end)
            return false;
        at = stop + (*stop == '\r' && stop + 1 < end && stop[1] == '\n' ? 2 : 1);
        stop = line_end(at, end);
    }
    *start = at;
    *length = (size_t)(stop - at);
    return true;
}
