/* test_stats_paired.c - paired differences: by hand, by agreement with single estimates, by
 * coverage.
 */
#include "../support/support.h"

#include <math.h>
#include <stdlib.h>

#include "../../sim/stats/paired.h"
#include "../../sim/stats/summary.h"

static double uniform(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return ldexp((double)((z ^ (z >> 31)) >> 11) + 0.5, -53);
}

static double normal(uint64_t *state)
{
    double u = uniform(state), v = uniform(state);
    return sqrt(-2 * log(u)) * cos(2 * 3.14159265358979323846 * v);
}

static void counts_are_the_paired_t_test_of_the_textbook(void **state)
{
    (void)state;
    /* Differences 2, 1, 3, 2: mean 2, sd 0.8165, se 0.40825, t(3) = 3.182446305. */
    const struct fraction a[] = {{10, 1}, {12, 1}, {9, 1}, {11, 1}};
    const struct fraction b[] = {{12, 1}, {13, 1}, {12, 1}, {13, 1}};
    struct difference d = paired_ratios(a, b, 4);
    assert_close(d.base, 10.5, 1e-15);
    assert_close(d.value, 12.5, 1e-15);
    assert_close(d.difference, 2, 1e-15);
    assert_close(d.error, sqrt(2.0 / 3 / 4), 1e-12);
    assert_close(paired_half_width(&d, 0.95), 3.182446305 * sqrt(2.0 / 3 / 4), 1e-9);
    const double x[] = {10, 12, 9, 11}, y[] = {12, 13, 12, 13};
    struct difference m = paired_means(x, y, 4);
    assert_close(m.error, d.error, 1e-14);
    assert_close(m.difference, 2, 1e-15);
}

static void a_difference_of_ratios_is_the_one_worked_by_hand(void **state)
{
    (void)state;
    /* r0 = 24/40 = 0.6, r1 = 35/50 = 0.7; mean x 20 and 25. Residuals of the base -1, 1 over 20,
     * of the value 2, -2 over 25: z = 0.08 + 0.05 = 0.13 and -0.13; error sqrt(2 0.0169 / 2). */
    const struct fraction a[] = {{5, 10}, {19, 30}}, b[] = {{16, 20}, {19, 30}};
    struct difference d = paired_ratios(a, b, 2);
    assert_close(d.difference, 0.1, 1e-12);
    assert_close(d.error, 0.13, 1e-12);
}

static void equal_series_differ_by_exactly_nothing(void **state)
{
    (void)state;
    const struct fraction a[] = {{1, 3}, {2, 7}, {5, 11}};
    struct difference d = paired_ratios(a, a, 3);
    assert_same(d.difference, 0);
    assert_same(d.error, 0);
    assert_close(paired_doubt(&d), 0.5, 1e-15);
}

static void constants_differ_by_exactly_their_difference(void **state)
{
    enum { DAYS = 7 };
    (void)state;
    struct fraction seven[DAYS], eight[DAYS];
    double low[DAYS], high[DAYS], z[DAYS];
    for (int i = 0; i < DAYS; i++) {
        low[i] = 22.0 / 3;
        high[i] = 25.0 / 3;
        seven[i] = (struct fraction){low[i], 1};
        eight[i] = (struct fraction){high[i], 1};
    }
    const struct difference both[] = {paired_ratios(seven, eight, DAYS),
                                      paired_means(low, high, DAYS)};
    for (size_t i = 0; i < 2; i++) {
        assert_same(both[i].base, 22.0 / 3);
        assert_same(both[i].value, 25.0 / 3);
        assert_same(both[i].error, 0);
    }
    assert_same(ratio_influence(seven, DAYS, z), 22.0 / 3);
    assert_same(influence_error(z, DAYS), 0);
}

static void against_a_constant_the_error_is_that_of_the_single_estimate(void **state)
{
    (void)state;
    const struct fraction none[] = {{0, 5}, {0, 5}, {0, 5}};
    const struct fraction f[] = {{8, 10}, {45, 50}, {30, 40}};
    struct difference d = paired_ratios(none, f, 3);
    struct student s = student_of(3, 0.9);
    struct estimate e = summary_ratio(f, 3, &s);
    assert_close(d.difference, e.value, 1e-15);
    assert_close(paired_half_width(&d, 0.9), e.half_width, 1e-12);
    const double own[] = {10, 12, 19}, zero[] = {0, 0, 0};
    struct difference q = paired_quantiles(0, zero, 13, own, 3);
    struct estimate single = summary_quantile(13, own, 3, &s);
    assert_close(paired_half_width(&q, 0.9), single.half_width, 1e-12);
}

