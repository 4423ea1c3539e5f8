/* family.c - maximum likelihood. Known times have closed forms or one equation each (Johnson, Kotz
 * and Balakrishnan 1994); censored lognormal and gamma go through the simplex of Nelder and Mead.
 */
#include "family.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_erf.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_psi.h>
#include <math.h>

#define ROOT_2_PI 2.50662827463100050242

const char *law_name(enum law_kind kind)
{
    static const char *const names[LAW_KINDS] = {"exponential", "weibull",         "gamma",
                                                 "lognormal",   "short_lognormal", "empirical"};
    return names[kind];
}

size_t law_parameters(enum law_kind kind)
{
    return kind == LAW_EXPONENTIAL ? 1 : kind == LAW_SHORT_CALLS ? 4 : 2;
}

/* ---- laws ---- */

static double lognormal_mean(const struct law *law)
{
    return exp(law->a + law->b * law->b / 2);
}

double law_mean(const struct law *law)
{
    switch (law->kind) {
    case LAW_EXPONENTIAL:
        return law->a;
    case LAW_WEIBULL:
        return law->b * gsl_sf_gamma(1 + 1 / law->a);
    case LAW_GAMMA:
        return law->a * law->b;
    case LAW_LOGNORMAL:
        return lognormal_mean(law);
    case LAW_SHORT_CALLS:
        return law->share * law->short_mean + (1 - law->share) * lognormal_mean(law);
    case LAW_EMPIRICAL:
    case LAW_KINDS:
        break;
    }
    return NAN;
}

double law_cv(const struct law *law)
{
    double m, g;
    switch (law->kind) {
    case LAW_EXPONENTIAL:
        return 1;
    case LAW_WEIBULL:
        g = gsl_sf_gamma(1 + 1 / law->a);
        return sqrt(fmax(gsl_sf_gamma(1 + 2 / law->a) / (g * g) - 1, 0));
    case LAW_GAMMA:
        return 1 / sqrt(law->a);
    case LAW_LOGNORMAL:
        return sqrt(expm1(law->b * law->b));
    case LAW_SHORT_CALLS:
        m = lognormal_mean(law);
        g = law->share * 2 * law->short_mean * law->short_mean +
            (1 - law->share) * m * m * exp(law->b * law->b);
        m = law_mean(law);
        return sqrt(fmax(g / (m * m) - 1, 0));
    case LAW_EMPIRICAL:
    case LAW_KINDS:
        break;
    }
    return NAN;
}

double law_log_survival(const struct law *law, double t)
{
    if (!(t > 0))
        return 0;
    switch (law->kind) {
    case LAW_EXPONENTIAL:
        return -t / law->a;
    case LAW_WEIBULL:
        return -pow(t / law->b, law->a);
    case LAW_GAMMA:
        return log(fmax(gsl_cdf_gamma_Q(t, law->a, law->b), 1e-300));
    case LAW_LOGNORMAL:
        return gsl_sf_log_erfc((log(t) - law->a) / law->b / M_SQRT2) - M_LN2;
    case LAW_SHORT_CALLS:
        return log(fmax(1 - law_cdf(law, t), 1e-300));
    case LAW_EMPIRICAL:
    case LAW_KINDS:
        break;
    }
    return NAN;
}

static double log_normal_density(double a, double b, double t)
{
    double z = (log(t) - a) / b;
    return -z * z / 2 - log(t * b) - 0.91893853320467274178;
}

double law_log_density(const struct law *law, double t)
{
    double one, other;
    switch (law->kind) {
    case LAW_EXPONENTIAL:
        return -log(law->a) - t / law->a;
    case LAW_WEIBULL:
        return log(law->a / law->b) + (law->a - 1) * log(t / law->b) - pow(t / law->b, law->a);
    case LAW_GAMMA:
        return (law->a - 1) * log(t) - t / law->b - law->a * log(law->b) - gsl_sf_lngamma(law->a);
    case LAW_LOGNORMAL:
        return log_normal_density(law->a, law->b, t);
    case LAW_SHORT_CALLS:
        one = law->share / law->short_mean * exp(-t / law->short_mean);
        other = (1 - law->share) * exp(log_normal_density(law->a, law->b, t));
        return log(fmax(one + other, 1e-300));
    case LAW_EMPIRICAL:
    case LAW_KINDS:
        break;
    }
    return NAN;
}

