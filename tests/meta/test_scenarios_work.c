/* test_scenarios_work.c - scenarios about what the work is and what it is worth
 *
 * Every figure that the `about:` of these scenarios states is what the program gives
 * (../support/claims.h). What is computed from several figures has a test of its own below.
 */
#include "../support/claims.h"

#include <math.h>

static const struct claims self_service[] = {
    {.file = "self-service",
     .claim = {{"as it is                    [1,042]", "support.offered"},
               {"1,042       11       [81] %", "support.service_level"},
               {"81 %     [4.9] %", "support.abandon_rate"},
               {"4.9 %     [3,730]", "total.cost"},
               {"ges may cost in a year. The [1,779]", "support.self_served"}}},
    {.file = "self-service",
     .settings = {"agents.desk.count=8"},
     .claim = {{"with 8 agents               [1,042]", "support.offered"},
               {"1,042        8       [47] %", "support.service_level"},
               {"47 %    [18.2] %", "support.abandon_rate"},
               {"18.2 %     [2,717]", "total.cost"}}},
    {.file = "self-service",
     .settings = {"queues.support.self_service.resolves=75%"},
     .claim = {{"th 11 agents                [702]", "support.offered"},
               {"702       11       [98] %", "support.service_level"},
               {"98 %     [0.5] %", "support.abandon_rate"},
               {"0.5 %     [3,723]", "total.cost"}}},
    {.file = "self-service",
     .variant = "better_pages",
     .claim = {{"tter_pages)                 [702]", "support.offered"},
               {"702        8       [82] %", "support.service_level"},
               {"82 %     [5.2] %", "support.abandon_rate"},
               {"5.2 %     [2,711]", "total.cost"},
               {"become [2,119]", "support.self_served"}}},
    {.file = "self-service",
     .variant = "better_pages",
     .settings = {"queues.support.handling.lognormal.mean=7 min"},
     .claim = {{"gents are no longer enough ([71] %", "support.service_level"}}},
};

static const struct claims transfers[] = {
    {.file = "transfers",
     .claim = {{"6.6               [1,389]", "total.transfers_in"},
               {"1,389          [135]", "total.abandoned"},
               {"the technical team answers [83] %", "technical.service_level"}}},
    {.file = "transfers",
     .variant = "right_first",
     .claim = {{"4.9                 [139]", "total.transfers_in"},
               {"139          [109]", "total.abandoned"},
               {"83 %, [81] %", "technical.service_level"}}},
    {.file = "transfers",
     .variant = "bad_menu",
     .claim = {{"5.2                 [337]", "total.transfers_in"},
               {"337          [145]", "total.abandoned"},
               {"81 % and [81] %", "technical.service_level"}}},
};

static const struct claims first_contact_resolution[] = {
    {.file = "first-contact-resolution",
     .claim = {{"17                 [84] %", "support.service_level"}}},
    {.file = "first-contact-resolution",
     .variant = "solved_80",
     .claim = {{"15                 [82] %", "support.service_level"}}},
    {.file = "first-contact-resolution",
     .variant = "solved_90",
     .claim = {{"14                 [84] %", "support.service_level"}}},
    {.file = "first-contact-resolution",
     .variant = "careful",
     .claim = {{"(careful), 15 agents answer [73] %", "support.service_level"}}},
    {.file = "first-contact-resolution",
     .variant = "careful",
     .settings = {"agents.desk.count=16"},
     .claim = {{"73 % in 20 s and 16 answer [80] %", "support.service_level"}}},
};

static const struct claims complaint_growth[] = {
    {.file = "complaint-growth",
     .claim = {{"1,000              [4.9]", "complaints.offered"},
               {"4.9            1             5              [87] %", "complaints.service_level"},
               {"87 %     [14] %", "desk.occupancy"},
               {"k grows a hundredfold, from [0.16]", "complaints.load"}}},
    {.file = "complaint-growth",
     .variant = "times_10",
     .claim = {{"10,000             [50.1]", "complaints.offered"},
               {"50.1            3            17              [83] %", "complaints.service_level"},
               {"83 %     [48] %", "desk.occupancy"}}},
    {.file = "complaint-growth",
     .variant = "times_100",
     .claim = {{"100,000              [501]", "complaints.offered"},
               {"501           18            28              [82] %", "complaints.service_level"},
               {"82 %     [81] %", "desk.occupancy"},
               {"0.16 to [15.6]", "complaints.load"}}},
    {.file = "complaint-growth",
     .variant = "times_1000",
     .claim = {{"1,000,000            [5,004]", "complaints.offered"},
               {"5,004          153            33              [81] %", "complaints.service_level"},
               {"81 %     [95] %", "desk.occupancy"},
               {"the largest desk are busy [95] %", "desk.occupancy"}}},
};

