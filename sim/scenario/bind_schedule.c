/* bind_schedule.c - numbers over time, from a list or a CSV column, and tables of the scenario.
 *
 * The one idea: a schedule must fit the opening exactly, or say why not. A forecast by quarter
 * hours read as half hours would look plausible and be wrong by a factor of two.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "binder.h"

/* ---- tables ---- */

struct csv_table *table_read(struct binder *b, const struct node *node)
{
    const char *name = value_text(b, node, "a file name", "forecast.csv");
    if (!name)
        return NULL;
    const char *path = scenario_path(b->scenario, node->span.source, &b->scratch, name);
    if (!path) {
        b->no_memory = true;
        return NULL;
    }
    for (struct csv_table *t = b->tables; t; t = t->next)
        if (strcmp(t->path, path) == 0)
            return t->columns > 0 ? t : NULL; /* without columns: already found to be bad */
    struct csv_table *table = csv_load(&b->scratch, path, node->span, b->diags);
    struct csv_table *kept = table;
    if (!kept)
        kept = arena_alloc(&b->scratch, sizeof *kept);
    if (b->scratch.failed || !kept) {
        b->no_memory = true;
        return NULL;
    }
    kept->path = path;
    kept->next = b->tables;
    b->tables = kept;
    return table;
}

static const char *column_name(const void *table, size_t i)
{
    return ((const struct csv_table *)table)->name[i];
}

static void missing_column(struct binder *b, const struct csv_table *table, const char *name,
                           struct span at)
{
    char text[300] = "";
    size_t used = 0;
    const char *near = suggest(name, table->columns, column_name, table);
    finding(b->diags, CODE_E207, at, "%s has no column '%s'", table->source->name, name);
    if (near) {
        finding_hint(b->diags, "did you mean '%s'?", near);
        return;
    }
    for (size_t i = 0; i < table->columns && used < sizeof text; i++) {
        int more =
            snprintf(text + used, sizeof text - used, "%s%s", used ? ", " : "", table->name[i]);
        used += more > 0 ? (size_t)more : 0;
    }
    finding_hint(b->diags, "its columns are: %s", text);
}

long table_column(struct binder *b, struct csv_table *table, const struct node *node)
{
    const char *name = value_text(b, node, "the name of a column", "support");
    long found = -1;
    if (!name)
        return -1;
    for (size_t i = 0; i < table->columns; i++) {
        if (strcmp(table->name[i], name) != 0)
            continue;
        if (found >= 0) {
            finding(b->diags, CODE_E210, node->span, "%s has two columns '%s'", table->source->name,
                    name);
            finding_hint(b->diags, "rename one of them");
            return -1;
        }
        found = (long)i;
    }
    if (found < 0)
        missing_column(b, table, name, node->span);
    return found;
}

const double *table_numbers(struct binder *b, struct csv_table *table, size_t column,
                            struct csv_want want, double unit, const struct node *asked)
{
    double *values = arena_array(b->arena, table->rows, sizeof *values);
    if (!values) {
        b->no_memory = true;
        return NULL;
    }
    want.most /= unit;
    if (!csv_numbers(table, column, &want, values, asked->span, b->diags, &b->no_memory))
        return NULL;
    for (size_t i = 0; i < table->rows; i++)
        values[i] *= unit;
    return values;
}

/* ---- the keys of a schedule ---- */

struct parts {
    const struct node *map, *per, *from, *counts, *csv, *column, *unit;
};

static struct parts parts_of(const struct node *map)
{
    return (struct parts){map,
                          node_get(map, "per"),
                          node_get(map, "from"),
                          node_get(map, "counts"),
                          node_get(map, "csv"),
                          node_get(map, "column"),
                          node_get(map, "unit")};
}

bool schedule_is_written(const struct node *map)
{
    if (map->kind != NODE_MAP)
        return false;
    struct parts p = parts_of(map);
    return p.per || p.from || p.counts || p.csv || p.column;
}

static bool is_whole(double x)
{
    return fabs(x - nearbyint(x)) <= 1e-9 * fmax(1, fabs(x));
}

