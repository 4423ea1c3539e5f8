/* plot_sweep.c - data of the pictures of a sweep: figures against the value that is varied, with
 * intervals and exact curves.
 *
 * The path with most values is the axis; each combination of the others is a line of its own. Every
 * panel is a block of facts and a block for each line.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/units.h"
#include "plot_data.h"
#include "sweep_writers.h"
#include "wording.h"

enum { LINES = 5 };

struct curves {
    struct emit emit;
    const struct sweep_store *store;
    const oh_sweep *sweep;
    size_t axis;    /* the path along the axis */
    bool numeric;   /* its values are plain numbers, perhaps with one unit */
    size_t lines;   /* combinations of the other paths' values that are shown */
    size_t in_file; /* in all */
};

/* The number that a value begins with; NaN: none. */
static double number_of(const char *value)
{
    char digits[32];
    struct problem problem;
    double number;
    size_t n = strspn(value, "+-.0123456789");
    if (n == 0 || n >= sizeof digits)
        return NAN;
    snprintf(digits, sizeof digits, "%.*s", (int)n, value);
    return unit_number(digits, &number, &problem) ? number : NAN;
}

static const char *unit_of(const char *value)
{
    return value + strspn(value, "+-.0123456789");
}

/* The value along the axis of the k-th step. */
static const char *axis_value(const struct curves *c, size_t k)
{
    return c->sweep->axis[c->axis].list.at[k];
}

static struct curves curves_of(oh_sweep_writer *w)
{
    struct curves c = {.emit = emit_to(w->sink), .store = &w->store, .sweep = w->sweep};
    for (size_t k = 1; k < oh_sweep_paths(w->sweep); k++)
        if (w->sweep->axis[k].list.n > w->sweep->axis[c.axis].list.n)
            c.axis = k;
    c.numeric = true;
    for (size_t k = 0; k < w->sweep->axis[c.axis].list.n; k++)
        c.numeric = c.numeric && !isnan(number_of(axis_value(&c, k))) &&
                    strcmp(unit_of(axis_value(&c, k)), unit_of(axis_value(&c, 0))) == 0;
    c.in_file = oh_sweep_points(w->sweep) / w->sweep->axis[c.axis].list.n;
    c.lines = c.in_file < LINES ? c.in_file : LINES;
    return c;
}

/* The point of line `line` at step k of the axis. */
static size_t point_of(const struct curves *c, size_t line, size_t step)
{
    size_t inner = 1;
    for (size_t k = c->axis + 1; k < oh_sweep_paths(c->sweep); k++)
        inner *= c->sweep->axis[k].list.n;
    size_t n = c->sweep->axis[c->axis].list.n;
    return (line / inner) * n * inner + step * inner + line % inner;
}

static void line_words(const struct curves *c, size_t line, char *words, size_t size)
{
    size_t point = point_of(c, line, 0), used = 0;
    words[0] = '\0';
    for (size_t k = 0; k < oh_sweep_paths(c->sweep) && used < size; k++) {
        if (k == c->axis)
            continue;
        int more = snprintf(words + used, size - used, "%s%s = %s", used ? ", " : "",
                            oh_sweep_path(c->sweep, k), oh_sweep_value(c->sweep, point, k));
        used += more > 0 ? (size_t)more : 0;
    }
    if (!*words)
        snprintf(words, size, "simulated");
}

/* What one panel shows: a figure of a queue, the agents' occupancy, or what was wished. */
enum { OCCUPANCY = SWEEP_QUEUE_FIGURES, WISH };
struct panel {
    size_t queue; /* or wish */
    int figure;   /* sweep_figure, OCCUPANCY or WISH */
};

/* NULL: occupancy of all agents. */
static const oh_column *column_of(const struct curves *c, const struct panel *p)
{
    return p->figure == OCCUPANCY ? NULL
           : p->figure == WISH    ? &c->store->wish[p->queue].column
                                  : &c->store->queue[p->queue].column[p->figure];
}

static const char *name_of(const struct curves *c, const struct panel *p)
{
    if (p->figure == OCCUPANCY)
        return "all agents";
    if (p->figure == WISH)
        return c->store->wish[p->queue].level == OH_TOTAL ? "all" : c->store->wish[p->queue].name;
    return c->store->queue[p->queue].name;
}

