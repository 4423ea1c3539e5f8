/* fit_staff_days.c - weekdays by a permutation test; absence by what distant hours of a day share.
 *
 * The one idea: who is absent is missing all day, so a day with few agents at nine has few at four.
 * What is seen of agents by their calls is off as well (who came late to his first call, whose
 * break was long), but by other amounts at other hours. So the spread of the days is measured by
 * the covariance of hours that lie FAR apart, where such errors have no part. With heads n and
 * absence a, of which each agent's is his own, hours s and t share cov = min(n_s, n_t) a (1 - a),
 * and n (1 - a) are seen on the mean: a = cov / min(seen_s, seen_t), over all such hours and days.
 */
#include "fit_staff_days.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../math/draw.h"
#include "quantiles.h"

#define FAR        7200.0 /* s between two hours that share no error of seeing ... */
#define FAR_PART   0.34   /* ... or this part of a short day */
#define BLOCK      7200.0 /* s of a day in which weekdays are compared */
#define DIFFERENT  0.05   /* p-value below which weekdays differ */
#define SURE       3.0    /* standard errors of what hours without anything in common share */
#define LEAST      0.01   /* absence: less is not written */
#define NEIGHBOURS 2.0    /* times: errors of seeing reach into the next slots */

enum { SHUFFLES = 999, LEAST_FREEDOM = 4 };

static const double *row(const struct staff_days *staff, size_t day)
{
    return &staff->seen[day * staff->c->slots];
}

/* Is it a normal day all of whose agents are known? */
static bool is_known(const struct staff_days *staff, size_t day)
{
    const struct fit_day *d = &staff->c->day[day];
    return d->kind == DAY_NORMAL && d->day < staff->studied_before;
}

static bool is_like(const struct staff_days *staff, size_t day, const unsigned same[WEEKDAYS],
                    unsigned kind)
{
    unsigned weekday = staff->c->day[day].weekday;
    return is_known(staff, day) && staff->c->opening[weekday].open && same[weekday] == kind;
}

/* ---- weekdays ---- */

static bool same_hours(const struct fit_calendar *c, unsigned a, unsigned b)
{
    const struct fit_opening *x = &c->opening[a], *y = &c->opening[b];
    return x->open && y->open && x->first == y->first && x->end == y->end;
}

struct compared { /* days of weekdays with the same hours, by blocks of the day */
    size_t days, blocks;
    const double **block; /* [days]: the blocks' sums */
    unsigned *weekday;    /* [days] */
};

/* How far the weekdays' means lie apart, in all blocks. */
static double apart(const struct compared *x)
{
    double sum = 0;
    for (size_t b = 0; b < x->blocks; b++) {
        double total[WEEKDAYS] = {0}, n[WEEKDAYS] = {0};
        for (size_t d = 0; d < x->days; d++) {
            total[x->weekday[d]] += x->block[d][b];
            n[x->weekday[d]]++;
        }
        for (unsigned w = 0; w < WEEKDAYS; w++)
            sum += n[w] > 0 ? total[w] * total[w] / n[w] : 0;
    }
    return sum;
}

/* The share of random orders of the days in which weekdays lie as far apart. */
static double by_chance(struct compared *x)
{
    double found = apart(x), as_far = 1;
    struct draw_key key = {.seed = 1};
    for (uint32_t i = 0; i < SHUFFLES; i++) {
        key.replication = i;
        for (size_t d = x->days; d > 1; d--) {
            size_t k = (size_t)(draw_one(&key, DRAW_CHOOSE, 0, d) * (double)d);
            unsigned w = x->weekday[d - 1];
            x->weekday[d - 1] = x->weekday[k];
            x->weekday[k] = w;
        }
        as_far += apart(x) >= found * (1 - 1e-12);
    }
    return as_far / (SHUFFLES + 1);
}

