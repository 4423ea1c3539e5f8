/* test_traces_preempt.c - calls written out by hand: interrupting a contact and taking it up again.
 */
#include "../support/by_hand.h"

#define URGENT(seconds, times)                                                                     \
    "  urgent: {handling: {constant: " seconds "}, patience: never, priority: 1, preempt: true,"   \
    " arrivals: {times: " times "}}\n"
#define WORK(more) "  work: {handling: {constant: 100 s}, " more "}\n"

static void an_interrupted_contact_is_taken_up_again_with_the_rest(void **state)
{
    (void)state;
    const char *scenario = HOUR "queues:\n" URGENT("20 s", "[30 s]")
        WORK("patience: never, arrivals: {times: [0 s, 10 s]}") DESK(1, [ work, urgent ]);
    expect_story(scenario, "work    0   0 answered desk/1 120 talk 100\n"
                           "work   10 110 answered desk/1 220 talk 100\n"
                           "urgent 30   0 answered desk/1  50\n");
    /* Waiting: 110 s and 20 s of interruption. Busy: 220 s. */
    expect_figures(scenario, "work aht 100\n work asa 55\n work queue_length 0.036111111111111111\n"
                             "work queue_max 2\n work dropped 0\n work delayed 0.5\n"
                             "desk occupancy 0.061111111111111111\n desk concurrency 1\n"
                             "work time_in_system 165\n");
}

static void the_last_started_of_the_lowest_priority_is_interrupted(void **state)
{
    (void)state;
    /* Both equal: the second, by agent 2; the first agent to free up takes it up again. */
    expect_story(HOUR "queues:\n" URGENT("100 s", "[30 s]")
                     WORK("patience: never, arrivals: {times: [0 s, 5 s]}")
                         DESK(2, [ work, urgent ]),
                 "work    0 0 answered desk/1 100 talk 100\n"
                 "work    5 0 answered desk/1 175 talk 100\n"
                 "urgent 30 0 answered desk/2 130\n");
    /* A lower priority that started earlier goes first. */
    expect_story(
        HOUR "queues:\n" URGENT("100 s", "[30 s]") WORK(
            "patience: never, arrivals: {times: [5 s]}") "  low: {handling: {constant: 100 s}, "
                                                         "patience: never, priority: 9, arrivals: "
                                                         "{times: [0 s]}}\n" DESK(
                                                             2, [ work, urgent, low ]),
        "low     0 0 answered desk/2 175 talk 100\n"
        "work    5 0 answered desk/2 105 talk 100\n"
        "urgent 30 0 answered desk/1 130\n");
}

static void nobody_of_its_own_priority_is_interrupted(void **state)
{
    (void)state;
    expect_story(
        HOUR "queues:\n" URGENT(
            "20 s", "[0 s, 10 s]") "  same: {handling: {constant: 20 s}, patience: never, "
                                   "priority: 1, arrivals: "
                                   "{times: [40 s]}}\n"
                                   "  later: {handling: {constant: 20 s}, patience: never, "
                                   "priority: 1, preempt: true,"
                                   " arrivals: {times: [50 s]}}\n" DESK(1, [ same, urgent, later ]),
        "urgent  0  0 answered desk/1 20\n"
        "urgent 10 10 answered desk/1 40\n"
        "same   40  0 answered desk/1 60\n"
        "later  50 10 answered desk/1 80\n");
}

static void a_free_agent_is_taken_before_anybody_is_interrupted(void **state)
{
    (void)state;
    expect_story(HOUR "queues:\n" URGENT("20 s", "[30 s]")
                     WORK("patience: never, arrivals: {times: [0 s]}") DESK(2, [ work, urgent ]),
                 "work    0 0 answered desk/1 100\n"
                 "urgent 30 0 answered desk/2  50\n");
}

static void who_is_interrupted_does_not_hang_up(void **state)
{
    (void)state;
    expect_story(HOUR "queues:\n" URGENT("50 s", "[30 s]")
                     WORK("patience: {constant: 10 s}, arrivals: {times: [0 s]}")
                         DESK(1, [ work, urgent ]),
                 "work    0 0 answered desk/1 150 talk 100\n"
                 "urgent 30 0 answered desk/1  80\n");
}

