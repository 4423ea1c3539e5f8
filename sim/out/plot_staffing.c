/* plot_staffing.c - data of the picture of agents: planned, present, busy and needed over the day
 * or week.
 */
#include <math.h>
#include <stdio.h>

#include "lookup.h"
#include "plot_axis.h"
#include "plot_model.h"
#include "wording.h"
#include "writers.h"

static void put_facts(struct emit *e, const oh_result *result, size_t g, bool needed)
{
    oh_estimate occupancy;
    char words[WORDS], text[2 * WORDS];
    bool shrinks = false;
    for (size_t i = 0; i < oh_result_intervals(result); i++) {
        double scheduled = figure_value(result, OH_AGENTS, g, (long)i, "scheduled");
        double planned = figure_value(result, OH_AGENTS, g, (long)i, "planned");
        shrinks = shrinks || fabs(scheduled - planned) > 1e-9;
    }
    figure(result, OH_AGENTS, g, OH_WHOLE, "occupancy", &occupancy);
    plot_block(e, "panel: facts",
               "group, occupancy, 1 if scheduled differs from planned, 1 if it is known how many "
               "are needed");
    plot_string(e, oh_result_name(result, OH_AGENTS, g));
    snprintf(text, sizeof text, "occupancy %s",
             word_estimate(words, "share", occupancy.value, occupancy.half_width));
    plot_string(e, text);
    plot_number(e, shrinks);
    plot_number(e, needed);
    plot_end_line(e);
}

static void put_line(struct emit *e, const oh_result *result, size_t g, size_t i, double at,
                     double end, double needed)
{
    static const char *const ids[] = {"scheduled", "planned", "staffed", "busy"};
    oh_spread days = {.n = 0, .p5 = NAN, .p95 = NAN};
    long busy = oh_result_column_find(result, OH_AGENTS, "busy");

    if (busy >= 0)
        oh_result_spread(result, OH_AGENTS, g, (long)i, (size_t)busy, &days);
    plot_number(e, at);
    plot_number(e, end);
    for (size_t k = 0; k < sizeof ids / sizeof *ids; k++)
        plot_number(e, figure_value(result, OH_AGENTS, g, (long)i, ids[k]));
    plot_number(e, days.p5);
    plot_number(e, days.p95);
    plot_number(e, needed);
    plot_end_line(e);
}

oh_status write_plot_staffing(const oh_result *result, const oh_write_context *context,
                              oh_sink sink)
{
    struct emit e = emit_to(sink);
    size_t group[PLOT_PANELS], intervals = oh_result_intervals(result);
    size_t n = figure_busiest(result, OH_AGENTS, "staffed", NULL, PLOT_PANELS, group);

    (void)context;
    if (intervals == 0)
        n = 0;
    plot_begin(&e, result, "Agents over time.", "Who is there, and how busy?", OH_AGENTS, n);
    if (n == 0)
        return emit_status(&e);
    struct arena arena;
    arena_init(&arena);
    struct plot_axis axis = plot_axis_begin(&e, result);
    for (size_t i = 0; i < n; i++) {
        const double *needed = plot_needed(result, group[i], &arena);
        put_facts(&e, result, group[i], needed != NULL);
        plot_block(&e, "panel: intervals",
                   "start and end, agents scheduled, planned, present, busy, 5th and 95th "
                   "percentile of busy over the replications, fewest agents for the target by "
                   "Erlang's formulas; before a gap and at the end a line that ends the steps");
        for (size_t k = 0; k < intervals; k++) {
            struct span at = plot_axis_span(&axis, k);
            double need = needed ? needed[k] : NAN;
            put_line(&e, result, group[i], k, at.start, at.end, need);
            if (plot_axis_ends(&axis, k))
                put_line(&e, result, group[i], k, at.end, at.end, need);
            plot_axis_gap(&e, &axis, k);
        }
    }
    bool failed = arena.failed;
    arena_free(&arena);
    return failed ? OH_NO_MEMORY : emit_status(&e);
}
