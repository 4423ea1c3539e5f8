/* test_erlang_inverse.c - agents, load and time for a target: against a search one by one, against
 * the formulas they invert, and at a hundred thousand agents. */
#include "../support/support.h"

#include <math.h>

#include <onhold/analytic.h>

/* METRICS: 100 calls in 30 min, handling 180 s, threshold 20 s. */
static const double rate = 100 / 1800.0, handling = 180, within = 20;

static double agents_for(const oh_steady_queue *q, const char *metric, double level)
{
    double n;
    oh_goal goal = {metric, level};
    assert_int_equal(oh_erlang_agents(q, &goal, &n), OH_OK);
    return n;
}

static void the_table_of_the_metrics_is_read_backwards(void **state)
{
    (void)state;
    oh_steady_queue c = {.rate = rate,
                         .handling = handling,
                         .patience = INFINITY,
                         .threshold = within},
                    a = {.rate = rate, .handling = handling, .patience = 300, .threshold = within};
    assert_same(agents_for(&c, "service_level", 0.8), 14.0);
    assert_same(agents_for(&c, "service_level", 0.79), 13.0);
    assert_same(agents_for(&c, "delayed", 0.45), 12.0);
    assert_same(agents_for(&c, "asa", 122.8), 11.0);
    assert_same(agents_for(&a, "service_level", 0.8), 13.0);
    assert_same(agents_for(&a, "service_level_credit", 0.79), 12.0);
    assert_same(agents_for(&a, "abandon_rate", 0.0425), 13.0);
    assert_same(agents_for(&a, "wait", 33), 10.0);
}

/* As the definition says: the first number of agents for which the goal holds. */
static double one_by_one(const oh_steady_queue *q, const oh_goal *goal)
{
    oh_queue_figures f;
    for (double n = 1;; n++) {
        assert_int_equal(oh_steady_figures(q, n, &f), OH_OK);
        if (oh_goal_holds(goal, &f))
            return n;
    }
}

static void bisection_finds_what_a_search_one_by_one_finds(void **state)
{
    (void)state;
    static const oh_goal goals[] = {{"service_level", 0.8},
                                    {"service_level", 0.2},
                                    {"service_level_answered", 0.9},
                                    {"service_level_net", 0.7},
                                    {"abandon_rate", 0.03},
                                    {"asa", 15},
                                    {"wait", 4},
                                    {"queue_length", 0.5},
                                    {"occupancy", 0.75},
                                    {"delayed", 0.1},
                                    {"wait_abandoned", 12},
                                    {"service_level_credit", 0.995},
                                    {"service_level", 0.999999},
                                    {"abandon_rate", 0.000001},
                                    {"occupancy", 1}};
    static const double loads[] = {0.01, 0.7, 3, 17.5, 120}, patiences[] = {20, 246, INFINITY};
    for (size_t g = 0; g < sizeof goals / sizeof *goals; g++)
        for (int l = 0; l < 5; l++)
            for (int p = 0; p < 3; p++) {
                oh_steady_queue q = {.rate = loads[l] / 240,
                                     .handling = 240,
                                     .patience = patiences[p],
                                     .threshold = within};
                double n;
                assert_int_equal(oh_erlang_agents(&q, &goals[g], &n), OH_OK);
                assert_that(n == one_by_one(&q, &goals[g]), "%s %g, load %g, patience %g: %g",
                            goals[g].metric, goals[g].level, loads[l], patiences[p], n);
            }
}

static void a_hundred_thousand_agents_are_found(void **state)
{
    (void)state;
    static const double patiences[] = {120, INFINITY};
    for (int p = 0; p < 2; p++) {
        oh_steady_queue q = {
            .rate = 1e5 / 300, .handling = 300, .patience = patiences[p], .threshold = within};
        oh_goal goal = {"service_level", 0.8};
        oh_queue_figures f;
        double n = agents_for(&q, goal.metric, goal.level);
        assert_that(n > 80000 && n < 100500, "%g agents", n);
        assert_int_equal(oh_steady_figures(&q, n, &f), OH_OK);
        assert_true(oh_goal_holds(&goal, &f));
        assert_int_equal(oh_steady_figures(&q, n - 1, &f), OH_OK);
        assert_false(oh_goal_holds(&goal, &f));
    }
}

