/* validate_write.c - recorded beside simulated: verdict first, then the day, the days, the causes.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../data/validate_parts.h"
#include "csv_text.h"
#include "fit_words.h"
#include "json_text.h"
#include "plot_data.h"
#include "sheet.h"
#include "wording.h"

static const char *cause_name(int cause)
{
    static const char *const names[VAL_CAUSES] = {"volume", "handling", "patience", "fewer_agents",
                                                  "more_agents"};
    return names[cause];
}

/* ---- JSON ---- */

static void put_pooled(struct json *j, const char *key, const struct val_pooled *p)
{
    js_open_map(j, key, JSON_FLAT);
    js_real(j, "actual", p->actual);
    js_real(j, "simulated", p->simulated);
    js_real(j, "standard_error", p->error);
    js_real(j, "z", p->z);
    js_close(j);
}

struct entry { /* one figure of one interval of one day of one queue */
    char from[2 * FIT_WORDS];
    const char *queue, *metric;
    double actual, low, high;
};

typedef void entry_fn(void *to, const struct entry *entry);

static void give_entry(const oh_validation *v, size_t thing, size_t d, size_t place,
                       enum val_figure figure, entry_fn *take, void *to)
{
    const struct val_thing *t = &v->thing[thing];
    const struct val_band *b = val_band_at(v, thing, place, figure);
    double x = val_value(&t->actual[d * v->places + place], figure);
    struct entry entry = {"", t->name, val_figure_name(figure), x, b->low, b->high};
    char date[FIT_WORDS];
    if (isnan(x) || isnan(b->low) || (figure == VAL_SERVICE && !t->levels))
        return;
    long day = v->day[d].day + (long)floor(v->starts[place] / LOG_DAY);
    snprintf(entry.from, sizeof entry.from, "%.60s%s%s", fit_date(date, &v->calendar, day),
             v->calendar.dated ? "T" : " ", v->clock[place]);
    take(to, &entry);
}

static void each_entry(const oh_validation *v, entry_fn *take, void *to)
{
    for (size_t t = v->things > 1 ? 1 : 0; t < v->things; t++)
        for (size_t d = 0; d < v->days; d++)
            for (size_t p = v->first[v->day[d].opening]; p < v->first[v->day[d].opening + 1]; p++)
                for (int f = 0; f < VAL_BANDED; f++)
                    give_entry(v, t, d, p, (enum val_figure)f, take, to);
}

static void json_entry(void *to, const struct entry *entry)
{
    struct json *j = to;
    js_open_map(j, NULL, JSON_FLAT);
    js_string(j, "from", entry->from);
    js_string(j, "queue", entry->queue);
    js_string(j, "metric", entry->metric);
    js_real(j, "actual", entry->actual);
    js_real(j, "low", entry->low);
    js_real(j, "high", entry->high);
    js_close(j);
}

static void csv_entry(void *to, const struct entry *entry)
{
    struct csv *c = to;
    cs_field(c, entry->from);
    cs_field(c, entry->queue);
    cs_field(c, entry->metric);
    cs_real(c, entry->actual);
    cs_real(c, entry->low);
    cs_real(c, entry->high);
    cs_end_row(c);
}

/* The intervals of the JSON, one a row. */
static oh_status write_csv(const oh_validation *v, oh_sink sink)
{
    static const char *const columns[] = {"from", "queue", "metric", "actual", "low", "high"};
    struct csv c = cs_to(sink);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        cs_field(&c, columns[i]);
    cs_end_row(&c);
    each_entry(v, csv_entry, &c);
    return emit_status(&c.emit);
}

/* The interval starts of all days, one after another. */
static double next_start(const oh_validation *v, double after)
{
    double next = INFINITY;
    for (size_t p = 0; p < v->places; p++)
        if (v->starts[p] > after + 1)
            next = fmin(next, v->starts[p]);
    return next;
}

static void put_by_time(struct json *j, const oh_validation *v)
{
    char from[FIT_WORDS], to[FIT_WORDS];
    js_open_list(j, "by_time", JSON_LINES);
    for (double t = next_start(v, -10); isfinite(t); t = next_start(v, t)) {
        js_open_map(j, NULL, JSON_LINES);
        js_string(j, "from", fit_clock(from, t, false));
        js_string(j, "to", fit_clock(to, t + v->interval, true));
        for (int f = 0; f < VAL_FIGURES; f++) {
            struct val_pooled p = val_pool_judged(v, (enum val_figure)f, t, t + v->interval);
            put_pooled(j, val_figure_name((enum val_figure)f), &p);
        }
        js_close(j);
    }
    js_close(j);
}

