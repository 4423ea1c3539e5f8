/* test_traces_routing.c - calls written out by hand: every pick rule, every choose rule, preferred
 * groups and overflow, reserves.
 */
#include "../support/by_hand.h"

#include <stdio.h>

/* Queues a and b with 60 s of handling each; a first in the file. */
#define QUEUES(more_a, more_b)                                                                     \
    "queues:\n"                                                                                    \
    "  a: {handling: {constant: 60 s}, patience: never, " more_a "}\n"                             \
    "  b: {handling: {constant: 60 s}, patience: never, " more_b "}\n"
#define ONE(more) "agents: {desk: {count: 1, " more "}}\n"

/* ---- which contact ---- */

static void the_highest_priority_comes_first_then_the_longest_waiting(void **state)
{
    (void)state;
    expect_story(HOUR QUEUES("arrivals: {times: [0 s, 10 s, 30 s]}",
                             "arrivals: {times: [20 s, 40 s]}, priority: 1") ONE("serves: [a, b]"),
                 "a  0   0 answered desk/1  60\n"
                 "a 10 170 answered desk/1 240\n"
                 "b 20  40 answered desk/1 120\n"
                 "a 30 210 answered desk/1 300\n"
                 "b 40  80 answered desk/1 180\n");
    expect_story(HOUR QUEUES("arrivals: {times: [0 s, 20 s]}", "arrivals: {times: [10 s, 30 s]}")
                     ONE("serves: [b, a]"),
                 "a  0   0 answered desk/1  60\n"
                 "b 10  50 answered desk/1 120\n"
                 "a 20 100 answered desk/1 180\n"
                 "b 30 150 answered desk/1 240\n");
}

static void the_lowest_rank_comes_before_priority_and_waiting(void **state)
{
    (void)state;
    expect_story(
        HOUR QUEUES("arrivals: {times: [0 s, 10 s]}, priority: 1", "arrivals: {times: [20 s]}")
            ONE("serves: {a: {rank: 2}, b: {rank: 1}}"),
        "a  0   0 answered desk/1  60\n"
        "a 10 110 answered desk/1 180\n"
        "b 20  40 answered desk/1 120\n");
    /* Without ranks the order of the list. */
    expect_story(HOUR QUEUES("arrivals: {times: [0 s, 10 s]}, priority: 1",
                             "arrivals: {times: [20 s]}") ONE("pick: rank, serves: [b, a]"),
                 "a  0   0 answered desk/1  60\n"
                 "a 10 110 answered desk/1 180\n"
                 "b 20  40 answered desk/1 120\n");
}

static void among_equal_ranks_priority_decides(void **state)
{
    (void)state;
    expect_story(
        HOUR QUEUES("arrivals: {times: [0 s, 10 s]}", "arrivals: {times: [20 s]}, priority: 4")
            ONE("serves: {a: {rank: 2}, b: {rank: 2}}"),
        "a  0   0 answered desk/1  60\n"
        "a 10 110 answered desk/1 180\n"
        "b 20  40 answered desk/1 120\n");
}

static void the_longest_wait_ignores_rank_and_priority(void **state)
{
    (void)state;
    expect_story(
        HOUR QUEUES("arrivals: {times: [0 s, 10 s]}", "arrivals: {times: [20 s]}, priority: 1")
            ONE("pick: longest_wait, serves: [b, a]"),
        "a  0   0 answered desk/1  60\n"
        "a 10  50 answered desk/1 120\n"
        "b 20 100 answered desk/1 180\n");
}

/* Ties: longest waiting, then file order. Rank and priority are not asked. */
static void equal_waits_are_taken_in_the_order_of_the_file(void **state)
{
    (void)state;
    static const char *const rules[] = {"longest_wait", "longest_queue", "weighted_wait",
                                        "queue_ratio"};
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        char scenario[600];
        snprintf(
            scenario, sizeof scenario,
            HOUR QUEUES("arrivals: {times: [0 s, 10 s]}", "arrivals: {times: [10 s]}, priority: 1")
                ONE("pick: %s, serves: [b, a]"),
            rules[i]);
        expect_story(scenario, "a  0   0 answered desk/1  60\n"
                               "a 10  50 answered desk/1 120\n"
                               "b 10 110 answered desk/1 180\n");
    }
    expect_story(HOUR QUEUES("arrivals: {times: [0 s, 10 s]}", "arrivals: {times: [10 s]}")
                     ONE("serves: [b, a]"),
                 "a  0   0 answered desk/1  60\n"
                 "a 10  50 answered desk/1 120\n"
                 "b 10 110 answered desk/1 180\n");
}

