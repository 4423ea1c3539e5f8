/* report_words.c - pictures in sentences: what one would say of them to somebody on the telephone.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lookup.h"
#include "plot_data.h"
#include "plot_model.h"
#include "report_parts.h"

/* The intervals with the lowest and the highest value of a metric. */
struct extremes {
    bool found;
    size_t low, high;
    double lowest, highest;
};

static struct extremes extremes_of(const oh_result *result, oh_level level, size_t thing,
                                   const char *id)
{
    struct extremes x = {.found = false};
    for (size_t i = 0; i < oh_result_intervals(result); i++) {
        double v = figure_value(result, level, thing, (long)i, id);
        if (isnan(v))
            continue;
        if (!x.found || v < x.lowest) {
            x.low = i;
            x.lowest = v;
        }
        if (!x.found || v > x.highest) {
            x.high = i;
            x.highest = v;
        }
        x.found = true;
    }
    return x;
}

static const char *when(struct report *r, size_t i)
{
    char words[WORDS];
    oh_interval at = oh_result_interval(r->page.result, i);
    return page_text(&r->page, word_interval(words, &at, at.start));
}

static const char *verdict(struct report *r, size_t queue)
{
    char words[WORDS];
    size_t column = 0;
    oh_estimate e = {.value = NAN, .half_width = NAN};
    const oh_column *main = figure_main(r->page.result, queue, &column);
    if (main)
        oh_result_estimate(r->page.result, OH_QUEUE, queue, OH_WHOLE, column, &e);
    return page_text(&r->page, plot_verdict(words, main, &e));
}

static const char *value_words(struct report *r, const char *unit, double value)
{
    char words[WORDS];
    return page_text(&r->page, word_estimate(words, unit, value, NAN));
}

/* ---- one sentence or two for a queue or a group ---- */

static const char *profile(struct report *r, size_t queue)
{
    const oh_result *result = r->page.result;
    size_t column = 0;
    struct extremes calls = extremes_of(result, OH_QUEUE, queue, "offered");
    const oh_column *m = figure_measure(result, queue, &column);
    struct extremes x = m ? extremes_of(result, OH_QUEUE, queue, m->id) : (struct extremes){0};
    char name[WORDS];
    if (!calls.found)
        return "";
    const char *peak =
        arena_printf(&r->page.arena, "%s. Most calls come at %s: %s.", verdict(r, queue),
                     when(r, calls.high), value_words(r, "calls", calls.highest));
    if (!x.found || !peak)
        return peak;
    return arena_printf(&r->page.arena, "%s The %s is lowest at %s: %s, and highest at %s: %s.",
                        peak, word_metric(name, m->metric->id), when(r, x.low),
                        value_words(r, m->metric->unit, x.lowest), when(r, x.high),
                        value_words(r, m->metric->unit, x.highest));
}

static const char *waits(struct report *r, size_t queue)
{
    const oh_result *result = r->page.result;
    double delayed = figure_value(result, OH_QUEUE, queue, OH_WHOLE, "delayed");
    return arena_printf(
        &r->page.arena,
        "%s. %s of callers have to wait; half of the answered wait at most %s, nine of ten at most "
        "%s; %s of all hang up.",
        verdict(r, queue), value_words(r, "share", delayed),
        value_words(r, "s", figure_value(result, OH_QUEUE, queue, OH_WHOLE, "wait_p50")),
        value_words(r, "s", figure_value(result, OH_QUEUE, queue, OH_WHOLE, "wait_p90")),
        value_words(r, "share", figure_value(result, OH_QUEUE, queue, OH_WHOLE, "abandon_rate")));
}

static const char *line(struct report *r, size_t queue)
{
    const oh_result *result = r->page.result;
    struct extremes x = extremes_of(result, OH_QUEUE, queue, "queue_length");
    if (!x.found)
        return "";
    return arena_printf(
        &r->page.arena, "%s callers wait on average; most at %s: %s.",
        value_words(r, "calls", figure_value(result, OH_QUEUE, queue, OH_WHOLE, "queue_length")),
        when(r, x.high), value_words(r, "calls", x.highest));
}

