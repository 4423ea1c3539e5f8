/* test_stats_summary.c - estimates over replications: worked by hand, from tables, and by coverage.
 */
#include "../support/support.h"

#include <math.h>
#include <stdlib.h>

#include "../../sim/stats/summary.h"

static double uniform(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return ldexp((double)((z ^ (z >> 31)) >> 11) + 0.5, -53);
}

static void student_t_is_that_of_the_tables(void **state)
{
    (void)state;
    assert_close(student_t(1, 0.95), 12.706204736, 1e-9);
    assert_close(student_t(2, 0.95), 4.302652730, 1e-9);
    assert_close(student_t(9, 0.90), 1.833112933, 1e-9);
    assert_close(student_t(10, 0.95), 2.228138852, 1e-9);
    assert_close(student_t(30, 0.99), 2.749995654, 1e-9);
    assert_close(student_t(199, 0.95), 1.971956544, 1e-9);
    assert_close(student_t(1e9, 0.95), 1.959963985, 1e-8);
}

static void the_half_width_of_a_ratio_is_the_one_worked_by_hand(void **state)
{
    (void)state;
    /* r = 83/100; residuals -0.3, 3.5, -3.2; squares 22.58; mean denominator 100/3;
     * se = sqrt(22.58 / (3 * 2)) / (100/3) = 0.058197...; t(2) = 4.302652730. */
    const struct fraction f[] = {{8, 10}, {45, 50}, {30, 40}};
    struct student s = student_of(3, 0.95);
    struct estimate e = summary_ratio(f, 3, &s);
    assert_close(e.value, 0.83, 1e-15);
    assert_close(e.half_width, 4.302652730 * sqrt(22.58 / 6) * 0.03, 1e-9);
}

static void a_count_is_a_mean_with_a_students_interval(void **state)
{
    (void)state;
    const struct fraction f[] = {{10, 1}, {12, 1}, {17, 1}};
    const double v[] = {10, 12, 17};
    struct student s = student_of(3, 0.95);
    struct estimate a = summary_ratio(f, 3, &s), b = summary_mean(v, 3, &s);
    assert_close(a.value, 13, 1e-15);
    assert_close(a.half_width, 4.302652730 * sqrt((9 + 1 + 16) / 2.0 / 3), 1e-9);
    assert_close(b.value, a.value, 1e-15);
    assert_close(b.half_width, a.half_width, 1e-14);
}

/* 0.1 ten times does not sum to 1, and 22/3 does not come out of 7 of them. */
static void what_is_the_same_every_day_is_that_value_and_has_no_width(void **state)
{
    enum { DAYS = 10 };
    const double each[] = {0.1, 22.0 / 3, -1.3, 0};
    (void)state;
    for (size_t k = 0; k < sizeof each / sizeof *each; k++) {
        struct fraction heads[DAYS], share[DAYS];
        double value[DAYS], sorted[DAYS], spare[DAYS];
        struct student s = student_of(DAYS, 0.95);
        for (int i = 0; i < DAYS; i++) {
            double den = ldexp(1, i % 4); /* other counts, the same share */
            heads[i] = (struct fraction){each[k], 1};
            share[i] = i == 5 ? (struct fraction){0, 0} : (struct fraction){each[k] * den, den};
            value[i] = i == 3 ? NAN : each[k];
        }
        const struct estimate all[] = {summary_ratio(heads, DAYS, &s),
                                       summary_ratio(share, DAYS, &s),
                                       summary_mean(value, DAYS, &s)};
        for (size_t i = 0; i < 3; i++) {
            assert_same(all[i].value, each[k]);
            assert_same(all[i].half_width, 0);
        }
        oh_spread spread = summary_spread(value, DAYS, sorted, spare);
        assert_same(spread.mean, each[k]);
        assert_same(spread.sd, 0);
        value[7] = nextafter(each[k], 1); /* the smallest difference is one */
        assert_true(summary_mean(value, DAYS, &s).half_width > 0 || each[k] == 0);
        heads[7].num += 1e-9;
        assert_true(summary_ratio(heads, DAYS, &s).half_width > 0);
    }
}

static void a_pooled_ratio_is_not_the_mean_of_the_days_ratios(void **state)
{
    (void)state;
    /* A quiet day with everything answered in time, a busy one with half: the caller's chance is
     * 51 %, not 75 %. */
    const struct fraction f[] = {{20, 20}, {490, 980}};
    struct student s = student_of(2, 0.95);
    assert_close(summary_ratio(f, 2, &s).value, 0.51, 1e-15);
    const double own[] = {1, 0.5};
    assert_close(summary_mean(own, 2, &s).value, 0.75, 1e-15);
}

/* Days of x calls, x uniform on (50, 150), of which the share 0.8 - (x - 100) / 1000 plus noise is
 * in time: E y / E x = 0.8 - Var(x) / 1000 / 100 = 0.79166.., while the mean of ratios is 0.8. */
static void ninety_five_percent_intervals_cover_the_truth_that_often(void **state)
{
    (void)state;
    enum { DAYS = 40, TRIALS = 4000 };
    const double truth = 0.8 - 10000.0 / 12 / 1000 / 100;
    struct fraction f[DAYS];
    struct student s = student_of(DAYS, 0.95);
    uint64_t seed = 20;
    int covered = 0, covered_wrong = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
        for (int i = 0; i < DAYS; i++) {
            double x = 50 + 100 * uniform(&seed), noise = 0.04 * (uniform(&seed) - 0.5);
            f[i] = (struct fraction){x * (0.8 - (x - 100) / 1000 + noise), x};
        }
        struct estimate e = summary_ratio(f, DAYS, &s);
        covered += fabs(e.value - truth) <= e.half_width;
        covered_wrong += fabs(e.value - 0.8) <= e.half_width;
    }
    /* Binomial standard error 0.34 points; the delta method itself is a little short at 40 days. */
    assert_near(covered / (double)TRIALS, 0.95, 0.015);
    assert_true(covered_wrong < covered);
}

