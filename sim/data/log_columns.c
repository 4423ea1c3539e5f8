/* log_columns.c - which field stands in which column of this file. */
#include <stdio.h>
#include <string.h>

#include "log_headings.h"
#include "log_input.h"

struct header {
    oh_log *log; /* takes the notes */
    const struct row_cells *cells;
    const char *file;
    char list[300]; /* "arrived, wait, outcome" for messages */
};

static const char *column_at(const void *user, size_t i)
{
    const struct row_cells *cells = user;
    return cells->text[i];
}

static long find(const struct header *h, const char *name)
{
    long found = -1;
    for (size_t i = 0; i < h->cells->count; i++) {
        if (strcmp(h->cells->text[i], name) != 0)
            continue;
        if (found >= 0) {
            log_book_note(h->log, "there are two columns '%.60s': the first one is taken", name);
            break;
        }
        found = (long)i;
    }
    return found;
}

static void list_columns(struct header *h)
{
    size_t used = 0;
    for (size_t i = 0; i < h->cells->count && used < sizeof h->list - 1; i++) {
        int n = snprintf(h->list + used, sizeof h->list - used, "%s%.60s", i ? ", " : "",
                         h->cells->text[i]);
        used += n > 0 ? (size_t)n : 0;
    }
}

static void no_column(const struct header *h, const char *name, struct span at, oh_diags *diags)
{
    const char *near = suggest(name, h->cells->count, column_at, h->cells);
    finding(diags, CODE_E207, at, "%s has no column '%s'", h->file, name);
    if (near)
        finding_hint(diags, "did you mean '%s'?", near);
    else
        finding_hint(diags, "it has: %s", h->list);
}

static bool find_field(struct log_columns *columns, const struct log_map *map, enum log_field f,
                       const struct header *h, oh_diags *diags)
{
    const struct map_column *column = &map->column[f];
    bool good = true;
    for (size_t i = 0; i < column->names; i++) {
        long at = find(h, column->name[i]);
        if (at >= 0) {
            columns->at[f][columns->names[f]++] = at;
            if (!column->given)
                break; /* the usual name, or else the other one */
        } else if (column->given) {
            no_column(h, column->name[i], column->at[i], diags);
            good = false;
        }
    }
    return good;
}

static bool find_queue(struct log_columns *columns, const oh_log *log, const struct header *h,
                       oh_diags *diags)
{
    if (!log->queue_by)
        return true;
    long at = find(h, log->queue_by);
    if (at < 0) {
        no_column(h, log->queue_by, (struct span){0}, diags);
        return false;
    }
    columns->names[FIELD_QUEUE] = 1;
    columns->at[FIELD_QUEUE][0] = at;
    return true;
}

static bool find_ignored(struct log_columns *columns, oh_log *log, const struct header *h,
                         oh_diags *diags)
{
    size_t n = 0;
    for (struct map_word *w = log->map.ignore; w; w = w->next)
        n++;
    columns->ignore_at = arena_array(&log->arena, n, sizeof *columns->ignore_at);
    columns->ignore_word = arena_array(&log->arena, n, sizeof *columns->ignore_word);
    if (!columns->ignore_at || !columns->ignore_word)
        return false;
    for (struct map_word *w = log->map.ignore; w; w = w->next) {
        long at = find(h, w->column);
        if (at < 0) {
            no_column(h, w->column, w->at, diags);
            return false;
        }
        columns->ignore_at[columns->ignores] = at;
        columns->ignore_word[columns->ignores++] = w;
    }
    return true;
}

/* The column whose heading names the field best, if any does. */
static void find_heading(struct log_columns *columns, enum log_field f, const struct header *h)
{
    int best = 0;
    for (size_t i = 0; i < h->cells->count; i++) {
        double scale;
        int likeness = log_heading_likeness(f, h->cells->text[i], &scale);
        if (likeness <= best)
            continue;
        best = likeness;
        columns->at[f][0] = (long)i;
        columns->scale[f] = scale;
        columns->names[f] = 1;
    }
}

/* "'Calls Offered' as offered, 'Avg Wait' as asa" */
static void tell_headings(const struct log_columns *columns, const bool *found,
                          const struct header *h)
{
    char words[300] = "";
    size_t used = 0;
    for (int f = 0; f < FIELDS && used < sizeof words - 1; f++) {
        if (!found[f])
            continue;
        int n = snprintf(words + used, sizeof words - used, "%s'%.40s' as %s", used ? ", " : "",
                         h->cells->text[columns->at[f][0]], log_field_name((enum log_field)f));
        used += n > 0 ? (size_t)n : 0;
    }
    if (used > 0)
        log_book_note(h->log, "counts by interval: %s", words);
}

/* Without outcomes of calls it may be a report of counts by interval, with its own headings. Its
 * days may stand in the same column as its times. */