static void the_longest_queue_is_that_with_most_waiting(void **state)
{
    (void)state;
    /* At 60 s: a 1, b 2. At 120 s 1 and 1: the longest waiting. */
    expect_story(HOUR QUEUES("arrivals: {times: [0 s, 10 s]}", "arrivals: {times: [20 s, 30 s]}")
                     ONE("pick: longest_queue, serves: [a, b]"),
                 "a  0   0 answered desk/1  60\n"
                 "a 10 110 answered desk/1 180\n"
                 "b 20  40 answered desk/1 120\n"
                 "b 30 150 answered desk/1 240\n");
}

static void a_weighted_wait_is_the_weight_times_the_wait(void **state)
{
    (void)state;
    /* At 60 s: a 1 x 50, b 3 x 20 = 60. At 120 s: a alone. Then at 180 s: a 1 x 55, b 3 x 18 = 54.
     */
    expect_story(HOUR QUEUES("arrivals: {times: [0 s, 10 s, 125 s]}",
                             "arrivals: {times: [40 s, 162 s]}, weight: 3")
                     ONE("pick: weighted_wait, serves: [a, b]"),
                 "a   0   0 answered desk/1  60\n"
                 "a  10 110 answered desk/1 180\n"
                 "b  40  20 answered desk/1 120\n"
                 "a 125  55 answered desk/1 240\n"
                 "b 162  78 answered desk/1 300\n");
}

static void a_queue_ratio_takes_from_the_queue_most_above_its_share(void **state)
{
    (void)state;
    /* Shares 1/4 and 3/4. At 60 s: a 1 - 3/4 = 1/4; b 2 - 9/4 = -1/4, though b is longer. */
    expect_story(
        HOUR QUEUES("arrivals: {times: [0 s, 40 s]}", "arrivals: {times: [20 s, 30 s]}, ratio: 3")
            ONE("pick: queue_ratio, serves: [a, b]"),
        "a  0   0 answered desk/1  60\n"
        "b 20 100 answered desk/1 180\n"
        "b 30 150 answered desk/1 240\n"
        "a 40  20 answered desk/1 120\n");
}

static void the_default_pick_of_the_file_holds_for_groups_without_one(void **state)
{
    (void)state;
    const char *queues =
        QUEUES("arrivals: {times: [0 s, 10 s]}", "arrivals: {times: [20 s]}, priority: 1");
    char scenario[800];
    snprintf(scenario, sizeof scenario, HOUR "routing: {pick: longest_wait}\n%s%s", queues,
             ONE("serves: [a, b]"));
    expect_story(scenario, "a  0   0 answered desk/1  60\n"
                           "a 10  50 answered desk/1 120\n"
                           "b 20 100 answered desk/1 180\n");
    snprintf(scenario, sizeof scenario, HOUR "routing: {pick: longest_wait}\n%s%s", queues,
             ONE("pick: first_come, serves: [a, b]"));
    expect_story(scenario, "a  0   0 answered desk/1  60\n"
                           "a 10 110 answered desk/1 180\n"
                           "b 20  40 answered desk/1 120\n");
}

/* ---- which agent ---- */

#define CALLS(rule, times)                                                                         \
    "queues: {a: {handling: {constant: 10 s}, patience: never, choose: " rule                      \
    ", arrivals: {times: " times "}}}\n"

static void the_longest_idle_agent_answers(void **state)
{
    (void)state;
    /* Idle since: at 12 s 10 and 0; at 30 s 10 and 22; at 50 s 40 and 22. */
    expect_story(HOUR CALLS("longest_idle", "[0 s, 12 s, 30 s, 50 s]") DESK(2, [a]),
                 "a  0 0 answered desk/1 10\n"
                 "a 12 0 answered desk/2 22\n"
                 "a 30 0 answered desk/1 40\n"
                 "a 50 0 answered desk/2 60\n");
}

