/* test_stats_histogram.c - bins of waits: how wide they are, and what quantiles they give.
 */
#include "../support/support.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "../../sim/stats/cells.h"
#include "../../sim/stats/histogram.h"

/* A plain generator of its own (splitmix64), so that these tests lean on nothing else. */
static double uniform(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    return ldexp((double)((z ^ (z >> 31)) >> 11) + 0.5, -53);
}

static void every_bin_is_at_most_half_a_percent_wide(void **state)
{
    (void)state;
    for (uint32_t b = 1; b + 1 < HIST_BINS; b++) {
        double lower = hist_lower(b), upper = hist_lower(b + 1);
        assert_true(upper > lower);
        assert_true((upper - lower) / lower <= 0.005);
        assert_true(fabs(hist_mid(b) - lower) / lower <= 0.0025);
    }
}

static void a_value_is_in_the_bin_whose_edges_hold_it(void **state)
{
    (void)state;
    for (uint32_t b = 1; b + 1 < HIST_BINS; b++) {
        assert_int_equal(hist_bin(hist_lower(b)), b);
        assert_int_equal(hist_bin(hist_mid(b)), b);
        assert_int_equal(hist_bin(nextafter(hist_lower(b + 1), 0)), b);
    }
}

static void zero_has_a_bin_of_its_own(void **state)
{
    (void)state;
    assert_int_equal(hist_bin(0), 0);
    assert_int_equal(hist_bin(DBL_MIN), 1);
    assert_same(hist_mid(0), 0.0);
    assert_same(hist_lower(0), 0.0);
}

static void waits_beyond_the_range_are_counted_at_its_ends(void **state)
{
    (void)state;
    assert_int_equal(hist_bin(ldexp(1, -21)), 1);
    assert_same(hist_lower(1), ldexp(1, -20));
    assert_int_equal(hist_bin(ldexp(1, 27)), HIST_BINS - 1);
    assert_int_equal(hist_bin(1e300), HIST_BINS - 1);
    assert_int_equal(hist_bin(INFINITY), HIST_BINS - 1);
    assert_same(hist_mid(HIST_BINS - 1), ldexp(1, 27));
    assert_int_equal(hist_bin(nextafter(ldexp(1, 27), 0)), HIST_BINS - 2);
}

static int ascending(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void quantiles_are_those_of_the_sorted_waits_to_a_quarter_percent(void **state)
{
    (void)state;
    enum { MOST = 5000 };
    static double wait[MOST];
    uint64_t seed = 7;
    struct histogram h;
    assert_true(hist_init(&h));
    for (size_t n = 1; n <= MOST; n = n * 3 + 1) {
        hist_clear(&h);
        for (size_t i = 0; i < n; i++) {
            double u = uniform(&seed);
            wait[i] = u < 0.4 ? 0 : -90 * log(uniform(&seed));
            hist_add(&h, wait[i]);
        }
        qsort(wait, n, sizeof *wait, ascending);
        const struct histogram *one = &h;
        double got[QUANTILES];
        hist_quantiles(&one, 1, quantile_share, QUANTILES, got);
        for (size_t k = 0; k < QUANTILES; k++) {
            size_t percent = (size_t)lround(100 * quantile_share[k]);
            size_t rank = (percent * n + 99) / 100; /* the ceiling, in whole numbers */
            assert_close(got[k], wait[rank - 1], 0.0025);
        }
    }
    hist_free(&h);
}

static void a_whole_rank_is_not_rounded_up_to_the_next_call(void **state)
{
    (void)state;
    /* 55 of 100 calls waited nothing. In doubles 0.55 * 100 is a little more than 55. */
    const double share = 0.55;
    struct histogram h;
    assert_true(hist_init(&h));
    for (int i = 0; i < 100; i++)
        hist_add(&h, i < 55 ? 0 : 1000);
    const struct histogram *one = &h;
    double quantile;
    hist_quantiles(&one, 1, &share, 1, &quantile);
    assert_same(quantile, 0.0);
    hist_free(&h);
}

static void quantiles_over_several_histograms_are_those_of_their_sum(void **state)
{
    (void)state;
    uint64_t seed = 11;
    struct histogram part[3], sum;
    assert_true(hist_init(&sum));
    for (size_t i = 0; i < 3; i++) {
        assert_true(hist_init(&part[i]));
        for (size_t k = 0; k < 400 * i; k++)
            hist_add(&part[i], 100 * uniform(&seed) * (double)i);
        hist_merge(&sum, &part[i]);
    }
    assert_int_equal(sum.count, 1200);
    const struct histogram *three[] = {&part[0], &part[1], &part[2]}, *one = &sum;
    double a[QUANTILES], b[QUANTILES];
    hist_quantiles(three, 3, quantile_share, QUANTILES, a);
    hist_quantiles(&one, 1, quantile_share, QUANTILES, b);
    for (size_t k = 0; k < QUANTILES; k++)
        assert_same(a[k], b[k]);
    for (size_t i = 0; i < 3; i++)
        hist_free(&part[i]);
    hist_free(&sum);
}

static void an_empty_histogram_has_no_quantiles(void **state)
{
    (void)state;
    struct histogram h;
    assert_true(hist_init(&h));
    const struct histogram *one = &h;
    double q;
    hist_quantiles(&one, 1, quantile_share, 1, &q);
    assert_undefined(q);
    hist_add(&h, 3);
    hist_clear(&h);
    assert_int_equal(h.count, 0);
    hist_quantiles(&one, 1, quantile_share, 1, &q);
    assert_undefined(q);
    for (uint32_t b = 0; b < HIST_BINS; b++)
        assert_int_equal(h.bin[b], 0);
    hist_free(&h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_bin_is_at_most_half_a_percent_wide),
        cmocka_unit_test(a_value_is_in_the_bin_whose_edges_hold_it),
        cmocka_unit_test(zero_has_a_bin_of_its_own),
        cmocka_unit_test(waits_beyond_the_range_are_counted_at_its_ends),
        cmocka_unit_test(quantiles_are_those_of_the_sorted_waits_to_a_quarter_percent),
        cmocka_unit_test(a_whole_rank_is_not_rounded_up_to_the_next_call),
        cmocka_unit_test(quantiles_over_several_histograms_are_those_of_their_sum),
        cmocka_unit_test(an_empty_histogram_has_no_quantiles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
