/* test_scenarios.c - waiting: forty seconds, the tax season, 15 hours on hold, an airline's tweets
 *
 * Every figure that the `about:` of these scenarios states is what the program gives
 * (../support/claims.h). What is computed from several figures has a test of its own below.
 */
#include "../support/claims.h"

static const struct claims forty_seconds[] = {
    {.file = "forty-seconds",
     .claim = {{"at noon, 106 hours          [78.2] %", "support.service_level"},
               {"78.2 %       [6.1] %", "support.abandon_rate"},
               {"6.1 %      [36] %", "support.target_met"},
               {"in, and from 12:00 to 12:30 [22] %", "support.abandon_rate@12:00"},
               {"and on at that pace         [78.2] %", "support.service_level"},
               {"78.2 %       [6.1] %", "support.abandon_rate"},
               {"6.1 %      [15]", "support.wait"}}},
    {.file = "forty-seconds",
     .variant = "late_lunch",
     .claim = {{"r the peak, 106 hours       [82.4] %", "support.service_level"},
               {"82.4 %       [4.4] %", "support.abandon_rate"},
               {"4.4 %      [70] %", "support.target_met"}}},
    {.file = "forty-seconds",
     .variant = "one_more",
     .claim = {{"e more agent, 118 hours     [89.7] %", "support.service_level"},
               {"89.7 %       [2.3] %", "support.abandon_rate"},
               {"2.3 %     [100] %", "support.target_met"}}},
    {.file = "forty-seconds",
     .variant = "under_3_day",
     .claim = {{"over the day (under_3_day: [2.9] %", "support.abandon_rate"}}},
    {.file = "forty-seconds",
     .variant = "under_3",
     .claim = {{"n every half hour (under_3: [2.1] %", "support.abandon_rate"}}},
    {.file = "forty-seconds",
     .variant = "patient",
     .claim = {{"ks better and serves worse: [4.9] %", "support.abandon_rate"},
               {"ne longer for everyone, and [74.7] %", "support.service_level"}}},
    {.file = "forty-seconds",
     .variant = "or_never",
     .claim = {{"the others never            [71.2] %", "support.service_level"},
               {"71.2 %       [3.6] %", "support.abandon_rate"},
               {"3.6 %      [53]", "support.wait"}}},
    {.file = "forty-seconds",
     .variant = "or_later",
     .claim = {{"the others 5 min on average [79.1] %", "support.service_level"},
               {"79.1 %       [6.3] %", "support.abandon_rate"},
               {"6.3 %      [13]", "support.wait"}}},
};

static const struct claims tax_season[] = {
    {.file = "tax-season",
     .claim = {{"answers only [29] %", "help.answer_rate"},
               {"40          [43] %", "help.caller_answer_rate"},
               {"43 %             [29] %", "help.answer_rate"},
               {"29 %           [28] min", "help.asa"}}},
    {.file = "tax-season",
     .variant = "to_60",
     .claim = {{"57          [60] %", "help.caller_answer_rate"},
               {"60 %             [45] %", "help.answer_rate"},
               {"45 %           [18] min", "help.asa"}}},
    {.file = "tax-season",
     .variant = "to_80",
     .claim = {{"79          [81] %", "help.caller_answer_rate"},
               {"81 %             [68] %", "help.answer_rate"},
               {"68 %            [8] min", "help.asa"}}},
    {.file = "tax-season",
     .variant = "calls_to_60",
     .claim = {{"72          [74] %", "help.caller_answer_rate"},
               {"74 %             [60] %", "help.answer_rate"},
               {"60 %           [11] min", "help.asa"}}},
    {.file = "tax-season",
     .variant = "calls_to_80",
     .claim = {{"90          [89] %", "help.caller_answer_rate"},
               {"89 %             [80] %", "help.answer_rate"},
               {"80 %            [5] min", "help.asa"}}},
    {.file = "tax-season",
     .variant = "per_call",
     .claim = {{"ts, patience 35.5 minutes), [43] %", "help.answer_rate"},
               {"calls are answered, after [28|min] min", "help.asa"},
               {"28 minutes, and [59] %", "help.caller_answer_rate"}}},
};

static const struct claims held_overnight[] = {
    {.file = "held-overnight",
     .claim = {{"00: 15 hours. This line has [2,036]", "service.offered"},
               {"il the morning              [15.2] h", "service.wait_max_all.max"},
               {"15.2 h                  [0.0]", "service.cut_off"},
               {"average says little of it: [4|min] min", "service.asa"}}},
    {.file = "held-overnight",
     .variant = "cut_off",
     .claim = {{"18:00                         [31] min", "service.wait_max_all.max"},
               {"31 min                [6.3]", "service.cut_off"}}},
    {.file = "held-overnight",
     .variant = "work_on",
     .claim = {{"line is empty                [31] min", "service.wait_max_all.max"},
               {"31 min                [0.0]", "service.cut_off"},
               {"4 minutes as it is, [2|min]", "service.asa"}}},
    {.file = "held-overnight",
     .variant = "real_callers",
     .claim = {{"of the year is [33|min] min", "service.wait_max_all.max"}}},
};