static oh_status write_json(const oh_validation *v, oh_sink sink)
{
    struct json j = js_to(sink);
    char from[FIT_WORDS], to[FIT_WORDS];
    js_open_map(&j, NULL, JSON_LINES);
    js_string(&j, "onhold", OH_VERSION);
    js_whole(&j, "format", 1);
    js_string(&j, "scenario", v->name);
    js_string(&j, "verdict", v->verdict);
    js_bool(&j, "ok", v->ok);
    js_real(&j, "inside_band", v->inside);
    js_real(&j, "band", VAL_BAND);
    js_whole(&j, "days", v->days);
    js_whole(&j, "days_before", v->before);
    js_whole(&j, "special_days_left_out", v->special);
    js_real(&j, "outside_opening", v->outside);
    js_real(&j, "calls_of_other_queues", v->unmatched);
    js_open_map(&j, "overall", JSON_LINES);
    for (int f = 0; f < VAL_FIGURES; f++)
        put_pooled(&j, val_figure_name((enum val_figure)f), &v->overall[f]);
    js_close(&j);
    js_open_map(&j, "cause", JSON_LINES);
    js_string(&j, "likeliest", v->likeliest < 0 ? NULL : cause_name((int)v->likeliest));
    js_string(&j, "together_with", v->second < 0 ? NULL : cause_name((int)v->second));
    js_string(&j, "from", fit_clock(from, v->window_from, false));
    js_string(&j, "to", fit_clock(to, v->window_to, true));
    for (int c = 0; c < VAL_CAUSES; c++) {
        bool heads = c == CAUSE_FEWER || c == CAUSE_MORE;
        js_open_map(&j, cause_name(c), JSON_FLAT);
        js_real(&j, heads ? "agents" : "change", v->cause[c].size * (heads ? 1 : 0.1));
        js_real(&j, "explains", v->cause[c].explained);
        js_close(&j);
    }
    js_close(&j);
    put_by_time(&j, v);
    js_open_list(&j, "intervals", JSON_LINES);
    each_entry(v, json_entry, &j);
    js_close(&j);
    js_close(&j);
    return js_end(&j);
}

/* ---- the page ---- */

struct page_maker {
    struct arena arena;
    const oh_validation *v;
    struct sheet sheet;
};

static void cell(struct page_maker *m, struct grid_row *row, size_t column, const char *text)
{
    if (row && text)
        row->cell[column].text = arena_strdup(&m->arena, text);
}

static void figure_cells(struct page_maker *m, struct grid_row *row, size_t column,
                         enum val_figure figure, double actual, double simulated)
{
    char words[WORDS];
    for (int side = 0; side < 2; side++) {
        double x = side ? simulated : actual;
        if (figure == VAL_OFFERED)
            word_count(words, x);
        else if (figure == VAL_SERVICE || figure == VAL_ABANDON)
            word_share(words, x, NAN);
        else
            word_duration(words, x);
        cell(m, row, column + (size_t)side, words);
    }
}

static const enum val_figure shown[] = {VAL_OFFERED, VAL_ABANDON, VAL_WAIT, VAL_SERVICE};
enum { SHOWN = sizeof shown / sizeof *shown };

static struct page_section *pairs_section(struct page_maker *m, const char *title, const char *what)
{
    static const char *const head[] = {"calls", "sim.", "hung up",  "sim.",
                                       "wait",  "sim.", "within t", "sim."};
    struct page_section *s = sheet_section(&m->sheet, &m->arena, title);
    if (!s)
        return NULL;
    grid_column(&s->grid, what, false);
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        grid_column(&s->grid, head[i], true);
    grid_column(&s->grid, "", false);
    return s;
}

