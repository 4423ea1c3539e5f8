/* summary.c - estimates over replications. Every sum runs from the first replication to the last,
 * so that the bytes do not depend on who played them. What is the same in all of them is that value
 * and has no width: the last digit of a sum would make it vary.
 */
#include "summary.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

static const struct estimate undefined = {NAN, NAN};

double student_t(double df, double confidence)
{
    return gsl_cdf_tdist_Pinv((1 + confidence) / 2, df);
}

struct student student_of(size_t n, double confidence)
{
    double t = n < 2 ? NAN : student_t((double)n - 1, confidence);
    return (struct student){confidence, n, t};
}

/* t for n replications, which are fewer where some have no value. */
static double t_for(const struct student *student, size_t n)
{
    return n == student->n ? student->t : student_of(n, student->confidence).t;
}

/* Is it the value that all before it had? *common is NaN before the first. */
static bool agrees(double value, double *common)
{
    if (isnan(*common))
        *common = value + 0.0; /* a -0 becomes 0 */
    return value == *common;
}

struct pooled pool_fractions(const struct fraction *f, size_t n)
{
    double num = 0, den = 0, common = NAN;
    bool same = true;
    for (size_t i = 0; i < n; i++) {
        num += f[i].num;
        den += f[i].den;
        if (same && (f[i].num != 0 || f[i].den != 0))
            same = agrees(f[i].num / f[i].den, &common);
    }
    if (!(den > 0))
        return (struct pooled){NAN, NAN, n, false};
    return (struct pooled){same ? common : num / den, den / (double)n, n, same};
}

struct pooled pool_values(const double *value, size_t n)
{
    double sum = 0, common = NAN;
    size_t defined = 0;
    bool same = true;
    for (size_t i = 0; i < n; i++) {
        if (isnan(value[i]))
            continue;
        sum += value[i];
        defined++;
        same = same && agrees(value[i], &common);
    }
    if (defined == 0)
        return (struct pooled){NAN, NAN, 0, false};
    return (struct pooled){same ? common : sum / (double)defined, 1, defined, same};
}

struct estimate summary_ratio(const struct fraction *f, size_t n, const struct student *student)
{
    struct pooled p = pool_fractions(f, n);
    double squares = 0;
    if (isnan(p.mean_den))
        return undefined;
    for (size_t i = 0; i < n && !p.same; i++) {
        double residual = f[i].num - p.ratio * f[i].den;
        squares += residual * residual;
    }
    if (n < 2)
        return (struct estimate){p.ratio, NAN};
    double count = (double)n;
    double error = sqrt(squares / (count * (count - 1))) / p.mean_den;
    return (struct estimate){p.ratio, t_for(student, n) * error};
}

struct estimate summary_mean(const double *value, size_t n, const struct student *student)
{
    struct pooled p = pool_values(value, n);
    double squares = 0;
    if (p.n == 0)
        return undefined;
    if (p.n < 2)
        return (struct estimate){p.ratio, NAN};
    for (size_t i = 0; i < n && !p.same; i++)
        if (!isnan(value[i]))
            squares += (value[i] - p.ratio) * (value[i] - p.ratio);
    double count = (double)p.n;
    double error = sqrt(squares / (count * (count - 1)));
    return (struct estimate){p.ratio, t_for(student, p.n) * error};
}

struct estimate summary_quantile(double pooled, const double *own, size_t n,
                                 const struct student *student)
{
    double squares = 0;
    size_t defined = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(own[i]))
            continue;
        squares += (own[i] - pooled) * (own[i] - pooled);
        defined++;
    }
    if (isnan(pooled) || defined < 2)
        return (struct estimate){pooled, NAN};
    double count = (double)defined;
    double error = sqrt(squares / count) / sqrt(count);
    return (struct estimate){pooled, t_for(student, defined) * error};
}

/* sorted[n], n >= 1. */
static double percentile(const double *sorted, size_t n, double share)
{
    double position = share * (double)(n - 1);
    size_t below = (size_t)position;
    if (below + 1 >= n)
        return sorted[n - 1];
    double part = position - (double)below;
    return sorted[below] + part * (sorted[below + 1] - sorted[below]);
}

oh_spread summary_spread(const double *value, size_t n, double *sorted, double *spare)
{
    struct pooled p = pool_values(value, n);
    size_t defined = 0;
    double squares = 0;
    if (p.n == 0)
        return (oh_spread){0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    for (size_t i = 0; i < n; i++)
        if (!isnan(value[i]))
            sorted[defined++] = value[i] + 0.0; /* a -0 becomes 0 */
    for (size_t i = 0; i < defined && !p.same; i++)
        squares += (sorted[i] - p.ratio) * (sorted[i] - p.ratio);
    sort_doubles(sorted, defined, spare);
    return (oh_spread){
        .n = (uint32_t)defined,
        .mean = p.ratio,
        .sd = defined < 2 ? NAN : sqrt(squares / ((double)defined - 1)),
        .p5 = percentile(sorted, defined, 0.05),
        .p25 = percentile(sorted, defined, 0.25),
        .p50 = percentile(sorted, defined, 0.50),
        .p75 = percentile(sorted, defined, 0.75),
        .p95 = percentile(sorted, defined, 0.95),
        .min = sorted[0],
        .max = sorted[defined - 1],
    };
}
