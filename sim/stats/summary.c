/* summary.c - estimates over replications. Every sum runs from the first replication to the last,
 * so that the bytes do not depend on who played them.
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

struct estimate summary_ratio(const struct fraction *f, size_t n, const struct student *student)
{
    double num = 0, den = 0;
    for (size_t i = 0; i < n; i++) {
        num += f[i].num;
        den += f[i].den;
    }
    if (!(den > 0))
        return undefined;
    double ratio = num / den, squares = 0;
    for (size_t i = 0; i < n; i++) {
        double residual = f[i].num - ratio * f[i].den;
        squares += residual * residual;
    }
    if (n < 2)
        return (struct estimate){ratio, NAN};
    double count = (double)n, mean_den = den / count;
    double error = sqrt(squares / (count * (count - 1))) / mean_den;
    return (struct estimate){ratio, t_for(student, n) * error};
}

struct estimate summary_mean(const double *value, size_t n, const struct student *student)
{
    double sum = 0, squares = 0;
    size_t defined = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(value[i]))
            continue;
        sum += value[i];
        defined++;
    }
    if (defined == 0)
        return undefined;
    double count = (double)defined, mean = sum / count;
    if (defined < 2)
        return (struct estimate){mean, NAN};
    for (size_t i = 0; i < n; i++)
        if (!isnan(value[i]))
            squares += (value[i] - mean) * (value[i] - mean);
    double error = sqrt(squares / (count * (count - 1)));
    return (struct estimate){mean, t_for(student, defined) * error};
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
    size_t defined = 0;
    double sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(value[i]))
            continue;
        sorted[defined++] = value[i] + 0.0; /* a -0 becomes 0 */
        sum += value[i];
    }
    if (defined == 0)
        return (oh_spread){0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    double count = (double)defined, mean = sum / count;
    for (size_t i = 0; i < defined; i++)
        squares += (sorted[i] - mean) * (sorted[i] - mean);
    sort_doubles(sorted, defined, spare);
    return (oh_spread){
        .n = (uint32_t)defined,
        .mean = mean,
        .sd = defined < 2 ? NAN : sqrt(squares / (count - 1)),
        .p5 = percentile(sorted, defined, 0.05),
        .p25 = percentile(sorted, defined, 0.25),
        .p50 = percentile(sorted, defined, 0.50),
        .p75 = percentile(sorted, defined, 0.75),
        .p95 = percentile(sorted, defined, 0.95),
        .min = sorted[0],
        .max = sorted[defined - 1],
    };
}
