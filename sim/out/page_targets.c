/* page_targets.c - the verdicts: each target, whether it is met, how sure that is, how often. */
#include <math.h>
#include <string.h>

#include "lookup.h"
#include "page.h"

enum { VERDICTS = VERDICT_UNDEFINED + 1 };

enum tone page_tone(enum verdict verdict)
{
    static const enum tone tones[VERDICTS] = {TONE_GOOD, TONE_BAD, TONE_UNSURE, TONE_UNSURE};
    return tones[verdict];
}

static void put_target(struct page *page, const char *name, const oh_column *column,
                       const oh_estimate *e, size_t counts[VERDICTS])
{
    struct grid_row *row = grid_row(&page->targets.grid);
    char words[WORDS], more[WORDS];
    if (!row)
        return;
    enum verdict verdict = verdict_of(e);
    counts[verdict]++;
    row->cell[0] = (struct grid_cell){name, TONE_STRONG};
    row->cell[1].text = arena_printf(&page->arena, "%s:", word_target(words, column, e));
    word_measured(words, column->metric->unit, e, e->half_width);
    word_more(more, e, &page->info);
    row->cell[2].tone = page_tone(verdict);
    row->cell[2].text = verdict == VERDICT_UNDEFINED
                            ? verdict_words(verdict)
                            : arena_printf(&page->arena, "%s, %s", verdict_words(verdict), words);
    row->cell[4] = (struct grid_cell){page_text(page, more), TONE_FAINT};
}

/* Which metric a target is set on, in words, once. */
static void explain(struct page *page, const oh_column *column, bool *done)
{
    size_t i = 0;
    while (i < oh_metric_count() && oh_metric_at(i) != column->metric)
        i++;
    if (i < oh_metric_count() && done) {
        if (done[i])
            return;
        done[i] = true;
    }
    page_note(page, &page->targets.notes,
              arena_printf(&page->arena, "%s: %s", column->metric->id, column->metric->label));
}

/* Rows of one queue or group; the share of days that met them all on the first. */
static void put_thing(struct page *page, oh_level level, size_t thing, bool *explained,
                      size_t counts[VERDICTS])
{
    const oh_result *result = page->result;
    const char *name = oh_result_name(result, level, thing);
    struct grid_row *before = page->targets.grid.last;
    char words[WORDS];
    oh_estimate e;

    for (size_t c = 0; c < oh_result_columns(result, level); c++) {
        const oh_column *column = oh_result_column(result, level, c);
        if (!oh_result_estimate(result, level, thing, OH_WHOLE, c, &e) || !e.has_target)
            continue;
        put_target(page, page->targets.grid.last == before ? name : "", column, &e, counts);
        explain(page, column, explained);
    }
    struct grid_row *first = before ? before->next : page->targets.grid.first;
    if (!first) {
        if (level == OH_QUEUE && (first = grid_row(&page->targets.grid))) {
            first->cell[0] = (struct grid_cell){name, TONE_STRONG};
            first->cell[1] = (struct grid_cell){"no target given", TONE_FAINT};
        }
        return;
    }
    double share = figure_value(result, level, thing, OH_WHOLE, "target_met");
    if (!isnan(share) && page->info.replications > 1)
        first->cell[3].text = arena_printf(&page->arena, "met %s",
                                           word_frequency(words, share, page->info.replication));
}

/* One line above many: how many targets are met, missed, open. */
static void put_headline(struct page *page, const size_t counts[VERDICTS])
{
    size_t all = 0;
    for (size_t v = 0; v < VERDICTS; v++)
        all += counts[v];
    if (all < 2)
        return;
    size_t open = counts[VERDICT_OPEN] + counts[VERDICT_UNDEFINED];
    page->sheet.headline_tone = counts[VERDICT_MISSED] ? TONE_BAD : open ? TONE_UNSURE : TONE_GOOD;
    if (counts[VERDICT_MET] == all)
        page->sheet.headline = arena_printf(&page->arena, "all %zu targets met", all);
    else if (open)
        page->sheet.headline =
            arena_printf(&page->arena, "%zu of %zu targets met, %zu missed, %zu cannot be told yet",
                         counts[VERDICT_MET], all, counts[VERDICT_MISSED], open);
    else
        page->sheet.headline = arena_printf(&page->arena, "%zu of %zu targets met, %zu missed",
                                            counts[VERDICT_MET], all, counts[VERDICT_MISSED]);
}

void page_targets(struct page *page)
{
    size_t counts[VERDICTS] = {0};
    bool *explained = arena_array(&page->arena, oh_metric_count() + 1, sizeof *explained);

    page->targets.title = "Targets";
    for (size_t c = 0; c < 5; c++)
        grid_column(&page->targets.grid, "", false);
    for (size_t q = 0; q < oh_result_things(page->result, OH_QUEUE); q++)
        put_thing(page, OH_QUEUE, q, explained, counts);
    for (size_t g = 0; g < oh_result_things(page->result, OH_AGENTS); g++)
        put_thing(page, OH_AGENTS, g, explained, counts);
    put_headline(page, counts);
}
