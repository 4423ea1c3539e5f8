/* grid.h - a small table of text cells, drawn as aligned columns, as Markdown or HTML.
 *
 * Columns that hold nothing are left out. Memory is an arena's; if it ran out, arena->failed says
 * so and the grid lacks rows.
 */
#ifndef ONHOLD_SIM_GRID_H
#define ONHOLD_SIM_GRID_H

#include "../base/arena.h"
#include "emit.h"

enum { GRID_COLUMNS = 12 };

enum tone { TONE_PLAIN, TONE_GOOD, TONE_BAD, TONE_UNSURE, TONE_STRONG, TONE_FAINT };

struct grid_cell {
    const char *text; /* NULL: empty */
    enum tone tone;
};

struct grid_row {
    struct grid_row *next;
    struct grid_cell cell[GRID_COLUMNS];
    const char *key[GRID_COLUMNS]; /* the figures themselves, by which HTML sorts; NULL: the text */
};

struct grid_column {
    const char *head;
    bool right; /* aligned to the right */
};

struct grid {
    struct arena *arena;
    size_t columns;
    struct grid_column column[GRID_COLUMNS];
    size_t rows;
    struct grid_row *first, *last;
};

void grid_init(struct grid *g, struct arena *arena);
void grid_column(struct grid *g, const char *head, bool right);
/* A new row of empty cells; NULL if out of memory. */
struct grid_row *grid_row(struct grid *g);

/* Colour on and off. */
void tone_begin(struct emit *e, bool colour, enum tone tone);
void tone_end(struct emit *e, bool colour, enum tone tone);
/* Text for a terminal: control characters, which could command it, as "?". */
void emit_shown(struct emit *e, const char *text, size_t length);
/* All three. */
void tone_text(struct emit *e, bool colour, enum tone tone, const char *text);

void grid_draw(const struct grid *g, struct emit *e, bool colour);
void grid_markdown(const struct grid *g, struct emit *e);

/* Text with what Markdown would read as markup made harmless. */
void markdown_text(struct emit *e, const char *text);

#endif
