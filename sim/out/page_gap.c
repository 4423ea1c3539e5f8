/* page_gap.c - Erlang's formulas beside the simulation, interval by interval, and what accounts for
 * the difference.
 */
#include <math.h>
#include <string.h>

#include "compare_writers.h"
#include "gap_words.h"
#include "lookup.h"
#include "page.h"

enum { MOST = 48 }; /* intervals shown: a day of quarter hours from eight to eight */

/* What is shown of a queue: its explained figure, or its service level. */
struct shown {
    size_t queue;
    const oh_gap_queue *gap;
    const char *metric, *unit;
};

/* Erlang C knows no hanging up: a share of nought would be taken for an answer. */
static bool tells(const struct shown *s)
{
    return strcmp(s->metric, "abandon_rate") != 0;
}

static const char *exact_words(struct page *page, const struct shown *s, bool has,
                               const oh_queue_figures *figures)
{
    char words[WORDS];
    const double *value = has ? oh_figure_find(figures, s->metric) : NULL;
    if (!value || !isfinite(*value))
        return has ? "no end" : WORD_UNDEFINED;
    return page_text(page, word_estimate(words, s->unit, *value, NAN));
}

static const char *simulated_words(struct page *page, const struct shown *s, long period)
{
    char words[WORDS];
    oh_estimate e;
    figure(page->result, OH_QUEUE, s->queue, period, s->metric, &e);
    return page_text(page, word_estimate(words, s->unit, e.value, e.half_width));
}

static void put_interval(struct page *page, struct grid *g, const struct shown *s, size_t i)
{
    const oh_gap_interval *of = oh_gap_interval_at(page->context->gap, s->queue, i);
    oh_interval at = oh_result_interval(page->result, i), opens = at;
    struct grid_row *row = of->calls > 0 ? grid_row(g) : NULL;
    char words[WORDS];
    if (!row)
        return;
    for (size_t k = i; k > 0; k--) { /* the opening that the interval belongs to */
        oh_interval before = oh_result_interval(page->result, k - 1);
        if (at.day && before.day && strcmp(before.day, at.day) == 0)
            opens = before;
        else
            break;
    }
    row->cell[0].text = page_text(page, word_interval(words, &at, opens.start));
    row->cell[1].text = page_text(page, word_count(words, of->calls));
    row->cell[2].text = page_text(page, word_fixed(words, of->load, 1));
    row->cell[3].text = page_text(page, word_fixed(words, of->agents, 1));
    row->cell[4].text = exact_words(page, s, of->has_erlang_c && tells(s), &of->erlang_c);
    row->cell[5].text = exact_words(page, s, of->has_erlang_a, &of->erlang_a);
    row->cell[6].text = simulated_words(page, s, (long)i);
}

static void put_whole(struct page *page, struct grid *g, const struct shown *s)
{
    struct grid_row *row = grid_row(g);
    char words[WORDS];
    const oh_gap *gap = page->context->gap;
    double calls = 0;
    if (!row)
        return;
    for (size_t i = 0; i < oh_gap_intervals(gap); i++)
        calls += oh_gap_interval_at(gap, s->queue, i)->calls;
    row->cell[0] = (struct grid_cell){
        arena_printf(&page->arena, "the whole %s", page->info.replication), TONE_STRONG};
    row->cell[1].text = page_text(page, word_count(words, calls));
    row->cell[4].text = exact_words(page, s, s->gap->has_erlang_c && tells(s), &s->gap->erlang_c);
    row->cell[5].text = exact_words(page, s, s->gap->has_erlang_a, &s->gap->erlang_a);
    row->cell[6].text = simulated_words(page, s, OH_WHOLE);
}

