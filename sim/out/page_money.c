/* page_money.c - cost, value and profit, where the scenario names money. */
#include <math.h>

#include "lookup.h"
#include "page.h"

static void put_row(struct page *page, const char *words, double money, double half_width)
{
    struct grid_row *row = grid_row(&page->money.grid);
    char sum[WORDS];
    if (!row)
        return;
    row->cell[0].text = words;
    word_sum(sum, money, half_width, oh_model_currency(oh_result_model(page->result)));
    row->cell[1].text = page_text(page, sum);
}

static void put_total(struct page *page, const char *words, const char *id)
{
    oh_estimate e;
    if (figure(page->result, OH_TOTAL, 0, OH_WHOLE, id, &e) && !isnan(e.value))
        put_row(page, words, e.value, e.half_width);
}

static double sum_of(const oh_result *result, oh_level level, const char *id)
{
    double sum = 0;
    for (size_t i = 0; i < oh_result_things(result, level); i++) {
        double part = figure_value(result, level, i, OH_WHOLE, id);
        sum += isnan(part) ? 0 : part;
    }
    return sum;
}

void page_money(struct page *page)
{
    const oh_result *result = page->result;
    double agents = sum_of(result, OH_AGENTS, "cost"), callers = sum_of(result, OH_QUEUE, "cost");

    page->money.title = arena_printf(&page->arena, "Money, average %s", page->info.replication);
    grid_column(&page->money.grid, "", false);
    grid_column(&page->money.grid, "", false);
    put_total(page, "cost", "cost");
    if (agents > 0 && callers > 0) {
        put_row(page, "  of agents", agents, NAN);
        put_row(page, "  of lost and waiting callers", callers, NAN);
    }
    put_total(page, "cost per answered call", "cost_per_answered");
    if (sum_of(result, OH_QUEUE, "value") > 0) {
        put_total(page, "value of answered calls", "value");
        put_total(page, "profit", "profit");
    }
}