double law_cdf(const struct law *law, double t)
{
    if (!(t > 0))
        return 0;
    if (law->kind == LAW_SHORT_CALLS)
        return law->share * -expm1(-t / law->short_mean) +
               (1 - law->share) * gsl_cdf_ugaussian_P((log(t) - law->a) / law->b);
    return -expm1(law_log_survival(law, t));
}

double law_quantile(const struct law *law, double share)
{
    double low = 0, high = 1;
    if (law->kind == LAW_EMPIRICAL)
        return NAN;
    while (law_cdf(law, high) < share && high < 1e9)
        high *= 2;
    for (int i = 0; i < 200 && high - low > 1e-12 * high; i++) {
        double middle = (low + high) / 2;
        if (law_cdf(law, middle) < share)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

double law_median(const struct law *law)
{
    return law_quantile(law, 0.5);
}

void law_set_mean(struct law *law, double mean)
{
    double factor = mean / law_mean(law);
    switch (law->kind) {
    case LAW_EXPONENTIAL:
        law->a = mean;
        break;
    case LAW_WEIBULL:
    case LAW_GAMMA:
        law->b *= factor;
        break;
    case LAW_LOGNORMAL:
        law->a += log(factor);
        break;
    case LAW_SHORT_CALLS: /* the short ones stay short */
        law->a +=
            log((mean - law->share * law->short_mean) / ((1 - law->share) * lognormal_mean(law)));
        break;
    case LAW_EMPIRICAL:
    case LAW_KINDS:
        break;
    }
}

/* ---- points ---- */

size_t points_thin(struct time_point *points, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        struct time_point *last = kept > 0 ? &points[kept - 1] : NULL;
        double a = last ? last->ended + last->censored : 0;
        double b = points[i].ended + points[i].censored;
        if (last && points[i].t < last->t * 1.005) {
            last->t = (last->t * a + points[i].t * b) / (a + b);
            last->ended += points[i].ended;
            last->censored += points[i].censored;
        } else {
            points[kept++] = points[i];
        }
    }
    return kept;
}

double law_log_likelihood(const struct law *law, const struct time_point *points, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        if (points[i].ended > 0)
            sum += points[i].ended * law_log_density(law, points[i].t);
        if (points[i].censored > 0)
            sum += points[i].censored * law_log_survival(law, points[i].t);
    }
    return sum;
}

struct sums {
    double n, t, log_t, log_squares, censored_t, censored;
};

static struct sums sums_of(const struct time_point *points, size_t n)
{
    struct sums s = {0};
    for (size_t i = 0; i < n; i++) {
        double l = log(points[i].t), w = points[i].ended;
        s.n += w;
        s.t += w * points[i].t;
        s.log_t += w * l;
        s.censored += points[i].censored;
        s.censored_t += points[i].censored * points[i].t;
    }
    double mean = s.log_t / s.n;
    for (size_t i = 0; i < n; i++) {
        double d = log(points[i].t) - mean;
        s.log_squares += points[i].ended * d * d;
    }
    return s;
}

/* ---- one equation each ---- */

/* log k - psi(k) = log of the mean - mean of the logs; Newton from Minka's start. */
static bool fit_gamma(struct law *law, const struct sums *s)
{
    double gap = log(s->t / s->n) - s->log_t / s->n;
    if (!(gap > 1e-9))
        return false;
    double k = (3 - gap + sqrt((gap - 3) * (gap - 3) + 24 * gap)) / (12 * gap);
    for (int i = 0; i < 50; i++) {
        double f = log(k) - gsl_sf_psi(k) - gap, slope = 1 / k - gsl_sf_psi_1(k);
        double next = k - f / slope;
        next = next > 0 ? next : k / 2;
        if (fabs(next - k) < 1e-12 * k)
            break;
        k = next;
    }
    law->a = k;
    law->b = s->t / s->n / k;
    return isfinite(k) && k > 0;
}

/* The shape solves sum t^k log t / sum t^k - 1/k = mean log of the ended, over all times in the
 * sums; then scale^k = sum t^k / ended. The left side grows with k: halving finds it. */
