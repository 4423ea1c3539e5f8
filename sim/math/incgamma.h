/* incgamma.h - the gamma function and the incomplete gamma function, with the same bits on every
 * CPU (they decide draws through tables and scales).
 */
#ifndef ONHOLD_SIM_INCGAMMA_H
#define ONHOLD_SIM_INCGAMMA_H

/* log Gamma(a), 0 < a <= 1e6, absolute error about 1e-15 max(1, |result|). */
double det_lgamma(double a);

/* log of x^a e^-x / Gamma(a + 1) for x > 0, 0.001 <= a <= 1e6. */
double incgamma_log_term(double a, double x);

/* P(a, x) and Q(a, x) = 1 - P, each accurate to about 1e-13 relative as long as the other is not
 * much smaller; x > 0 and the range of a as above. Series and continued fraction: Abramowitz and
 * Stegun 1964, 6.5.29 and 6.5.31; fast enough up to a = 1e5. */
void incgamma(double a, double x, double *lower, double *upper);

#endif
