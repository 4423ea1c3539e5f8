/* test_traces_callback.c - calls written out by hand: who is offered a call-back, when it is
 * dialled, what becomes of a dial that is not answered.
 */
#include "../support/by_hand.h"

#include <stdio.h>

#define BACK(more) "callback: {offer: {wait_over: 0 s}, accept: 100%, answers: 100%" more "}"

/* a offers call-backs to everybody who must wait; b's callers wait. */
#define TWO(back)                                                                                  \
    "queues:\n"                                                                                    \
    "  a: {arrivals: {times: [0 s, 20 s]}, handling: {constant: 100 s}, patience: never, " back    \
    "}\n"                                                                                          \
    "  b: {arrivals: {times: [10 s, 30 s]}, handling: {constant: 50 s}, patience: never}\n" DESK(  \
        1, [ a, b ])

static void a_callback_that_keeps_its_place_ranks_by_its_request(void **state)
{
    (void)state;
    const char *scenario = HOUR TWO(BACK(", place: keep"));
    /* Dialled 150-250 s, between the two of b. */
    expect_story(scenario, "a  0   0 answered desk/1 100\n"
                           "b 10  90 answered desk/1 150\n"
                           "a 20   0 callback -       20\n"
                           "b 30 220 answered desk/1 300\n");
    expect_figures(scenario, "a arrivals 2\n a offered 1\n a answered 1\n a callbacks_offered 1\n"
                             "a callbacks_accepted 1\n a callbacks_done 1\n a callback_wait 130\n"
                             "a aht 100\n a wait 0\n a queue_length 0\n a callers 2\n"
                             "desk occupancy 0.083333333333333333\n"); /* 300 s */
}

static void a_callback_placed_last_waits_until_no_live_call_does(void **state)
{
    (void)state;
    const char *scenario = HOUR TWO(BACK(", place: last"));
    expect_story(scenario, "a  0   0 answered desk/1 100\n"
                           "b 10  90 answered desk/1 150\n"
                           "a 20   0 callback -       20\n"
                           "b 30 120 answered desk/1 200\n");
    expect_figures(scenario, "a callback_wait 180\n desk busy 0.083333333333333333\n");
}

static void within_a_queue_a_kept_place_is_before_later_live_calls(void **state)
{
    (void)state;
    /* waiting_over 0: the third is offered one, since the second waits. */
    const char *queue = "queues: {a: {arrivals: {times: [0 s, 10 s, 20 s, 110 s]}, handling: "
                        "{constant: 100 s}, patience: never, callback: {offer: {waiting_over: 0}, "
                        "accept: 100%%, answers: 100%%, place: %s}}}\n" DESK(1, [a]);
    char text[400], scenario[500];
    snprintf(text, sizeof text, queue, "keep");
    snprintf(scenario, sizeof scenario, HOUR "%s", text);
    expect_story(scenario, "a   0   0 answered desk/1 100\n"
                           "a  10  90 answered desk/1 200\n"
                           "a  20   0 callback -       20\n"
                           "a 110 190 answered desk/1 400\n");
    expect_figures(scenario, "a callback_wait 180");
    snprintf(text, sizeof text, queue, "last");
    snprintf(scenario, sizeof scenario, HOUR "%s", text);
    expect_story(scenario, "a   0  0 answered desk/1 100\n"
                           "a  10 90 answered desk/1 200\n"
                           "a  20  0 callback -       20\n"
                           "a 110 90 answered desk/1 300\n");
    expect_figures(scenario, "a callback_wait 280");
}

static void an_offer_by_expected_wait_counts_those_ahead_and_the_agents(void **state)
{
    (void)state;
    /* Two agents, 100 s each: (0 + 1) x 100 / 2 = 50 s for the third, 100 s for the fourth (not
     * over 100 s), 150 s for the fifth. */
    const char *scenario = HOUR
        "queues: {a: {arrivals: {times: [0 s, 0 s, 1 s, 2 s, 3 s]}, handling: {constant: 100 s}, "
        "patience: never, callback: {offer: {wait_over: 100 s}, accept: 100%, answers: "
        "100%}}}\n" DESK(2, [a]);
    expect_story(scenario, "a 0  0 answered desk/1 100\n"
                           "a 0  0 answered desk/2 100\n"
                           "a 1 99 answered desk/1 200\n"
                           "a 2 98 answered desk/2 200\n"
                           "a 3  0 callback -        3\n");
    expect_figures(scenario, "a callbacks_offered 1\n a callback_wait 197");
}

