/* plot_wait.c - data of the picture of waits: who is answered, in line, gone after x seconds.
 *
 * For each of the busiest queues the cumulative shares, which cross the time limit at exactly the
 * service level, and a histogram of those who did wait.
 */
#include <math.h>
#include <stdio.h>

#include "lookup.h"
#include "plot_data.h"
#include "wording.h"
#include "writers.h"

enum { BARS = 42, CURVE = 202 };

struct bins {
    size_t n;
    double edges[CURVE + 1];
    uint64_t answered[CURVE], abandoned[CURVE];
};

/* The last bin reaches to the longest wait of all; those before it have one width. */
static size_t without_tail(const struct bins *b)
{
    if (b->n < 3)
        return b->n;
    double width = b->edges[2] - b->edges[1];
    return b->edges[b->n] - b->edges[b->n - 1] > 1.5 * width ? b->n - 1 : b->n;
}

static void put_facts(struct emit *e, const oh_result *result, size_t q, const struct bins *b,
                      const struct bins *bars, double calls)
{
    size_t column = 0;
    const oh_column *main = figure_main(result, q, &column);
    oh_estimate level = {.value = NAN, .half_width = NAN, .target = NAN, .within = NAN};
    char verdict[WORDS], words[WORDS], zero[WORDS], mark[3 * WORDS];
    bool marked = false;

    if (main) {
        oh_result_estimate(result, OH_QUEUE, q, OH_WHOLE, column, &level);
        /* only A_t / O is a point of the curve */
        marked = !isnan(level.within) && !isnan(level.value) &&
                 main->metric == oh_metric_find("service_level");
    }
    plot_block(e, "panel: facts",
               "queue, verdict, those who do not wait, label of the mark, time limit in s, target "
               "in %, answered within it in %, end of the axis in s");
    plot_string(e, oh_result_name(result, OH_QUEUE, q));
    plot_string(e, plot_verdict(verdict, main, &level));
    word_share(words, b->n ? (double)b->answered[0] / calls : NAN, NAN);
    snprintf(zero, sizeof zero, "%.20s of callers are answered at once; the others:", words);
    plot_string(e, zero);
    char within[WORDS], target[WORDS];
    snprintf(mark, sizeof mark, "%.60s answered in %.40s, target %.40s",
             word_share(words, level.value, level.half_width), word_duration(within, level.within),
             word_round_share(target, level.target));
    plot_string(e, marked ? mark : "");
    plot_number(e, marked ? level.within : PLOT_NO_MARK);
    plot_number(e, marked ? 100 * level.target : PLOT_NO_MARK);
    plot_number(e, marked ? 100 * level.value : PLOT_NO_MARK);
    double end = b->n ? fmax(b->edges[without_tail(b)], bars->edges[without_tail(bars)]) : 0;
    if (marked && end < 1.5 * level.within)
        end = 1.5 * level.within;
    plot_number(e, end > 0 ? end : 1);
    plot_end_line(e);
}

static void put_curve(struct emit *e, const struct bins *b, double calls)
{
    double answered = 0, abandoned = 0;
    plot_block(e, "panel: curve",
               "wait in s, answered by then in %, answered or still waiting by then in %");
    for (size_t i = 0; i < b->n; i++) {
        answered += (double)b->answered[i];
        abandoned += (double)b->abandoned[i];
        plot_number(e, b->edges[i + 1]);
        plot_number(e, 100 * answered / calls);
        plot_number(e, 100 - 100 * abandoned / calls);
        plot_end_line(e);
    }
    if (b->n == 0) {
        plot_number(e, 0);
        plot_number(e, NAN);
        plot_number(e, NAN);
        plot_end_line(e);
    }
}

static void put_bars(struct emit *e, const struct bins *b, double replications)
{
    plot_block(e, "panel: bars",
               "wait from in s, to in s, answered calls a replication, answered and abandoned");
    for (size_t i = 1; i < without_tail(b); i++) {
        plot_number(e, b->edges[i]);
        plot_number(e, b->edges[i + 1]);
        plot_number(e, (double)b->answered[i] / replications);
        plot_number(e, ((double)b->answered[i] + (double)b->abandoned[i]) / replications);
        plot_end_line(e);
    }
    if (without_tail(b) < 2) {
        for (int i = 0; i < 4; i++)
            plot_number(e, 0);
        plot_end_line(e);
    }
}

oh_status write_plot_wait(const oh_result *result, const oh_write_context *context, oh_sink sink)
{
    struct emit e = emit_to(sink);
    size_t queue[PLOT_PANELS];
    size_t n = figure_busiest(result, OH_QUEUE, "offered", NULL, PLOT_PANELS, queue);
    double replications = oh_result_info(result).replications;
    struct bins curve, bars;

    (void)context;
    plot_begin(&e, result, "How long callers wait: shares by time, and a histogram.",
               "How long do callers wait?", OH_QUEUE, n);
    for (size_t i = 0; i < n; i++) {
        double calls = replications * figure_value(result, OH_QUEUE, queue[i], OH_WHOLE, "offered");
        curve.n = oh_result_histogram(result, queue[i], CURVE, curve.edges, curve.answered,
                                      curve.abandoned);
        bars.n =
            oh_result_histogram(result, queue[i], BARS, bars.edges, bars.answered, bars.abandoned);
        put_facts(&e, result, queue[i], &curve, &bars, calls);
        put_curve(&e, &curve, calls);
        put_bars(&e, &bars, replications);
    }
    return emit_status(&e);
}
