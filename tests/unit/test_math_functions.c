/* test_math_functions.c - log, exp, normal quantile, gamma functions, quadrature. */
#include "../support/support.h"

#include <float.h>
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "../../sim/math/detmath.h"
#include "../../sim/math/draw.h"
#include "../../sim/math/incgamma.h"
#include "../../sim/math/quad.h"

enum { N = 100000 };

static double uniform(size_t i, int which)
{
    static const struct draw_key key = {1, 1, 99, 0};
    return draw_one(&key, (enum purpose)which, 0, i);
}

/* Distance from the exact value in units of the last place. */
static double ulps(double value, long double exact)
{
    double near = fabs((double)exact);
    return (double)(fabsl((long double)value - exact) / (nextafter(near, INFINITY) - near));
}

static void det_log_is_within_one_unit_in_the_last_place(void **state)
{
    (void)state;
    double worst = 0;
    for (size_t i = 0; i < N; i++) {
        double wide[] = {ldexp(0.5 + uniform(i, 0) / 2, (int)(2000 * uniform(i, 1)) - 1000),
                         0.5 + uniform(i, 0), uniform(i, 0),
                         1 + ldexp(uniform(i, 0) - 0.5, -(int)(50 * uniform(i, 1)))};
        for (int k = 0; k < 4; k++)
            worst = fmax(worst, wide[k] == 1 ? 0 : ulps(det_log(wide[k]), logl(wide[k])));
    }
    assert_that(worst < 1, "off by %g units in the last place", worst);
    assert_same(det_log(1), 0.0);
    assert_close(det_log(DBL_MIN), log(DBL_MIN), 1e-15);
}

static void det_exp_is_within_one_unit_in_the_last_place(void **state)
{
    (void)state;
    double worst = 0;
    for (size_t i = 0; i < N; i++) {
        double x[] = {1416 * uniform(i, 0) - 708, 2 * uniform(i, 0) - 1};
        for (int k = 0; k < 2; k++)
            worst = fmax(worst, ulps(det_exp(x[k]), expl(x[k])));
    }
    assert_that(worst < 1, "off by %g units in the last place", worst);
    assert_same(det_exp(0), 1.0);
    assert_same(det_exp(-1e6), det_exp(-708));
    assert_same(det_exp(1e6), det_exp(709));
}

/* To 20 digits, from the inverse error function at 40 digits. */
static const double normal[][2] = {
    {1e-15, -7.9413453261709967713},       {1e-12, -7.0344838253011319326},
    {1.4e-11, -6.6567230915181836356},     {1e-5, -4.2648907939228246102},
    {0.02, -2.0537489106318230443},        {0.0749, -1.4402382675279636631},
    {0.0751, -1.4388253927525399824},      {0.3, -0.52440051270804081597},
    {0.49999, -0.000025066282748960008527}};

static void the_normal_quantile_is_exact_to_15_digits(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof normal / sizeof *normal; i++)
        assert_close(det_normal_quantile(normal[i][0]), normal[i][1], 1e-15);
    assert_same(det_normal_quantile(0.5), 0.0);
    for (size_t i = 0; i < N; i++) {
        double u = uniform(i, 0);
        assert_near(det_normal_quantile(u), gsl_cdf_ugaussian_Pinv(u), 4e-15);
        assert_same(det_normal_quantile(1 - u), -det_normal_quantile(u));
    }
}

static void arrays_give_the_same_bits_as_single_values(void **state)
{
    (void)state;
    enum { M = 1003 };
    double u[M], out[M], in[M];
    for (size_t i = 0; i < M; i++)
        u[i] = i % 50 == 0 ? ldexp(uniform(i, 0), -40) : uniform(i, 0);
    for (size_t n = 0; n <= M; n += n < 20 ? 1 : 100) {
        det_log_n(u, out, n);
        for (size_t i = 0; i < n; i++)
            assert_same(out[i], det_log(u[i]));
        det_normal_quantile_n(u, out, n);
        for (size_t i = 0; i < n; i++) {
            assert_same(out[i], det_normal_quantile(u[i]));
            in[i] = 100 * out[i];
        }
        det_exp_n(in, in, n); /* in place */
        for (size_t i = 0; i < n; i++)
            assert_same(in[i], det_exp(100 * out[i]));
    }
}

