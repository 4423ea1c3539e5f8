/* test_traces_callers.c - calls written out by hand: transfers, redials, returns, announcements,
 * callers who leave unseen, talks that lengthen with the wait.
 */
#include "../support/by_hand.h"

#include <stdio.h>

/* ---- transfers ---- */

#define TWO_TIERS(transfer, more_b)                                                                \
    "queues:\n"                                                                                    \
    "  a: {arrivals: {times: [0 s, 5 s]}, patience: never,\n"                                      \
    "      handling: {talk: {constant: 30 s}, wrap_up: {constant: 10 s}},\n"                       \
    "      transfer: [{to: b, share: 100%" transfer "}]}\n"                                        \
    "  b: {handling: {constant: 50 s}, " more_b "}\n"                                              \
    "agents:\n  desk: {count: 1, serves: [a]}\n  expert: {count: 1, serves: [b]}\n"

static void a_cold_transfer_joins_the_other_queue_at_the_end_of_talk(void **state)
{
    (void)state;
    const char *scenario = HOUR TWO_TIERS("", "patience: never");
    expect_story(scenario, "a  0  0 answered desk/1    30 talk 30 wrap_up 10 visit 0 caller 1\n"
                           "a  5 35 answered desk/1    70 talk 30 wrap_up 10 visit 0 caller 2\n"
                           "b 30  0 answered expert/1  80 talk 50 wrap_up 0 visit 1 caller 1\n"
                           "b 70 10 answered expert/1 130 talk 50 wrap_up 0 visit 1 caller 2\n");
    expect_figures(scenario, "a arrivals 2\n a transfers_out 2\n a transfers_in 0\n a callers 2\n"
                             "a callers_served 2\n b arrivals 2\n b transfers_in 2\n b callers 0\n"
                             "b transfers_out 0\n b offered 2\n b asa 5\n b caller_answer_rate -\n"
                             "total arrivals 4\n total callers 2\n total caller_answer_rate 1\n"
                             "desk occupancy 0.022222222222222222\n a aht 40\n");
}

static void a_warm_transfer_lengthens_the_first_agents_talk(void **state)
{
    (void)state;
    expect_story(HOUR TWO_TIERS(", warm: 20 s", "patience: never"),
                 "a  0  0 answered desk/1    50 talk 50 wrap_up 10\n"
                 "a  5 55 answered desk/1   110 talk 50 wrap_up 10\n"
                 "b 50  0 answered expert/1 100\n"
                 "b 110 0 answered expert/1 160\n");
}

static void a_transfer_may_bring_its_own_handling(void **state)
{
    (void)state;
    expect_story(HOUR TWO_TIERS(", handling: {talk: {constant: 6 s}, wrap_up: {constant: 1 s}}",
                                "patience: never"),
                 "a  0  0 answered desk/1    30\n"
                 "a  5 35 answered desk/1    70\n"
                 "b 30  0 answered expert/1  36 talk 6 wrap_up 1\n"
                 "b 70  0 answered expert/1  76 talk 6 wrap_up 1\n");
}

static void a_transfer_skips_self_service_and_has_fresh_patience(void **state)
{
    (void)state;
    /* The second caller waits 20 of the 50 s that the first one takes from 30 s; patience of a is
     * never, of b 8 s. */
    expect_story(HOUR TWO_TIERS("", "patience: {constant: 8 s}, self_service: {time: 10 min, "
                                    "resolves: 100%}"),
                 "a  0  0 answered  desk/1   30\n"
                 "a  5 35 answered  desk/1   70\n"
                 "b 30  0 answered  expert/1 80\n"
                 "b 70  8 abandoned -        78 visit 1\n");
}

static void a_transfer_obeys_capacity_and_balking(void **state)
{
    (void)state;
    expect_story(HOUR TWO_TIERS("", "patience: never, capacity: 0"),
                 "a  0  0 answered desk/1   30\n"
                 "a  5 35 answered desk/1   70\n"
                 "b 30  0 answered expert/1 80\n"
                 "b 70  0 blocked  -        70\n");
    expect_story(HOUR TWO_TIERS("", "patience: never, balk: 100%"),
                 "a  0  0 answered desk/1   30\n"
                 "a  5 35 answered desk/1   70\n"
                 "b 30  0 answered expert/1 80\n"
                 "b 70  0 balked   -        70\n");
}

