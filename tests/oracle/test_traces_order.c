/* test_traces_order.c - calls written out by hand: who comes first at the same instant, patience,
 * the order of entering, ringing and wrapping up.
 */
#include "../support/by_hand.h"

#define A(more) "queues: {a: {handling: {constant: 40 s}, " more "}}\n"

static void the_worked_example_of_the_format_has_waits_of_0_40_and_40(void **state)
{
    (void)state;
    expect_story(HOUR A("arrivals: {times: [0 s, 0 s, 40 s]}, patience: {constant: 40 s}")
                     DESK(1, [a]),
                 "a  0   0 answered desk/1  40\n"
                 "a  0  40 answered desk/1  80\n"
                 "a 40  40 answered desk/1 120\n");
    expect_figures(HOUR A("arrivals: {times: [0 s, 0 s, 40 s]}, patience: {constant: 40 s}")
                       DESK(1, [a]),
                   "a asa 26.666666666666667\n a abandoned 0\n a delayed 0.666666666666666667");
}

static void who_has_a_little_less_patience_than_the_wait_hangs_up_at_it_exactly(void **state)
{
    (void)state;
    expect_story(HOUR A("arrivals: {times: [0 s, 0 s, 40 s]}, patience: {constant: 39.5 s}")
                     DESK(1, [a]),
                 "a  0   0   answered  desk/1 40\n"
                 "a  0  39.5 abandoned -      39.5\n"
                 "a 40   0   answered  desk/1 80\n");
}

static void an_arrival_never_overtakes_a_waiting_caller(void **state)
{
    (void)state;
    expect_story(HOUR
                 "queues:\n"
                 "  a: {arrivals: {times: [0 s, 10 s]}, handling: {constant: 40 s}, patience: "
                 "never}\n"
                 "  b: {arrivals: {times: [40 s]}, handling: {constant: 40 s}, patience: never, "
                 "priority: 1}\n" DESK(1, [ a, b ]),
                 "a  0  0 answered desk/1  40\n"
                 "a 10 30 answered desk/1  80\n"
                 "b 40 40 answered desk/1 120\n");
}

static void services_that_end_together_end_in_the_order_of_assignment(void **state)
{
    (void)state;
    /* At 60 s both are done; the second agent's contact was assigned first. */
    expect_story(
        HOUR "queues:\n"
             "  b: {arrivals: {times: [0 s, 40 s, 45 s, 46 s]}, handling: {constant: 20 s}, "
             "patience: never}\n"
             "  a: {arrivals: {times: [0 s]}, handling: {constant: 60 s}, patience: never}\n" DESK(
                 2, [ a, b ]),
        "b  0  0 answered desk/1 20\n"
        "a  0  0 answered desk/2 60\n"
        "b 40  0 answered desk/1 60\n"
        "b 45 15 answered desk/2 80\n"
        "b 46 14 answered desk/1 80\n");
}

static void arrivals_at_one_instant_come_in_the_queues_order_in_the_file(void **state)
{
    (void)state;
    expect_story(
        HOUR "queues:\n"
             "  z: {arrivals: {times: [5 s, 5 s]}, handling: {constant: 40 s}, patience: "
             "never}\n"
             "  a: {arrivals: {times: [5 s]}, handling: {constant: 40 s}, patience: never}\n" DESK(
                 1, [ a, z ]),
        "z 5  0 answered desk/1  45\n"
        "z 5 40 answered desk/1  85\n"
        "a 5 80 answered desk/1 125\n");
}

/* Redials are arrivals: 30 s after a busy tone at 40 s, z's caller is before a's. */
static void a_redial_and_a_fresh_call_come_in_the_queues_order_in_the_file(void **state)
{
    (void)state;
    expect_story(HOUR
                 "queues:\n"
                 "  z: {arrivals: {times: [40 s]}, handling: {constant: 40 s}, patience: never,\n"
                 "      capacity: 0, redial: {after_block: 100%, delay: 30 s}}\n"
                 "  a: {arrivals: {times: [0 s, 70 s]}, handling: {constant: 60 s}, patience: "
                 "never}\n" DESK(1, [ a, z ]),
                 "a  0  0 answered desk/1  60\n"
                 "z 40  0 blocked  -       40\n"
                 "z 70  0 answered desk/1 110 visit 1\n"
                 "a 70 40 answered desk/1 170\n");
}

