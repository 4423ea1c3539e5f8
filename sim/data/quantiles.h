/* quantiles.h - quantiles and intervals that hold at any size.
 *
 * GSL's inverses by Newton stop converging, and call its error handler, for large samples. There
 * the normal approximations below are exact to more digits than an interval needs.
 */
#ifndef ONHOLD_SIM_QUANTILES_H
#define ONHOLD_SIM_QUANTILES_H

/* Chi square: GSL's below 200 degrees of freedom, then Wilson and Hilferty (1931). */
double chi_square_quantile(double p, double freedom);
/* Student's t: GSL's below 1000 degrees of freedom, then the normal. */
double student_quantile(double p, double freedom);
/* The 95 % interval of a share, k of n, by Wilson (1927). */
void share_interval(double k, double n, double *low, double *high);

#endif