/* An email has taken no line; the call that it leads to finds the only one taken. */
static void a_transfer_is_not_blocked_by_full_lines(void **state)
{
    (void)state;
    expect_story(
        "lines: 1\n" HOUR "queues:\n"
        "  c: {arrivals: {times: [0 s, 40 s]}, handling: {constant: 100 s}, patience: never}\n"
        "  e: {channel: email, arrivals: {times: [0 s]}, handling: {constant: 30 s},\n"
        "      transfer: [{to: b, share: 100%}]}\n"
        "  b: {handling: {constant: 20 s}, patience: never}\n" DESK(4, [ b, c, e ]),
        "c  0 0 answered ? 100\n"
        "e  0 0 answered ?  30\n"
        "b 30 0 answered ?  50\n"
        "c 40 0 blocked  -  40\n");
}

static void a_call_may_be_passed_on_more_than_once(void **state)
{
    (void)state;
    expect_story(HOUR
                 "queues:\n"
                 "  a: {arrivals: {times: [0 s]}, handling: {constant: 10 s}, patience: never,\n"
                 "      transfer: [{to: b, share: 100%}]}\n"
                 "  b: {handling: {constant: 20 s}, patience: never, transfer: [{to: c, share: "
                 "100%}]}\n"
                 "  c: {handling: {constant: 30 s}, patience: never}\n" DESK(2, [ a, b, c ]),
                 "a  0 0 answered ? 10 visit 0 caller 1\n"
                 "b 10 0 answered ? 30 visit 1 caller 1\n"
                 "c 30 0 answered ? 60 visit 2 caller 1\n");
}

static void several_transfers_share_the_calls(void **state)
{
    (void)state;
    struct trial trial = by_hand_trial(
        "time: {open: 08:00-20:00}\n"
        "queues:\n"
        "  a: {arrivals: {renewal: 10 s}, handling: {constant: 2 s}, patience: never,\n"
        "      transfer: [{to: b, share: 20%}, {to: c, share: 35%}],\n"
        "      unresolved: {share: 100%, delay: 11 h, to: d}}\n"
        "  b: {handling: {constant: 1 s}, patience: never}\n"
        "  c: {handling: {constant: 1 s}, patience: never}\n"
        "  d: {handling: {constant: 1 s}, patience: never}\n" DESK(9, [ a, b, c, d ]));
    trial_run(&trial, &(oh_run_options){.replications = 40, .jobs = 1});
    /* 4320 calls; the last at closing is still passed on. */
    expect_metric(&trial, OH_QUEUE, "b", "transfers_in", 4320 * 0.2);
    expect_metric(&trial, OH_QUEUE, "c", "transfers_in", 4320 * 0.35);
    /* Who is passed on does not return; of the others those whose talk ends by 09:00 do. */
    expect_metric(&trial, OH_QUEUE, "d", "returns", 359 * 0.45);
    trial_free(&trial);
}

/* ---- redials and returns ---- */

static void who_hangs_up_calls_again_after_a_delay_as_often_as_allowed(void **state)
{
    (void)state;
    const char *scenario =
        HOUR "queues: {a: {arrivals: {times: [0 s, 10 s]}, patience: {constant: 20 s},\n"
             "  handling: {constant: 300 s},\n"
             "  redial: {after_abandon: 100%, delay: 60 s, at_most: 2}}}\n" DESK(1, [a]);
    expect_story(scenario, "a   0  0 answered  desk/1 300 visit 0 caller 1\n"
                           "a  10 20 abandoned -       30 visit 0 caller 2\n"
                           "a  90 20 abandoned -      110 visit 1 caller 2\n"
                           "a 170 20 abandoned -      190 visit 2 caller 2\n");
    expect_figures(scenario,
                   "a arrivals 4\n a callers 2\n a callers_served 1\n a redials 2\n"
                   "a caller_answer_rate 0.5\n a answer_rate 0.25\n a abandon_rate 0.75\n");
}

static void a_caller_counts_as_served_if_a_later_call_is_answered(void **state)
{
    (void)state;
    const char *scenario =
        HOUR "queues: {a: {arrivals: {times: [1700 s, 1710 s]}, patience: {constant: 20 s},\n"
             "  handling: {constant: 200 s}, redial: {after_abandon: 100%, delay: 300 s}}}\n" DESK(
                 1, [a]);
    expect_story(scenario, "a 1700  0 answered  desk/1 1900\n"
                           "a 1710 20 abandoned -      1730\n"
                           "a 2030  0 answered  desk/1 2230 visit 1\n");
    /* In the interval of the first call. */
    expect_figures(scenario, "a[0] callers 2\n a[0] callers_served 2\n a[1] callers 0\n"
                             "a[1] redials 1\n a[1] answered 1\n a caller_answer_rate 1\n");
}

