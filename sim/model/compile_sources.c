/* compile_sources.c - demand: rates as a list of linear pieces over all openings.
 *
 * The one idea: a rate, a forecast by interval, a smooth forecast, surges and noise are all pieces
 * [.., until) of a rate that runs linearly, each with the number of the noise factor that will
 * multiply it. The engine inverts the pieces and knows of nothing else.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compile.h"

const struct dist *compile_factor(struct oh_model *m, double cv)
{
    const char *wrong = NULL;
    const double given[DIST_PARAMS] = {1, cv, NAN, NAN};
    return dist_make(&m->arena, dist_family_find("gamma"), given, &wrong);
}

/* Pieces under construction. */
struct pieces {
    struct model_step *step;
    size_t n, room;
    bool failed;
};

static void add_piece(struct pieces *p, struct model_step step)
{
    if (p->n == p->room && !p->failed) {
        size_t room = p->room ? 2 * p->room : 64;
        struct model_step *larger = realloc(p->step, room * sizeof *larger);
        if (larger) {
            p->step = larger;
            p->room = room;
        } else {
            p->failed = true;
        }
    }
    if (!p->failed)
        p->step[p->n++] = step;
}

/* One piece [from, until) of the opening, cut where surges begin and end. */
static void add_surged(struct pieces *p, const struct spec_arrivals *a, double opens, double from,
                       struct model_step step)
{
    double until = step.until, slope = (step.rate_end - step.rate) / (until - from),
           rate = step.rate;
    while (from < until) {
        double cut = until, factor = 1;
        for (size_t i = 0; i < a->surges; i++) {
            double begin = opens + a->surge[i].at, end = begin + a->surge[i].length;
            if (!a->surge[i].on[step.opening])
                continue;
            if (begin <= from && from < end)
                factor *= a->surge[i].factor;
            if (begin > from)
                cut = fmin(cut, begin);
            if (end > from)
                cut = fmin(cut, end);
        }
        double next = cut < until || isfinite(until) ? rate + slope * (cut - from) : rate;
        step.until = cut;
        step.rate = rate * factor;
        step.rate_end = next * factor;
        add_piece(p, step);
        from = cut;
        rate = next;
    }
}

/* Rates at the ends of steps for a smooth forecast: a straight line from each boundary to the
 * middle of the step and on to the next, with the same area. A boundary is at most twice either
 * neighbour, so that no middle is negative. */
static double boundary(const double *mean, size_t n, size_t k)
{
    if (k == 0 || k == n)
        return mean[k == 0 ? 0 : n - 1];
    double lower = fmin(mean[k - 1], mean[k]);
    return fmin((mean[k - 1] + mean[k]) / 2, 2 * lower);
}

/* The expected counts of one opening: value[k] in [from + k per, from + (k + 1) per). */
static void add_counts(struct pieces *p, const struct spec_arrivals *a,
                       const struct model_opening *o, uint32_t opening,
                       const struct spec_schedule *s, uint32_t *noises)
{
    struct model_step step = {.opening = opening};
    if (s->from > 0) {
        step.until = o->opens + s->from;
        add_piece(p, step);
    }
    for (size_t k = 0; k < s->n; k++) {
        double from = o->opens + s->from + (double)k * s->per;
        double until = o->opens + s->from + (double)(k + 1) * s->per;
        double mean = s->value[k] / s->per;
        step.noise = (*noises)++;
        step.until = until;
        step.rate = step.rate_end = mean;
        if (!a->smooth) {
            add_surged(p, a, o->opens, from, step);
            continue;
        }
        double left = boundary(s->value, s->n, k) / s->per;
        double right = boundary(s->value, s->n, k + 1) / s->per;
        double middle = fmax(0, 2 * mean - (left + right) / 2);
        double half = from + (until - from) / 2;
        add_surged(p, a, o->opens, from,
                   (struct model_step){half, left, middle, opening, step.noise});
        add_surged(p, a, o->opens, half,
                   (struct model_step){until, middle, right, opening, step.noise});
    }
}

/* A constant rate: one step over the opening, or one an interval if each has noise of its own. */
static void add_rate(struct pieces *p, const struct oh_model *m, const struct spec_arrivals *a,
                     uint32_t opening, uint32_t *noises)
{
    const struct model_opening *o = &m->opening[opening];
    double rate = a->rate_by_day ? a->rate_by_day[opening] : a->rate;
    size_t n = a->noise > 0 && !m->steady ? o->periods : 1;
    double from = o->opens;
    for (size_t k = 1; k <= n; k++) {
        double until = m->steady ? INFINITY
                       : k == n  ? o->closes
                                 : o->opens + (double)k * m->interval;
        add_surged(p, a, o->opens, from,
                   (struct model_step){until, rate, rate, opening, (*noises)++});
        from = until;
    }
}

