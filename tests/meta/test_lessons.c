/* test_lessons.c - the lessons of a line that does not change: what they teach is what theory says,
 * and the simulation agrees with it within 4 standard errors.
 *
 * The exact figures were computed outside this program: by hand, by Erlang's recursion, or (lesson
 * 4) by Simpson's rule on the density of Zeltyn and Mandelbaum.
 */
#include "../support/claims.h"

static const struct claims one_agent[] = {
    {.file = "01-one-agent",
     .known = {{"must wait        [0.8]\n", "support.delayed", 0.8},
               {"mean wait                  [960] s", "support.wait", 960},
               {"on average  [3.2]\n", "support.queue_length", 3.2},
               {"within 20 s       [0.2132]", "support.service_level", 0.21322289739717603},
               {"busy                 [0.8]\n", "desk.occupancy", 0.8}}},
    {.file = "01-one-agent",
     .settings = {"queues.support.arrivals=13.5 per h"},
     .known = {{"Answers: 1. [36|min] minutes", "support.wait", 2160}}},
    {.file = "01-one-agent",
     .settings = {"agents.desk.count=2"},
     .known = {{"3. Not 8 minutes, but [45.7]", "support.wait", 45.7142857143}}},
};

static const struct claims erlang_c[] = {
    {.file = "02-erlang-c",
     .settings = {"agents.desk.count=11"},
     .known = {{"11       [0.6821]", "support.delayed", 0.6821182047},
               {"0.6821       [0.3896]", "support.service_level", 0.3896138117},
               {"0.3896      [122.8] s", "support.asa", 122.7812768}}},
    {.file = "02-erlang-c",
     .known = {{"12       [0.4494]", "support.delayed", 0.4493882243},
               {"0.4494       [0.6402]", "support.service_level", 0.6401580404},
               {"0.6402       [40.4] s", "support.asa", 40.4449402}}},
    {.file = "02-erlang-c",
     .settings = {"agents.desk.count=13"},
     .known = {{"13       [0.2853]", "support.delayed", 0.2852704530},
               {"0.2853       [0.7956]", "support.service_level", 0.7955947884},
               {"0.7956       [17.1] s", "support.asa", 17.1162272}}},
    {.file = "02-erlang-c",
     .settings = {"agents.desk.count=14"},
     .known = {{"14       [0.1741]", "support.delayed", 0.1741319336},
               {"0.1741       [0.8884]", "support.service_level", 0.8883500192},
               {"0.8884        [7.8] s", "support.asa", 7.8359370}}},
};

static const struct claims patience[] = {
    {.file = "03-patience",
     .known = {{"must wait        [0.1453]", "support.delayed", 0.14526011},
               {"[0.9168] of all offered", "support.service_level", 0.91679209},
               {"[0.9298] of the", "support.service_level_answered", 0.92979409},
               {"[0.9234] when", "support.service_level_net", 0.92340732},
               {"[0.9240] when", "support.service_level_credit", 0.92395603},
               {"hung up                    [0.01398]", "support.abandon_rate", 0.01398374},
               {"[4.195] s", "support.wait", 4.195123}}},
    {.file = "03-patience",
     .settings = {"agents.desk.count=10"},
     .known = {{"[10.9] % hang up", "support.abandon_rate", 0.109438},
               {"[0.5168] are answered", "support.service_level", 0.51681017}}},
    {.file = "03-patience",
     .settings = {"queues.support.patience={exponential: 600 s}"},
     .known = {{"= 0.01398. 3. It falls, to [0.9066]", "support.service_level", 0.9066184464}}},
};

static const struct claims three_readings[] = {
    {.file = "04-three-readings",
     .known = {{"and on at that pace        [0.0467]", "support.abandon_rate", 0.046661399},
               {"0.0467       [0.7839]", "support.service_level", 0.7838718407},
               {"0.7839        [11.48]", "support.wait", 11.4845450097}}},
    {.file = "04-three-readings",
     .variant = "or_never",
     .known = {{"the others never           [0.0282]", "support.abandon_rate", 0.0281771663},
               {"0.0282       [0.7303]", "support.service_level", 0.7303472382},
               {"0.7303        [19.13]", "support.wait", 19.1332326489}}},
    {.file = "04-three-readings",
     .variant = "or_later",
     .known = {{"the others 5 min on avg.   [0.0490]", "support.abandon_rate", 0.0489691261},
               {"0.0490       [0.7929]", "support.service_level", 0.7928881804},
               {"0.7929        [10.50]", "support.wait", 10.5040977029}}},
    {.file = "04-three-readings",
     .variant = "or_never",
     .settings = {"agents.desk.count=10"},
     .known = {{"wait of [79]", "support.wait", 78.9786319555}}},
    {.file = "04-three-readings",
     .settings = {"agents.desk.count=10"},
     .known = {{"79 s against [28]", "support.wait", 28.4258005775}}},
    {.file = "04-three-readings",
     .variant = "or_later",
     .settings = {"agents.desk.count=10"},
     .known = {{"28 s and [25]", "support.wait", 24.9616370372}}},
};

