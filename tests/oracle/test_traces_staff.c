/* test_traces_staff.c - calls written out by hand: agents who go, are dropped, pause, come late,
 * are absent, are not ready; and what they cost.
 */
#include "../support/by_hand.h"

#include <stdio.h>

#define A(more) "queues: {a: {handling: {constant: 100 s}, patience: never, " more "}}\n"
#define COUNTS(list, more)                                                                         \
    "agents: {desk: {count: {per: 30 min, counts: [" list "]}, serves: [a]" more "}}\n"
#define SHIFTS(list, more) "agents: {desk: {shifts: [" list "], serves: [a]" more "}}\n"

/* ---- leaving ---- */

static void idle_agents_leave_first_when_the_plan_falls(void **state)
{
    (void)state;
    expect_story(HOUR A("arrivals: {times: [1790 s, 1801 s]}") COUNTS("2, 1", ""),
                 "a 1790  0 answered desk/1 1890\n"
                 "a 1801 89 answered desk/1 1990\n");
}

static void then_the_next_to_finish_leave(void **state)
{
    (void)state;
    const char *scenario = HOUR A("arrivals: {times: [1780 s, 1790 s, 1795 s]}") COUNTS("2, 1", "");
    expect_story(scenario, "a 1780  0 answered desk/1 1880\n"
                           "a 1790  0 answered desk/2 1890\n"
                           "a 1795 95 answered desk/2 1990\n");
    /* 80 s, in the interval in which they were worked. */
    expect_figures(scenario, "desk overtime 80\n desk[0] overtime 0\n desk[1] overtime 80\n"
                             "desk staffed 1.5222222222222222\n desk planned 1.5\n"
                             "desk occupancy 0.054744525547445255\n"); /* 300 of 5480 s */
}

static void a_plan_that_rises_again_keeps_those_who_would_have_left(void **state)
{
    (void)state;
    /* At 1800 s one of two is to leave; at 1860 s both are wanted again. */
    const char *scenario = "time: {open: 08:00-09:00, interval: 1 min}\n" A(
        "arrivals: {times: [1780 s, 1790 s, 1795 s]}") "agents: {desk: {serves: [a], count: {per: "
                                                       "1 min, from: 08:29, counts: [2, 1, 2, "
                                                       "2]}}}\n";
    expect_story(scenario, "a 1780  0 answered desk/1 1880\n"
                           "a 1790  0 answered desk/2 1890\n"
                           "a 1795 85 answered desk/1 1980\n");
    expect_figures(scenario, "desk overtime 60");
}

static void agents_of_shifts_leave_by_their_own_shift(void **state)
{
    (void)state;
    const char *scenario = HOUR A("arrivals: {times: [1790 s, 1795 s, 1801 s]}")
        SHIFTS("{count: 1, hours: 08:00-08:30}, {count: 1, hours: 08:00-09:00}", "");
    expect_story(scenario, "a 1790  0 answered desk/1 1890\n"
                           "a 1795  0 answered desk/2 1895\n"
                           "a 1801 94 answered desk/2 1995\n");
    expect_figures(scenario, "desk overtime 90");
}

static void a_drop_cuts_the_contact_which_stays_answered(void **state)
{
    (void)state;
    const char *scenario =
        HOUR A("arrivals: {times: [1790 s, 1795 s]}") COUNTS("1, 0", ", leave: drop");
    expect_story(scenario, "a 1790    0 answered desk/1 1800 talk 10\n"
                           "a 1795 1805 cut_off  -      3600\n");
    expect_figures(scenario, "a dropped 1\n a answered 1\n a aht 10\n desk overtime 0\n"
                             "desk occupancy 0.0055555555555555556\n"); /* 10 of 1800 s */
    const char *shift = HOUR A("arrivals: {times: [1790 s]}")
        SHIFTS("{count: 1, hours: 08:00-08:30}", ", leave: drop");
    expect_story(shift, "a 1790 0 answered desk/1 1800 talk 10\n");
    expect_figures(shift, "a dropped 1");
}

static void a_drop_cuts_hold_and_wrap_up_where_they_are(void **state)
{
    (void)state;
    expect_story(HOUR
                 "queues: {a: {arrivals: {times: [1760 s, 1770 s]}, patience: never,\n"
                 "  handling: {talk: {constant: 15 s}, hold: {constant: 20 s}, wrap_up: {constant: "
                 "90 s}}}}\n" COUNTS("2, 0", ", leave: drop"),
                 "a 1760 0 answered desk/1 1795 talk 15 hold 20 wrap_up 5\n"
                 "a 1770 0 answered desk/2 1800 talk 15 hold 15 wrap_up 0\n");
}