/* NaN: too few days, or out of memory. */
static double compare(const struct staff_days *staff, unsigned first)
{
    const struct fit_calendar *c = staff->c;
    size_t wide = (size_t)fmax(BLOCK / c->step, 1), weekdays = 0;
    struct compared x = {.blocks = (c->slots + wide - 1) / wide};
    double *sums = calloc(c->days * x.blocks + 1, sizeof *sums), p = NAN;
    x.block = calloc(c->days + 1, sizeof *x.block);
    x.weekday = calloc(c->days + 1, sizeof *x.weekday);
    for (unsigned w = first; w < WEEKDAYS; w++)
        weekdays += same_hours(c, first, w);
    for (size_t d = 0; sums && x.block && x.weekday && d < c->days; d++) {
        if (!is_known(staff, d) || !same_hours(c, first, c->day[d].weekday))
            continue;
        double *sum = &sums[x.days * x.blocks];
        for (size_t s = 0; s < c->slots; s++)
            sum[s / wide] += row(staff, d)[s];
        x.block[x.days] = sum;
        x.weekday[x.days++] = c->day[d].weekday;
    }
    if (weekdays > 1 && x.days >= weekdays + LEAST_FREEDOM)
        p = by_chance(&x);
    free(sums);
    free(x.block);
    free(x.weekday);
    return p;
}

void staff_alike(const struct staff_days *staff, unsigned same[WEEKDAYS], double *p_value)
{
    bool done[WEEKDAYS] = {false};
    *p_value = NAN;
    for (unsigned w = 0; w < WEEKDAYS; w++)
        same[w] = w;
    for (unsigned w = 0; w < WEEKDAYS; w++) {
        if (done[w] || !staff->c->opening[w].open)
            continue;
        double p = compare(staff, w);
        *p_value = fmin(p, isnan(*p_value) ? 1 : *p_value);
        for (unsigned v = w; v < WEEKDAYS; v++) {
            if (!same_hours(staff->c, w, v))
                continue;
            done[v] = true;
            same[v] = p >= DIFFERENT ? w : v;
        }
    }
}

/* ---- days ---- */

struct spread {
    double *off;   /* [days][slots] seen less the mean of its kind */
    double *calls; /* [days] the same of the day's calls */
    double *mean;  /* [slots] of one kind */
    double freedom;
    double shared, room, chance; /* sums over hours far apart: cov, min(seen), its variance */
    double agents;               /* the most seen on the mean at any hour */
};

/* Differences from the mean of days of one kind. */
static void centre(struct spread *x, const struct staff_days *staff, const unsigned same[WEEKDAYS],
                   unsigned kind)
{
    const struct fit_calendar *c = staff->c;
    double n = 0, calls = 0;
    memset(x->mean, 0, c->slots * sizeof *x->mean);
    for (size_t d = 0; d < c->days; d++) {
        if (!is_like(staff, d, same, kind))
            continue;
        n++;
        calls += c->day[d].calls;
        for (size_t s = 0; s < c->slots; s++)
            x->mean[s] += row(staff, d)[s];
    }
    for (size_t s = 0; s < c->slots && n > 0; s++)
        x->mean[s] /= n;
    for (size_t d = 0; d < c->days; d++) {
        if (!is_like(staff, d, same, kind))
            continue;
        x->calls[d] = n > 1 ? c->day[d].calls - calls / n : 0;
        for (size_t s = 0; s < c->slots; s++)
            x->off[d * c->slots + s] = n > 1 ? row(staff, d)[s] - x->mean[s] : 0;
    }
    x->freedom += n > 1 ? n - 1 : 0;
}

/* What hours far apart have in common, on days of one kind. */
static void share(struct spread *x, const struct staff_days *staff, const unsigned same[WEEKDAYS],
                  unsigned kind)
{
    const struct fit_calendar *c = staff->c;
    const struct fit_opening *o = &c->opening[kind];
    double open = (double)(o->end - o->first) * c->step;
    size_t far = (size_t)fmax(fmin(FAR, FAR_PART * open) / c->step, 1);
    double n = 0;
    memset(x->mean, 0, c->slots * sizeof *x->mean);
    for (size_t d = 0; d < c->days; d++)
        n += is_like(staff, d, same, kind);
    if (n < 2)
        return;
    for (size_t s = o->first; s < o->end; s++) {
        for (size_t d = 0; d < c->days; d++)
            x->mean[s] += is_like(staff, d, same, kind) ? row(staff, d)[s] / n : 0;
        for (size_t t = o->first; t + far <= s; t++) {
            double cov = 0, here = 0, there = 0;
            for (size_t d = 0; d < c->days; d++) {
                if (!is_like(staff, d, same, kind))
                    continue;
                double a = x->off[d * c->slots + s], b = x->off[d * c->slots + t];
                cov += a * b;
                here += a * a;
                there += b * b;
            }
            x->shared += cov;
            x->room += (n - 1) * fmin(x->mean[s], x->mean[t]);
            x->agents = fmax(x->agents, x->mean[s]);
            x->chance += NEIGHBOURS * here * there / (n - 1);
        }
    }
}

