/* findings.c - the collection of diagnostics and its text for people.
 *
 * A finding is complete when it is made: its words and the line it points at are copied into the
 * collection's arena at once, so nothing else needs to stay alive.
 */
#include "findings.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <onhold/registry.h>

#include "excerpt.h"
#include "utf8.h"

enum {
    ITEMS_MAX = 2 * (OH_DIAGS_MAX + 1), /* errors and warnings, each with its "too many" */
    NOTES_MAX = 8,
    WORDS_MAX = 500 /* bytes of a message as it is shown */
};

struct place {
    const char *file; /* "" if there is none */
    bool option;      /* a command line option: it has no line numbers */
    unsigned line, column;
    struct excerpt excerpt;
};

struct note {
    struct place place;
    const char *message;
};

struct item {
    oh_diag diag;
    struct place place;
    size_t notes;
    struct note *note[NOTES_MAX];
};

struct oh_diags {
    struct arena arena;
    struct item *item[ITEMS_MAX];
    size_t items, errors, warnings;
    struct item *last; /* what hints and notes belong to; NULL: dropped */
};

struct code_row {
    const char *id;
    oh_severity severity;
    const char *title;
};

static const struct code_row codes[CODES] = {
#define CODE(id, severity, title) {#id, severity, title},
#include "codes.def"
#undef CODE
};

size_t oh_code_count(void)
{
    return CODES;
}

oh_entry oh_code_at(size_t i)
{
    if (i >= CODES)
        return (oh_entry){"", "", ""};
    return (oh_entry){codes[i].id, codes[i].severity == OH_ERROR ? "error" : "warning",
                      codes[i].title};
}

oh_diags *oh_diags_new(void)
{
    return calloc(1, sizeof(oh_diags));
}

void oh_diags_free(oh_diags *diags)
{
    if (diags)
        arena_free(&diags->arena);
    free(diags);
}

size_t oh_diags_count(const oh_diags *diags)
{
    return diags->items;
}

size_t oh_diags_errors(const oh_diags *diags)
{
    return diags->errors;
}

size_t oh_diags_warnings(const oh_diags *diags)
{
    return diags->warnings;
}

const oh_diag *oh_diags_at(const oh_diags *diags, size_t i)
{
    return i < diags->items ? &diags->item[i]->diag : NULL;
}

bool findings_failed(const oh_diags *diags)
{
    return diags->arena.failed;
}

/* ---- making ---- */

/* Formats and copies words, fit to be shown. NULL if out of memory. */
static const char *words(struct arena *arena, const char *format, va_list arguments)
{
    char raw[4 * WORDS_MAX], shown[WORDS_MAX + 1];
    int length = vsnprintf(raw, sizeof raw, format, arguments);
    size_t kept = length < 0 ? 0 : (size_t)length;
    if (kept >= sizeof raw)
        kept = sizeof raw - 1;
    utf8_show(shown, sizeof shown, raw, kept);
    return arena_strdup(arena, shown);
}

/* False if out of memory. */
static bool place_take(struct arena *arena, struct place *place, struct span at)
{
    *place = (struct place){.file = ""};
    if (!at.source)
        return true;
    char shown[WORDS_MAX + 1];
    utf8_show(shown, sizeof shown, at.source->name, strlen(at.source->name));
    place->file = arena_strdup(arena, shown);
    place->option = strncmp(shown, "--", 2) == 0;
    place->line = at.line;
    place->column = at.line > 0 ? at.column : 0;
    excerpt_take(&place->excerpt, at);
    return place->file != NULL;
}

static struct item *item_add(oh_diags *diags, enum code code, struct span at, const char *message)
{
    struct item *item = arena_alloc(&diags->arena, sizeof *item);
    if (!item || !message || !place_take(&diags->arena, &item->place, at))
        return NULL;
    item->diag = (oh_diag){.severity = codes[code].severity,
                           .code = codes[code].id,
                           .file = item->place.file,
                           .line = item->place.line,
                           .column = item->place.column,
                           .message = message};
    diags->item[diags->items++] = item;
    return item;
}

/* True if the finding is one too many. The first of those leaves a line that says so. */
static bool one_too_many(oh_diags *diags, enum code code, struct span at)
{
    bool error = codes[code].severity == OH_ERROR;
    size_t *count = error ? &diags->errors : &diags->warnings;
    if (*count < OH_DIAGS_MAX) {
        ++*count;
        return false;
    }
    if (*count == OH_DIAGS_MAX) {
        ++*count;
        at.line = 0;
        const char *message = error ? "too many errors: the others are not shown"
                                    : "too many warnings: the others are not shown";
        item_add(diags, error ? CODE_E100 : CODE_W100, at, message);
    }
    return true;
}

void finding(oh_diags *diags, enum code code, struct span at, const char *format, ...)
{
    diags->last = NULL;
    if (one_too_many(diags, code, at))
        return;
    va_list arguments;
    va_start(arguments, format);
    const char *message = words(&diags->arena, format, arguments);
    va_end(arguments);
    diags->last = item_add(diags, code, at, message);
}

