/* page_beside.c - what else happened to callers: self-service, busy lines, second tries, transfers,
 * call-backs. Only what happens is shown: a row a kind, a column a queue.
 */
#include <string.h>

#include "lookup.h"
#include "page.h"

enum { QUEUES_SHOWN = 4 };

static const struct {
    const char *id, *words;
    bool repeats; /* callers and calls are no longer the same number */
    bool helped;  /* without a call that is answered */
} kinds[] = {
    {"self_served", "resolved by self-service", true, true},
    {"blocked", "found the line busy", false, false},
    {"balked", "hung up at once rather than wait", false, false},
    {"cut_off", "cut off at closing", false, false},
    {"left_over", "left over at the end", false, false},
    {"dropped", "dropped by an agent whose time was over", false, false},
    {"redials", "tried again after hanging up or a busy line", true, false},
    {"returns", "came back with their matter unresolved", true, false},
    {"transfers_out", "passed on to another queue", true, false},
    {"transfers_in", "came from another queue", true, false},
    {"callbacks_offered", "offered a call-back", false, false},
    {"callbacks_accepted", "accepted a call-back", true, false},
    {"callbacks_done", "reached by a call-back", true, true},
};

enum { KINDS = sizeof kinds / sizeof *kinds };

static double count(const oh_result *result, oh_level level, size_t thing, size_t kind)
{
    return figure_value(result, level, thing, OH_WHOLE, kinds[kind].id);
}

static bool something_happens(const oh_result *result, size_t queue)
{
    for (size_t k = 0; k < KINDS; k++)
        if (count(result, OH_QUEUE, queue, k) > 0)
            return true;
    return false;
}

/* The columns: queues, and `all` where it says more than one queue does. */
struct shown {
    size_t n, queue[QUEUES_SHOWN];
    bool all;
};

static void put_count(struct page *page, struct grid_row *row, size_t column, double n)
{
    char words[WORDS];
    if (n > 0)
        row->cell[column].text = page_text(page, word_count(words, n));
}

static void put_counts(struct page *page, const struct shown *s, size_t kind)
{
    struct grid_row *row = grid_row(&page->beside.grid);
    if (!row)
        return;
    row->cell[0].text = kinds[kind].words;
    for (size_t i = 0; i < s->n; i++)
        put_count(page, row, i + 1, count(page->result, OH_QUEUE, s->queue[i], kind));
    if (s->all)
        put_count(page, row, s->n + 1, count(page->result, OH_TOTAL, 0, kind));
}

/* One more figure that is no count of calls; NaN leaves its cell empty. */
static void put_figures(struct page *page, const struct shown *s, const char *words, const char *id,
                        double scale)
{
    struct grid_row *row = grid_row(&page->beside.grid);
    char number[WORDS];
    if (!row)
        return;
    row->cell[0].text = words;
    for (size_t i = 0; i < s->n + s->all; i++) {
        oh_level level = i < s->n ? OH_QUEUE : OH_TOTAL;
        double v = figure_value(page->result, level, i < s->n ? s->queue[i] : 0, OH_WHOLE, id);
        if (v == v)
            row->cell[i + 1].text = page_text(page, scale > 0 ? word_fixed(number, scale * v, 1)
                                                              : word_duration(number, v));
    }
}

void page_beside(struct page *page)
{
    const oh_result *result = page->result;
    struct grid *g = &page->beside.grid;
    struct shown s = {0};
    size_t happening = 0;
    bool repeats = false, helped = false;

    for (size_t q = 0; q < oh_result_things(result, OH_QUEUE); q++)
        happening += something_happens(result, q);
    s.n = figure_busiest(result, OH_QUEUE, "arrivals", something_happens, QUEUES_SHOWN, s.queue);
    s.all = happening > 1;
    page->beside.title =
        arena_printf(&page->arena, "What else happened, average %s%s", page->info.replication,
                     happening > QUEUES_SHOWN ? " (the busiest queues)" : "");
    grid_column(g, "", false);
    for (size_t i = 0; i < s.n; i++)
        grid_column(g, oh_result_name(result, OH_QUEUE, s.queue[i]), true);
    if (s.all)
        grid_column(g, "all", true);
    for (size_t k = 0; happening > 0 && k < KINDS; k++) {
        double all = 0;
        for (size_t q = 0; q < oh_result_things(result, OH_QUEUE); q++) {
            double n = count(result, OH_QUEUE, q, k);
            all += n > 0 ? n : 0;
        }
        if (all > 0) {
            put_counts(page, &s, k);
            repeats = repeats || kinds[k].repeats;
            helped = helped || kinds[k].helped;
        }
        if (all > 0 && strcmp(kinds[k].id, "callbacks_done") == 0)
            put_figures(page, &s, "time from asking to the call-back", "callback_wait", 0);
    }
    if (repeats && helped)
        page_note(
            page, &page->beside.notes,
            "Callers whom only self-service or a call-back helped are not among the answered.");
    if (repeats)
        put_figures(page, &s, "of 100 callers, answered in the end", "caller_answer_rate", 100);
}