static void who_does_not_accept_waits(void **state)
{
    (void)state;
    const char *scenario =
        HOUR "queues: {a: {arrivals: {times: [0 s, 10 s]}, handling: {constant: 100 s}, "
             "patience: never, callback: {offer: {wait_over: 0 s}, accept: 0%}}}\n" DESK(1, [a]);
    expect_story(scenario, "a  0  0 answered desk/1 100\n"
                           "a 10 90 answered desk/1 200\n");
    expect_figures(scenario, "a callbacks_offered 1\n a callbacks_accepted 0\n a callbacks_done 0\n"
                             "a callback_wait -");
}

static void a_dial_that_is_not_answered_is_tried_again(void **state)
{
    (void)state;
    /* Dials of 10 s from 110, 170 and 230 s. */
    const char *scenario = HOUR
        "queues: {a: {arrivals: {times: [0 s, 20 s]}, ring: 10 s, handling: {constant: 100 s}, "
        "patience: never, callback: {offer: {wait_over: 0 s}, accept: 100%, answers: 0%,\n"
        "  retry: 50 s, attempts: 3}}}\n" DESK(1, [a]);
    expect_figures(scenario, "a callbacks_accepted 1\n a callbacks_done 0\n a callback_wait -\n"
                             "desk busy 0.038888888888888889\n"); /* 110 + 30 s */
}

static void the_talk_begins_after_ringing(void **state)
{
    (void)state;
    const char *scenario =
        HOUR "queues: {a: {arrivals: {times: [0 s, 20 s]}, ring: 10 s, patience: never,\n"
             "  handling: {talk: {constant: 60 s}, wrap_up: {constant: 40 s}},\n"
             "  " BACK("") "}}\n" DESK(1, [a]);
    expect_figures(scenario, "a callbacks_done 1\n a callback_wait 100\n" /* 110 + 10 - 20 */
                             "desk busy 0.061111111111111111\n a aht 100\n a asa 10\n");
}

static void dialling_waits_until_enough_agents_are_idle(void **state)
{
    (void)state;
    /* Agent 1 is free from 100 s, agent 2 from 130 s. */
    const char *queue = "queues: {a: {arrivals: {times: [0 s, 30 s, 40 s]}, handling: {constant: "
                        "100 s}, patience: never, callback: {offer: {wait_over: 0 s}, accept: "
                        "100%%, answers: 100%%, dial_when_free: %d}}}\n" DESK(2, [a]);
    char scenario[500];
    snprintf(scenario, sizeof scenario, queue, 1);
    char text[600];
    snprintf(text, sizeof text, HOUR "%s", scenario);
    expect_figures(text, "a callback_wait 60");
    snprintf(scenario, sizeof scenario, queue, 2);
    snprintf(text, sizeof text, HOUR "%s", scenario);
    expect_figures(text, "a callback_wait 90");
}

static void only_agents_who_may_take_it_count_as_idle(void **state)
{
    (void)state;
    /* From 50 s on one desk agent is idle and so is the backup, who may take it from 80 s on: then
     * two may. */
    const char *scenario = HOUR
        "queues:\n"
        "  a: {arrivals: {times: [0 s, 20 s]}, handling: {constant: 100 s}, patience: never,\n"
        "      prefers: [desk, {group: backup, after: 60 s}],\n"
        "      callback: {offer: {wait_over: 0 s}, accept: 100%, answers: 100%, dial_when_free: "
        "2}}\n"
        "  b: {arrivals: {times: [0 s]}, handling: {constant: 50 s}, patience: never}\n"
        "agents:\n"
        "  desk: {count: 2, serves: [a, b]}\n"
        "  backup: {count: 1, serves: [a]}\n";
    expect_figures(scenario, "a callbacks_done 1\n a callback_wait 60");
}

static void a_callback_overflows_to_the_backup_as_a_waiting_call_does(void **state)
{
    (void)state;
    const char *scenario =
        HOUR "queues: {a: {arrivals: {times: [0 s, 20 s]}, handling: {constant: 100 s}, patience: "
             "never,\n"
             "  prefers: [desk, {group: backup, after: 60 s}], " BACK(
                 "") "}}\n"
                     "agents: {desk: {count: 1, serves: [a]}, backup: {count: 1, serves: [a]}}\n";
    expect_figures(scenario, "a callbacks_done 1\n a callback_wait 60\n"
                             "backup busy 0.027777777777777778\n");
}

static void pending_callbacks_take_no_capacity_and_are_in_no_queue(void **state)
{
    (void)state;
    const char *scenario = HOUR
        "queues: {a: {arrivals: {times: [0 s, 10 s, 20 s, 30 s]}, handling: {constant: 100 s}, "
        "patience: never, capacity: 1, " BACK("") "}}\n" DESK(1, [a]);
    expect_figures(scenario, "a blocked 0\n a callbacks_done 3\n a queue_max 0\n a queue_length 0\n"
                             "a callback_wait 180\n"); /* 90, 180, 270 */
}