static void the_highest_rate_stands_at_the_goal(void **state)
{
    (void)state;
    static const oh_goal goals[] = {
        {"service_level", 0.8}, {"abandon_rate", 0.05}, {"asa", 20}, {"delayed", 0.3}};
    static const double agents[] = {1, 7, 300, 100000}, patiences[] = {60, INFINITY};
    for (int g = 0; g < 4; g++)
        for (int n = 0; n < 4; n++)
            for (int p = 0; p < 2; p++) {
                oh_steady_queue q = {.rate = NAN,
                                     .handling = handling,
                                     .patience = patiences[p],
                                     .threshold = within};
                oh_queue_figures f;
                if (g == 1 && p == 1)
                    continue;
                assert_int_equal(oh_erlang_rate(&q, &goals[g], agents[n], &q.rate), OH_OK);
                assert_int_equal(oh_steady_figures(&q, agents[n], &f), OH_OK);
                assert_true(oh_goal_holds(&goals[g], &f));
                assert_close(*oh_figure_find(&f, goals[g].metric), goals[g].level, 1e-6);
            }
    /* nobody hangs up in Erlang C, so any rate below the agents' own keeps that goal */
    oh_steady_queue q = {
        .rate = NAN, .handling = handling, .patience = INFINITY, .threshold = within};
    assert_int_equal(oh_erlang_rate(&q, &(oh_goal){"occupancy", 0.85}, 20, &q.rate), OH_OK);
    assert_close(q.rate * handling, 17, 1e-12);
    assert_int_equal(oh_erlang_rate(&q, &(oh_goal){"service_level", 1.1}, 20, &q.rate), OH_OK);
    assert_same(q.rate, 0.0);
}

static void the_shortest_time_stands_at_the_goal(void **state)
{
    (void)state;
    oh_steady_queue a = {.rate = rate, .handling = handling, .patience = 300, .threshold = NAN},
                    c = {
                        .rate = rate, .handling = handling, .patience = INFINITY, .threshold = NAN};
    oh_queue_figures f;
    double t;
    /* Erlang C in closed form: C e^-(n mu - lambda) t = 1 - p */
    assert_int_equal(oh_erlang_time(&c, &(oh_goal){"service_level", 0.8}, 12, &t), OH_OK);
    assert_close(t, log(0.4493882243 / 0.2) / (12 / handling - rate), 1e-8);
    assert_int_equal(oh_erlang_time(&a, &(oh_goal){"service_level", 0.8}, 12, &a.threshold), OH_OK);
    assert_int_equal(oh_steady_figures(&a, 12, &f), OH_OK);
    assert_close(f.service_level, 0.8, 1e-10);
    assert_int_equal(oh_erlang_time(&a, &(oh_goal){"service_level", 0.6}, 12, &t), OH_OK);
    assert_same(t, 0.0); /* two thirds are served at once */
    /* ten per cent hang up: no time limit gives 95 % */
    assert_int_equal(oh_erlang_time(&a, &(oh_goal){"service_level", 0.95}, 10, &t), OH_OK);
    assert_same(t, (double)INFINITY);
    assert_int_equal(oh_erlang_time(&c, &(oh_goal){"service_level", 0.5}, 10, &t), OH_OK);
    assert_same(t, (double)INFINITY);
    assert_int_equal(oh_erlang_time(&c, &(oh_goal){"asa", 5}, 12, &t), OH_ARGUMENT);
}

static void erlang_b_and_the_load_of_erlang_c_are_inverted(void **state)
{
    (void)state;
    static const double loads[] = {0.1, 5, 90, 2000, 99000};
    for (int i = 0; i < 5; i++) {
        double n = oh_erlang_b_servers(loads[i], 0.01);
        assert_true(oh_erlang_b(loads[i], n) <= 0.01 && oh_erlang_b(loads[i], n - 1) > 0.01);
        double load = oh_erlang_b_load(n, 0.01);
        assert_true(load >= loads[i]);
        assert_close(oh_erlang_b(load, n), 0.01, 1e-6);
        load = oh_erlang_c_load(n, 0.2);
        oh_queue_figures f;
        assert_int_equal(oh_erlang_c(load, 1, n, 0, &f), OH_OK);
        assert_close(f.delayed, 0.2, 1e-6);
    }
    /* tables of Erlang B: 20 lines at 1 % carry 12.03 erlang; one line at 50 % exactly 1 */
    assert_near(oh_erlang_b_load(20, 0.01), 12.03, 0.005);
    assert_close(oh_erlang_b_load(1, 0.5), 1, 1e-12);
    assert_same(oh_erlang_b_load(0, 0.5), 0.0);
    assert_same(oh_erlang_b_servers(0, 0.01), 1.0);
    assert_same(oh_erlang_c_load(3, 1), 3.0);
}