static void add_times(struct page_maker *m)
{
    const oh_validation *v = m->v;
    struct page_section *s = pairs_section(m, "By time of day, all days together", "from");
    double step = fmax(v->interval, 3600), next;
    char clock[FIT_WORDS];
    for (double t = next_start(v, -10); s && isfinite(t); t = next) {
        struct grid_row *row = grid_row(&s->grid);
        bool off = false;
        cell(m, row, 0, fit_clock(clock, t, false));
        for (size_t i = 0; i < SHOWN; i++) {
            struct val_pooled p = val_pool_judged(v, shown[i], t, t + step);
            figure_cells(m, row, 1 + 2 * i, shown[i], p.actual, p.simulated);
            off = off || fabs(p.z) > 3;
        }
        if (row && off)
            row->cell[1 + 2 * SHOWN] = (struct grid_cell){"off", TONE_BAD};
        next = next_start(v, t + step - v->interval);
    }
    if (s)
        sheet_note(&m->arena, &s->notes,
                   "sim.: simulated; off: the difference is more than three standard errors");
}

static void add_days(struct page_maker *m)
{
    const oh_validation *v = m->v;
    struct page_section *s = pairs_section(m, "By day", "day");
    char date[FIT_WORDS];
    for (size_t d = 0; s && d < v->days && d < 40; d++) {
        struct grid_row *row = grid_row(&s->grid);
        struct val_sums sum = {0};
        size_t k = v->day[d].opening;
        bool outside = false;
        for (size_t p = v->first[k]; p < v->first[k + 1]; p++)
            val_add(&sum, &v->thing[0].actual[d * v->places + p]);
        cell(m, row, 0, fit_date(date, &v->calendar, v->day[d].day));
        for (size_t i = 0; i < SHOWN; i++) {
            struct val_band b = {NAN, NAN, NAN};
            bool unknown = shown[i] == VAL_SERVICE && !v->thing[0].levels;
            double x = unknown ? NAN : val_value(&sum, shown[i]);
            if (!val_day_band(v, 0, k, shown[i], &b))
                m->arena.failed = true;
            figure_cells(m, row, 1 + 2 * i, shown[i], x, b.middle);
            outside = outside || x < b.low || x > b.high;
        }
        if (row && outside)
            row->cell[1 + 2 * SHOWN] = (struct grid_cell){"outside", TONE_UNSURE};
    }
    if (s && v->days > 40)
        sheet_note(&m->arena, &s->notes, "the first 40 days; JSON has all");
    if (s)
        sheet_note(
            &m->arena, &s->notes,
            "sim.: the median of simulated days; outside: of the band that holds 90 % of them");
}

static void add_causes(struct page_maker *m)
{
    static const char *const names[VAL_CAUSES] = {"more or fewer calls", "longer or shorter calls",
                                                  "less or more patience", "fewer agents",
                                                  "more agents"};
    const oh_validation *v = m->v;
    char words[WORDS], a[FIT_WORDS], b[FIT_WORDS];
    const char *title =
        arena_printf(&m->arena, "What would explain the difference from %s to %s",
                     fit_clock(a, v->window_from, false), fit_clock(b, v->window_to, true));
    struct page_section *s = title && !v->ok ? sheet_section(&m->sheet, &m->arena, title) : NULL;
    if (!s)
        return;
    grid_column(&s->grid, "change", false);
    grid_column(&s->grid, "best size", true);
    grid_column(&s->grid, "explains", true);
    for (int c = 0; c < VAL_CAUSES; c++) {
        bool heads = c == CAUSE_FEWER || c == CAUSE_MORE;
        struct grid_row *row = grid_row(&s->grid);
        double size = v->cause[c].size;
        cell(m, row, 0, names[c]);
        if (heads && size > 0)
            cell(m, row, 1, word_fixed(words, size, 1));
        else if (!heads)
            cell(m, row, 1,
                 arena_printf(&m->arena, "%s%s %%", size < 0 ? "" : "+",
                              word_fixed(words, 10 * size, 0)));
        cell(m, row, 2, word_share(words, v->cause[c].explained, NAN));
        if (row && c == v->likeliest)
            row->cell[0].tone = TONE_STRONG;
    }
    sheet_note(
        &m->arena, &s->notes,
        "each change is simulated with the same callers; explains: of the squared difference "
        "in calls, waits, handling and hanging up");
}

