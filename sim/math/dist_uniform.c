/* dist_uniform.c - every time between two ends equally likely. p = {from, to}. */
#include "dist_family.h"

static const char *init(struct dist *d, const double given[DIST_PARAMS], struct arena *arena)
{
    (void)arena;
    if (!dist_given(given[0]) || !dist_given(given[1]))
        return "give from and to";
    if (!(given[0] >= 0))
        return "from must not be negative";
    if (!(given[1] > given[0]))
        return "to must be above from";
    if (given[1] > DIST_LONGEST)
        return "to is longer than 30 years";
    d->p[0] = given[0];
    d->p[1] = given[1];
    return NULL;
}

static double mean(const struct dist *d)
{
    return 0.5 * (d->p[0] + d->p[1]);
}

static double variance(const struct dist *d)
{
    double width = d->p[1] - d->p[0];
    return width * width / 12;
}

static double cdf(const struct dist *d, double x)
{
    return fmin(1, fmax(0, (x - d->p[0]) / (d->p[1] - d->p[0])));
}

static double quantile(const struct dist *d, double u)
{
    return d->p[0] + (d->p[1] - d->p[0]) * u;
}

static void fill(const struct dist *d, const double *u, double *x, size_t n)
{
    double from = d->p[0], width = d->p[1] - d->p[0];
    for (size_t i = 0; i < n; i++)
        x[i] = from + width * u[i];
}

const struct dist_family dist_uniform_family = {
    .name = "uniform",
    .form = "{from: 30 s, to: 180 s}",
    .about = "every time between the two equally likely",
    .param = {{"from", VALUE_DURATION, "the shortest"}, {"to", VALUE_DURATION, "the longest"}},
    .init = init,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
    .quantile = quantile,
    .fill = fill,
};
