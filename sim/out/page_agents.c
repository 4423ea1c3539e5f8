/* page_agents.c - the groups of agents: how many, how busy. */
#include <math.h>

#include "lookup.h"
#include "page.h"

static const char *heads(struct page *page, oh_level level, size_t thing, const char *id)
{
    char words[WORDS];
    return page_text(page,
                     word_fixed(words, figure_value(page->result, level, thing, OH_WHOLE, id), 1));
}

static void put_row(struct page *page, oh_level level, size_t thing, const char *name)
{
    struct grid_row *row = grid_row(&page->agents.grid);
    char words[WORDS];
    oh_estimate e;
    if (!row)
        return;
    row->cell[0] = (struct grid_cell){name, TONE_STRONG};
    row->cell[1].text = heads(page, level, thing, "scheduled");
    row->cell[2].text = heads(page, level, thing, "planned");
    row->cell[3].text = heads(page, level, thing, "staffed");
    row->cell[4].text = heads(page, level, thing, "busy");
    figure(page->result, level, thing, OH_WHOLE, "occupancy", &e);
    row->cell[5].text = page_text(page, word_estimate(words, "share", e.value, e.half_width));
    if (oh_result_intervals(page->result) == 0)
        return; /* a window has no end of the day */
    double overtime = figure_value(page->result, level, thing, OH_WHOLE, "overtime");
    row->cell[6].text = page_text(page, word_duration(words, overtime));
}

void page_agents(struct page *page)
{
    struct grid *g = &page->agents.grid;
    size_t groups = oh_result_things(page->result, OH_AGENTS);

    page->agents.title = "Agents, average over time";
    grid_column(g, "group", false);
    grid_column(g, "scheduled", true);
    grid_column(g, "planned", true);
    grid_column(g, "staffed", true);
    grid_column(g, "busy", true);
    grid_column(g, "occupancy", true);
    grid_column(g, "overtime", true);
    for (size_t i = 0; i < groups; i++)
        put_row(page, OH_AGENTS, i, oh_result_name(page->result, OH_AGENTS, i));
}
