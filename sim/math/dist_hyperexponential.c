/* dist_hyperexponential.c - two kinds of calls, many short and a few long, each exponential, with
 * balanced means: share_1 x mean_1 = share_2 x mean_2 (Whitt 1982).
 * p = {mean, cv, share_1, share_2, rate_1, rate_2}, rates for a mean of 1.
 */
#include "detmath.h"
#include "dist_family.h"
#include "invtable.h"

/* The law at x = e^y, mean 1. The lower tail is taken without subtracting from 1. */
static struct invtable_point law_at(const double *p, double y, bool upper)
{
    double x = det_exp(y), tail = 0, density = 0, fall = 0;
    for (int i = 0; i < 2; i++) {
        double share = p[2 + i], rate = p[4 + i], left = det_exp(-rate * x);
        /* 1 - e^-z: below 0.1 by its series. */
        double z = rate * x, gone = 1 - left;
        if (z < 0.1) {
            gone = 0;
            for (int k = 12; k >= 1; k--)
                gone = (1 - gone) * z / k;
        }
        tail += share * (upper ? left : gone);
        density += share * rate * left;
        fall += share * rate * rate * left;
    }
    return (struct invtable_point){det_log(tail), x * density / tail, 1 - x * fall / density};
}

static const char *init(struct dist *d, const double given[DIST_PARAMS], struct arena *arena)
{
    if (!dist_given(given[0]) || !dist_given(given[1]))
        return "give mean and cv";
    const char *wrong = dist_wrong_mean(given[0]);
    if (wrong)
        return wrong;
    double cv = given[1];
    if (!(cv >= 1 && cv <= 100))
        return "cv must be from 1 to 100; below 1 use gamma or lognormal";
    double square = cv * cv;
    double root = sqrt((square - 1) / (square + 1));
    d->p[0] = given[0];
    d->p[1] = cv;
    d->p[2] = (1 + root) / 2;
    d->p[3] = 1 / ((square + 1) * (1 + root)); /* (1 - root) / 2 */
    d->p[4] = 2 * d->p[2];
    d->p[5] = 2 * d->p[3];
    struct invtable_law law = {.at = law_at, .p = d->p, .guess = -0.5};
    d->table = invtable_make(arena, &law, false);
    return NULL;
}

static double mean(const struct dist *d)
{
    return d->p[0];
}

static double variance(const struct dist *d)
{
    double sd = d->p[0] * d->p[1];
    return sd * sd;
}

static double cdf(const struct dist *d, double x)
{
    double z = fmax(0, x / d->p[0]);
    return -(d->p[2] * expm1(-d->p[4] * z) + d->p[3] * expm1(-d->p[5] * z));
}

static double quantile(const struct dist *d, double u)
{
    return invtable_at(d->table, d->p[0], u);
}

static void fill(const struct dist *d, const double *u, double *x, size_t n)
{
    invtable_fill(d->table, d->p[0], u, x, n);
}

const struct dist_family dist_hyperexponential_family = {
    .name = "hyperexponential",
    .form = "{mean: 4 min, cv: 2}",
    .about = "many short and a few long, more varied than exponential",
    .scales = true,
    .param = {{"mean", VALUE_DURATION, "the mean"},
              {"cv", VALUE_FACTOR, "standard deviation / mean, 1 or more"}},
    .init = init,
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
    .quantile = quantile,
    .fill = fill,
};
