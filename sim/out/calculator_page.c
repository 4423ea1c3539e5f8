/* calculator_page.c - answers of the queueing formulas for people: the answer as a sentence, then
 * every figure with its name and what it means.
 *
 * The one idea: names and meanings come from the table of metrics, so a calculator and a simulation
 * call the same thing by the same name.
 */
#include "calculator_page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/units.h"
#include "../stats/metric_table.h"
#include "wording.h"

enum { FIGURES = 14 };

struct figure {
    const char *metric;
    double value;
};

static bool no_limit(double t)
{
    return !isfinite(t);
}

/* What a line tells, in the order of reading; those that do not apply are left out. */
static size_t figures_of(const oh_calculation *c, const oh_answer *a, struct figure out[FIGURES])
{
    const oh_queue_figures *f = &a->figures;
    size_t n = 0;
    out[n++] = (struct figure){"occupancy", f->occupancy};
    if (c->formula == FORMULA_B) {
        out[n++] = (struct figure){"block_rate", a->blocked};
        return n;
    }
    bool leave = c->formula != FORMULA_C;
    out[n++] = (struct figure){"delayed", f->delayed};
    if (!no_limit(a->within) || c->lines > 1) {
        out[n++] = (struct figure){"service_level", f->service_level};
        if (leave) {
            out[n++] = (struct figure){"service_level_answered", f->service_level_answered};
            out[n++] = (struct figure){"service_level_net", f->service_level_net};
            out[n++] = (struct figure){"service_level_credit", f->service_level_credit};
        }
        if (!isnan(c->short_abandon)) {
            out[n++] = (struct figure){"service_level_short_credit", a->service_level_short};
            out[n++] = (struct figure){"service_level_no_short", a->service_level_no_short};
        }
    }
    if (leave)
        out[n++] = (struct figure){"abandon_rate", f->abandon_rate};
    if (c->has_handling)
        out[n++] = (struct figure){"asa", f->asa};
    if (c->has_handling && leave)
        out[n++] = (struct figure){"wait", f->wait};
    out[n++] = (struct figure){"queue_length", f->queue_length};
    return n;
}

/* Exact figures bear more digits than simulated ones. */
static const char *shown(struct arena *arena, const char *unit, double value)
{
    char words[WORDS];
    if (strcmp(unit, "share") == 0)
        word_share(words, value, 0.0001);
    else if (strcmp(unit, "s") == 0 && value < 59.95)
        return arena_printf(arena, "%s s", word_fixed(words, value, 1));
    else if (strcmp(unit, "s") == 0)
        word_duration(words, value);
    else
        word_fixed(words, value, 2);
    return arena_strdup(arena, words);
}

static const char *figure_text(struct arena *arena, const struct figure *f)
{
    return shown(arena, metric_row_find(f->metric)->public.unit, f->value);
}

/* ---- the answer in a sentence ---- */

/* "16.3": erlang as people write them. */
static const char *erlang(struct arena *arena, double load)
{
    char digits[32];
    format_real(digits, round(load * 1e4) / 1e4);
    return arena_strdup(arena, digits);
}

static const char *level_words(struct arena *arena, const oh_calculation *c)
{
    char words[WORDS], within[WORDS];
    const struct metric_row *row =
        metric_row_find(c->formula == FORMULA_B ? "block_rate" : c->goal.metric);
    const char *bound = row->at_most ? "at most" : "at least";
    const char *level = strcmp(row->public.unit, "share") == 0
                            ? arena_strdup(arena, word_round_share(words, c->goal.level))
                            : shown(arena, row->public.unit, c->goal.level);
    if (strncmp(c->goal.metric, "service_level", 13) == 0)
        return arena_printf(arena, "%s %s %s in %s", word_metric(words, c->goal.metric), bound,
                            level, format_duration(within, sizeof within, c->queue.threshold));
    return arena_printf(arena, "%s %s %s", word_metric(words, row->public.id), bound, level);
}

/* How near is one agent fewer? */
static const char *one_fewer(struct arena *arena, const oh_calculation *c, const oh_answer *a)
{
    oh_steady_queue q = c->queue;
    oh_queue_figures f;
    char metric[WORDS];
    if (a->agents <= 1)
        return "";
    if (c->formula == FORMULA_B)
        return arena_printf(arena, "; with one agent fewer %s are blocked",
                            shown(arena, "share", oh_erlang_b(a->load, a->agents - 1)));
    q.rate = a->load / q.handling;
    oh_status status = oh_steady_figures(&q, a->agents - 1, &f);
    arena->failed = arena->failed || status == OH_NO_MEMORY;
    if (status != OH_OK)
        return "";
    const char *unit = metric_row_find(c->goal.metric)->public.unit;
    return arena_printf(arena, "; with one agent fewer the %s is %s",
                        word_metric(metric, c->goal.metric),
                        shown(arena, unit, *oh_figure_find(&f, c->goal.metric)));
}

