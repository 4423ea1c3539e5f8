/* plot_queue.c - data of the picture of the line: how many are waiting over the day or week. */
#include <math.h>
#include <stdio.h>

#include "lookup.h"
#include "plot_axis.h"
#include "wording.h"
#include "writers.h"

static void put_facts(struct emit *e, const oh_result *result, size_t q)
{
    char mean[WORDS], most[WORDS], text[3 * WORDS];
    plot_block(e, "panel: facts", "queue, how many wait on average and at most");
    plot_string(e, oh_result_name(result, OH_QUEUE, q));
    double length = figure_value(result, OH_QUEUE, q, OH_WHOLE, "queue_length");
    snprintf(text, sizeof text, "%.60s on average, up to %.60s at once",
             word_fixed(mean, length, length < 1 ? 2 : 1),
             word_fixed(most, figure_value(result, OH_QUEUE, q, OH_WHOLE, "queue_max"), 0));
    plot_string(e, text);
    plot_end_line(e);
}

static void put_interval(struct emit *e, const struct plot_axis *axis, size_t q, size_t i)
{
    struct span at = plot_axis_span(axis, i);
    oh_spread s = {.p5 = NAN, .p25 = NAN, .p75 = NAN, .p95 = NAN};
    long column = oh_result_column_find(axis->result, OH_QUEUE, "queue_length");
    if (column >= 0)
        oh_result_spread(axis->result, OH_QUEUE, q, (long)i, (size_t)column, &s);
    plot_number(e, at.start);
    plot_number(e, at.end);
    plot_number(e, 0.5 * (at.start + at.end));
    plot_number(e, figure_value(axis->result, OH_QUEUE, q, (long)i, "queue_length"));
    plot_number(e, s.p5);
    plot_number(e, s.p25);
    plot_number(e, s.p75);
    plot_number(e, s.p95);
    plot_end_line(e);
}

oh_status write_plot_queue(const oh_result *result, const oh_write_context *context, oh_sink sink)
{
    struct emit e = emit_to(sink);
    size_t queue[PLOT_PANELS], intervals = oh_result_intervals(result);
    size_t n = figure_busiest(result, OH_QUEUE, "offered", NULL, PLOT_PANELS, queue);

    (void)context;
    if (intervals == 0)
        n = 0;
    plot_begin(&e, result, "Calls waiting over time.", "How many are waiting?", OH_QUEUE, n);
    if (n == 0)
        return emit_status(&e);
    struct plot_axis axis = plot_axis_begin(&e, result);
    for (size_t i = 0; i < n; i++) {
        put_facts(&e, result, queue[i]);
        plot_block(&e, "panel: intervals",
                   "start and end, middle, calls waiting on average, 5th, 25th, 75th and 95th "
                   "percentile of the replications");
        for (size_t k = 0; k < intervals; k++) {
            put_interval(&e, &axis, queue[i], k);
            plot_axis_gap(&e, &axis, k);
        }
    }
    return emit_status(&e);
}