static void again_replaces_the_probability_from_the_second_redial_on(void **state)
{
    (void)state;
    expect_story(
        HOUR
        "queues: {a: {arrivals: {times: [0 s]}, patience: {constant: 20 s}, handling: "
        "{constant: 9 s}, redial: {after_abandon: 100%, again: 0%, delay: 60 s}}}\n" DESK(0, [a]),
        "a  0 20 abandoned -  20\n"
        "a 80 20 abandoned - 100 visit 1\n");
}

static void who_gets_a_busy_tone_calls_again_with_another_probability(void **state)
{
    (void)state;
    expect_story(HOUR
                 "queues: {a: {arrivals: {times: [0 s, 10 s]}, patience: never, capacity: 0,\n"
                 "  handling: {constant: 100 s}, redial: {after_abandon: 0%, after_block: 100%, "
                 "delay: 60 s}}}\n" DESK(1, [a]),
                 "a   0 0 answered desk/1 100\n"
                 "a  10 0 blocked  -       10 visit 0\n"
                 "a  70 0 blocked  -       70 visit 1\n"
                 "a 130 0 answered desk/1 230 visit 2\n");
    expect_story(HOUR
                 "queues: {a: {arrivals: {times: [0 s, 10 s]}, patience: never, capacity: 0,\n"
                 "  handling: {constant: 100 s}, redial: {after_abandon: 100%, after_block: 0%, "
                 "delay: 60 s}}}\n" DESK(1, [a]),
                 "a  0 0 answered desk/1 100\n"
                 "a 10 0 blocked  -       10\n");
}

static void who_balks_has_abandoned_and_may_redial_elsewhere(void **state)
{
    (void)state;
    expect_story(HOUR "queues:\n"
                      "  a: {arrivals: {times: [0 s, 10 s]}, patience: never, balk: 100%,\n"
                      "      handling: {constant: 100 s},\n"
                      "      redial: {after_abandon: 100%, after_block: 0%, delay: 5 s, to: b}}\n"
                      "  b: {handling: {constant: 7 s}, patience: never}\n"
                      "agents: {desk: {count: 1, serves: [a]}, two: {count: 1, serves: [b]}}\n",
                 "a  0 0 answered desk/1 100\n"
                 "a 10 0 balked   -       10\n"
                 "b 15 0 answered two/1   22 visit 1 caller 2\n");
}

static void a_redial_passes_self_service_again(void **state)
{
    (void)state;
    expect_story(HOUR
                 "queues: {a: {arrivals: {times: [0 s]}, patience: {constant: 20 s}, handling: "
                 "{constant: 9 s}, self_service: {time: 30 s, resolves: 0%},\n"
                 "  redial: {after_abandon: 100%, at_most: 1, delay: 60 s}}}\n" DESK(0, [a]),
                 "a   0 20 abandoned -  50\n"
                 "a 110 20 abandoned - 160 visit 1\n");
}

static void who_is_not_helped_comes_back_and_back(void **state)
{
    (void)state;
    const char *scenario = HOUR "queues: {a: {arrivals: {times: [0 s]}, patience: never,\n"
                                "  handling: {talk: {constant: 40 s}, wrap_up: {constant: 30 s}},\n"
                                "  unresolved: {share: 100%, delay: 19 min}}}\n" DESK(1, [a]);
    /* 1140 s after the end of talk; the third return would be at 3540 + 40 + ... */
    expect_story(scenario, "a    0 0 answered desk/1   40 visit 0 caller 1\n"
                           "a 1180 0 answered desk/1 1220 visit 1 caller 1\n"
                           "a 2360 0 answered desk/1 2400 visit 2 caller 1\n"
                           "a 3540 0 answered desk/1 3580 visit 3 caller 1\n");
    expect_figures(scenario, "a returns 3\n a callers 1\n a redials 0\n");
}

static void a_return_may_go_to_another_queue_with_the_rules_of_that_one(void **state)
{
    (void)state;
    expect_story(HOUR
                 "queues:\n"
                 "  a: {arrivals: {times: [0 s]}, patience: never, handling: {constant: 40 s},\n"
                 "      unresolved: {share: 100%, delay: 60 s, to: b}}\n"
                 "  b: {handling: {constant: 5 s}, patience: never}\n" DESK(1, [ a, b ]),
                 "a   0 0 answered desk/1  40\n"
                 "b 100 0 answered desk/1 105 visit 1 caller 1\n");
}

/* ---- announcements ---- */

#define TOLD(announce, patience)                                                                   \
    "queues: {a: {arrivals: {times: [0 s]}, handling: {constant: 9 s}, patience: "                 \
    "{constant: " patience "}, announce: {" announce "}}}\n" DESK(0, [a])

