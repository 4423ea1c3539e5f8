/* plot_patience.c - data of the picture of patience: who would still wait after x seconds.
 *
 * Most callers are answered before their patience ends, so waits alone say little of it; the
 * simulated curve is the product-limit estimate (stats/life_table.h), which anybody could draw from
 * a log of calls. Beside it stands what the scenario was given.
 */
#include <math.h>
#include <stdio.h>

#include "../math/detmath.h"
#include "../stats/life_table.h"
#include "lookup.h"
#include "plot_data.h"
#include "plot_model.h"
#include "wording.h"
#include "writers.h"

/* The curve ends where fewer callers than this are left to tell. */
enum { BINS = 202, LEAST = 20, STEPS = 200 };

struct curve {
    size_t n;
    double edges[BINS + 1];
    struct life life[BINS];
};

static void read_curve(const oh_result *result, size_t queue, struct curve *c)
{
    uint64_t answered[BINS], abandoned[BINS];
    double z = -det_normal_quantile((1 - oh_result_info(result).confidence) / 2);
    size_t n = oh_result_histogram(result, queue, BINS, c->edges, answered, abandoned);
    life_table(answered, abandoned, n, z, c->life);
    /* the last bin has no length of its own */
    for (c->n = n > 1 ? n - 1 : 0; c->n > 0 && c->life[c->n - 1].at_risk < LEAST;)
        c->n--;
}

static bool hangs_up(const oh_result *result, size_t queue)
{
    return figure_value(result, OH_QUEUE, queue, OH_WHOLE, "abandoned") > 0;
}

/* "of those who wait that long, half have hung up by 2 min 51 s"; else how many by its end. */
static void words_of(char *buffer, size_t size, const struct curve *c)
{
    char words[WORDS], time[WORDS];
    size_t i = 0;
    while (i < c->n && c->life[i].patient > 0.5)
        i++;
    if (i < c->n)
        snprintf(buffer, size, "of those who wait that long, half have hung up by %.60s",
                 word_duration(time, c->edges[i + 1]));
    else
        snprintf(buffer, size, "of those who wait that long, %.40s have hung up by %.60s",
                 word_share(words, 1 - c->life[c->n - 1].patient, NAN),
                 word_duration(time, c->edges[c->n]));
}

static void put_panel(struct emit *e, const oh_result *result, size_t queue, const struct curve *c)
{
    char text[3 * WORDS];
    double share = NAN, end = c->edges[c->n];
    bool given = plot_patience(result, queue, 0, &share);
    plot_block(e, "panel: facts",
               "queue, what the curve says, end of the axis in s, 1 if the "
               "scenario gives one curve of patience");
    plot_string(e, oh_result_name(result, OH_QUEUE, queue));
    words_of(text, sizeof text, c);
    plot_string(e, text);
    plot_number(e, end);
    plot_number(e, given);
    plot_end_line(e);

    plot_block(e, "panel: simulated",
               "wait in s, patient for longer in %, lower and upper end of "
               "its interval");
    for (size_t i = 0; i < c->n; i++) {
        const struct life *l = &c->life[i];
        plot_number(e, c->edges[i + 1]);
        plot_number(e, 100 * l->patient);
        plot_number(e, 100 * (isnan(l->low) ? l->patient : l->low));
        plot_number(e, 100 * (isnan(l->high) ? l->patient : l->high));
        plot_end_line(e);
    }
    plot_block(e, "panel: given", "wait in s, patient for longer in %");
    for (size_t i = 0; i <= STEPS; i++) {
        double t = end * (double)i / STEPS;
        plot_number(e, t);
        plot_number(e, plot_patience(result, queue, t, &share) ? 100 * share : NAN);
        plot_end_line(e);
    }
}

/* Queues that have a curve: enough callers had to wait, and some hung up. */
static bool has_curve(const oh_result *result, size_t queue)
{
    struct curve c;
    if (!hangs_up(result, queue))
        return false;
    read_curve(result, queue, &c);
    return c.n > 1 && c.life[c.n - 1].patient < 1;
}

bool plot_patience_words(const oh_result *result, size_t queue, char *buffer, size_t size)
{
    struct curve c;
    if (!has_curve(result, queue))
        return false;
    read_curve(result, queue, &c);
    words_of(buffer, size, &c);
    return true;
}

oh_status write_plot_patience(const oh_result *result, const oh_write_context *context,
                              oh_sink sink)
{
    struct emit e = emit_to(sink);
    size_t queue[PLOT_PANELS];
    size_t n = figure_busiest(result, OH_QUEUE, "offered", has_curve, PLOT_PANELS, queue);
    struct curve c;

    (void)context;
    plot_begin(&e, result, "Patience of those who have to wait, simulated and given.",
               "How long are callers patient?", OH_QUEUE, n);
    for (size_t i = 0; i < n; i++) {
        read_curve(result, queue[i], &c);
        put_panel(&e, result, queue[i], &c);
    }
    return emit_status(&e);
}
