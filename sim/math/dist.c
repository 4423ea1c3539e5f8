/* dist.c - trees of distributions: making them, their moments, drawing from them.
 *
 * The idea to know: a tree turns one uniform into one time. A mixture spends the leading part of
 * its uniform on choosing a part and stretches the rest to (0, 1) for it. first_of needs more than
 * one: its first part takes the uniform it was given, each further one draws its own, numbered
 * depth first over the whole tree.
 */
#include "dist.h"

#include <stdlib.h>
#include <string.h>

#include "dist_family.h"
#include "quad.h"

struct dist *dist_new(struct arena *arena, const struct dist_family *family)
{
    struct dist *d = arena_alloc(arena, sizeof *d);
    if (d)
        d->family = family;
    return d;
}

const char *dist_wrong_mean(double mean)
{
    if (!dist_given(mean))
        return "give the mean";
    if (!(mean > 0))
        return "the mean must be above 0";
    return mean > DIST_LONGEST ? "the mean is longer than 30 years" : NULL;
}

struct dist *dist_make(struct arena *arena, const struct dist_family *family,
                       const double given[DIST_PARAMS], const char **wrong)
{
    *wrong = NULL;
    struct dist *d = dist_new(arena, family);
    if (!d)
        return NULL;
    *wrong = family->init(d, given, arena);
    return *wrong || arena->failed ? NULL : d;
}

struct dist *dist_constant(struct arena *arena, double seconds)
{
    struct dist *d = dist_new(arena, &dist_constant_family);
    if (d)
        d->p[0] = seconds;
    return d;
}

struct dist *dist_exponential(struct arena *arena, double mean)
{
    struct dist *d = dist_new(arena, &dist_exponential_family);
    if (d)
        d->p[0] = mean;
    return d;
}