static void who_was_dropped_comes_back_as_others_do(void **state)
{
    (void)state;
    expect_story(HOUR A("arrivals: {times: [1790 s]}, unresolved: {share: 100%, delay: 10 min}")
                     COUNTS("1, 0", ", leave: drop"),
                 "a 1790    0 answered desk/1 1800 talk 10\n"
                 "a 2400 1200 cut_off  -      3600 visit 1\n");
}

static void who_is_not_idle_at_the_planned_end_takes_no_other_call(void **state)
{
    (void)state;
    expect_story(HOUR "queues: {a: {handling: {constant: 100 s}, patience: {constant: 200 s},\n"
                      "  arrivals: {times: [1790 s, 1795 s]}}}\n" COUNTS("1, 0", ""),
                 "a 1790   0 answered  desk/1 1890\n"
                 "a 1795 200 abandoned -      1995\n");
}

/* ---- breaks ---- */

#define BREAK "{count: 1, hours: 08:00-09:00, breaks: [{at: 08:10, for: 5 min}]}"

static void a_break_begins_at_its_time_and_ends_at_its_planned_end(void **state)
{
    (void)state;
    const char *scenario = HOUR A("arrivals: {times: [650 s]}") SHIFTS(BREAK, "");
    expect_story(scenario, "a 650 250 answered desk/1 1000\n");
    expect_figures(scenario, "desk scheduled 1\n desk planned 0.916666666666666667\n"
                             "desk staffed 0.916666666666666667\n"
                             "desk occupancy 0.030303030303030303\n" /* 100 of 3300 s */
                             "desk occupancy_planned 0.030303030303030303\n");
}

static void a_break_begins_after_the_contact_in_hand(void **state)
{
    (void)state;
    const char *scenario = HOUR A("arrivals: {times: [590 s, 600 s]}") SHIFTS(BREAK, "");
    expect_story(scenario, "a 590   0 answered desk/1  690\n"
                           "a 600 300 answered desk/1 1000\n");
    expect_figures(scenario, "desk staffed 0.941666666666666667"); /* 210 s of break */
}

static void a_call_at_the_start_of_a_break_is_taken_and_at_its_end_too(void **state)
{
    (void)state;
    expect_story(HOUR A("arrivals: {times: [600 s, 900 s]}") SHIFTS(BREAK, ""),
                 "a 600 0 answered desk/1  700\n"
                 "a 900 0 answered desk/1 1000\n");
}

static void a_contact_longer_than_the_break_leaves_none(void **state)
{
    (void)state;
    const char *scenario =
        HOUR "queues: {a: {handling: {constant: 400 s}, patience: never, arrivals: {times: [590 s, "
             "700 s]}}}\n" SHIFTS(BREAK, "");
    expect_story(scenario, "a 590   0 answered desk/1  990\n"
                           "a 700 290 answered desk/1 1390\n");
    expect_figures(scenario, "desk staffed 1\n desk planned 0.916666666666666667");
}

static void a_break_takes_all_agents_of_its_line_and_no_others(void **state)
{
    (void)state;
    expect_story(HOUR A("arrivals: {times: [590 s, 650 s, 650 s]}")
                     SHIFTS("{count: 2, hours: 08:00-09:00, breaks: [{at: 08:10, for: 5 min}]}, "
                            "{count: 1, hours: 08:00-09:00}",
                            ""),
                 "a 590   0 answered desk/1  690\n"
                 "a 650   0 answered desk/3  750\n"
                 "a 650 100 answered desk/3  850\n");
}

static void patience_that_ends_as_the_break_does_is_enough(void **state)
{
    (void)state;
    expect_story(HOUR "queues: {a: {handling: {constant: 9 s}, patience: {constant: 250 s}, "
                      "arrivals: {times: [649 s, 650 s]}}}\n" SHIFTS(BREAK, ""),
                 "a 649 250 abandoned -      899\n"
                 "a 650 250 answered  desk/1 909\n");
}

/* ---- coming ---- */

