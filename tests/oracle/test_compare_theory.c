/* test_compare_theory.c - comparisons against exact queueing theory: coverage of the differences,
 * what common random numbers gain, and how often a statement about the best is wrong.
 */
#include "../support/support.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* 100 calls in 30 min, 180 s: METRICS' test vectors for Erlang A, patience 300 s. A long warm-up,
 * so that the model is steady. */
#define STEADY                                                                                     \
    "onhold: 1\nname: Steady\n"                                                                    \
    "time: {steady: {warm_up: 30 min, length: 2 h}}\n"                                             \
    "queues: {q: {arrivals: 100 per 30 min, handling: {exponential: 180 s}, patience: "            \
    "{exponential: 300 s}, target: 80%% in 20 s}}\n"                                               \
    "agents: {desk: {count: %d, serves: [q]}}\n"

static void paired(const struct trial *a, const struct trial *b, const char *id, oh_difference *d)
{
    assert_true(oh_difference_read(a->result, b->result, OH_QUEUE, "q", OH_WHOLE, id, 1, d));
}

static void paired_intervals_cover_the_exact_difference_of_13_and_14_agents(void **state)
{
    (void)state;
    enum { TIMES = 250, RUNS = 20 };
    static const char *const id[] = {"service_level", "abandon_rate", "wait", "queue_length",
                                     "wait_p90_all"};
    oh_queue_figures with[2];
    oh_erlang_a(100.0 / 1800, 180, 300, 13, 20, &with[0]);
    oh_erlang_a(100.0 / 1800, 180, 300, 14, 20, &with[1]);
    double truth[] = {with[1].service_level - with[0].service_level,
                      with[1].abandon_rate - with[0].abandon_rate, with[1].wait - with[0].wait,
                      with[1].queue_length - with[0].queue_length, 0};
    struct trial trial[2] = {trial_format(STEADY, 13), trial_format(STEADY, 14)};
    oh_run_options options = {.replications = 5000, .jobs = 1, .has_seed = true, .seed = 99};
    oh_difference d;
    size_t covered[5] = {0};

    /* The exact quantile is not in the formulas at hand: a long run stands for it. */
    for (int k = 0; k < 2; k++)
        trial_run(&trial[k], &options);
    paired(&trial[0], &trial[1], "wait_p90_all", &d);
    truth[4] = d.difference;

    options = (oh_run_options){.replications = RUNS, .jobs = 1, .has_seed = true};
    for (uint32_t t = 0; t < TIMES; t++) {
        options.first = 1 + t * RUNS;
        options.seed = 5;
        for (int k = 0; k < 2; k++) {
            oh_result_free(trial[k].result);
            trial[k].result = NULL;
            trial_run(&trial[k], &options);
        }
        for (size_t i = 0; i < 5; i++) {
            paired(&trial[0], &trial[1], id[i], &d);
            covered[i] += fabs(d.difference - truth[i]) <= d.half_width;
        }
    }
    /* 95 % with a standard error of 1.4 points; skew of 20 short runs costs a point or two */
    for (size_t i = 0; i < 5; i++) {
        double share = (double)covered[i] / TIMES;
        assert_that(share > 0.90 && share <= 0.995, "%s is covered in %.1f %%", id[i], 100 * share);
    }
    for (int k = 0; k < 2; k++)
        trial_free(&trial[k]);
}

static double squared(double x)
{
    return x * x;
}

/* Variance of the difference of independent runs / of runs with the same callers. */
static double gain(struct trial *base, struct trial *value, const char *queue, const char *id)
{
    oh_run_options options = {.replications = 200, .has_seed = true, .seed = 3};
    oh_difference d;
    trial_run(base, &options);
    trial_run(value, &options);
    assert_true(
        oh_difference_read(base->result, value->result, OH_QUEUE, queue, OH_WHOLE, id, 1, &d));
    oh_estimate a = trial_read(base, OH_QUEUE, queue, OH_WHOLE, id);
    oh_estimate b = trial_read(value, OH_QUEUE, queue, OH_WHOLE, id);
    trial_free(base);
    trial_free(value);
    return (squared(a.half_width) + squared(b.half_width)) / squared(d.half_width);
}

static void the_same_callers_make_differences_much_surer(void **state)
{
    (void)state;
    static const char *const more[] = {"agents.desk.count.column=one_more", NULL};
    static const char *const lunch[] = {"agents.desk.count.column=late_lunch", NULL};
    const char *file = "scenarios/forty-seconds.yaml";
    struct trial base = trial_file(file, NULL), all_day = trial_file(file, more);
    struct trial again = trial_file(file, lunch), one = trial_file(file, more);
    struct trial steady = trial_format(STEADY, 13), steadier = trial_format(STEADY, 14);
    double from_plan = gain(&base, &all_day, "support", "service_level");
    double from_lunch = gain(&again, &one, "support", "service_level");
    double from_steady = gain(&steady, &steadier, "q", "wait");
    print_message("one more agent: %.1f from the plan, %.1f from late lunch, steady %.1f\n",
                  from_plan, from_lunch, from_steady);
    assert_that(from_plan > 5, "only %.1f", from_plan);
    assert_that(from_lunch > 5, "only %.1f", from_lunch);
    assert_that(from_steady > 5, "only %.1f", from_steady);
}

