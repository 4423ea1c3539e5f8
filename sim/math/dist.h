/* dist.h - distributions of times: one family a file, one list, one way to draw.
 *
 * A distribution is a tree: simple families at the leaves, mixture and first_of above them. Draws
 * are by inversion of keyed uniforms, so they are monotone in the uniform and synchronous between
 * scenarios. No draw may depend on the CPU: use det_log and det_exp (detmath.h), not libm's.
 */
#ifndef ONHOLD_SIM_DIST_H
#define ONHOLD_SIM_DIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/arena.h"
#include "../base/units.h"
#include "draw.h"

enum { DIST_PARAMS = 4 };

struct dist;

/* One parameter as the file writes it: "mean", "cv", "p90". */
struct dist_param {
    const char *name;
    enum value_kind kind; /* VALUE_DURATION, VALUE_FACTOR, VALUE_NUMBER or VALUE_COUNT */
    const char *about;
};

struct dist_family {
    const char *name;
    const char *form;  /* "{mean: 4 min, cv: 1.2}", or "40 s" for a family of one bare value */
    const char *about; /* one line */
    bool bare;         /* written as one value: `exponential: 4 min` (param[0]) */
    bool patience_only;
    bool scales; /* has a "mean" and is a scale family: the mean may be a schedule */
    struct dist_param param[DIST_PARAMS]; /* those with a name */
    /* Sets d->p from what was given (NaN: not given). Returns NULL, or what is wrong in words
     * ("cv must be above 0"; "give mean and cv, or median and p90"). May allocate tables. */
    const char *(*init)(struct dist *d, const double given[DIST_PARAMS], struct arena *arena);
    double (*mean)(const struct dist *d); /* INFINITY if there is none */
    double (*variance)(const struct dist *d);
    double (*cdf)(const struct dist *d, double x); /* P(X <= x) */
    /* Smallest x with cdf(x) >= u, 0 < u < 1. NULL for mixture and first_of, which are drawn by
     * dist_draw alone. */
    double (*quantile)(const struct dist *d, double u);
    /* quantile of n uniforms, the same bits; the hot loop. x may be u. */
    void (*fill)(const struct dist *d, const double *u, double *x, size_t n);
};

/* A mean that changes over the day: step k covers [from + k * per, from + (k + 1) * per), in
 * seconds since the day's opening. Times before the first and after the last step take the nearest.
 * With several openings, opens[d] is when the d-th one begins, in seconds since the first, and
 * day[d] its own schedule, or day is NULL: the same each day. */
struct dist_schedule {
    double from, per;
    size_t n; /* 0 if there is a schedule for each day */
    const double *mean;
    size_t openings; /* 0: one, at 0 */
    const double *opens;
    const struct dist_schedule *day;
};

struct dist {
    const struct dist_family *family;
    double p[6];              /* the family's own */
    double plus;              /* added to each draw */
    struct dist *const *part; /* mixture, first_of */
    const double *share;      /* mixture: sums to 1 */
    size_t parts;
    const double *x, *y; /* empirical: sorted values; hung_up_by: times and shares */
    size_t points;
    const void *table;                    /* inverse table, if the family has one */
    const struct dist_schedule *schedule; /* the family then has mean 1 s */
};

/* Families in the order of documentation; compound ones (mixture, first_of, empirical, never,
 * hung_up_by) included, whose init is NULL and which have makers of their own. */
size_t dist_family_count(void);
const struct dist_family *dist_family_at(size_t i);
const struct dist_family *dist_family_find(const char *name);

/* Makers. Each returns NULL and sets *wrong to a sentence if the parameters are senseless, or to
 * NULL if out of memory. */
struct dist *dist_make(struct arena *arena, const struct dist_family *family,
                       const double given[DIST_PARAMS], const char **wrong);
struct dist *dist_constant(struct arena *arena, double seconds);
struct dist *dist_exponential(struct arena *arena, double mean);
struct dist *dist_never(struct arena *arena);
struct dist *dist_mixture(struct arena *arena, size_t n, struct dist *const *part,
                          const double *share, const char **wrong); /* shares sum to 1 +- 1e-9 */
struct dist *dist_first_of(struct arena *arena, size_t n, struct dist *const *part,
                           const char **wrong);
/* Linear between order statistics: quantile(u) runs from the smallest to the largest value. */
struct dist *dist_empirical(struct arena *arena, size_t n, const double *values,
                            const char **wrong);
/* Points (t_i, share_i), ascending in both, t > 0, 0 <= share < 1, the last share above 0:
 * constant hazard between points, going on after the last as before it. */
struct dist *dist_hung_up_by(struct arena *arena, size_t n, const double *t, const double *share,
                             const char **wrong);

/* Of the whole tree, plus included. With a schedule: of the mean over its steps. never: INFINITY.
 */
double dist_mean(const struct dist *d);
/* The mean of a draw for a caller who arrives at `at`. It differs from dist_mean where a leaf or a
 * mixture of leaves has a schedule; first_of takes the mean over the steps. */
double dist_mean_at(const struct dist *d, double at);
double dist_variance(const struct dist *d);
double dist_cdf(const struct dist *d, double x);
bool dist_is_never(const struct dist *d); /* the whole distribution is never */
bool dist_has_schedule(const struct dist *d);

/* The schedule's mean for a caller who arrives `at` seconds after the first opening. */
double dist_scheduled_mean(const struct dist_schedule *schedule, double at);

/* Draws for callers first .. first + n - 1: x[i] >= 0, INFINITY for never. u[i] are the first
 * uniforms of that purpose (compound families draw further parts themselves). at[i]: when the
 * caller arrived, for scheduled means; NULL if the distribution has none. x must not overlap u. */
void dist_draw(const struct dist *d, const struct draw_key *key, enum purpose purpose,
               uint64_t first, size_t n, const double *u, const double *at, double *x);

/* Where the cdf jumps or bends (for quadrature), ascending; at most `max`, which of them is then
 * not said; returns how many. */
size_t dist_corners(const struct dist *d, double *x, size_t max);

#endif
