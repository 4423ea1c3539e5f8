/* incgamma.c - Stirling's series, the power series of P and the continued fraction of Q.
 *
 * The idea to know: for a large, x^a e^-x / Gamma(a + 1) is e^(-a phi) / sqrt(2 pi a) with
 * phi = x/a - 1 - log(x/a), which stays exact near x = a, where the plain formula would subtract
 * numbers of size a log a.
 */
#include "incgamma.h"

#include <math.h>

#include "detmath.h"

#define LOG_2PI 1.8378770664093454836

enum { STIRLING_FROM = 15 };

/* log Gamma(a) - ((a - 1/2) log a - a + log(2 pi)/2) for a >= 15. */
static double stirling_rest(double a)
{
    double z = 1 / (a * a);
    double sum = -691.0 / 360360;
    sum = sum * z + 1.0 / 1188;
    sum = sum * z - 1.0 / 1680;
    sum = sum * z + 1.0 / 1260;
    sum = sum * z - 1.0 / 360;
    sum = sum * z + 1.0 / 12;
    return sum / a;
}

double det_lgamma(double a)
{
    double product = 1;
    for (; a < STIRLING_FROM; a++)
        product *= a;
    return (a - 0.5) * det_log(a) - a + 0.5 * LOG_2PI + stirling_rest(a) - det_log(product);
}

/* d - log(1 + d), d > -1, without cancellation near 0 (series of 2 atanh s, s = d / (2 + d)). */
static double log_gap(double d)
{
    if (d < -0.25 || d > 0.3)
        return d - det_log(1 + d);
    double s = d / (2 + d), z = s * s, sum = 0;
    for (int k = 31; k >= 3; k -= 2)
        sum = sum * z + 1.0 / k;
    return d * s - 2 * s * z * sum;
}

double incgamma_log_term(double a, double x)
{
    if (a < STIRLING_FROM)
        return a * det_log(x) - x - det_lgamma(a + 1);
    return -a * log_gap((x - a) / a) - 0.5 * (LOG_2PI + det_log(a)) - stirling_rest(a);
}

/* P / term = 1 + x/(a+1) + x^2/((a+1)(a+2)) + ..., for x < a + 1. */
static double series(double a, double x)
{
    double sum = 1, part = 1;
    for (double k = a + 1; part > sum * 0x1p-56; k++) {
        part *= x / k;
        sum += part;
    }
    return sum;
}

/* Q / (a term) by Lentz's method in the form of Thompson and Barnett 1986, for x >= a + 1. */
static double fraction(double a, double x)
{
    const double tiny = 1e-290;
    double b = x + 1 - a, c = 1 / tiny, d = 1 / b, value = d;
    for (double k = 1; k < 100000; k++) {
        double numerator = -k * (k - a);
        b += 2;
        d = numerator * d + b;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        c = b + numerator / c;
        c = fabs(c) < tiny ? tiny : c;
        value *= d * c;
        if (fabs(d * c - 1) < 0x1p-52)
            break;
    }
    return value;
}

void incgamma(double a, double x, double *lower, double *upper)
{
    double term = det_exp(incgamma_log_term(a, x));
    if (x < a + 1) {
        *lower = term * series(a, x);
        *upper = 1 - *lower;
    } else {
        *upper = term * a * fraction(a, x);
        *lower = 1 - *upper;
    }
}
