/* sheet.h - what people read, before its layout: a head, sections of tables with notes, warnings.
 *
 * Whoever has something to say (a run: page.h, a comparison, a sweep) fills a sheet; sheet_table
 * and sheet_markdown lay it out, so that the two say the same. Texts and sections are an arena's.
 */
#ifndef ONHOLD_SIM_SHEET_H
#define ONHOLD_SIM_SHEET_H

#include "grid.h"

struct page_line {
    struct page_line *next;
    const char *text;
};

struct page_lines {
    struct page_line *first, *last;
};

struct page_section {
    struct page_section *next;
    const char *title;
    struct grid grid;        /* no rows and no notes: the section is left out */
    struct page_lines notes; /* below it */
};

struct sheet {
    const char *title;
    const char *about;    /* all of it, "" if there is none */
    const char *question; /* its first paragraph: the verdict must not be pushed away */
    const char *basis;    /* "200 days, seed 1; ..." */
    const char *stopped;  /* NULL unless the run ended early */
    const char *headline; /* NULL: none */
    enum tone headline_tone;
    struct page_section *first, *last; /* in order of reading */
    const char *const *warnings;       /* one line each */
    size_t warnings_count;
};

/* Appends a section. */
void sheet_add(struct sheet *sheet, struct page_section *section);
/* A new section with an empty grid, appended; NULL if out of memory. */
struct page_section *sheet_section(struct sheet *sheet, struct arena *arena, const char *title);
/* A line of text below a section. */
void sheet_note(struct arena *arena, struct page_lines *lines, const char *text);
/* The first paragraph of a text. */
const char *sheet_question(struct arena *arena, const char *about);

/* For a terminal: aligned, lines wrapped, in colour if asked. */
void sheet_table(const struct sheet *sheet, struct emit *e, bool colour);
/* As Markdown, to paste into a report or a ticket. */
void sheet_markdown(const struct sheet *sheet, struct emit *e);

#endif
