/* dist_family.h - what the files of the families share: their rows, and checks of parameters.
 */
#ifndef ONHOLD_SIM_DIST_FAMILY_H
#define ONHOLD_SIM_DIST_FAMILY_H

#include <math.h>

#include "dist.h"

extern const struct dist_family dist_constant_family, dist_exponential_family,
    dist_lognormal_family, dist_gamma_family, dist_erlang_family, dist_weibull_family,
    dist_uniform_family, dist_triangular_family, dist_hyperexponential_family, dist_mixture_family,
    dist_empirical_family, dist_first_of_family, dist_never_family, dist_hung_up_by_family;

#define DIST_LONGEST 1e9 /* seconds, about 31 years: longer is taken for a slip */

static inline bool dist_given(double value)
{
    return !isnan(value);
}

/* What is wrong with a time that must be given and above 0 (a mean, a scale), or NULL. */
const char *dist_wrong_mean(double mean);

/* Numbers of a tree. Parts of first_of draw uniforms of their own, counted over the whole tree,
 * depth first, so that no two of them share one. */
enum { DIST_CHUNK = 128, DIST_DEPTH = 16 };
unsigned dist_depth(const struct dist *d); /* 1 for a simple family */

/* A part of its own kind, zeroed but for the family. */
struct dist *dist_new(struct arena *arena, const struct dist_family *family);

#endif
