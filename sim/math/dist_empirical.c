/* dist_empirical.c - measured times as they are: the inverse of the empirical distribution,
 * linear between the order statistics, from the smallest to the largest.
 * x = the values, ascending; points = their number.
 */
#include <stdlib.h>

#include "dist_family.h"

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

struct dist *dist_empirical(struct arena *arena, size_t n, const double *values, const char **wrong)
{
    *wrong = n == 0 ? "there are no values" : NULL;
    for (size_t i = 0; i < n; i++) {
        if (!(values[i] >= 0))
            *wrong = "a value is negative";
        else if (values[i] > DIST_LONGEST)
            *wrong = "a value is longer than 30 years";
    }
    if (*wrong)
        return NULL;
    struct dist *d = dist_new(arena, &dist_empirical_family);
    double *x = d ? arena_array(arena, n, sizeof *x) : NULL;
    if (!x)
        return NULL;
    for (size_t i = 0; i < n; i++)
        x[i] = values[i];
    qsort(x, n, sizeof *x, ascending);
    d->x = x;
    d->points = n;
    return d;
}

static double mean(const struct dist *d)
{
    if (d->points == 1)
        return d->x[0];
    double sum = 0.5 * (d->x[0] + d->x[d->points - 1]);
    for (size_t i = 1; i + 1 < d->points; i++)
        sum += d->x[i];
    return sum / (double)(d->points - 1);
}

static double variance(const struct dist *d)
{
    double middle = mean(d), sum = 0;
    for (size_t i = 0; i + 1 < d->points; i++) {
        double a = d->x[i] - middle, b = d->x[i + 1] - middle;
        sum += (a * a + a * b + b * b) / 3;
    }
    return d->points == 1 ? 0 : sum / (double)(d->points - 1);
}

static double cdf(const struct dist *d, double x)
{
    if (x < d->x[0])
        return 0;
    if (x >= d->x[d->points - 1])
        return 1;
    /* The last value that is not above x. */
    size_t low = 0, high = d->points - 1;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (d->x[middle] <= x)
            low = middle;
        else
            high = middle;
    }
    double part = (x - d->x[low]) / (d->x[high] - d->x[low]);
    return ((double)low + part) / (double)(d->points - 1);
}

static inline double inverse(const double *x, size_t points, double u)
{
    double place = u * (double)(points - 1);
    size_t i = (size_t)place;
    if (i + 1 >= points)
        return x[points - 1];
    return x[i] + (x[i + 1] - x[i]) * (place - (double)i);
}

static double quantile(const struct dist *d, double u)
{
    return inverse(d->x, d->points, u);
}

static void fill(const struct dist *d, const double *u, double *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        x[i] = inverse(d->x, d->points, u[i]);
}

const struct dist_family dist_empirical_family = {
    .name = "empirical",
    .form = "{csv: log.csv, column: talk_s}",
    .about = "measured times, linear between them; or values: [40 s, 75 s, 2 min]",
    .mean = mean,
    .variance = variance,
    .cdf = cdf,
    .quantile = quantile,
    .fill = fill,
};
