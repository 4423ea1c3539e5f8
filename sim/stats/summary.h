/* summary.h - from the replications' fractions to an estimate: pooled ratio, half width, spread.
 *
 * Ratio r = sum y / sum x, se^2 = sum (y_i - r x_i)^2 / (R (R - 1) xbar^2) (delta method; Cochran
 * 1977, eq. 2.46), half width t(R - 1, confidence) * se. METRICS, "Half widths". A count or time
 * average is the ratio with all x = 1: mean and t * sd / sqrt(R).
 */
#ifndef ONHOLD_SIM_SUMMARY_H
#define ONHOLD_SIM_SUMMARY_H

#include <onhold/run.h>

#include "metric_table.h"

struct estimate {
    double value, half_width; /* NaN: undefined */
};

/* What all replications come to together. */
struct pooled {
    double ratio;    /* or mean; NaN: undefined */
    double mean_den; /* mean denominator; 1 for values */
    size_t n;        /* fractions; values that are defined */
    bool same;       /* all are the same ratio or value, and `ratio` is it: nothing varies */
};
/* n fractions, one a replication, in order; undefined if the denominators sum to 0. */
struct pooled pool_fractions(const struct fraction *f, size_t n);
/* n values, those left out that are NaN. */
struct pooled pool_values(const double *value, size_t n);

/* Student's t quantile with both tails: t(df, 0.95) = 1.96 for many. df > 0, 0 < confidence < 1. */
double student_t(double df, double confidence);

/* The t of one number of replications, kept because the quantile is dear and nearly every estimate
 * wants the same one. */
struct student {
    double confidence;
    size_t n;
    double t; /* t(n - 1); NaN if n < 2 */
};
struct student student_of(size_t n, double confidence);

/* n fractions, one a replication; undefined (NaN) if the denominators sum to 0. */
struct estimate summary_ratio(const struct fraction *f, size_t n, const struct student *student);
/* n values; the mean of those that are defined (not NaN). */
struct estimate summary_mean(const double *value, size_t n, const struct student *student);
/* A pooled quantile with half width t * rms(own - pooled) / sqrt(R); own NaN where a replication
 * has none. */
struct estimate summary_quantile(double pooled, const double *own, size_t n,
                                 const struct student *student);

/* Distribution of n values, NaNs left out; none left: n = 0 and all NaN; sd NaN if n < 2.
 * Percentiles linear between order statistics (position p (n - 1)). Uses sorted and spare, [n]
 * each; value is left alone. */
oh_spread summary_spread(const double *value, size_t n, double *sorted, double *spare);

/* Sorts n doubles upwards, none of them NaN or -0; spare[n] is working space. */
void sort_doubles(double *value, size_t n, double *spare);

#endif
