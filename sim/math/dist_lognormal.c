/* dist_lognormal.c - the logarithm is normal: the usual shape of handling times.
 * p = {mu, sigma, mean, cv}; sigma^2 = log(1 + cv^2), mu = log(mean) - sigma^2 / 2.
 */
#include "detmath.h"
#include "dist_family.h"

enum { MEAN, CV, MEDIAN, P90 };

/* log(1 + x), exact for small x: the rounding of 1 + x is made good (Kahan). */
static double log_1p(double x)
{
    double sum = 1 + x;
    return sum == 1 ? x : det_log(sum) * x / (sum - 1);
}

static const char *init_mean(struct dist *d, double mean, double cv)
{
    const char *wrong = dist_wrong_mean(mean);
    if (wrong)
        return wrong;
    if (!(cv >= 0.001 && cv <= 1000))
        return "cv must be from 0.001 to 1000";
    double variance = log_1p(cv * cv);
    d->p[0] = det_log(mean) - variance / 2;
    d->p[1] = sqrt(variance);
    d->p[2] = mean;
    d->p[3] = cv;
    return NULL;
}

static const char *init_median(struct dist *d, double median, double p90)
{
    if (!(median > 0))
        return "the median must be above 0";
    if (!(p90 > median))
        return "p90 must be above the median";
    if (p90 > DIST_LONGEST)
        return "p90 is longer than 30 years";
    double sigma = det_log(p90 / median) / det_normal_quantile(0.9);
    if (!(sigma >= 0.001 && sigma <= 3.7))
        return sigma < 1 ? "p90 is too near to the median; use constant"
                         : "p90 is too far from the median";
    d->p[0] = det_log(median);
    d->p[1] = sigma;
    d->p[2] = median * det_exp(sigma * sigma / 2);
    d->p[3] = sqrt(det_exp(sigma * sigma) - 1);
    return NULL;
}

static const char *init(struct dist *d, const double given[DIST_PARAMS], struct arena *arena)
{
    (void)arena;
    bool has[DIST_PARAMS];
    for (int i = 0; i < DIST_PARAMS; i++)
        has[i] = dist_given(given[i]);
    if (has[MEAN] && has[CV] && !has[MEDIAN] && !has[P90])
        return init_mean(d, given[MEAN], given[CV]);
    if (has[MEDIAN] && has[P90] && !has[MEAN] && !has[CV])
        return init_median(d, given[MEDIAN], given[P90]);
    return "give mean and cv, or median and p90";
}

static double mean(const struct dist *d)
{
    return d->p[2];
}

static double variance(const struct dist *d)
{
    double sd = d->p[2] * d->p[3];
    return sd * sd;
}

static double cdf(const struct dist *d, double x)
{
    return x > 0 ? 0.5 * erfc((d->p[0] - log(x)) / (d->p[1] * M_SQRT2)) : 0;
}

static double quantile(const struct dist *d, double u)
{
    return det_exp(d->p[0] + d->p[1] * det_normal_quantile(u));
}

static void fill(const struct dist *d, const double *u, double *x, size_t n)
{
    det_normal_quantile_n(u, x, n);
    det_exp_linear_n(x, d->p[0], d->p[1], x, n);
}

const struct dist_family dist_lognormal_family = {
    .name = "lognormal",
    .form = "{mean: 4 min, cv: 1.2}",
    .about = "skewed, as handling times are; or {median: 3 min, p90: 8 min}",
    .scales = true,
    .param = {{"mean", VALUE_DURATION, "the mean"},
              {"cv", VALUE_FACTOR, "standard deviation / mean"},
              {"median", VALUE_DURATION, "half are below it"},
              {"p90", VALUE_DURATION, "nine of ten are below it"}},
    .init = init,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
    .quantile = quantile,
    .fill = fill,
};