static const struct claims complaint_types[] = {
    {.file = "complaint-types",
     .claim = {{"essive       15 %           [12.3|min]", "aggressive.aht"},
               {"12.3           30 % supervisor           17 min      [15] %",
                "aggressive.abandon_rate"},
               {"essive       25 %           [10.1|min]", "expressive.aht"},
               {"10.1            5 % supervisor           11 min       [9] %",
                "expressive.abandon_rate"},
               {"ve          40 %            [4.0|min]", "passive.aht"},
               {"4.0           nobody                    4 min     [19] %", "passive.abandon_rate"},
               {"ructive     20 %            [8.4|min]", "constructive.aht"},
               {"8.4           25 % investigation        23 min       [6] %",
                "constructive.abandon_rate"},
               {"One supervisor is busy only [38] %", "lead.occupancy"},
               {"t of those passed on to him [23] %", "supervisor.abandon_rate"},
               {"in 60 s where the truth is [75] %", "aggressive.service_level"}}},
    {.file = "complaint-types",
     .variant = "two_leads",
     .claim = {{"With two (two_leads) [4] %", "supervisor.abandon_rate"}}},
    {.file = "complaint-types",
     .variant = "all_alike",
     .claim = {{"same 7.3 minutes) promises [78] %", "aggressive.service_level"}}},
};

static const struct claims churn[] = {
    {.file = "churn",
     .variant = "one_fewer",
     .claim = {{"one_fewer                  [62] %", "support.service_level"},
               {"62 %          [84] %", "support.service_level_120s"},
               {"84 %          [11.4] %", "support.abandon_rate"},
               {"11.4 %   [24,439]", "total.value"},
               {"24,439      [2,810]", "total.cost"},
               {"2,810     [21,629]", "total.profit"}}},
    {.file = "churn",
     .claim = {{"as it is                   [74] %", "support.service_level"},
               {"74 %          [91] %", "support.service_level_120s"},
               {"91 %           [7.1] %", "support.abandon_rate"},
               {"7.1 %   [26,385]", "total.value"},
               {"26,385      [3,146]", "total.cost"},
               {"3,146     [23,239]", "total.profit"}}},
    {.file = "churn",
     .variant = "one_more",
     .claim = {{"one_more                   [84] %", "support.service_level"},
               {"84 %          [95] %", "support.service_level_120s"},
               {"95 %           [4.1] %", "support.abandon_rate"},
               {"4.1 %   [27,607]", "total.value"},
               {"27,607      [3,482]", "total.cost"},
               {"3,482     [24,125]", "total.profit"}}},
    {.file = "churn",
     .variant = "two_more",
     .claim = {{"two_more                   [90] %", "support.service_level"},
               {"90 %          [97] %", "support.service_level_120s"},
               {"97 %           [2.2] %", "support.abandon_rate"},
               {"2.2 %   [28,361]", "total.value"},
               {"28,361      [3,818]", "total.cost"},
               {"3,818     [24,543]", "total.profit"}}},
    {.file = "churn",
     .variant = "three_more",
     .claim = {{"three_more                 [95] %", "support.service_level"},
               {"95 %          [99] %", "support.service_level_120s"},
               {"99 %           [1.1] %", "support.abandon_rate"},
               {"1.1 %   [28,758]", "total.value"},
               {"28,758      [4,154]", "total.cost"},
               {"4,154     [24,605]", "total.profit"}}},
    {.file = "churn",
     .variant = "four_more",
     .claim = {{"four_more                  [97] %", "support.service_level"},
               {"97 %          [99] %", "support.service_level_120s"},
               {"99 %           [0.5] %", "support.abandon_rate"},
               {"0.5 %   [28,960]", "total.value"},
               {"28,960      [4,490]", "total.cost"},
               {"4,490     [24,470]", "total.profit"}}},
    {.file = "churn",
     .variant = "small_value",
     .claim = {{"alue                         [-507]", "total.profit"}}},
    {.file = "churn",
     .variant = "small_value",
     .settings = {"agents.desk.count.column=three_more"},
     .claim = {{"-507     [-1,278]", "total.profit"}}},
    {.file = "churn",
     .variant = "several_bad",
     .claim = {{"l_bad                       [33,894]", "total.profit"}}},
    {.file = "churn",
     .variant = "several_bad",
     .settings = {"agents.desk.count.column=three_more"},
     .claim = {{"33,894     [36,218]", "total.profit"}}},
};

static void the_figures_of_self_service_hold(void **state)
{
    (void)state;
    expect_claims(self_service, sizeof self_service / sizeof self_service[0]);
}

static void the_figures_of_transfers_hold(void **state)
{
    (void)state;
    expect_claims(transfers, sizeof transfers / sizeof transfers[0]);
}

