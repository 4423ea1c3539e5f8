/* sweep_page.c - a sweep for people: a table for each queue, a row a point, and where its target
 * begins to be met.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sheet.h"
#include "sweep_writers.h"
#include "wording.h"

enum { QUEUES = 6, PATHS = 4 };

struct sweep_page {
    struct arena *arena;
    struct sheet sheet;
    const struct sweep_store *store;
    const oh_sweep *sweep;
};

static const char *text_of(struct sweep_page *p, const char *words)
{
    return arena_strdup(p->arena, words);
}

static enum tone verdict_tone(enum verdict verdict)
{
    return verdict == VERDICT_MET ? TONE_GOOD : verdict == VERDICT_MISSED ? TONE_BAD : TONE_UNSURE;
}

/* ---- columns ---- */

static size_t path_columns(struct sweep_page *p, struct grid *g)
{
    size_t n = oh_sweep_paths(p->sweep) < PATHS ? oh_sweep_paths(p->sweep) : PATHS;
    for (size_t k = 0; k < n; k++)
        grid_column(g, oh_sweep_path(p->sweep, k), true);
    return n;
}

static void put_values(struct sweep_page *p, struct grid_row *row, size_t point, size_t n)
{
    for (size_t k = 0; k < n; k++)
        row->cell[k] = (struct grid_cell){oh_sweep_value(p->sweep, point, k), TONE_STRONG};
}

static struct grid_cell main_cell(struct sweep_page *p, const oh_column *column,
                                  const oh_estimate *e)
{
    char words[WORDS];
    const char *value =
        text_of(p, word_estimate(words, column->metric->unit, e->value, e->half_width));
    if (!e->has_target)
        return (struct grid_cell){value, TONE_PLAIN};
    enum verdict verdict = verdict_of(e);
    return (struct grid_cell){
        arena_printf(p->arena, "%s, %s", verdict_words(verdict), value ? value : ""),
        verdict_tone(verdict)};
}

static const char *share_of(struct sweep_page *p, double share)
{
    char words[WORDS];
    return text_of(p, word_share(words, share, NAN));
}

/* Agents and money, in the columns from `at` on. */
static void total_columns(const struct sweep_page *p, struct grid *g)
{
    grid_column(g, "agents", true);
    grid_column(g, "occupancy", true);
    if (sweep_store_has_total(p->store, SWEEP_COST))
        grid_column(g, "cost", true);
    if (sweep_store_has_total(p->store, SWEEP_PROFIT))
        grid_column(g, "profit", true);
}

static void put_totals(struct sweep_page *p, struct grid_row *row, size_t at,
                       const struct sweep_row *of)
{
    char words[WORDS];
    row->cell[at++].text = text_of(p, word_fixed(words, of->total[SWEEP_STAFFED].value, 1));
    row->cell[at++].text = share_of(p, of->total[SWEEP_OCCUPANCY].value);
    for (enum sweep_total t = SWEEP_COST; t < SWEEP_TOTALS; t++)
        if (sweep_store_has_total(p->store, t))
            row->cell[at++].text = text_of(p, word_money(words, of->total[t].value));
}

/* ---- where the target is met ---- */

static const char *range_words(struct sweep_page *p, size_t first_met, size_t met)
{
    size_t n = p->store->rows;
    bool one = oh_sweep_paths(p->sweep) == 1;
    const char *path = oh_sweep_path(p->sweep, 0);
    if (met == 0)
        return "No point meets the target.";
    if (met == n)
        return "Every point meets the target.";
    if (one && first_met + met == n)
        return arena_printf(p->arena, "Met from %s = %s on.", path,
                            oh_sweep_value(p->sweep, first_met, 0));
    if (one && first_met == 0)
        return arena_printf(p->arena, "Met up to %s = %s.", path,
                            oh_sweep_value(p->sweep, met - 1, 0));
    return NULL;
}

static const char *met_words(struct sweep_page *p, size_t queue)
{
    size_t met = 0, first = 0, last = 0, n = p->store->rows;
    for (size_t i = 0; i < n; i++) {
        const struct sweep_row *row = &p->store->row[i];
        if (row->message || !row->queue[queue][SWEEP_MAIN].met)
            continue;
        first = met == 0 ? i : first;
        last = i;
        met++;
    }
    const char *words = met == 0 || last + 1 - first == met ? range_words(p, first, met) : NULL;
    return words ? words : arena_printf(p->arena, "Met at %zu of %zu points.", met, n);
}

/* ---- sections ---- */

static void put_point(struct sweep_page *p, struct grid *g, size_t queue, size_t point, bool alone)
{
    const struct sweep_row *of = &p->store->row[point];
    const struct sweep_queue *q = &p->store->queue[queue];
    size_t at = oh_sweep_paths(p->sweep) < PATHS ? oh_sweep_paths(p->sweep) : PATHS;
    struct grid_row *row = grid_row(g);
    char words[WORDS];
    if (!row)
        return;
    put_values(p, row, point, at);
    if (of->message) {
        row->cell[at] = (struct grid_cell){"failed", TONE_BAD};
        return;
    }
    const oh_estimate *e = of->queue[queue];
    row->cell[at++] = main_cell(p, &q->column[SWEEP_MAIN], &e[SWEEP_MAIN]);
    row->cell[at++].text = share_of(p, e[SWEEP_ABANDONED].value);
    row->cell[at++].text = text_of(p, word_duration(words, e[SWEEP_ASA].value));
    if (sweep_store_has(p->store, queue, SWEEP_BLOCKED))
        row->cell[at++].text = share_of(p, e[SWEEP_BLOCKED].value);
    if (alone)
        put_totals(p, row, at, of);
}

