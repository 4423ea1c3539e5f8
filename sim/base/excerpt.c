/* excerpt.c - the source line of a finding as it is shown, and where its carets go.
 *
 * Spans count characters, carets need columns of the terminal: a tab fills up to the next stop, a
 * wide character fills two, a combining one none. Only the part around the span of a long line is
 * looked at, so that a line of many megabytes costs no more than finding the place in it.
 */
#include "excerpt.h"

#include <limits.h>
#include <string.h>

#include "utf8.h"

enum {
    TAB_STOP = 4,
    BEFORE = 40, /* characters of a long line that are shown before the span */
    DOTS = 3
};

struct line {
    const char *text;
    size_t length;
};

/* A character's columns, for one that begins in column `column` (from 0). */
static unsigned width_at(uint32_t code, unsigned column)
{
    if (code == '\t')
        return TAB_STOP - column % TAB_STOP;
    return utf8_is_control(code) ? 1 : utf8_width(code);
}

/* True if the line fills more columns than are shown. */
static bool too_wide(struct line line)
{
    unsigned column = 0;
    for (size_t at = 0; at < line.length && column <= EXCERPT_COLUMNS;) {
        uint32_t code;
        if (at >= EXCERPT_BYTES / 3) /* signs for control characters are three bytes long */
            return true;
        at += utf8_read(line.text + at, line.length - at, &code);
        column += width_at(code, column);
    }
    return column > EXCERPT_COLUMNS;
}

static struct line skip(struct line line, unsigned characters)
{
    size_t at = 0;
    uint32_t code;
    for (unsigned i = 0; i < characters && at < line.length; i++)
        at += utf8_read(line.text + at, line.length - at, &code);
    return (struct line){line.text + at, line.length - at};
}

struct drawing {
    struct excerpt *excerpt;
    size_t used;
    unsigned column;
};

static void draw(struct drawing *drawing, uint32_t code)
{
    char *to = drawing->excerpt->text + drawing->used;
    unsigned width = width_at(code, drawing->column);
    if (code == '\t') {
        memset(to, ' ', width);
        drawing->used += width;
    } else {
        char bytes[4];
        size_t count = utf8_write(bytes, code == UTF8_INVALID ? 0xFFFD : code);
        drawing->used += utf8_show(to, 8, bytes, count);
    }
    drawing->column += width;
}

static void draw_dots(struct drawing *drawing)
{
    for (int i = 0; i < DOTS; i++)
        draw(drawing, '.');
}

/* Draws the line, which begins with character `character` (from 1). */
static void draw_line(struct drawing *drawing, struct line line, unsigned character, bool wide,
                      unsigned from, unsigned to)
{
    struct excerpt *excerpt = drawing->excerpt;
    unsigned limit = EXCERPT_COLUMNS - (wide ? DOTS + 1 : 0);
    bool begun = false;
    for (size_t at = 0; at < line.length; character++) {
        uint32_t code;
        if (drawing->column > limit || drawing->used + 16 > EXCERPT_BYTES) {
            draw_dots(drawing);
            break;
        }
        if (character == from) {
            excerpt->indent = drawing->column;
            begun = true;
        }
        at += utf8_read(line.text + at, line.length - at, &code);
        draw(drawing, code);
        if (begun && character < to)
            excerpt->carets = drawing->column - excerpt->indent;
    }
    if (!begun)
        excerpt->indent = drawing->column;
    if (excerpt->carets == 0)
        excerpt->carets = 1;
}

void excerpt_take(struct excerpt *excerpt, struct span at)
{
    *excerpt = (struct excerpt){0};
    struct line line = {NULL, 0};
    if (!at.source || !source_line(at.source, at.line, &line.text, &line.length))
        return;
    while (line.length > 0 && strchr(" \t", line.text[line.length - 1]) &&
           line.text[line.length - 1])
        line.length--;

    unsigned from = at.column > 0 ? at.column : 1, to = at.end_column;
    if (at.end_line > at.line)
        to = UINT_MAX;
    if (at.end_line < at.line || to <= from)
        to = from + 1;

    excerpt->line = at.line;
    struct drawing drawing = {.excerpt = excerpt};
    bool wide = too_wide(line);
    unsigned character = 1;
    if (wide && from > BEFORE + 1) {
        draw_dots(&drawing);
        line = skip(line, from - 1 - BEFORE);
        character = from - BEFORE;
    }
    draw_line(&drawing, line, character, wide, from, to);
    excerpt->text[drawing.used] = '\0';
}
