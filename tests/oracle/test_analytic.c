/* test_analytic.c - the exact queueing formulas against published digits, each other, and what
 * must hold between them. */
#include "../support/support.h"

#include <math.h>

#include <onhold/analytic.h>

/* METRICS: 100 calls in 30 min, handling 180 s, threshold 20 s. */
static const double rate = 100 / 1800.0, handling = 180, within = 20;

/* `digits` decimals are printed, the last one rounded by hand: it may be one off. */
#define assert_digits(value, printed, digits) assert_near(value, printed, pow(10, -(digits)))

static void erlang_c_gives_the_digits_of_the_metrics(void **state)
{
    (void)state;
    static const double expected[][4] = {{11, 0.6821182047, 0.3896138117, 122.7812768},
                                         {12, 0.4493882243, 0.6401580404, 40.4449402},
                                         {13, 0.2852704530, 0.7955947884, 17.1162272},
                                         {14, 0.1741319336, 0.8883500192, 7.8359370}};
    for (int i = 0; i < 4; i++) {
        oh_queue_figures q;
        assert_int_equal(oh_erlang_c(rate, handling, expected[i][0], within, &q), OH_OK);
        assert_digits(q.delayed, expected[i][1], 10);
        assert_digits(q.service_level, expected[i][2], 10);
        assert_digits(q.asa, expected[i][3], 7);
        assert_close(q.occupancy, 10 / expected[i][0], 1e-14);
        assert_close(q.queue_length, rate * q.wait, 1e-14);
        assert_same(q.abandon_rate, 0.0);
        assert_undefined(q.wait_abandoned);
    }
}

static void erlang_a_gives_the_digits_of_the_metrics(void **state)
{
    (void)state;
    oh_queue_figures q;
    assert_int_equal(oh_erlang_a(rate, handling, 300, 10, within, &q), OH_OK);
    assert_digits(q.delayed, 0.59943332, 8);
    assert_digits(q.service_level, 0.51681017, 8);
    assert_digits(q.service_level_credit, 0.55161513, 8);
    assert_digits(q.service_level_answered, 0.58031913, 8);
    assert_digits(q.service_level_net, 0.53544636, 8);
    assert_digits(q.abandon_rate, 0.109438, 6);
    assert_digits(q.wait, 32.831400, 6);
    static const double expected[][8] = {
        {12, 0.33180204, 0.77227931, 0.79010355, 0.80673589, 0.78629441, 0.04271111, 12.813332},
        {13, 0.22579708, 0.85817770, 0.86980631, 0.88014913, 0.86827452, 0.0249633, 7.488991},
        {14, 0.14526011, 0.91679209, 0.92395603, 0.92979409, 0.92340732, 0.01398374, 4.195123}};
    for (int i = 0; i < 3; i++) {
        const double *e = expected[i];
        assert_int_equal(oh_erlang_a(rate, handling, 300, e[0], within, &q), OH_OK);
        assert_digits(q.delayed, e[1], 8);
        assert_digits(q.service_level, e[2], 8);
        assert_digits(q.service_level_credit, e[3], 8);
        assert_digits(q.service_level_answered, e[4], 8);
        assert_digits(q.service_level_net, e[5], 8);
        assert_digits(q.abandon_rate, e[6], i == 1 ? 7 : 8);
        assert_digits(q.wait, e[7], 6);
        assert_close(q.abandon_rate, q.wait / 300, 1e-14);
    }
    assert_int_equal(oh_erlang_a(rate, handling, 300, 13, within, &q), OH_OK);
    assert_digits(q.asa, 6.913968, 6);
    assert_digits(q.wait_abandoned, 29.948691, 6);
}

static void erlang_b_keeps_its_own_laws(void **state)
{
    (void)state;
    assert_same(oh_erlang_b(7, 0), 1.0);
    assert_same(oh_erlang_b(0, 3), 0.0);
    assert_close(oh_erlang_b(1, 1), 0.5, 1e-15);
    /* By the definition, with factorials: a^n/n! over the sum. */
    double term = 1, sum = 1;
    for (int k = 1; k <= 20; k++) {
        term *= 12.5 / k;
        sum += term;
        assert_close(oh_erlang_b(12.5, k), term / sum, 1e-14);
    }
    /* Critically loaded: sqrt(pi n / 2) B tends to 1, the next term of it is 2/3 / sqrt(pi n/2)
     * (Jagerman 1974). */
    double n = 100000, root = sqrt(M_PI * n / 2);
    assert_close(1 / oh_erlang_b(n, n), root + 2.0 / 3, 1e-5);
    assert_close(oh_erlang_b(2000, 10), 1 - 10 / 2000.0, 1e-4);
    assert_close(oh_erlang_b(1e6, 1000), 1 - 999 / 1e6, 1e-5);
}