static bool fit_weibull(struct law *law, const struct time_point *points, size_t n,
                        const struct sums *s)
{
    double low = 0.02, high = 50, mean = s->log_t / s->n, scale = (s->t + s->censored_t) / s->n;
    double sum = 0;
    if (!(s->log_squares > 0))
        return false;
    for (int i = 0; i < 60 && high / low > 1 + 1e-9; i++) {
        double k = sqrt(low * high), weighted = 0;
        sum = 0;
        for (size_t j = 0; j < n; j++) {
            double w = (points[j].ended + points[j].censored) * pow(points[j].t / scale, k);
            sum += w;
            weighted += w * log(points[j].t);
        }
        if (weighted / sum - 1 / k < mean)
            low = k;
        else
            high = k;
    }
    law->a = sqrt(low * high);
    sum = 0;
    for (size_t j = 0; j < n; j++)
        sum += (points[j].ended + points[j].censored) * pow(points[j].t / scale, law->a);
    law->b = scale * pow(sum / s->n, 1 / law->a);
    return law->a > 0.021 && law->a < 49;
}

/* Expectation and maximisation (Dempster, Laird and Rubin 1977). */
static bool fit_short_calls(struct law *law, const struct time_point *points, size_t n,
                            const struct sums *s)
{
    law->share = 0.1;
    law->short_mean = 0.05 * s->t / s->n;
    law->a = s->log_t / s->n;
    law->b = sqrt(s->log_squares / s->n);
    for (int round = 0; round < 200; round++) {
        double w = 0, wt = 0, v = 0, vl = 0, vll = 0;
        struct law before = *law;
        for (size_t i = 0; i < n; i++) {
            double t = points[i].t, l = log(t), m = points[i].ended, z = (l - law->a) / law->b;
            double one = law->share / law->short_mean * exp(-t / law->short_mean);
            double other = (1 - law->share) * exp(-z * z / 2 - l) / (law->b * ROOT_2_PI);
            double p = one / fmax(one + other, 1e-300) * m, q = m - p;
            w += p;
            wt += p * t;
            v += q;
            vl += q * l;
            vll += q * l * l;
        }
        if (!(w > 0) || !(v > 0))
            return false;
        law->share = w / s->n;
        law->short_mean = wt / w;
        law->a = vl / v;
        law->b = sqrt(fmax(vll / v - law->a * law->a, 1e-12));
        if (fabs(law->share - before.share) < 1e-7 && fabs(law->a - before.a) < 1e-7)
            break;
    }
    /* short calls that are neither few nor short are something else */
    return law->share > 0.003 && law->share < 0.4 && law->short_mean < 0.25 * exp(law->a);
}

bool law_fit(struct law *law, enum law_kind kind, const struct time_point *points, size_t n)
{
    struct sums s = sums_of(points, n);
    *law = (struct law){.kind = kind};
    if (!(s.n > 1) || !(s.log_squares > 1e-12 * s.n))
        return false;
    switch (kind) {
    case LAW_EXPONENTIAL:
        law->a = s.t / s.n;
        return true;
    case LAW_WEIBULL:
        return fit_weibull(law, points, n, &s);
    case LAW_GAMMA:
        return fit_gamma(law, &s);
    case LAW_LOGNORMAL:
        law->a = s.log_t / s.n;
        law->b = sqrt(s.log_squares / s.n);
        return true;
    case LAW_SHORT_CALLS:
        return s.n >= 200 && fit_short_calls(law, points, n, &s);
    case LAW_EMPIRICAL:
    case LAW_KINDS:
        break;
    }
    return false;
}

/* ---- the simplex ----
 *
 * Nelder and Mead (1965) in two dimensions, by hand: GSL's allocates, and ends the program of
 * whoever has left its error handler alone when memory is out. */

struct climb {
    enum law_kind kind;
    const struct time_point *points;
    size_t n;
};

struct corner {
    double x[2], down; /* minus the likelihood */
};

static struct law law_at(const struct climb *c, const double x[2])
{
    struct law law = {.kind = c->kind};
    law.a = c->kind == LAW_LOGNORMAL ? x[0] : exp(fmin(fmax(x[0], -20), 20));
    law.b = exp(fmin(fmax(x[1], -20), 20));
    return law;
}

