/* paired.c - differences with common random numbers. Sums run from the first replication to the
 * last, so that the bytes do not depend on who played them.
 */
#include "paired.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "summary.h"

struct sums {
    double y, x;
};

/* From the two ratios and the squares of what each replication adds to their difference. */
static struct difference from_squares(double base, double value, double squares, size_t n)
{
    double count = (double)n;
    struct difference d = {base, value, value - base, NAN, count - 1};
    if (n >= 2 && !isnan(d.difference))
        d.error = sqrt(squares / (count * (count - 1)));
    return d;
}

struct difference paired_ratios(const struct fraction *base, const struct fraction *value, size_t n)
{
    struct sums b = {0, 0}, v = {0, 0};
    for (size_t i = 0; i < n; i++) {
        b.y += base[i].num;
        b.x += base[i].den;
        v.y += value[i].num;
        v.x += value[i].den;
    }
    double base_ratio = b.x > 0 ? b.y / b.x : NAN, value_ratio = v.x > 0 ? v.y / v.x : NAN;
    double count = (double)n, squares = 0;
    for (size_t i = 0; i < n; i++) {
        double z = (value[i].num - value_ratio * value[i].den) / (v.x / count) -
                   (base[i].num - base_ratio * base[i].den) / (b.x / count);
        squares += z * z;
    }
    return from_squares(base_ratio, value_ratio, squares, n);
}

struct difference paired_means(const double *base, const double *value, size_t n)
{
    struct sums b = {0, 0}, v = {0, 0};
    size_t either = 0;
    for (size_t i = 0; i < n; i++) {
        either += !isnan(base[i]) || !isnan(value[i]);
        b.y += isnan(base[i]) ? 0 : base[i];
        b.x += !isnan(base[i]);
        v.y += isnan(value[i]) ? 0 : value[i];
        v.x += !isnan(value[i]);
    }
    double base_mean = b.x > 0 ? b.y / b.x : NAN, value_mean = v.x > 0 ? v.y / v.x : NAN;
    double count = (double)either, squares = 0;
    for (size_t i = 0; i < n; i++) {
        double z = 0;
        if (!isnan(value[i]))
            z += (value[i] - value_mean) / (v.x / count);
        if (!isnan(base[i]))
            z -= (base[i] - base_mean) / (b.x / count);
        squares += z * z;
    }
    return from_squares(base_mean, value_mean, squares, either);
}

struct difference paired_quantiles(double pooled_base, const double *base, double pooled_value,
                                   const double *value, size_t n)
{
    struct difference d = {pooled_base, pooled_value, pooled_value - pooled_base, NAN, NAN};
    double squares = 0, both = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(base[i]) || isnan(value[i]))
            continue;
        double z = (value[i] - pooled_value) - (base[i] - pooled_base);
        squares += z * z;
        both++;
    }
    if (both < 2 || isnan(d.difference))
        return d;
    d.error = sqrt(squares / both) / sqrt(both);
    d.freedom = both - 1;
    return d;
}

double paired_half_width(const struct difference *d, double confidence)
{
    return isnan(d->error) ? NAN : student_t(d->freedom, confidence) * d->error;
}

double paired_doubt(const struct difference *d)
{
    if (isnan(d->error) || (d->error == 0 && d->difference == 0))
        return 0.5;
    if (d->error == 0)
        return d->difference > 0 ? 0 : 1;
    return gsl_cdf_tdist_Q(d->difference / d->error, d->freedom);
}

double ratio_influence(const struct fraction *f, size_t n, double *z)
{
    struct sums sum = {0, 0};
    for (size_t i = 0; i < n; i++) {
        sum.y += f[i].num;
        sum.x += f[i].den;
        z[i] = 0;
    }
    if (!(sum.x > 0))
        return NAN;
    double ratio = sum.y / sum.x, mean = sum.x / (double)n;
    for (size_t i = 0; i < n; i++)
        z[i] = (f[i].num - ratio * f[i].den) / mean;
    return ratio;
}

double influence_error(const double *z, size_t n)
{
    double squares = 0, count = (double)n;
    for (size_t i = 0; i < n; i++)
        squares += z[i] * z[i];
    return n < 2 ? NAN : sqrt(squares / (count * (count - 1)));
}
