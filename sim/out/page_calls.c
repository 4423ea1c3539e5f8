/* page_calls.c - the calls of an average day, a row a queue. */
#include <math.h>

#include "lookup.h"
#include "page.h"

static const char *count_of(struct page *page, oh_level level, size_t thing, const char *id)
{
    char words[WORDS];
    return page_text(page,
                     word_count(words, figure_value(page->result, level, thing, OH_WHOLE, id)));
}

static const char *time_of(struct page *page, oh_level level, size_t thing, const char *id)
{
    char words[WORDS];
    return page_text(page,
                     word_duration(words, figure_value(page->result, level, thing, OH_WHOLE, id)));
}

static void put_row(struct page *page, oh_level level, size_t thing, const char *name)
{
    struct grid_row *row = grid_row(&page->calls.grid);
    char words[WORDS];
    if (!row)
        return;
    double rate = figure_value(page->result, level, thing, OH_WHOLE, "abandon_rate");
    row->cell[0] = (struct grid_cell){name, TONE_STRONG};
    row->cell[1].text = count_of(page, level, thing, "offered");
    row->cell[2].text = count_of(page, level, thing, "answered");
    row->cell[3].text = count_of(page, level, thing, "abandoned");
    row->cell[4].text = page_text(page, word_share(words, rate, NAN));
    row->cell[5].text = time_of(page, level, thing, "aht");
    row->cell[6].text = time_of(page, level, thing, "asa");
    row->cell[7].text = time_of(page, level, thing, "wait_p90");
    row->cell[8].text = time_of(page, level, thing, "wait_max");
}

void page_calls(struct page *page)
{
    struct grid *g = &page->calls.grid;
    size_t queues = oh_result_things(page->result, OH_QUEUE);

    page->calls.title = arena_printf(&page->arena, "Calls, average %s", page->info.replication);
    grid_column(g, "queue", false);
    grid_column(g, "offered", true);
    grid_column(g, "answered", true);
    grid_column(g, "abandoned", true);
    grid_column(g, "", true);
    grid_column(g, "AHT", true);
    grid_column(g, "ASA", true);
    grid_column(g, "P90 wait", true);
    grid_column(g, "longest", true);
    for (size_t q = 0; q < queues; q++)
        put_row(page, OH_QUEUE, q, oh_result_name(page->result, OH_QUEUE, q));
    if (queues > 1)
        put_row(page, OH_TOTAL, 0, "all");
    page_note(page, &page->calls.notes,
              arena_printf(&page->arena,
                           "Waits are those of answered calls; 9 of 10 wait at most the P90 wait; "
                           "longest: the mean of the %ss' longest waits.",
                           page->info.replication));
}