static void square_root_staffing_is_right_where_agents_are_many(void **state)
{
    (void)state;
    static const double shares[] = {0.05, 0.3, 0.8}, patiences[] = {60, 240, 3000, INFINITY};
    const double load = 90000;
    for (int s = 0; s < 3; s++)
        for (int p = 0; p < 4; p++) {
            oh_queue_figures f;
            oh_steady_queue q = {
                .rate = load / 240, .handling = 240, .patience = patiences[p], .threshold = 0};
            double beta = oh_square_root_beta(shares[s], 240, patiences[p]);
            double n = oh_square_root_agents(load, beta);
            assert_int_equal(oh_steady_figures(&q, n, &f), OH_OK);
            assert_near(f.delayed, shares[s], 0.004);
        }
    /* Halfin and Whitt (1981): with beta = 0.5 about half of the callers wait */
    assert_near(oh_square_root_beta(0.5, 240, INFINITY), 0.5061, 0.001);
    /* patience like handling: the number in the system is Poisson, so beta 0 means one half */
    assert_near(oh_square_root_beta(0.5, 240, 240), 0, 1e-12);
    assert_same(oh_square_root_agents(100, 0.51), 106.0);
    assert_same(oh_square_root_agents(0, 2), 0.0);
}

static void senseless_questions_are_refused(void **state)
{
    (void)state;
    oh_steady_queue q = {.rate = rate, .handling = handling, .patience = 300, .threshold = within};
    oh_steady_queue bad = q;
    bad.handling = -1;
    double n;
    assert_int_equal(oh_erlang_agents(&q, &(oh_goal){"wrong", 1}, &n), OH_ARGUMENT);
    assert_int_equal(oh_erlang_agents(&q, &(oh_goal){"asa", NAN}, &n), OH_ARGUMENT);
    assert_int_equal(oh_erlang_agents(&bad, &(oh_goal){"asa", 5}, &n), OH_ARGUMENT);
    assert_undefined(n);
    assert_int_equal(oh_erlang_agents(&q, &(oh_goal){"service_level", 1.5}, &n), OH_LIMIT);
    assert_int_equal(oh_erlang_rate(&bad, &(oh_goal){"asa", 5}, 3, &n), OH_ARGUMENT);
    assert_int_equal(oh_erlang_rate(&q, &(oh_goal){"asa", 5}, 0.5, &n), OH_ARGUMENT);
    assert_int_equal(oh_erlang_time(&bad, &(oh_goal){"service_level", 0.5}, 3, &n), OH_ARGUMENT);
    assert_undefined(oh_erlang_b_servers(-1, 0.5));
    assert_undefined(oh_erlang_b_servers(1, 0));
    assert_undefined(oh_erlang_b_load(1.5, 0.5));
    assert_undefined(oh_erlang_b_load(3, 1));
    assert_undefined(oh_erlang_c_load(0, 0.5));
    assert_undefined(oh_square_root_beta(1, 240, 240));
    assert_undefined(oh_square_root_agents(-1, 0));
    q.rate = 0;
    assert_int_equal(oh_erlang_agents(&q, &(oh_goal){"asa", 5}, &n), OH_OK);
    assert_same(n, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_of_the_metrics_is_read_backwards),
        cmocka_unit_test(bisection_finds_what_a_search_one_by_one_finds),
        cmocka_unit_test(a_hundred_thousand_agents_are_found),
        cmocka_unit_test(the_highest_rate_stands_at_the_goal),
        cmocka_unit_test(the_shortest_time_stands_at_the_goal),
        cmocka_unit_test(erlang_b_and_the_load_of_erlang_c_are_inverted),
        cmocka_unit_test(square_root_staffing_is_right_where_agents_are_many),
        cmocka_unit_test(senseless_questions_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
