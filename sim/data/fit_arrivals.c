/* fit_arrivals.c - expected calls by weekday and slot, and what varies beyond chance.
 *
 * A slot of a day has Poisson(lambda B G) calls: B is the day's busyness (gamma, mean 1, cv b), G
 * the slot's noise (gamma, mean 1, cv g), independent. Two slots of one day share B only, so
 * products of their deviations tell b; squares of deviations less the mean tell (1 + b^2)(1 + g^2)
 * - 1. Moments, since they need no law for B and G.
 */
#include <math.h>

#include "fit_parts.h"
#include "quantiles.h"

struct study {
    const oh_fit *fit;
    const struct fit_calendar *c;
    const oh_log *log;
    size_t first, end;      /* queues of the fit */
    double *all[WEEKDAYS];  /* [slots] */
    double *mean[WEEKDAYS]; /* of those that the scenario does not make itself */
    /* per normal day */
    double *product, *square; /* sums over slots: of i != j, and of i */
    double *day_total;
};

static double calls_at(const struct study *s, size_t d, size_t slot, double *fresh)
{
    long day = s->c->day[d].day;
    double sum = 0;
    *fresh = 0;
    for (size_t q = s->first; q < s->end; q++) {
        const struct log_cell *cell = calendar_cell(s->c, s->log, day, slot, s->fit->number[q]);
        double calls = cell ? cell->arrivals : 0;
        sum += calls;
        *fresh += calls - fit_follow_ups(s->fit, q, d, slot);
    }
    return sum;
}

static double fresh_at(const struct study *s, size_t d, size_t slot)
{
    double fresh;
    calls_at(s, d, slot, &fresh);
    return fresh;
}

static bool means(struct study *s, struct arena *arena)
{
    const struct fit_calendar *c = s->c;
    for (unsigned w = 0; w < WEEKDAYS; w++)
        if (c->opening[w].open && (!(s->mean[w] = arena_array(arena, c->slots, sizeof **s->mean)) ||
                                   !(s->all[w] = arena_array(arena, c->slots, sizeof **s->all))))
            return false;
    for (size_t d = 0; d < c->days; d++) {
        const struct fit_opening *o = &c->opening[c->day[d].weekday];
        if (c->day[d].kind != DAY_NORMAL)
            continue;
        for (size_t i = o->first; i < o->end; i++) {
            double fresh, n = (double)o->days;
            s->all[c->day[d].weekday][i] += calls_at(s, d, i, &fresh) / n;
            s->mean[c->day[d].weekday][i] += fresh / n;
        }
    }
    return true;
}

/* With one or two days of each weekday, the weekdays with the same hours share the shape of the
 * day and keep their own number of calls. */
static void share_shapes(const struct fit_calendar *c, double *const mean[WEEKDAYS])
{
    for (unsigned w = 0; w < WEEKDAYS; w++) {
        const struct fit_opening *o = &c->opening[w];
        double own = 0, all = 0;
        if (!o->open || o->days > 2)
            continue;
        double shape[1440 + 1] = {0};
        size_t others = 0;
        for (unsigned v = 0; v < WEEKDAYS; v++) {
            const struct fit_opening *p = &c->opening[v];
            if (!p->open || p->first != o->first || p->end != o->end)
                continue;
            others++;
            for (size_t i = o->first; i < o->end; i++)
                shape[i] += mean[v][i] * (double)p->days;
        }
        for (size_t i = o->first; i < o->end; i++) {
            own += mean[w][i];
            all += shape[i];
        }
        for (size_t i = o->first; others > 1 && all > 0 && i < o->end; i++)
            mean[w][i] = shape[i] / all * own;
    }
}

/* Where the scenario makes more calls itself than came, none are given to it, and the hours beside
 * give what is too much. */
static void none_below_zero(const struct fit_calendar *c, double *const mean[WEEKDAYS])
{
    for (unsigned w = 0; w < WEEKDAYS; w++) {
        const struct fit_opening *o = &c->opening[w];
        double owed = 0;
        for (size_t i = o->first; mean[w] && i < o->end; i++) {
            owed += fmin(mean[w][i], 0);
            double given = fmin(fmax(mean[w][i], 0), -owed);
            mean[w][i] = fmax(mean[w][i], 0) - given;
            owed += given;
        }
        for (size_t i = o->end; mean[w] && owed < 0 && i-- > o->first;) {
            double given = fmin(mean[w][i], -owed);
            mean[w][i] -= given;
            owed += given;
        }
    }
}

/* n / (n - 1): the mean was estimated from the same days. */
static double correction(const struct fit_opening *o)
{
    double n = (double)o->days;
    return n / (n - 1);
}

struct moments {
    double product, products; /* seen, and of the means: their ratio is b^2 */
    double square, squares;
    double poisson; /* what chance alone adds to the squares seen */
};

static double cv_of(double squared)
{
    return squared > 0 ? sqrt(squared) : 0;
}

static double noise_of(const struct moments *m)
{
    double b2 = fmax(m->product / m->products, 0);
    return (m->square / m->squares + 1) / (1 + b2) - 1;
}

/* b: the excess of the days' totals is like a chi square with the days' degrees of freedom. */
static struct measured busyness_of(const struct moments *m, double rest, double freedom)
{
    double b2 = m->product / m->products, whole = fmax(b2, 0) + rest;
    struct measured out = {cv_of(b2), NAN, NAN};
    if (freedom >= 1) {
        out.low = cv_of(whole * freedom / chi_square_quantile(0.975, freedom) - rest);
        out.high = cv_of(whole * freedom / chi_square_quantile(0.025, freedom) - rest);
    }
    return out;
}

/* g: by leaving out one day after the other (Tukey's jackknife). A variance is uncertain by a
 * factor, so the interval is one of the logarithm of the whole, chance included. */
