/* quantiles.c - small samples by GSL, large ones by the normal law. */
#include "quantiles.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#define Z95 1.959963984540054

double chi_square_quantile(double p, double freedom)
{
    if (freedom < 200)
        return gsl_cdf_chisq_Pinv(p, freedom);
    double v = 2 / (9 * freedom), root = 1 - v + gsl_cdf_ugaussian_Pinv(p) * sqrt(v);
    return freedom * root * root * root;
}

double student_quantile(double p, double freedom)
{
    return freedom < 1000 ? gsl_cdf_tdist_Pinv(p, freedom) : gsl_cdf_ugaussian_Pinv(p);
}

void share_interval(double k, double n, double *low, double *high)
{
    double p = k / n, z = Z95 * Z95 / n, half;
    if (!(n > 0)) {
        *low = 0;
        *high = 1;
        return;
    }
    half = Z95 * sqrt(p * (1 - p) / n + z / (4 * n));
    *low = k > 0 ? fmax((p + z / 2 - half) / (1 + z), 0) : 0;
    *high = k < n ? fmin((p + z / 2 + half) / (1 + z), 1) : 1;
}