static void an_agent_who_comes_as_patience_ends_still_answers_and_before_arrivals(void **state)
{
    (void)state;
    expect_story(
        HOUR A(
            "arrivals: {times: [1000 s, 1800 s]}, patience: {constant: 800 s}") "agents: {desk: "
                                                                                "{count: {per: 30 "
                                                                                "min, counts: [0, "
                                                                                "1]}, serves: "
                                                                                "[a]}}\n",
        "a 1000 800 answered desk/1 1840\n"
        "a 1800  40 answered desk/1 1880\n");
}

static void an_agent_who_goes_still_takes_the_call_of_that_instant(void **state)
{
    (void)state;
    expect_story(
        HOUR A(
            "arrivals: {times: [1800 s, 1800 s]}, patience: {constant: 100 s}") "agents: {desk: "
                                                                                "{count: {per: 30 "
                                                                                "min, counts: [1, "
                                                                                "0]}, serves: "
                                                                                "[a]}}\n",
        "a 1800   0 answered  desk/1 1840\n"
        "a 1800 100 abandoned -      1900\n");
}

static void patience_that_ends_at_one_instant_ends_in_the_order_of_calls(void **state)
{
    (void)state;
    /* Both redial to b at the same instant: the first call's redial is first. */
    expect_story(HOUR "queues:\n"
                      "  a: {arrivals: {times: [0 s, 10 s, 10 s]}, handling: {constant: 100 s},\n"
                      "      patience: {constant: 20 s},\n"
                      "      redial: {after_abandon: 100%, delay: 70 s, to: b, at_most: 1}}\n"
                      "  b: {handling: {constant: 5 s}, patience: never}\n" DESK(1, [ a, b ]),
                 "a   0  0 answered  desk/1 100 caller 1\n"
                 "a  10 20 abandoned -       30 caller 2\n"
                 "a  10 20 abandoned -       30 caller 3\n"
                 "b 100  0 answered  desk/1 105 caller 2\n"
                 "b 100  5 answered  desk/1 110 caller 3\n");
}

static void the_wait_ends_after_ringing_and_the_agent_is_free_after_wrapping_up(void **state)
{
    (void)state;
    const char *scenario =
        HOUR "queues: {a: {arrivals: {times: [0 s, 0 s]}, ring: 3 s, patience: {constant: 40 s},\n"
             "  handling: {talk: {constant: 20 s}, hold: {constant: 10 s}, wrap_up: {constant: "
             "7 s}}}}\n" DESK(1, [a]);
    expect_story(scenario, "a 0  3 answered desk/1 33 ring 3 talk 20 hold 10 wrap_up 7\n"
                           "a 0 43 answered desk/1 73 ring 3 talk 20 hold 10 wrap_up 7\n");
    expect_figures(scenario, "a asa 23\n a aht 37\n a delayed 0.5\n a wait_delayed 43\n"
                             "desk occupancy 0.0222222222222222222\n" /* 80 s of 3600 */
                             "a time_in_system 53\n");
}

static void patience_of_zero_leaves_at_once_unless_an_agent_is_free(void **state)
{
    (void)state;
    const char *scenario = HOUR A("arrivals: {times: [0 s, 10 s, 10 s, 40 s]}, "
                                  "patience: {constant: 0 s}") DESK(1, [a]);
    expect_story(scenario, "a  0 0 answered  desk/1 40\n"
                           "a 10 0 abandoned -      10\n"
                           "a 10 0 abandoned -      10\n"
                           "a 40 0 answered  desk/1 80\n");
    expect_figures(scenario, "a delayed 0.5\n a wait_abandoned 0\n a abandon_rate 0.5");
}