static void erlang_b_and_c_agree(void **state)
{
    (void)state;
    for (double n = 1; n < 3000; n = floor(n * 1.7) + 1)
        for (double load = 0.3; load < 1; load += 0.3) {
            oh_queue_figures q;
            double a = load * n, b = oh_erlang_b(a, n), before = oh_erlang_b(a, n - 1);
            oh_erlang_c(a / 60, 60, n, 10, &q);
            if (b < 1e-300)
                continue;
            assert_close(1 / q.delayed, 1 / b - (1 / b - 1) * a / n, 1e-9);
            /* 1/C = 1 + (1 - a/n) n/a (1/B(n-1)). */
            assert_close(1 / q.delayed, 1 + (n - a) / (a * before), 1e-11);
        }
}

static double exponential(double x, const void *mean)
{
    return exp(-x / *(const double *)mean);
}

static void expect_equal(const oh_queue_figures *a, const oh_queue_figures *b, double relative,
                         double small)
{
    assert_near(a->delayed, b->delayed, relative * b->delayed + small);
    assert_near(a->abandon_rate, b->abandon_rate, relative * b->abandon_rate + small);
    assert_near(a->service_level, b->service_level, relative * b->service_level + small);
    assert_near(a->service_level_answered, b->service_level_answered,
                relative * b->service_level_answered + small);
    assert_near(a->service_level_net, b->service_level_net,
                relative * b->service_level_net + small);
    assert_near(a->service_level_credit, b->service_level_credit,
                relative * b->service_level_credit + small);
    assert_close(a->asa, b->asa, relative);
    assert_close(a->wait, b->wait, relative);
    assert_close(a->queue_length, b->queue_length, relative);
    assert_close(a->occupancy, b->occupancy, relative);
}

/* Rate, handling, patience, agents, threshold: from one agent to 100,000, idle to drowned. */
static const double settings[][5] = {
    {100 / 1800.0, 180, 300, 12, 20},
    {100 / 1800.0, 180, 300, 12, 0},
    {100 / 1800.0, 180, 30, 5, 20},
    {100 / 1800.0, 180, 3000, 10, 60},
    {10, 300, 120, 3000, 20},
    {10, 300, 120, 2900, 5},
    {10, 300, 120, 2000, 20},
    {333, 300, 120, 100000, 1},
    {350, 300, 120, 100000, 20},
    {330, 300, 10000, 100000, 0.1},
    {1, 1, 0.001, 1, 0.5},
    {5, 1, 1, 1, 0.3},
    {0.01, 100, 1e5, 2, 20},
    {0.0005, 100, 50, 2, 20},
    {1, 300, 1e5, 290, 3300},
    {3, 300, 60, 1000, 1000},
};

static void erlang_a_is_mmng_with_exponential_patience(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        const double *s = settings[i];
        oh_queue_figures a, g;
        assert_int_equal(oh_erlang_a(s[0], s[1], s[2], s[3], s[4], &a), OH_OK);
        assert_int_equal(oh_mmng(s[0], s[1], s[3], s[4], 0, exponential, &s[2], NULL, 0, &g),
                         OH_OK);
        expect_equal(&g, &a, 1e-10, 1e-14);
        assert_close(g.wait_abandoned, a.wait_abandoned, 1e-9);
        /* wait of all = answered and abandoned together. */
        assert_close(a.wait, (1 - a.abandon_rate) * a.asa + a.abandon_rate * a.wait_abandoned,
                     1e-11);
    }
}

static void patience_without_end_gives_erlang_c(void **state)
{
    (void)state;
    for (double n = 11; n < 15; n++) {
        oh_queue_figures c, a, g;
        double patience = 1e9;
        oh_erlang_c(rate, handling, n, within, &c);
        assert_int_equal(oh_erlang_a(rate, handling, 1e9, n, within, &a), OH_OK);
        expect_equal(&a, &c, 1e-5, 1e-6);
        assert_int_equal(oh_mmng(rate, handling, n, within, 0, exponential, &patience, NULL, 0, &g),
                         OH_OK);
        expect_equal(&g, &a, 1e-10, 1e-13);
        /* So many callers ahead matter that Erlang A goes over to the integral. */
        assert_int_equal(oh_erlang_a(rate, handling, 1e14, n, within, &a), OH_OK);
        expect_equal(&a, &c, 1e-10, 1e-11);
    }
}

static double no_end(double x, const void *user)
{
    (void)x;
    (void)user;
    return 1;
}

