/* markdown.c - a sheet as Markdown, to paste into a report or a ticket. */
#include <string.h>

#include "page.h"
#include "writers.h"

static void put_lines(struct emit *e, const struct page_lines *lines)
{
    for (const struct page_line *line = lines->first; line; line = line->next) {
        emit_text(e, "- ");
        markdown_text(e, line->text);
        emit_char(e, '\n');
    }
}

static void put_section(struct emit *e, const struct page_section *section)
{
    if (section->grid.rows == 0 && !section->notes.first)
        return;
    emit_text(e, "\n## ");
    markdown_text(e, section->title);
    emit_text(e, "\n\n");
    if (section->grid.rows > 0) {
        grid_markdown(&section->grid, e);
        if (section->notes.first)
            emit_char(e, '\n');
    }
    put_lines(e, &section->notes);
}

static void paragraph(struct emit *e, const char *before, const char *text, const char *after)
{
    if (!text || !*text)
        return;
    emit_char(e, '\n');
    emit_text(e, before);
    markdown_text(e, text);
    emit_text(e, after);
    emit_char(e, '\n');
}

/* As it was written: it may hold tables and commands. */
static void put_about(struct emit *e, const char *about)
{
    bool line_start = true;
    emit_text(e, "\n## About\n\n");
    for (; *about; about++) {
        if (line_start && *about != '\n')
            emit_text(e, "    ");
        line_start = *about == '\n';
        emit_char(e, *about);
    }
    if (!line_start)
        emit_char(e, '\n');
}

void sheet_markdown(const struct sheet *sheet, struct emit *e)
{
    emit_text(e, "# ");
    markdown_text(e, sheet->title);
    emit_char(e, '\n');
    paragraph(e, "", sheet->question, "");
    paragraph(e, "", sheet->basis, "");
    paragraph(e, "**", sheet->stopped, "**");
    paragraph(e, "**", sheet->headline, "**");
    for (const struct page_section *s = sheet->first; s; s = s->next)
        put_section(e, s);
    if (sheet->warnings_count > 0)
        emit_text(e, "\n## Warnings\n\n");
    for (size_t i = 0; i < sheet->warnings_count; i++) {
        emit_text(e, "- ");
        markdown_text(e, sheet->warnings[i]);
        emit_char(e, '\n');
    }
    if (sheet->about[strlen(sheet->question)])
        put_about(e, sheet->about);
}

oh_status write_markdown(const oh_result *result, const oh_write_context *context, oh_sink sink)
{
    struct emit e = emit_to(sink);
    struct page page;
    oh_status status = page_make(&page, result, context);

    if (status == OH_OK) {
        sheet_markdown(&page.sheet, &e);
        status = emit_status(&e);
    }
    page_free(&page);
    return status;
}