static void a_fixed_order_takes_the_first_free_agent_of_the_file(void **state)
{
    (void)state;
    expect_story(
        HOUR CALLS("fixed", "[0 s, 5 s, 12 s, 30 s]") "agents: {z: {count: 1, serves: [a]}, b: "
                                                      "{count: 1, serves: [a]}}\n",
        "a  0 0 answered z/1 10\n"
        "a  5 0 answered b/1 15\n"
        "a 12 0 answered z/1 22\n"
        "a 30 0 answered z/1 40\n");
}

static void the_least_busy_agent_has_the_lowest_occupancy_so_far(void **state)
{
    (void)state;
    /* b keeps agent 2 for 30 s. At 60 s 10/60 and 30/60, at 80 s 20/80 and 30/80, though agent 2
     * has been idle for longer then. */
    expect_story(HOUR "queues:\n"
                      "  a: {handling: {constant: 10 s}, patience: never, choose: least_busy,\n"
                      "      arrivals: {times: [0 s, 60 s, 80 s, 110 s]}}\n"
                      "  b: {handling: {constant: 30 s}, patience: never, choose: least_busy,\n"
                      "      arrivals: {times: [20 s]}}\n" DESK(2, [ a, b ]),
                 "a   0 0 answered desk/1  10\n"
                 "b  20 0 answered desk/2  50\n"
                 "a  60 0 answered desk/1  70\n"
                 "a  80 0 answered desk/1  90\n"
                 "a 110 0 answered desk/2 120\n"); /* 30/110 each: longest idle */
}

static void occupancy_so_far_is_of_time_on_duty(void **state)
{
    (void)state;
    /* Agent 1: 60 s of 1900; agent 2, from 1800 s: 10 s of 100. */
    expect_story(HOUR
                 "queues:\n"
                 "  a: {handling: {constant: 10 s}, patience: never, choose: least_busy,\n"
                 "      arrivals: {times: [1900 s]}}\n"
                 "  b: {handling: {constant: 60 s}, patience: never, arrivals: {times: [0 s]}}\n"
                 "  c: {handling: {constant: 10 s}, patience: never, arrivals: {times: [1810 s]}}\n"
                 "agents:\n"
                 "  desk: {count: 1, serves: [a, b]}\n"
                 "  late: {count: {per: 30 min, counts: [0, 1]}, serves: [a, c]}\n",
                 "b    0 0 answered desk/1   60\n"
                 "c 1810 0 answered late/1 1820\n"
                 "a 1900 0 answered desk/1 1910\n");
}

#define CHATS(rule)                                                                                \
    "queues:\n"                                                                                    \
    "  a: {handling: {constant: 60 s}, patience: never, choose: " rule                             \
    ", arrivals: {times: [0 s]}}\n"                                                                \
    "  b: {handling: {constant: 60 s}, patience: never, choose: " rule                             \
    ", arrivals: {times: [1 s, 2 s, 3 s, 4 s]}}\n"                                                 \
    "agents: {desk: {count: 2, serves: {a: {at_once: 2, pace: [1]}, b: {at_once: 6, pace: "        \
    "[1]}}}}\n"

static void the_least_loaded_agent_is_least_filled(void **state)
{
    (void)state;
    /* a fills half of agent 1: b goes to agent 2 until he is half full, too; then both are longest
     * idle since opening: number 1. */
    expect_story(HOUR CHATS("least_loaded"), "a 0 0 answered desk/1 60\n"
                                             "b 1 0 answered desk/2 61\n"
                                             "b 2 0 answered desk/2 62\n"
                                             "b 3 0 answered desk/2 63\n"
                                             "b 4 0 answered desk/1 64\n");
}

static void the_longest_idle_is_who_has_nothing_and_then_who_has_fewest(void **state)
{
    (void)state;
    expect_story(HOUR CHATS("longest_idle"), "a 0 0 answered desk/1 60\n"
                                             "b 1 0 answered desk/2 61\n"
                                             "b 2 0 answered desk/1 62\n"
                                             "b 3 0 answered desk/2 63\n"
                                             "b 4 0 answered desk/1 64\n");
}

static void the_most_loaded_agent_is_filled_up_first(void **state)
{
    (void)state;
    /* 1/2 + 3 x 1/6 = 1: the fourth goes to agent 2. */
    expect_story(HOUR CHATS("most_loaded"), "a 0 0 answered desk/1 60\n"
                                            "b 1 0 answered desk/1 61\n"
                                            "b 2 0 answered desk/1 62\n"
                                            "b 3 0 answered desk/1 63\n"
                                            "b 4 0 answered desk/2 64\n");
}

