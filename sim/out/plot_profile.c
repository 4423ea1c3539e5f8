/* plot_profile.c - data of the picture of the day or week: calls, and service level with its band.
 *
 * The band runs from the 5th to the 95th percentile of the days (weeks), the bars from the
 * estimate's lower to its upper end. A queue without a target shows its mean wait instead.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lookup.h"
#include "plot_axis.h"
#include "wording.h"
#include "writers.h"

/* What the lower picture of a queue shows. */
struct shown {
    const oh_column *column; /* NULL: nothing */
    size_t number;
    double scale; /* from the metric's unit to the axis' */
    bool share;
    char axis[WORDS];
};

/* Waits of hours are not told in seconds. */
static double largest(const oh_result *result, size_t q, size_t column)
{
    double most = 0;
    for (size_t i = 0; i < oh_result_intervals(result); i++) {
        oh_estimate e;
        oh_spread s;
        if (oh_result_estimate(result, OH_QUEUE, q, (long)i, column, &e))
            most = fmax(most, e.value);
        if (oh_result_spread(result, OH_QUEUE, q, (long)i, column, &s))
            most = fmax(most, s.p95);
    }
    return most;
}

static struct shown choose(const oh_result *result, size_t q, oh_estimate *whole)
{
    struct shown s = {.column = NULL, .scale = 1};
    *whole = (oh_estimate){.value = NAN, .half_width = NAN, .target = NAN, .within = NAN};
    s.column = figure_measure(result, q, &s.number);
    if (!s.column)
        return s;
    oh_result_estimate(result, OH_QUEUE, q, OH_WHOLE, s.number, whole);
    const char *unit = s.column->metric->unit;
    s.share = strcmp(unit, "share") == 0;
    if (s.share) {
        s.scale = 100;
        unit = "%";
    } else if (strcmp(unit, "s") == 0) {
        double most = largest(result, q, s.number);
        s.scale = most > 5 * 3600 ? 1.0 / 3600 : most > 10 * 60 ? 1.0 / 60 : 1;
        unit = most > 5 * 3600 ? "h" : most > 10 * 60 ? "min" : "s";
    }
    bool level = strncmp(s.column->metric->id, "service_level", 13) == 0;
    char name[WORDS];
    snprintf(s.axis, sizeof s.axis, "%.60s (%.20s)",
             level ? "service level" : word_metric(name, s.column->metric->id), unit);
    return s;
}

static void put_facts(struct emit *e, const struct plot_axis *axis, size_t q, const struct shown *s,
                      const oh_estimate *whole)
{
    const oh_result *result = axis->result;
    char verdict[WORDS], step[WORDS], calls[WORDS], target[2 * WORDS], level[WORDS];
    plot_block(e, "panel: facts",
               "queue, verdict, label of the upper and of the lower axis, label of the target, "
               "target in the lower axis' unit, end of "
               "the lower axis (-1: as the data need)");
    plot_string(e, oh_result_name(result, OH_QUEUE, q));
    plot_string(e, plot_verdict(verdict, whole->has_target ? s->column : NULL, whole));
    snprintf(calls, sizeof calls, "calls per %.60s", plot_axis_step(step, axis));
    plot_string(e, calls);
    plot_string(e, s->axis);
    if (s->share)
        word_round_share(level, whole->target);
    else
        word_duration(level, whole->target);
    snprintf(target, sizeof target, "target %s", level);
    plot_string(e, whole->has_target ? target : "");
    plot_number(e, whole->has_target ? s->scale * whole->target : PLOT_NO_MARK);
    plot_number(e, s->share ? 100 : PLOT_NO_MARK);
    plot_end_line(e);
}

static double bounded(double value, bool share)
{
    return value < 0 ? 0 : share && value > 100 ? 100 : value;
}

static void put_interval(struct emit *e, const struct plot_axis *axis, size_t q, size_t i,
                         const struct shown *s)
{
    const oh_result *result = axis->result;
    struct span at = plot_axis_span(axis, i);
    double answered = figure_value(result, OH_QUEUE, q, (long)i, "answered");
    double abandoned = figure_value(result, OH_QUEUE, q, (long)i, "abandoned");
    oh_estimate m = {.value = NAN, .half_width = NAN};
    oh_spread days = {.n = 0, .p5 = NAN, .p95 = NAN};
    bool share = s->share;

    if (s->column && oh_result_estimate(result, OH_QUEUE, q, (long)i, s->number, &m))
        oh_result_spread(result, OH_QUEUE, q, (long)i, s->number, &days);
    double half = isnan(m.half_width) ? 0 : m.half_width;
    plot_number(e, at.start);
    plot_number(e, at.end);
    plot_number(e, 0.5 * (at.start + at.end));
    plot_number(e, figure_value(result, OH_QUEUE, q, (long)i, "offered"));
    plot_number(e, answered);
    plot_number(e, answered + abandoned);
    plot_number(e, s->scale * m.value);
    plot_number(e, bounded(s->scale * (m.value - half), share));
    plot_number(e, bounded(s->scale * (m.value + half), share));
    plot_number(e, s->scale * days.p5);
    plot_number(e, s->scale * days.p95);
    plot_end_line(e);
}

oh_status write_plot_profile(const oh_result *result, const oh_write_context *context, oh_sink sink)
{
    struct emit e = emit_to(sink);
    size_t queue[PLOT_PANELS];
    size_t n = figure_busiest(result, OH_QUEUE, "offered", NULL, PLOT_PANELS, queue);

    (void)context;
    if (oh_result_intervals(result) == 0)
        n = 0;
    bool week = oh_result_days(result) > 0;
    plot_begin(&e, result, "Calls and service level over time.",
               week ? "How does the week run?" : "How does the day run?", OH_QUEUE, n);
    if (n == 0)
        return emit_status(&e);
    struct plot_axis axis = plot_axis_begin(&e, result);
    for (size_t i = 0; i < n; i++) {
        oh_estimate whole;
        struct shown s = choose(result, queue[i], &whole);
        put_facts(&e, &axis, queue[i], &s, &whole);
        plot_block(&e, "panel: intervals",
                   "start and end, middle, offered calls, answered, answered and abandoned, lower "
                   "axis: value, lower and upper end of its interval, 5th and 95th percentile "
                   "of the replications");
        for (size_t k = 0; k < oh_result_intervals(result); k++) {
            put_interval(&e, &axis, queue[i], k, &s);
            plot_axis_gap(&e, &axis, k);
        }
    }
    return emit_status(&e);
}