static void what_was_not_played_with_the_same_callers_is_refused(void **state)
{
    (void)state;
    struct trial a = trial_format(STEADY, 13), b = trial_format(STEADY, 14);
    char why[256];
    oh_comparison *c;
    trial_run(&a, &(oh_run_options){.replications = 3});
    trial_run(&b, &(oh_run_options){.replications = 4});
    assert_false(oh_results_paired(a.result, b.result, why));
    assert_string_equal(why, "one has 3 replications, the other 4");
    oh_contender both[] = {{"a", a.result}, {"b", b.result}};
    assert_int_equal(oh_comparison_new(&c, both, 2, why), OH_ARGUMENT);
    assert_null(c);
    assert_string_equal(why, "a and b cannot be compared: one has 3 replications, the other 4");
    assert_int_equal(oh_comparison_new(&c, both, 1, why), OH_ARGUMENT);
    trial_free(&a);
    trial_free(&b);
}

/* Three lines that differ only in how patient their callers are, and little in that: short runs
 * cannot tell them apart surely. Whatever is stated must be wrong no more often than it says. */
static void a_stated_best_is_wrong_no_more_often_than_stated(void **state)
{
    (void)state;
    enum { TIMES = 400, RUNS = 6, LINES = 3 };
    static const double patience[LINES] = {330, 270, 300};
    static const double level[] = {0.6, 0.8, 0.9, 0.95};
    struct trial trial[LINES];
    oh_queue_figures exact[LINES];
    size_t stated[4] = {0}, wrong[4] = {0};
    for (int k = 0; k < LINES; k++) {
        trial[k] = trial_format(STEADY, 13);
        oh_erlang_a(100.0 / 1800, 180, patience[k], 13, 20, &exact[k]);
    }
    assert_true(exact[1].service_level > exact[2].service_level &&
                exact[2].service_level > exact[0].service_level);
    for (int k = 0; k < LINES; k++) {
        char value[64];
        oh_diags *diags = oh_diags_new();
        snprintf(value, sizeof value, "{exponential: %g s}", patience[k]);
        assert_int_equal(oh_scenario_set(trial[k].scenario, "queues.q.patience", value, diags),
                         OH_OK);
        assert_int_equal(oh_scenario_set(trial[k].scenario, "time.steady",
                                         "{warm_up: 10 min, length: 40 min}", diags),
                         OH_OK);
        oh_model_free(trial[k].model);
        assert_int_equal(oh_model_compile(&trial[k].model, trial[k].scenario, diags), OH_OK);
        oh_diags_free(diags);
    }
    for (uint32_t t = 0; t < TIMES; t++) {
        oh_contender contenders[LINES];
        oh_comparison *c;
        oh_best best;
        for (int k = 0; k < LINES; k++) {
            oh_result_free(trial[k].result);
            trial[k].result = NULL;
            trial_run(&trial[k], &(oh_run_options){.replications = RUNS,
                                                   .first = 1 + t * RUNS,
                                                   .jobs = 1,
                                                   .has_seed = true,
                                                   .seed = 11});
            contenders[k] = (oh_contender){"line", trial[k].result};
        }
        assert_int_equal(oh_comparison_new(&c, contenders, LINES, NULL), OH_OK);
        assert_int_equal(oh_comparison_criteria(c, 1, &best), 1);
        for (size_t l = 0; l < 4; l++) {
            stated[l] += best.surely >= level[l];
            wrong[l] += best.surely >= level[l] && best.winner != 1;
        }
        oh_comparison_free(c);
    }
    for (size_t l = 0; l < 4; l++) {
        print_message("surely at least %g: stated %zu times of %d, wrong %zu\n", level[l],
                      stated[l], TIMES, wrong[l]);
        double most = (1 - level[l]) * TIMES;
        assert_that((double)wrong[l] <= most, "wrong %zu times", wrong[l]);
    }
    assert_true(stated[0] > TIMES / 3); /* it does say something */
    assert_true(wrong[0] > 0);          /* and it is not an easy case */
    for (int k = 0; k < LINES; k++)
        trial_free(&trial[k]);
}