/* From 100 s agents 2 and 3 are idle; agent 1, the most loaded, holds half a b until 300 s. */
static void an_idle_agent_dials_even_if_a_busy_one_would_be_chosen(void **state)
{
    (void)state;
    expect_figures(HOUR
                   "queues:\n"
                   "  b: {arrivals: {times: [0 s]}, handling: {constant: 300 s}, patience: never, "
                   "choose: fixed}\n"
                   "  a: {arrivals: {times: [0 s, 0 s, 0 s, 0 s, 0 s, 10 s]}, handling: {constant: "
                   "100 s}, patience: never, choose: most_loaded,\n"
                   "      callback: {offer: {wait_over: 0 s}, accept: 100%, answers: 100%, "
                   "dial_when_free: 2}}\n"
                   "agents: {desk: {count: 3, serves: {a: {at_once: 2, pace: [1]}, b: {at_once: 2, "
                   "pace: [1]}}}}\n",
                   "a callbacks_done 1\n a callback_wait 90\n");
}

/* Two chats of one agent, both gone only at 100 s: until then he holds one. */
static void who_dials_holds_nothing(void **state)
{
    (void)state;
    expect_figures(
        HOUR
        "queues:\n"
        "  b: {arrivals: {times: [0 s]}, handling: {constant: 60 s}, patience: never}\n"
        "  a: {arrivals: {times: [0 s, 10 s]}, handling: {constant: 100 s}, patience: "
        "never, " BACK(
            "") "}\n"
                "agents: {desk: {count: 1, serves: {a: {at_once: 2, pace: [1]}, b: {at_once: 2, "
                "pace: [1]}}}}\n",
        "a callbacks_done 1\n a callback_wait 90\n");
}

static void what_is_pending_at_closing_is_dropped(void **state)
{
    (void)state;
    const char *scenario =
        HOUR "queues: {a: {arrivals: {times: [3550 s, 3590 s]}, handling: {constant: 60 s}, "
             "patience: never, " BACK("") "}}\n" DESK(1, [a]);
    expect_figures(scenario, "a callbacks_accepted 1\n a callbacks_done 0\n desk overtime 10\n"
                             "a arrivals 2\n a offered 1\n");
}

static void a_callback_waits_over_a_night_for_the_next_opening(void **state)
{
    (void)state;
    const char *scenario =
        "time: {days: {mon: 08:00-09:00, tue: 08:00-09:00}, interval: 30 min}\n"
        "queues: {a: {arrivals: {times: [3550 s, 3590 s]}, handling: {constant: 60 s}, "
        "patience: never, " BACK("") "}}\n" DESK(1, [a]);
    expect_figures(scenario, "a callbacks_done 1\n a callback_wait 82810\n desk overtime 10\n");
}

static void a_retry_is_due_before_an_arrival_of_that_instant(void **state)
{
    (void)state;
    /* Not answered 100-110; due again at 160, when b's call comes. */
    expect_story(
        HOUR "queues:\n"
             "  a: {arrivals: {times: [0 s, 20 s]}, ring: 10 s, handling: {constant: 90 s}, "
             "patience: never, callback: {offer: {wait_over: 0 s}, accept: 100%, answers: 0%, "
             "retry: 50 s, attempts: 2}}\n"
             "  b: {arrivals: {times: [160 s]}, handling: {constant: 5 s}, patience: never}\n" DESK(
                 1, [ a, b ]),
        "a   0 10 answered desk/1 100\n"
        "a  20  0 callback -       20\n"
        "b 160 10 answered desk/1 175\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_callback_that_keeps_its_place_ranks_by_its_request),
        cmocka_unit_test(a_callback_placed_last_waits_until_no_live_call_does),
        cmocka_unit_test(within_a_queue_a_kept_place_is_before_later_live_calls),
        cmocka_unit_test(an_offer_by_expected_wait_counts_those_ahead_and_the_agents),
        cmocka_unit_test(who_does_not_accept_waits),
        cmocka_unit_test(a_dial_that_is_not_answered_is_tried_again),
        cmocka_unit_test(the_talk_begins_after_ringing),
        cmocka_unit_test(dialling_waits_until_enough_agents_are_idle),
        cmocka_unit_test(only_agents_who_may_take_it_count_as_idle),
        cmocka_unit_test(a_callback_overflows_to_the_backup_as_a_waiting_call_does),
        cmocka_unit_test(pending_callbacks_take_no_capacity_and_are_in_no_queue),
        cmocka_unit_test(an_idle_agent_dials_even_if_a_busy_one_would_be_chosen),
        cmocka_unit_test(who_dials_holds_nothing),
        cmocka_unit_test(what_is_pending_at_closing_is_dropped),
        cmocka_unit_test(a_callback_waits_over_a_night_for_the_next_opening),
        cmocka_unit_test(a_retry_is_due_before_an_arrival_of_that_instant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
