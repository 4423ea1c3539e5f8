/* dist_exponential.c - times without memory: how long it has lasted says nothing about how long
 * it will. p[0] = mean.
 */
#include "detmath.h"
#include "dist_family.h"

static const char *init(struct dist *d, const double given[DIST_PARAMS], struct arena *arena)
{
    (void)arena;
    d->p[0] = given[0];
    return dist_wrong_mean(given[0]);
}

static double mean(const struct dist *d)
{
    return d->p[0];
}

static double variance(const struct dist *d)
{
    return d->p[0] * d->p[0];
}

static double cdf(const struct dist *d, double x)
{
    return x > 0 ? -expm1(-x / d->p[0]) : 0;
}

static double quantile(const struct dist *d, double u)
{
    return -d->p[0] * det_log(1 - u);
}

static void fill(const struct dist *d, const double *u, double *x, size_t n)
{
    det_log_survival_n(u, -d->p[0], x, n);
}

const struct dist_family dist_exponential_family = {
    .name = "exponential",
    .form = "4 min",
    .about = "the mean; many short times, a few long ones",
    .bare = true,
    .scales = true,
    .param = {{"mean", VALUE_DURATION, "the mean"}},
    .init = init,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
    .quantile = quantile,
    .fill = fill,
};