static const struct claims economies_of_scale[] = {
    {.file = "05-economies-of-scale",
     .known = {{"5            8       [0.8801]", "support.service_level", 0.8801483108},
               {"of the small team are busy [62.5] %", "desk.occupancy", 0.625}}},
    {.file = "05-economies-of-scale",
     .variant = "x4",
     .known = {{"20           24       [0.8089]", "support.service_level", 0.808881887}}},
    {.file = "05-economies-of-scale",
     .variant = "x16",
     .known = {{"80           87       [0.8443]", "support.service_level", 0.8442697085}}},
    {.file = "05-economies-of-scale",
     .variant = "x64",
     .known = {{"320          329       [0.8129]", "support.service_level", 0.8129127742},
               {"62.5 % of the time, of the large one [97.3] %", "desk.occupancy", 0.9726443769}}},
};

static const struct claims pooling[] = {
    {.file = "06-pooling",
     .known = {{"as it is: 7 + 7     [0.3241]", "sales.delayed", 0.324149949173},
               {"0.3241       [0.7404]", "sales.service_level", 0.740441011543},
               {"0.7404       [29.17]", "sales.asa", 29.1734954256}}},
    {.file = "06-pooling",
     .variant = "pooled",
     .known = {{"pooled: 14          [0.1741]", "sales.delayed", 0.174131933595},
               {"0.1741       [0.8884]", "sales.service_level", 0.888350019179},
               {"0.8884        [7.84]", "sales.asa", 7.83593701178}}},
    {.file = "06-pooling",
     .variant = "pooled_13",
     .known = {{"pooled_13: 13       [0.2853]", "sales.delayed", 0.285270453036},
               {"0.2853       [0.7956]", "sales.service_level", 0.795594788418},
               {"0.7956       [17.12]", "sales.asa", 17.1162271822}}},
    {.file = "06-pooling",
     .variant = "pooled_slower",
     .known = {{"1 erlang and 14 agents make [20.0]", "sales.asa", 19.9926711303}}},
};

static const struct claims priorities[] = {
    {.file = "07-priorities",
     .variant = "no_gold",
     .known = {{"_gold: first come           [16.0] min", "gold.wait", 960},
               {"16.0 min        [16.0] min", "others.wait", 960},
               {"16.0 min     [16.0] min", "total.wait", 960}}},
    {.file = "07-priorities",
     .known = {{"it is: gold first           [4.0] min", "gold.wait", 240},
               {"4.0 min        [20.0] min", "others.wait", 1200},
               {"20.0 min     [16.0] min", "total.wait", 960},
               {"25.0 minutes instead of [24.0|min]", "others.time_in_system", 1440}}},
    {.file = "07-priorities",
     .variant = "interrupting",
     .known = {{"terrupting                   [1.0] min", "gold.wait", 60},
               {"1.0 min        [20.0] min", "others.wait", 1200},
               {"20.0 min     [15.2] min", "total.wait", 915},
               {"m dialling to the end it is [25.0|min] min", "others.time_in_system", 1500}}},
    {.file = "07-priorities",
     .variant = "gold_for_most",
     .known = {{"old waits 3.2 / (1 - 0.6) = [8.0|min] min", "gold.wait", 480},
               {"8.0 minutes, the others [40.0|min]", "others.wait", 2400}}},
};

static const struct claims variability[] = {
    {.file = "08-variability",
     .variant = "constant",
     .known = {{"0         [8.0] min", "support.wait", 480}}},
    {.file = "08-variability", .known = {{"1       [16.0] min", "support.wait", 960}}},
    {.file = "08-variability",
     .variant = "lognormal",
     .known = {{"ephone work         1.2     [19.5] min", "support.wait", 1171.2}}},
    {.file = "08-variability",
     .variant = "two_kinds",
     .known = {{"y long calls        2       [40.0] min", "support.wait", 2400}}},
    {.file = "08-variability",
     .settings = {"queues.support.handling={exponential: 3.6 min}"},
     .known = {{"aining: 0.72 / 0.28 x 3.6 = [9.3|min] min", "support.wait", 555.428571}}},
    {.file = "08-variability",
     .settings = {"queues.support.handling={gamma: {mean: 4 min, cv: 0.5}}"},
     .known = {{"9.3 minutes. Script: 16 x 1.25 / 2 = [10.0|min] min", "support.wait", 600}}},
};

