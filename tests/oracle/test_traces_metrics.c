/* test_traces_metrics.c - every figure of a small day worked out by hand from ten calls.
 */
#include "../support/by_hand.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* One agent. The calls' fates: answered after 0, 60, 20, 15, 0, 50 s; hung up after 3, 15, 30,
 * 0.2 s. */
static const char ten_calls[] = "start_s,talk_s,pat_s\n"
                                "0,100,9999\n"  /* talk to 100 */
                                "10,30,3\n"     /* gone at 13 */
                                "20,30,15\n"    /* gone at 35 */
                                "40,50,9999\n"  /* 60 s, talk 100-150 */
                                "60,20,30\n"    /* gone at 90 */
                                "130,10,9999\n" /* 20 s, talk 150-160 */
                                "145,40,9999\n" /* 15 s, talk 160-200 */
                                "199.5,5,0.2\n" /* gone at 199.7 */
                                "300,60,9999\n" /* 0 s, talk 300-360 */
                                "310,60,100\n"; /* 50 s, talk 360-420 */

/* The scenario that replays them; gone is the name of the file, to be removed. */
static void with_calls(char scenario[800], char file[32])
{
    snprintf(file, 32, "/tmp/onhold-ten-XXXXXX");
    int handle = mkstemp(file);
    assert_true(handle >= 0);
    FILE *out = fdopen(handle, "w");
    assert_non_null(out);
    assert_true(fputs(ten_calls, out) >= 0 && fclose(out) == 0);
    snprintf(scenario, 800,
             HOUR "queues: {a: {handling: {constant: 1 s}, patience: never,\n"
                  "  arrivals: {trace: %s, arrived: start_s, format: s, talk: talk_s, patience: "
                  "pat_s},\n"
                  "  target: [80%% in 20 s, 90%% in 60 s, {abandon_rate: 50%%}], short_abandon: 5 "
                  "s,\n"
                  "  value: {answered: 20, within: 50 s}, cost: {abandoned: 12, blocked: 5, "
                  "waiting: 0.60 per min}}}\n"
                  "agents: {desk: {count: 1, cost: 30 per h, serves: [a]}}\n",
             file);
}

static void ten_calls_are_told_one_by_one(void **state)
{
    (void)state;
    char scenario[800], file[32];
    with_calls(scenario, file);
    expect_story(scenario, "a   0    0   answered  desk/1 100 talk 100\n"
                           "a  10    3   abandoned -       13\n"
                           "a  20   15   abandoned -       35\n"
                           "a  40   60   answered  desk/1 150\n"
                           "a  60   30   abandoned -       90\n"
                           "a 130   20   answered  desk/1 160\n"
                           "a 145   15   answered  desk/1 200\n"
                           "a 199.5 0.2  abandoned -      199.7\n"
                           "a 300    0   answered  desk/1 360\n"
                           "a 310   50   answered  desk/1 420\n");
    unlink(file);
}

static void every_figure_of_ten_calls_is_that_worked_out_by_hand(void **state)
{
    (void)state;
    char scenario[800], file[32];
    with_calls(scenario, file);
    /* A = 6, B = 4, A_20 = 4, B_20 = 3, B_s = 2, A_60 = 6. Waits: 145 s answered, 48.2 s hung up.
     */
    expect_figures(scenario,
                   "a arrivals 10\n a offered 10\n a answered 6\n a abandoned 4\n"
                   "a short_abandoned 2\n a balked 0\n a cut_off 0\n a left_over 0\n"
                   "a callers 10\n a callers_served 6\n"
                   "a service_level 0.4\n a service_level_answered 0.666666666666666667\n"
                   "a service_level_net 0.571428571428571429\n a service_level_credit 0.7\n"
                   "a service_level_short_credit 0.6\n a service_level_no_short 0.5\n"
                   "a service_level_60s 0.6\n"
                   "a abandon_rate 0.4\n a abandon_rate_long 0.25\n a answer_rate 0.6\n"
                   "a caller_answer_rate 0.6\n a block_rate 0\n a delayed 0.8\n"
                   "a asa 24.1666666666666667\n a wait 19.32\n a wait_abandoned 12.05\n"
                   "a wait_delayed 24.15\n a excess_wait 8\n a wait_max 60\n a wait_max_all 60\n"
                   "a queue_length 0.053666666666666667\n a queue_max 2\n"
                   "a in_system 0.142555555555555556\n a time_in_system 51.32\n"
                   "a aht 53.3333333333333333\n a callback_wait -\n a load 0.1125\n"
                   "a cost 49.932\n a cost_per_answered 8.322\n a value 100\n a target_met 0\n");
    expect_figures(scenario,
                   "desk occupancy 0.088888888888888889\n desk occupancy_planned "
                   "0.088888888888888889\n desk scheduled 1\n desk planned 1\n desk staffed 1\n"
                   "desk busy 0.088888888888888889\n desk concurrency 1\n desk overtime 0\n"
                   "desk cost 30\n"
                   "total cost 79.932\n total value 100\n total profit 20.068\n"
                   "total cost_per_answered 13.322\n total service_level 0.4\n"
                   "a[1] offered 0\n a[1] service_level -\n a[1] asa -\n a[1] queue_length 0\n"
                   "a[0] queue_length 0.107333333333333333\n desk[1] occupancy 0\n");
    unlink(file);
}

