/* quad.h - integrals by Gauss-Legendre panels that are halved until they agree.
 *
 * Unlike GSL's, these never call an error handler. A panel has QUAD_NODES points and is exact for
 * polynomials of degree 2 QUAD_NODES - 1; integrands with jumps or bends are split there by the
 * caller.
 */
#ifndef ONHOLD_SIM_QUAD_H
#define ONHOLD_SIM_QUAD_H

enum { QUAD_NODES = 12 };

struct quad_rule {
    double node[QUAD_NODES], weight[QUAD_NODES]; /* on (-1, 1) */
    /* integral from -1 to node i of the interpolant of f = sum over j of until[i][j] f(node j) */
    double until[QUAD_NODES][QUAD_NODES];
};
void quad_rule_make(struct quad_rule *rule);

/* Integral of f over [a, b], both finite, to about `tolerance` absolute. */
double quad(const struct quad_rule *rule, double (*f)(double x, const void *user), const void *user,
            double a, double b, double tolerance);

#endif
