/* page_days.c - the days of the week beside one another.
 *
 * Up to three queues get a row a day each; more are a row each, a column a day.
 */
#include <math.h>
#include <string.h>

#include "lookup.h"
#include "openings.h"
#include "page.h"

enum { IN_FULL = 3, SHOWN = 10 };

static bool has_target(const oh_result *result, size_t queue)
{
    size_t column;
    return figure_main(result, queue, &column) != NULL;
}

static char *day_words(char *buffer, const struct page *page, size_t day)
{
    return word_day(buffer, oh_result_day(page->result, day));
}

static char *number(char *buffer, const struct page *page, oh_level level, size_t thing, size_t day,
                    const char *id)
{
    double value = figure_value(page->result, level, thing, OH_DAY(day), id);
    if (strcmp(id, "staffed") == 0)
        return word_fixed(buffer, value, 1);
    if (strcmp(id, "occupancy") == 0 || strcmp(id, "abandon_rate") == 0)
        return word_share(buffer, value, NAN);
    return word_count(buffer, value);
}

/* ---- few queues: a row a day ---- */

static void put_agents(struct page *page, struct grid_row *row, size_t day)
{
    char words[WORDS];
    row->cell[7].text = page_text(page, number(words, page, OH_TOTAL, 0, day, "staffed"));
    row->cell[8].text = page_text(page, number(words, page, OH_TOTAL, 0, day, "occupancy"));
}

static struct grid_row *put_day(struct page *page, oh_level level, size_t thing, size_t day)
{
    struct grid_row *row = grid_row(&page->days.grid);
    char words[WORDS];
    if (!row)
        return NULL;
    const char *name = level == OH_TOTAL ? "all" : oh_result_name(page->result, level, thing);
    row->cell[0] = (struct grid_cell){day == 0 ? name : NULL, TONE_STRONG};
    row->cell[1].text = page_text(page, day_words(words, page, day));
    row->cell[2].text = page_text(page, number(words, page, level, thing, day, "offered"));
    row->cell[3].text = page_text(page, number(words, page, level, thing, day, "abandoned"));
    row->cell[4].text = page_text(page, number(words, page, level, thing, day, "abandon_rate"));
    return row;
}

static void put_queue(struct page *page, size_t queue, bool alone)
{
    size_t column;
    const oh_column *measure = figure_measure(page->result, queue, &column);
    for (size_t d = 0; d < oh_result_days(page->result); d++) {
        struct grid_row *row = put_day(page, OH_QUEUE, queue, d);
        oh_estimate e;
        if (row && alone)
            put_agents(page, row, d);
        if (!row || !measure ||
            !oh_result_estimate(page->result, OH_QUEUE, queue, OH_DAY(d), column, &e))
            continue;
        row->cell[5].text = page_measured(page, measure, &e);
        if (e.has_target)
            row->cell[6] =
                (struct grid_cell){verdict_words(verdict_of(&e)), page_tone(verdict_of(&e))};
    }
}

static void put_in_full(struct page *page, const size_t *queue, size_t n)
{
    struct grid *g = &page->days.grid;
    char words[WORDS];
    const char *target = "";
    size_t column;
    const oh_column *measure = figure_measure(page->result, queue[0], &column);
    oh_estimate e;

    if (n == 1 && measure &&
        oh_result_estimate(page->result, OH_QUEUE, queue[0], OH_WHOLE, column, &e) && e.has_target)
        target = page_text(page, word_target(words, measure, &e));
    grid_column(g, "queue", false);
    grid_column(g, "day", false);
    grid_column(g, "offered", true);
    grid_column(g, "abandoned", true);
    grid_column(g, "", true);
    grid_column(g, target ? target : "", false);
    grid_column(g, "", false);
    grid_column(g, "staffed", true);
    grid_column(g, "occupancy", true);
    for (size_t i = 0; i < n; i++)
        put_queue(page, queue[i], n == 1);
    for (size_t d = 0; n > 1 && d < oh_result_days(page->result); d++) {
        struct grid_row *row = put_day(page, OH_TOTAL, 0, d);
        if (row)
            put_agents(page, row, d);
    }
    if (n == 1 && oh_result_things(page->result, OH_QUEUE) > 1)
        page_note(page, &page->days.notes, "Staffed and occupancy: all agents.");
}