/* Agents' hours and calls of a day: how surely they go together, and how much of the calls' swing
 * the agents follow. */
static void with_calls(struct fit_spread *out, const struct spread *x,
                       const struct staff_days *staff)
{
    const struct fit_calendar *c = staff->c;
    double sxx = 0, sxy = 0, syy = 0, hours = 0, calls = 0;
    for (size_t d = 0; d < c->days; d++) {
        double y = 0;
        if (!is_known(staff, d))
            continue;
        for (size_t s = 0; s < c->slots; s++) {
            y += x->off[d * c->slots + s];
            hours += row(staff, d)[s];
        }
        calls += c->day[d].calls;
        sxx += x->calls[d] * x->calls[d];
        sxy += x->calls[d] * y;
        syy += y * y;
    }
    if (!(sxx > 0) || !(syy > 0) || x->freedom < LEAST_FREEDOM)
        return;
    double r = sxy / sqrt(sxx * syy), t = r * sqrt((x->freedom - 1) / fmax(1 - r * r, 1e-9));
    out->correlation = r;
    out->elasticity = sxy / sxx * calls / hours;
    out->follows = t > student_quantile(0.995, x->freedom - 1);
}

/* What goes with the calls is a plan, and no absence. */
static void take_calls_out(struct spread *x, const struct staff_days *staff)
{
    const struct fit_calendar *c = staff->c;
    for (size_t s = 0; s < c->slots; s++) {
        double sxx = 0, sxy = 0;
        for (size_t d = 0; d < c->days; d++) {
            sxx += x->calls[d] * x->calls[d];
            sxy += x->calls[d] * x->off[d * c->slots + s];
        }
        for (size_t d = 0; d < c->days && sxx > 0; d++)
            x->off[d * c->slots + s] -= sxy / sxx * x->calls[d];
    }
    x->freedom--;
}

/* Few agents make a binomial with longer tails than the normal that chi square is of: so many
 * degrees of freedom less. `agents`: seen on the mean. */
static double effective_freedom(double freedom, double a, double agents)
{
    double excess = (1 - 6 * a * (1 - a)) / fmax(agents * a, 0.1);
    return freedom / (1 + fmax(excess, 0) / 2 * freedom / (freedom + 1));
}

static void judge(struct fit_spread *out, const struct spread *x, double lost)
{
    double room = x->room * x->freedom / (x->freedom + lost);
    if (x->freedom < LEAST_FREEDOM || !(room > 0))
        return;
    double a = fmax(x->shared / room, 0), nu = effective_freedom(x->freedom, a, x->agents);
    out->absence.value = a;
    out->absence.low = a * nu / chi_square_quantile(0.975, nu);
    out->absence.high = fmin(a * nu / chi_square_quantile(0.025, nu), 1);
    out->written = out->absence.low > LEAST && x->shared > SURE * sqrt(x->chance) && a < 0.9;
    if (x->shared <= SURE * sqrt(x->chance))
        out->absence.low = 0;
}

bool staff_spread(struct fit_spread *out, const struct staff_days *staff,
                  const unsigned same[WEEKDAYS])
{
    const struct fit_calendar *c = staff->c;
    struct spread x = {.off = calloc(c->days * c->slots + 1, sizeof *x.off),
                       .calls = calloc(c->days + 1, sizeof *x.calls),
                       .mean = calloc(c->slots + 1, sizeof *x.mean)};
    bool good = x.off && x.calls && x.mean;
    *out = (struct fit_spread){.absence = {NAN, NAN, NAN}, .correlation = NAN, .elasticity = NAN};
    for (unsigned w = 0; good && w < WEEKDAYS; w++)
        if (c->opening[w].open && same[w] == w)
            centre(&x, staff, same, w);
    if (good) {
        out->freedom = x.freedom;
        with_calls(out, &x, staff);
        if (out->follows)
            take_calls_out(&x, staff);
        for (unsigned w = 0; w < WEEKDAYS; w++)
            if (c->opening[w].open && same[w] == w)
                share(&x, staff, same, w);
        judge(out, &x, out->follows ? 1 : 0);
    }
    free(x.off);
    free(x.calls);
    free(x.mean);
    return good;
}
