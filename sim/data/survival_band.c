/* survival_band.c - the beta product confidence procedure with mid-p (Fay, Brittain and Proschan
 * 2013; Fay and Brittain 2016).
 *
 * The one idea: what share of n is left after the k-th of them went is a beta variate, whatever the
 * law; so the share left is a product of betas, one for each time at which somebody went, and for
 * the lower end one more for the next one who may go. The product is taken as the beta of its mean
 * and variance. Nobody lost from sight makes it an exact interval of a share. Where many are left
 * it is the usual one, Greenwood's on the scale log(-log) (Kalbfleisch and Prentice 1980), which is
 * taken there: betas of so many are slow.
 */
#include "survival_band.h"

#include <math.h>
#include <stdbool.h>

#include <gsl/gsl_cdf.h>

#define Z95    1.959963984540054
#define MANY   400.0 /* as if so many had been asked */
#define HALVES 48

void survival_step(struct survival *s, double at_risk, double leave)
{
    double stay = at_risk - leave;
    s->share *= 1 - leave / at_risk;
    s->greenwood += stay > 0 ? leave / (at_risk * stay) : INFINITY;
    s->mean *= (stay + 1) / (at_risk + 1);
    s->square *= (stay + 1) * (stay + 2) / ((at_risk + 1) * (at_risk + 2));
}

/* Found by halving: the incomplete beta is safe everywhere, its inverse is not. */
static double beta_quantile(double p, double a, double b)
{
    double low = 0, high = 1;
    for (int i = 0; i < HALVES; i++) {
        double middle = (low + high) / 2;
        if (gsl_cdf_beta_P(middle, a, b) < p)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

void survival_interval(const struct survival *s, double left, double *low, double *high)
{
    /* half with one more who may go, half without */
    double mean = s->mean * (1 + left / (left + 1)) / 2;
    double square = s->square * (1 + left / (left + 2)) / 2;
    double variance = square - mean * mean;
    double n = variance > 0 ? mean * (1 - mean) / variance - 1 : INFINITY;
    if (n < MANY || !(s->share < 1)) {
        bool sure = !(n < 1e7); /* more than any log has */
        double from = sure ? mean : beta_quantile(0.025, mean * n, (1 - mean) * n);
        double to = sure ? mean : beta_quantile(0.975, mean * n, (1 - mean) * n);
        *low = fmin(from, s->share); /* nobody, or everybody, has left */
        *high = fmax(to, s->share);
        return;
    }
    double spread = Z95 * sqrt(s->greenwood) / fabs(log(s->share));
    *low = pow(s->share, exp(spread));
    *high = pow(s->share, exp(-spread));
}