/* Pearson's chi-square of equal shares. */
static double chi_square(const double *n, size_t k)
{
    double all = 0, sum = 0;
    for (size_t i = 0; i < k; i++)
        all += n[i];
    double expected = all / (double)k;
    for (size_t i = 0; i < k; i++)
        sum += (n[i] - expected) * (n[i] - expected) / expected;
    return sum;
}

static void a_random_choice_is_uniform_over_agents_not_groups(void **state)
{
    (void)state;
    const char *text = HOUR "queues: {a: {handling: {constant: 100 ms}, patience: never,\n"
                            "  choose: random, arrivals: {renewal: 500 ms}}}\n"
                            "agents: {one: {count: 1, serves: [a]}, three: {count: 3, serves: "
                            "[a]}}\n";
    struct trial trial = by_hand_trial(text);
    struct played p = play_one(trial.model, 1, 1, false, text);
    double n[4] = {0}, pairs[16] = {0};
    size_t last = 0;
    assert_int_equal(p.records, 7200);
    for (size_t i = 0; i < p.records; i++) {
        size_t who = (size_t)(p.record[i].group + p.record[i].agent - 1);
        n[who]++;
        if (i > 0)
            pairs[4 * last + who]++;
        last = who;
    }
    /* 99.9 % quantiles of chi-square with 3 and 15 degrees of freedom. */
    assert_true(chi_square(n, 4) < 16.27);
    assert_true(chi_square(pairs, 16) < 37.70);
    played_free(&p);
    trial_free(&trial);
}

static void a_random_choice_is_among_the_free(void **state)
{
    (void)state;
    expect_story(HOUR CALLS("random", "[0 s, 1 s, 2 s, 3 s]") DESK(3, [a]),
                 "a 0 0 answered ? 10\n"
                 "a 1 0 answered ? 11\n"
                 "a 2 0 answered ? 12\n"
                 "a 3 7 answered ? 20\n");
}

static void the_default_choice_of_the_file_holds_for_queues_without_one(void **state)
{
    (void)state;
    expect_story(HOUR "routing: {choose: fixed}\n"
                      "queues: {a: {handling: {constant: 10 s}, patience: never, arrivals: {times: "
                      "[0 s, 12 s]}}}\n" DESK(2, [a]),
                 "a  0 0 answered desk/1 10\n"
                 "a 12 0 answered desk/1 22\n");
}

/* ---- preferred groups ---- */

#define GROUPS "agents:\n  backup: {count: 1, serves: [a, b]}\n  desk: {count: 1, serves: [a]}\n"

static void groups_are_asked_in_the_order_of_preference(void **state)
{
    (void)state;
    expect_story(HOUR QUEUES("arrivals: {times: [0 s, 10 s, 100 s]}, prefers: [desk, backup]",
                             "arrivals: {times: [3000 s]}") GROUPS,
                 "a    0 0 answered desk/1     60\n"
                 "a   10 0 answered backup/1   70\n"
                 "a  100 0 answered desk/1    160\n" /* though backup is idle for ... */
                 "b 3000 0 answered backup/1 3060\n");
    /* ... longer: */
    expect_story(HOUR QUEUES("arrivals: {times: [50 s, 120 s]}, prefers: [desk, backup]",
                             "arrivals: {times: [0 s]}") GROUPS,
                 "b   0 0 answered backup/1  60\n"
                 "a  50 0 answered desk/1   110\n"
                 "a 120 0 answered desk/1   180\n");
}

#define OVERFLOW "prefers: [desk, {group: backup, after: 60 s}]"
/* Keeps the desk until 200 s. */
#define KEEP_DESK "  k: {handling: {constant: 200 s}, patience: never, arrivals: {times: [0 s]}}\n"
#define DESK_AND_BACKUP                                                                            \
    "agents:\n  backup: {count: 1, serves: [a, b]}\n  desk: {count: 1, serves: [a, k]}\n"

static void after_60_seconds_exactly_an_idle_backup_takes_the_call(void **state)
{
    (void)state;
    expect_story(HOUR QUEUES("arrivals: {times: [10 s]}, " OVERFLOW, "arrivals: {times: [3000 s]}")
                     KEEP_DESK DESK_AND_BACKUP,
                 "k    0  0 answered desk/1    200\n"
                 "a   10 60 answered backup/1  130\n"
                 "b 3000  0 answered backup/1 3060\n");
}