static struct corner corner_at(const struct climb *c, double a, double b)
{
    struct corner k = {{a, b}, 0};
    struct law law = law_at(c, k.x);
    double l = law_log_likelihood(&law, c->points, c->n);
    k.down = isfinite(l) ? -l : 1e300;
    return k;
}

/* The worst corner moved through the middle of the other two, by that much. */
static struct corner moved(const struct climb *c, const struct corner s[3], double by)
{
    double x[2];
    for (int i = 0; i < 2; i++) {
        double middle = (s[0].x[i] + s[1].x[i]) / 2;
        x[i] = middle + by * (s[2].x[i] - middle);
    }
    return corner_at(c, x[0], x[1]);
}

static void sort_corners(struct corner s[3])
{
    for (int i = 0; i < 2; i++) {
        for (int k = 0; k < 2 - i; k++) {
            if (s[k + 1].down < s[k].down) {
                struct corner kept = s[k];
                s[k] = s[k + 1];
                s[k + 1] = kept;
            }
        }
    }
}

static void simplex_step(const struct climb *c, struct corner s[3])
{
    struct corner mirror = moved(c, s, -1), other;
    if (mirror.down < s[0].down) {
        other = moved(c, s, -2);
        s[2] = other.down < mirror.down ? other : mirror;
        return;
    }
    if (mirror.down < s[1].down) {
        s[2] = mirror;
        return;
    }
    other = moved(c, s, mirror.down < s[2].down ? -0.5 : 0.5);
    if (other.down < fmin(mirror.down, s[2].down)) {
        s[2] = other;
        return;
    }
    for (int k = 1; k < 3; k++)
        s[k] = corner_at(c, (s[0].x[0] + s[k].x[0]) / 2, (s[0].x[1] + s[k].x[1]) / 2);
}

static bool climb(struct law *law, const struct climb *c, double a, double b)
{
    struct corner s[3] = {corner_at(c, a, b), corner_at(c, a + 0.3, b), corner_at(c, a, b + 0.3)};
    for (int i = 0; i < 400; i++) {
        sort_corners(s);
        double size = fabs(s[2].x[0] - s[0].x[0]) + fabs(s[2].x[1] - s[0].x[1]) +
                      fabs(s[1].x[0] - s[0].x[0]) + fabs(s[1].x[1] - s[0].x[1]);
        if (size < 1e-7)
            break;
        simplex_step(c, s);
    }
    sort_corners(s);
    *law = law_at(c, s[0].x);
    return s[0].down < 1e299;
}

bool law_fit_censored(struct law *law, enum law_kind kind, const struct time_point *points,
                      size_t n)
{
    struct sums s = sums_of(points, n);
    struct climb c = {kind, points, n};
    *law = (struct law){.kind = kind};
    if (!(s.n > 1) || !(s.log_squares > 1e-12 * s.n))
        return false;
    double mean = (s.t + s.censored_t) / s.n; /* exponential: total time / ended */
    switch (kind) {
    case LAW_EXPONENTIAL:
        law->a = mean;
        return true;
    case LAW_WEIBULL:
        return fit_weibull(law, points, n, &s);
    case LAW_GAMMA:
        return climb(law, &c, 0, log(mean));
    case LAW_LOGNORMAL:
        return climb(law, &c, log(mean) - 0.5, 0);
    case LAW_SHORT_CALLS:
    case LAW_EMPIRICAL:
    case LAW_KINDS:
        break;
    }
    return false;
}

double law_distance(const struct law *law, const struct time_point *points, size_t n, double grain)
{
    double total = 0, seen = 0, largest = 0;
    for (size_t i = 0; i < n; i++)
        total += points[i].ended;
    for (size_t i = 0; i < n && total > 0; i++) {
        double before = law_cdf(law, points[i].t - grain / 2);
        double after = law_cdf(law, points[i].t + grain / 2);
        largest = fmax(largest, fabs(before - seen / total));
        seen += points[i].ended;
        largest = fmax(largest, fabs(after - seen / total));
    }
    return largest;
}