static void a_capacity_of_zero_is_pure_loss(void **state)
{
    (void)state;
    expect_story(HOUR A("arrivals: {times: [0 s, 10 s, 40 s]}, patience: never, capacity: 0")
                     DESK(1, [a]),
                 "a  0 0 answered desk/1 40\n"
                 "a 10 0 blocked  -      10\n"
                 "a 40 0 answered desk/1 80\n");
}

static void capacity_counts_those_who_wait_and_not_those_who_talk(void **state)
{
    (void)state;
    expect_story(HOUR A("arrivals: {times: [0 s, 10 s, 20 s, 40 s]}, patience: never, capacity: 1")
                     DESK(1, [a]),
                 "a  0  0 answered desk/1  40\n"
                 "a 10 30 answered desk/1  80\n"
                 "a 20  0 blocked  -       20\n"
                 "a 40 40 answered desk/1 120\n");
}

static void who_balks_hangs_up_only_if_he_must_wait(void **state)
{
    (void)state;
    const char *scenario =
        HOUR A("arrivals: {times: [0 s, 10 s]}, patience: never, balk: 100%") DESK(1, [a]);
    expect_story(scenario, "a  0 0 answered desk/1 40\n"
                           "a 10 0 balked   -      10\n");
    expect_figures(scenario, "a balked 1\n a abandoned 1\n a offered 2\n a delayed 0.5\n"
                             "a queue_max 0\n");
}

static void a_full_queue_is_busy_before_it_offers_anything(void **state)
{
    (void)state;
    expect_story(HOUR A("arrivals: {times: [0 s, 10 s]}, patience: never, capacity: 0, balk: 100%,"
                        " callback: {offer: {wait_over: 0 s}, accept: 100%}") DESK(1, [a]),
                 "a  0 0 answered desk/1 40\n"
                 "a 10 0 blocked  -      10\n");
}

static void a_callback_is_offered_before_anybody_balks(void **state)
{
    (void)state;
    const char *scenario =
        HOUR A("arrivals: {times: [0 s, 10 s]}, patience: never, balk: 100%,"
               " callback: {offer: {wait_over: 0 s}, accept: 100%}") DESK(1, [a]);
    expect_story(scenario, "a  0 0 answered desk/1 40\n"
                           "a 10 0 callback -      10\n");
    expect_figures(scenario, "a callbacks_done 1\n a callback_wait 30\n a offered 1\n a asa 0");
}

static void a_free_agent_is_better_than_any_offer(void **state)
{
    (void)state;
    expect_story(HOUR A("arrivals: {times: [0 s]}, patience: never, capacity: 0, balk: 100%,"
                        " callback: {offer: {wait_over: 0 s}, accept: 100%}") DESK(1, [a]),
                 "a 0 0 answered desk/1 40\n");
}

static void full_lines_block_even_where_an_agent_is_free(void **state)
{
    (void)state;
    expect_story("lines: 1\n" HOUR A("arrivals: {times: [0 s, 10 s, 40 s]}, patience: never")
                     DESK(2, [a]),
                 "a  0 0 answered desk/1 40\n"
                 "a 10 0 blocked  -      10\n"
                 "a 40 0 answered desk/2 80\n");
}

static void lines_hold_who_waits_rings_and_talks_but_not_wrap_up(void **state)
{
    (void)state;
    expect_story("lines: 2\n" HOUR
                 "queues: {a: {arrivals: {times: [0 s, 1 s, 12 s, 13 s, 14 s]}, ring: 3 s,\n"
                 "  handling: {talk: {constant: 10 s}, wrap_up: {constant: 20 s}}, patience: "
                 "never}}\n" DESK(1, [a]),
                 "a  0  3 answered desk/1 13 wrap_up 20\n" /* free at 33 */
                 "a  1 35 answered desk/1 46\n"
                 "a 12  0 blocked  -      12\n"
                 "a 13 56 answered desk/1 79\n" /* the first one has just hung up */
                 "a 14  0 blocked  -      14\n");
}

