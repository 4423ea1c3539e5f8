/* test_traces_days.c - calls written out by hand: closing, nights, what is left over, backlogs, the
 * window of a steady run, and calls counted where they end.
 */
#include "../support/by_hand.h"

/* Monday and Tuesday from 08:00 to 09:00: Tuesday opens at 86400 s and closes at 90000 s. */
#define TWO_DAYS(closing)                                                                          \
    "time: {days: {mon: 08:00-09:00, tue: 08:00-09:00}, interval: 30 min, at_close: " closing "}"  \
    "\n"
#define HANG_UP "time: {open: 08:00-09:00, interval: 30 min, at_close: hang_up}\n"
#define A(more) "queues: {a: {handling: {constant: 40 s}, " more "}}\n"

/* ---- finish ---- */

static void agents_stay_while_a_contact_waits_that_they_could_be_given(void **state)
{
    (void)state;
    const char *scenario =
        HOUR A("arrivals: {times: [3590 s, 3590 s, 3600 s]}, patience: never") DESK(1, [a]);
    expect_story(scenario, "a 3590  0 answered desk/1 3630\n"
                           "a 3590 40 answered desk/1 3670\n"
                           "a 3600 70 answered desk/1 3710\n");
    expect_figures(scenario, "desk overtime 110\n a cut_off 0\n a[1] arrivals 3\n"
                             "desk occupancy 0.032345013477088948\n"); /* 120 of 3710 s */
}

static void an_idle_agent_leaves_at_closing(void **state)
{
    (void)state;
    expect_figures(HOUR A("arrivals: {times: [10 s]}, patience: never") DESK(1, [a]),
                   "desk overtime 0\n desk staffed 1\n");
}

static void an_agent_with_hours_after_closing_leaves_at_closing_when_idle(void **state)
{
    (void)state;
    const char *scenario =
        HOUR A("arrivals: {times: [0 s]}, patience: never") "agents: {desk: {count: {per: 30 min, "
                                                            "from: 07:30, counts: [1, 1, 1, 1]}, "
                                                            "serves: [a]}}\n";
    expect_figures(scenario, "desk overtime 0\n desk staffed 1\n"
                             "desk occupancy 0.0074074074074074077\n"); /* 40 of 5400 s */
}

static void a_waiting_call_that_nobody_left_may_take_waits_out_its_patience(void **state)
{
    (void)state;
    const char *scenario = HOUR
        "queues:\n"
        "  a: {arrivals: {times: [3550 s]}, handling: {constant: 9 s}, patience: {constant: 100 "
        "s}}\n"
        "  b: {arrivals: {times: [3500 s, 3600 s]}, handling: {constant: 9 s}, patience: never}\n"
        "  c: {arrivals: {times: [0 s]}, handling: {constant: 9 s}, patience: never}\n"
        "agents:\n"
        "  early: {count: {per: 30 min, counts: [1, 0]}, serves: [a, b]}\n"
        "  desk: {count: 1, serves: [c]}\n";
    expect_story(scenario, "c    0   0 answered  desk/1    9\n"
                           "b 3500 100 cut_off   -      3600\n"
                           "a 3550 100 abandoned -      3650\n"
                           "b 3600   0 cut_off   -      3600\n");
    expect_figures(scenario, "desk overtime 0\n b offered 2\n b wait 50\n b abandoned 0\n b asa -");
}

static void agents_stay_for_who_is_in_self_service(void **state)
{
    (void)state;
    const char *joins = HOUR A("arrivals: {times: [3590 s]}, patience: never,"
                               " self_service: {time: 60 s, resolves: 0%}") DESK(1, [a]);
    expect_story(joins, "a 3590 0 answered desk/1 3690\n");
    expect_figures(joins, "desk overtime 90");
    const char *helped = HOUR A("arrivals: {times: [3590 s]}, patience: never,"
                                " self_service: {time: 60 s, resolves: 100%}") DESK(1, [a]);
    expect_story(helped, "a 3590 0 self_served - 3650\n");
    expect_figures(helped, "desk overtime 50");
}

static void agents_stay_for_a_service_that_may_be_transferred_to_them(void **state)
{
    (void)state;
    const char *scenario =
        HOUR "queues:\n"
             "  a: {arrivals: {times: [3590 s]}, handling: {constant: 60 s}, patience: never,\n"
             "      transfer: [{to: b, share: 100%}]}\n"
             "  b: {handling: {constant: 30 s}, patience: never}\n"
             "  c: {handling: {constant: 30 s}, patience: never}\n"
             "agents:\n"
             "  desk: {count: 1, serves: [a]}\n"
             "  expert: {count: 1, serves: [b]}\n"
             "  other: {count: 1, serves: [c]}\n";
    expect_story(scenario, "a 3590 0 answered desk/1   3650\n"
                           "b 3650 0 answered expert/1 3680\n");
    expect_figures(scenario, "desk overtime 50\n expert overtime 80\n other overtime 0\n");
}

