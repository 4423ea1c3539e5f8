/* plot_compare.c - data of the picture of a comparison: by each thing that counts, how far every
 * variant is from the base, with its interval, and how far it would have to be for the target.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "compare_writers.h"
#include "plot_data.h"

static double scale_of(const oh_metric *metric)
{
    return strcmp(metric->unit, "share") == 0 ? 100 : 1;
}

static const char *axis_unit(const oh_metric *metric)
{
    return strcmp(metric->unit, "share") == 0 ? "points" : metric->unit;
}

/* What the base lacks to its target; NaN: it has none. */
static double to_target(const oh_comparison *c, const oh_best *best)
{
    oh_estimate e;
    if (criterion_estimate(c, best, 0, &e) && e.has_target)
        return e.target - e.value;
    return NAN;
}

static void put_facts(struct emit *e, const oh_comparison *c, const oh_best *best)
{
    const oh_metric *metric = oh_comparison_column(c, best->level, best->column)->metric;
    char what[WORDS], axis[2 * WORDS], name[WORDS];
    double target = to_target(c, best);
    plot_block(
        e, "panel: facts",
        "what is compared, label of the axis, number of variants, 1 if the base has a target, "
        "its distance from the base");
    plot_string(e, criterion_words(what, c, best));
    snprintf(axis, sizeof axis, "difference of %.60s from %.60s (%.20s)",
             word_metric(name, oh_comparison_column(c, best->level, best->column)->id),
             oh_comparison_name(c, 0), axis_unit(metric));
    plot_string(e, axis);
    plot_number(e, (double)oh_comparison_count(c) - 1);
    plot_number(e, !isnan(target));
    plot_number(e, isnan(target) ? 0 : scale_of(metric) * target);
    plot_end_line(e);
}

/* The end of a long name, which a picture has no room for: that of a file tells most. */
static const char *short_name(char *buffer, const char *name)
{
    enum { MOST = 22 };
    const char *tail = name;
    if (word_width(name) <= MOST)
        return name;
    while (word_width(tail) > MOST - 1 || ((unsigned char)*tail & 0xC0) == 0x80)
        tail++;
    snprintf(buffer, WORDS, "\xE2\x80\xA6%.100s", tail);
    return buffer;
}

static void put_variants(struct emit *e, const oh_comparison *c, const oh_best *best)
{
    const oh_metric *metric = oh_comparison_column(c, best->level, best->column)->metric;
    double scale = scale_of(metric);
    char words[WORDS];
    plot_block(e, "panel: variants",
               "place from the bottom, difference, its interval from, to, 1 better 0 not told -1 "
               "worse, name, in words");
    for (size_t i = 1; i < oh_comparison_count(c); i++) {
        oh_difference d;
        if (!oh_comparison_read(c, i, best->level, best->thing, OH_WHOLE, best->column, &d))
            continue;
        double half = isnan(d.half_width) ? 0 : d.half_width;
        plot_number(e, (double)(oh_comparison_count(c) - i));
        plot_number(e, scale * d.difference);
        plot_number(e, scale * (d.difference - half));
        plot_number(e, scale * (d.difference + half));
        plot_number(e, difference_news(metric, &d));
        plot_string(e, short_name(words, oh_comparison_name(c, i)));
        plot_string(e, difference_words(words, metric, &d, oh_comparison_name(c, 0),
                                        oh_comparison_name(c, i)));
        plot_end_line(e);
    }
}

oh_status oh_compare_plot(const oh_comparison *comparison, const oh_write_context *context,
                          oh_sink sink)
{
    struct emit e = emit_to(sink);
    oh_best best[PLOT_PANELS];
    size_t n = oh_comparison_criteria(comparison, PLOT_PANELS, best);
    (void)context;
    plot_begin(&e, oh_comparison_result(comparison, 0),
               "How far variants are from the base: paired differences with their intervals.",
               "What does each variant change?", OH_TOTAL, n);
    for (size_t i = 0; i < n; i++) {
        put_facts(&e, comparison, &best[i]);
        put_variants(&e, comparison, &best[i]);
    }
    return emit_status(&e);
}