static struct measured noise_measured(const struct moments *all, const struct moments *day,
                                      size_t days, double freedom)
{
    double g2 = noise_of(all), mean = 0, squares = 0;
    struct measured out = {cv_of(g2), NAN, NAN};
    if (days < 3 || freedom < 1)
        return out;
    for (size_t d = 0; d < days; d++) {
        struct moments less = {all->product - day[d].product, all->products - day[d].products,
                               all->square - day[d].square, all->squares - day[d].squares, 0};
        double x = noise_of(&less), step = x - mean;
        mean += step / (double)(d + 1);
        squares += step * (x - mean);
    }
    double n = (double)days, se = sqrt(squares * (n - 1) / n);
    double t = student_quantile(0.975, freedom), chance = all->poisson / all->squares;
    double whole = fmax(g2, 0) + chance, factor = exp(t * se / whole);
    out.low = cv_of(whole / factor - chance);
    out.high = cv_of(whole * factor - chance);
    return out;
}

/* Busyness and noise of the study's queues together. */
static bool variation(struct study *s, struct arena *arena, struct fit_arrivals *out)
{
    const struct fit_calendar *c = s->c;
    struct moments all = {0}, *day = arena_array(arena, c->normal + 1, sizeof *day);
    double freedom = 0, variance = 0, total = 0, rest = 0;
    size_t days = 0;
    if (!day)
        return false;
    for (unsigned w = 0; w < WEEKDAYS; w++)
        freedom +=
            c->opening[w].open && c->opening[w].days > 1 ? (double)c->opening[w].days - 1 : 0;
    for (size_t d = 0; d < c->days; d++) {
        const struct fit_opening *o = &c->opening[c->day[d].weekday];
        if (c->day[d].kind != DAY_NORMAL || o->days < 2)
            continue;
        double sum = 0, squares = 0, mean = 0, mean_squares = 0, less = 0, k = correction(o);
        for (size_t i = o->first; i < o->end; i++) {
            double m = s->mean[c->day[d].weekday][i], x = fresh_at(s, d, i) - m;
            sum += x;
            squares += x * x;
            less += s->all[c->day[d].weekday][i]; /* chance: that of all calls */
            mean += m;
            mean_squares += m * m;
        }
        if (!(mean > 0))
            continue;
        /* squares and products of means that were estimated are too large by their variances */
        double n = (double)o->days, product = k * (sum * sum - squares);
        day[days] = (struct moments){product, mean * mean - mean_squares - product / n,
                                     k * squares - less, mean_squares - k * squares / n, less};
        all.poisson += less;
        all.product += day[days].product;
        all.products += day[days].products;
        all.square += day[days].square;
        all.squares += day[days].squares;
        variance += k * sum * sum;
        total += less;
        rest += less / (mean * mean);
        days++;
    }
    out->busyness = out->noise = (struct measured){NAN, NAN, NAN};
    out->dispersion = total > 0 ? variance / total : NAN;
    if (days < 2 || !(all.products > 0) || !(all.squares > 0))
        return true;
    double g2 = fmax(noise_of(&all), 0);
    rest = rest / (double)days + g2 * all.squares / (all.products + all.squares);
    out->busyness = busyness_of(&all, rest, freedom);
    out->noise = noise_measured(&all, day, days, freedom);
    return true;
}

/* Queues `first` to `end`, as one. */
static bool study_queues(oh_fit *fit, const oh_log *log, size_t first, size_t end,
                         struct fit_arrivals *out)
{
    struct study s = {.fit = fit, .c = &fit->calendar, .log = log, .first = first, .end = end};
    if (!means(&s, &fit->arena) || !variation(&s, &fit->arena, out))
        return false;
    if (s.c->week) {
        share_shapes(s.c, s.all);
        share_shapes(s.c, s.mean);
    }
    none_below_zero(s.c, s.mean);
    double days = 0, fresh = 0;
    for (unsigned w = 0; w < WEEKDAYS; w++) {
        const struct fit_opening *o = &s.c->opening[w];
        out->expected[w] = s.all[w];
        out->fresh[w] = s.mean[w];
        for (size_t i = o->first; s.mean[w] && i < o->end; i++) {
            out->per_day += s.all[w][i] * (double)o->days;
            fresh += s.mean[w][i] * (double)o->days;
        }
        days += o->open ? (double)o->days : 0;
    }
    out->fresh_share = out->per_day > 0 ? fresh / out->per_day : 1;
    out->per_day = days > 0 ? out->per_day / days : NAN;
    return true;
}

/* What the queues share: products of the deviations of two different queues on one day. */
static void common_busyness(oh_fit *fit)
{
    const struct measured *all = &fit->total.arrivals.busyness;
    fit->busyness = *all;
    if (fit->queues < 2)
        return;
    /* the total's variance is that of the common factor and, divided, of the queues' own ones */
    double common = all->value * all->value, whole = 0, own = 0;
    for (size_t q = 0; q < fit->queues; q++)
        whole += fit->queue[q].arrivals.per_day;
    for (size_t q = 0; q < fit->queues; q++) {
        double share = fit->queue[q].arrivals.per_day / whole;
        double b = fit->queue[q].arrivals.busyness.value;
        own += share * share * fmax(b * b - common, 0);
    }
    fit->busyness.value = cv_of(common - own);
}

bool fit_arrivals(oh_fit *fit, const oh_log *log)
{
    for (size_t q = 0; q < fit->queues; q++)
        if (!study_queues(fit, log, q, q + 1, &fit->queue[q].arrivals))
            return false;
    if (!study_queues(fit, log, 0, fit->queues, &fit->total.arrivals))
        return false;
    common_busyness(fit);
    return true;
}