static bool compile_rates(struct oh_model *m, struct model_source *src,
                          const struct spec_arrivals *a)
{
    struct pieces p = {0};
    bool bent = false;
    for (uint32_t k = 0; k < m->openings; k++) {
        if (k > 0 && !m->opening[k - 1].joined) /* the night */
            add_piece(&p, (struct model_step){.until = m->opening[k].opens, .opening = k});
        const struct spec_schedule *s = a->counts.day ? &a->counts.day[k] : &a->counts;
        if (a->kind == ARRIVALS_RATE)
            add_rate(&p, m, a, k, &src->noises);
        else
            add_counts(&p, a, &m->opening[k], k, s, &src->noises);
    }
    struct model_step *step = p.failed ? NULL : arena_copy(&m->arena, p.step, p.n * sizeof *p.step);
    free(p.step);
    if (!step)
        return false;
    for (size_t i = 0; i < p.n; i++)
        bent = bent || step[i].rate != step[i].rate_end;
    src->kind = SOURCE_RATES;
    src->steps = p.n;
    src->step = step;
    src->batch_mean = a->batch_mean > 1 ? a->batch_mean : 1;
    if (a->noise > 0)
        src->noise = compile_factor(m, a->noise);
    src->plain = !bent && src->batch_mean == 1 && !(a->noise > 0);
    return src->noise || !(a->noise > 0);
}

static bool compile_source(struct oh_model *m, struct model_source *src, const char *name,
                           const struct spec_arrivals *a, double busyness)
{
    src->key = draw_source(name);
    if (busyness > 0 && !(src->busyness = compile_factor(m, busyness)))
        return false;
    switch (a->kind) {
    case ARRIVALS_RATE:
    case ARRIVALS_COUNTS:
        if (!compile_rates(m, src, a))
            return false;
        break;
    case ARRIVALS_RENEWAL:
        src->kind = SOURCE_RENEWAL;
        src->between = a->between;
        break;
    case ARRIVALS_TIMES:
        src->kind = SOURCE_TIMES;
        src->n = a->n;
        src->at = a->at;
        src->talk = a->talk;
        src->hold = a->hold;
        src->wrap_up = a->wrap_up;
        src->patience = a->patience;
        break;
    }
    src->plain = src->plain && !src->busyness && !m->busyness;
    return true;
}

/* One demand, split over the queues that have a share of it. */
static bool compile_demand(struct oh_model *m, struct model_source *src, const struct spec *s)
{
    struct model_mix *mix = arena_array(&m->arena, s->queues, sizeof *mix);
    double sum = 0;
    if (!mix)
        return false;
    for (uint32_t q = 0; q < s->queues; q++)
        if (s->queue[q].mix_share > 0) {
            sum += s->queue[q].mix_share;
            mix[src->mixes++] = (struct model_mix){q, sum};
        }
    if (src->mixes) {
        mix[src->mixes - 1].up_to = 1; /* whatever rounding left */
        src->queue = mix[0].queue;
    }
    src->mix = mix;
    return compile_source(m, src, "demand:", s->demand, 0);
}

/* Two names that hash alike would share their callers' draws: the later one moves on. */
static void separate_keys(struct model_source *src, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t j = 0; j < i; j++)
            if (src[j].key == src[i].key) {
                src[i].key++;
                j = (size_t)-1; /* look at all of them again */
            }
}

bool compile_sources(struct oh_model *m, const struct spec *s)
{
    struct model_source *source = arena_array(&m->arena, s->queues + 1, sizeof *source);
    if (!source || (s->busyness > 0 && !(m->busyness = compile_factor(m, s->busyness))))
        return false;
    for (uint32_t q = 0; q < s->queues; q++) {
        const struct spec_queue *sq = &s->queue[q];
        if (!sq->arrivals)
            continue;
        source[m->sources].queue = q;
        if (!compile_source(m, &source[m->sources], sq->name, sq->arrivals, sq->busyness))
            return false;
        m->sources++;
    }
    if (s->demand && !compile_demand(m, &source[m->sources++], s))
        return false;
    separate_keys(source, m->sources);
    m->source = source;
    return true;
}

bool period_holds(double at, double a, double b)
{
    return (at > a || a <= 0) && at <= b;
}

/* The area under pieces from a to b. */
static double area(const struct model_source *src, double a, double b)
{
    double sum = 0, from = 0;
    for (size_t k = 0; k < src->steps && from < b; k++) {
        const struct model_step *s = &src->step[k];
        double lo = fmax(a, from), hi = fmin(b, s->until);
        if (hi > lo && s->rate == s->rate_end) {
            sum += s->rate * (hi - lo);
        } else if (hi > lo) {
            double slope = (s->rate_end - s->rate) / (s->until - from);
            sum += (hi - lo) * (s->rate + slope * ((lo + hi) / 2 - from));
        }
        from = s->until;
    }
    return sum;
}

double source_expects(const struct oh_model *m, const struct model_source *src, double a, double b)
{
    double sum = 0;
    if (src->kind == SOURCE_RATES)
        return area(src, a, b);
    if (src->kind == SOURCE_TIMES) {
        for (size_t i = 0; i < src->n; i++)
            sum += period_holds(src->at[i], a, b);
        return sum;
    }
    for (size_t k = 0; k < m->openings; k++)
        sum += fmax(0, fmin(b, m->opening[k].closes) - fmax(a, m->opening[k].opens));
    return sum / dist_mean(src->between);
}