/* The contact ends its talk, goes to a queue that nobody is there for, and the first agent still
 * wraps up. */
static void a_transfer_that_nobody_may_take_after_closing_is_cut_off_at_once(void **state)
{
    (void)state;
    expect_story(HOUR "queues:\n"
                      "  a: {arrivals: {times: [3590 s]}, patience: never,\n"
                      "      handling: {talk: {constant: 60 s}, wrap_up: {constant: 30 s}},\n"
                      "      transfer: [{to: b, share: 100%}]}\n"
                      "  b: {handling: {constant: 30 s}, patience: never}\n"
                      "agents:\n"
                      "  desk: {count: 1, serves: [a]}\n"
                      "  expert: {count: {per: 30 min, counts: [1, 0]}, serves: [b]}\n",
                 "a 3590 0 answered desk/1 3650 wrap_up 30\n"
                 "b 3650 0 cut_off  -      3650\n");
}

static void a_reserve_that_cannot_be_kept_does_not_keep_anybody_after_closing(void **state)
{
    (void)state;
    const char *scenario =
        HOUR A("arrivals: {times: [3590 s]}, patience: never") "agents: {desk: {count: 1, serves: "
                                                               "{a: {keep_free: 1}}}}\n";
    expect_story(scenario, "a 3590 10 cut_off - 3600\n");
    expect_figures(scenario, "desk overtime 0");
}

static void neither_redials_nor_returns_enter_after_closing(void **state)
{
    (void)state;
    expect_story(HOUR
                 "queues:\n"
                 "  a: {arrivals: {times: [3530 s, 3531 s]}, handling: {constant: 9 s},\n"
                 "      patience: {constant: 10 s}, redial: {after_abandon: 100%, delay: 60 s}}\n"
                 "  b: {arrivals: {times: [3530 s, 3531 s]}, handling: {constant: 10 s},\n"
                 "      patience: never, unresolved: {share: 100%, delay: 60 s}}\n" DESK(2, [b]),
                 "a 3530 10 abandoned - 3540\n"
                 "b 3530  0 answered  ? 3540\n"
                 "a 3531 10 abandoned - 3541\n"
                 "b 3531  0 answered  ? 3541\n"
                 "a 3600 10 abandoned - 3610 visit 1\n"
                 "b 3600  0 answered  ? 3610 visit 1\n");
}

/* ---- hang_up ---- */

static void hanging_up_cuts_off_who_waits_or_is_in_self_service(void **state)
{
    (void)state;
    const char *scenario = HANG_UP
        "queues:\n"
        "  a: {arrivals: {times: [3580 s, 3585 s, 3590 s]}, handling: {constant: 40 s}, patience: "
        "never,\n"
        "      redial: {after_abandon: 100%, delay: 0 s}}\n"
        "  b: {arrivals: {times: [3595 s]}, handling: {constant: 40 s}, patience: never,\n"
        "      self_service: {time: 60 s, resolves: 50%}}\n" DESK(1, [ a, b ]);
    expect_story(scenario, "a 3580  0 answered desk/1 3620\n"
                           "a 3585 15 cut_off  -      3600\n"
                           "a 3590 10 cut_off  -      3600\n"
                           "b 3595  0 cut_off  -      3600\n");
    expect_figures(scenario, "desk overtime 20\n a cut_off 2\n a redials 0\n a abandoned 0\n"
                             "a wait 8.3333333333333333\n");
}

/* ---- carry_over ---- */

static void live_calls_carried_over_wait_through_the_night(void **state)
{
    (void)state;
    const char *scenario = TWO_DAYS("carry_over")
        A("arrivals: {times: [3590 s, 3590 s]}, patience: never") DESK(1, [a]);
    expect_story(scenario, "a 3590     0 answered desk/1  3630\n"
                           "a 3590 82810 answered desk/1 86440\n");
    expect_figures(scenario, "desk overtime 30\n a left_over 0\n"
                             /* 10 s before closing and none of the night, of 7200 s */
                             "a queue_length 0.0013888888888888889\n a queue_max 1\n"
                             "a[1] answered 2\n a[2] answered 0\n");
}