static void find_headings(struct log_columns *columns, const struct log_map *map,
                          const struct header *h)
{
    bool found[FIELDS] = {false};
    const struct log_columns before = *columns;
    if (columns->names[FIELD_OUTCOME] > 0 || map->column[FIELD_OUTCOME].given)
        return;
    for (int f = 0; f < FIELDS; f++) {
        if (columns->names[f] > 0 || map->column[f].given)
            continue;
        find_heading(columns, (enum log_field)f, h);
        found[f] = columns->names[f] > 0;
    }
    if (columns->names[FIELD_OFFERED] + columns->names[FIELD_ANSWERED] +
            columns->names[FIELD_ABANDONED] ==
        0) {
        *columns = before;
        return;
    }
    tell_headings(columns, found, h);
    if (columns->names[FIELD_ARRIVED] > 0 || columns->names[FIELD_DATE] == 0)
        return;
    columns->names[FIELD_ARRIVED] = 1;
    columns->at[FIELD_ARRIVED][0] = columns->at[FIELD_DATE][0];
}

static bool counts_are_missing(const struct log_columns *c, const struct header *h, oh_diags *diags)
{
    finding(diags, CODE_E202, (struct span){0},
            "%s has counts of calls, but not enough of them: no column for '%s'%s", h->file,
            c->names[FIELD_ANSWERED] > 0 ? "abandoned" : "answered",
            c->names[FIELD_OFFERED] > 0 ? "" : " and none for 'offered'");
    finding_hint(diags, "it has: %s", h->list);
    finding_hint(diags, "--map MAP.yaml says which is which:  columns: {offered: ..., answered: "
                        "..., abandoned: ...}");
    return false;
}

/* Is there enough to make sense of a row? */
static bool is_enough(const struct log_columns *c, const struct header *h, oh_diags *diags)
{
    bool outcome = c->names[FIELD_OUTCOME] > 0;
    bool counts = c->names[FIELD_OFFERED] > 0 ||
                  (c->names[FIELD_ANSWERED] > 0 && c->names[FIELD_ABANDONED] > 0);
    bool arrived = c->names[FIELD_ARRIVED] > 0 || c->names[FIELD_ANSWERED_AT] > 0;
    bool waits =
        c->names[FIELD_WAIT] > 0 || c->names[FIELD_ANSWERED_AT] > 0 || c->names[FIELD_ENDED] > 0;
    bool some = c->names[FIELD_ANSWERED] > 0 || c->names[FIELD_ABANDONED] > 0;
    if (arrived && !outcome && !counts && some)
        return counts_are_missing(c, h, diags);
    const char *missing = !arrived              ? "arrived"
                          : outcome && !waits   ? "wait"
                          : !outcome && !counts ? "outcome"
                                                : NULL;
    if (!missing)
        return true;
    if (h->cells->count == 1)
        finding(diags, CODE_E210, (struct span){0},
                "%s: its first line names one column only, '%.80s': commas, semicolons, tabs or | "
                "should stand between the columns",
                h->file, h->cells->text[0]);
    else
        finding(diags, CODE_E202, (struct span){0}, "%s has no column for '%s'", h->file, missing);
    finding_hint(diags, "it has: %s", h->list);
    finding_hint(diags, "--map MAP.yaml says which is which:  columns: {arrived: ..., wait: ..., "
                        "outcome: ...}");
    return false;
}

/* Names of the columns that may have to stand in for `arrived`, since a note will name the one. */
static bool keep_names(struct log_columns *columns, oh_log *log, const struct header *h)
{
    size_t n = columns->names[FIELD_ARRIVED] == 1 ? (size_t)columns->at[FIELD_ARRIVED][0] : 0;
    columns->before_arrived = arena_array(&log->arena, n, sizeof *columns->before_arrived);
    for (size_t i = 0; columns->before_arrived && i < n; i++)
        columns->before_arrived[i] = arena_strdup(&log->arena, h->cells->text[i]);
    return !log->arena.failed;
}

bool log_columns_find(struct log_columns *columns, oh_log *log, const char *file,
                      const struct row_cells *header, oh_diags *diags)
{
    struct header h = {.log = log, .cells = header, .file = file};
    bool good = true;
    list_columns(&h);
    *columns = (struct log_columns){.columns = header->count, .spare_clock = -1, .traced_end = -1};
    for (int f = 0; f < FIELDS; f++)
        good = find_field(columns, &log->map, (enum log_field)f, &h, diags) && good;
    for (int f = 0; f < FIELDS; f++)
        columns->scale[f] = 1;
    if (good)
        find_headings(columns, &log->map, &h);
    if (find(&h, "replication") >= 0 && find(&h, "attempt") >= 0)
        columns->traced_end = find(&h, "ended");
    good = find_queue(columns, log, &h, diags) && good;
    good = find_ignored(columns, log, &h, diags) && good;
    if (!good || !is_enough(columns, &h, diags))
        return false;
    if (!keep_names(columns, log, &h))
        return false;
    log->has_parts = log->has_parts || columns->names[FIELD_TALK] > 0;
    log->has_ring =
        log->has_ring || columns->names[FIELD_RING] > 0 || columns->names[FIELD_ASSIGNED_AT] > 0;
    return true;
}

long log_columns_spare(const struct log_columns *columns, const struct row_cells *cells)
{
    struct stamp s;
    if (columns->names[FIELD_ARRIVED] != 1 || columns->names[FIELD_DATE] == 0)
        return -1;
    for (long at = columns->at[FIELD_ARRIVED][0] - 1; at >= 0; at--)
        if (stamp_read(cells->text[at], (struct date_order){.part = ""}, false, &s) == STAMP_READ &&
            s.has_clock && !s.has_day && s.second > 0)
            return at;
    return -1;
}
