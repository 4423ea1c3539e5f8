/* page_theory.c - what the exact formulas say, in steady mode, beside what was simulated. */
#include <math.h>

#include "lookup.h"
#include "page.h"

static void put_text(struct page *page, struct grid_row *row, size_t column, const char *words)
{
    row->cell[column].text = page_text(page, words);
}

static void put_row(struct page *page, const char *name, const oh_queue_figures *f, bool limited)
{
    struct grid_row *row = grid_row(&page->theory.grid);
    char words[WORDS];
    if (!row)
        return;
    row->cell[0] = (struct grid_cell){name, TONE_STRONG};
    put_text(page, row, 1, limited ? word_share(words, f->service_level, 0.0001) : WORD_UNDEFINED);
    put_text(page, row, 2, word_share(words, f->delayed, 0.0001));
    put_text(page, row, 3, word_share(words, f->abandon_rate, 0.0001));
    put_text(page, row, 4, word_estimate(words, "s", f->asa, NAN));
    put_text(page, row, 5, word_fixed(words, f->queue_length, 2));
}

/* The same figures from the simulation. */
static void put_simulated(struct page *page, size_t queue, const oh_theory *t)
{
    static const char *const id[] = {"service_level", "delayed", "abandon_rate", "asa",
                                     "queue_length"};
    static const char *const unit[] = {"share", "share", "share", "s", "calls"};
    struct grid_row *row = grid_row(&page->theory.grid);
    char words[WORDS];
    if (!row)
        return;
    row->cell[0] = (struct grid_cell){
        arena_printf(&page->arena, "%s, simulated", oh_result_name(page->result, OH_QUEUE, queue)),
        TONE_STRONG};
    for (size_t i = 0; i < sizeof id / sizeof *id; i++) {
        oh_estimate e;
        bool limited = i > 0 || t->threshold > 0;
        figure(page->result, OH_QUEUE, queue, OH_WHOLE, id[i], &e);
        put_text(page, row, i + 1,
                 limited ? word_estimate(words, unit[i], e.value, e.half_width) : WORD_UNDEFINED);
    }
}

/* Where nobody may wait: the share of busy tones, simulated (in the row above) and exact. */
static void put_loss(struct page *page, size_t queue, const oh_theory *t)
{
    struct grid_row *simulated = page->theory.grid.last, *row = grid_row(&page->theory.grid);
    char words[WORDS];
    oh_estimate e;
    if (!row || !simulated)
        return;
    figure(page->result, OH_QUEUE, queue, OH_WHOLE, "block_rate", &e);
    put_text(page, simulated, 6, word_estimate(words, "share", e.value, e.half_width));
    row->cell[0] = (struct grid_cell){"  Erlang B, exact", TONE_STRONG};
    put_text(page, row, 6, word_share(words, t->erlang_b, 0.0001));
}

void page_theory(struct page *page)
{
    struct grid *g = &page->theory.grid;
    page->theory.title = "Exact theory beside the simulation";
    grid_column(g, "", false);
    grid_column(g, "service level", true);
    grid_column(g, "delayed", true);
    grid_column(g, "abandoned", true);
    grid_column(g, "ASA", true);
    grid_column(g, "waiting", true);
    grid_column(g, "busy tone", true);
    for (size_t q = 0; q < oh_result_things(page->result, OH_QUEUE); q++) {
        oh_theory t;
        if (!oh_result_theory(page->result, q, &t))
            continue;
        put_simulated(page, q, &t);
        if (t.has_erlang_b)
            put_loss(page, q, &t);
        if (t.has_erlang_a)
            put_row(page, "  Erlang A, exact", &t.erlang_a, t.threshold > 0);
        if (t.has_erlang_c)
            put_row(page, "  Erlang C, exact", &t.erlang_c, t.threshold > 0);
        page_note(page, &page->theory.notes, page_text(page, t.note));
    }
}