/* " (246.9 calls per h)" where the handling time is known. */
static const char *calls_per_hour(struct arena *arena, const oh_calculation *c, const oh_answer *a)
{
    char words[WORDS];
    if (!c->has_handling)
        return "";
    return arena_printf(arena, " (%s calls per h)", word_fixed(words, 3600 * a->rate, 1));
}

static const char *sentence(struct arena *arena, const oh_calculation *c)
{
    char words[WORDS], share[WORDS];
    const oh_answer *a = &c->line[0];
    const char *agents = arena_printf(arena, "%s agent%s", word_fixed(words, a->agents, 0),
                                      a->agents == 1 ? "" : "s");
    switch (c->sought) {
    case SOUGHT_AGENTS:
        return arena_printf(arena, "%s: the fewest for %s%s.", agents, level_words(arena, c),
                            one_fewer(arena, c, a));
    case SOUGHT_LOAD:
        if (c->lines > 1)
            return arena_printf(arena, "The highest load for %s.", level_words(arena, c));
        return arena_printf(arena, "%s erlang%s: the highest load that %s carr%s with %s.",
                            erlang(arena, a->load), calls_per_hour(arena, c, a), agents,
                            a->agents == 1 ? "ies" : "y", level_words(arena, c));
    case SOUGHT_TIME:
        if (c->lines > 1)
            return arena_printf(arena, "The time by which %s of all callers are answered.",
                                word_round_share(share, c->share));
        if (isinf(a->within))
            return arena_printf(arena, "%s never answer %s of all callers.", agents,
                                word_round_share(share, c->share));
        if (a->within == 0)
            return arena_printf(arena, "At once: %s answer %s of all callers without a wait.",
                                agents, shown(arena, "share", a->figures.service_level));
        return arena_printf(arena, "%s: by then %s answer %s of all callers.",
                            shown(arena, "s", a->within), agents,
                            word_round_share(share, c->share));
    case SOUGHT_FIGURES:
        break;
    }
    return NULL;
}

/* ---- the page ---- */

static const char *title(const oh_calculation *c)
{
    static const char *const names[] = {
        [FORMULA_B] = "Erlang B: who finds no free agent is lost",
        [FORMULA_C] = "Erlang C: everybody waits until answered",
        [FORMULA_A] = "Erlang A: callers hang up when their patience ends",
        [FORMULA_G] = "M/M/n+G: callers hang up when their patience, of any shape, ends"};
    return names[c->formula];
}

/* "100 per 30 min x 180 s = 10 erlang; patience 300 s". */
static const char *given(struct arena *arena, const oh_calculation *c)
{
    const char *load = "";
    if (c->text.arrivals)
        load = arena_printf(arena, "%s \xC3\x97 %s = %s erlang", c->text.arrivals, c->text.handling,
                            erlang(arena, c->load));
    else if (c->has_load)
        load = arena_printf(arena, "%s erlang", erlang(arena, c->load));
    return arena_printf(arena, "%s%s%s", load,
                        c->text.patience ? (*load ? "; patience " : "patience ") : "",
                        c->text.patience ? c->text.patience : "");
}

/* "answered within t / offered": what stands behind "service level". */
static const char *meaning(struct arena *arena, const char *metric)
{
    static const char before[] = "service level (";
    const char *label = metric_row_find(metric)->public.label;
    size_t n = strlen(label);
    if (strncmp(label, before, sizeof before - 1) != 0 || label[n - 1] != ')')
        return label;
    return arena_strndup(arena, label + sizeof before - 1, n - sizeof before);
}

