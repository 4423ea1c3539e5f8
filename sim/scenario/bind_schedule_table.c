/* bind_schedule_table.c - a schedule's values from a column of a table.
 *
 * The one idea: columns that tell the time or the day are not decoration. They must agree with the
 * schedule, so that a forecast of another day or another step cannot slip in.
 */
#include <math.h>
#include <string.h>
#include <strings.h>

#include "bind_schedule.h"

/* ---- days ---- */

static long day_column(const struct csv_table *table)
{
    for (size_t i = 0; i < table->columns; i++)
        if (strcasecmp(table->name[i], "day") == 0)
            return (long)i;
    return -1;
}

static bool day_cell(void *user, const struct csv_cell *cell)
{
    struct series *s = user;
    struct binder *b = s->b;
    bool on[SPEC_DAYS];
    if (cell->row >= s->table->rows)
        return false;
    if (!day_word(cell->text, on)) {
        finding(b->diags, CODE_E220, csv_span(s->table, cell), "'%s' is no day", cell->text);
        finding_hint(b->diags, "a column called 'day' holds days such as mon, Monday or mon-fri");
        finding_note(b->diags, s->csv->span, "the table is named here");
        s->days = NULL;
        return false;
    }
    bool open = false;
    for (unsigned d = 0; d < SPEC_DAYS; d++)
        s->days[cell->row] |= (unsigned char)(on[d] ? 1u << d : 0);
    for (size_t k = 0; k < b->openings; k++)
        open = open || on[b->opening[k].weekday];
    if (open)
        return true;
    finding(b->diags, CODE_E221, csv_span(s->table, cell),
            "this line is for %s, when the centre is closed", cell->text);
    finding_note(b->diags, b->spec->time.span, "the openings");
    finding_note(b->diags, s->csv->span, "the table is named here");
    s->days = NULL;
    return false;
}

/* Which days the rows are for. Without a week a column of days means nothing in particular. */
static bool read_row_days(struct series *s)
{
    long column = day_column(s->table);
    if (column < 0 || s->b->spec->time.mode != TIME_DAYS)
        return true;
    s->days = arena_array(&s->b->scratch, s->table->rows + 1, sizeof *s->days);
    if (!s->days || !csv_visit(s->table, (size_t)column, day_cell, s)) {
        s->b->no_memory = true;
        return false;
    }
    return s->days != NULL;
}

bool series_from_table(struct series *s)
{
    struct binder *b = s->b;
    struct csv_table *table = table_read(b, s->csv);
    if (!s->column) {
        finding(b->diags, CODE_E202, s->csv->key_span, "'column' is missing beside 'csv'");
        finding_hint(b->diags, "add the name of the column to read, for example  column: support");
        return false;
    }
    if (!table)
        return false;
    long column = table_column(b, table, s->column);
    if (column < 0)
        return false;
    if (table->rows > SPEC_MAX_STEPS) {
        finding(b->diags, CODE_E218, s->csv->span, "%s has %zu lines; a schedule at most %d steps",
                table->source->name, table->rows, SPEC_MAX_STEPS);
        return false;
    }
    s->table = table;
    s->n = table->rows;
    s->span = s->csv->span;
    s->clock_column = csv_time_column(table);
    s->value = table_numbers(b, table, (size_t)column, schedule_wants[s->use], s->unit, s->column);
    return s->value && read_row_days(s);
}

/* ---- times ---- */