static void patience_runs_while_a_call_is_carried_over(void **state)
{
    (void)state;
    expect_story(TWO_DAYS("carry_over")
                     A("arrivals: {times: [3590 s, 3590 s]}, patience: {constant: 100 s}")
                         DESK(1, [a]),
                 "a 3590   0 answered  desk/1 3630\n"
                 "a 3590 100 abandoned -      3690\n");
}

static void agents_who_carry_over_leave_at_their_planned_end(void **state)
{
    (void)state;
    const char *scenario = TWO_DAYS("carry_over")
        A("arrivals: {times: [3590 s, 3590 s]}, patience: never") "agents: {desk: {serves: [a], "
                                                                  "shifts: [{count: 1, hours: "
                                                                  "08:00-09:10}]}}\n";
    expect_story(scenario, "a 3590  0 answered desk/1 3630\n"
                           "a 3590 40 answered desk/1 3670\n");
    expect_figures(scenario, "desk overtime 0");
}

static void what_waits_at_the_last_closing_is_left_over_with_its_wait_to_then(void **state)
{
    (void)state;
    const char *scenario = TWO_DAYS("carry_over")
        A("arrivals: {times: [89990 s, 89990 s]}, patience: never") DESK(1, [a]);
    expect_story(scenario, "a 89990  0 answered  desk/1 90030\n"
                           "a 89990 10 left_over -      90000\n");
    expect_figures(scenario,
                   "a left_over 1\n a offered 2\n a wait 5\n a asa 0\n a answer_rate 0.5");
}

static void whose_patience_goes_beyond_the_last_closing_is_left_over_too(void **state)
{
    (void)state;
    expect_figures(TWO_DAYS("carry_over") "queues: {a: {arrivals: {times: [89900 s, 89900 s, 89990 "
                                          "s]}, patience: {constant: "
                                          "100 s}, handling: {constant: 200 s}}}\n" DESK(1, [a]),
                   "a left_over 1\n a abandoned 1\n a answered 1\n"
                   "a wait 36.666666666666667\n"); /* 0, 100 (at closing itself) and 10 s */
}

/* ---- deferrable ---- */

static void deferrable_work_waits_through_the_night_and_keeps_nobody(void **state)
{
    (void)state;
    const char *scenario =
        TWO_DAYS("finish") A("channel: email, arrivals: {times: [3590 s, 3590 s, 89990 s, "
                             "89990 s]}, target: 50% in 1 d") DESK(1, [a]);
    expect_story(scenario, "a  3590     0 answered  desk/1  3630\n"
                           "a  3590 82810 answered  desk/1 86440\n"
                           "a 89990     0 answered  desk/1 90030\n"
                           "a 89990    10 left_over -      90000\n");
    expect_figures(scenario, "desk overtime 60\n a service_level 0.75\n"
                             "a asa 27603.333333333333333\n");
}

static void deferrable_work_of_one_day_is_left_over(void **state)
{
    (void)state;
    expect_story("time: {open: 08:00-09:00, interval: 30 min, at_close: hang_up}\n" A(
                     "channel: email, arrivals: {times: [3570 s, 3570 s, 3570 s]}") DESK(1, [a]),
                 "a 3570  0 answered  desk/1 3610\n"
                 "a 3570 30 left_over -      3600\n"
                 "a 3570 30 left_over -      3600\n");
}

/* Live work keeps the agent after closing; the email that has waited longer does not. */
static void after_closing_agents_take_live_calls_and_leave_the_rest(void **state)
{
    (void)state;
    expect_story(TWO_DAYS("finish") "queues:\n"
                                    "  mail: {channel: email, arrivals: {times: [3580 s]}, "
                                    "handling: {constant: 40 "
                                    "s}}\n"
                                    "  a: {arrivals: {times: [3570 s, 3590 s]}, handling: "
                                    "{constant: 40 s}, patience: "
                                    "never}\n" DESK(1, [ a, mail ]),
                 "a    3570     0 answered desk/1  3610\n"
                 "mail 3580 82820 answered desk/1 86440\n"
                 "a    3590    20 answered desk/1  3650\n");
}

static void a_redial_waits_for_opening_hours_only(void **state)
{
    (void)state;
    /* 3540 + 60 s is closing, 40 s more are Tuesday's first. */
    expect_story(TWO_DAYS("finish") A("arrivals: {times: [3530 s]}, patience: {constant: 10 s},"
                                      " redial: {after_abandon: 100%, delay: 100 s, at_most: 1}")
                     DESK(0, [a]),
                 "a  3530 10 abandoned -  3540\n"
                 "a 86440 10 abandoned - 86450 visit 1\n");
}

