/* fit_plots.c - data files of the pictures of a fit: what was seen beside what is written.
 *
 * Block 0 is that of all plots (plot_data.h); a panel has a block of facts and one for each curve.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "fit_words.h"
#include "plot_data.h"
#include "wording.h"

enum { QQ_POINTS = 100, CURVE_POINTS = 200 };

static struct emit begin(const oh_fit *fit, const char *what, const char *title, size_t panels,
                         oh_sink sink)
{
    struct emit e = emit_to(sink);
    char subtitle[300], n[WORDS];
    snprintf(subtitle, sizeof subtitle, "%.120s, %s calls of %zu days%s", fit->source,
             word_fixed(n, (double)fit->total.offered, 0), fit->calendar.normal,
             fit->queues > PLOT_PANELS && panels > 1 ? "; the busiest queues" : "");
    emit_words(&e, "# %s\n# title, sub-title, number of panels, what a replication is\n", what);
    plot_string(&e, title);
    plot_string(&e, subtitle);
    plot_number(&e, (double)panels);
    plot_string(&e, "day");
    plot_end_line(&e);
    return e;
}

static size_t panels_of(const oh_fit *fit)
{
    return fit->queues < PLOT_PANELS ? fit->queues : PLOT_PANELS;
}

static void row(struct emit *e, const double *value, size_t n)
{
    for (size_t i = 0; i < n; i++)
        plot_number(e, value[i]);
    plot_end_line(e);
}

/* ---- fit_arrivals ---- */

static oh_status plot_arrivals(const oh_fit *fit, oh_sink sink)
{
    const struct fit_calendar *c = &fit->calendar;
    struct emit e = begin(fit, "Expected calls by time of day, for each weekday",
                          "When do people call?", 1, sink);
    size_t first = c->slots, end = 0;
    char name[WORDS], step[FIT_WORDS], range[FIT_WORDS], label[200];
    for (unsigned w = 0; w < WEEKDAYS; w++) {
        if (c->opening[w].open && c->opening[w].first < first)
            first = c->opening[w].first;
        if (c->opening[w].open && c->opening[w].end > end)
            end = c->opening[w].end;
    }
    plot_block(&e, "facts", "from, to (s), label of the axis, sentence, names of the weekdays");
    plot_number(&e, calendar_clock(c, first));
    plot_number(&e, calendar_clock(c, end));
    snprintf(label, sizeof label, "calls in %s min", fit_number(step, c->step / 60, 3));
    plot_string(&e, label);
    if (fit->total.arrivals.busyness.low > 0)
        snprintf(label, sizeof label, "whole days swing by %s beyond chance",
                 fit_range(range, &fit->total.arrivals.busyness));
    else
        snprintf(label, sizeof label, "whole days do not swing beyond chance");
    plot_string(&e, label);
    for (unsigned w = 0; w < WEEKDAYS; w++)
        plot_string(&e, !c->opening[w].open ? ""
                        : c->week           ? word_day(name, fit_weekday(w))
                                            : "day");
    plot_end_line(&e);
    plot_block(&e, "calls", "start, end (s), expected calls Monday to Sunday (NaN: closed)");
    for (size_t s = first; s < end; s++) {
        double value[2 + WEEKDAYS] = {calendar_clock(c, s), calendar_clock(c, s + 1)};
        for (unsigned w = 0; w < WEEKDAYS; w++) {
            const struct fit_opening *o = &c->opening[w];
            bool open = o->open && s >= o->first && s < o->end;
            value[2 + w] = open ? fit->total.arrivals.expected[w][s] : NAN;
        }
        row(&e, value, 2 + WEEKDAYS);
        value[0] = value[1];
        if (s + 1 == end) /* the last step has an end */
            row(&e, value, 2 + WEEKDAYS);
    }
    return emit_status(&e);
}

/* ---- fit_handling ---- */

