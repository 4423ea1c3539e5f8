/* grid.c - tables of text: widths count characters, not bytes. */
#include "grid.h"

#include <string.h>

#include "../base/utf8.h"
#include "wording.h"

enum { INDENT = 2, GAP = 2 };

void grid_init(struct grid *g, struct arena *arena)
{
    memset(g, 0, sizeof *g);
    g->arena = arena;
}

void grid_column(struct grid *g, const char *head, bool right)
{
    if (g->columns < GRID_COLUMNS)
        g->column[g->columns++] = (struct grid_column){head, right};
}

struct grid_row *grid_row(struct grid *g)
{
    struct grid_row *row = arena_alloc(g->arena, sizeof *row);
    if (!row)
        return NULL;
    if (g->last)
        g->last->next = row;
    else
        g->first = row;
    g->last = row;
    g->rows++;
    return row;
}

void tone_begin(struct emit *e, bool colour, enum tone tone)
{
    static const char *const start[] = {
        [TONE_PLAIN] = "",         [TONE_GOOD] = "\033[1;32m",
        [TONE_BAD] = "\033[1;31m", [TONE_UNSURE] = "\033[1;33m",
        [TONE_STRONG] = "\033[1m", [TONE_FAINT] = "\033[2m",
    };
    if (colour)
        emit_text(e, start[tone]);
}

void tone_end(struct emit *e, bool colour, enum tone tone)
{
    if (colour && tone != TONE_PLAIN)
        emit_text(e, "\033[0m");
}

void emit_shown(struct emit *e, const char *text, size_t length)
{
    for (uint32_t code; length > 0;) {
        size_t n = utf8_read(text, length, &code);
        if (utf8_is_control(code))
            emit_char(e, '?');
        else
            emit_bytes(e, text, n);
        text += n;
        length -= n;
    }
}

void tone_text(struct emit *e, bool colour, enum tone tone, const char *text)
{
    tone_begin(e, colour, tone);
    emit_shown(e, text, strlen(text));
    tone_end(e, colour, tone);
}

static const char *cell_text(const struct grid_row *row, size_t c)
{
    return row->cell[c].text ? row->cell[c].text : "";
}

/* Width of the widest cell, 0 if no row has anything in the column. */
static size_t column_width(const struct grid *g, size_t c)
{
    size_t widest = 0;
    for (const struct grid_row *row = g->first; row; row = row->next) {
        size_t w = word_width(cell_text(row, c));
        widest = w > widest ? w : widest;
    }
    size_t head = word_width(g->column[c].head);
    return widest == 0 ? 0 : widest > head ? widest : head;
}

static void draw_line(const struct grid *g, const size_t *width, const struct grid_row *row,
                      struct emit *e, bool colour)
{
    size_t blanks = INDENT; /* owed: written only when text follows, so no line ends in blanks */
    for (size_t c = 0; c < g->columns; c++) {
        if (width[c] == 0)
            continue;
        const char *text = row ? cell_text(row, c) : g->column[c].head;
        enum tone tone = row ? row->cell[c].tone : TONE_FAINT;
        size_t w = word_width(text), rest = width[c] - w;
        if (w > 0) {
            emit_times(e, ' ', blanks + (g->column[c].right ? rest : 0));
            tone_text(e, colour, tone, text);
            blanks = GAP + (g->column[c].right ? 0 : rest);
        } else {
            blanks += width[c] + GAP;
        }
    }
    emit_char(e, '\n');
}

void grid_draw(const struct grid *g, struct emit *e, bool colour)
{
    size_t width[GRID_COLUMNS];
    bool heads = false;
    for (size_t c = 0; c < g->columns; c++) {
        width[c] = column_width(g, c);
        heads = heads || (width[c] > 0 && g->column[c].head[0]);
    }
    if (heads)
        draw_line(g, width, NULL, e, colour);
    for (const struct grid_row *row = g->first; row; row = row->next)
        draw_line(g, width, row, e, colour);
}

void markdown_text(struct emit *e, const char *text)
{
    for (; *text; text++) {
        if (strchr("\\`*_{}[]<>#|", *text))
            emit_char(e, '\\');
        emit_char(e, *text == '\n' || *text == '\r' ? ' ' : *text);
    }
}

void grid_markdown(const struct grid *g, struct emit *e)
{
    size_t width[GRID_COLUMNS];
    emit_char(e, '|');
    for (size_t c = 0; c < g->columns; c++) {
        width[c] = column_width(g, c);
        if (width[c] == 0)
            continue;
        emit_char(e, ' ');
        markdown_text(e, g->column[c].head);
        emit_text(e, " |");
    }
    emit_text(e, "\n|");
    for (size_t c = 0; c < g->columns; c++)
        if (width[c] > 0)
            emit_text(e, g->column[c].right ? "---:|" : "---|");
    emit_char(e, '\n');
    for (const struct grid_row *row = g->first; row; row = row->next) {
        emit_char(e, '|');
        for (size_t c = 0; c < g->columns; c++) {
            if (width[c] == 0)
                continue;
            emit_char(e, ' ');
            markdown_text(e, cell_text(row, c));
            emit_text(e, " |");
        }
        emit_char(e, '\n');
    }
}