static const char *days(struct report *r, size_t queue)
{
    const oh_result *result = r->page.result;
    size_t column = 0;
    oh_spread s;
    char often[WORDS];
    const oh_column *main = figure_main(result, queue, &column);
    if (!main || !oh_result_spread(result, OH_QUEUE, queue, OH_WHOLE, column, &s) || s.n == 0)
        return "";
    const char *unit = main->metric->unit, *n = r->page.info.replication;
    word_frequency(often, figure_value(result, OH_QUEUE, queue, OH_WHOLE, "target_met"), n);
    return arena_printf(&r->page.arena,
                        "%s. The target is met %s. Nine %ss of ten lie between %s and %s, the "
                        "lowest at %s, the highest at %s.",
                        verdict(r, queue), often, n, value_words(r, unit, s.p5),
                        value_words(r, unit, s.p95), value_words(r, unit, s.min),
                        value_words(r, unit, s.max));
}

static const char *staff(struct report *r, size_t group)
{
    const oh_result *result = r->page.result;
    struct extremes present = extremes_of(result, OH_AGENTS, group, "staffed");
    struct extremes busy = extremes_of(result, OH_AGENTS, group, "occupancy");
    char low[WORDS], high[WORDS];
    if (!present.found || !busy.found)
        return "";
    return arena_printf(
        &r->page.arena,
        "From %s agents at %s to %s at %s. They are busy %s of their time, most at "
        "%s: %s.",
        word_fixed(low, present.lowest, 1), when(r, present.low),
        word_fixed(high, present.highest, 1), when(r, present.high),
        value_words(r, "share", figure_value(result, OH_AGENTS, group, OH_WHOLE, "occupancy")),
        when(r, busy.high), value_words(r, "share", busy.highest));
}

static const char *patience(struct report *r, size_t queue)
{
    char said[3 * WORDS];
    if (!plot_patience_words(r->page.result, queue, said, sizeof said))
        return "";
    return arena_printf(&r->page.arena, "%s.", said);
}

static const char *mix(struct report *r, size_t queue)
{
    const oh_result *result = r->page.result;
    double all = figure_value(result, OH_TOTAL, 0, OH_WHOLE, "offered");
    double work = figure_value(result, OH_TOTAL, 0, OH_WHOLE, "load");
    return arena_printf(
        &r->page.arena, "%s of all contacts and %s of the work.",
        value_words(r, "share", figure_value(result, OH_QUEUE, queue, OH_WHOLE, "offered") / all),
        value_words(r, "share", figure_value(result, OH_QUEUE, queue, OH_WHOLE, "load") / work));
}

static const struct {
    const char *plot;
    oh_level level;
    const char *busiest_by;
    const char *(*say)(struct report *r, size_t thing);
} words[] = {
    {"day_profile", OH_QUEUE, "offered", profile},
    {"wait_distribution", OH_QUEUE, "offered", waits},
    {"abandonment_curve", OH_QUEUE, "offered", patience},
    {"queue_over_day", OH_QUEUE, "offered", line},
    {"service_level_days", OH_QUEUE, "offered", days},
    {"staffing", OH_AGENTS, "staffed", staff},
    {"channel_mix", OH_QUEUE, "offered", mix},
};

const char *report_words(struct report *r, const char *plot)
{
    size_t thing[PLOT_PANELS], k = 0, kinds = sizeof words / sizeof *words;
    while (k < kinds && strcmp(words[k].plot, plot) != 0)
        k++;
    if (k == kinds)
        return NULL;
    size_t n = figure_busiest(r->page.result, words[k].level, words[k].busiest_by, NULL,
                              PLOT_PANELS, thing);
    const char *text = "";
    for (size_t i = 0; i < n && text; i++) {
        const char *says = words[k].say(r, thing[i]);
        if (says && *says)
            text = arena_printf(&r->page.arena, "%s%s%s: %s", text, *text ? " " : "",
                                oh_result_name(r->page.result, words[k].level, thing[i]), says);
    }
    return text && *text ? text : NULL;
}
