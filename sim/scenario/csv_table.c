/* csv_table.c - CSV columns with the place of every cell.
 *
 * libcsv splits the text but does not say where a field stood. So it is fed byte by byte: when it
 * reports a field, the byte just fed ends it. Nothing is kept but the header; a column is read by
 * walking the text again, which costs less than keeping millions of cells.
 */
#include "csv_table.h"

#include <csv.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "../base/read_file.h"
#include "../base/units.h"

/* ---- walking ---- */

typedef bool row_fn(void *user, size_t cells, size_t at);
typedef bool cell_fn(void *user, size_t column, const struct csv_cell *cell);

struct walk {
    cell_fn *on_cell;
    row_fn *on_row;
    void *user;
    const char *text;   /* of the whole source */
    size_t row, column; /* of the next cell; row 0 is the header */
    size_t begin, now;  /* the next cell begins, the parser is, there */
    bool in_row, stopped;
};

static void walk_cell(void *bytes, size_t length, void *user)
{
    struct walk *w = user;
    struct csv_cell cell = {w->row, bytes, length, w->begin, w->now};
    while (cell.at < cell.end && strchr(" \t\r\n", w->text[cell.at]))
        cell.at++;
    while (cell.end > cell.at && strchr(" \t\r\n", w->text[cell.end - 1]))
        cell.end--;
    if (!w->stopped && !w->on_cell(w->user, w->column, &cell))
        w->stopped = true;
    w->column++;
    w->begin = w->now + 1;
}

static void walk_row(int terminator, void *user)
{
    struct walk *w = user;
    (void)terminator;
    if (!w->stopped && w->on_row && !w->on_row(w->user, w->column, w->now))
        w->stopped = true;
    w->row++;
    w->column = 0;
    w->begin = w->now + 1;
    w->in_row = false;
}

enum walk_result { WALK_DONE, WALK_NO_MEMORY, WALK_BAD_QUOTES };

/* Walks source from `start`. */
static enum walk_result walk_text(const struct source *source, size_t start, char delimiter,
                                  struct walk *w)
{
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0)
        return WALK_NO_MEMORY;
    csv_set_delim(&parser, (unsigned char)delimiter);
    w->text = source->text;
    w->begin = start;
    enum walk_result result = WALK_DONE;
    for (w->now = start; w->now < source->length && !w->stopped; w->now++) {
        char c = source->text[w->now];
        if (!w->in_row && (c == '\r' || c == '\n'))
            w->begin = w->now + 1;
        else
            w->in_row = true;
        if (csv_parse(&parser, &c, 1, walk_cell, walk_row, w) != 1) {
            result = csv_error(&parser) == CSV_EPARSE ? WALK_BAD_QUOTES : WALK_NO_MEMORY;
            break;
        }
    }
    if (result == WALK_DONE && !w->stopped && csv_fini(&parser, walk_cell, walk_row, w) != 0)
        result = csv_error(&parser) == CSV_EPARSE ? WALK_BAD_QUOTES : WALK_NO_MEMORY;
    csv_free(&parser);
    return result;
}

/* ---- places ---- */