/* The times beside a column of a table, against the schedule of one opening. */
struct clock_check {
    const struct series *series;
    const struct spec_schedule *schedule;
    double opens;
    unsigned day; /* bit of the weekday */
    size_t row;   /* of those of the day */
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
    const struct series *s = c->series;
    oh_diags *diags = s->b->diags;
    char clock[16], other[16], step[48];
    format_time_of_day(clock, sizeof clock, fmod(wanted, 86400));
    format_time_of_day(other, sizeof other, fmod(given, 86400));
    finding(diags, CODE_E221, csv_span(s->table, cell),
            "this line is for %s, but line %zu of the schedule is for %s", cell->text, c->row + 1,
            clock);
    double step_here = fmod(given - c->first + 86400, 86400);
    bool before = fmod(given - c->opens + 86400, 86400) > 43200;
    if (c->row == 0 && before && s->use != SCHEDULE_AGENTS)
        finding_hint(diags,
                     "calls come while the centre is open: leave out the lines before the "
                     "opening, or let it open at %s",
                     other);
    else if (c->row == 0)
        finding_hint(diags, "the schedule begins %s; to begin with this line write  from: %s",
                     s->from_node ? "there" : "with the opening", other);
    else if (c->row == 1 && step_here >= 1)
        finding_hint(diags, "the table goes in steps of another length: write  per: %s",
                     words_for(step, VALUE_DURATION, step_here));
    finding_note(diags, s->csv->span, "the table is named here");
    c->good = false;
}

static void not_a_time(struct clock_check *c, const struct csv_cell *cell)
{
    const struct csv_table *table = c->series->table;
    oh_diags *diags = c->series->b->diags;
    finding(diags, CODE_E220, csv_span(table, cell), "'%s' is not a time of day", cell->text);
    finding_hint(diags, "a column called '%s' holds times such as 8:00, 08:00 or 08:00-08:30",
                 table->name[csv_time_column(table)]);
    c->good = false;
}

static bool check_clock(void *user, const struct csv_cell *cell)
{
    struct clock_check *c = user;
    const struct series *s = c->series;
    double from, to, per = c->schedule->per;
    if (cell->row < s->n && s->days && !(s->days[cell->row] & c->day))
        return true;
    double wanted = c->opens + c->schedule->from + (double)c->row * per + 86400;
    if (!csv_time(cell->text, &from, &to)) {
        not_a_time(c, cell);
        return false;
    }
    if (c->row == 0)
        c->first = from;
    if (!same_clock(from, wanted)) {
        clock_mismatch(c, cell, from, wanted);
    } else if (!isnan(to) && !same_clock(to, wanted + per)) {
        char step[48];
        finding(s->b->diags, CODE_E221, csv_span(s->table, cell),
                "this line is for %s, but the schedule goes in steps of %s", cell->text,
                words_for(step, VALUE_DURATION, per));
        finding_note(s->b->diags, s->csv->span, "the table is named here");
        c->good = false;
    }
    c->row++;
    return c->good;
}

/* ---- one opening ---- */

static bool pick_rows(struct series *s, size_t opening, unsigned day, struct spec_schedule *out)
{
    double *value = arena_array(s->b->arena, s->n + 1, sizeof *value);
    if (!value) {
        s->b->no_memory = true;
        return false;
    }
    for (size_t i = 0; i < s->n; i++)
        if (s->days[i] & day)
            value[out->n++] = s->value[i];
    out->value = value;
    if (out->n > 0)
        return true;
    finding(s->b->diags, CODE_E215, s->csv->span, "%s has no lines for %s", s->table->source->name,
            day_name(s->b->opening[opening].weekday));
    finding_note(s->b->diags, s->b->spec->time.span, "the openings");
    return false;
}

bool series_rows(struct series *s, size_t opening, struct spec_schedule *out)
{
    const struct spec_opening *o = &s->b->opening[opening];
    struct clock_check check = {
        .series = s, .schedule = out, .opens = o->opens, .day = 1u << o->weekday, .good = true};
    out->n = s->days ? 0 : s->n;
    out->value = s->value;
    if (s->days && !pick_rows(s, opening, check.day, out))
        return false;
    if (s->clock_column >= 0 && !csv_visit(s->table, (size_t)s->clock_column, check_clock, &check))
        s->b->no_memory = true;
    return check.good && !s->b->no_memory;
}