static oh_status write_page(const oh_validation *v, bool markdown, bool colour, oh_sink sink)
{
    struct page_maker m = {.v = v};
    struct emit e = emit_to(sink);
    char number[WORDS], share[WORDS];
    const char *warnings[3];
    arena_init(&m.arena);
    m.sheet = (struct sheet){.title = v->name,
                             .about = "",
                             .question = "",
                             .headline = v->verdict,
                             .headline_tone = v->ok ? TONE_GOOD : TONE_BAD,
                             .warnings = warnings};
    m.sheet.basis =
        arena_printf(&m.arena, "%s recorded calls of %zu %s against %zu simulated %ss",
                     word_fixed(number, v->calls, 0), v->days, v->days == 1 ? "day" : "days",
                     v->replications, v->week ? "week" : "day");
    if (v->before > 0)
        m.sheet.basis = arena_printf(&m.arena,
                                     "%s; the scenario is taken to rest on the %zu %s of the log "
                                     "before, and bands are wider by what so few cannot tell",
                                     m.sheet.basis, v->before, v->before == 1 ? "day" : "days");
    add_times(&m);
    add_days(&m);
    add_causes(&m);
    if (v->outside > 0.001)
        warnings[m.sheet.warnings_count++] =
            arena_printf(&m.arena, "%s of the calls came while the scenario is closed",
                         word_share(share, v->outside, NAN));
    if (v->unmatched > 0)
        warnings[m.sheet.warnings_count++] =
            arena_printf(&m.arena, "%s calls belong to queues that the scenario does not have",
                         word_fixed(number, v->unmatched, 0));
    if (v->special > 0)
        warnings[m.sheet.warnings_count++] = arena_printf(
            &m.arena,
            v->special == 1 ? "%zu special day is left out" : "%zu special days are left out",
            v->special);
    bool good = !m.arena.failed;
    if (good && markdown)
        sheet_markdown(&m.sheet, &e);
    else if (good)
        sheet_table(&m.sheet, &e, colour);
    arena_free(&m.arena);
    return good ? emit_status(&e) : OH_NO_MEMORY;
}

oh_status oh_validation_write(const oh_validation *validation, const char *format, bool colour,
                              oh_sink sink)
{
    if (strcmp(format, "json") == 0)
        return write_json(validation, sink);
    if (strcmp(format, "csv") == 0)
        return write_csv(validation, sink);
    return write_page(validation, strcmp(format, "md") == 0, colour, sink);
}

/* ---- the picture ---- */

/* Panels: calls, waits, hanging up, in time; each with the simulated mean and its band of days. */
oh_status oh_validation_plot(const oh_validation *v, oh_sink sink)
{
    static const enum val_figure panels[] = {VAL_OFFERED, VAL_WAIT, VAL_ABANDON};
    static const char *const names[] = {"calls", "mean wait (s)", "share that hangs up"};
    struct emit e = emit_to(sink);
    char subtitle[300], number[WORDS];
    snprintf(subtitle, sizeof subtitle, "%.100s: %s recorded calls of %zu %s, %zu simulated %ss",
             v->name, word_fixed(number, v->calls, 0), v->days, v->days == 1 ? "day" : "days",
             v->replications, v->week ? "week" : "day");
    emit_text(&e, "# recorded and simulated, by time of day\n"
                  "# title, sub-title, number of panels, what a replication is\n");
    plot_string(&e, "Does the model tell the past?");
    plot_string(&e, subtitle);
    plot_number(&e, 3);
    plot_string(&e, "day");
    plot_end_line(&e);
    plot_block(&e, "facts", "from, to (s), verdict");
    double first = next_start(v, -10), last = first;
    for (double t = first; isfinite(t); t = next_start(v, t))
        last = t + v->interval;
    plot_number(&e, first);
    plot_number(&e, last);
    plot_string(&e, v->verdict);
    plot_end_line(&e);
    for (size_t i = 0; i < 3; i++) {
        plot_block(&e, names[i],
                   "start, end, middle (s), recorded, simulated, its interval of 95 %");
        for (double t = first; isfinite(t); t = next_start(v, t)) {
            struct val_pooled p = val_pool_judged(v, panels[i], t, t + v->interval);
            plot_number(&e, t);
            plot_number(&e, t + v->interval);
            plot_number(&e, t + v->interval / 2);
            plot_number(&e, p.actual);
            plot_number(&e, p.simulated);
            plot_number(&e, fmax(p.simulated - 1.96 * p.error, 0));
            plot_number(&e, p.simulated + 1.96 * p.error);
            plot_end_line(&e);
        }
    }
    return emit_status(&e);
}