static void an_announcement_multiplies_the_patience_that_is_left(void **state)
{
    (void)state;
    expect_story(HOUR TOLD("at: 10 s, patience: 0.5", "40 s"), "a 0 25 abandoned - 25\n");
    expect_story(HOUR TOLD("at: 0 s, patience: 1.2", "50 s"), "a 0 60 abandoned - 60\n");
    expect_story(HOUR TOLD("at: 60 s, patience: 2", "40 s"), "a 0 40 abandoned - 40\n");
}

static void each_announcement_multiplies_what_is_left_then(void **state)
{
    (void)state;
    /* At 10 s 30 become 15, at 20 s 5 become 2.5. */
    expect_story(HOUR TOLD("at: 10 s, every: 10 s, patience: 0.5", "40 s"),
                 "a 0 22.5 abandoned - 22.5\n");
    /* At 0 s 25 become 50, at 30 s 20 become 40, at 60 s 10 become 20. */
    expect_story(HOUR TOLD("at: 0 s, every: 30 s, patience: 2", "25 s"), "a 0 80 abandoned - 80\n");
}

static void without_a_first_time_it_is_after_the_interval(void **state)
{
    (void)state;
    /* At 20 s 10 become 20; at 40 s nothing is left. */
    expect_story(HOUR TOLD("every: 20 s, patience: 2", "30 s"), "a 0 40 abandoned - 40\n");
}

static void an_announcement_changes_who_is_answered(void **state)
{
    (void)state;
    const char *queue =
        "queues: {a: {arrivals: {times: [0 s, 0 s]}, handling: {constant: 100 s}, patience: "
        "{constant: 60 s}, announce: {at: 10 s, patience: 1.8}}}\n";
    char scenario[500];
    snprintf(scenario, sizeof scenario, HOUR "%s" DESK(1, [a]), queue);
    expect_story(scenario, "a 0   0 answered desk/1 100\n"
                           "a 0 100 answered desk/1 200\n"); /* exactly: 10 + 90 */
}

static void announcements_to_those_who_never_hang_up_end_with_the_day(void **state)
{
    (void)state;
    expect_story(HOUR
                 "queues: {a: {channel: email, arrivals: {times: [0 s]}, handling: {constant: 9 "
                 "s}, announce: {every: 60 s, patience: 1.2}}}\n" DESK(0, [a]),
                 "a 0 3600 left_over - 3600\n");
}

/* ---- leaving unseen ---- */

#define UNSEEN(more)                                                                               \
    "queues: {a: {arrivals: {times: [0 s, 10 s, 50 s, 75 s]}, handling: {constant: 100 s},\n"      \
    "  patience: {constant: 30 s}, silent: {share: 100%, wastes: 45 s}" more "}}\n" DESK(1, [a])

static void who_leaves_unseen_takes_his_turn_and_wastes_the_agents_time(void **state)
{
    (void)state;
    const char *scenario = HOUR UNSEEN("");
    /* The agent: 0-100 talk, 100-145, 145-190, 190-235 nobody. */
    expect_story(scenario, "a  0  0 answered  desk/1 100\n"
                           "a 10 30 abandoned -       40\n"
                           "a 50 30 abandoned -       80\n"
                           "a 75 30 abandoned -      105\n");
    expect_figures(scenario, "a abandoned 3\n a aht 100\n desk busy 0.065277777777777778\n"
                             "a queue_length 0.025\n a queue_max 2\n"); /* 90 s; 75-80 s two */
}

static void who_has_left_unseen_counts_in_capacity(void **state)
{
    (void)state;
    const char *scenario = HOUR UNSEEN(", capacity: 1");
    expect_story(scenario, "a  0  0 answered  desk/1 100\n"
                           "a 10 30 abandoned -       40\n"
                           "a 50  0 blocked   -       50\n"
                           "a 75  0 blocked   -       75\n");
}

static void who_waits_behind_the_unseen_waits_for_the_waste(void **state)
{
    (void)state;
    expect_story(
        HOUR "queues:\n"
             "  a: {arrivals: {times: [0 s, 10 s]}, handling: {constant: 100 s}, patience: "
             "{constant: 30 s}, silent: {share: 100%, wastes: 45 s}}\n"
             "  b: {arrivals: {times: [20 s]}, handling: {constant: 5 s}, patience: never}\n" DESK(
                 1, [ a, b ]),
        "a  0   0 answered  desk/1 100\n"
        "a 10  30 abandoned -       40\n"
        "b 20 125 answered  desk/1 150\n");
}