static const struct claims airline_social[] = {
    {.file = "airline-social",
     .variant = "office_hours",
     .claim = {{"to 17, make a customer wait [5.2|h]", "tweets.asa"},
               {"at midnight waits [8.5|h]", "tweets.asa@00:00"},
               {"s: 13, from 9 to 17          [30] %", "tweets.service_level"},
               {"30 %         [5.2] h", "tweets.asa"},
               {"5.2 h      [36,243]", "total.value"},
               {"36,243    [21,921]", "total.cost"},
               {"21,921    [14,322]", "total.profit"}}},
    {.file = "airline-social",
     .variant = "plus_0",
     .claim = {{"work, rounded up            [46] %", "tweets.service_level"},
               {"46 %       [13.7] min", "tweets.asa"},
               {"13.7 min    [55,185]", "total.value"},
               {"55,185    [16,608]", "total.cost"},
               {"16,608    [38,577]", "total.profit"}}},
    {.file = "airline-social",
     .claim = {{"more (as it is)             [91] %", "tweets.service_level"},
               {"91 %        [1.7] min", "tweets.asa"},
               {"1.7 min   [108,272]", "total.value"},
               {"108,272    [21,638]", "total.cost"},
               {"21,638    [86,634]", "total.profit"}}},
    {.file = "airline-social",
     .variant = "plus_2",
     .claim = {{"more                        [99] %", "tweets.service_level"},
               {"99 %        [0.5] min", "tweets.asa"},
               {"0.5 min   [117,495]", "total.value"},
               {"117,495    [26,675]", "total.cost"},
               {"26,675    [90,820]", "total.profit"}}},
    {.file = "airline-social",
     .variant = "plus_3",
     .claim = {{"ee more                     [100] %", "tweets.service_level"},
               {"100 %        [0.1] min", "tweets.asa"},
               {"0.1 min   [118,899]", "total.value"},
               {"118,899    [31,714]", "total.cost"},
               {"31,714    [87,185]", "total.profit"}}},
    {.file = "airline-social",
     .settings = {"queues.tweets.value.answered=5"},
     .claim = {{"e best desk is plus_1, with [5,430]", "total.profit"}}},
};

static void the_figures_of_forty_seconds_are_what_200_days_give(void **state)
{
    (void)state;
    expect_claims(forty_seconds, sizeof forty_seconds / sizeof forty_seconds[0]);
}

static void tax_season_reproduces_the_claim_and_tells_what_more_would_take(void **state)
{
    (void)state;
    expect_claims(tax_season, sizeof tax_season / sizeof tax_season[0]);
}

static void fifteen_hours_on_hold_come_out_of_a_line_that_nobody_closes(void **state)
{
    (void)state;
    expect_claims(held_overnight, sizeof held_overnight / sizeof held_overnight[0]);
}

static void the_figures_of_the_airline_are_what_20_weeks_give(void **state)
{
    (void)state;
    expect_claims(airline_social, sizeof airline_social / sizeof airline_social[0]);
}

/* What the sources state, with how near the simulation must come to it. */
static void what_the_sources_state_comes_out(void **state)
{
    (void)state;
    struct trial trial = variant_run("tax-season", NULL);
    assert_near(figure_of(&trial, "help.caller_answer_rate").value, 0.43, 0.005);
    assert_near(figure_of(&trial, "help.asa").value, 28 * 60, 30);
    trial_free(&trial);
    trial = variant_run("tax-season", "per_call");
    assert_near(figure_of(&trial, "help.answer_rate").value, 0.43, 0.006);
    assert_near(figure_of(&trial, "help.asa").value, 28 * 60, 30);
    trial_free(&trial);
    trial = variant_run("held-overnight", NULL);
    assert_near(figure_of(&trial, "service.wait_max_all.max").value, 15 * 3600, 0.5 * 3600);
    trial_free(&trial);
    trial = variant_run("airline-social", "office_hours");
    assert_near(figure_of(&trial, "tweets.asa@00:00").value, 8 * 3600, 3600);
    trial_free(&trial);
}

/* Of those who are still in line or have been answered after 40 s, 85 % did not hang up: the
 * share of patience, estimated as Kaplan and Meier do from the calls of a day. */
static void fifteen_percent_of_those_who_wait_have_hung_up_by_40_seconds(void **state)
{
    (void)state;
    struct trial trial = variant_run("forty-seconds", NULL);
    enum { BINS = 400 };
    double edges[BINS + 1], left = 1, at_risk = 0;
    uint64_t answered[BINS], abandoned[BINS];
    size_t n = oh_result_histogram(trial.result, 0, BINS, edges, answered, abandoned);
    for (size_t i = 0; i < n; i++)
        at_risk += (double)(answered[i] + abandoned[i]);
    for (size_t i = 0; i < n && edges[i + 1] <= 40; i++) {
        left *= 1 - (double)abandoned[i] / (at_risk - 0.5 * (double)answered[i]);
        at_risk -= (double)(answered[i] + abandoned[i]);
    }
    assert_near(1 - left, 0.15, 0.005);
    trial_free(&trial);
}