static void mmng_without_abandonment_is_erlang_c(void **state)
{
    (void)state;
    oh_queue_figures c, g;
    for (double n = 8; n < 16; n += n == 9 ? 2 : 1) {
        assert_int_equal(oh_erlang_c(rate, handling, n, within, &c), OH_OK);
        assert_int_equal(oh_mmng(rate, handling, n, within, 0, no_end, NULL, NULL, 0, &g), OH_OK);
        if (n > 10) {
            expect_equal(&g, &c, 1e-12, 0);
        } else { /* no steady state: said the same way */
            assert_same(g.delayed, 1.0);
            assert_same(c.delayed, 1.0);
            assert_true(isinf(g.wait) && isinf(c.wait));
            assert_same(g.service_level, 0.0);
            assert_same(c.service_level, 0.0);
        }
    }
    assert_int_equal(oh_erlang_c(9.99e4 / 60, 60, 1e5, 1, &c), OH_OK);
    assert_int_equal(oh_mmng(9.99e4 / 60, 60, 1e5, 1, 0, no_end, NULL, NULL, 0, &g), OH_OK);
    expect_equal(&g, &c, 1e-10, 0);
}

static double constant(double x, const void *patience)
{
    return x < *(const double *)patience;
}

/* M/M/n+D in closed form. With q = n mu - lambda, the wait's density is lambda p e^(-q x) up to
 * the patience d, and beyond it decays at n mu: waits beyond d are callers who abandon. */
static void mmng_with_constant_patience_has_a_closed_form(void **state)
{
    (void)state;
    for (double n = 6; n < 16; n += 3)
        for (double d = 5; d < 1000; d *= 4) {
            double q = n / handling - rate, mu_n = n / handling;
            double inner = q == 0 ? d : -expm1(-q * d) / q; /* integral of e^(-q x) to d */
            double outer = exp(-q * d) / mu_n;
            double weight = rate * oh_erlang_b(rate * handling, n - 1);
            double all = 1 + weight * (inner + outer);
            double gone = weight * outer / all;
            double served_wait =
                q == 0 ? d * d / 2 : (inner - d * exp(-q * d)) / q; /* of x e^(-q x) */
            double in_time = fmin(within, d);
            oh_queue_figures g;
            assert_int_equal(oh_mmng(rate, handling, n, within, 0, constant, &d, &d, 1, &g), OH_OK);
            assert_close(g.delayed, weight * (inner + outer) / all, 1e-12);
            assert_close(g.abandon_rate, gone, 1e-12);
            assert_close(g.wait_abandoned, d, 1e-12);
            assert_close(g.asa, weight * served_wait / all / (1 - gone), 1e-11);
            assert_close(g.service_level, (1 + weight * -expm1(-q * in_time) / q) / all, 1e-12);
            if (d <= within)
                assert_close(g.service_level_credit, 1, 1e-12);
        }
}

/* Patience of 0 for everybody: Erlang B. Everybody balks: Erlang B too. */
static void mmng_without_any_patience_is_erlang_b(void **state)
{
    (void)state;
    double none = 0;
    for (double n = 1; n < 20; n += 3) {
        double b = oh_erlang_b(rate * handling, n);
        oh_queue_figures g;
        assert_int_equal(oh_mmng(rate, handling, n, within, 0, constant, &none, &none, 1, &g),
                         OH_OK);
        assert_close(g.abandon_rate, b, 1e-12);
        assert_close(g.delayed, b, 1e-12);
        assert_same(g.wait, 0.0);
        assert_int_equal(oh_mmng(rate, handling, n, within, 1, no_end, NULL, NULL, 0, &g), OH_OK);
        assert_close(g.abandon_rate, b, 1e-12);
        assert_close(g.service_level, 1 - b, 1e-12);
        assert_close(g.service_level_credit, 1, 1e-12);
        assert_same(g.wait_abandoned, 0.0);
    }
}

static double half_gone_at_once(double x, const void *mean)
{
    return 0.5 * exp(-x / *(const double *)mean);
}

static void balking_is_the_same_as_no_patience(void **state)
{
    (void)state;
    oh_queue_figures a, b;
    double mean = 240;
    for (double n = 8; n < 14; n++) {
        assert_int_equal(oh_mmng(rate, handling, n, within, 0.5, exponential, &mean, NULL, 0, &a),
                         OH_OK);
        assert_int_equal(
            oh_mmng(rate, handling, n, within, 0, half_gone_at_once, &mean, NULL, 0, &b), OH_OK);
        expect_equal(&a, &b, 1e-13, 0);
    }
}

