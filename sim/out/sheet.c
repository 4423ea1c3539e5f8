/* sheet.c - building a sheet. */
#include "sheet.h"

#include <string.h>

void sheet_add(struct sheet *sheet, struct page_section *section)
{
    section->next = NULL;
    if (sheet->last)
        sheet->last->next = section;
    else
        sheet->first = section;
    sheet->last = section;
}

struct page_section *sheet_section(struct sheet *sheet, struct arena *arena, const char *title)
{
    struct page_section *section = arena_alloc(arena, sizeof *section);
    if (!section)
        return NULL;
    section->title = title ? title : "";
    grid_init(&section->grid, arena);
    sheet_add(sheet, section);
    return section;
}

void sheet_note(struct arena *arena, struct page_lines *lines, const char *text)
{
    struct page_line *line = arena_alloc(arena, sizeof *line);
    if (!line)
        return;
    line->text = text ? text : "";
    if (lines->last)
        lines->last->next = line;
    else
        lines->first = line;
    lines->last = line;
}

const char *sheet_question(struct arena *arena, const char *about)
{
    const char *blank = strstr(about, "\n\n");
    return blank ? arena_strndup(arena, about, (size_t)(blank - about)) : about;
}
