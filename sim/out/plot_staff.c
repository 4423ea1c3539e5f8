/* plot_staff.c - data of the picture of a staffing search: required, planned now and busy agents
 * over the day or week.
 */
#include <math.h>
#include <stdio.h>

#include <onhold/staff.h>

#include "lookup.h"
#include "plot_axis.h"
#include "wording.h"

static void put_facts(struct emit *e, const oh_staffing *f, size_t g)
{
    char words[WORDS], now[WORDS], text[3 * WORDS];
    oh_staff_group group = oh_staffing_group(f, g);
    snprintf(text, sizeof text, "%s agent hours, now %s", word_fixed(words, group.hours, 1),
             word_fixed(now, group.now, 1));
    plot_block(e, "panel: facts",
               "group, hours, 1 if scheduled differs from required, 2 since required is known");
    plot_string(e, group.name);
    plot_string(e, text);
    plot_number(e, fabs(group.hours - group.scheduled_hours) > 1e-9);
    plot_number(e, 2);
    plot_end_line(e);
}

static void put_line(struct emit *e, const oh_staffing *f, size_t g, size_t i, double at,
                     double end)
{
    const oh_result *result = oh_staffing_result(f);
    oh_staff_heads h = oh_staffing_heads(f, g, i);
    plot_number(e, at);
    plot_number(e, end);
    plot_number(e, h.scheduled);
    plot_number(e, h.required_now);
    plot_number(e, NAN);
    plot_number(e, figure_value(result, OH_AGENTS, g, (long)i, "busy"));
    plot_number(e, NAN);
    plot_number(e, NAN);
    plot_number(e, h.required);
    plot_end_line(e);
}

oh_status oh_staffing_write_plot(const oh_staffing *f, oh_sink sink)
{
    const oh_result *result = oh_staffing_result(f);
    struct emit e = emit_to(sink);
    size_t group[PLOT_PANELS], n = 0, intervals = result ? oh_result_intervals(result) : 0;
    if (!result)
        return OH_ARGUMENT;
    for (size_t g = 0; intervals > 0 && g < oh_result_things(result, OH_AGENTS); g++)
        if (oh_staffing_group(f, g).chosen && n < PLOT_PANELS)
            group[n++] = g;
    plot_begin(&e, result, "Agents required and planned over time.",
               oh_staffing_info(f).met ? "How many agents does it take?"
                                       : "What as many agents as allowed would be",
               OH_AGENTS, n);
    if (n == 0)
        return emit_status(&e);
    struct plot_axis axis = plot_axis_begin(&e, result);
    for (size_t i = 0; i < n; i++) {
        put_facts(&e, f, group[i]);
        plot_block(&e, "panel: intervals",
                   "start and end, agents scheduled, planned now, nothing, busy of the required, "
                   "nothing twice, required; before a gap and at the end a line that ends the "
                   "steps");
        for (size_t k = 0; k < intervals; k++) {
            struct span at = plot_axis_span(&axis, k);
            put_line(&e, f, group[i], k, at.start, at.end);
            if (plot_axis_ends(&axis, k))
                put_line(&e, f, group[i], k, at.end, at.end);
            plot_axis_gap(&e, &axis, k);
        }
    }
    return emit_status(&e);
}
