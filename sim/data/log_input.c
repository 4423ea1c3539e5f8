/* log_input.c - bytes to rows with libcsv, a line at a time so that line numbers are known.
 *
 * The first line waits until it is complete, since it decides the separator.
 */
#include "log_input.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "held_rows.h"

/* A cell longer than this is none: a quote is not closed, or the file is no table. */
enum { LONGEST_CELL = 1 << 18, LONGEST_HEADER = 1 << 16, CELLS_MOST = 4096 };

struct bytes {
    char *at;
    size_t length, room;
};

struct log_input {
    oh_log *log;
    oh_diags *diags;
    const char *name;  /* the log's memory */
    struct bytes head; /* until the first line is complete */
    bool started;      /* the parser is at work */
    struct csv_parser parser;
    uint64_t line;     /* being fed, from 1 */
    uint64_t row_line; /* where the present row began */
    bool in_row;
    bool in_line;     /* the present line has begun and not ended */
    struct bytes row; /* texts of the cells, each with its NUL */
    size_t cells;
    size_t start[CELLS_MOST];
    const char *text[CELLS_MOST];
    uint64_t hash; /* of the row */
    struct held_rows held;
    struct log_input *next; /* that waits */
    bool has_header;
    uint64_t header; /* its hash: joined files have it again */
    struct log_columns columns;
    oh_status status;
};

struct log_input *log_input_new(oh_log *log, const char *name, oh_diags *diags)
{
    struct log_input *input = calloc(1, sizeof *input);
    if (!input)
        return NULL;
    input->log = log;
    input->diags = diags;
    input->line = 0;
    input->name = arena_strdup(&log->arena, name);
    if (!input->name) {
        free(input);
        return NULL;
    }
    return input;
}

void log_input_free(struct log_input *input)
{
    if (!input)
        return;
    if (input->started)
        csv_free(&input->parser);
    free(input->head.at);
    free(input->row.at);
    held_rows_free(&input->held);
    free(input);
}

static bool append(struct bytes *bytes, const char *text, size_t length)
{
    if (bytes->length + length + 1 > bytes->room) {
        size_t room = 2 * (bytes->length + length + 1);
        char *at = realloc(bytes->at, room);
        if (!at)
            return false;
        bytes->at = at;
        bytes->room = room;
    }
    if (length > 0)
        memcpy(bytes->at + bytes->length, text, length);
    bytes->length += length;
    bytes->at[bytes->length] = '\0';
    return true;
}

/* ---- rows ---- */

static void drop(struct log_input *input, enum log_drop_reason reason, uint64_t line)
{
    oh_log *log = input->log;
    if (log->dropped[reason] < 3) {
        log->drop_line[reason][log->dropped[reason]] = line;
        log->drop_file[reason][log->dropped[reason]] = input->name;
    }
    log->dropped[reason]++;
}

/* A quote without its partner makes one row of all lines up to the next quote. The number of cells
 * shows it; each of those lines was a row. */
static void drop_swallowed(struct log_input *input, uint64_t lines)
{
    input->log->rows += lines - 1;
    for (uint64_t i = 0; i < lines; i++)
        drop(input, DROP_unpaired_quote, input->row_line + i);
}

/* A copy of a row that was there before? Without anything that names the call, two calls may well
 * look the same, so those are only counted. */
/* The interval of a queue that an earlier row told of. False if out of memory. */
static bool look_for_interval(struct log_input *input, const struct call_row *row)
{
    long which[3] = {row->day, (long)row->second, (long)row->queue};
    bool known;
    if (!row_set_add(&input->log->seen_id, text_hash((const char *)which, sizeof which, 3), &known))
        return false;
    input->log->odd.again += known;
    return true;
}

static enum log_drop_reason look_for_copies(struct log_input *input, const struct call_row *row)
{
    oh_log *log = input->log;
    bool known = false;
    const struct log_columns *c = &input->columns;
    if (c->names[FIELD_ID] > 0 && !row->is_interval) {
        const char *id = input->text[c->at[FIELD_ID][0]];
        if (*id && !row_set_add(&log->seen_id, text_hash(id, strlen(id), 2), &known))
            input->status = OH_NO_MEMORY;
        if (known)
            return DROP_same_id;
    }
    if (!row_set_add(&log->seen, input->hash, &known))
        input->status = OH_NO_MEMORY;
    if (!known) {
        if (row->is_interval && !look_for_interval(input, row))
            input->status = OH_NO_MEMORY;
        return DROP_REASONS;
    }
    if (row->agent != UINT32_MAX || row->customer || row->is_interval)
        return DROP_same_row;
    log->twins++;
    return DROP_REASONS;
}

/* All files together are days with dates, or none is. */
static bool same_kind(struct log_input *input, const struct call_row *row)
{
    oh_log *log = input->log;
    if (!log->any)
        log->dated = row->dated;
    if (log->dated == row->dated)
        return true;
    finding(input->diags, CODE_E210, (struct span){0},
            "%s, line %llu: some rows have dates and some have not", input->name,
            (unsigned long long)input->row_line);
    input->status = OH_INVALID;
    return false;
}