static const char *main_head(struct sweep_page *p, size_t queue)
{
    const struct sweep_queue *q = &p->store->queue[queue];
    char words[WORDS];
    for (size_t i = 0; i < p->store->rows; i++)
        if (!p->store->row[i].message && p->store->row[i].queue[queue][SWEEP_MAIN].has_target)
            return text_of(p, word_target(words, &q->column[SWEEP_MAIN],
                                          &p->store->row[i].queue[queue][SWEEP_MAIN]));
    if (strcmp(q->column[SWEEP_MAIN].id, "wait") == 0)
        return "mean wait";
    return text_of(p, word_metric(words, q->column[SWEEP_MAIN].id));
}

static void put_queue(struct sweep_page *p, size_t queue, bool alone)
{
    struct page_section *section = sheet_section(&p->sheet, p->arena, p->store->queue[queue].name);
    if (!section)
        return;
    path_columns(p, &section->grid);
    grid_column(&section->grid, main_head(p, queue), false);
    grid_column(&section->grid, "abandoned", true);
    grid_column(&section->grid, "ASA", true);
    if (sweep_store_has(p->store, queue, SWEEP_BLOCKED))
        grid_column(&section->grid, "busy tone", true);
    if (alone)
        total_columns(p, &section->grid);
    for (size_t i = 0; i < p->store->rows; i++)
        put_point(p, &section->grid, queue, i, alone);
    if (p->store->queue[queue].judged)
        sheet_note(p->arena, &section->notes, met_words(p, queue));
}

static void put_all(struct sweep_page *p)
{
    struct page_section *section = sheet_section(&p->sheet, p->arena, "All agents");
    if (!section)
        return;
    size_t at = path_columns(p, &section->grid);
    total_columns(p, &section->grid);
    for (size_t i = 0; i < p->store->rows; i++) {
        struct grid_row *row = p->store->row[i].message ? NULL : grid_row(&section->grid);
        if (!row)
            continue;
        put_values(p, row, i, at);
        put_totals(p, row, at, &p->store->row[i]);
    }
}

/* What the points have failed of, each reason with its points. */
static void put_failures(struct sweep_page *p)
{
    struct page_section *section = NULL;
    char point[256];
    for (size_t i = 0; i < p->store->rows; i++) {
        if (!p->store->row[i].message)
            continue;
        if (!section && !(section = sheet_section(&p->sheet, p->arena, "Points that failed")))
            return;
        sweep_point_words(p->sweep, i, point, sizeof point);
        sheet_note(p->arena, &section->notes,
                   arena_printf(p->arena, "%s: %s", point, p->store->row[i].message));
    }
}

static void make_head(struct sweep_page *p, const oh_write_context *context)
{
    struct arena *a = p->arena;
    const oh_run_info *info = &p->store->info;
    size_t planned = oh_sweep_points(p->sweep);
    char n[WORDS], confidence[WORDS];
    p->sheet.title = p->sweep->name;
    p->sheet.about = p->sweep->about;
    p->sheet.question = sheet_question(a, p->sweep->about);
    if (!p->sheet.question)
        p->sheet.question = p->sheet.about = "";
    p->sheet.warnings = context->warnings;
    p->sheet.warnings_count = context->warnings_count;
    if (p->store->any) {
        word_fixed(n, info->replications, 0);
        word_round_share(confidence, info->confidence);
        p->sheet.basis = arena_printf(
            a,
            "%zu point%s, %s %s%s each with the same callers, seed %u; \xC2\xB1 is the %s "
            "confidence interval",
            p->store->rows, p->store->rows == 1 ? "" : "s", n, info->replication,
            info->replications == 1 ? "" : "s", (unsigned)info->seed, confidence);
    }
    if (!p->sheet.basis)
        p->sheet.basis = "";
    if (p->store->rows < planned)
        p->sheet.stopped = arena_printf(a, "stopped early: %zu of %zu points are complete",
                                        p->store->rows, planned);
}

static void make(struct sweep_page *p, oh_sweep_writer *w)
{
    *p = (struct sweep_page){.arena = &w->arena, .store = &w->store, .sweep = w->sweep};
    make_head(p, w->context);
    size_t judged = 0, shown = 0;
    for (size_t q = 0; q < p->store->queues; q++)
        judged += p->store->queue[q].judged;
    for (size_t q = 0; q < p->store->queues && shown < QUEUES; q++) {
        if (judged > 0 && !p->store->queue[q].judged)
            continue;
        put_queue(p, q, p->store->queues == 1);
        shown++;
    }
    if (p->store->queues > 1)
        put_all(p);
    put_failures(p);
}

oh_status sweep_table_end(oh_sweep_writer *w)
{
    struct emit e = emit_to(w->sink);
    struct sweep_page page;
    make(&page, w);
    if (w->arena.failed)
        return OH_NO_MEMORY;
    sheet_table(&page.sheet, &e, w->context->colour);
    return emit_status(&e);
}

oh_status sweep_markdown_end(oh_sweep_writer *w)
{
    struct emit e = emit_to(w->sink);
    struct sweep_page page;
    make(&page, w);
    if (w->arena.failed)
        return OH_NO_MEMORY;
    sheet_markdown(&page.sheet, &e);
    return emit_status(&e);
}
