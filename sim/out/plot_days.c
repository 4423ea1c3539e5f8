/* plot_days.c - data of the picture of days (or weeks): how often one has which service level.
 *
 * A manager lives through days, not through the mean. The bins are laid so that the target is an
 * edge: no bar stands on both sides of it.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "lookup.h"
#include "plot_data.h"
#include "wording.h"
#include "writers.h"

enum { BINS = 40 };

/* Bins of equal width in percent: edge k is from + k * width. */
struct days {
    size_t n;
    double from, width;
    double below[BINS], above[BINS]; /* % of days on either side of the target */
};

/* A round width that gives at most some twenty bins over the span. */
static double bin_width(double span)
{
    static const double widths[] = {0.1, 0.2, 0.5, 1, 2, 2.5, 5};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
        if (span / widths[i] <= 20)
            return widths[i];
    return 5;
}

/* A perfect day belongs to the bin that ends at 100 %, unless the target parts them. */
static double percent(double share, double target)
{
    return target < 100 ? fmin(100 * share, 100 - 1e-6) : 100 * share;
}

static void sort_into_bins(struct days *d, const double *value, size_t n, double target)
{
    double low = INFINITY, high = -INFINITY, defined = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(value[i]))
            continue;
        low = fmin(low, percent(value[i], target));
        high = fmax(high, percent(value[i], target));
        defined++;
    }
    *d = (struct days){.n = 0};
    if (defined == 0)
        return;
    d->width = bin_width(high - low);
    double steps = floor((low - target) / d->width + 1e-9);
    d->from = target + steps * d->width;
    d->n = (size_t)fmax(1, floor((high - d->from) / d->width + 1e-9) + 1);
    if (d->n > BINS)
        d->n = BINS;
    for (size_t i = 0; i < n; i++) {
        if (isnan(value[i]))
            continue;
        double place = floor((percent(value[i], target) - d->from) / d->width + 1e-9);
        size_t k = place < 0 ? 0 : place >= (double)d->n ? d->n - 1 : (size_t)place;
        /* by the edge, as drawn: the target itself is met */
        double edge = d->from + (double)k * d->width;
        *(edge >= target - 1e-9 ? &d->above[k] : &d->below[k]) += 100 / defined;
    }
}

static void put_panel(struct emit *e, const oh_result *result, size_t q, size_t column,
                      const struct days *d)
{
    const oh_column *main = oh_result_column(result, OH_QUEUE, column);
    oh_run_info info = oh_result_info(result);
    oh_estimate whole;
    char verdict[WORDS], often[WORDS], met[2 * WORDS], words[WORDS];

    oh_result_estimate(result, OH_QUEUE, q, OH_WHOLE, column, &whole);
    plot_block(
        e, "panel: facts",
        "queue, verdict, how often, label of the target, target in %, ends of the axis in %");
    plot_string(e, oh_result_name(result, OH_QUEUE, q));
    plot_string(e, plot_verdict(verdict, main, &whole));
    word_frequency(often, figure_value(result, OH_QUEUE, q, OH_WHOLE, "target_met"),
                   info.replication);
    snprintf(met, sizeof met, "target met %s", often);
    plot_string(e, met);
    snprintf(met, sizeof met, "target %s", word_round_share(words, whole.target));
    plot_string(e, met);
    double target = 100 * whole.target, end = d->from + (double)d->n * d->width;
    plot_number(e, target);
    plot_number(e, fmin(d->from, target - d->width));
    plot_number(e, fmax(end, target + d->width));
    plot_end_line(e);

    plot_block(e, "panel: bars",
               "service level from in %, to in %, replications that miss the target in %, that "
               "meet it in %");
    for (size_t k = 0; k < d->n; k++) {
        plot_number(e, d->from + (double)k * d->width);
        plot_number(e, d->from + (double)(k + 1) * d->width);
        plot_number(e, d->below[k]);
        plot_number(e, d->above[k]);
        plot_end_line(e);
    }
}

/* Its target is on a service level that has a value. */
static bool has_level(const oh_result *result, size_t queue)
{
    size_t main = 0;
    oh_estimate e;
    return figure_main(result, queue, &main) &&
           oh_result_estimate(result, OH_QUEUE, queue, OH_WHOLE, main, &e) && !isnan(e.within) &&
           !isnan(e.value);
}

oh_status write_plot_days(const oh_result *result, const oh_write_context *context, oh_sink sink)
{
    struct emit e = emit_to(sink);
    size_t queue[PLOT_PANELS];
    size_t n = figure_busiest(result, OH_QUEUE, "offered", has_level, PLOT_PANELS, queue);
    size_t replications = oh_result_info(result).replications;
    double *value = calloc(replications + 1, sizeof *value);
    oh_estimate whole;
    char about[WORDS], title[WORDS];
    const char *replication = oh_result_info(result).replication;

    (void)context;
    if (!value)
        return OH_NO_MEMORY;
    snprintf(about, sizeof about, "How often a %s has which service level.", replication);
    snprintf(title, sizeof title, "How much do the %ss differ?", replication);
    plot_begin(&e, result, about, title, OH_QUEUE, n);
    for (size_t i = 0; i < n; i++) {
        struct days days;
        size_t column = 0;
        figure_main(result, queue[i], &column);
        oh_result_estimate(result, OH_QUEUE, queue[i], OH_WHOLE, column, &whole);
        oh_result_values(result, OH_QUEUE, queue[i], OH_WHOLE, column, value);
        sort_into_bins(&days, value, replications, 100 * whole.target);
        put_panel(&e, result, queue[i], column, &days);
    }
    free(value);
    return emit_status(&e);
}