static void a_backup_that_frees_up_at_59_seconds_leaves_it_to_the_60th(void **state)
{
    (void)state;
    /* b keeps the backup from 9 to 69 s. */
    expect_story(HOUR QUEUES("arrivals: {times: [10 s]}, " OVERFLOW, "arrivals: {times: [9 s]}")
                     KEEP_DESK DESK_AND_BACKUP,
                 "k  0  0 answered desk/1   200\n"
                 "b  9  0 answered backup/1  69\n"
                 "a 10 60 answered backup/1 130\n");
}

static void a_backup_that_frees_up_later_takes_it_then(void **state)
{
    (void)state;
    expect_story(HOUR QUEUES("arrivals: {times: [10 s]}, " OVERFLOW,
                             "arrivals: {times: [10 s, 15 s]}") KEEP_DESK DESK_AND_BACKUP,
                 "k  0   0 answered desk/1   200\n"
                 "a 10  60 answered backup/1 130\n"
                 "b 10   0 answered backup/1  70\n" /* frees up at the 60th second itself */
                 "b 15 115 answered backup/1 190\n");
    expect_story(HOUR QUEUES("arrivals: {times: [10 s]}, " OVERFLOW, "arrivals: {times: [15 s]}")
                     KEEP_DESK DESK_AND_BACKUP,
                 "k  0  0 answered desk/1   200\n"
                 "a 10 65 answered backup/1 135\n"
                 "b 15  0 answered backup/1  75\n");
}

static void the_preferred_group_takes_it_whenever_it_frees_up(void **state)
{
    (void)state;
    expect_story(
        HOUR
        "queues:\n"
        "  a: {handling: {constant: 30 s}, patience: never, arrivals: {times: [0 s, 10 s]},"
        " " OVERFLOW "}\n"
        "  b: {handling: {constant: 60 s}, patience: never, arrivals: {times: [3000 s]}}\n" GROUPS,
        "a    0  0 answered desk/1     30\n"
        "a   10 20 answered desk/1     60\n"
        "b 3000  0 answered backup/1 3060\n");
}

static void overflow_comes_before_the_end_of_patience(void **state)
{
    (void)state;
    expect_story(HOUR
                 "queues:\n"
                 "  a: {handling: {constant: 30 s}, patience: {constant: 60 s}, arrivals: {times: "
                 "[10 s]}, " OVERFLOW "}\n"
                 "  b: {handling: {constant: 60 s}, patience: never, arrivals: {times: [3000 "
                 "s]}}\n" KEEP_DESK DESK_AND_BACKUP,
                 "k    0  0 answered desk/1    200\n"
                 "a   10 60 answered backup/1  100\n"
                 "b 3000  0 answered backup/1 3060\n");
}

static void the_first_in_line_does_not_hide_another_queue_from_the_backup(void **state)
{
    (void)state;
    /* At 70 s the backup frees up: a has waited 50 s and is not his yet, b 40 s. */
    expect_story(HOUR QUEUES("arrivals: {times: [20 s]}, priority: 1, " OVERFLOW,
                             "arrivals: {times: [10 s, 30 s]}") KEEP_DESK DESK_AND_BACKUP,
                 "k  0   0 answered desk/1   200\n"
                 "b 10   0 answered backup/1  70\n"
                 "a 20 110 answered backup/1 190\n"
                 "b 30  40 answered backup/1 130\n");
}

static void a_group_that_is_not_preferred_never_takes_it(void **state)
{
    (void)state;
    expect_story(HOUR QUEUES("arrivals: {times: [0 s, 10 s]}, prefers: [desk]",
                             "arrivals: {times: [3000 s]}") GROUPS,
                 "a    0  0 answered desk/1     60\n"
                 "a   10 50 answered desk/1    120\n"
                 "b 3000  0 answered backup/1 3060\n");
}

static void two_overflows_widen_the_circle_twice(void **state)
{
    (void)state;
    expect_story(HOUR
                 "queues:\n"
                 "  k: {handling: {constant: 200 s}, patience: never, arrivals: {times: [0 s]}}\n"
                 "  a: {handling: {constant: 100 s}, patience: never,\n"
                 "      arrivals: {times: [10 s, 11 s, 12 s]},\n"
                 "      prefers: [desk, {group: two, after: 20 s}, {group: three, after: 45 s}]}\n"
                 "agents:\n"
                 "  three: {count: 1, serves: [a]}\n"
                 "  two: {count: 1, serves: [a]}\n"
                 "  desk: {count: 1, serves: [a, k]}\n",
                 "k  0   0 answered desk/1  200\n"
                 "a 10  20 answered two/1   130\n"
                 "a 11  45 answered three/1 156\n"
                 "a 12 118 answered two/1   230\n");
}