/* With one agent fewer the promise is broken. */
static void the_tax_office_could_not_do_with_fewer(void **state)
{
    (void)state;
    static const struct {
        const char *fewer, *figure;
        double promise;
    } offices[] = {
        {"agents.office.count=56", "help.caller_answer_rate", 0.6},
        {"agents.office.count=78", "help.caller_answer_rate", 0.8},
        {"agents.office.count=71", "help.answer_rate", 0.6},
        {"agents.office.count=89", "help.answer_rate", 0.8},
    };
    for (size_t i = 0; i < 4; i++) {
        struct trial trial =
            claims_run(&(struct claims){.file = "tax-season", .settings = {offices[i].fewer}});
        assert_true(figure_of(&trial, offices[i].figure).value < offices[i].promise);
        trial_free(&trial);
    }
}

static void the_plans_of_forty_seconds_take_those_hours(void **state)
{
    (void)state;
    static const char *const plans[] = {NULL, "late_lunch", "one_more", "under_3_day", "under_3"};
    static const char *const says[] = {
        "lunch at noon, [106|one] hours", "the peak, [106|one] hours", "agent, [118|one] hours",
        "at 3 % takes [113|one] hours", "over the day (under_3_day: 2.9 %), and [119|one] hours"};
    for (size_t i = 0; i < 5; i++) {
        struct trial trial = variant_run("forty-seconds", plans[i]);
        expect_says(&trial, says[i], 12 * figure_of(&trial, "desk.scheduled").value);
        trial_free(&trial);
    }
}

static void under_3_percent_hang_up_in_every_half_hour_of_that_plan(void **state)
{
    (void)state;
    struct trial trial = variant_run("forty-seconds", "under_3");
    for (long i = 0; i < (long)oh_result_intervals(trial.result); i++) {
        oh_estimate share = trial_read(&trial, OH_QUEUE, NULL, i, "abandon_rate");
        assert_true(share.value < 0.03 + 2 * share.half_width); /* 4 standard errors */
    }
    trial_free(&trial);
}

static void the_cost_of_staying_until_the_line_is_empty_is_what_about_says(void **state)
{
    (void)state;
    struct trial stay = variant_run("held-overnight", "work_on");
    struct trial go = variant_run("held-overnight", "cut_off");
    expect_says(&stay, "together [40|one] minutes",
                (figure_of(&stay, "day.overtime").value - figure_of(&go, "day.overtime").value) /
                    60);
    trial_free(&stay);
    trial_free(&go);
}

static void the_desk_that_earns_most_has_two_agents_more_than_the_work(void **state)
{
    (void)state;
    static const char *const desks[] = {"office_hours", "plus_0", NULL, "plus_2", "plus_3"};
    double profit[5];
    for (size_t i = 0; i < 5; i++) {
        struct trial trial = variant_run("airline-social", desks[i]);
        profit[i] = figure_of(&trial, "total.profit").value;
        trial_free(&trial);
    }
    for (size_t i = 0; i < 5; i++)
        assert_true(i == 3 || profit[i] < profit[3]);
    assert_near(profit[3] - profit[2], 4000, 500);
    assert_near(profit[3] - profit[4], 4000, 500);
    struct trial loss =
        claims_run(&(struct claims){.file = "airline-social",
                                    .variant = "office_hours",
                                    .settings = {"queues.tweets.value.answered=5"}});
    expect_says(&loss, "hours lose [12,861]", -figure_of(&loss, "total.profit").value);
    trial_free(&loss);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_figures_of_forty_seconds_are_what_200_days_give),
        cmocka_unit_test(tax_season_reproduces_the_claim_and_tells_what_more_would_take),
        cmocka_unit_test(fifteen_hours_on_hold_come_out_of_a_line_that_nobody_closes),
        cmocka_unit_test(the_figures_of_the_airline_are_what_20_weeks_give),
        cmocka_unit_test(what_the_sources_state_comes_out),
        cmocka_unit_test(the_tax_office_could_not_do_with_fewer),
        cmocka_unit_test(the_plans_of_forty_seconds_take_those_hours),
        cmocka_unit_test(under_3_percent_hang_up_in_every_half_hour_of_that_plan),
        cmocka_unit_test(fifteen_percent_of_those_who_wait_have_hung_up_by_40_seconds),
        cmocka_unit_test(the_cost_of_staying_until_the_line_is_empty_is_what_about_says),
        cmocka_unit_test(the_desk_that_earns_most_has_two_agents_more_than_the_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