static void nothing_over_nothing_is_undefined(void **state)
{
    (void)state;
    const struct fraction f[] = {{0, 0}, {0, 0}};
    const double v[] = {NAN, NAN};
    struct student s = student_of(2, 0.95);
    struct estimate e = summary_ratio(f, 2, &s);
    assert_undefined(e.value);
    assert_undefined(e.half_width);
    e = summary_mean(v, 2, &s);
    assert_undefined(e.value);
    assert_undefined(e.half_width);
    assert_undefined(fraction_value(f[0]));
}

static void one_replication_has_a_value_and_no_half_width(void **state)
{
    (void)state;
    const struct fraction f[] = {{3, 4}};
    const double v[] = {5};
    struct student s = student_of(1, 0.95);
    assert_close(summary_ratio(f, 1, &s).value, 0.75, 0);
    assert_undefined(summary_ratio(f, 1, &s).half_width);
    assert_close(summary_mean(v, 1, &s).value, 5, 0);
    assert_undefined(summary_mean(v, 1, &s).half_width);
    assert_undefined(summary_quantile(4, v, 1, &s).half_width);
}

static void replications_without_a_value_are_left_out_of_the_mean(void **state)
{
    (void)state;
    const double v[] = {NAN, 10, NAN, 12, 17};
    struct student s = student_of(5, 0.95);
    struct estimate e = summary_mean(v, 5, &s);
    assert_close(e.value, 13, 1e-15);
    assert_close(e.half_width, 4.302652730 * sqrt(13.0 / 3), 1e-9);
}

static void a_quantiles_half_width_comes_from_the_replications_own(void **state)
{
    (void)state;
    const double own[] = {30, NAN, 34, 38}; /* pooled 33: squares 9, 1, 25 */
    struct student s = student_of(4, 0.95);
    struct estimate e = summary_quantile(33, own, 4, &s);
    assert_close(e.value, 33, 0);
    assert_close(e.half_width, 4.302652730 * sqrt(35.0 / 3) / sqrt(3), 1e-9);
    assert_undefined(summary_quantile(NAN, own, 4, &s).half_width);
}

static void a_spread_is_the_one_worked_by_hand(void **state)
{
    (void)state;
    const double v[] = {4, NAN, 1, 3, 2};
    double sorted[5], spare[5];
    oh_spread s = summary_spread(v, 5, sorted, spare);
    assert_int_equal(s.n, 4);
    assert_close(s.mean, 2.5, 1e-15);
    assert_close(s.sd, sqrt(5.0 / 3), 1e-15);
    assert_close(s.p5, 1.15, 1e-15);
    assert_close(s.p25, 1.75, 1e-15);
    assert_close(s.p50, 2.5, 1e-15);
    assert_close(s.p75, 3.25, 1e-15);
    assert_close(s.p95, 3.85, 1e-15);
    assert_same(s.min, 1.0);
    assert_same(s.max, 4.0);
}

static void a_spread_of_nothing_is_empty_and_of_one_has_no_sd(void **state)
{
    (void)state;
    const double none[] = {NAN, NAN}, one[] = {NAN, 7};
    double sorted[2], spare[2];
    oh_spread s = summary_spread(none, 2, sorted, spare);
    assert_int_equal(s.n, 0);
    assert_undefined(s.mean);
    assert_undefined(s.p50);
    assert_undefined(s.max);
    s = summary_spread(one, 2, sorted, spare);
    assert_int_equal(s.n, 1);
    assert_same(s.mean, 7.0);
    assert_same(s.p5, 7.0);
    assert_same(s.max, 7.0);
    assert_undefined(s.sd);
}

static int ascending(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void sorting_gives_what_the_c_library_gives(void **state)
{
    (void)state;
    enum { MOST = 300 };
    double ours[MOST], theirs[MOST], spare[MOST];
    uint64_t seed = 3;
    for (size_t n = 0; n <= MOST; n++) {
        for (int kind = 0; kind < 4; kind++) {
            for (size_t i = 0; i < n; i++)
                ours[i] = theirs[i] = kind == 0   ? uniform(&seed) - 0.5
                                      : kind == 1 ? floor(8 * uniform(&seed))
                                      : kind == 2 ? (double)i
                                                  : -(double)i;
            sort_doubles(ours, n, spare);
            qsort(theirs, n, sizeof *theirs, ascending);
            for (size_t i = 0; i < n; i++)
                assert_same(ours[i], theirs[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(student_t_is_that_of_the_tables),
        cmocka_unit_test(the_half_width_of_a_ratio_is_the_one_worked_by_hand),
        cmocka_unit_test(a_count_is_a_mean_with_a_students_interval),
        cmocka_unit_test(what_is_the_same_every_day_is_that_value_and_has_no_width),
        cmocka_unit_test(a_pooled_ratio_is_not_the_mean_of_the_days_ratios),
        cmocka_unit_test(ninety_five_percent_intervals_cover_the_truth_that_often),
        cmocka_unit_test(nothing_over_nothing_is_undefined),
        cmocka_unit_test(one_replication_has_a_value_and_no_half_width),
        cmocka_unit_test(replications_without_a_value_are_left_out_of_the_mean),
        cmocka_unit_test(a_quantiles_half_width_comes_from_the_replications_own),
        cmocka_unit_test(a_spread_is_the_one_worked_by_hand),
        cmocka_unit_test(a_spread_of_nothing_is_empty_and_of_one_has_no_sd),
        cmocka_unit_test(sorting_gives_what_the_c_library_gives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