static void what_would_come_back_after_the_last_closing_does_not(void **state)
{
    (void)state;
    expect_story(TWO_DAYS("finish") A("arrivals: {times: [89000 s]}, patience: never,"
                                      " unresolved: {share: 100%, delay: 17 min}") DESK(1, [a]),
                 "a 89000 0 answered desk/1 89040\n");
}

/* ---- backlog ---- */

static void a_backlog_waits_from_the_first_opening_before_anybody_calls(void **state)
{
    (void)state;
    const char *scenario =
        HOUR A("arrivals: {times: [0 s]}, patience: never, backlog: 2") DESK(1, [a]);
    expect_story(scenario, "a 0  0 answered desk/1  40\n"
                           "a 0 40 answered desk/1  80\n"
                           "a 0 80 answered desk/1 120\n");
    expect_figures(scenario, "a arrivals 3\n a[0] arrivals 3\n a callers 3\n a asa 40");
}

static void agents_who_came_before_opening_begin_with_the_backlog(void **state)
{
    (void)state;
    expect_story(
        HOUR A("arrivals: {times: [100 s]}, patience: never, backlog: 2") "agents: {desk: {count: "
                                                                          "{per: 30 min, from: "
                                                                          "07:30, counts: [1, 1, "
                                                                          "1]}, serves: "
                                                                          "[a]}}\n",
        "a   0  0 answered desk/1  40\n"
        "a   0 40 answered desk/1  80\n"
        "a 100  0 answered desk/1 140\n");
}

static void a_backlog_that_waits_is_delayed(void **state)
{
    (void)state;
    expect_figures(
        HOUR A(
            "arrivals: {times: [3000 s]}, patience: never, backlog: 1") "agents: {desk: {count: "
                                                                        "{per: 30 min, counts: [0, "
                                                                        "1]}, serves: [a]}}\n",
        "a delayed 0.5\n a wait_delayed 1800\n a[0] queue_max 1\n");
}

static void a_backlog_over_a_week_keeps_its_age(void **state)
{
    (void)state;
    expect_story(
        TWO_DAYS("finish") A(
            "channel: email, arrivals: {times: [10 s]}, backlog: 1") "agents: {desk: {count: {mon: "
                                                                     "0, tue: 1}, serves: [a]}}\n",
        "a  0 86400 answered desk/1 86440\n"
        "a 10 86430 answered desk/1 86480\n");
}

/* ---- steady ---- */

static void a_steady_window_counts_who_enters_in_it_and_times_what_is_there(void **state)
{
    (void)state;
    const char *scenario =
        "time: {steady: {warm_up: 100 s, length: 100 s}}\n"
        "queues: {a: {arrivals: {times: [90 s, 95 s, 100 s, 200 s, 200.5 s]}, patience: never,\n"
        "  handling: {constant: 10 s}, target: 80% in 5 s}}\n" DESK(1, [a]);
    expect_story(scenario, "a 90    0   answered desk/1 100\n"
                           "a 95    5   answered desk/1 110\n"
                           "a 100  10   answered desk/1 120\n"
                           "a 200   0   answered desk/1 210\n"); /* the run is over then */
    expect_figures(scenario, "a arrivals 2\n a answered 2\n a asa 5\n a service_level 0.5\n"
                             "a wait_max 10\n a queue_length 0.1\n a in_system 0.3\n"
                             "a queue_max 1\n desk busy 0.2\n desk occupancy 0.2\n");
}

static void later_calls_count_by_their_own_entry_and_callers_by_their_last_call(void **state)
{
    (void)state;
    /* The second caller abandons in the window, calls again after it, and is served then. */
    const char *scenario =
        "time: {steady: {warm_up: 100 s, length: 100 s}}\n"
        "queues: {a: {arrivals: {times: [99 s, 110 s]}, patience: {constant: 10 s},\n"
        "  handling: {constant: 80 s}, redial: {after_abandon: 100%, delay: 100 s}}}\n" DESK(
            1, [a]);
    expect_story(scenario, "a  99  0 answered  desk/1 179\n"
                           "a 110 10 abandoned -      120\n"
                           "a 220  0 answered  desk/1 300 visit 1\n");
    expect_figures(scenario, "a arrivals 1\n a redials 0\n a answered 0\n a callers 1\n"
                             "a callers_served 1\n a caller_answer_rate 1\n a abandon_rate 1\n");
}