static void what_is_undefined_is_left_out(void **state)
{
    (void)state;
    const double a[] = {NAN, 10, 12, 14}, b[] = {NAN, 11, 14, 15}, none[] = {NAN, NAN, NAN, NAN};
    struct difference d = paired_means(a, b, 4), whole = paired_means(a + 1, b + 1, 3);
    assert_same(d.difference, whole.difference);
    assert_same(d.error, whole.error);
    assert_same(d.freedom, 2);
    d = paired_means(a, none, 4);
    assert_undefined(d.difference);
    assert_undefined(d.error);
    assert_undefined(paired_half_width(&d, 0.95));
    d = paired_quantiles(10, a, 11, b, 4);
    assert_same(d.freedom, 2);
    const struct fraction empty[] = {{0, 0}, {0, 0}}, some[] = {{1, 2}, {1, 3}};
    d = paired_ratios(empty, some, 2);
    assert_undefined(d.difference);
    assert_undefined(d.error);
    d = paired_ratios(some, some, 1);
    assert_same(d.difference, 0);
    assert_undefined(d.error);
}

static void doubt_is_the_tail_of_students_t(void **state)
{
    (void)state;
    /* t(3) = 3.182446305 leaves 2.5 % above it. */
    struct difference d = {0, 3.182446305, 3.182446305, 1, 3};
    assert_close(paired_doubt(&d), 0.025, 1e-8);
    d.difference = -d.difference;
    assert_close(paired_doubt(&d), 0.975, 1e-8);
    d.error = NAN;
    assert_close(paired_doubt(&d), 0.5, 1e-15);
}

/* Two ratios whose denominators vary from day to day and are shared, as calls are: the truth must
 * be inside 95 % of the intervals, and pairing must be worth it. */
static void intervals_of_a_difference_of_ratios_cover_as_often_as_they_say(void **state)
{
    (void)state;
    enum { TIMES = 4000, DAYS = 30 };
    uint64_t random = 7;
    size_t covered = 0;
    double paired = 0, apart = 0;
    for (size_t k = 0; k < TIMES; k++) {
        struct fraction a[DAYS], b[DAYS];
        double va[DAYS], vb[DAYS];
        for (size_t i = 0; i < DAYS; i++) {
            double busy = exp(0.15 * normal(&random)), calls = 100 * busy;
            double noise = 4 * normal(&random);
            a[i] = (struct fraction){calls * (0.9 - 0.1 * busy) + noise, calls};
            b[i] = (struct fraction){calls * (0.95 - 0.08 * busy) + noise + normal(&random), calls};
            va[i] = a[i].num;
            vb[i] = b[i].num;
        }
        /* E busy^2 / E busy = exp(1.5 s^2), s = 0.15 */
        double truth = 0.05 + 0.02 * exp(1.5 * 0.15 * 0.15);
        struct difference d = paired_ratios(a, b, DAYS);
        covered += fabs(d.difference - truth) <= paired_half_width(&d, 0.95);
        struct difference means = paired_means(va, vb, DAYS);
        struct student s = student_of(DAYS, 0.95);
        double ha = summary_mean(va, DAYS, &s).half_width,
               hb = summary_mean(vb, DAYS, &s).half_width;
        paired += pow(paired_half_width(&means, 0.95), 2);
        apart += ha * ha + hb * hb;
    }
    /* 95 % +- 4 standard errors of 0.34 points */
    assert_near((double)covered / TIMES, 0.95, 0.0138);
    assert_that(apart > 20 * paired, "pairing gains only %.1f", apart / paired);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_are_the_paired_t_test_of_the_textbook),
        cmocka_unit_test(a_difference_of_ratios_is_the_one_worked_by_hand),
        cmocka_unit_test(equal_series_differ_by_exactly_nothing),
        cmocka_unit_test(constants_differ_by_exactly_their_difference),
        cmocka_unit_test(against_a_constant_the_error_is_that_of_the_single_estimate),
        cmocka_unit_test(what_is_undefined_is_left_out),
        cmocka_unit_test(doubt_is_the_tail_of_students_t),
        cmocka_unit_test(intervals_of_a_difference_of_ratios_cover_as_often_as_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