static void the_figures_of_first_contact_resolution_hold(void **state)
{
    (void)state;
    expect_claims(first_contact_resolution,
                  sizeof first_contact_resolution / sizeof first_contact_resolution[0]);
}

static void the_figures_of_complaint_growth_hold(void **state)
{
    (void)state;
    expect_claims(complaint_growth, sizeof complaint_growth / sizeof complaint_growth[0]);
}

static void the_figures_of_complaint_types_hold(void **state)
{
    (void)state;
    expect_claims(complaint_types, sizeof complaint_types / sizeof complaint_types[0]);
}

static void the_figures_of_churn_hold(void **state)
{
    (void)state;
    expect_claims(churn, sizeof churn / sizeof churn[0]);
}

static double difference(const struct trial *a, const struct trial *b, const char *figure)
{
    return figure_of(a, figure).value - figure_of(b, figure).value;
}

static void better_pages_save_what_about_says(void **state)
{
    (void)state;
    struct trial now = variant_run("self-service", NULL);
    struct trial better = variant_run("self-service", "better_pages");
    double a_day = difference(&now, &better, "total.cost");
    expect_says(&now, "The difference is [1,019] EUR", a_day);
    assert_near(250 * a_day, 250000, 10000);
    trial_free(&now);
    trial_free(&better);
}

/* What about: calls the agents that are needed is the fewest: with one fewer the target is missed.
 */
static void those_agents_are_the_fewest(void **state)
{
    (void)state;
    static const struct claims fewer[] = {
        {.file = "self-service", .settings = {"agents.desk.count=10"}},
        {.file = "self-service", .variant = "better_pages", .settings = {"agents.desk.count=7"}},
        {.file = "first-contact-resolution", .settings = {"agents.desk.count=16"}},
        {.file = "first-contact-resolution",
         .variant = "solved_80",
         .settings = {"agents.desk.count=14"}},
        {.file = "first-contact-resolution",
         .variant = "solved_90",
         .settings = {"agents.desk.count=13"}},
        {.file = "complaint-growth", .variant = "times_10", .settings = {"agents.desk.count=2"}},
        {.file = "complaint-growth", .variant = "times_100", .settings = {"agents.desk.count=17"}},
        {.file = "complaint-growth",
         .variant = "times_1000",
         .settings = {"agents.desk.count=152"}},
    };
    for (size_t i = 0; i < sizeof fewer / sizeof fewer[0]; i++) {
        struct trial enough = variant_run(fewer[i].file, fewer[i].variant);
        struct trial trial = claims_run(&fewer[i]);
        assert_true(trial_value(&enough, OH_QUEUE, NULL, "service_level") >= 0.8);
        assert_true(trial_value(&trial, OH_QUEUE, NULL, "service_level") < 0.8);
        trial_free(&enough);
        trial_free(&trial);
    }
}

/* The source: 37 % fail. Each customer tosses the coin alone. */
static void self_service_resolves_what_the_source_says(void **state)
{
    (void)state;
    struct trial trial = variant_run("self-service", NULL);
    double arrivals = figure_of(&trial, "support.arrivals").value * 100;
    double resolved = figure_of(&trial, "support.self_served").value * 100;
    assert_near(resolved / arrivals, 0.63, 4 * sqrt(0.63 * 0.37 / arrivals));
    trial_free(&trial);
}

static void half_a_percent_of_the_products_sold_are_complaints(void **state)
{
    (void)state;
    static const char *const sizes[] = {NULL, "times_10", "times_100", "times_1000"};
    static const double expected[] = {5, 50, 500, 5000}, agents[] = {1, 3, 18, 153};
    static const char *const says[] = {" 1             [5] ", " 3            [17] ",
                                       "18            [28] ", "153            [33] "};
    for (size_t i = 0; i < 4; i++) {
        struct trial trial = variant_run("complaint-growth", sizes[i]);
        oh_run_info info = oh_result_info(trial.result);
        assert_near(figure_of(&trial, "complaints.offered").value, expected[i],
                    4 * sqrt(expected[i] / info.replications));
        expect_says(&trial, says[i], expected[i] / agents[i]);
        if (i == 0)
            expect_says(&trial, "[0.8] to 2.4 agents",
                        agents[i] - figure_of(&trial, "complaints.load").value);
        if (i == 2)
            expect_says(&trial, "0.8 to [2.4] ",
                        agents[i] - figure_of(&trial, "complaints.load").value);
        trial_free(&trial);
    }
}