static void quantiles_are_the_middle_of_a_narrow_bin(void **state)
{
    (void)state;
    char scenario[800], file[32];
    with_calls(scenario, file);
    struct trial trial = by_hand_trial(scenario);
    trial_run(&trial, &(oh_run_options){.replications = 1, .jobs = 1});
    /* Answered: 0 0 15 20 50 60; all: 0 0 0.2 3 15 15 20 30 50 60. */
    assert_close(trial_value(&trial, OH_QUEUE, "a", "wait_p50"), 15, 0.005);
    assert_close(trial_value(&trial, OH_QUEUE, "a", "wait_p80"), 50, 0.005);
    assert_close(trial_value(&trial, OH_QUEUE, "a", "wait_p90"), 60, 0.005);
    assert_close(trial_value(&trial, OH_QUEUE, "a", "wait_p50_all"), 15, 0.005);
    assert_close(trial_value(&trial, OH_QUEUE, "a", "wait_p80_all"), 30, 0.005);
    assert_close(trial_value(&trial, OH_QUEUE, "a", "wait_p90_all"), 50, 0.005);
    trial_free(&trial);
    unlink(file);
}

static void busy_tones_are_outside_of_offered(void **state)
{
    (void)state;
    expect_figures(HOUR "queues: {a: {arrivals: {times: [0 s, 10 s, 20 s]}, handling: {constant: "
                        "40 s}, patience: never, capacity: 1, cost: {blocked: 5}}}\n" DESK(1, [a]),
                   "a arrivals 3\n a blocked 1\n a offered 2\n a answered 2\n"
                   "a block_rate 0.333333333333333333\n a answer_rate 0.666666666666666667\n"
                   "a caller_answer_rate 0.666666666666666667\n a cost 5\n a delayed 0.5\n");
}

static void the_total_has_each_queues_own_limit_and_the_longest_line_of_one_moment(void **state)
{
    (void)state;
    /* Waits: a 0, 30 (limit 40 s); b 50, 0, 10 (limit 5 s). a's second call waits from 10 to 40 s,
     * b's first from 30 to 80 s. */
    expect_figures(HOUR
                   "queues:\n"
                   "  a: {arrivals: {times: [0 s, 10 s]}, handling: {constant: 40 s}, patience: "
                   "never, target: 80% in 40 s}\n"
                   "  b: {arrivals: {times: [30 s, 3000 s, 3010 s]}, handling: {constant: 20 s}, "
                   "patience: never, target: 80% in 5 s}\n" DESK(1, [ a, b ]),
                   "a service_level 1\n b service_level 0.333333333333333333\n"
                   "total service_level 0.6\n total asa 18\n total queue_max 2\n"
                   "a queue_max 1\n b queue_max 1\n total offered 5\n"
                   "total queue_length 0.025\n b target_met 0\n a target_met 1\n");
    /* Never two at once. */
    expect_figures(HOUR
                   "queues:\n"
                   "  a: {arrivals: {times: [0 s, 10 s]}, handling: {constant: 40 s}, patience: "
                   "never}\n"
                   "  b: {arrivals: {times: [3000 s, 3010 s]}, handling: {constant: 20 s}, "
                   "patience: never}\n" DESK(1, [ a, b ]),
                   "total queue_max 1\n a queue_max 1\n b queue_max 1\n total service_level -\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ten_calls_are_told_one_by_one),
        cmocka_unit_test(every_figure_of_ten_calls_is_that_worked_out_by_hand),
        cmocka_unit_test(quantiles_are_the_middle_of_a_narrow_bin),
        cmocka_unit_test(busy_tones_are_outside_of_offered),
        cmocka_unit_test(the_total_has_each_queues_own_limit_and_the_longest_line_of_one_moment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