static double seen_at(const struct fit_time *f, double share)
{
    double total = 0, seen = 0;
    for (size_t i = 0; i < f->points; i++)
        total += f->point[i].ended;
    for (size_t i = 0; i < f->points; i++) {
        seen += f->point[i].ended;
        if (seen >= share * total)
            return f->point[i].t;
    }
    return NAN;
}

/* One panel: a queue's handling, or a part of it. */
static void put_handling(struct emit *e, const struct fit_queue *q, enum log_part part)
{
    const struct fit_time *f = &q->handling.part[part];
    const struct tried *t = &f->chosen;
    char off[WORDS], n[WORDS], none[WORDS], name[FIT_WORDS + 16], words[200];
    size_t used = 0;
    bool law = t->law.kind != LAW_EMPIRICAL && f->points > 0;
    used += (size_t)snprintf(words, sizeof words, "%s calls", word_fixed(n, (double)f->n, 0));
    if (f->zero > 0)
        used += (size_t)snprintf(words + used, sizeof words - used, ", %s without",
                                 word_share(none, f->zero, NAN));
    used += (size_t)snprintf(words + used, sizeof words - used, "; %s", fit_law_words(t->law.kind));
    if (f->tried > 0 && law)
        snprintf(words + used, sizeof words - used, ", at most %s off",
                 word_share(off, t->distance, NAN));
    snprintf(name, sizeof name, "%.48s%s", q->name, fit_part_words(part));
    plot_block(e, "facts", "name, sentence, longest time drawn (s), name of the curve, what it is");
    plot_string(e, name);
    plot_string(e, words);
    plot_number(e, f->points > 0 ? seen_at(f, 0.995) : NAN);
    plot_string(e, fit_law_words(t->law.kind));
    plot_string(e, part == PART_HANDLING ? "handling" : fit_part_words(part) + 1);
    plot_end_line(e);
    plot_block(e, "quantiles", "fitted (s), seen (s) at the same share");
    for (int i = 1; i < QQ_POINTS && f->points > 0; i++) {
        double share = (i - 0.5) / QQ_POINTS, seen = seen_at(f, share);
        row(e, (double[]){law ? law_quantile(&t->law, share) : seen, seen}, 2);
    }
    plot_block(e, "shares", "time (s), share of calls that last longer: seen, fitted");
    double total = 0, left, last = f->points > 0 ? seen_at(f, 0.995) : 0;
    size_t k = 0;
    for (size_t i = 0; i < f->points; i++)
        total += f->point[i].ended;
    left = total;
    for (int i = 0; i <= CURVE_POINTS && total > 0; i++) {
        double x = last * i / CURVE_POINTS;
        for (; k < f->points && f->point[k].t <= x; k++)
            left -= f->point[k].ended;
        row(e, (double[]){x, left / total, law ? 1 - law_cdf(&t->law, x) : left / total}, 3);
    }
}

/* The parts that the scenario states, of the busiest queues; where the panels do not suffice the
 * last queues are left out whole. */
static size_t handling_panels(const oh_fit *fit, const struct fit_queue *queue[PLOT_PANELS],
                              enum log_part part[PLOT_PANELS])
{
    size_t n = 0;
    for (size_t q = 0; q < fit->queues; q++) {
        size_t parts = 0;
        for (int p = 0; p < PARTS; p++)
            parts += fit_part_written(&fit->queue[q].handling, (enum log_part)p);
        if (n + parts > PLOT_PANELS)
            break;
        for (int p = 0; p < PARTS; p++) {
            if (!fit_part_written(&fit->queue[q].handling, (enum log_part)p))
                continue;
            queue[n] = &fit->queue[q];
            part[n++] = (enum log_part)p;
        }
    }
    return n;
}

static oh_status plot_handling(const oh_fit *fit, oh_sink sink)
{
    const struct fit_queue *queue[PLOT_PANELS];
    enum log_part part[PLOT_PANELS];
    size_t n = handling_panels(fit, queue, part);
    struct emit e =
        begin(fit, "Handling times, seen and fitted", "How long do calls take?", n, sink);
    for (size_t i = 0; i < n; i++)
        put_handling(&e, queue[i], part[i]);
    return emit_status(&e);
}