/* ---- many queues: a column a day ---- */

/* "*74.1 %": a star for a missed target, a question mark for one that cannot be told yet. */
static struct grid_cell short_figure(struct page *page, const oh_column *measure,
                                     const oh_estimate *e)
{
    char words[WORDS];
    enum verdict verdict = e->has_target ? verdict_of(e) : VERDICT_MET;
    word_measured(words, measure->metric->unit, e, NAN);
    const char *mark = verdict == VERDICT_MISSED ? "*" : verdict == VERDICT_OPEN ? "?" : "";
    return (struct grid_cell){arena_printf(&page->arena, "%s%s", mark, words),
                              e->has_target ? page_tone(verdict) : TONE_PLAIN};
}

static void put_short(struct page *page, size_t queue)
{
    struct grid_row *row = grid_row(&page->days.grid);
    const char *name = oh_result_name(page->result, OH_QUEUE, queue);
    char words[WORDS];
    size_t column;
    const oh_column *measure = figure_measure(page->result, queue, &column);
    if (!row || !measure)
        return;
    bool plain = strcmp(measure->metric->id, "service_level") == 0;
    bool wait = strcmp(measure->metric->id, "wait") == 0;
    row->cell[0] = (struct grid_cell){
        plain ? name
              : arena_printf(&page->arena, "%s, %s", name,
                             wait ? "mean wait" : word_metric(words, measure->metric->id)),
        TONE_STRONG};
    for (size_t d = 0; d < oh_result_days(page->result); d++) {
        oh_estimate e;
        if (oh_result_estimate(page->result, OH_QUEUE, queue, OH_DAY(d), column, &e))
            row->cell[d + 1] = short_figure(page, measure, &e);
    }
}

static void put_all(struct page *page, const char *name, const char *id)
{
    struct grid_row *row = grid_row(&page->days.grid);
    char words[WORDS];
    if (!row)
        return;
    row->cell[0].text = name;
    for (size_t d = 0; d < oh_result_days(page->result); d++)
        row->cell[d + 1].text = page_text(page, number(words, page, OH_TOTAL, 0, d, id));
}

static void put_in_short(struct page *page, bool targets)
{
    size_t queue[SHOWN];
    size_t n = figure_busiest(page->result, OH_QUEUE, "offered", targets ? has_target : NULL, SHOWN,
                              queue);
    char words[WORDS];
    grid_column(&page->days.grid, "queue", false);
    for (size_t d = 0; d < oh_result_days(page->result); d++)
        grid_column(&page->days.grid, page_text(page, day_words(words, page, d)), true);
    for (size_t i = 0; i < n; i++)
        put_short(page, queue[i]);
    put_all(page, "all, offered", "offered");
    put_all(page, "all, abandoned", "abandon_rate");
    put_all(page, "agents, staffed", "staffed");
    put_all(page, "agents, occupancy", "occupancy");
    if (targets)
        page_note(page, &page->days.notes,
                  "Service level, or what else is named; * target missed, ? cannot tell yet.");
}

void page_days(struct page *page)
{
    const oh_result *result = page->result;
    size_t judged = 0, queue[IN_FULL], queues = oh_result_things(result, OH_QUEUE);

    if (oh_result_days(result) < 2)
        return;
    for (size_t q = 0; q < queues; q++)
        judged += has_target(result, q);
    size_t candidates = judged > 0 ? judged : queues;
    page->days.title = "Days of the week";
    if (candidates > IN_FULL) {
        if (candidates > SHOWN)
            page->days.title =
                arena_printf(&page->arena, "Days of the week, the %d busiest queues", SHOWN);
        put_in_short(page, judged > 0);
        return;
    }
    size_t n =
        figure_busiest(result, OH_QUEUE, "offered", judged > 0 ? has_target : NULL, IN_FULL, queue);
    put_in_full(page, queue, n);
}
