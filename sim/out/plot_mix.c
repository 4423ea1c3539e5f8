/* plot_mix.c - data of the picture of demand: contacts and workload of the queues, stacked.
 *
 * Contacts and work are two different mixes: an email takes no line, but may take most of the time.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lookup.h"
#include "plot_axis.h"
#include "wording.h"
#include "writers.h"

/* The busiest queues from the bottom up, then all others as one layer. */
struct layers {
    size_t n, queue[PLOT_PANELS];
    bool others;
};

static double part(const oh_result *result, oh_level level, size_t thing, long period,
                   const char *id)
{
    double value = figure_value(result, level, thing, period, id);
    return isnan(value) ? 0 : value;
}

static void put_stack(struct emit *e, const oh_result *result, const struct layers *l, long period,
                      const char *id)
{
    double sum = 0, others = part(result, OH_TOTAL, 0, period, id);
    for (size_t i = 0; i < PLOT_PANELS; i++) {
        if (i < l->n)
            sum += part(result, OH_QUEUE, l->queue[i], period, id);
        plot_number(e, i < l->n ? sum : NAN);
    }
    plot_number(e, l->others ? fmax(sum, others) : NAN);
}

static void put_layer(struct emit *e, const oh_result *result, const char *name, double contacts,
                      double load)
{
    char text[3 * WORDS], words[WORDS];
    double all = part(result, OH_TOTAL, 0, OH_WHOLE, "offered");
    double work = part(result, OH_TOTAL, 0, OH_WHOLE, "load");
    plot_string(e, name);
    snprintf(text, sizeof text, "%.60s %.40s", name, word_share(words, contacts / all, NAN));
    plot_string(e, text);
    snprintf(text, sizeof text, "%.60s %.40s", name, word_share(words, load / work, NAN));
    plot_string(e, text);
    plot_end_line(e);
}

static void put_layers(struct emit *e, const oh_result *result, const struct layers *l)
{
    double contacts = part(result, OH_TOTAL, 0, OH_WHOLE, "offered");
    double load = part(result, OH_TOTAL, 0, OH_WHOLE, "load");
    plot_block(e, "layers from the bottom up", "queue, its share of contacts and of work in words");
    for (size_t i = 0; i < l->n; i++) {
        double own = part(result, OH_QUEUE, l->queue[i], OH_WHOLE, "offered");
        double work = part(result, OH_QUEUE, l->queue[i], OH_WHOLE, "load");
        put_layer(e, result, oh_result_name(result, OH_QUEUE, l->queue[i]), own, work);
        contacts -= own;
        load -= work;
    }
    if (l->others)
        put_layer(e, result, "others", contacts, load);
}

oh_status write_plot_mix(const oh_result *result, const oh_write_context *context, oh_sink sink)
{
    struct emit e = emit_to(sink);
    struct layers l;
    char step[WORDS], label[2 * WORDS];
    size_t intervals = oh_result_intervals(result);

    (void)context;
    l.n = figure_busiest(result, OH_QUEUE, "offered", NULL, PLOT_PANELS, l.queue);
    l.others = oh_result_things(result, OH_QUEUE) > l.n;
    plot_begin(&e, result, "Contacts and workload of the queues, stacked.",
               "What is the work made of?", OH_TOTAL, intervals > 0 ? 1 : 0);
    if (intervals == 0)
        return emit_status(&e);
    struct plot_axis axis = plot_axis_begin(&e, result);
    plot_block(&e, "facts", "number of layers, labels of the upper and of the lower axis");
    plot_number(&e, (double)(l.n + l.others));
    snprintf(label, sizeof label, "contacts per %.60s", plot_axis_step(step, &axis));
    plot_string(&e, label);
    plot_string(&e, "work of fresh contacts (erlang)");
    plot_end_line(&e);
    put_layers(&e, result, &l);
    plot_block(&e, "intervals",
               "start and end, five sums of contacts from the bottom up, five of work in erlang "
               "(fresh contacts times their mean handling)");
    for (size_t k = 0; k < intervals; k++) {
        struct span at = plot_axis_span(&axis, k);
        plot_number(&e, at.start);
        plot_number(&e, at.end);
        put_stack(&e, result, &l, (long)k, "offered");
        put_stack(&e, result, &l, (long)k, "load");
        plot_end_line(&e);
    }
    return emit_status(&e);
}
