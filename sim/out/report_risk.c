/* report_risk.c - the risk: how the days differ, and how many of ten meet the targets.
 *
 * A manager lives through days, not through the mean.
 */
#include <math.h>
#include <string.h>

#include "lookup.h"
#include "report_parts.h"

static void put_row(struct report *r, size_t queue)
{
    const oh_result *result = r->page.result;
    size_t column = 0;
    oh_estimate e;
    oh_spread s;
    char words[WORDS];
    const oh_column *main = figure_main(result, queue, &column);
    if (!main || !oh_result_estimate(result, OH_QUEUE, queue, OH_WHOLE, column, &e) ||
        !oh_result_spread(result, OH_QUEUE, queue, OH_WHOLE, column, &s) || s.n < 2)
        return;
    struct grid_row *row = grid_row(&r->risk.grid);
    if (!row)
        return;
    const char *unit = main->metric->unit;
    double bad = e.at_most ? s.p95 : s.p5, good = e.at_most ? s.p5 : s.p95;
    double worst = e.at_most ? s.max : s.min;
    double met = figure_value(result, OH_QUEUE, queue, OH_WHOLE, "target_met");
    row->cell[0] = (struct grid_cell){oh_result_name(result, OH_QUEUE, queue), TONE_STRONG};
    row->cell[1].text = page_text(&r->page, word_target(words, main, &e));
    row->cell[2].text = page_text(&r->page, word_frequency(words, met, r->page.info.replication));
    row->cell[3].text = page_text(&r->page, word_estimate(words, unit, worst, NAN));
    row->cell[4].text = page_text(&r->page, word_estimate(words, unit, bad, NAN));
    row->cell[5].text = page_text(&r->page, word_estimate(words, unit, s.p50, NAN));
    row->cell[6].text = page_text(&r->page, word_estimate(words, unit, good, NAN));
}

void report_risk(struct report *r)
{
    struct grid *g = &r->risk.grid;
    struct arena *a = &r->page.arena;
    const char *n = r->page.info.replication;

    r->risk.title = arena_printf(a, "The risk: how many %ss of ten meet the target?", n);
    if (strcmp(n, "run") == 0 || r->page.info.replications < 2)
        return; /* the long run has no days, one day no others */
    grid_column(g, "queue", false);
    grid_column(g, "target", false);
    grid_column(g, "met", false);
    grid_column(g, arena_printf(a, "worst %s", n), true);
    grid_column(g, arena_printf(a, "a bad %s", n), true);
    grid_column(g, arena_printf(a, "a usual %s", n), true);
    grid_column(g, arena_printf(a, "a good %s", n), true);
    for (size_t q = 0; q < oh_result_things(r->page.result, OH_QUEUE); q++)
        put_row(r, q);
    page_note(&r->page, &r->risk.notes,
              arena_printf(a,
                           "A bad %s: one of twenty is worse. A usual %s: half are worse. A good "
                           "%s: one of twenty is better. Met counts the %ss on which all targets "
                           "of the queue hold.",
                           n, n, n, n));
}