/* The step, and that it divides the opening. */
static bool read_per(struct binder *b, const struct parts *p, double *per)
{
    const struct spec_time *time = &b->spec->time;
    char step[48], length[48];
    *per = time->interval;
    if (!p->per)
        return true;
    if (!value_read(b, p->per, VALUE_DURATION, per))
        return false;
    double opening = time->closes - time->opens;
    if (*per >= 1 && *per <= opening && is_whole(opening / *per))
        return true;
    words_for(step, VALUE_DURATION, *per);
    words_for(length, VALUE_DURATION, opening);
    finding(b->diags, CODE_E215, p->per->span, "steps of %s do not divide the opening of %s", step,
            length);
    finding_note(b->diags, time->span, "the opening");
    return false;
}

/* Where the first step starts, in seconds since the opening; before it only for agents. */
static bool read_from(struct binder *b, const struct parts *p, enum schedule_use use, double per,
                      double *from)
{
    const struct spec_time *time = &b->spec->time;
    double opening = time->closes - time->opens, clock;
    char step[48];
    *from = 0;
    if (!p->from)
        return true;
    if (!value_read(b, p->from, VALUE_TIME_OF_DAY, &clock))
        return false;
    double after = fmod(clock - time->opens + 2 * 86400, 86400), before = 86400 - after;
    if (after >= opening && use == SCHEDULE_AGENTS && before <= 43200)
        after = -before;
    if (after >= opening) {
        finding(b->diags, CODE_E215, p->from->span, "%s is outside the opening", p->from->text);
        finding_note(b->diags, time->span, "the opening");
        return false;
    }
    if (!is_whole(after / per)) {
        words_for(step, VALUE_DURATION, per);
        finding(b->diags, CODE_E215, p->from->span,
                "%s is not a whole number of steps of %s from the opening", p->from->text, step);
        finding_note(b->diags, time->span, "the opening");
        return false;
    }
    *from = after;
    return true;
}

/* What "unit: s" makes of bare numbers; 1 without one. */
static bool read_unit(struct binder *b, const struct parts *p, double *unit)
{
    char text[40];
    struct problem problem = {"", ""};
    *unit = 1;
    if (!p->unit)
        return true;
    const char *word = value_text(b, p->unit, "a unit of time", "s, min or h");
    if (!word)
        return false;
    bool digit = strpbrk(word, "0123456789") != NULL;
    int n = snprintf(text, sizeof text, "1 %s", word);
    if (!digit && n > 0 && (size_t)n < sizeof text && unit_duration(text, unit, &problem))
        return true;
    finding(b->diags, CODE_E207, p->unit->span, "there is no unit of time '%s'", word);
    finding_hint(b->diags, "write ms, s, min, h or d");
    return false;
}

/* ---- values ---- */

static const struct csv_want wants[] = {
    [SCHEDULE_CALLS] = {false, false, 1e9, "a number of calls"},
    [SCHEDULE_AGENTS] = {true, false, SPEC_MAX_AGENTS, "a number of agents"},
    [SCHEDULE_MEANS] = {false, false, SPEC_MAX_DURATION, "a time"},
};

static bool listed_value(struct binder *b, const struct node *item, enum schedule_use use,
                         const struct parts *p, double unit, double *out)
{
    enum value_kind kind = use == SCHEDULE_CALLS    ? VALUE_NUMBER
                           : use == SCHEDULE_AGENTS ? VALUE_COUNT
                           : p->unit                ? VALUE_NUMBER
                                                    : VALUE_DURATION;
    char text[48], most[48];
    double value;
    if (!value_read(b, item, kind, &value))
        return false;
    *out = kind == VALUE_NUMBER ? value * unit : value;
    if (*out >= 0 && *out <= wants[use].most)
        return true;
    if (use == SCHEDULE_AGENTS)
        finding(b->diags, CODE_E218, item->span, "%s agents; at most %s are possible",
                words_for(text, VALUE_COUNT, value), words_for(most, VALUE_COUNT, SPEC_MAX_AGENTS));
    else
        finding(b->diags, CODE_E204, item->span, "%s is too %s", item->text,
                *out < 0 ? "small: it must not be negative" : "large");
    return false;
}