static void who_comes_late_is_not_there_before(void **state)
{
    (void)state;
    const char *count =
        HOUR A("arrivals: {times: [0 s]}") COUNTS("1, 1", ", late: {constant: 60 s}");
    expect_story(count, "a 0 60 answered desk/1 160\n");
    expect_figures(count, "desk planned 1\n desk scheduled 1\n desk staffed 0.98333333333333333\n"
                          "desk overtime 0\n");
    const char *shift =
        HOUR A("arrivals: {times: [0 s, 840 s]}") SHIFTS(BREAK, ", late: {constant: 60 s}");
    /* From the break he is back in time. */
    expect_story(shift, "a   0 60 answered desk/1  160\n"
                        "a 840 60 answered desk/1 1000\n");
}

static void the_later_agents_of_a_count_are_late_on_their_first_time_only(void **state)
{
    (void)state;
    expect_story(
        "time: {open: 08:00-09:00, interval: 15 min}\n" A(
            "arrivals: {times: [890 s, 895 s, 2690 s, 2695 s]}") "agents: {desk: {count: {per: 15 "
                                                                 "min, counts: [1, 2, 1, 2]}, "
                                                                 "serves: [a],\n"
                                                                 "  late: {constant: 30 s}}}\n",
        "a  890  0 answered desk/1  990\n"
        "a  895 35 answered desk/2 1030\n" /* from 900, 30 s late */
        "a 2690  0 answered desk/1 2790\n"
        "a 2695  5 answered desk/2 2800\n"); /* from 2700, in time */
}