/* Minutes in the centre for each of the 120 callers an hour: Little's law. */
static void transfers_cost_the_minutes_that_about_says(void **state)
{
    (void)state;
    static const char *const variants[] = {NULL, "right_first", "bad_menu"};
    static const char *const says[] = {"20            [6.6] ", "right        16            [4.9] ",
                                       "wrong                 16            [5.2] "};
    double minutes[3];
    for (size_t i = 0; i < 3; i++) {
        struct trial trial = variant_run("transfers", variants[i]);
        minutes[i] = figure_of(&trial, "total.in_system").value / 120 * 60;
        expect_says(&trial, says[i], minutes[i]);
        if (i == 1)
            expect_says(&trial, "and [1.7|one] minutes of each", minutes[0] - minutes[1]);
        trial_free(&trial);
    }
}

/* Each problem takes 1 / (share solved) contacts if all are answered: a geometric series. */
static void unsolved_problems_come_back_as_calls(void **state)
{
    (void)state;
    static const char *const variants[] = {NULL, "solved_80", "solved_90"};
    static const char *const says[] = {"it is)          [140] ", "solved_80)         [123] ",
                                       "solved_90)         [111] "};
    static const char *const again[] = {"140            [29] %", "123            [19] %",
                                        "111            [10] %"};
    for (size_t i = 0; i < 3; i++) {
        double unsolved = 0.3 - 0.1 * (double)i;
        struct trial trial = variant_run("first-contact-resolution", variants[i]);
        double arrivals = figure_of(&trial, "support.arrivals").value;
        double returns = figure_of(&trial, "support.returns").value;
        double answered = figure_of(&trial, "support.answered").value;
        expect_says(&trial, says[i], arrivals / 40);
        expect_says(&trial, again[i], returns / arrivals);
        double n = answered * oh_result_info(trial.result).replications;
        assert_near(returns / answered, unsolved, 4 * sqrt(unsolved * (1 - unsolved) / n));
        trial_free(&trial);
    }
}

static void each_kind_of_complaint_makes_the_work_that_about_says(void **state)
{
    (void)state;
    struct trial trial = variant_run("complaint-types", NULL);
    const struct {
        const char *figure, *says;
        double of_all, further; /* minutes of those it is passed on to */
    } kinds[] = {
        {"aggressive.aht", "30 % supervisor           [17] min", 0.15, 0.30 * 15},
        {"expressive.aht", "5 % supervisor           [11] min", 0.25, 0.05 * 15},
        {"passive.aht", "nobody                    [4] min", 0.40, 0},
        {"constructive.aht", "25 % investigation        [23] min", 0.20, 0.25 * 60},
    };
    double work[4], all = 0;
    for (size_t i = 0; i < 4; i++) {
        double minutes = figure_of(&trial, kinds[i].figure).value / 60 + kinds[i].further;
        expect_says(&trial, kinds[i].says, 60 * minutes);
        work[i] = kinds[i].of_all * minutes;
        all += work[i];
    }
    assert_near(work[2] / all, 1 / 7.0, 0.01);  /* a seventh */
    assert_near(work[3] / all, 2 / 5.0, 0.015); /* two fifths */
    trial_free(&trial);
}

static void a_point_of_service_level_costs_what_about_says(void **state)
{
    (void)state;
    static const char *const plans[] = {NULL, "one_more", "two_more", "three_more", "four_more"};
    struct trial run[5];
    double price[5] = {0};
    for (size_t i = 0; i < 5; i++) {
        run[i] = variant_run("churn", plans[i]);
        if (i > 0)
            price[i] = difference(&run[i], &run[i - 1], "total.cost") /
                       (100 * difference(&run[i], &run[i - 1], "support.service_level"));
    }
    expect_says(&run[0], "the plan costs [36] EUR a day, those", price[1]);
    expect_says(&run[0], "above 95 % cost [133]", price[4]);
    for (size_t i = 0; i < 5; i++)
        if (i != 3)
            assert_true(difference(&run[3], &run[i], "total.profit") > 0);
    for (size_t i = 0; i < 5; i++)
        trial_free(&run[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_figures_of_self_service_hold),
        cmocka_unit_test(the_figures_of_transfers_hold),
        cmocka_unit_test(the_figures_of_first_contact_resolution_hold),
        cmocka_unit_test(the_figures_of_complaint_growth_hold),
        cmocka_unit_test(the_figures_of_complaint_types_hold),
        cmocka_unit_test(the_figures_of_churn_hold),
        cmocka_unit_test(those_agents_are_the_fewest),
        cmocka_unit_test(better_pages_save_what_about_says),
        cmocka_unit_test(self_service_resolves_what_the_source_says),
        cmocka_unit_test(half_a_percent_of_the_products_sold_are_complaints),
        cmocka_unit_test(transfers_cost_the_minutes_that_about_says),
        cmocka_unit_test(unsolved_problems_come_back_as_calls),
        cmocka_unit_test(each_kind_of_complaint_makes_the_work_that_about_says),
        cmocka_unit_test(a_point_of_service_level_costs_what_about_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
