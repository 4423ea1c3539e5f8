/* dist_never.c - callers who wait for ever. */
#include "dist_family.h"

struct dist *dist_never(struct arena *arena)
{
    return dist_new(arena, &dist_never_family);
}

static double for_ever(const struct dist *d)
{
    (void)d;
    return INFINITY;
}

static double cdf(const struct dist *d, double x)
{
    (void)d;
    return isinf(x) && x > 0 ? 1 : 0;
}

static double quantile(const struct dist *d, double u)
{
    (void)d;
    (void)u;
    return INFINITY;
}

static void fill(const struct dist *d, const double *u, double *x, size_t n)
{
    (void)d;
    (void)u;
    for (size_t i = 0; i < n; i++)
        x[i] = INFINITY;
}

const struct dist_family dist_never_family = {
    .name = "never",
    .form = "true",
    .about = "nobody hangs up; patience: never, or {never: true} inside a mixture",
    .bare = true,
    .patience_only = true,
    .mean = for_ever,
    .variance = for_ever,
    .cdf = cdf,
    .quantile = quantile,
    .fill = fill,
};