static void lesson_1_one_agent_is_what_the_textbook_says(void **state)
{
    (void)state;
    expect_claims(one_agent, sizeof one_agent / sizeof one_agent[0]);
}

static void lesson_2_erlang_c_is_what_erlang_says(void **state)
{
    (void)state;
    expect_claims(erlang_c, sizeof erlang_c / sizeof erlang_c[0]);
}

static void lesson_3_patience_is_what_palm_says(void **state)
{
    (void)state;
    expect_claims(patience, sizeof patience / sizeof patience[0]);
}

static void lesson_4_the_three_readings_are_what_zeltyn_and_mandelbaum_say(void **state)
{
    (void)state;
    expect_claims(three_readings, sizeof three_readings / sizeof three_readings[0]);
}

static void lesson_5_large_teams_need_less_reserve_as_erlang_says(void **state)
{
    (void)state;
    expect_claims(economies_of_scale, sizeof economies_of_scale / sizeof economies_of_scale[0]);
}

static void lesson_6_one_team_waits_less_than_two_as_erlang_says(void **state)
{
    (void)state;
    expect_claims(pooling, sizeof pooling / sizeof pooling[0]);
}

static void lesson_7_priorities_make_no_time_as_cobham_says(void **state)
{
    (void)state;
    expect_claims(priorities, sizeof priorities / sizeof priorities[0]);
}

static void lesson_8_variability_waits_as_pollaczek_and_khinchine_say(void **state)
{
    (void)state;
    expect_claims(variability, sizeof variability / sizeof variability[0]);
}

static oh_queue_figures by_erlang_c(double load, double agents)
{
    oh_queue_figures figures;
    assert_int_equal(oh_erlang_c(load / 180, 180, agents, 20, &figures), OH_OK);
    return figures;
}

static void the_exercises_of_lesson_5_have_those_answers(void **state)
{
    (void)state;
    struct trial trial = variant_run("05-economies-of-scale", NULL);
    expect_says(&trial, "Answers: 1. [21] %", by_erlang_c(20, 25).delayed);
    expect_says(&trial, "21 % and [24] %", by_erlang_c(80, 89).delayed);
    assert_true(by_erlang_c(160, 168).service_level > 0.8);
    assert_true(by_erlang_c(160, 167).service_level < 0.8);
    assert_true(by_erlang_c(80, 86).service_level < 0.8);
    trial_free(&trial);
}

static void the_exercises_of_lesson_6_have_those_answers(void **state)
{
    (void)state;
    struct trial trial = variant_run("06-pooling", "one_each");
    double alone = by_erlang_c(5, 7).asa, pooled = by_erlang_c(10, 14).asa;
    oh_run_options longer = {.replications = 200};
    trial_run(&trial, &longer);
    double trained = figure_of(&trial, "total.asa").value;
    expect_says(&trial, "s to about [18] s: half", trained);
    assert_near((alone - trained) / (alone - pooled), 0.5, 0.06);
    oh_queue_figures slower;
    assert_int_equal(oh_erlang_c(200 / 3600.0, 1.2 * 180, 14, 20, &slower), OH_OK);
    assert_true(slower.asa > alone);
    trial_free(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lesson_1_one_agent_is_what_the_textbook_says),
        cmocka_unit_test(lesson_2_erlang_c_is_what_erlang_says),
        cmocka_unit_test(lesson_3_patience_is_what_palm_says),
        cmocka_unit_test(lesson_4_the_three_readings_are_what_zeltyn_and_mandelbaum_say),
        cmocka_unit_test(lesson_5_large_teams_need_less_reserve_as_erlang_says),
        cmocka_unit_test(lesson_6_one_team_waits_less_than_two_as_erlang_says),
        cmocka_unit_test(lesson_7_priorities_make_no_time_as_cobham_says),
        cmocka_unit_test(lesson_8_variability_waits_as_pollaczek_and_khinchine_say),
        cmocka_unit_test(the_exercises_of_lesson_5_have_those_answers),
        cmocka_unit_test(the_exercises_of_lesson_6_have_those_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
