/* test_means.c - a mean that changes over the day, and from day to day: the handling time of each
 * interval is the one that the file gives for it, in both ways of writing it.
 */
#include "../support/support.h"

#define WEEK(handling)                                                                             \
    "onhold: 1\nname: T\ntime: {days: {mon-tue: 08:00-10:00, sat: 09:00-10:00}, interval: 30 "     \
    "min}\nqueues: {a: {arrivals: 60 per h, patience: never, handling: " handling                  \
    "}}\nagents: {d: {count: 40, serves: [a]}}\n"

static void expect_means(const char *text)
{
    static const double mean[] = {60, 60, 120, 120, 60, 60, 120, 120, 240, 240};
    struct trial t = trial_text(text);
    oh_run_options options = {.replications = 400};
    trial_run(&t, &options);
    assert_int_equal(oh_result_intervals(t.result), 10);
    for (long i = 0; i < 10; i++) {
        oh_estimate aht = trial_read(&t, OH_QUEUE, "a", i, "aht");
        oh_estimate load = trial_read(&t, OH_QUEUE, "a", i, "load");
        expect_z(aht.value, aht.half_width, mean[i], 0.95, 400);
        assert_close(load.value, mean[i] / 60, 1e-12);
    }
    assert_close(trial_value(&t, OH_QUEUE, "a", "load"), 2.0, 1e-12);
    trial_free(&t);
}

static void each_day_may_have_means_of_its_own(void **state)
{
    (void)state;
    expect_means(WEEK("{exponential: {mon-tue: {per: 1 h, counts: [60 s, 120 s]}, sat: {per: 1 h, "
                      "counts: [240 s]}}}"));
    expect_means(WEEK("{exponential: {per: 1 h, counts: {mon-tue: [60 s, 120 s], sat: [240 s]}}}"));
    expect_means(WEEK("{mixture: [{share: 50%, gamma: {cv: 0.8, mean: {per: 1 h, counts: {mon-tue: "
                      "[60 s, 120 s], sat: [240 s]}}}}, {share: 50%, exponential: {per: 1 h, "
                      "counts: {mon-tue: [60 s, 120 s], sat: [240 s]}}}]}"));
}

/* Every day alike: counted from each opening, which need not be at the same time of day. */
static void one_list_repeats_each_day(void **state)
{
    (void)state;
    struct trial t = trial_text(WEEK("{exponential: {per: 1 h, counts: [60 s, 180 s]}}"));
    oh_run_options options = {.replications = 400};
    static const double mean[] = {60, 60, 180, 180, 60, 60, 180, 180, 60, 60};
    trial_run(&t, &options);
    for (long i = 0; i < 10; i++) {
        oh_estimate aht = trial_read(&t, OH_QUEUE, "a", i, "aht");
        expect_z(aht.value, aht.half_width, mean[i], 0.95, 400);
    }
    trial_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_day_may_have_means_of_its_own),
        cmocka_unit_test(one_list_repeats_each_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