unsigned dist_depth(const struct dist *d)
{
    unsigned deepest = 0;
    for (size_t k = 0; k < d->parts; k++) {
        unsigned depth = dist_depth(d->part[k]);
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest + 1;
}

static struct dist *compound(struct arena *arena, const struct dist_family *family, size_t n,
                             struct dist *const *part, const char **wrong)
{
    for (size_t k = 0; k < n && !*wrong; k++)
        if (dist_depth(part[k]) >= DIST_DEPTH)
            *wrong = "distributions are nested too deeply";
    struct dist *d = *wrong ? NULL : dist_new(arena, family);
    struct dist **copy = d ? arena_array(arena, n, sizeof *copy) : NULL;
    if (!copy)
        return NULL;
    memcpy(copy, part, n * sizeof *copy);
    d->part = copy;
    d->parts = n;
    return d;
}

struct dist *dist_mixture(struct arena *arena, size_t n, struct dist *const *part,
                          const double *share, const char **wrong)
{
    double sum = 0;
    *wrong = n == 0 ? "a mixture needs at least one part" : NULL;
    for (size_t k = 0; k < n; k++) {
        if (!(share[k] >= 0 && share[k] <= 1))
            *wrong = "a share must be from 0% to 100%";
        sum += share[k];
    }
    if (!*wrong && !(fabs(sum - 1) <= 1e-9))
        *wrong = sum > 1 ? "the shares sum to more than 100%" : "the shares sum to less than 100%";
    struct dist *d = *wrong ? NULL : compound(arena, &dist_mixture_family, n, part, wrong);
    if (d)
        d->share = arena_copy(arena, share, n * sizeof *share);
    return d && d->share ? d : NULL;
}

struct dist *dist_first_of(struct arena *arena, size_t n, struct dist *const *part,
                           const char **wrong)
{
    *wrong = n == 0 ? "first_of needs at least one part" : NULL;
    return *wrong ? NULL : compound(arena, &dist_first_of_family, n, part, wrong);
}

/* ---- what a tree is ---- */

bool dist_is_never(const struct dist *d)
{
    if (d->parts == 0)
        return d->family == &dist_never_family;
    for (size_t k = 0; k < d->parts; k++)
        if ((!d->share || d->share[k] > 0) && !dist_is_never(d->part[k]))
            return false;
    return true;
}

bool dist_has_schedule(const struct dist *d)
{
    for (size_t k = 0; k < d->parts; k++)
        if (dist_has_schedule(d->part[k]))
            return true;
    return d->schedule != NULL;
}

/* ---- moments ---- */

/* What the family's times are multiplied by, on average over the steps. */
static double mean_scale(const struct dist *d)
{
    if (!d->schedule)
        return 1;
    double sum = 0, n = 0;
    for (size_t day = 0; day == 0 || (d->schedule->day && day < d->schedule->openings); day++) {
        const struct dist_schedule *s = d->schedule->day ? &d->schedule->day[day] : d->schedule;
        for (size_t k = 0; k < s->n; k++)
            sum += s->mean[k];
        n += (double)s->n;
    }
    return sum / n;
}

double dist_mean(const struct dist *d)
{
    return d->plus + mean_scale(d) * d->family->mean(d);
}

double dist_mean_at(const struct dist *d, double at)
{
    double mean = d->schedule ? dist_scheduled_mean(d->schedule, at) * d->family->mean(d) : 0;
    if (!d->schedule && !d->share)
        mean = d->family->mean(d);
    for (size_t k = 0; d->share && k < d->parts; k++)
        if (d->share[k] > 0)
            mean += d->share[k] * dist_mean_at(d->part[k], at);
    return d->plus + mean;
}

double dist_variance(const struct dist *d)
{
    double scale = mean_scale(d);
    return scale * scale * d->family->variance(d);
}

double dist_cdf(const struct dist *d, double x)
{
    return d->family->cdf(d, (x - d->plus) / mean_scale(d));
}

static double mixture_mean(const struct dist *d)
{
    double sum = 0;
    for (size_t k = 0; k < d->parts; k++)
        if (d->share[k] > 0)
            sum += d->share[k] * dist_mean(d->part[k]);
    return sum;
}

static double mixture_variance(const struct dist *d)
{
    double mean = mixture_mean(d), sum = 0;
    if (isinf(mean))
        return INFINITY;
    for (size_t k = 0; k < d->parts; k++) {
        double off = dist_mean(d->part[k]) - mean;
        if (d->share[k] > 0)
            sum += d->share[k] * (dist_variance(d->part[k]) + off * off);
    }
    return sum;
}

static double mixture_cdf(const struct dist *d, double x)
{
    double sum = 0;
    for (size_t k = 0; k < d->parts; k++)
        if (d->share[k] > 0)
            sum += d->share[k] * dist_cdf(d->part[k], x);
    return fmin(1, sum);
}

static double first_of_cdf(const struct dist *d, double x)
{
    double survival = 1;
    for (size_t k = 0; k < d->parts; k++)
        survival *= 1 - dist_cdf(d->part[k], x);
    return 1 - survival;
}

static double survival(double x, const void *d)
{
    return 1 - first_of_cdf(d, x);
}

static double survival_moment(double x, const void *d)
{
    return x * survival(x, d);
}

/* Integral of x^power times the survival function, power 0 or 1, from 0 on: panels between the
 * corners, then ever longer ones until what is left is nothing. Survival is 1 - cdf, known to
 * 1e-16, and so is asked for no more exactly. INFINITY if it does not come to an end. */
static double integrate(const struct dist *d, int power)
{
    enum { CORNERS = 256 };
    double (*f)(double x, const void *user) = power == 0 ? survival : survival_moment;
    double corner[CORNERS];
    size_t n = dist_corners(d, corner, CORNERS);
    struct quad_rule rule;
    quad_rule_make(&rule);
    double sum = 0, from = 0, length = 1e-3;
    for (size_t k = 0; k < n + 200; k++) {
        double to = k < n ? corner[k] : from + length;
        if (!(to > from))
            continue;
        double unsure = 1e-15 * (power == 0 ? to : to * to);
        sum += quad(&rule, f, d, from, to, 1e-13 * sum + unsure);
        from = to;
        length *= k < n ? 1 : 2;
        if (k >= n && from * survival_moment(from, d) <= 1e-17 * sum)
            return sum;
    }
    return INFINITY;
}

static double first_of_mean(const struct dist *d)
{
    return integrate(d, 0);
}

static double first_of_variance(const struct dist *d)
{
    double mean = first_of_mean(d);
    return isinf(mean) ? INFINITY : 2 * integrate(d, 1) - mean * mean;
}

const struct dist_family dist_mixture_family = {
    .name = "mixture",
    .form = "[{share: 15%, constant: 40 s}, {share: 85%, exponential: 5 min}]",
    .about = "some are of one kind, some of another; shares sum to 100%",
    .mean = mixture_mean,
    .variance = mixture_variance,
    .cdf = mixture_cdf,
};

const struct dist_family dist_first_of_family = {
    .name = "first_of",
    .form = "[{constant: 10 min}, {exponential: 5 min}]",
    .about = "the smallest of independent draws",
    .mean = first_of_mean,
    .variance = first_of_variance,
    .cdf = first_of_cdf,
};

/* ---- corners ---- */

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static size_t own_corners(const struct dist *d, double *x, size_t max)
{
    size_t n = 0;
    if (d->family == &dist_constant_family || d->family == &dist_uniform_family ||
        d->family == &dist_triangular_family) {
        size_t ends = d->family == &dist_constant_family  ? 1
                      : d->family == &dist_uniform_family ? 2
                                                          : 3;
        for (; n < ends && n < max; n++)
            x[n] = d->p[n];
    } else if (d->points) {
        for (; n < d->points && n < max; n++)
            x[n] = d->x[n];
    } else if (d->family != &dist_never_family && max > 0) {
        x[n++] = 0;
    }
    return n;
}

size_t dist_corners(const struct dist *d, double *x, size_t max)
{
    size_t n = 0;
    if (d->parts == 0)
        n = own_corners(d, x, max);
    for (size_t k = 0; k < d->parts; k++)
        n += dist_corners(d->part[k], x + n, max - n);
    double scale = mean_scale(d);
    for (size_t i = 0; i < n; i++)
        x[i] = x[i] * scale + d->plus;
    qsort(x, n, sizeof *x, ascending);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || x[i] > x[kept - 1])
            x[kept++] = x[i];
    return kept;
}
