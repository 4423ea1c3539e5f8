/* dist_triangular.c - from the shortest, the most usual and the longest time.
 * p = {low, mode, high}.
 */
#include "dist_family.h"

static const char *init(struct dist *d, const double given[DIST_PARAMS], struct arena *arena)
{
    (void)arena;
    if (!dist_given(given[0]) || !dist_given(given[1]) || !dist_given(given[2]))
        return "give low, mode and high";
    if (!(given[0] >= 0))
        return "low must not be negative";
    if (!(given[0] <= given[1] && given[1] <= given[2]))
        return "low, mode and high must ascend";
    if (!(given[0] < given[2]))
        return "high must be above low";
    if (given[2] > DIST_LONGEST)
        return "high is longer than 30 years";
    for (int i = 0; i < 3; i++)
        d->p[i] = given[i];
    return NULL;
}

static double mean(const struct dist *d)
{
    return (d->p[0] + d->p[1] + d->p[2]) / 3;
}

static double variance(const struct dist *d)
{
    double rise = d->p[1] - d->p[0], fall = d->p[2] - d->p[1];
    return (rise * rise + rise * fall + fall * fall) / 18;
}

static double cdf(const struct dist *d, double x)
{
    double low = d->p[0], mode = d->p[1], high = d->p[2];
    if (x <= low)
        return 0;
    if (x >= high)
        return 1;
    if (x < mode)
        return (x - low) * (x - low) / ((high - low) * (mode - low));
    return 1 - (high - x) * (high - x) / ((high - low) * (high - mode));
}

static inline double inverse(double low, double mode, double high, double u)
{
    double width = high - low, rise = mode - low, fall = high - mode;
    bool left = u * width < rise;
    double root = sqrt(left ? u * width * rise : (1 - u) * width * fall);
    return left ? low + root : high - root;
}

static double quantile(const struct dist *d, double u)
{
    return inverse(d->p[0], d->p[1], d->p[2], u);
}

static void fill(const struct dist *d, const double *u, double *x, size_t n)
{
    double low = d->p[0], mode = d->p[1], high = d->p[2];
    for (size_t i = 0; i < n; i++)
        x[i] = inverse(low, mode, high, u[i]);
}

const struct dist_family dist_triangular_family = {
    .name = "triangular",
    .form = "{low: 5 min, mode: 7 min, high: 10 min}",
    .about = "from the shortest, the most usual and the longest",
    .param = {{"low", VALUE_DURATION, "the shortest"},
              {"mode", VALUE_DURATION, "the most usual"},
              {"high", VALUE_DURATION, "the longest"}},
    .init = init,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
    .quantile = quantile,
    .fill = fill,
};
