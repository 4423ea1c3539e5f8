/* quad.c - Gauss-Legendre nodes by Newton's method on the Legendre polynomial. */
#include "quad.h"

#include <math.h>

enum { DEEPEST = 40 };

/* Legendre polynomials of degree 0 .. n at x. */
static void legendre(int n, double x, double *p)
{
    p[0] = 1;
    p[1] = x;
    for (int k = 2; k <= n; k++)
        p[k] = ((2 * k - 1) * x * p[k - 1] - (k - 1) * p[k - 2]) / k;
}

void quad_rule_make(struct quad_rule *rule)
{
    const int n = QUAD_NODES;
    double p[QUAD_NODES + 1];
    for (int i = 0; i < n; i++) {
        double x = -cos(M_PI * (i + 0.75) / (n + 0.5)), slope = 1;
        for (int step = 0; step < 8; step++) {
            legendre(n, x, p);
            slope = n * (x * p[n] - p[n - 1]) / (x * x - 1);
            x -= p[n] / slope;
        }
        rule->node[i] = x;
        rule->weight[i] = 2 / ((1 - x * x) * slope * slope);
    }
    /* The interpolant is the sum over k of (2k + 1)/2 P_k times the discrete inner product of f
     * and P_k; P_k integrates to (P_k+1 - P_k-1) / (2k + 1). */
    for (int i = 0; i < n; i++) {
        double integral[QUAD_NODES];
        legendre(n, rule->node[i], p);
        integral[0] = rule->node[i] + 1;
        for (int k = 1; k < n; k++)
            integral[k] = (p[k + 1] - p[k - 1]) / (2 * k + 1);
        for (int j = 0; j < n; j++) {
            double sum = 0;
            legendre(n, rule->node[j], p);
            for (int k = 0; k < n; k++)
                sum += (k + 0.5) * p[k] * integral[k];
            rule->until[i][j] = rule->weight[j] * sum;
        }
    }
}

static double panel(const struct quad_rule *rule, double (*f)(double x, const void *user),
                    const void *user, double a, double b)
{
    double half = (b - a) / 2, middle = a + half, sum = 0;
    for (int i = 0; i < QUAD_NODES; i++)
        sum += rule->weight[i] * f(middle + half * rule->node[i], user);
    return half * sum;
}

static double halve(const struct quad_rule *rule, double (*f)(double x, const void *user),
                    const void *user, double a, double b, double whole, double tolerance, int depth)
{
    double middle = a + (b - a) / 2;
    double left = panel(rule, f, user, a, middle), right = panel(rule, f, user, middle, b);
    if (fabs(left + right - whole) <= tolerance || depth == DEEPEST)
        return left + right;
    return halve(rule, f, user, a, middle, left, tolerance / 2, depth + 1) +
           halve(rule, f, user, middle, b, right, tolerance / 2, depth + 1);
}

double quad(const struct quad_rule *rule, double (*f)(double x, const void *user), const void *user,
            double a, double b, double tolerance)
{
    return halve(rule, f, user, a, b, panel(rule, f, user, a, b), tolerance, 0);
}