static void self_service_comes_before_the_lines_and_the_wait_begins_after_it(void **state)
{
    (void)state;
    expect_story("lines: 1\n" HOUR A("arrivals: {times: [0 s, 5 s, 41 s]}, patience: never,"
                                     " self_service: {time: 10 s, resolves: 0%}") DESK(1, [a]),
                 "a  0 0 answered desk/1 50\n"
                 "a  5 0 blocked  -      15\n"
                 "a 41 0 answered desk/1 91\n");
    const char *scenario = HOUR A("arrivals: {times: [0 s, 0 s]}, patience: {constant: 40 s},"
                                  " self_service: {time: 10 s, resolves: 0%}") DESK(1, [a]);
    expect_story(scenario, "a 0  0 answered desk/1 50\n"
                           "a 0 40 answered desk/1 90\n");
    expect_figures(scenario, "a time_in_system 70\n a wait 20\n a self_served 0");
}

static void whom_self_service_helps_never_joins(void **state)
{
    (void)state;
    const char *scenario = HOUR A("arrivals: {times: [0 s, 5 s]}, patience: never,"
                                  " self_service: {time: 10 s, resolves: 100%}") DESK(1, [a]);
    expect_story(scenario, "a 0 0 self_served - 10\n"
                           "a 5 0 self_served - 15\n");
    expect_figures(scenario, "a arrivals 2\n a offered 0\n a self_served 2\n a asa -\n"
                             "a queue_length 0\n desk occupancy 0");
}

static void whoever_arrives_while_nobody_is_on_duty_waits(void **state)
{
    (void)state;
    expect_story(HOUR A("arrivals: {times: [0 s, 10 s]}, patience: {constant: 30 s}") DESK(0, [a]),
                 "a  0 30 abandoned - 30\n"
                 "a 10 30 abandoned - 40\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worked_example_of_the_format_has_waits_of_0_40_and_40),
        cmocka_unit_test(who_has_a_little_less_patience_than_the_wait_hangs_up_at_it_exactly),
        cmocka_unit_test(an_arrival_never_overtakes_a_waiting_caller),
        cmocka_unit_test(services_that_end_together_end_in_the_order_of_assignment),
        cmocka_unit_test(arrivals_at_one_instant_come_in_the_queues_order_in_the_file),
        cmocka_unit_test(a_redial_and_a_fresh_call_come_in_the_queues_order_in_the_file),
        cmocka_unit_test(an_agent_who_comes_as_patience_ends_still_answers_and_before_arrivals),
        cmocka_unit_test(an_agent_who_goes_still_takes_the_call_of_that_instant),
        cmocka_unit_test(patience_that_ends_at_one_instant_ends_in_the_order_of_calls),
        cmocka_unit_test(the_wait_ends_after_ringing_and_the_agent_is_free_after_wrapping_up),
        cmocka_unit_test(patience_of_zero_leaves_at_once_unless_an_agent_is_free),
        cmocka_unit_test(a_capacity_of_zero_is_pure_loss),
        cmocka_unit_test(capacity_counts_those_who_wait_and_not_those_who_talk),
        cmocka_unit_test(who_balks_hangs_up_only_if_he_must_wait),
        cmocka_unit_test(a_full_queue_is_busy_before_it_offers_anything),
        cmocka_unit_test(a_callback_is_offered_before_anybody_balks),
        cmocka_unit_test(a_free_agent_is_better_than_any_offer),
        cmocka_unit_test(full_lines_block_even_where_an_agent_is_free),
        cmocka_unit_test(lines_hold_who_waits_rings_and_talks_but_not_wrap_up),
        cmocka_unit_test(self_service_comes_before_the_lines_and_the_wait_begins_after_it),
        cmocka_unit_test(whom_self_service_helps_never_joins),
        cmocka_unit_test(whoever_arrives_while_nobody_is_on_duty_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