/* For later. False: this row cannot wait. */
static bool hold(struct log_input *input, const struct row_cells *cells)
{
    const struct held_row row = {.line = input->row_line,
                                 .hash = input->hash,
                                 .cells = cells->count,
                                 .length = input->row.length,
                                 .text = input->row.at};
    return !input->log->order_shown && held_rows_add(&input->held, &row);
}

/* `lines`: that it stands in. */
static void judge_row(struct log_input *input, const struct row_cells *cells, uint64_t lines,
                      bool may_wait)
{
    oh_log *log = input->log;
    struct call_row row;
    bool no_memory = false;
    if (input->columns.spare_clock < 0 && cells->count >= input->columns.columns) {
        long spare = log_columns_spare(&input->columns, cells);
        input->columns.spare_clock = spare;
        if (spare >= 0)
            log->spare_name = input->columns.before_arrived[spare];
    }
    enum log_drop_reason reason = call_row_read(log, &input->columns, cells, &row, &no_memory);
    if (reason == DROP_REASONS && !no_memory)
        reason = look_for_copies(input, &row);
    if (no_memory) {
        input->status = OH_NO_MEMORY;
    } else if (reason == DROP_ambiguous_date && may_wait && hold(input, cells)) {
        return;
    } else if (lines > 1 && (reason == DROP_too_few_cells || reason == DROP_too_many_cells)) {
        drop_swallowed(input, lines);
    } else if (reason != DROP_REASONS) {
        drop(input, reason, input->row_line);
    } else if (row.queue == UINT32_MAX) {
        finding(input->diags, CODE_E218, (struct span){0},
                "%s: the column of queues has more than %d values: it must be something else",
                input->name, LOG_QUEUES);
        input->status = OH_INVALID;
    } else if (same_kind(input, &row) && !log_book_add(log, &row)) {
        input->status = log->limit_hit ? OH_LIMIT : OH_NO_MEMORY;
    }
}

oh_status log_input_settle(struct log_input *input)
{
    struct held_rows held = input->held;
    struct held_row row;
    uint64_t line = input->row_line, hash = input->hash;
    size_t position = 0;
    input->held = (struct held_rows){0};
    while (input->status == OH_OK && held_rows_next(&held, &position, &row)) {
        const char *text = row.text;
        for (size_t i = 0; i < row.cells; i++, text += strlen(text) + 1)
            input->text[i] = text;
        input->row_line = row.line;
        input->hash = row.hash;
        judge_row(input, &(struct row_cells){row.cells, input->text}, 1, false);
    }
    input->row_line = line;
    input->hash = hash;
    held_rows_free(&held);
    return input->status;
}

static void take_row(struct log_input *input, const struct row_cells *cells)
{
    input->log->rows++;
    if (input->hash == input->header) {
        drop(input, DROP_header, input->row_line);
        return;
    }
    judge_row(input, cells, input->line + input->in_line - input->row_line + 1, true);
    if (input->held.length > 0 && input->log->order_shown)
        log_input_settle(input);
}

static void on_cell(void *text, size_t length, void *user)
{
    struct log_input *input = user;
    if (input->status != OH_OK || input->cells == CELLS_MOST)
        return;
    input->start[input->cells++] = input->row.length;
    input->hash = text_hash(text, length, input->hash + input->cells);
    if (!append(&input->row, text, length) || !append(&input->row, "", 1))
        input->status = OH_NO_MEMORY;
}

static void on_row(int terminator, void *user)
{
    struct log_input *input = user;
    (void)terminator;
    for (size_t i = 0; i < input->cells; i++)
        input->text[i] = input->row.at + input->start[i];
    struct row_cells cells = {input->cells, input->text};
    if (input->status == OH_OK && input->has_header) {
        take_row(input, &cells);
    } else if (input->status == OH_OK) {
        input->has_header = true;
        input->header = input->hash;
        if (!log_columns_find(&input->columns, input->log, input->name, &cells, input->diags))
            input->status = input->log->arena.failed ? OH_NO_MEMORY : OH_INVALID;
    }
    input->cells = 0;
    input->row.length = 0;
    input->hash = 0;
    input->in_row = false;
}

/* ---- lines ---- */

static oh_status refuse(struct log_input *input, const char *message, const char *hint)
{
    finding(input->diags, CODE_E210, (struct span){0}, "%s: %s", input->name, message);
    if (hint)
        finding_hint(input->diags, "%s", hint);
    return input->status = OH_INVALID;
}