static void put_beside(struct page *page, const struct shown *s)
{
    char name[WORDS];
    struct page_section *section =
        sheet_section(&page->sheet, &page->arena,
                      arena_printf(&page->arena, "%s: %s by Erlang's formulas and simulated",
                                   oh_result_name(page->result, OH_QUEUE, s->queue),
                                   word_metric(name, s->metric)));
    size_t n = oh_result_intervals(page->result);
    if (!section)
        return;
    struct grid *g = &section->grid;
    grid_column(g, "", false);
    grid_column(g, "calls", true);
    grid_column(g, "load", true);
    grid_column(g, "agents", true);
    grid_column(g, "Erlang C", true);
    grid_column(g, "Erlang A", true);
    grid_column(g, "simulated", true);
    for (size_t i = 0; i < n && n <= MOST; i++)
        put_interval(page, g, s, i);
    put_whole(page, g, s);
    if (s->gap->pool)
        sheet_note(&page->arena, &section->notes,
                   arena_printf(&page->arena,
                                "%s share agents: the formulas take them for one line.",
                                s->gap->pool));
    if (n > 0)
        sheet_note(&page->arena, &section->notes,
                   n > MOST ? "The formulas are asked for each part of the week by itself; JSON "
                              "has them all."
                            : "The formulas are asked for each part by itself, as if it had always "
                              "been like that. Load: agents that the calls keep busy.");
}

static void put_line(struct grid *g, const char *what, const char *size, enum tone tone)
{
    struct grid_row *row = grid_row(g);
    if (!row)
        return;
    row->cell[0].text = what;
    row->cell[1] = (struct grid_cell){size ? size : "", tone};
}

/* Surely there or not. */
static enum tone tone_of(double size, double half_width)
{
    return fabs(size) > half_width ? TONE_STRONG : TONE_FAINT;
}

static void put_account(struct page *page, const struct shown *s)
{
    const oh_gap_queue *q = s->gap;
    struct arena *a = &page->arena;
    char words[WORDS];
    struct page_section *section =
        sheet_section(&page->sheet, a,
                      arena_printf(a, "%s: why %s and the simulation differ",
                                   oh_result_name(page->result, OH_QUEUE, s->queue), q->model));
    if (!section)
        return;
    struct grid *g = &section->grid;
    grid_column(g, "", false);
    grid_column(g, "", true);
    put_line(g, arena_printf(a, "%s", q->model),
             page_text(page, word_estimate(words, q->unit, q->exact, NAN)), TONE_PLAIN);
    put_line(g, "simulated",
             page_text(page, word_estimate(words, q->unit, q->simulated, q->half_width)),
             TONE_PLAIN);
    put_line(g, "the difference", gap_size(a, q->unit, q->gap, q->half_width), TONE_STRONG);
    for (size_t i = 0; i < q->parts; i++) {
        const oh_gap_part *p = &q->part[i];
        put_line(g, arena_printf(a, "  %s", p->what),
                 isnan(p->difference) ? "cannot be played without it"
                                      : gap_size(a, q->unit, p->difference, p->half_width),
                 tone_of(p->difference, p->half_width));
    }
    if (q->parts > 1)
        put_line(g, "  these together, beyond each alone",
                 gap_size(a, q->unit, q->together, q->together_half),
                 tone_of(q->together, q->together_half));
    put_line(g, arena_printf(a, "  %s", q->rest_what), gap_size(a, q->unit, q->rest, q->rest_half),
             tone_of(q->rest, q->rest_half));
    sheet_note(a, &section->notes, gap_note(a, q));
    if (q->parts > 0)
        sheet_note(a, &section->notes,
                   "Each line: what the simulation gains without that, with the same callers.");
}

void page_gap(struct page *page)
{
    for (size_t q = 0; q < oh_result_things(page->result, OH_QUEUE); q++) {
        const oh_gap_queue *of = oh_gap_queue_at(page->context->gap, q);
        struct shown s = {q, of, of->explained ? of->metric : "abandon_rate",
                          of->explained ? of->unit : "share"};
        if (of->why_not) {
            struct page_section *section =
                sheet_section(&page->sheet, &page->arena,
                              arena_printf(&page->arena, "%s: Erlang's formulas",
                                           oh_result_name(page->result, OH_QUEUE, q)));
            if (section)
                sheet_note(&page->arena, &section->notes, gap_note(&page->arena, of));
            continue;
        }
        put_beside(page, &s);
        if (of->explained)
            put_account(page, &s);
    }
}
