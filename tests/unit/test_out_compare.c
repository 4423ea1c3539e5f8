/* test_out_compare.c - differences in plain words. */
#include "../support/support.h"

#include <math.h>

#include "../../sim/out/compare_writers.h"

static oh_difference made(double base, double difference, double half_width)
{
    oh_verdict verdict = fabs(difference) <= half_width || difference == 0 ? OH_NO_DIFFERENCE
                         : difference > 0                                  ? OH_HIGHER
                                                                           : OH_LOWER;
    return (oh_difference){true, true, base, base + difference, difference, half_width, verdict, 0};
}

#define expect_words(id, base, difference, half_width, words)                                      \
    do {                                                                                           \
        char buffer[WORDS];                                                                        \
        oh_difference d = made(base, difference, half_width);                                      \
        assert_string_equal(difference_words(buffer, oh_metric_find(id), &d, "A", "B"), words);    \
    } while (0)

static void what_is_better_is_said_with_its_size_and_interval(void **state)
{
    (void)state;
    expect_words("service_level", 0.7, 0.0312, 0.0061, "better by 3.1 ± 0.6 points");
    expect_words("service_level", 0.7, -0.0312, 0.0061, "worse by 3.1 ± 0.6 points");
    expect_words("abandon_rate", 0.07, -0.0312, 0.0061, "better by 3.1 ± 0.6 points");
    expect_words("asa", 30, 12, 1.26, "worse by 12.0 ± 1.3 s");
    expect_words("wait_p90", 300, -150, 20, "better by 2 min 30 s ± 20 s");
    expect_words("occupancy", 0.7, 0.021, 0.001, "higher by 2.1 ± 0.1 points");
    expect_words("planned", 8, 1, 0, "higher by 1.0 agents");
    expect_words("planned", 8, 1, 1e-13, "higher by 1.0 agents");
    expect_words("profit", 5000, 1234, 56, "better by 1,234 ± 56");
    expect_words("cost", 5000, 1234, 56, "worse by 1,234 ± 56");
    expect_words("service_level", 0.7, 0.00031, 0.00002, "better by 0.031 ± 0.002 points");
}

static void no_difference_comes_with_what_it_is_less_than(void **state)
{
    (void)state;
    expect_words("service_level", 0.7, 0.001, 0.003, "no difference seen; less than 0.4 points");
    expect_words("service_level", 0.7, -0.0011, 0.003, "no difference seen; less than 0.5 points");
    expect_words("asa", 20, 0.2, 0.31, "no difference seen; less than 0.6 s");
    expect_words("asa", 20, 0, 1e-5, "no difference seen; less than 0.0001 s");
    expect_words("asa", 20, 2e-13, 3e-13, "the same"); /* sums of other parts round otherwise */
    expect_words("wait_p99", 900, 20, 95.5, "no difference seen; less than 1 min 56 s");
    expect_words("service_level", 0.7, 0, 0, "the same");
    expect_words("load", 10, 0, NAN, "the same");
    expect_words("service_level", 0.7, NAN, NAN, "no value");
}

static void one_replication_cannot_tell(void **state)
{
    (void)state;
    char words[WORDS];
    oh_difference d = made(0.7, 0.1, NAN);
    d.verdict = OH_NO_DIFFERENCE;
    assert_string_equal(difference_words(words, oh_metric_find("asa"), &d, "A", "B"),
                        "cannot tell: one replication has no interval");
}

static void what_only_one_has_is_said(void **state)
{
    (void)state;
    char words[WORDS];
    oh_difference d = made(1, NAN, NAN);
    d.in_value = false;
    assert_string_equal(difference_words(words, oh_metric_find("asa"), &d, "A", "B"), "only in A");
    d.in_base = false;
    d.in_value = true;
    assert_string_equal(difference_words(words, oh_metric_find("asa"), &d, "A", "B"), "only in B");
}

static void every_metric_that_leans_is_a_metric(void **state)
{
    (void)state;
    size_t more = 0, less = 0;
    for (size_t i = 0; i < oh_metric_count(); i++) {
        enum leaning leaning = difference_leaning(oh_metric_at(i));
        more += leaning == LEANS_MORE;
        less += leaning == LEANS_LESS;
    }
    /* 6 service levels and 5 others; 16 waits and 17 others */
    assert_int_equal(more, 11);
    assert_int_equal(less, 32);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_better_is_said_with_its_size_and_interval),
        cmocka_unit_test(no_difference_comes_with_what_it_is_less_than),
        cmocka_unit_test(one_replication_cannot_tell),
        cmocka_unit_test(what_only_one_has_is_said),
        cmocka_unit_test(every_metric_that_leans_is_a_metric),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