static void batches_take_the_place_of_replications(void **state)
{
    (void)state;
    const oh_run_options one_run = {.jobs = 1};
    check_figures("time: {steady: {warm_up: 100 s, batches: 2, batch: 100 s}}\n"
                  "queues: {a: {arrivals: {times: [50 s, 150 s, 250 s, 255 s]}, patience: never,\n"
                  "  handling: {constant: 10 s}}}\n" DESK(1, [a]),
                  "a arrivals 1.5\n a asa 1.66666666666666667\n a queue_max 0.5\n"
                  "a queue_length 0.025\n desk busy 0.15\n",
                  &one_run, __FILE__, __LINE__);
}

/* ---- counted at exit ---- */

static void calls_counted_at_exit_belong_to_the_interval_in_which_they_end(void **state)
{
    (void)state;
    const oh_run_options at_exit = {.replications = 1, .jobs = 1, .count_at = OH_AT_EXIT};
    const char *scenario =
        HOUR A("arrivals: {times: [1700 s, 1790 s, 1795 s, 1795 s, 3590 s]}, patience: "
               "{constant: 40 s}, capacity: 1") DESK(1, [a]);
    expect_story(scenario, "a 1700  0 answered desk/1 1740\n"
                           "a 1790  0 answered desk/1 1830\n"
                           "a 1795 35 answered desk/1 1870\n"
                           "a 1795  0 blocked  -      1795\n"
                           "a 3590  0 answered desk/1 3630\n");
    expect_figures(scenario, "a[0] arrivals 4\n a[0] answered 3\n a[1] answered 1\n"
                             "a[0] asa 11.666666666666667\n");
    check_figures(scenario,
                  "a[0] arrivals 2\n a[0] answered 1\n a[0] blocked 1\n a[1] answered 2\n"
                  "a[1] asa 17.5\n a answered 4\n a queue_max 1\n",
                  &at_exit, __FILE__, __LINE__);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agents_stay_while_a_contact_waits_that_they_could_be_given),
        cmocka_unit_test(an_idle_agent_leaves_at_closing),
        cmocka_unit_test(an_agent_with_hours_after_closing_leaves_at_closing_when_idle),
        cmocka_unit_test(a_waiting_call_that_nobody_left_may_take_waits_out_its_patience),
        cmocka_unit_test(agents_stay_for_who_is_in_self_service),
        cmocka_unit_test(agents_stay_for_a_service_that_may_be_transferred_to_them),
        cmocka_unit_test(a_transfer_that_nobody_may_take_after_closing_is_cut_off_at_once),
        cmocka_unit_test(a_reserve_that_cannot_be_kept_does_not_keep_anybody_after_closing),
        cmocka_unit_test(neither_redials_nor_returns_enter_after_closing),
        cmocka_unit_test(hanging_up_cuts_off_who_waits_or_is_in_self_service),
        cmocka_unit_test(live_calls_carried_over_wait_through_the_night),
        cmocka_unit_test(patience_runs_while_a_call_is_carried_over),
        cmocka_unit_test(agents_who_carry_over_leave_at_their_planned_end),
        cmocka_unit_test(what_waits_at_the_last_closing_is_left_over_with_its_wait_to_then),
        cmocka_unit_test(whose_patience_goes_beyond_the_last_closing_is_left_over_too),
        cmocka_unit_test(deferrable_work_waits_through_the_night_and_keeps_nobody),
        cmocka_unit_test(deferrable_work_of_one_day_is_left_over),
        cmocka_unit_test(after_closing_agents_take_live_calls_and_leave_the_rest),
        cmocka_unit_test(a_redial_waits_for_opening_hours_only),
        cmocka_unit_test(what_would_come_back_after_the_last_closing_does_not),
        cmocka_unit_test(a_backlog_waits_from_the_first_opening_before_anybody_calls),
        cmocka_unit_test(agents_who_came_before_opening_begin_with_the_backlog),
        cmocka_unit_test(a_backlog_that_waits_is_delayed),
        cmocka_unit_test(a_backlog_over_a_week_keeps_its_age),
        cmocka_unit_test(a_steady_window_counts_who_enters_in_it_and_times_what_is_there),
        cmocka_unit_test(later_calls_count_by_their_own_entry_and_callers_by_their_last_call),
        cmocka_unit_test(batches_take_the_place_of_replications),
        cmocka_unit_test(calls_counted_at_exit_belong_to_the_interval_in_which_they_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