static void shrinkage_rounds_to_the_nearest_agent_halves_up(void **state)
{
    (void)state;
    static const struct {
        int count;
        const char *shrinkage, *planned;
    } cases[] = {
        {24, "12%", "desk planned 21"}, {10, "5%", "desk planned 10"},
        {30, "15%", "desk planned 26"}, {5, "50%", "desk planned 3"},
        {1, "50%", "desk planned 1"},   {1, "60%", "desk planned 0"},
        {10, "25%", "desk planned 8"},  {100, "35%", "desk planned 65"},
        {50, "29%", "desk planned 36"}, {10, "0%", "desk planned 10"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char agents[200];
        snprintf(agents, sizeof agents,
                 HOUR A("arrivals: {times: [0 s]}") "agents: {desk: {count: %d, shrinkage: %s, "
                                                    "serves: [a]}}\n",
                 cases[i].count, cases[i].shrinkage);
        expect_figures(agents, cases[i].planned);
    }
}

/* Ten shifts of one: 8.8 of them are 9, not ten times 0.88 rounded. */
static void shrinkage_of_shifts_rounds_their_sum(void **state)
{
    (void)state;
    const char *one = "{count: 1, hours: 08:00-09:00}";
    char scenario[1000];
    snprintf(scenario, sizeof scenario,
             HOUR A("arrivals: {times: [0 s]}") "agents: {desk: {serves: [a], shrinkage: 12%%, "
                                                "shifts: [%s, %s, %s, %s, %s, %s, %s, %s, %s, "
                                                "%s]}}\n",
             one, one, one, one, one, one, one, one, one, one);
    expect_figures(scenario, "desk scheduled 10\n desk planned 9\n desk staffed 9\n");
}

static void shrinkage_is_of_each_step_and_cost_of_all_heads(void **state)
{
    (void)state;
    expect_figures(HOUR A("arrivals: {times: [0 s]}")
                       COUNTS("10, 3", ", shrinkage: 25%, cost: 24 per h"),
                   "desk[0] scheduled 10\n desk[0] planned 8\n desk[0] staffed 8\n"
                   "desk[1] scheduled 3\n desk[1] planned 2\n desk cost 156\n");
}

static void whoever_is_absent_is_absent_all_day(void **state)
{
    (void)state;
    const char *nobody = HOUR
        "queues: {a: {handling: {constant: 9 s}, patience: {constant: 30 s}, arrivals: {times: [5 "
        "s, 1800 s]}}}\n" COUNTS("3, 4", ", absence: 100%");
    expect_story(nobody, "a    5 30 abandoned -   35\n"
                         "a 1800 30 abandoned - 1830\n");
    expect_figures(nobody, "desk staffed 0\n desk planned 3.5\n desk occupancy -\n");
}

static void absence_takes_its_share_of_the_agents(void **state)
{
    (void)state;
    struct trial trial =
        by_hand_trial(HOUR A("arrivals: {times: [0 s]}") COUNTS("10, 20", ", absence: 30%"));
    trial_run(&trial, &(oh_run_options){.replications = 2000, .jobs = 1});
    expect_metric(&trial, OH_AGENTS, "desk", "staffed", 15 * 0.7);
    /* Of all days alike: the number of twenty who came has the binomial variance. */
    oh_estimate e = trial_read(&trial, OH_AGENTS, "desk", 1, "staffed");
    double se = e.half_width / 1.9611; /* Student's t of 1999 at 95 % */
    assert_close(se * se * 2000, 20 * 0.3 * 0.7, 0.15);
    trial_free(&trial);
}

/* ---- after a contact ---- */

static void who_is_not_ready_after_a_contact_is_on_duty_and_not_busy(void **state)
{
    (void)state;
    const char *scenario = HOUR A("arrivals: {times: [0 s, 10 s, 220 s]}")
        COUNTS("1, 1", ", not_ready: {share: 100%, for: 20 s}");
    /* Not ready 100-120 and 220-240 s. */
    expect_story(scenario, "a   0   0 answered desk/1 100\n"
                           "a  10 110 answered desk/1 220\n"
                           "a 220  20 answered desk/1 340\n");
    expect_figures(scenario, "desk busy 0.083333333333333333\n desk staffed 1\n"
                             "desk occupancy 0.083333333333333333\n");
}

static void who_is_ready_again_takes_the_call_whose_patience_ends(void **state)
{
    (void)state;
    expect_story(HOUR "queues: {a: {handling: {constant: 100 s}, patience: {constant: 110 s}, "
                      "arrivals: {times: [0 s, 9 s, 10 s]}}}\n" COUNTS(
                          "1, 1", ", not_ready: {share: 100%, for: 20 s}"),
                 "a  0   0 answered  desk/1 100\n"
                 "a  9 110 abandoned -      119\n"
                 "a 10 110 answered  desk/1 220\n");
}

/* ---- money ---- */

static void cost_is_paid_on_heads_and_overtime(void **state)
{
    (void)state;
    const char *scenario =
        HOUR A("arrivals: {times: [3590 s]}, value: {answered: 20, within: 30 s}, "
               "cost: {abandoned: 12, blocked: 5, waiting: 0.60 per min}") "agents: {desk: {count: "
                                                                           "2, cost: 24 per h, "
                                                                           "serves: [a]}}\n";
    /* One of them works 90 s more. */
    expect_figures(scenario, "desk overtime 90\n desk cost 48.6\n a value 20\n a cost 0\n"
                             "total value 20\n total profit -28.6\n total cost 48.6\n");
    const char *shift = HOUR A("arrivals: {times: [650 s]}") SHIFTS(BREAK, ", cost: 24 per h");
    expect_figures(shift, "desk cost 24\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(idle_agents_leave_first_when_the_plan_falls),
        cmocka_unit_test(then_the_next_to_finish_leave),
        cmocka_unit_test(a_plan_that_rises_again_keeps_those_who_would_have_left),
        cmocka_unit_test(agents_of_shifts_leave_by_their_own_shift),
        cmocka_unit_test(a_drop_cuts_the_contact_which_stays_answered),
        cmocka_unit_test(a_drop_cuts_hold_and_wrap_up_where_they_are),
        cmocka_unit_test(who_was_dropped_comes_back_as_others_do),
        cmocka_unit_test(who_is_not_idle_at_the_planned_end_takes_no_other_call),
        cmocka_unit_test(a_break_begins_at_its_time_and_ends_at_its_planned_end),
        cmocka_unit_test(a_break_begins_after_the_contact_in_hand),
        cmocka_unit_test(a_call_at_the_start_of_a_break_is_taken_and_at_its_end_too),
        cmocka_unit_test(a_contact_longer_than_the_break_leaves_none),
        cmocka_unit_test(a_break_takes_all_agents_of_its_line_and_no_others),
        cmocka_unit_test(patience_that_ends_as_the_break_does_is_enough),
        cmocka_unit_test(who_comes_late_is_not_there_before),
        cmocka_unit_test(the_later_agents_of_a_count_are_late_on_their_first_time_only),
        cmocka_unit_test(shrinkage_rounds_to_the_nearest_agent_halves_up),
        cmocka_unit_test(shrinkage_of_shifts_rounds_their_sum),
        cmocka_unit_test(shrinkage_is_of_each_step_and_cost_of_all_heads),
        cmocka_unit_test(whoever_is_absent_is_absent_all_day),
        cmocka_unit_test(absence_takes_its_share_of_the_agents),
        cmocka_unit_test(who_is_not_ready_after_a_contact_is_on_duty_and_not_busy),
        cmocka_unit_test(who_is_ready_again_takes_the_call_whose_patience_ends),
        cmocka_unit_test(cost_is_paid_on_heads_and_overtime),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
