/* table.c - a sheet for a terminal: aligned, in colour if asked. */
#include <string.h>

#include "../base/utf8.h"
#include "page.h"
#include "writers.h"

enum { LINE = 92 };

static size_t width_of(const char *text, size_t length)
{
    size_t columns = 0;
    for (uint32_t code; length > 0;) {
        size_t n = utf8_read(text, length, &code);
        columns += utf8_width(code);
        text += n;
        length -= n;
    }
    return columns;
}

/* Text in lines of at most LINE characters, broken at blanks anew; every line indented. */
static void wrapped(struct emit *e, bool colour, enum tone tone, size_t indent, const char *text)
{
    static const char blanks[] = " \t\r\n";
    size_t used = 0; /* columns of the line, 0 before its first word */
    for (text += strspn(text, blanks); *text; text += strspn(text, blanks)) {
        size_t length = strcspn(text, blanks), width = width_of(text, length);
        if (used > 0 && used + 1 + width > LINE) {
            tone_end(e, colour, tone);
            emit_char(e, '\n');
            used = 0;
        }
        emit_times(e, ' ', used ? 1 : indent);
        if (used == 0)
            tone_begin(e, colour, tone);
        emit_shown(e, text, length);
        used += width + (used ? 1 : indent);
        text += length;
    }
    if (used > 0) {
        tone_end(e, colour, tone);
        emit_char(e, '\n');
    }
}

static void put_section(struct emit *e, const struct page_section *section, bool colour)
{
    if (section->grid.rows == 0 && !section->notes.first)
        return;
    emit_char(e, '\n');
    tone_text(e, colour, TONE_STRONG, section->title);
    emit_char(e, '\n');
    grid_draw(&section->grid, e, colour);
    for (const struct page_line *line = section->notes.first; line; line = line->next)
        wrapped(e, colour, TONE_FAINT, 2, line->text);
}

void sheet_table(const struct sheet *sheet, struct emit *e, bool colour)
{
    tone_text(e, colour, TONE_STRONG, sheet->title);
    emit_char(e, '\n');
    wrapped(e, colour, TONE_PLAIN, 0, sheet->question);
    wrapped(e, colour, TONE_FAINT, 0, sheet->basis);
    if (sheet->stopped) {
        tone_text(e, colour, TONE_UNSURE, sheet->stopped);
        emit_char(e, '\n');
    }
    if (sheet->headline) {
        emit_char(e, '\n');
        wrapped(e, colour, sheet->headline_tone, 0, sheet->headline);
    }
    for (const struct page_section *s = sheet->first; s; s = s->next)
        put_section(e, s, colour);
    if (sheet->warnings_count > 0) {
        emit_char(e, '\n');
        tone_text(e, colour, TONE_UNSURE, "Warnings");
        emit_char(e, '\n');
    }
    for (size_t i = 0; i < sheet->warnings_count; i++)
        wrapped(e, colour, TONE_PLAIN, 2, sheet->warnings[i]);
}

oh_status write_table(const oh_result *result, const oh_write_context *context, oh_sink sink)
{
    struct emit e = emit_to(sink);
    struct page page;
    oh_status status = page_make(&page, result, context);

    if (status == OH_OK) {
        sheet_table(&page.sheet, &e, context->colour);
        status = emit_status(&e);
    }
    page_free(&page);
    return status;
}