static void feed_line(struct log_input *input, const char *text, size_t length)
{
    if (memchr(text, '\0', length)) {
        finding(input->diags, CODE_E210, (struct span){0},
                "%s, line %llu: a byte of 0, which no text has: this is no text file, or a damaged "
                "one",
                input->name, (unsigned long long)input->line + 1);
        input->status = OH_INVALID;
        return;
    }
    if (!input->in_row && length > 0 && text[0] != '\n' && text[0] != '\r') {
        input->in_row = true;
        input->row_line = input->line + 1;
    }
    input->in_line = length > 0;
    if (csv_parse(&input->parser, text, length, on_cell, on_row, input) != length)
        input->status = OH_NO_MEMORY;
    if (length > 0 && text[length - 1] == '\n') {
        input->line++;
        input->in_line = false;
    }
    if (csv_get_buffer_size(&input->parser) > LONGEST_CELL && input->status == OH_OK) {
        finding(input->diags, CODE_E210, (struct span){0},
                "%s, line %llu: a cell of more than %d kB: a quote is not closed, or this is no "
                "table",
                input->name, (unsigned long long)input->row_line, LONGEST_CELL >> 10);
        input->status = OH_INVALID;
    }
}

static void feed(struct log_input *input, const char *text, size_t length)
{
    while (length > 0 && input->status == OH_OK) {
        const char *end = memchr(text, '\n', length);
        size_t n = end ? (size_t)(end - text) + 1 : length;
        feed_line(input, text, n);
        text += n;
        length -= n;
    }
}

/* The separator that stands most often in the first line, outside quotes. */
static char separator_of(const char *text, size_t length)
{
    static const char separators[] = ",;\t|";
    size_t count[4] = {0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < length; i++) {
        const char *s = strchr(separators, text[i]);
        quoted = quoted != (text[i] == '"');
        if (text[i] && s && !quoted)
            count[s - separators]++;
    }
    for (size_t i = 1; i < 4; i++)
        if (count[i] > count[best])
            best = i;
    return separators[best];
}

/* No byte that would control a printer, as every kind of file but text has. */
static bool is_text(const char *line, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)line[i] < ' ' && !strchr("\t\r\v\f", line[i] ? line[i] : 'x'))
            return false;
    return true;
}

/* The first line is there: is this a table, and with what between the cells? */
static oh_status start(struct log_input *input)
{
    const char *text = input->head.at ? input->head.at : "";
    size_t length = input->head.length, skip = 0;
    if (length >= 2 && (memcmp(text, "\xFF\xFE", 2) == 0 || memcmp(text, "\xFE\xFF", 2) == 0))
        return refuse(input, "this is text in UTF-16", "save it as \"CSV UTF-8\"");
    if (length >= 2 && memcmp(text, "\x1F\x8B", 2) == 0)
        return refuse(input, "this file is compressed", "gunzip -c FILE | onhold fit -");
    if (length >= 4 && memcmp(text, "PK\x03\x04", 4) == 0)
        return refuse(input, "this is a spreadsheet or a zip file", "save it as \"CSV UTF-8\"");
    if (length >= 4 && !text[0] == !text[2] && !text[1] == !text[3] && !text[0] != !text[1])
        return refuse(input, "this is text in UTF-16", "save it as \"CSV UTF-8\"");
    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        skip = 3;
    skip += strspn(text + skip, " \t\r\n");
    if (skip == length)
        return refuse(input, "this file is empty", "the first line names the columns");
    const char *end = memchr(text + skip, '\n', length - skip);
    size_t first = end ? (size_t)(end - text) - skip : length - skip;
    if (!is_text(text + skip, first))
        return refuse(input, "this is not a text file", NULL);
    char separator = separator_of(text + skip, first);
    if (csv_init(&input->parser, CSV_APPEND_NULL) != 0)
        return input->status = OH_NO_MEMORY;
    input->started = true;
    csv_set_delim(&input->parser, (unsigned char)separator);
    for (size_t i = 0; i < skip; i++)
        input->line += text[i] == '\n';
    feed(input, text + skip, length - skip);
    return input->status;
}

oh_status log_input_take(struct log_input *input, const char *text, size_t length)
{
    if (input->status != OH_OK)
        return input->status;
    if (input->started) {
        feed(input, text, length);
        return input->status;
    }
    if (!append(&input->head, text, length))
        return input->status = OH_NO_MEMORY;
    const char *p = input->head.at;
    size_t skip = strspn(p, "\xEF\xBB\xBF \t\r\n");
    bool complete = memchr(p + skip, '\n', input->head.length - skip) != NULL;
    if (complete || input->head.length > LONGEST_HEADER)
        return start(input);
    return OH_OK;
}

bool log_input_waits(const struct log_input *input)
{
    return input->held.length > 0;
}

void log_input_link(struct log_input *input, struct log_input *next)
{
    input->next = next;
}

struct log_input *log_input_next(const struct log_input *input)
{
    return input->next;
}

oh_status log_input_end(struct log_input *input)
{
    if (input->status == OH_OK && !input->started)
        start(input);
    if (input->status == OH_OK && csv_fini(&input->parser, on_cell, on_row, input) != 0)
        input->status = OH_NO_MEMORY;
    if (input->status == OH_OK && !input->has_header)
        refuse(input, "this file is empty", "the first line names the columns");
    return input->status;
}