/* ---- reserves ---- */

static void a_reserve_keeps_so_many_agents_without_a_contact(void **state)
{
    (void)state;
    /* b leaves one of two agents free; a takes him. At 60 s agent 1 is idle alone; at 122 s both.
     */
    expect_story(
        HOUR "queues:\n"
             "  a: {handling: {constant: 120 s}, patience: never, arrivals: {times: [2 s]}}\n"
             "  b: {handling: {constant: 60 s}, patience: never, arrivals: {times: [0 s, 1 s]}}\n"
             "agents: {desk: {count: 2, serves: {a: {}, b: {keep_free: 1}}}}\n",
        "b 0   0 answered desk/1  60\n"
        "b 1 121 answered ?      182\n"
        "a 2   0 answered desk/2 122\n");
}

static void a_reserve_that_comes_on_duty_lets_waiting_contacts_in(void **state)
{
    (void)state;
    expect_story(
        HOUR QUEUES("arrivals: {times: [3000 s]}",
                    "arrivals: {times: [100 s, 100 s]}") "agents: {desk: {count: {per: 30 min, "
                                                         "counts: [1, 2]}, serves: {a: {}, b: "
                                                         "{keep_free: 1}}}}\n",
        "b  100 1700 answered ?      1860\n"
        "b  100 1760 answered ?      1920\n"
        "a 3000    0 answered ?      3060\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_highest_priority_comes_first_then_the_longest_waiting),
        cmocka_unit_test(the_lowest_rank_comes_before_priority_and_waiting),
        cmocka_unit_test(among_equal_ranks_priority_decides),
        cmocka_unit_test(the_longest_wait_ignores_rank_and_priority),
        cmocka_unit_test(equal_waits_are_taken_in_the_order_of_the_file),
        cmocka_unit_test(the_longest_queue_is_that_with_most_waiting),
        cmocka_unit_test(a_weighted_wait_is_the_weight_times_the_wait),
        cmocka_unit_test(a_queue_ratio_takes_from_the_queue_most_above_its_share),
        cmocka_unit_test(the_default_pick_of_the_file_holds_for_groups_without_one),
        cmocka_unit_test(the_longest_idle_agent_answers),
        cmocka_unit_test(a_fixed_order_takes_the_first_free_agent_of_the_file),
        cmocka_unit_test(the_least_busy_agent_has_the_lowest_occupancy_so_far),
        cmocka_unit_test(occupancy_so_far_is_of_time_on_duty),
        cmocka_unit_test(the_least_loaded_agent_is_least_filled),
        cmocka_unit_test(the_longest_idle_is_who_has_nothing_and_then_who_has_fewest),
        cmocka_unit_test(the_most_loaded_agent_is_filled_up_first),
        cmocka_unit_test(a_random_choice_is_uniform_over_agents_not_groups),
        cmocka_unit_test(a_random_choice_is_among_the_free),
        cmocka_unit_test(the_default_choice_of_the_file_holds_for_queues_without_one),
        cmocka_unit_test(groups_are_asked_in_the_order_of_preference),
        cmocka_unit_test(after_60_seconds_exactly_an_idle_backup_takes_the_call),
        cmocka_unit_test(a_backup_that_frees_up_at_59_seconds_leaves_it_to_the_60th),
        cmocka_unit_test(a_backup_that_frees_up_later_takes_it_then),
        cmocka_unit_test(the_preferred_group_takes_it_whenever_it_frees_up),
        cmocka_unit_test(overflow_comes_before_the_end_of_patience),
        cmocka_unit_test(the_first_in_line_does_not_hide_another_queue_from_the_backup),
        cmocka_unit_test(a_group_that_is_not_preferred_never_takes_it),
        cmocka_unit_test(two_overflows_widen_the_circle_twice),
        cmocka_unit_test(a_reserve_keeps_so_many_agents_without_a_contact),
        cmocka_unit_test(a_reserve_that_comes_on_duty_lets_waiting_contacts_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
