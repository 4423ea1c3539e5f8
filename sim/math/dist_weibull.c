/* dist_weibull.c - the hazard rises (shape above 1) or falls (below 1) as time goes on.
 * p = {scale, shape, mean}; x = scale (-log(1 - u))^(1 / shape).
 */
#include "detmath.h"
#include "dist_family.h"
#include "incgamma.h"

enum { SHAPE, MEAN, SCALE };

static const char *init(struct dist *d, const double given[DIST_PARAMS], struct arena *arena)
{
    (void)arena;
    double shape = given[SHAPE];
    if (!dist_given(shape) || dist_given(given[MEAN]) == dist_given(given[SCALE]))
        return "give shape, and either mean or scale";
    if (!(shape >= 0.05 && shape <= 1000))
        return "shape must be from 0.05 to 1000";
    double mean_of_one = det_exp(det_lgamma(1 + 1 / shape));
    bool by_mean = dist_given(given[MEAN]);
    const char *wrong = dist_wrong_mean(by_mean ? given[MEAN] : given[SCALE]);
    if (wrong)
        return by_mean ? wrong : "scale must be above 0 and at most 30 years";
    d->p[0] = by_mean ? given[MEAN] / mean_of_one : given[SCALE];
    d->p[1] = shape;
    d->p[2] = by_mean ? given[MEAN] : given[SCALE] * mean_of_one;
    return NULL;
}

static double mean(const struct dist *d)
{
    return d->p[2];
}

static double variance(const struct dist *d)
{
    double shape = d->p[1];
    double ratio = lgamma(1 + 2 / shape) - 2 * lgamma(1 + 1 / shape);
    return d->p[2] * d->p[2] * expm1(ratio);
}

static double cdf(const struct dist *d, double x)
{
    return x > 0 ? -expm1(-pow(x / d->p[0], d->p[1])) : 0;
}

static double quantile(const struct dist *d, double u)
{
    return d->p[0] * det_exp(det_log(-det_log(1 - u)) * (1 / d->p[1]));
}

static void fill(const struct dist *d, const double *u, double *x, size_t n)
{
    double scale = d->p[0], power = 1 / d->p[1];
    det_log_survival_n(u, -1, x, n);
    det_log_n(x, x, n);
    det_exp_linear_n(x, 0, power, x, n);
    for (size_t i = 0; i < n; i++)
        x[i] *= scale;
}

const struct dist_family dist_weibull_family = {
    .name = "weibull",
    .form = "{shape: 0.7, mean: 4 min}",
    .about = "shape below 1: the longer it lasts the longer it will; or scale: in place of mean:",
    .scales = true,
    .param = {{"shape", VALUE_NUMBER, "1 is exponential"},
              {"mean", VALUE_DURATION, "the mean"},
              {"scale", VALUE_DURATION, "63 % are below it"}},
    .init = init,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
    .quantile = quantile,
    .fill = fill,
};
