/* family.h - laws of times fitted by likelihood, with and without censoring.
 *
 * Points are times with counts: `ended` times are known, `censored` ones are known to be longer.
 */
#ifndef ONHOLD_SIM_FAMILY_H
#define ONHOLD_SIM_FAMILY_H

#include <stdbool.h>
#include <stddef.h>

#include "time_tally.h"

enum law_kind {
    LAW_EXPONENTIAL,
    LAW_WEIBULL,
    LAW_GAMMA,
    LAW_LOGNORMAL,
    LAW_SHORT_CALLS, /* a share of short ones, exponential, and the rest lognormal */
    LAW_EMPIRICAL,   /* the values themselves: chosen where no law is near enough */
    LAW_KINDS
};

struct law {
    enum law_kind kind;
    double a, b;              /* exponential: mean; weibull: shape, scale; gamma: shape, scale;
                                 lognormal: mean and sd of the logarithm */
    double share, short_mean; /* short calls: their share and mean */
};

const char *law_name(enum law_kind kind); /* "lognormal" */
size_t law_parameters(enum law_kind kind);
double law_mean(const struct law *law);
double law_cv(const struct law *law);
double law_median(const struct law *law);
double law_cdf(const struct law *law, double t);
/* The time below which that share lies. */
double law_quantile(const struct law *law, double share);
double law_log_density(const struct law *law, double t);
double law_log_survival(const struct law *law, double t);

/* Neighbours closer than half a percent put together, for speed; returns how many are left. */
size_t points_thin(struct time_point *points, size_t n);

double law_log_likelihood(const struct law *law, const struct time_point *points, size_t n);

/* The likeliest law of a kind for times that are all known. False if there is none (all equal). */
bool law_fit(struct law *law, enum law_kind kind, const struct time_point *points, size_t n);
/* The same where some are censored; not for LAW_SHORT_CALLS and LAW_EMPIRICAL. */
bool law_fit_censored(struct law *law, enum law_kind kind, const struct time_point *points,
                      size_t n);
/* The same law stretched to another mean. */
void law_set_mean(struct law *law, double mean);

/* The largest difference between the law and the shares of the points. `grain`: times are whole
 * multiples of it (0: not). */
double law_distance(const struct law *law, const struct time_point *points, size_t n, double grain);

#endif
