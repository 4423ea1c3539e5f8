/* test_lessons_days.c - the lessons of days that change and vary: what they teach is what theory
 * says, and the simulation agrees with it within 4 standard errors.
 *
 * The exact figures were computed outside this program: by hand, by the differential equation, by
 * birth and death summed over the busyness of the day.
 */
#include "../support/claims.h"

#include <math.h>
#include <onhold/compare.h>

static const struct claims changing_day[] = {
    {.file = "09-changing-day",
     .known = {{"30               [29.29]", "desk.busy@09:45", 29.2871},
               {"90               [42.35]", "desk.busy@10:00", 42.3513},
               {"90               [72.47]", "desk.busy@10:30", 72.471},
               {"90               [79.37]", "desk.busy@10:45", 79.3681},
               {"30               [70.77]", "desk.busy@11:00", 70.7678},
               {"30               [45.00]", "desk.busy@11:30", 44.9976},
               {"30               [35.52]", "desk.busy@12:00", 35.5173},
               {"n: 180 x 0.5 = 90. In truth [70.8]", "desk.busy@11:00", 70.7678}}},
    {.file = "09-changing-day",
     .settings = {"queues.mortgage.handling={exponential: 5 min}"},
     .known = {{"The table says 15, in truth [11.8]", "desk.busy@10:00", 11.8323}}},
};

static const struct claims shift_ends[] = {
    {.file = "10-shift-ends",
     .known = {{"ur hours         5            [20] min", "desk.overtime", 1200},
               {"20 min            [305]", "line.answered", 305}}},
    {.file = "10-shift-ends",
     .variant = "half_hours",
     .known = {{"half an hour   40           [160] min", "desk.overtime", 9600},
               {"160 min            [340]", "line.answered", 340}}},
    {.file = "10-shift-ends",
     .variant = "half_hours",
     .settings = {"queues.line.handling={exponential: 12 min}"},
     .known = {{"third: 40 x (30 / 12 + 1) = [140]", "line.answered", 140}}},
    {.file = "10-shift-ends",
     .settings = {"queues.line.handling={exponential: 12 min}"},
     .known = {{"140 calls instead of 5 x (240 / 12 + 1) = [105]", "line.answered", 105}}},
};

static const struct claims risk_of_the_day[] = {
    {.file = "11-risk-of-the-day",
     .variant = "calm",
     .claim = {{"85.8 %          [80.3] %", "support.service_level.p5"},
               {"80.3 %         [96] %", "support.target_met"}},
     .known = {{"ht    2,000 +- 45           [85.8] %", "support.service_level", 0.8581777}}},
    {.file = "11-risk-of-the-day",
     .claim = {{"81.6 %          [55.0] %", "support.service_level.p5"},
               {"55.0 %         [66] %", "support.target_met"}},
     .known = {{"2,000 +- 303          [81.6] %", "support.service_level", 0.8155426118}}},
    {.file = "11-risk-of-the-day",
     .settings = {"agents.desk.count=14"},
     .claim = {{"Answers: 1. [85] %", "support.target_met"}}},
    {.file = "11-risk-of-the-day",
     .settings = {"agents.desk.count=15"},
     .claim = {{"85 % of days with 14, [93] %", "support.target_met"}}},
};

static const struct claims mean_of_ratios[] = {
    {.file = "12-mean-of-ratios",
     .known = {{"08:00         [1]", "line.offered@08:00", 1},
               {"1        1       [100] %", "line.service_level@08:00", 1},
               {"08:30         [9]", "line.offered@08:30", 9},
               {"9        3        [33] %", "line.service_level@08:30", 0.333333333333},
               {"hour     10        4        [40] %", "line.service_level", 0.4},
               {"Answers: 1. [3.6|min] min", "line.asa", 216},
               {"3.6 minutes, not 2. 2. The largest: [8|min]", "line.wait_max", 480}}},
};

static const struct claims fixed_counts[] = {
    {.file = "13-fixed-counts",
     .known = {{"n)    4,800 +- 69           [16.0] min", "support.wait", 960},
               {"16.0 min      [80] %", "support.delayed", 0.8}}},
    {.file = "13-fixed-counts",
     .variant = "even",
     .known = {{"4,800 +-  0             [6.8] min", "support.wait", 406.25540158},
               {"6.8 min      [63] %", "support.delayed", 0.6286297965}}},
    {.file = "13-fixed-counts",
     .settings = {"queues.support.arrivals={rate: 12 per h, batch: {mean: 2}}"},
     .known = {{"1. It more than doubles, to [36.0|min] min", "support.wait", 2160}}},
};