static bool is_tail(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

static struct span span_of(const struct csv_table *table, size_t at, size_t end)
{
    const char *text = table->source->text;
    struct span span = {table->source, 1, 1, 0, 0};
    size_t i = table->start;
    for (; i < at; i++) {
        if (text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n')) {
            span.line++;
            span.column = 1;
        } else if (!is_tail(text[i])) {
            span.column++;
        }
    }
    span.end_line = span.line;
    span.end_column = span.column;
    for (; i < end && text[i] != '\n' && text[i] != '\r'; i++)
        span.end_column += !is_tail(text[i]);
    if (span.end_column == span.column)
        span.end_column++;
    return span;
}

struct span csv_span(const struct csv_table *table, const struct csv_cell *cell)
{
    return span_of(table, cell->at, cell->end);
}

/* ---- the header ---- */

/* The length of a no-break space at p: U+00A0, the narrow U+202F, or 0. */
static size_t no_break(const char *p)
{
    if (p[0] == '\xC2' && p[1] == '\xA0')
        return 2;
    return p[0] == '\xE2' && p[1] == '\x80' && p[2] == '\xAF' ? 3 : 0;
}

static bool ends_with_no_break(const char *text, size_t n)
{
    return (n >= 2 && no_break(text + n - 2) == 2) || (n >= 3 && no_break(text + n - 3) == 3);
}

/* Drops spaces and no-break spaces at both ends. */
static char *trim(char *text, size_t *length)
{
    size_t n = strlen(text);
    for (;;) {
        size_t skip = strchr(" \t\r\n", *text) ? 1 : no_break(text);
        if (!*text || !skip)
            break;
        text += skip;
        n -= skip;
    }
    for (;;) {
        if (n > 0 && strchr(" \t\r\n", text[n - 1]))
            n--;
        else if (ends_with_no_break(text, n))
            n -= no_break(text + n - 2) == 2 ? 2 : 3;
        else
            break;
    }
    *length = n;
    return text;
}

/* The separator that stands most often in the first line, outside quotes. */
static char find_delimiter(const char *text)
{
    size_t commas = 0, semicolons = 0, tabs = 0;
    bool quoted = false, begun = false;
    for (const char *p = text; *p; p++) {
        if (*p == '"')
            quoted = !quoted;
        if (quoted)
            continue;
        if ((*p == '\n' || *p == '\r') && begun)
            break;
        begun = begun || !strchr(" \t\r\n", *p);
        commas += *p == ',';
        semicolons += *p == ';';
        tabs += *p == '\t';
    }
    if (tabs > commas && tabs > semicolons)
        return '\t';
    return semicolons > commas ? ';' : ',';
}

struct header {
    struct arena *arena;
    struct csv_table *table;
    size_t room;
    bool no_memory;
    struct csv_cell beyond; /* the first cell with text beyond the last column; row 0: none */
};

static bool header_grow(struct header *h)
{
    size_t room = h->room ? 2 * h->room : 16;
    const char **name = arena_array(h->arena, room, sizeof *name);
    struct span *span = arena_array(h->arena, room, sizeof *span);
    if (!name || !span)
        return false;
    for (size_t i = 0; i < h->table->columns; i++) {
        name[i] = h->table->name[i];
        span[i] = h->table->name_span[i];
    }
    h->table->name = name;
    h->table->name_span = span;
    h->room = room;
    return true;
}

static bool header_cell(void *user, size_t column, const struct csv_cell *cell)
{
    struct header *h = user;
    struct csv_table *t = h->table;
    size_t length;
    if (cell->row > 0 && (column < t->columns || h->beyond.row > 0))
        return true;
    char *text = trim(cell->text, &length);
    if (cell->row > 0) {
        if (length > 0)
            h->beyond = *cell;
        return true;
    }
    char *name = arena_strndup(h->arena, text, length);
    if (!name || (column >= h->room && !header_grow(h))) {
        h->no_memory = true;
        return false;
    }
    t->name[column] = name;
    /* Columns are counted along the first line only: a file of one long line stays cheap. */
    t->name_span[column] = (struct span){t->source, 0, 0, 0, 0};
    if (column < 64)
        t->name_span[column] = span_of(t, cell->at, cell->end);
    t->columns = column + 1;
    return true;
}

static bool header_row(void *user, size_t cells, size_t at)
{
    struct header *h = user;
    (void)cells;
    (void)at;
    h->table->rows++;
    return true;
}

static struct csv_table *refuse(oh_diags *diags, struct span where, struct span at,
                                const char *message, const char *hint)
{
    finding(diags, CODE_E210, where, "%s", message);
    if (hint)
        finding_hint(diags, "%s", hint);
    if (where.source != at.source)
        finding_note(diags, at, "the file is named here");
    return NULL;
}

static bool looks_binary(const struct source *source)
{
    const char *t = source->text;
    return (source->length >= 2 &&
            ((t[0] == '\xFF' && t[1] == '\xFE') || (t[0] == '\xFE' && t[1] == '\xFF'))) ||
           memchr(t, '\0', source->length) != NULL;
}

struct csv_table *csv_parse_source(struct arena *arena, const struct source *source, struct span at,
                                   oh_diags *diags)
{
    struct span whole = {source, 0, 0, 0, 0};
    if (looks_binary(source))
        return refuse(diags, whole, at, "this is not a text file in UTF-8",
                      "save the sheet as \"CSV UTF-8\"");
    struct csv_table *table = arena_alloc(arena, sizeof *table);
    if (!table)
        return NULL;
    table->source = source;
    table->start = source->length >= 3 && memcmp(source->text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    table->delimiter = find_delimiter(source->text + table->start);
    struct header h = {.arena = arena, .table = table};
    struct walk w = {.on_cell = header_cell, .on_row = header_row, .user = &h};
    enum walk_result result = walk_text(source, table->start, table->delimiter, &w);
    if (result == WALK_NO_MEMORY || h.no_memory) {
        arena->failed = true;
        return NULL;
    }
    if (result == WALK_BAD_QUOTES)
        return refuse(diags, span_of(table, w.begin, w.now), at,
                      "quotes are not paired in this table",
                      "a quoted cell begins and ends with \"; a \" inside it is written \"\"");
    if (table->rows == 0)
        return refuse(diags, whole, at, "this table is empty", "the first line names the columns");
    if (h.beyond.row > 0)
        return refuse(diags, span_of(table, h.beyond.at, h.beyond.end), at,
                      "this line has more cells than the first line has columns",
                      table->delimiter == ','
                          ? "a decimal comma is understood only where semicolons separate the "
                            "columns"
                          : NULL);
    table->rows--;
    return table;
}

struct csv_table *csv_load(struct arena *arena, struct table_files *files, const char *path,
                           struct span at, oh_diags *diags)
{
    const struct table_file *file = NULL;
    struct problem problem = {"", ""};
    enum read_outcome outcome = table_files_read(files, path, &file);
    int error = errno;
    if (outcome == READ_NO_MEMORY) {
        arena->failed = true;
        return NULL;
    }
    if (outcome != READ_OK) {
        enum code code = read_problem(outcome, READ_LIMIT_TABLE, error, &problem);
        finding(diags, code, at, "%s: %s", path, problem.message);
        if (problem.hint[0])
            finding_hint(diags, "%s", problem.hint);
        return NULL;
    }
    return csv_parse_source(arena, file->source, at, diags);
}

/* ---- columns ---- */

struct column {
    size_t column;
    csv_visit_fn *visit;
    void *user;
};

static bool column_cell(void *user, size_t column, const struct csv_cell *cell)
{
    struct column *c = user;
    struct csv_cell data = *cell;
    if (cell->row == 0 || column != c->column)
        return true;
    data.row--;
    data.text = trim(cell->text, &data.length);
    data.text[data.length] = '\0';
    return c->visit(c->user, &data);
}

struct short_row {
    struct column column;
    size_t row;
};

static bool short_cell(void *user, size_t column, const struct csv_cell *cell)
{
    struct short_row *s = user;
    s->row = cell->row;
    return column_cell(&s->column, column, cell);
}

static bool short_end(void *user, size_t cells, size_t at)
{
    struct short_row *s = user;
    if (s->row == 0 || cells > s->column.column)
        return true;
    char empty[] = "";
    struct csv_cell none = {s->row - 1, empty, 0, at, at};
    return s->column.visit(s->column.user, &none);
}

bool csv_visit(const struct csv_table *table, size_t column, csv_visit_fn *visit, void *user)
{
    struct short_row s = {{column, visit, user}, 0};
    struct walk w = {.on_cell = short_cell, .on_row = short_end, .user = &s};
    return walk_text(table->source, table->start, table->delimiter, &w) == WALK_DONE;
}

/* ---- numbers ---- */

bool csv_number(const struct csv_table *table, const char *text, double *value)
{
    char plain[64];
    size_t n = 0;
    bool comma = false;
    struct problem problem;
    for (const char *p = text; *p && n < sizeof plain - 1;) {
        size_t skip = no_break(p);
        if (skip) {
            p += skip;
            continue;
        }
        bool decimal = *p == ',' && table->delimiter == ';' && !comma;
        if (*p == ',' && !decimal)
            return false;
        if (comma && *p == '.')
            return false;
        comma = comma || decimal;
        plain[n++] = decimal ? '.' : *p;
        p++;
    }
    plain[n] = '\0';
    return n > 0 && n < sizeof plain - 1 && unit_number(plain, value, &problem);
}

struct numbers {
    const struct csv_table *table;
    const struct csv_want *want;
    double *values;
    struct span asked;
    oh_diags *diags;
    bool good;
};

static void bad_cell(struct numbers *n, const struct csv_cell *cell, const char *hint)
{
    struct span at = csv_span(n->table, cell);
    n->good = false;
    if (cell->length == 0)
        finding(n->diags, CODE_E220, at, "this cell is empty; expected %s", n->want->what);
    else
        finding(n->diags, CODE_E220, at, "'%s' is not %s", cell->text, n->want->what);
    if (hint)
        finding_hint(n->diags, "%s", hint);
    finding_note(n->diags, n->asked, "the column is used here");
}

static bool number_cell(void *user, const struct csv_cell *cell)
{
    struct numbers *n = user;
    double value = 0;
    const char *hint = NULL;
    if (cell->row >= n->table->rows)
        return false;
    if (cell->length == 0 && n->want->empty_is_never) {
        n->values[cell->row] = INFINITY;
        return true;
    }
    bool good = csv_number(n->table, cell->text, &value);
    if (!good && strchr(cell->text, ',') && n->table->delimiter != ';')
        hint = "a decimal comma is understood only where semicolons separate the columns";
    else if (good && value < 0)
        hint = "it must not be negative";
    else if (good && n->want->whole && value != floor(value))
        hint = "it must be a whole number";
    else if (good && value > n->want->most)
        hint = "it is too large";
    if (!good || hint)
        bad_cell(n, cell, hint);
    n->values[cell->row] = value;
    return oh_diags_errors(n->diags) <= OH_DIAGS_MAX;
}

bool csv_numbers(const struct csv_table *table, size_t column, const struct csv_want *want,
                 double *values, struct span asked, oh_diags *diags, bool *no_memory)
{
    struct numbers n = {table, want, values, asked, diags, true};
    if (!csv_visit(table, column, number_cell, &n)) {
        *no_memory = true;
        return false;
    }
    return n.good;
}

/* ---- times of day ---- */

long csv_time_column(const struct csv_table *table)
{
    static const char *const names[] = {"time", "start", "interval"};
    for (size_t i = 0; i < table->columns; i++)
        for (size_t k = 0; k < 3; k++)
            if (strcasecmp(table->name[i], names[k]) == 0)
                return (long)i;
    return -1;
}

/* `least` or 2 digits as a number; moves *text behind them. */
static bool digits(const char **text, size_t least, double *value)
{
    size_t n = strspn(*text, "0123456789");
    if (n < least || n > 2)
        return false;
    *value = 0;
    for (; n > 0; n--)
        *value = *value * 10 + (*(*text)++ - '0');
    return true;
}

/* "8:00", "08:00" or "08:00:00"; moves *text behind it. */
static bool clock_time(const char **text, double *seconds)
{
    double hour, minute, second = 0;
    if (!digits(text, 1, &hour) || *(*text)++ != ':' || !digits(text, 2, &minute))
        return false;
    if (**text == ':') {
        (*text)++;
        if (!digits(text, 2, &second))
            return false;
    }
    *seconds = hour * 3600 + minute * 60 + second;
    return minute < 60 && second < 60 && *seconds <= 86400;
}

bool csv_time(const char *text, double *from, double *to)
{
    *to = NAN;
    if (!clock_time(&text, from))
        return false;
    if (*text == '\0')
        return true;
    text += strspn(text, " ");
    if (strncmp(text, "\xE2\x80\x93", 3) == 0) /* an en dash, as sheets like to write */
        text += 3;
    else if (*text == '-')
        text++;
    else
        return false;
    text += strspn(text, " ");
    return clock_time(&text, to) && *text == '\0';
}
