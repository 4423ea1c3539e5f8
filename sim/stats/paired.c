/* paired.c - differences with common random numbers. Sums run from the first replication to the
 * last, so that the bytes do not depend on who played them.
 */
#include "paired.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#include "summary.h"

/* What a fraction adds to the pooled ratio beyond the mean; nothing where all are the same. */
static double beyond(const struct pooled *p, const struct fraction *f)
{
    return p->same ? 0 : (f->num - p->ratio * f->den) / p->mean_den;
}

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
    struct pooled b = pool_fractions(base, n), v = pool_fractions(value, n);
    double squares = 0;
    for (size_t i = 0; i < n; i++) {
        double z = beyond(&v, &value[i]) - beyond(&b, &base[i]);
        squares += z * z;
    }
    return from_squares(b.ratio, v.ratio, squares, n);
}

struct difference paired_means(const double *base, const double *value, size_t n)
{
    struct pooled b = pool_values(base, n), v = pool_values(value, n);
    size_t either = 0;
    for (size_t i = 0; i < n; i++)
        either += !isnan(base[i]) || !isnan(value[i]);
    double count = (double)either, squares = 0;
    for (size_t i = 0; i < n; i++) {
        double z = 0;
        if (!isnan(value[i]) && !v.same)
            z += (value[i] - v.ratio) / ((double)v.n / count);
        if (!isnan(base[i]) && !b.same)
            z -= (base[i] - b.ratio) / ((double)b.n / count);
        squares += z * z;
    }
    return from_squares(b.ratio, v.ratio, squares, either);
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
    struct pooled p = pool_fractions(f, n);
    for (size_t i = 0; i < n; i++)
        z[i] = isnan(p.ratio) ? 0 : beyond(&p, &f[i]);
    return p.ratio;
}

double influence_error(const double *z, size_t n)
{
    double squares = 0, count = (double)n;
    for (size_t i = 0; i < n; i++)
        squares += z[i] * z[i];
    return n < 2 ? NAN : sqrt(squares / (count * (count - 1)));
}