static double scale_of(const oh_metric *metric)
{
    return !metric || strcmp(metric->unit, "share") == 0 ? 100 : 1;
}

static const oh_estimate *estimate_of(const struct sweep_row *row, const struct panel *p)
{
    return p->figure == OCCUPANCY ? &row->total[SWEEP_OCCUPANCY]
           : p->figure == WISH    ? &row->wish[p->queue]
                                  : &row->queue[p->queue][p->figure];
}

static const struct sweep_exact *exact_of(const struct sweep_row *row, const struct panel *p)
{
    return p->figure == OCCUPANCY ? &row->occupancy[p->queue]
           : p->figure == WISH    ? &row->exact_wish[p->queue]
                                  : &row->exact[p->queue][p->figure];
}

/* The first estimate that has a target; NULL: none has. */
static const oh_estimate *with_target(const struct curves *c, const struct panel *p)
{
    for (size_t i = 0; i < c->store->rows; i++)
        if (!c->store->row[i].message && estimate_of(&c->store->row[i], p)->has_target)
            return estimate_of(&c->store->row[i], p);
    return NULL;
}

static void put_facts(struct curves *c, const struct panel *p)
{
    const oh_column *column = column_of(c, p);
    const oh_metric *metric = column ? column->metric : NULL;
    const oh_estimate *aim = with_target(c, p);
    char name[WORDS], axis[2 * WORDS], target[WORDS];
    bool share = scale_of(metric) == 100;
    bool exact[3] = {false, false, false};
    for (size_t i = 0; i < c->store->rows; i++) {
        if (c->store->row[i].message)
            continue;
        const struct sweep_exact *e = exact_of(&c->store->row[i], p);
        exact[0] = exact[0] || !isnan(e->erlang_b);
        exact[1] = exact[1] || !isnan(e->erlang_c);
        exact[2] = exact[2] || !isnan(e->erlang_a);
    }
    plot_block(
        &c->emit, "panel: facts",
        "queue or group, label of the figure, label of the axis, target, its "
        "label, number of lines, 1 if the axis is one of numbers, 1 if there is Erlang B, C, "
        "A, length of the axis");
    plot_string(&c->emit, name_of(c, p));
    snprintf(axis, sizeof axis, "%.100s (%s)", column ? word_metric(name, column->id) : "occupancy",
             share ? "%" : metric->unit);
    plot_string(&c->emit, axis);
    const char *unit = c->numeric ? unit_of(axis_value(c, 0)) : "";
    snprintf(axis, sizeof axis, "%.100s%s%.30s%s", oh_sweep_path(c->sweep, c->axis),
             *unit ? " (" : "", unit, *unit ? ")" : "");
    plot_string(&c->emit, axis);
    plot_number(&c->emit, aim ? scale_of(metric) * aim->target : PLOT_NO_MARK);
    plot_string(&c->emit, aim ? word_target(target, column, aim) : "");
    plot_number(&c->emit, (double)c->lines);
    plot_number(&c->emit, c->numeric);
    for (size_t k = 0; k < 3; k++)
        plot_number(&c->emit, exact[k]);
    plot_number(&c->emit, (double)c->sweep->axis[c->axis].list.n);
    plot_end_line(&c->emit);
}

static void put_line(struct curves *c, const struct panel *p, size_t line)
{
    const oh_column *column = column_of(c, p);
    double scale = scale_of(column ? column->metric : NULL);
    char name[256];
    line_words(c, line, name, sizeof name);
    plot_block(&c->emit, "panel: line",
               "place on the axis, figure, its interval from, to, exact Erlang B, C, A, label of "
               "the place, name of the line");
    for (size_t k = 0; k < c->sweep->axis[c->axis].list.n; k++) {
        size_t point = point_of(c, line, k);
        if (point >= c->store->rows || c->store->row[point].message)
            continue;
        const oh_estimate *e = estimate_of(&c->store->row[point], p);
        const struct sweep_exact *x = exact_of(&c->store->row[point], p);
        double half = isnan(e->half_width) ? 0 : e->half_width;
        plot_number(&c->emit, c->numeric ? number_of(axis_value(c, k)) : (double)k + 1);
        plot_number(&c->emit, scale * e->value);
        plot_number(&c->emit, scale * (e->value - half));
        plot_number(&c->emit, scale * (e->value + half));
        plot_number(&c->emit, scale * x->erlang_b);
        plot_number(&c->emit, scale * x->erlang_c);
        plot_number(&c->emit, scale * x->erlang_a);
        plot_string(&c->emit, axis_value(c, k));
        plot_string(&c->emit, name);
        plot_end_line(&c->emit);
    }
}

