/* test_scenario_values.c - ranges and lists of a sweep. */
#include "../support/support.h"

#include <stdio.h>
#include <string.h>

#include "../../sim/scenario/value_list.h"

/* The values with bars between them. */
#define expect_values(text, values)                                                                \
    do {                                                                                           \
        char joined[4000];                                                                         \
        read_values(text, joined, sizeof joined);                                                  \
        assert_string_equal(joined, values);                                                       \
    } while (0)

static void read_values(const char *text, char *out, size_t size)
{
    struct arena arena;
    struct value_list list;
    struct problem problem;
    size_t used = 0;
    arena_init(&arena);
    assert_that(value_list_read(&list, text, &arena, &problem), "%s: %s", text, problem.message);
    out[0] = '\0';
    for (size_t i = 0; i < list.n; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%s", i ? "|" : "", list.at[i]);
    arena_free(&arena);
}

static void expect_problem(const char *text, const char *words)
{
    struct arena arena;
    struct value_list list;
    struct problem problem;
    arena_init(&arena);
    assert_false(value_list_read(&list, text, &arena, &problem));
    assert_that(strstr(problem.message, words) != NULL, "%s: %s", text, problem.message);
    arena_free(&arena);
}

static void a_range_holds_both_ends(void **state)
{
    (void)state;
    expect_values("20..24", "20|21|22|23|24");
    expect_values("20..32..4", "20|24|28|32");
    expect_values("20..31..4", "20|24|28");
    expect_values("5..5", "5");
    expect_values("-2..2..2", "-2|0|2");
    expect_values(" 1 .. 3 ", "1|2|3");
}

static void units_go_with_the_numbers(void **state)
{
    (void)state;
    expect_values("10%..30%..5%", "10%|15%|20%|25%|30%");
    expect_values("2 min..4 min..1 min", "2 min|3 min|4 min");
    expect_values("100 per h..120 per h..10 per h", "100 per h|110 per h|120 per h");
}

static void decimals_stay_as_they_are_written(void **state)
{
    (void)state;
    expect_values("0.1..0.5..0.1", "0.1|0.2|0.3|0.4|0.5");
    expect_values("0.8..1.2..0.05", "0.8|0.85|0.9|0.95|1|1.05|1.1|1.15|1.2");
    expect_values("1.25..3", "1.25|2.25");
}

static void lists_are_split_at_commas_outside_brackets_and_quotes(void **state)
{
    (void)state;
    expect_values("20, 24,32", "20|24|32");
    expect_values("never,{exponential: 4 min},{lognormal: {mean: 4 min, cv: 1}}",
                  "never|{exponential: 4 min}|{lognormal: {mean: 4 min, cv: 1}}");
    expect_values("[1, 2],[3, 4]", "[1, 2]|[3, 4]");
    expect_values("'a, b',\"c,d\"", "'a, b'|\"c,d\"");
    expect_values("10..12,20,30..40..5", "10|11|12|20|30|35|40");
    expect_values("../a.csv,../b.csv", "../a.csv|../b.csv");
    expect_values("one", "one");
}

static void what_is_no_list_says_why(void **state)
{
    (void)state;
    expect_problem("", "there are no values");
    expect_problem("1,,2", "a value is missing");
    expect_problem("1,", "a value is missing");
    expect_problem("32..20", "from the smaller value to the larger");
    expect_problem("20..32..0", "step must be above 0");
    expect_problem("20..32..-4", "step must be above 0");
    expect_problem("20..", "one of its ends is no number");
    expect_problem("20..32..", "one of its ends is no number");
    expect_problem("20..many", "one of its ends is no number");
    expect_problem("20..32..4..1", "more than from, to and step");
    expect_problem("10%..30", "the same unit");
    expect_problem("2 min..10 min..30 s", "the same unit");
    expect_problem("1..20000", "more than 10000 values");
    expect_problem("0..1e9", "the same unit");
    expect_problem("1..6000,1..6000", "more than 10000 values");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_range_holds_both_ends),
        cmocka_unit_test(units_go_with_the_numbers),
        cmocka_unit_test(decimals_stay_as_they_are_written),
        cmocka_unit_test(lists_are_split_at_commas_outside_brackets_and_quotes),
        cmocka_unit_test(what_is_no_list_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
