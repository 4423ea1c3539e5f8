/* dist_constant.c - always the same time. */
#include "dist_family.h"

static const char *init(struct dist *d, const double given[DIST_PARAMS], struct arena *arena)
{
    (void)arena;
    if (!dist_given(given[0]))
        return "give the time";
    if (!(given[0] >= 0))
        return "the time must not be negative";
    if (given[0] > DIST_LONGEST)
        return "the time is longer than 30 years";
    d->p[0] = given[0];
    return NULL;
}

static double mean(const struct dist *d)
{
    return d->p[0];
}

static double variance(const struct dist *d)
{
    (void)d;
    return 0;
}

static double cdf(const struct dist *d, double x)
{
    return x >= d->p[0] ? 1 : 0;
}

static double quantile(const struct dist *d, double u)
{
    (void)u;
    return d->p[0];
}

static void fill(const struct dist *d, const double *u, double *x, size_t n)
{
    (void)u;
    double value = d->p[0];
    for (size_t i = 0; i < n; i++)
        x[i] = value;
}

const struct dist_family dist_constant_family = {
    .name = "constant",
    .form = "40 s",
    .about = "always the same time",
    .bare = true,
    .param = {{"value", VALUE_DURATION, "the time"}},
    .init = init,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
    .quantile = quantile,
    .fill = fill,
};