static void put_panel(struct curves *c, const struct panel *p)
{
    put_facts(c, p);
    for (size_t line = 0; line < c->lines; line++)
        put_line(c, p, line);
}

static void begin(struct curves *c, const char *about, const char *title, size_t panels)
{
    const oh_run_info *info = &c->store->info;
    char some[2 * WORDS] = "", words[4 * WORDS], n[WORDS];
    if (c->lines < c->in_file)
        snprintf(some, sizeof some, "; %zu of %zu lines", c->lines, c->in_file);
    snprintf(words, sizeof words, "%.200s (%s %s%s at each point, seed %u)%s", c->sweep->name,
             word_fixed(n, info->replications, 0), info->replication,
             info->replications == 1 ? "" : "s", (unsigned)info->seed, some);
    plot_head(&c->emit, about, title, words, panels, info->replication);
}

static oh_status nothing(oh_sweep_writer *w)
{
    struct emit e = emit_to(w->sink);
    plot_head(&e, "A sweep without a complete point.", "", "", 0, "");
    return emit_status(&e);
}

/* Is the queue's main figure among those that were asked for? */
static bool is_wished(const struct sweep_store *store, size_t queue)
{
    const struct sweep_queue *q = &store->queue[queue];
    for (size_t i = 0; i < store->wishes; i++)
        if (store->wish[i].level == OH_QUEUE && strcmp(store->wish[i].name, q->name) == 0 &&
            strcmp(store->wish[i].id, q->column[SWEEP_MAIN].id) == 0)
            return true;
    return false;
}

/* What was asked for, then what has a target; without either the main figure of each queue. */
oh_status sweep_plot_end(oh_sweep_writer *w)
{
    struct curves c = curves_of(w);
    struct panel panel[PLOT_PANELS];
    size_t n = 0, judged = 0;
    if (!w->store.any)
        return nothing(w);
    for (size_t q = 0; q < c.store->queues; q++)
        judged += c.store->queue[q].judged;
    for (size_t i = 0; i < c.store->wishes && n < PLOT_PANELS; i++)
        if (*c.store->wish[i].column.id)
            panel[n++] = (struct panel){i, WISH};
    bool any = judged == 0 && n == 0;
    for (size_t q = 0; q < c.store->queues && n < PLOT_PANELS; q++)
        if ((any || c.store->queue[q].judged) && !is_wished(c.store, q))
            panel[n++] = (struct panel){q, SWEEP_MAIN};
    begin(&c, "Figures at each point of a sweep.", "What does it change?", n);
    for (size_t i = 0; i < n; i++)
        put_panel(&c, &panel[i]);
    return emit_status(&c.emit);
}

oh_status staffing_curve_end(oh_sweep_writer *w)
{
    struct curves c = curves_of(w);
    struct panel panel[PLOT_PANELS];
    size_t n = 0, q = 0;
    if (!w->store.any)
        return nothing(w);
    while (q + 1 < c.store->queues && !c.store->queue[q].judged)
        q++;
    if (!c.store->queue[q].judged)
        q = 0;
    panel[n++] = (struct panel){q, SWEEP_MAIN};
    if (sweep_store_has(c.store, q, SWEEP_BLOCKED))
        panel[n++] = (struct panel){q, SWEEP_BLOCKED};
    else if (sweep_store_has(c.store, q, SWEEP_ABANDONED))
        panel[n++] = (struct panel){q, SWEEP_ABANDONED};
    if (sweep_store_has(c.store, q, SWEEP_ASA))
        panel[n++] = (struct panel){q, SWEEP_ASA};
    panel[n++] = (struct panel){q, OCCUPANCY};
    begin(&c, "What each number of agents gives.", "What does each number of agents give?", n);
    for (size_t i = 0; i < n; i++)
        put_panel(&c, &panel[i]);
    return emit_status(&c.emit);
}
