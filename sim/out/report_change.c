/* report_change.c - what one agent more or fewer does: the same days again with other agents.
 *
 * The callers are the same, so the difference is far surer than the figures themselves (compare.h).
 */
#include <math.h>
#include <string.h>

#include <onhold/compare.h>

#include "lookup.h"
#include "report_parts.h"

/* Queues that a change is told for. */
enum { QUEUES_SHOWN = 3 };

static const char *who(struct report *r, const oh_report_change *change)
{
    int n = change->by < 0 ? -change->by : change->by;
    char count[WORDS];
    return arena_printf(
        &r->page.arena, "%s: %s %s", oh_result_name(r->page.result, OH_AGENTS, change->group),
        n == 1 ? "one" : word_fixed(count, n, 0), change->by < 0 ? "fewer" : "more");
}

/* "+8.3 points ± 0.4", "-12 s ± 2 s". */
static const char *difference(struct report *r, const char *unit, const oh_difference *d)
{
    char number[WORDS], error[WORDS] = "";
    bool share = strcmp(unit, "share") == 0, seconds = strcmp(unit, "s") == 0;
    if (isnan(d->difference))
        return WORD_UNDEFINED;
    double scale = share ? 100 : 1, size = fabs(d->difference);
    const char *sign = d->difference < 0 ? "\xE2\x88\x92" : "+";
    if (seconds)
        word_duration(number, size);
    else
        word_fixed(number, scale * size, 1);
    if (!isnan(d->half_width) && seconds)
        word_duration(error, d->half_width);
    else if (!isnan(d->half_width))
        word_fixed(error, scale * d->half_width, 1);
    return arena_printf(&r->page.arena, "%s%s%s%s%s", sign, number, share ? " points" : "",
                        *error ? " \xC2\xB1 " : "", error);
}

static bool measured(struct report *r, const oh_report_change *change, size_t queue,
                     const oh_column **column, oh_difference *d)
{
    size_t c = 0;
    *column = figure_main(r->page.result, queue, &c);
    if (!*column)
        *column = figure_measure(r->page.result, queue, &c);
    return *column && oh_difference_read(r->page.result, change->result, OH_QUEUE,
                                         oh_result_name(r->page.result, OH_QUEUE, queue), OH_WHOLE,
                                         (*column)->id, 1, d);
}

/* The share of days that meet all targets, before and after. */
static const char *days_met(struct report *r, const oh_result *result, size_t queue)
{
    char words[WORDS];
    double met = figure_value(result, OH_QUEUE, queue, OH_WHOLE, "target_met");
    bool days = strcmp(r->page.info.replication, "run") != 0;
    return isnan(met) || !days
               ? NULL
               : page_text(&r->page, word_frequency(words, met, r->page.info.replication));
}

static void put_row(struct report *r, const oh_report_change *change, size_t queue, bool first)
{
    const oh_column *column;
    oh_difference d, gone, cost;
    struct arena *a = &r->page.arena;
    char now[WORDS], then[WORDS], name[WORDS];
    const char *queue_name = oh_result_name(r->page.result, OH_QUEUE, queue);
    if (!measured(r, change, queue, &column, &d))
        return;
    struct grid_row *row = grid_row(&r->change.grid);
    if (!row)
        return;
    const char *unit = column->metric->unit;
    row->cell[0] = (struct grid_cell){first ? who(r, change) : NULL, TONE_STRONG};
    row->cell[1].text =
        strcmp(column->id, "service_level") == 0
            ? queue_name
            : arena_printf(a, "%s, %s", queue_name,
                           strcmp(column->id, "wait") == 0 ? "mean wait"
                                                           : word_metric(name, column->id));
    row->cell[2].text = arena_printf(a, "%s \xE2\x86\x92 %s", word_estimate(now, unit, d.base, NAN),
                                     word_estimate(then, unit, d.value, NAN));
    row->cell[3].text = difference(r, unit, &d);
    if (oh_difference_read(r->page.result, change->result, OH_QUEUE, queue_name, OH_WHOLE,
                           "abandon_rate", 1, &gone))
        row->cell[4].text = difference(r, "share", &gone);
    row->cell[5].text = days_met(r, change->result, queue);
    if (first && r->page.money.grid.rows > 0 &&
        oh_difference_read(r->page.result, change->result, OH_TOTAL, "", OH_WHOLE, "cost", 1,
                           &cost)) {
        const char *sign = cost.difference < 0 ? "\xE2\x88\x92" : "+";
        row->cell[6].text =
            arena_printf(a, "%s%s", sign,
                         word_sum(now, fabs(cost.difference), cost.half_width,
                                  oh_model_currency(oh_result_model(r->page.result))));
    }
}

/* Queues by how much the change moves them, in half widths; those it does not move are left out. */
static size_t most_moved(struct report *r, const oh_report_change *change,
                         size_t queue[QUEUES_SHOWN])
{
    double strength[QUEUES_SHOWN];
    size_t n = 0;
    for (size_t q = 0; q < oh_result_things(r->page.result, OH_QUEUE); q++) {
        const oh_column *column;
        oh_difference d;
        if (!measured(r, change, q, &column, &d) || isnan(d.difference) || d.difference == 0)
            continue;
        double own = d.half_width > 0 ? fabs(d.difference) / d.half_width : HUGE_VAL;
        size_t at = n;
        while (at > 0 && strength[at - 1] < own)
            at--;
        if (at == QUEUES_SHOWN)
            continue;
        n += n < QUEUES_SHOWN;
        for (size_t k = n - 1; k > at; k--) {
            strength[k] = strength[k - 1];
            queue[k] = queue[k - 1];
        }
        strength[at] = own;
        queue[at] = q;
    }
    return n;
}

static void put_change(struct report *r, const oh_report_change *change)
{
    size_t queue[QUEUES_SHOWN], n = most_moved(r, change, queue);
    for (size_t i = 0; i < n; i++)
        put_row(r, change, queue[i], i == 0);
    if (n > 0)
        return;
    struct grid_row *row = grid_row(&r->change.grid);
    if (!row)
        return;
    row->cell[0] = (struct grid_cell){who(r, change), TONE_STRONG};
    row->cell[1].text = "changes nothing";
}

void report_change(struct report *r)
{
    struct grid *g = &r->change.grid;
    struct arena *a = &r->page.arena;
    const char *n = r->page.info.replication;
    bool days = strcmp(n, "run") != 0;
    r->change.title = "What does one agent more or fewer do?";
    grid_column(g, "agents", false);
    grid_column(g, "queue", false);
    grid_column(g, "now \xE2\x86\x92 then", false);
    grid_column(g, "change", true);
    grid_column(g, "hang-ups", true);
    grid_column(g, days ? "target then met" : "", false);
    grid_column(g, arena_printf(a, "cost a %s", n), true);
    for (size_t i = 0; i < r->given->changes_count; i++)
        put_change(r, &r->given->changes[i]);
    if (g->rows > 0)
        page_note(&r->page, &r->change.notes,
                  arena_printf(a,
                               "One agent more or fewer %s, with the very same callers in the very "
                               "same %ss: so the change is surer than the figures themselves. "
                               "\xC2\xB1 is its interval.",
                               strcmp(n, "week") == 0  ? "all week"
                               : strcmp(n, "day") == 0 ? "all day"
                                                       : "all the time",
                               n));
}
