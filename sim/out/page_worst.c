/* page_worst.c - each queue's worst part of the day: the mean day hides it, callers live in it.
 *
 * Worst is the lowest service level (or what else the queue's target is on); without a target the
 * longest mean wait. Parts with less than one call a day are passed over if there are others.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lookup.h"
#include "openings.h"
#include "page.h"

enum { SHOWN = 10 };

struct worst {
    size_t queue;
    long interval; /* -1: none has a value */
    oh_estimate e;
    const oh_column *column;
    double shortfall; /* for choosing among many queues: how far from the target, relative */
};

static bool find_worst(const oh_result *result, size_t queue, double least_calls, struct worst *w)
{
    size_t main = 0;
    const oh_column *column = figure_measure(result, queue, &main);
    oh_estimate e;

    if (!column)
        return false;
    oh_result_estimate(result, OH_QUEUE, queue, OH_WHOLE, main, &e);
    bool lower_is_worse = e.has_target && !e.at_most;
    *w = (struct worst){.queue = queue, .interval = -1, .column = column};
    for (size_t i = 0; i < oh_result_intervals(result); i++) {
        double calls = figure_value(result, OH_QUEUE, queue, (long)i, "offered");
        if (!oh_result_estimate(result, OH_QUEUE, queue, (long)i, main, &e) || isnan(e.value) ||
            !(calls >= least_calls))
            continue;
        if (w->interval < 0 || (lower_is_worse ? e.value < w->e.value : e.value > w->e.value)) {
            w->interval = (long)i;
            w->e = e;
        }
    }
    oh_result_estimate(result, OH_QUEUE, queue, OH_WHOLE, main, &e);
    w->shortfall = lower_is_worse ? -w->e.value : w->e.value;
    if (e.has_target) {
        w->shortfall = lower_is_worse ? e.target - w->e.value : w->e.value - e.target;
        if (strcmp(column->metric->unit, "share") != 0 && e.target > 0)
            w->shortfall /= e.target;
        w->e.within = e.within;
    } else {
        w->shortfall = -1 / (1 + w->e.value); /* behind all that have a target, longest first */
    }
    return w->interval >= 0;
}

/* "41.2 % ± 2.1 in 20 s", "abandon rate 12.1 % ± 0.8", "mean wait 2 min 05 s". */
static const char *how_bad(struct page *page, const struct worst *w)
{
    char within[WORDS];
    const char *measured = page_measured(page, w->column, &w->e);
    if (isnan(w->e.within) || strcmp(w->column->metric->id, "service_level") != 0)
        return measured;
    return arena_printf(&page->arena, "%s in %s", measured ? measured : "",
                        word_duration(within, w->e.within));
}

/* When the opening of that interval begins. */
static oh_interval first_of_day(const oh_result *result, size_t interval)
{
    struct opening list[OPENINGS];
    size_t n = openings_of(result, list), d = 0;
    while (d + 1 < n && list[d + 1].first <= interval)
        d++;
    return oh_result_interval(result, list[d].first);
}

static void put_row(struct page *page, const struct worst *w)
{
    struct grid_row *row = grid_row(&page->worst.grid);
    const oh_result *result = page->result;
    char words[WORDS];
    if (!row)
        return;
    oh_interval at = oh_result_interval(result, (size_t)w->interval);
    row->cell[0] = (struct grid_cell){oh_result_name(result, OH_QUEUE, w->queue), TONE_STRONG};
    oh_interval first = first_of_day(result, (size_t)w->interval);
    row->cell[1].text = page_text(page, word_interval(words, &at, first.start));
    row->cell[2].text = how_bad(page, w);
    double value = figure_value(result, OH_QUEUE, w->queue, w->interval, "offered");
    row->cell[3].text = page_text(page, word_count(words, value));
    value = figure_value(result, OH_QUEUE, w->queue, w->interval, "abandoned");
    row->cell[4].text = page_text(page, word_count(words, value));
    value = figure_value(result, OH_QUEUE, w->queue, w->interval, "abandon_rate");
    row->cell[5].text = page_text(page, word_share(words, value, NAN));
    value = figure_value(result, OH_QUEUE, w->queue, w->interval, "target_met");
    if (!isnan(value) && page->info.replications > 1)
        row->cell[6].text = page_text(page, word_frequency(words, value, page->info.replication));
}

/* "half hour", "hour", "quarter of an hour", "20 minutes" from "08:00" and "08:30". */
static const char *interval_words(struct page *page)
{
    oh_interval at = oh_result_interval(page->result, 0);
    unsigned h0 = 0, m0 = 0, h1 = 0, m1 = 0;
    if (sscanf(at.start, "%u:%u", &h0, &m0) != 2 || sscanf(at.end, "%u:%u", &h1, &m1) != 2)
        return "interval";
    unsigned minutes = (60 * h1 + m1 + 1440 - 60 * h0 - m0) % 1440;
    if (minutes == 15)
        return "quarter of an hour";
    if (minutes == 30)
        return "half hour";
    if (minutes == 60)
        return "hour";
    return arena_printf(&page->arena, "%u minutes", minutes);
}

/* Keeps the worst SHOWN of many, worst first. */
static size_t insert(struct worst *list, size_t n, const struct worst *w)
{
    size_t at = n;
    while (at > 0 && list[at - 1].shortfall < w->shortfall)
        at--;
    if (at == SHOWN)
        return n;
    size_t kept = n < SHOWN ? n : SHOWN - 1;
    memmove(list + at + 1, list + at, (kept - at) * sizeof *list);
    list[at] = *w;
    return kept + 1;
}

void page_worst(struct page *page)
{
    struct grid *g = &page->worst.grid;
    struct worst list[SHOWN], w;
    size_t n = 0, queues = oh_result_things(page->result, OH_QUEUE);

    if (oh_result_intervals(page->result) < 2)
        return;
    for (size_t q = 0; q < queues; q++) {
        if (find_worst(page->result, q, 1.0, &w) || find_worst(page->result, q, 0.0, &w))
            n = insert(list, n, &w);
    }
    const char *words = interval_words(page);
    if (queues > SHOWN)
        page->worst.title = arena_printf(&page->arena, "Worst %s of the %d queues in most trouble",
                                         words ? words : "", SHOWN);
    else
        page->worst.title = arena_printf(&page->arena, "Worst %s%s", words ? words : "",
                                         queues > 1 ? " of each queue, worst first" : "");
    grid_column(g, "queue", false);
    grid_column(g, "when", false);
    grid_column(g, "how bad", false);
    grid_column(g, "offered", true);
    grid_column(g, "abandoned", true);
    grid_column(g, "", true);
    grid_column(g, "target met", false);
    for (size_t i = 0; i < n; i++)
        put_row(page, &list[i]);
}
