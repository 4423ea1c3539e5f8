/* bind_trace.c - arrivals from a log: one line a call, in any order.
 *
 * The one idea: the log's columns become arrays in order of arrival; what a column does not give
 * is drawn.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "binder.h"

enum trace_format { TRACE_SECONDS, TRACE_MINUTES, TRACE_ISO };

struct trace {
    struct binder *b;
    const struct csv_table *table;
    const struct node *column; /* of arrived */
    double *at;
    double first_day; /* ISO: the day of the first opening, in seconds; NaN: not known yet */
    bool good;
};

/* Days since 1970 of a date in the Gregorian calendar. */
static double day_number(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year, m = month <= 2 ? month + 9 : month - 3;
    return 365.0 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Exactly n digits. */
static bool number_of(const char **text, int n, int *value)
{
    for (*value = 0; n > 0; n--, (*text)++) {
        if (**text < '0' || **text > '9')
            return false;
        *value = *value * 10 + (**text - '0');
    }
    return true;
}

/* "2024-03-01T08:00:05" or with a space, seconds optional, decimals allowed: day and time. */
static bool iso_time(const char *text, double *day, double *second)
{
    static const int lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year, month, date, hour, minute, whole = 0;
    double part = 0, weight = 0.1;
    if (!number_of(&text, 4, &year) || *text++ != '-' || !number_of(&text, 2, &month) ||
        *text++ != '-' || !number_of(&text, 2, &date) || (*text != 'T' && *text != ' '))
        return false;
    text++;
    if (!number_of(&text, 2, &hour) || *text++ != ':' || !number_of(&text, 2, &minute))
        return false;
    if (*text == ':') {
        text++;
        if (!number_of(&text, 2, &whole))
            return false;
        if (*text == '.')
            for (text++; *text >= '0' && *text <= '9'; text++, weight /= 10)
                part += weight * (*text - '0');
    }
    if (*text || month < 1 || month > 12 || date < 1 || date > lengths[month - 1] ||
        (month == 2 && date == 29 && !is_leap(year)) || hour > 24 || minute > 59 || whole > 59)
        return false;
    *day = day_number(year, month, date) * 86400;
    *second = hour * 3600.0 + minute * 60.0 + whole + part;
    return true;
}

/* The day of the first opening, from the date of one call. After midnight its opening may have
 * begun the day before. */
static double first_day(const struct binder *b, double day, double second)
{
    const struct spec_opening *o = &b->opening[0];
    if (b->spec->time.mode != TIME_DAYS)
        return second < o->opens && second + 86400 <= o->closes ? day - 86400 : day;
    double weekday = fmod(day / 86400 + 3, 7); /* 1 January 1970 was a Thursday */
    return day - (weekday - o->weekday) * 86400;
}

static bool iso_cell(void *user, const struct csv_cell *cell)
{
    struct trace *t = user;
    double day, second;
    if (cell->row >= t->table->rows)
        return false;
    if (!iso_time(cell->text, &day, &second)) {
        finding(t->b->diags, CODE_E220, csv_span(t->table, cell),
                "'%s' is not a date and time such as 2026-03-02T08:00:05", cell->text);
        finding_note(t->b->diags, t->column->span, "the column is used here");
        t->good = false;
        return oh_diags_errors(t->b->diags) <= OH_DIAGS_MAX;
    }
    if (isnan(t->first_day))
        t->first_day = first_day(t->b, day, second);
    t->at[cell->row] = day - t->first_day + second - t->b->opening[0].opens;
    return true;
}

static bool arrived_iso(struct binder *b, struct csv_table *table, size_t column,
                        const struct node *node, double *at)
{
    struct trace t = {b, table, node, at, NAN, true};
    if (!csv_visit(table, column, iso_cell, &t))
        b->no_memory = true;
    return t.good && !b->no_memory;
}

static bool read_format(struct binder *b, const struct node *node, int *format)
{
    static const struct choice choices[] = {
        {"s", TRACE_SECONDS}, {"min", TRACE_MINUTES}, {"iso", TRACE_ISO}};
    *format = TRACE_SECONDS;
    if (!node)
        return true;
    if (!choice_read(b, node, choices, 3, format))
        return false;
    if (*format == TRACE_ISO && b->time_known && b->spec->time.mode == TIME_STEADY) {
        finding(b->diags, CODE_E216, node->span, "dates have no meaning in steady state");
        finding_hint(b->diags, "give times from the start, with  format: s");
        return false;
    }
    return true;
}

static const double *trace_column(struct binder *b, const struct node *map, const char *key,
                                  struct csv_table *table, bool empty_is_never, double unit)
{
    struct csv_want want = {false, empty_is_never, SPEC_MAX_DURATION, "a time"};
    const struct node *node = node_get(map, key);
    long column = node ? table_column(b, table, node) : -1;
    return column < 0 ? NULL : table_numbers(b, table, (size_t)column, want, unit, node);
}

struct in_time {
    double at;
    size_t row;
};

static int by_time(const void *pa, const void *pb)
{
    const struct in_time *a = pa, *b = pb;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static const double *in_order(struct binder *b, const struct in_time *order, size_t n,
                              const double *x)
{
    double *sorted = x ? arena_array(b->arena, n, sizeof *sorted) : NULL;
    if (x && !sorted)
        b->no_memory = true;
    for (size_t i = 0; sorted && i < n; i++)
        sorted[i] = x[order[i].row];
    return sorted;
}

/* Logs are often sorted by the end of calls. */
static void sort_trace(struct binder *b, struct spec_arrivals *out)
{
    struct in_time *order = arena_array(&b->scratch, out->n, sizeof *order);
    if (!order) {
        b->no_memory = true;
        return;
    }
    for (size_t i = 0; i < out->n; i++)
        order[i] = (struct in_time){out->at[i], i};
    qsort(order, out->n, sizeof *order, by_time);
    out->at = in_order(b, order, out->n, out->at);
    out->talk = in_order(b, order, out->n, out->talk);
    out->hold = in_order(b, order, out->n, out->hold);
    out->wrap_up = in_order(b, order, out->n, out->wrap_up);
    out->patience = in_order(b, order, out->n, out->patience);
}

/* The cell of a row, for a finding after the column was read. */
struct seek {
    size_t row;
    struct csv_cell cell;
};

static bool seek_cell(void *user, const struct csv_cell *cell)
{
    struct seek *seek = user;
    seek->cell = *cell;
    return cell->row < seek->row;
}

static void check_inside(struct binder *b, const struct csv_table *table, size_t column,
                         const struct node *asked, const double *at)
{
    for (size_t i = 0; i < table->rows; i++) {
        struct seek seek = {.row = i};
        if (at[i] >= 0 && arrival_inside(b, at[i]))
            continue;
        if (!csv_visit(table, column, seek_cell, &seek)) {
            b->no_memory = true;
            return;
        }
        finding(b->diags, CODE_E217, csv_span(table, &seek.cell),
                "this call comes while the centre is closed");
        finding_note(b->diags, b->spec->time.span, "the opening");
        finding_note(b->diags, asked->span, "the column is used here");
        return; /* one is enough: often it is all of them */
    }
}

void trace_read(struct binder *b, const struct node *map, const struct node *csv,
                struct spec_arrivals *out)
{
    const struct node *arrived = node_get(map, "arrived");
    int format;
    out->kind = ARRIVALS_TIMES;
    if (!arrived) {
        finding(b->diags, CODE_E202, csv->key_span, "'arrived' is missing beside 'trace'");
        finding_hint(b->diags, "add the name of the column with the times of arrival, for example "
                               " arrived: start_s");
    }
    bool known = read_format(b, node_get(map, "format"), &format);
    struct csv_table *table = table_read(b, csv);
    long column = table && arrived ? table_column(b, table, arrived) : -1;
    if (table) {
        out->n = table->rows;
        out->talk = trace_column(b, map, "talk", table, false, 1);
        out->hold = trace_column(b, map, "hold", table, false, 1);
        out->wrap_up = trace_column(b, map, "wrap_up", table, false, 1);
        out->patience = trace_column(b, map, "patience", table, true, 1);
    }
    if (column < 0 || !known || (format == TRACE_ISO && !b->time_known))
        return;
    if (table->rows == 0) {
        arrival_none(b, csv->span);
        return;
    }
    if (format == TRACE_ISO) {
        double *at = arena_array(b->arena, table->rows, sizeof *at);
        b->no_memory = b->no_memory || !at;
        if (at && arrived_iso(b, table, (size_t)column, arrived, at))
            out->at = at;
    } else {
        out->at =
            trace_column(b, map, "arrived", table, false, format == TRACE_MINUTES ? 60.0 : 1.0);
    }
    if (!out->at)
        return;
    check_inside(b, table, (size_t)column, arrived, out->at);
    sort_trace(b, out);
}
