/* paired.h - differences between two series of the same replications, with common random numbers.
 *
 * Replication i of both had the same callers, so what luck did to one it did to the other, and the
 * difference is much surer than either (Law 2015, section 11.2). Differences are value - base.
 */
#ifndef ONHOLD_SIM_PAIRED_H
#define ONHOLD_SIM_PAIRED_H

#include <stddef.h>

#include "metric_table.h"

struct difference {
    double base, value; /* pooled ratios or means of the two; NaN: undefined */
    double difference;  /* NaN: undefined */
    double error;       /* its standard error; NaN if it cannot be told */
    double freedom;     /* degrees of freedom of Student's t */
};

/* Pooled ratios r = sum y / sum x of both: with z_i = (y1 - r1 x1) / mean x1 - (y0 - r0 x0) / mean
 * x0 the error is sqrt(sum z^2 / (n (n - 1))), the delta method for two ratios at once (METRICS,
 * "Half widths"; Cochran 1977, section 2.10). With all x = 1: the paired t. */
struct difference paired_ratios(const struct fraction *base, const struct fraction *value,
                                size_t n);

/* Means of those that are defined (not NaN), as the ratio of their sum to their number;
 * replications undefined in both are left out. */
struct difference paired_means(const double *base, const double *value, size_t n);

/* Quantiles of pooled calls: z_i is how much further the replication's own quantile moved than the
 * pooled one, z_i = (own1_i - pooled1) - (own0_i - pooled0), and the error sqrt(mean z^2 / n): the
 * paired form of the single quantile's. Replications undefined in either are left out. */
struct difference paired_quantiles(double pooled_base, const double *base, double pooled_value,
                                   const double *value, size_t n);

/* Half width of the interval of that confidence, 0 .. 1; NaN if the error is. */
double paired_half_width(const struct difference *d, double confidence);

/* What each replication adds to the pooled ratio beyond the mean, z_i = (y_i - r x_i) / mean x: the
 * standard error of any weighted sum of ratios over the same replications is that of the same sum
 * of their z, sqrt(sum z^2 / (n (n - 1))). Returns r, NaN (and all z 0) if it is undefined. */
double ratio_influence(const struct fraction *f, size_t n, double *z);
/* That error; NaN if n < 2. */
double influence_error(const double *z, size_t n);

/* How surely `value` is not above `base`: the one-sided p-value of the paired t; 1/2 if nothing is
 * known. */
double paired_doubt(const struct difference *d);

#endif