static void a_contact_is_interrupted_as_often_as_need_be(void **state)
{
    (void)state;
    /* 0-30, 50-60, 80-140: 100 s in all. The second urgent call finds the first still there. */
    expect_story(HOUR "queues:\n" URGENT("20 s", "[30 s, 60 s]")
                     WORK("patience: never, arrivals: {times: [0 s]}") DESK(1, [ work, urgent ]),
                 "work    0 0 answered desk/1 140 talk 100\n"
                 "urgent 30 0 answered desk/1  50\n"
                 "urgent 60 0 answered desk/1  80\n");
}

static void hold_and_wrap_up_follow_after_the_interruption(void **state)
{
    (void)state;
    const char *scenario = HOUR "queues:\n" URGENT(
        "20 s", "[30 s]") "  work: {handling: {talk: {constant: 80 s}, hold: {constant: 20 s}, "
                          "wrap_up: {constant: 10 "
                          "s}}, patience: never, arrivals: {times: [0 s, 1 s]}}\n" DESK(
                              1, [ work, urgent ]);
    expect_story(scenario, "work    0   0 answered desk/1 120 talk 80 hold 20 wrap_up 10\n"
                           "work    1 129 answered desk/1 230 talk 80 hold 20 wrap_up 10\n"
                           "urgent 30   0 answered desk/1  50\n");
}

static void a_faster_agent_finishes_the_rest_faster(void **state)
{
    (void)state;
    /* The slow agent has done 30 of 100 s; the fast one is free at 60 s and does 70 in 35. */
    expect_story(
        HOUR "queues:\n" URGENT("200 s", "[30 s]")
            WORK("patience: never, arrivals: {times: [0 s]}") "  other: {handling: {constant: 60 "
                                                              "s}, patience: never, arrivals: "
                                                              "{times: [0 s]}}\n"
                                                              "agents:\n"
                                                              "  slow: {count: 1, serves: [work, "
                                                              "urgent]}\n"
                                                              "  fast: {count: 1, serves: {work: "
                                                              "{speed: 2}, other: {}}}\n",
        "work    0 0 answered fast/1  95 talk 65\n"
        "other   0 0 answered fast/1  60\n"
        "urgent 30 0 answered slow/1 230\n");
}

/* Another group's agent stands idle and may take the interrupted contact. */
static void an_idle_agent_of_another_group_takes_it_up_at_once(void **state)
{
    (void)state;
    expect_story(HOUR "queues:\n" URGENT("20 s", "[30 s]")
                     WORK("patience: never, arrivals: {times: [0 s]}, prefers: [desk, "
                          "backup]") "agents:\n"
                                     "  desk: {count: 1, serves: [work, urgent]}\n"
                                     "  backup: {count: 1, serves: [work]}\n",
                 "work    0 0 answered backup/1 100 talk 100\n"
                 "urgent 30 0 answered desk/1    50\n");
}

static void the_interrupted_are_cut_when_the_centre_hangs_up(void **state)
{
    (void)state;
    const char *scenario =
        "time: {open: 08:00-09:00, interval: 30 min, at_close: hang_up}\n"
        "queues:\n" URGENT("40 s", "[3580 s]") WORK("patience: never, arrivals: {times: [3550 s]}")
            DESK(1, [ work, urgent ]);
    expect_figures(scenario, "work offered 1\n desk overtime 20\n urgent answered 1\n");
}

static void an_interrupted_contact_is_finished_after_closing(void **state)
{
    (void)state;
    const char *scenario = HOUR "queues:\n" URGENT("40 s", "[3580 s]")
        WORK("patience: never, arrivals: {times: [3550 s]}") DESK(1, [ work, urgent ]);
    expect_story(scenario, "work   3550 0 answered desk/1 3690 talk 100\n"
                           "urgent 3580 0 answered desk/1 3620\n");
    expect_figures(scenario, "desk overtime 90\n work dropped 0");
}

static void of_several_chats_one_is_interrupted_and_the_others_go_on(void **state)
{
    (void)state;
    /* Two chats at half pace from 0: at 40 s each has 40 of 60 s left. The second is interrupted:
     * the urgent call fills half the agent, too. It ends at 40 + 40 = 80 s; then the second is
     * taken up again. All the time two are in hand, so the first ends at 120 s (40 s left at half
     * pace); the second, 40 s left at half pace from 80 s, has 20 left then and does them alone. */
    expect_story(
        HOUR "queues:\n" URGENT(
            "20 s",
            "[40 s]") "  chat: {handling: {constant: 60 s}, patience: never, arrivals: {times: [0 "
                      "s, 0 "
                      "s]}}\n"
                      "agents: {desk: {count: 1, serves: {chat: {at_once: 2, pace: [1, 0.5]},\n"
                      "  urgent: {at_once: 2, pace: [1, 0.5]}}}}\n",
        "chat    0 0 answered desk/1 120 talk 120\n"
        "chat    0 0 answered desk/1 140 talk 100\n"
        "urgent 40 0 answered desk/1  80 talk 40\n");
}