static void the_gamma_function_is_exact(void **state)
{
    (void)state;
    static const double exact[][2] = {
        {0.001, 6.9071788853838536617}, {0.5, 0.57236494292470008707},
        {3.7, 1.4280723266653881292},   {14.999, 25.188546870546927907},
        {15, 25.1912211827386815},      {100, 359.13420536957539878},
        {1e4, 82099.717496442377273},   {1e6, 12815504.56914761166}};
    for (size_t i = 0; i < sizeof exact / sizeof *exact; i++)
        assert_close(det_lgamma(exact[i][0]), exact[i][1], 3e-15);
    assert_near(det_lgamma(1), 0, 1e-14);
    assert_near(det_lgamma(2), 0, 1e-14);
}

/* P and Q to 20 digits, from 40-digit arithmetic. */
static const double incomplete[][4] = {
    {0.01, 1e-30, 0.50404727285999545286, 0.49595272714000454714},
    {0.01, 0.5, 0.99437324380603281585, 0.005626756193967184147},
    {0.01, 3, 0.99986702864342984452, 0.00013297135657015548499},
    {0.3, 0.001, 0.1402424589248673709, 0.8597575410751326291},
    {0.7, 2, 0.92374714729210164415, 0.076252852707898355851},
    {1.5, 1.4, 0.57650008294454058569, 0.42349991705545941431},
    {2.25, 20, 0.99999991819047444569, 8.1809525554314863121e-8},
    {15, 5, 0.00022625367617675553298, 0.99977374632382324447},
    {14.9, 40, 0.99999822197314784633, 1.7780268521536679164e-6},
    {100, 100, 0.51329879827914866486, 0.48670120172085133514},
    {100, 60, 1.4815276326460467889e-6, 0.99999851847236735395},
    {1e4, 1e4, 0.50132980833995520038, 0.49867019166004479962},
    {1e4, 9300, 3.8331636439307704912e-13, 0.99999999999961668364},
    {1e4, 10700, 0.99999999999621189313, 3.7881068652590777625e-12},
    {400, 250, 1.6491812544564051182e-18, 0.99999999999999999835}};

static void the_incomplete_gamma_function_is_exact_in_both_tails(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof incomplete / sizeof *incomplete; i++) {
        double lower, upper;
        incgamma(incomplete[i][0], incomplete[i][1], &lower, &upper);
        assert_close(lower, incomplete[i][2], 1e-12);
        assert_close(upper, incomplete[i][3], 1e-12);
    }
}

static double power(double x, const void *exponent)
{
    return pow(x, *(const double *)exponent);
}

static void quadrature_is_exact_for_powers(void **state)
{
    (void)state;
    struct quad_rule rule;
    quad_rule_make(&rule);
    for (double k = 0; k <= 2 * QUAD_NODES - 1; k++)
        assert_close(quad(&rule, power, &k, 0, 2, 1e-3), pow(2, k + 1) / (k + 1), 1e-14);
    double half = 0.5; /* not smooth at 0 */
    assert_close(quad(&rule, power, &half, 0, 1, 1e-14), 2.0 / 3, 1e-13);
    for (int i = 0; i < QUAD_NODES; i++) {
        double sum = 0; /* of x^5 from -1 to the node */
        for (int j = 0; j < QUAD_NODES; j++)
            sum += rule.until[i][j] * pow(rule.node[j], 5);
        assert_near(sum, (pow(rule.node[i], 6) - 1) / 6, 1e-15);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(det_log_is_within_one_unit_in_the_last_place),
        cmocka_unit_test(det_exp_is_within_one_unit_in_the_last_place),
        cmocka_unit_test(the_normal_quantile_is_exact_to_15_digits),
        cmocka_unit_test(arrays_give_the_same_bits_as_single_values),
        cmocka_unit_test(the_gamma_function_is_exact),
        cmocka_unit_test(the_incomplete_gamma_function_is_exact_in_both_tails),
        cmocka_unit_test(quadrature_is_exact_for_powers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
