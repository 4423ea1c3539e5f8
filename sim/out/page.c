/* page.c - the page as a whole: its head, and the sections made one by one. */
#include "page.h"

#include <string.h>

#include "lookup.h"

const char *page_text(struct page *page, const char *words)
{
    return arena_strdup(&page->arena, words);
}

void page_note(struct page *page, struct page_lines *lines, const char *text)
{
    sheet_note(&page->arena, lines, text);
}

const char *page_measured(struct page *page, const oh_column *column, const oh_estimate *e)
{
    char words[WORDS], name[WORDS];
    const char *id = column->metric->id;
    word_measured(words, column->metric->unit, e, e->half_width);
    if (strcmp(id, "service_level") == 0)
        return page_text(page, words);
    if (strcmp(id, "wait") == 0)
        return arena_printf(&page->arena, "mean wait %s", words);
    return arena_printf(&page->arena, "%s %s", word_metric(name, id), words);
}

/* "200 days, seed 1", with the first number where it is not 1. */
static void make_head(struct page *page)
{
    struct arena *a = &page->arena;
    struct sheet *sheet = &page->sheet;
    const oh_model *model = oh_result_model(page->result);
    const oh_run_info *info = &page->info;
    char confidence[WORDS], n[WORDS];
    const char *s = info->replications == 1 ? "" : "s";

    sheet->title = oh_model_name(model);
    if (page->context->variant && *page->context->variant)
        sheet->title = arena_printf(a, "%s, variant %s", sheet->title, page->context->variant);
    sheet->about = oh_model_about(model);
    sheet->question = sheet_question(a, sheet->about);

    word_fixed(n, info->replications, 0);
    const char *from = "";
    if (info->first != 1)
        from = arena_printf(a, " from number %u", (unsigned)info->first);
    word_round_share(confidence, info->confidence);
    sheet->basis = arena_printf(a, "%s %s%s simulated%s, seed %u%s%s%s%s", n, info->replication, s,
                                from ? from : "", (unsigned)info->seed,
                                strcmp(info->stopped_by, "precision") == 0
                                    ? ", as many as the precision asked for took"
                                    : "",
                                info->replications > 1 ? "; \xC2\xB1 is the " : "",
                                info->replications > 1 ? confidence : "",
                                info->replications > 1 ? " confidence interval" : "");
    bool precise = strcmp(info->stopped_by, "precision") == 0;
    if (!precise && strcmp(info->stopped_by, "replications") != 0)
        sheet->stopped = arena_printf(a, "stopped early (%s): these are the %s that were complete",
                                      info->stopped_by,
                                      info->replications == 1                  ? info->replication
                                      : strcmp(info->replication, "day") == 0  ? "days"
                                      : strcmp(info->replication, "week") == 0 ? "weeks"
                                                                               : "runs");
}

oh_status page_make(struct page *page, const oh_result *result, const oh_write_context *context)
{
    memset(page, 0, sizeof *page);
    arena_init(&page->arena);
    page->result = result;
    page->context = context;
    page->info = oh_result_info(result);
    struct page_section *const order[] = {&page->targets, &page->calls, &page->beside,
                                          &page->agents,  &page->money, &page->days,
                                          &page->worst,   &page->theory};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        grid_init(&order[i]->grid, &page->arena);
        sheet_add(&page->sheet, order[i]);
    }
    page->sheet.warnings = context->warnings;
    page->sheet.warnings_count = context->warnings_count;
    make_head(page);
    page_targets(page);
    page_calls(page);
    page_beside(page);
    page_agents(page);
    page_money(page);
    page_days(page);
    page_worst(page);
    if (context->gap)
        page_gap(page);
    else
        page_theory(page);
    return page->arena.failed ? OH_NO_MEMORY : OH_OK;
}

void page_free(struct page *page)
{
    arena_free(&page->arena);
}