static bool listed_values(struct binder *b, enum schedule_use use, const struct parts *p,
                          double unit, struct spec_schedule *out)
{
    bool good = true;
    size_t i = 0;
    if (!want_list(b, p->counts, use == SCHEDULE_MEANS ? "[4 min, 5 min]" : "[40, 62]"))
        return false;
    if (p->counts->count > SPEC_MAX_STEPS) {
        finding(b->diags, CODE_E218, p->counts->span, "a schedule has at most %d steps",
                SPEC_MAX_STEPS);
        return false;
    }
    double *values = arena_array(b->arena, p->counts->count, sizeof *values);
    if (!values) {
        b->no_memory = true;
        return false;
    }
    for (const struct node *item = p->counts->first; item; item = item->next, i++)
        good = listed_value(b, item, use, p, unit, &values[i]) && good;
    out->n = p->counts->count;
    out->value = values;
    out->span = p->counts->span;
    return good;
}

/* The times beside a column of a table, against the schedule. */
struct clock_check {
    struct binder *b;
    const struct csv_table *table;
    const struct parts *parts;
    const struct spec_schedule *schedule;
    double first;
    bool good;
};

static bool same_clock(double a, double b)
{
    double d = fabs(fmod(a - b, 86400));
    return d < 1e-6 || d > 86400 - 1e-6;
}

static void clock_mismatch(struct clock_check *c, const struct csv_cell *cell, double given,
                           double wanted)
{
    oh_diags *diags = c->b->diags;
    char clock[16], other[16], step[48];
    const struct parts *p = c->parts;
    format_time_of_day(clock, sizeof clock, fmod(wanted, 86400));
    format_time_of_day(other, sizeof other, fmod(given, 86400));
    finding(diags, CODE_E221, csv_span(c->table, cell),
            "this line is for %s, but line %zu of the schedule is for %s", cell->text,
            cell->row + 1, clock);
    double step_here = fmod(given - c->first + 86400, 86400);
    if (cell->row == 0)
        finding_hint(diags, "the schedule begins %s; to begin with this line write  from: %s",
                     p->from ? "there" : "with the opening", other);
    else if (cell->row == 1 && step_here >= 1)
        finding_hint(diags, "the table goes in steps of another length: write  per: %s",
                     words_for(step, VALUE_DURATION, step_here));
    finding_note(diags, p->csv->span, "the table is named here");
    c->good = false;
}

static bool check_clock(void *user, const struct csv_cell *cell)
{
    struct clock_check *c = user;
    const struct spec_schedule *s = c->schedule;
    double from, to;
    double wanted = c->b->spec->time.opens + s->from + (double)cell->row * s->per + 86400;
    if (!csv_time(cell->text, &from, &to)) {
        finding(c->b->diags, CODE_E220, csv_span(c->table, cell), "'%s' is not a time of day",
                cell->text);
        finding_hint(c->b->diags,
                     "a column called '%s' holds times such as 8:00, 08:00 or 08:00-08:30",
                     c->table->name[csv_time_column(c->table)]);
        c->good = false;
        return false;
    }
    if (cell->row == 0)
        c->first = from;
    if (!same_clock(from, wanted))
        clock_mismatch(c, cell, from, wanted);
    else if (!isnan(to) && !same_clock(to, wanted + s->per)) {
        char step[48];
        finding(c->b->diags, CODE_E221, csv_span(c->table, cell),
                "this line is for %s, but the schedule goes in steps of %s", cell->text,
                words_for(step, VALUE_DURATION, s->per));
        finding_note(c->b->diags, c->parts->csv->span, "the table is named here");
        c->good = false;
    }
    return c->good;
}

static bool table_values(struct binder *b, enum schedule_use use, const struct parts *p,
                         double unit, struct spec_schedule *out)
{
    struct csv_table *table = table_read(b, p->csv);
    if (!p->column) {
        finding(b->diags, CODE_E202, p->csv->key_span, "'column' is missing beside 'csv'");
        finding_hint(b->diags, "add the name of the column to read, for example  column: support");
        return false;
    }
    if (!table)
        return false;
    long column = table_column(b, table, p->column);
    if (column < 0)
        return false;
    if (table->rows > SPEC_MAX_STEPS) {
        finding(b->diags, CODE_E218, p->csv->span, "%s has %zu lines; a schedule at most %d steps",
                table->source->name, table->rows, SPEC_MAX_STEPS);
        return false;
    }
    out->n = table->rows;
    out->span = p->csv->span;
    out->value = table_numbers(b, table, (size_t)column, wants[use], unit, p->column);
    long clock = csv_time_column(table);
    struct clock_check check = {b, table, p, out, 0, true};
    if (clock >= 0 && !csv_visit(table, (size_t)clock, check_clock, &check))
        b->no_memory = true;
    return out->value && check.good && !b->no_memory;
}