/* ---- fit_patience ---- */

/* How fast they hang up in small steps: those who did over the time that all waited there. */
static void put_hazard(struct emit *e, const struct fit_patience *p, double last)
{
    double step = last > 240 ? 10 : last > 60 ? 5 : 2, before = 1;
    size_t k = 0;
    for (double t = 0; t + step <= last; t += step) {
        double after = before;
        for (; k < p->points && p->t[k] <= t + step; k++)
            after = p->survival[k];
        double seen = after > 0 ? log(before / after) / step : NAN;
        double fitted = log(patience_survival(p, t) / patience_survival(p, t + step)) / step;
        row(e, (double[]){t, t + step, 60 * seen, 60 * fitted}, 4);
        before = after;
    }
}

static void put_patience(struct emit *e, const struct fit_queue *q)
{
    const struct fit_patience *p = &q->patience;
    char n[WORDS], hung_up[WORDS], words[200], naive[WORDS];
    double last = 60;
    for (size_t k = 0; k < p->points && p->high[k] - p->low[k] < 0.12; k++)
        last = fmax(last, p->t[k]);
    int length =
        snprintf(words, sizeof words, "%s had to wait, %s hung up", word_fixed(n, (double)p->n, 0),
                 word_fixed(hung_up, (double)p->hung_up, 0));
    if (isfinite(p->naive_mean))
        snprintf(words + length, sizeof words - (size_t)length, "; a naive mean says %s",
                 word_duration(naive, p->naive_mean));
    plot_block(e, "facts", "queue, sentence, longest time drawn (s), naive mean (s)");
    plot_string(e, q->name);
    plot_string(e, words);
    plot_number(e, last);
    plot_number(e, isfinite(p->naive_mean) ? p->naive_mean : PLOT_NO_MARK);
    plot_end_line(e);
    plot_block(e, "seen", "time (s), share still waiting (Kaplan-Meier), its 95 % interval");
    row(e, (double[]){0, 1, 1, 1}, 4);
    for (size_t k = 0; k < p->points && p->t[k] <= last; k++)
        row(e, (double[]){p->t[k], p->survival[k], p->low[k], p->high[k]}, 4);
    plot_block(e, "fitted", "time (s), share still waiting as written; by the naive mean");
    for (int i = 0; i <= CURVE_POINTS; i++) {
        double t = last * i / CURVE_POINTS;
        row(e, (double[]){t, patience_survival(p, t), exp(-t / p->naive_mean)}, 3);
    }
    plot_block(e, "hazard",
               "from, to (s), share of the waiting who hang up a minute: seen, fitted");
    put_hazard(e, p, last);
}

static oh_status plot_patience(const oh_fit *fit, oh_sink sink)
{
    struct emit e = begin(fit, "Patience, seen and fitted", "How long are callers ready to wait?",
                          panels_of(fit), sink);
    for (size_t q = 0; q < panels_of(fit); q++)
        put_patience(&e, &fit->queue[q]);
    return emit_status(&e);
}

/* ---- the list ---- */

static const struct {
    const char *name;
    oh_status (*write)(const oh_fit *fit, oh_sink sink);
} plots[] = {{"fit_arrivals", plot_arrivals},
             {"fit_handling", plot_handling},
             {"fit_patience", plot_patience}};
enum { PLOTS = sizeof plots / sizeof *plots };

size_t oh_fit_plots(void)
{
    return PLOTS;
}

const char *oh_fit_plot_name(size_t i)
{
    return i < PLOTS ? plots[i].name : "";
}

oh_status oh_fit_plot(const oh_fit *fit, size_t i, oh_sink sink)
{
    return i < PLOTS ? plots[i].write(fit, sink) : OH_ARGUMENT;
}
