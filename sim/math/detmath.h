/* detmath.h - log, exp and the normal quantile with the same bits on every CPU.
 *
 * libm's log and exp choose their code by CPU and differ in the last bit; a seed must mean the
 * same bytes everywhere. Plain C without fused multiply-add (-ffp-contract=off), accurate to
 * about 1 ulp, branch-light so that gcc vectorises the array forms.
 */
#ifndef ONHOLD_SIM_DETMATH_H
#define ONHOLD_SIM_DETMATH_H

#include <stddef.h>

double det_log(double x);             /* x > 0, normal */
double det_exp(double x);             /* -708 <= x <= 709; clamps outside */
double det_normal_quantile(double u); /* Wichura 1988, AS 241; 0 < u < 1 */

/* The same bits, n at a time. out may be in. */
void det_log_n(const double *x, double *out, size_t n);
void det_exp_n(const double *x, double *out, size_t n);
/* scale * det_log(1 - u[i]) */
void det_log_survival_n(const double *u, double scale, double *out, size_t n);
/* det_exp(shift + scale * x[i]) */
void det_exp_linear_n(const double *x, double shift, double scale, double *out, size_t n);
void det_normal_quantile_n(const double *u, double *out, size_t n);

#endif