/* ---- the whole ---- */

static bool check_length(struct binder *b, enum schedule_use use, const struct spec_schedule *s)
{
    const struct spec_time *time = &b->spec->time;
    double opening = time->closes - time->opens;
    double wanted = nearbyint((opening - s->from) / s->per);
    double end = s->from + (double)s->n * s->per;
    char from[16], to[16], step[48], other[48];
    format_time_of_day(from, sizeof from, fmod(time->opens + s->from + 86400, 86400));
    format_time_of_day(to, sizeof to, time->closes > 86400 ? time->closes - 86400 : time->closes);
    words_for(step, VALUE_DURATION, s->per);
    if ((double)s->n < wanted || (use != SCHEDULE_AGENTS && (double)s->n > wanted)) {
        finding(b->diags, CODE_E215, s->span, "%zu values, but %s to %s in steps of %s takes %.0f",
                s->n, from, to, step, wanted);
        if (s->n > 0 && is_whole((opening - s->from) / (double)s->n))
            finding_hint(b->diags, "if the values are for other steps, write  per: %s",
                         words_for(other, VALUE_DURATION, (opening - s->from) / (double)s->n));
        finding_note(b->diags, time->span, "the opening");
        return false;
    }
    if (use == SCHEDULE_AGENTS && !b->is_variant && end - opening >= fmin(opening, 6 * 3600.0)) {
        finding(b->diags, CODE_W201, s->span, "this plan goes on for %s after closing",
                words_for(other, VALUE_DURATION, end - opening));
        finding_hint(b->diags, "it has %zu steps of %s: is the step right?", s->n, step);
    }
    return true;
}

/* What belongs together: counts, or csv and column. */
static bool check_parts(struct binder *b, const struct parts *p, enum schedule_use use)
{
    const struct node *odd = p->counts && p->csv ? p->csv : NULL;
    if (odd) {
        finding(b->diags, CODE_E208, odd->key_span, "'counts' and 'csv' exclude each other");
        finding_note(b->diags, p->counts->key_span, "'counts' is here");
        return false;
    }
    if (p->counts && p->column) {
        finding(b->diags, CODE_E219, p->column->key_span,
                "'column' goes with 'csv', not with 'counts'");
        return false;
    }
    if (!p->counts && !p->csv) {
        finding(b->diags, CODE_E208, p->map->key ? p->map->key_span : p->map->span,
                "this schedule has no values");
        finding_hint(b->diags, "add  counts: [...]  or  csv: plan.csv, column: desk");
        return false;
    }
    if (use == SCHEDULE_MEANS && p->csv && !p->unit) {
        finding(b->diags, CODE_E202, p->csv->key_span, "'unit' is missing: times in which unit?");
        finding_hint(b->diags, "add, for example,  unit: s");
        return false;
    }
    return true;
}

bool schedule_read(struct binder *b, const struct node *map, enum schedule_use use,
                   struct spec_schedule *out)
{
    struct parts p = parts_of(map);
    double unit;
    if (!check_parts(b, &p, use) || !read_unit(b, &p, &unit))
        return false;
    if (b->time_known && b->spec->time.mode == TIME_STEADY) {
        finding(b->diags, CODE_E216, map->key ? map->key_span : map->span,
                "a schedule has no meaning in steady state, where nothing changes with time");
        finding_note(b->diags, b->spec->time.span, "steady state is asked for here");
        return false;
    }
    if (!b->time_known)
        return false; /* what is wrong with time has been said */
    if (!read_per(b, &p, &out->per) || !read_from(b, &p, use, out->per, &out->from))
        return false;
    bool good =
        p.counts ? listed_values(b, use, &p, unit, out) : table_values(b, use, &p, unit, out);
    return good && check_length(b, use, out);
}