/* One line: a figure a row, with its meaning. */
static void put_single(struct page_section *s, struct arena *arena, const oh_calculation *c)
{
    struct figure figure[FIGURES];
    char words[WORDS], limit[WORDS];
    const oh_answer *a = &c->line[0];
    size_t n = figures_of(c, a, figure);
    for (int i = 0; i < 3; i++)
        grid_column(&s->grid, "", i == 1);
    struct grid_row *row = grid_row(&s->grid);
    if (row) {
        row->cell[0] = (struct grid_cell){"agents", TONE_STRONG};
        row->cell[1].text = arena_strdup(arena, word_fixed(words, a->agents, 0));
    }
    if (!no_limit(a->within) && c->sought != SOUGHT_TIME && (row = grid_row(&s->grid))) {
        row->cell[0] = (struct grid_cell){"t", TONE_STRONG};
        row->cell[1].text = arena_strdup(arena, format_duration(limit, sizeof limit, a->within));
        row->cell[2] = (struct grid_cell){"the time limit of the service levels", TONE_FAINT};
    }
    for (size_t i = 0; i < n && (row = grid_row(&s->grid)); i++) {
        row->cell[0] = (struct grid_cell){arena_strdup(arena, word_metric(words, figure[i].metric)),
                                          TONE_STRONG};
        row->cell[1].text = figure_text(arena, &figure[i]);
        row->cell[2] = (struct grid_cell){meaning(arena, figure[i].metric), TONE_FAINT};
    }
}

/* Short heads: a table of twelve columns must fit a page. */
static const char *head(const char *metric)
{
    static const struct {
        const char *metric, *head;
    } heads[] = {{"service_level_answered", "answered"},
                 {"service_level_net", "net"},
                 {"service_level_credit", "credit"},
                 {"service_level_short_credit", "short"},
                 {"service_level_no_short", "no short"},
                 {"service_level", "in time"},
                 {"abandon_rate", "abandoned"},
                 {"queue_length", "waiting"},
                 {"block_rate", "blocked"},
                 {"asa", "ASA"}};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (strcmp(heads[i].metric, metric) == 0)
            return heads[i].head;
    return metric;
}

/* Several lines: a figure a column, the meanings below. */
static void put_many(struct page_section *s, struct arena *arena, const oh_calculation *c)
{
    struct figure figure[FIGURES];
    char words[WORDS], limit[WORDS];
    bool found = c->sought == SOUGHT_LOAD || c->sought == SOUGHT_TIME;
    size_t n = figures_of(c, &c->line[0], figure);
    size_t most = GRID_COLUMNS - (found ? 2 : 1);
    n = n < most ? n : most;
    grid_column(&s->grid, "agents", true);
    if (found)
        grid_column(&s->grid, c->sought == SOUGHT_LOAD ? "load" : "t", true);
    for (size_t i = 0; i < n; i++)
        grid_column(&s->grid, head(figure[i].metric), true);
    for (size_t k = 0; k < c->lines; k++) {
        const oh_answer *a = &c->line[k];
        struct grid_row *row = grid_row(&s->grid);
        if (!row)
            return;
        figures_of(c, a, figure);
        row->cell[0].text = arena_strdup(arena, word_fixed(words, a->agents, 0));
        if (found)
            row->cell[1].text = c->sought == SOUGHT_LOAD
                                    ? arena_strdup(arena, word_fixed(words, a->load, 3))
                                    : shown(arena, "s", a->within);
        for (size_t i = 0; i < n; i++)
            if (!isnan(figure[i].value) || !no_limit(c->within) || c->sought == SOUGHT_TIME)
                row->cell[i + 1 + found].text = figure_text(arena, &figure[i]);
    }
    if (!no_limit(c->within))
        sheet_note(arena, &s->notes,
                   arena_printf(arena, "t = %s", format_duration(limit, sizeof limit, c->within)));
    for (size_t i = 0; i < n; i++)
        if (strncmp(figure[i].metric, "service_level", 13) == 0 && !isnan(figure[i].value))
            sheet_note(arena, &s->notes,
                       arena_printf(arena, "%s: %s", head(figure[i].metric),
                                    meaning(arena, figure[i].metric)));
}

void calculator_page(struct sheet *sheet, struct arena *arena, const oh_calculation *c)
{
    const oh_answer *a = &c->line[0];
    const char *known = given(arena, c);
    *sheet = (struct sheet){.title = title(c),
                            .about = known ? known : "",
                            .basis = "",
                            .question = known ? known : "",
                            .headline = sentence(arena, c),
                            .headline_tone = TONE_STRONG};
    struct page_section *s = sheet_section(sheet, arena, "Figures");
    if (!s)
        return;
    if (c->lines == 1)
        put_single(s, arena, c);
    else
        put_many(s, arena, c);
    bool steady = c->formula != FORMULA_C && c->formula != FORMULA_G;
    for (size_t i = 0; i < c->lines && !steady; i++)
        if (isinf(c->line[i].figures.wait)) {
            sheet_note(arena, &s->notes,
                       "the agents cannot keep up where the load is not below their number: the "
                       "line grows without end");
            break;
        }
    if (c->formula == FORMULA_C && !no_limit(a->within))
        sheet_note(arena, &s->notes,
                   "nobody hangs up, so all readings of the service level are the same");
}