static void the_threshold_runs_from_no_delay_to_everybody(void **state)
{
    (void)state;
    for (int model = 0; model < 2; model++) {
        double before = 0, mean = 240;
        for (double t = 0; t < 1e5; t = t * 3 + 7) {
            oh_queue_figures q;
            if (model == 0)
                oh_erlang_a(rate, handling, mean, 10, t, &q);
            else
                oh_mmng(rate, handling, 10, t, 0, exponential, &mean, NULL, 0, &q);
            if (t == 0)
                assert_close(q.service_level, 1 - q.delayed, 1e-14);
            assert_true(q.service_level >= before);
            before = q.service_level;
            if (t > 1e4)
                assert_close(q.service_level_credit, 1, 1e-14);
        }
    }
}

static void nobody_calls_and_everybody_is_served_at_once(void **state)
{
    (void)state;
    oh_queue_figures q;
    double mean = 240;
    assert_int_equal(oh_erlang_c(0, handling, 3, within, &q), OH_OK);
    assert_same(q.delayed, 0.0);
    assert_int_equal(oh_erlang_a(0, handling, 300, 3, within, &q), OH_OK);
    assert_same(q.service_level, 1.0);
    assert_int_equal(oh_mmng(0, handling, 3, within, 0, exponential, &mean, NULL, 0, &q), OH_OK);
    assert_same(q.wait, 0.0);
    /* So many agents that delay underflows. */
    assert_int_equal(oh_erlang_a(0.01, 10, 300, 500, within, &q), OH_OK);
    assert_same(q.delayed, 0.0);
    assert_close(q.occupancy, 0.1 / 500, 1e-15);
}

static void agents_are_never_busier_than_always(void **state)
{
    (void)state;
    oh_queue_figures q;
    for (double agents = 1; agents < 10; agents++) {
        assert_int_equal(oh_erlang_a(200 / 3600.0, 180, 1e5, agents, within, &q), OH_OK);
        assert_true(q.occupancy <= 1);
        assert_close(q.occupancy, 1, 1e-3);
    }
}

static void senseless_arguments_are_refused(void **state)
{
    (void)state;
    static const double bad[][5] = {
        /* rate, handling, patience, agents, threshold */
        {-1, 180, 300, 3, 20},   {NAN, 180, 300, 3, 20}, {INFINITY, 180, 300, 3, 20},
        {1, 0, 300, 3, 20},      {1, -5, 300, 3, 20},    {1, INFINITY, 300, 3, 20},
        {1, 180, 300, 0, 20},    {1, 180, 300, 2.5, 20}, {1, 180, 300, NAN, 20},
        {1, 180, 300, 1e12, 20}, {1, 180, 300, 3, -1},   {1, 180, 300, 3, NAN}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const double *b = bad[i];
        oh_queue_figures q;
        assert_int_equal(oh_erlang_c(b[0], b[1], b[3], b[4], &q), OH_ARGUMENT);
        assert_undefined(q.delayed);
        assert_int_equal(oh_erlang_a(b[0], b[1], b[2], b[3], b[4], &q), OH_ARGUMENT);
        assert_undefined(q.wait);
        assert_int_equal(oh_mmng(b[0], b[1], b[3], b[4], 0, no_end, NULL, NULL, 0, &q),
                         OH_ARGUMENT);
        assert_undefined(q.occupancy);
    }
    oh_queue_figures q;
    assert_int_equal(oh_erlang_a(1, 180, 0, 3, 20, &q), OH_ARGUMENT);
    assert_int_equal(oh_erlang_a(1, 180, INFINITY, 3, 20, &q), OH_ARGUMENT);
    assert_int_equal(oh_mmng(1, 1, 3, 20, 1.5, no_end, NULL, NULL, 0, &q), OH_ARGUMENT);
    assert_undefined(oh_erlang_b(-1, 3));
    assert_undefined(oh_erlang_b(1, -3));
    assert_undefined(oh_erlang_b(1, 2.5));
    assert_undefined(oh_erlang_b(NAN, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(erlang_c_gives_the_digits_of_the_metrics),
        cmocka_unit_test(erlang_a_gives_the_digits_of_the_metrics),
        cmocka_unit_test(erlang_b_keeps_its_own_laws),
        cmocka_unit_test(erlang_b_and_c_agree),
        cmocka_unit_test(erlang_a_is_mmng_with_exponential_patience),
        cmocka_unit_test(patience_without_end_gives_erlang_c),
        cmocka_unit_test(mmng_without_abandonment_is_erlang_c),
        cmocka_unit_test(mmng_with_constant_patience_has_a_closed_form),
        cmocka_unit_test(mmng_without_any_patience_is_erlang_b),
        cmocka_unit_test(balking_is_the_same_as_no_patience),
        cmocka_unit_test(the_threshold_runs_from_no_delay_to_everybody),
        cmocka_unit_test(nobody_calls_and_everybody_is_served_at_once),
        cmocka_unit_test(agents_are_never_busier_than_always),
        cmocka_unit_test(senseless_arguments_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
