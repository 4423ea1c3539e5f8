/* html_text.c - escaping, paragraphs, tables. */
#include "html_text.h"

#include <string.h>

#include "../base/utf8.h"

static const char *reference(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static void escaped(struct emit *e, const char *text, size_t length)
{
    for (uint32_t code; length > 0;) {
        size_t n = utf8_read(text, length, &code);
        const char *safe = n == 1 ? reference(*text) : NULL;
        if (safe)
            emit_text(e, safe);
        else if (code == '\n')
            emit_char(e, '\n');
        else if (code == '\t' || code == '\r')
            emit_char(e, ' ');
        else if (utf8_is_control(code))
            emit_text(e, "\xEF\xBF\xBD");
        else
            emit_bytes(e, text, n);
        text += n;
        length -= n;
    }
}

void html_text(struct emit *e, const char *text)
{
    escaped(e, text, strlen(text));
}

void html_element(struct emit *e, const char *name, const char *class, const char *text)
{
    emit_char(e, '<');
    emit_text(e, name);
    if (class) {
        emit_text(e, " class=\"");
        emit_text(e, class);
        emit_char(e, '"');
    }
    emit_char(e, '>');
    html_text(e, text);
    emit_text(e, "</");
    emit_text(e, name);
    emit_text(e, ">\n");
}

/* Does one of its lines begin with two blanks? */
static bool laid_out(const char *text, size_t length)
{
    for (size_t i = 0; i + 1 < length; i++)
        if (text[i] == ' ' && text[i + 1] == ' ' && (i == 0 || text[i - 1] == '\n'))
            return true;
    return false;
}

void html_paragraphs(struct emit *e, const char *text)
{
    for (text += strspn(text, "\n"); *text; text += strspn(text, "\n")) {
        const char *blank = strstr(text, "\n\n");
        size_t length = blank ? (size_t)(blank - text) : strlen(text);
        bool kept = laid_out(text, length);
        emit_text(e, kept ? "<pre tabindex=\"0\">" : "<p>");
        escaped(e, text, length);
        emit_text(e, kept ? "</pre>\n" : "</p>\n");
        text += length;
    }
}

const char *html_tone(enum tone tone)
{
    static const char *const classes[] = {
        [TONE_PLAIN] = NULL,      [TONE_GOOD] = "good",     [TONE_BAD] = "bad",
        [TONE_UNSURE] = "unsure", [TONE_STRONG] = "strong", [TONE_FAINT] = "faint",
    };
    return classes[tone];
}

/* ---- tables ---- */

static const char *cell_text(const struct grid_cell *cell)
{
    return cell->text ? cell->text : "";
}

static bool column_used(const struct grid *g, size_t c)
{
    for (const struct grid_row *row = g->first; row; row = row->next)
        if (*cell_text(&row->cell[c]))
            return true;
    return false;
}

static void put_head(struct emit *e, const struct grid *g, const bool *used)
{
    emit_text(e, "<thead><tr>");
    for (size_t c = 0; c < g->columns; c++) {
        if (!used[c])
            continue;
        /* a column that needs no name has no header either */
        const char *name = g->column[c].head;
        emit_text(e, *name ? "<th scope=\"col\"" : "<td");
        emit_text(e, g->column[c].right ? " class=\"r\">" : ">");
        html_text(e, name);
        emit_text(e, *name ? "</th>" : "</td>");
    }
    emit_text(e, "</tr></thead>\n");
}

static void put_cell(struct emit *e, const struct grid_cell *cell, const char *key, bool first,
                     bool right)
{
    const char *tone = first ? NULL : html_tone(cell->tone);
    emit_text(e, first ? "<th scope=\"row\"" : "<td");
    if (right || tone) {
        emit_text(e, " class=\"");
        emit_text(e, right ? "r" : "");
        emit_text(e, right && tone ? " " : "");
        emit_text(e, tone ? tone : "");
        emit_char(e, '"');
    }
    if (key) {
        emit_text(e, " data-k=\"");
        html_text(e, key);
        emit_char(e, '"');
    }
    emit_char(e, '>');
    const char *text = cell_text(cell), *words = text + strspn(text, " ");
    for (; text < words; text++)
        emit_text(e, "\xE2\x80\x82"); /* a blank that indents */
    html_text(e, words);
    emit_text(e, first ? "</th>" : "</td>");
}

void html_grid(struct emit *e, const struct grid *g, const char *caption, bool sortable)
{
    bool used[GRID_COLUMNS], heads = false;
    for (size_t c = 0; c < g->columns; c++) {
        used[c] = column_used(g, c);
        heads = heads || (used[c] && *g->column[c].head);
    }
    emit_text(e, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
    html_text(e, caption);
    emit_text(e, sortable ? "\"><table class=\"sort\">\n<caption>" : "\"><table>\n<caption>");
    html_text(e, caption);
    emit_text(e, "</caption>\n");
    if (heads)
        put_head(e, g, used);
    emit_text(e, "<tbody>\n");
    for (const struct grid_row *row = g->first; row; row = row->next) {
        bool first = *cell_text(&row->cell[0]) != '\0';
        emit_text(e, "<tr>");
        for (size_t c = 0; c < g->columns; c++)
            if (used[c])
                put_cell(e, &row->cell[c], row->key[c], c == 0 && first, g->column[c].right);
        emit_text(e, "</tr>\n");
    }
    emit_text(e, "</tbody></table></div>\n");
}