/* At 30 s not yet the backup's, at 60 s it is: 70 s are left. */
static void the_interrupted_overflow_like_others(void **state)
{
    (void)state;
    expect_story(HOUR "queues:\n" URGENT("100 s", "[30 s]")
                     WORK("patience: never, arrivals: {times: [0 s]}, prefers: [desk, {group: "
                          "backup, after: 60 s}]") "agents:\n"
                                                   "  desk: {count: 1, serves: [work, urgent]}\n"
                                                   "  backup: {count: 1, serves: [work]}\n",
                 "work    0 0 answered backup/1 130 talk 100\n"
                 "urgent 30 0 answered desk/1   130\n");
}

static void a_transfer_does_not_interrupt_the_contact_that_brings_it(void **state)
{
    (void)state;
    expect_story(HOUR "queues:\n" URGENT("20 s", "[3000 s]")
                     WORK("patience: never, arrivals: {times: [0 s]}, transfer: [{to: urgent, "
                          "share: 100%}]") DESK(1, [ work, urgent ]),
                 "work      0 0 answered desk/1  100\n"
                 "urgent  100 0 answered desk/1  120\n"
                 "urgent 3000 0 answered desk/1 3020\n");
}

static void room_left_by_an_interruption_goes_to_who_waits(void **state)
{
    (void)state;
    /* The second chat leaves half of the agent, the urgent call takes a quarter, b the other one.
     * Both quarters are free again at 80 s. */
    expect_story(
        HOUR "queues:\n" URGENT(
            "20 s", "[30 s]") "  chat: {handling: {constant: 200 s}, patience: never, arrivals: "
                              "{times: [0 s, 0 "
                              "s]}}\n"
                              "  b: {handling: {constant: 50 s}, patience: never, arrivals: "
                              "{times: [20 s]}}\n"
                              "agents: {desk: {count: 1, serves: {chat: {at_once: 2, pace: [1]},\n"
                              "  urgent: {at_once: 4, pace: [1]}, b: {at_once: 4, pace: [1]}}}}\n",
        "chat    0  0 answered desk/1 200\n"
        "chat    0  0 answered desk/1 250 talk 200\n"
        "b      20 10 answered desk/1  80\n"
        "urgent 30  0 answered desk/1  50\n");
}

static void an_interruption_respects_the_reserve(void **state)
{
    (void)state;
    /* No agent would be left without a contact: the urgent call waits until both are free. */
    expect_story(HOUR "queues:\n" URGENT("20 s", "[30 s]") WORK(
                     "patience: never, arrivals: {times: [0 s, 5 s]}") "agents: {desk: {count: 2, "
                                                                       "serves: {work: {}, urgent: "
                                                                       "{keep_free: 1}}}}\n",
                 "work    0  0 answered desk/1 100\n"
                 "work    5  0 answered desk/2 105\n"
                 "urgent 30 75 answered ?      125\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_interrupted_contact_is_taken_up_again_with_the_rest),
        cmocka_unit_test(the_last_started_of_the_lowest_priority_is_interrupted),
        cmocka_unit_test(nobody_of_its_own_priority_is_interrupted),
        cmocka_unit_test(a_free_agent_is_taken_before_anybody_is_interrupted),
        cmocka_unit_test(who_is_interrupted_does_not_hang_up),
        cmocka_unit_test(a_contact_is_interrupted_as_often_as_need_be),
        cmocka_unit_test(hold_and_wrap_up_follow_after_the_interruption),
        cmocka_unit_test(a_faster_agent_finishes_the_rest_faster),
        cmocka_unit_test(an_idle_agent_of_another_group_takes_it_up_at_once),
        cmocka_unit_test(the_interrupted_are_cut_when_the_centre_hangs_up),
        cmocka_unit_test(an_interrupted_contact_is_finished_after_closing),
        cmocka_unit_test(of_several_chats_one_is_interrupted_and_the_others_go_on),
        cmocka_unit_test(room_left_by_an_interruption_goes_to_who_waits),
        cmocka_unit_test(an_interruption_respects_the_reserve),
        cmocka_unit_test(the_interrupted_overflow_like_others),
        cmocka_unit_test(a_transfer_does_not_interrupt_the_contact_that_brings_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