void finding_hint(oh_diags *diags, const char *format, ...)
{
    struct item *item = diags->last;
    if (!item)
        return;
    va_list arguments;
    va_start(arguments, format);
    const char *hint = words(&diags->arena, format, arguments);
    va_end(arguments);
    if (hint && item->diag.hint)
        hint = arena_printf(&diags->arena, "%s; %s", item->diag.hint, hint);
    if (hint)
        item->diag.hint = hint;
}

void finding_note(oh_diags *diags, struct span at, const char *format, ...)
{
    struct item *item = diags->last;
    if (!item || item->notes == NOTES_MAX)
        return;
    struct note *note = arena_alloc(&diags->arena, sizeof *note);
    va_list arguments;
    va_start(arguments, format);
    const char *message = words(&diags->arena, format, arguments);
    va_end(arguments);
    if (!note || !message || !place_take(&diags->arena, &note->place, at))
        return;
    note->message = message;
    item->note[item->notes++] = note;
}

/* ---- printing ---- */

struct printer {
    oh_sink sink;
    bool colour, failed;
};

static void put(struct printer *printer, const char *text)
{
    size_t length = strlen(text);
    if (!printer->failed && length > 0 && !printer->sink.write(printer->sink.user, text, length))
        printer->failed = true;
}

/* Text in a colour or weight of the terminal ("1": bold; "1;31": bold red), if asked. */
static void put_styled(struct printer *printer, const char *style, const char *text)
{
    if (printer->colour) {
        put(printer, "\033[");
        put(printer, style);
        put(printer, "m");
    }
    put(printer, text);
    if (printer->colour)
        put(printer, "\033[0m");
}

static void put_number(struct printer *printer, unsigned number)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%u", number);
    put(printer, digits);
}

static void put_repeated(struct printer *printer, const char *text, unsigned times)
{
    for (unsigned i = 0; i < times; i++)
        put(printer, text);
}

static void put_heading(struct printer *printer, const struct place *place, const char *style,
                        const char *kind)
{
    char position[40] = "";
    if (place->line > 0 && !place->option)
        snprintf(position, sizeof position, "%u:%u:", place->line, place->column);
    if (place->file[0]) {
        put_styled(printer, "1", place->file);
        put_styled(printer, "1", ":");
        put_styled(printer, "1", position);
        put(printer, " ");
    }
    put_styled(printer, style, kind);
    put(printer, " ");
}

static unsigned digits(unsigned number)
{
    unsigned count = 1;
    while (number >= 10) {
        number /= 10;
        count++;
    }
    return count;
}

/* The digits of the largest line number that the item shows; 0 if it shows none. */
static unsigned gutter_width(const struct item *item)
{
    unsigned width = 0;
    for (size_t i = 0; i <= item->notes; i++) {
        const struct place *place = i < item->notes ? &item->note[i]->place : &item->place;
        if (place->excerpt.line > 0 && !place->option && digits(place->excerpt.line) > width)
            width = digits(place->excerpt.line);
    }
    return width;
}

static void put_excerpt(struct printer *printer, const struct place *place, unsigned gutter,
                        const char *style)
{
    const struct excerpt *excerpt = &place->excerpt;
    if (excerpt->line == 0)
        return;
    put(printer, " ");
    if (place->option) {
        put_repeated(printer, " ", gutter);
    } else {
        put_repeated(printer, " ", gutter - digits(excerpt->line));
        put_number(printer, excerpt->line);
    }
    put(printer, excerpt->text[0] ? " | " : " |");
    put(printer, excerpt->text);
    put(printer, "\n ");
    put_repeated(printer, " ", gutter);
    put(printer, " | ");
    put_repeated(printer, " ", excerpt->indent);
    char carets[EXCERPT_COLUMNS + 8] = "^";
    unsigned count = excerpt->carets < sizeof carets ? excerpt->carets : sizeof carets - 1;
    memset(carets + 1, '~', count - 1);
    put_styled(printer, style, carets);
    put(printer, "\n");
}

static void put_item(struct printer *printer, const struct item *item)
{
    bool error = item->diag.severity == OH_ERROR;
    const char *style = error ? "1;31" : "1;35";
    unsigned gutter = gutter_width(item);

    put_heading(printer, &item->place, style, error ? "error:" : "warning:");
    put_styled(printer, "1", item->diag.message);
    put(printer, " [");
    put(printer, item->diag.code);
    put(printer, "]\n");
    put_excerpt(printer, &item->place, gutter, style);
    if (item->diag.hint) {
        put_repeated(printer, " ", gutter + 2);
        put(printer, "= hint: ");
        put(printer, item->diag.hint);
        put(printer, "\n");
    }
    for (size_t i = 0; i < item->notes; i++) {
        put_heading(printer, &item->note[i]->place, "1;36", "note:");
        put(printer, item->note[i]->message);
        put(printer, "\n");
        put_excerpt(printer, &item->note[i]->place, gutter, "1;36");
    }
}

oh_status oh_diags_print(const oh_diags *diags, bool colour, oh_sink sink)
{
    struct printer printer = {.sink = sink, .colour = colour};
    for (size_t i = 0; i < diags->items && !printer.failed; i++)
        put_item(&printer, diags->item[i]);
    if (printer.failed)
        return OH_IO;
    return findings_failed(diags) ? OH_NO_MEMORY : OH_OK;
}