static void the_plainly_best_is_found_and_stated(void **state)
{
    (void)state;
    struct trial trial[3] = {trial_format(STEADY, 12), trial_format(STEADY, 14),
                             trial_format(STEADY, 13)};
    oh_contender contenders[3];
    oh_comparison *c;
    oh_best best;
    for (int k = 0; k < 3; k++) {
        trial_run(&trial[k], &(oh_run_options){.replications = 30});
        contenders[k] = (oh_contender){"line", trial[k].result};
    }
    assert_int_equal(oh_comparison_new(&c, contenders, 3, NULL), OH_OK);
    assert_int_equal(oh_comparison_criteria(c, 1, &best), 1);
    assert_int_equal(best.winner, 1);
    assert_true(best.surely > 0.9999);
    assert_false(best.at_most);
    oh_comparison_free(c);
    for (int k = 0; k < 3; k++)
        trial_free(&trial[k]);
}

static void together_the_intervals_of_variants_are_wider(void **state)
{
    (void)state;
    struct trial a = trial_format(STEADY, 13), b = trial_format(STEADY, 14);
    oh_difference one, five;
    trial_run(&a, &(oh_run_options){.replications = 11});
    trial_run(&b, &(oh_run_options){.replications = 11});
    paired(&a, &b, "service_level", &one);
    assert_true(
        oh_difference_read(a.result, b.result, OH_QUEUE, "q", OH_WHOLE, "service_level", 5, &five));
    /* t(10) with 5 % and with 1 % in both tails */
    assert_close(five.half_width / one.half_width, 3.169272673 / 2.228138852, 1e-8);
    assert_same(five.difference, one.difference);
    trial_free(&a);
    trial_free(&b);
}

static void what_only_one_of_them_has_is_told_and_never_dropped(void **state)
{
    (void)state;
    static const char plain[] = "onhold: 1\nname: A\ntime: {open: 08:00-09:00}\n"
                                "queues: {a: {arrivals: 60 per h, handling: {exponential: 1 min}, "
                                "patience: never}}\nagents: {desk: {count: 2, serves: [a]}}\n";
    static const char more[] =
        "onhold: 1\nname: B\ntime: {open: 08:00-10:00}\n"
        "queues: {a: {arrivals: 60 per h, handling: {exponential: 1 min}, patience: never, target: "
        "80% in 20 s}, chat: {arrivals: 9 per h, handling: {exponential: 1 min}, patience: "
        "never}}\n"
        "agents: {desk: {count: 2, serves: [a]}, web: {count: 1, serves: [chat], cost: 9 per h}}\n";
    struct trial a = trial_text(plain), b = trial_text(more);
    oh_comparison *c;
    oh_difference d;
    trial_run(&a, &(oh_run_options){.replications = 5});
    trial_run(&b, &(oh_run_options){.replications = 5});
    oh_contender both[] = {{"A", a.result}, {"B", b.result}};
    assert_int_equal(oh_comparison_new(&c, both, 2, NULL), OH_OK);
    assert_int_equal(oh_comparison_things(c, OH_QUEUE), 2);
    assert_string_equal(oh_comparison_thing(c, OH_QUEUE, 1), "chat");
    struct text notes = {0};
    for (size_t i = 0; i < oh_comparison_notes(c); i++) {
        oh_sink sink = text_sink(&notes);
        sink.write(sink.user, oh_comparison_note(c, i), strlen(oh_comparison_note(c, i)));
        sink.write(sink.user, "\n", 1);
    }
    assert_string_equal(notes.at,
                        "queue chat is only in B\n"
                        "group web is only in B\n"
                        "only B has cost, cost_per_answered, value, profit, A does not\n"
                        "the hours or intervals of B are not those of A: only those that both have "
                        "are compared\n");
    assert_true(
        oh_difference_read(a.result, b.result, OH_QUEUE, "chat", OH_WHOLE, "offered", 1, &d));
    assert_false(d.in_base);
    assert_true(d.in_value);
    assert_undefined(d.base);
    assert_undefined(d.difference);
    assert_same(d.value, trial_value(&b, OH_QUEUE, "chat", "offered"));
    assert_int_equal(d.verdict, OH_NO_DIFFERENCE);
    assert_false(
        oh_difference_read(a.result, b.result, OH_QUEUE, "none", OH_WHOLE, "offered", 1, &d));
    text_free(&notes);
    oh_comparison_free(c);
    trial_free(&a);
    trial_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paired_intervals_cover_the_exact_difference_of_13_and_14_agents),
        cmocka_unit_test(the_same_callers_make_differences_much_surer),
        cmocka_unit_test(a_stated_best_is_wrong_no_more_often_than_stated),
        cmocka_unit_test(the_plainly_best_is_found_and_stated),
        cmocka_unit_test(together_the_intervals_of_variants_are_wider),
        cmocka_unit_test(what_only_one_of_them_has_is_told_and_never_dropped),
        cmocka_unit_test(what_was_not_played_with_the_same_callers_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