static void lesson_9_work_comes_later_than_calls_as_the_differential_equation_says(void **state)
{
    (void)state;
    expect_claims(changing_day, sizeof changing_day / sizeof changing_day[0]);
}

static void lesson_10_shift_ends_add_what_renewal_theory_says(void **state)
{
    (void)state;
    expect_claims(shift_ends, sizeof shift_ends / sizeof shift_ends[0]);
}

static void lesson_11_a_wrong_forecast_costs_what_erlang_a_says(void **state)
{
    (void)state;
    expect_claims(risk_of_the_day, sizeof risk_of_the_day / sizeof risk_of_the_day[0]);
}

static void lesson_12_percentages_are_pooled(void **state)
{
    (void)state;
    expect_claims(mean_of_ratios, sizeof mean_of_ratios / sizeof mean_of_ratios[0]);
}

static void lesson_13_calls_at_random_wait_as_the_formulas_say(void **state)
{
    (void)state;
    expect_claims(fixed_counts, sizeof fixed_counts / sizeof fixed_counts[0]);
}

static void expect_sd(const struct trial *trial, const char *figure, double exact)
{
    double n = oh_result_info(trial->result).replications;
    assert_near(figure_of(trial, figure).value, exact, 4 * exact / sqrt(2 * n));
}

static void days_vary_as_lessons_11_and_13_say(void **state)
{
    (void)state;
    struct trial trial = variant_run("11-risk-of-the-day", NULL);
    expect_sd(&trial, "support.arrivals.sd", sqrt(2000 + 300.0 * 300));
    expect_says(&trial, "off by 15 %          2,000 +- [303]", sqrt(2000 + 300.0 * 300));
    trial_free(&trial);
    trial = variant_run("11-risk-of-the-day", "calm");
    expect_sd(&trial, "support.arrivals.sd", sqrt(2000));
    expect_says(&trial, "is right    2,000 +- [45]", sqrt(2000));
    trial_free(&trial);
    trial = variant_run("13-fixed-counts", NULL);
    expect_sd(&trial, "support.arrivals.sd", sqrt(4800));
    expect_says(&trial, "(Poisson)    4,800 +- [69]", sqrt(4800));
    trial_free(&trial);
    trial = variant_run("13-fixed-counts", "even");
    assert_true(figure_of(&trial, "support.arrivals.sd").value < 1);
    trial_free(&trial);
}

static void lesson_14_the_same_callers_tell_the_difference_sooner(void **state)
{
    (void)state;
    oh_difference paired;
    oh_run_options other_callers = {.has_seed = true, .seed = 2};
    struct trial twelve = variant_run("14-common-callers", NULL);
    struct trial thirteen = variant_run("14-common-callers", "thirteen");
    assert_same(figure_of(&thirteen, "support.offered").value,
                figure_of(&twelve, "support.offered").value);
    assert_true(oh_difference_read(twelve.result, thirteen.result, OH_QUEUE, "support", OH_WHOLE,
                                   "service_level", 1, &paired));
    expect_z(paired.difference, paired.half_width, 0.85817770 - 0.77227931, 0.95, 20);
    expect_says(&twelve, "(onhold compare)              [8.8|%]", paired.difference);
    expect_says(&twelve, "8.8 +- [1.5|%]", paired.half_width);

    oh_estimate base = figure_of(&twelve, "support.service_level");
    trial_run(&thirteen, &other_callers);
    oh_estimate other = figure_of(&thirteen, "support.service_level");
    double half_width = hypot(base.half_width, other.half_width);
    expect_says(&twelve, "(another seed)                   [9.1|%]", other.value - base.value);
    expect_says(&twelve, "9.1 +- [4.6|%]", half_width);
    assert_near(pow(half_width / paired.half_width, 2), 9, 1); /* nine times as many runs */
    trial_free(&twelve);
    trial_free(&thirteen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lesson_9_work_comes_later_than_calls_as_the_differential_equation_says),
        cmocka_unit_test(lesson_10_shift_ends_add_what_renewal_theory_says),
        cmocka_unit_test(lesson_11_a_wrong_forecast_costs_what_erlang_a_says),
        cmocka_unit_test(lesson_12_percentages_are_pooled),
        cmocka_unit_test(lesson_13_calls_at_random_wait_as_the_formulas_say),
        cmocka_unit_test(days_vary_as_lessons_11_and_13_say),
        cmocka_unit_test(lesson_14_the_same_callers_tell_the_difference_sooner),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