static void the_unseen_is_handed_to_the_backup_when_it_is_his_turn(void **state)
{
    (void)state;
    /* Gone at 40 s, still in line: at 70 s the backup, who is idle, may take the call. The next one
     * of b comes while he finds nobody there. */
    expect_story(
        HOUR "queues:\n"
             "  a: {arrivals: {times: [0 s, 10 s]}, handling: {constant: 100 s}, patience: "
             "{constant: 30 s},\n"
             "      silent: {share: 100%, wastes: 45 s}, prefers: [desk, {group: backup, after: "
             "60 s}]}\n"
             "  b: {arrivals: {times: [80 s]}, handling: {constant: 5 s}, patience: never}\n"
             "agents: {desk: {count: 1, serves: [a]}, backup: {count: 1, serves: [a, b]}}\n",
        "a  0  0 answered  desk/1   100\n"
        "a 10 30 abandoned -         40\n"
        "b 80 35 answered  backup/1 120\n");
}

static void who_leaves_unseen_may_call_again_meanwhile(void **state)
{
    (void)state;
    expect_story(HOUR "queues: {a: {arrivals: {times: [0 s, 10 s]}, handling: {constant: 100 s}, "
                      "patience: {constant: 30 s}, silent: {share: 100%, wastes: 45 s},\n"
                      "  redial: {after_abandon: 100%, at_most: 1, delay: 90 s}}}\n" DESK(1, [a]),
                 "a   0  0 answered  desk/1 100\n"
                 "a  10 30 abandoned -       40\n"
                 "a 130 15 answered  desk/1 245 visit 1\n");
}

/* ---- slower when late ---- */

static void a_late_answer_makes_the_talk_longer(void **state)
{
    (void)state;
    expect_story(HOUR
                 "queues: {a: {arrivals: {times: [0 s, 10 s]}, ring: 2 s, patience: never,\n"
                 "  slower_when_late: 50%,\n"
                 "  handling: {talk: {constant: 40 s}, wrap_up: {constant: 5 s}}}}\n" DESK(1, [a]),
                 "a  0  2 answered desk/1  43 talk 41 wrap_up 5\n"
                 "a 10 40 answered desk/1 110 talk 60 wrap_up 5\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cold_transfer_joins_the_other_queue_at_the_end_of_talk),
        cmocka_unit_test(a_warm_transfer_lengthens_the_first_agents_talk),
        cmocka_unit_test(a_transfer_may_bring_its_own_handling),
        cmocka_unit_test(a_transfer_skips_self_service_and_has_fresh_patience),
        cmocka_unit_test(a_transfer_obeys_capacity_and_balking),
        cmocka_unit_test(a_transfer_is_not_blocked_by_full_lines),
        cmocka_unit_test(a_call_may_be_passed_on_more_than_once),
        cmocka_unit_test(several_transfers_share_the_calls),
        cmocka_unit_test(who_hangs_up_calls_again_after_a_delay_as_often_as_allowed),
        cmocka_unit_test(a_caller_counts_as_served_if_a_later_call_is_answered),
        cmocka_unit_test(again_replaces_the_probability_from_the_second_redial_on),
        cmocka_unit_test(who_gets_a_busy_tone_calls_again_with_another_probability),
        cmocka_unit_test(who_balks_has_abandoned_and_may_redial_elsewhere),
        cmocka_unit_test(a_redial_passes_self_service_again),
        cmocka_unit_test(who_is_not_helped_comes_back_and_back),
        cmocka_unit_test(a_return_may_go_to_another_queue_with_the_rules_of_that_one),
        cmocka_unit_test(an_announcement_multiplies_the_patience_that_is_left),
        cmocka_unit_test(each_announcement_multiplies_what_is_left_then),
        cmocka_unit_test(without_a_first_time_it_is_after_the_interval),
        cmocka_unit_test(an_announcement_changes_who_is_answered),
        cmocka_unit_test(announcements_to_those_who_never_hang_up_end_with_the_day),
        cmocka_unit_test(who_leaves_unseen_takes_his_turn_and_wastes_the_agents_time),
        cmocka_unit_test(who_has_left_unseen_counts_in_capacity),
        cmocka_unit_test(who_waits_behind_the_unseen_waits_for_the_waste),
        cmocka_unit_test(the_unseen_is_handed_to_the_backup_when_it_is_his_turn),
        cmocka_unit_test(who_leaves_unseen_may_call_again_meanwhile),
        cmocka_unit_test(a_late_answer_makes_the_talk_longer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
