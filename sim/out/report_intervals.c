/* report_intervals.c - every interval in figures: a table for each queue and each group.
 *
 * The cells hold words as the table does; beside them stands the figure itself, as JSON has it, by
 * which the page sorts.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/units.h"
#include "lookup.h"
#include "openings.h"
#include "report_parts.h"

/* Rows of all tables together: some 240 bytes each must stay well below 2 MB. */
enum { ROWS = 1600 };

/* The figure as JSON writes it; "" where it is undefined. */
static const char *key(struct report *r, double value)
{
    char digits[32];
    return isfinite(value) ? page_text(&r->page, format_real(digits, value)) : "";
}

static void put_when(struct report *r, struct grid_row *row, size_t i)
{
    struct opening list[OPENINGS];
    size_t n = openings_of(r->page.result, list), d = 0;
    char words[WORDS];
    while (d + 1 < n && list[d + 1].first <= i)
        d++;
    oh_interval at = oh_result_interval(r->page.result, i);
    oh_interval first = oh_result_interval(r->page.result, list[d].first);
    row->cell[0].text = page_text(&r->page, word_interval(words, &at, first.start));
    row->key[0] = key(r, (double)i);
}

/* One figure of an interval: how it is said depends on its unit. */
static void put_figure(struct report *r, struct grid_row *row, size_t cell, oh_level level,
                       size_t thing, size_t i, const char *id, bool sure)
{
    oh_estimate e;
    char words[WORDS];
    if (!figure(r->page.result, level, thing, (long)i, id, &e))
        return;
    const oh_metric *metric = oh_metric_find(id);
    const char *unit = metric ? metric->unit : "";
    row->key[cell] = key(r, e.value);
    row->cell[cell].text =
        page_text(&r->page, strcmp(unit, "agents") == 0
                                ? word_fixed(words, e.value, 1)
                                : word_estimate(words, unit, e.value, sure ? e.half_width : NAN));
}

static void put_measure(struct report *r, struct grid_row *row, size_t queue, size_t i)
{
    size_t column = 0;
    const oh_column *measure = figure_measure(r->page.result, queue, &column);
    oh_estimate e;
    char words[WORDS];
    if (!measure || !oh_result_estimate(r->page.result, OH_QUEUE, queue, (long)i, column, &e))
        return;
    row->key[5] = key(r, e.value);
    row->cell[5].text =
        page_text(&r->page, word_estimate(words, measure->metric->unit, e.value, e.half_width));
    if (!e.has_target)
        return;
    enum verdict verdict = verdict_of(&e);
    row->cell[6] = (struct grid_cell){verdict_words(verdict), page_tone(verdict)};
    double met = figure_value(r->page.result, OH_QUEUE, queue, (long)i, "target_met");
    if (isnan(met) || r->page.info.replications < 2)
        return;
    row->key[7] = key(r, met);
    row->cell[7].text = page_text(&r->page, word_frequency(words, met, r->page.info.replication));
}

static void queue_columns(struct report *r, struct grid *g, size_t queue)
{
    size_t column = 0;
    const oh_column *measure = figure_measure(r->page.result, queue, &column);
    oh_estimate e = {.within = NAN};
    char words[WORDS], name[WORDS];
    const char *judged = "";
    if (measure && oh_result_estimate(r->page.result, OH_QUEUE, queue, OH_WHOLE, column, &e))
        judged =
            e.has_target ? word_target(words, measure, &e) : word_metric(name, measure->metric->id);
    grid_column(g, "when", false);
    grid_column(g, "offered", true);
    grid_column(g, "answered", true);
    grid_column(g, "abandoned", true);
    grid_column(g, "abandon rate", true);
    grid_column(g, page_text(&r->page, judged), true);
    grid_column(g, "verdict", false);
    grid_column(g, "target met", false);
    grid_column(g, "ASA", true);
    grid_column(g, "waiting", true);
}

static void put_queue(struct report *r, struct page_section *s, size_t queue)
{
    static const char *const ids[] = {"offered", "answered", "abandoned", "abandon_rate"};
    queue_columns(r, &s->grid, queue);
    for (size_t i = 0; i < oh_result_intervals(r->page.result); i++) {
        struct grid_row *row = grid_row(&s->grid);
        if (!row)
            return;
        put_when(r, row, i);
        for (size_t k = 0; k < sizeof ids / sizeof *ids; k++)
            put_figure(r, row, k + 1, OH_QUEUE, queue, i, ids[k], false);
        put_measure(r, row, queue, i);
        put_figure(r, row, 8, OH_QUEUE, queue, i, "asa", false);
        put_figure(r, row, 9, OH_QUEUE, queue, i, "queue_length", false);
    }
}

static void put_group(struct report *r, struct page_section *s, size_t group)
{
    static const char *const ids[] = {"scheduled", "planned", "staffed", "busy"};
    grid_column(&s->grid, "when", false);
    for (size_t k = 0; k < sizeof ids / sizeof *ids; k++)
        grid_column(&s->grid, ids[k], true);
    grid_column(&s->grid, "occupancy", true);
    for (size_t i = 0; i < oh_result_intervals(r->page.result); i++) {
        struct grid_row *row = grid_row(&s->grid);
        if (!row)
            return;
        put_when(r, row, i);
        for (size_t k = 0; k < sizeof ids / sizeof *ids; k++)
            put_figure(r, row, k + 1, OH_AGENTS, group, i, ids[k], false);
        put_figure(r, row, 5, OH_AGENTS, group, i, "occupancy", true);
    }
}

void report_intervals(struct report *r)
{
    const oh_result *result = r->page.result;
    size_t intervals = oh_result_intervals(result), rows = 0, left = 0;
    for (oh_level level = OH_QUEUE; intervals > 0 && level <= OH_AGENTS; level++) {
        for (size_t i = 0; i < oh_result_things(result, level); i++) {
            if (rows + intervals > ROWS && rows > 0) {
                left++;
                continue;
            }
            rows += intervals;
            struct page_section *s = sheet_section(
                &r->intervals, &r->page.arena,
                arena_printf(&r->page.arena, "%s %s", level == OH_QUEUE ? "Queue" : "Agents",
                             oh_result_name(result, level, i)));
            if (!s)
                return;
            if (level == OH_QUEUE)
                put_queue(r, s, i);
            else
                put_group(r, s, i);
        }
    }
    if (left > 0)
        r->left_out = arena_printf(&r->page.arena,
                                   "%zu more tables are left out, so that the page stays small; "
                                   "--format csv has every interval.",
                                   left);
}
