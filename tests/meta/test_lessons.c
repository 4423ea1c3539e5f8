/* test_lessons.c - the numbered lessons: what they teach is what theory says, and the simulation
 * agrees with it within 4 standard errors.
 */
#include "../support/claims.h"

/* M/M/1 by hand: rho = 0.8, W = rho / (mu - lambda). */
static const struct claims one_agent[] = {
    {.file = "01-one-agent",
     .claim = {{"must wait        [0.8]\n", "support.delayed", 0.8},
               {"mean wait                  [960] s", "support.wait", 960},
               {"on average  [3.2]\n", "support.queue_length", 3.2},
               {"within 20 s       [0.2132]", "support.service_level", 0.21322289739717603},
               {"busy                 [0.8]\n", "desk.occupancy", 0.8}}},
};

static const struct claims erlang_c[] = {
    {.file = "02-erlang-c",
     .settings = {"agents.desk.count=11"},
     .claim = {{"11       [0.6821]", "support.delayed", 0.6821182047},
               {"0.6821       [0.3896]", "support.service_level", 0.3896138117},
               {"0.3896      [122.8] s", "support.asa", 122.7812768}}},
    {.file = "02-erlang-c",
     .claim = {{"12       [0.4494]", "support.delayed", 0.4493882243},
               {"0.4494       [0.6402]", "support.service_level", 0.6401580404},
               {"0.6402       [40.4] s", "support.asa", 40.4449402}}},
    {.file = "02-erlang-c",
     .settings = {"agents.desk.count=13"},
     .claim = {{"13       [0.2853]", "support.delayed", 0.2852704530},
               {"0.2853       [0.7956]", "support.service_level", 0.7955947884},
               {"0.7956       [17.1] s", "support.asa", 17.1162272}}},
    {.file = "02-erlang-c",
     .settings = {"agents.desk.count=14"},
     .claim = {{"14       [0.1741]", "support.delayed", 0.1741319336},
               {"0.1741       [0.8884]", "support.service_level", 0.8883500192},
               {"0.8884        [7.8] s", "support.asa", 7.8359370}}},
};

static const struct claims patience[] = {
    {.file = "03-patience",
     .claim = {{"must wait        [0.1453]", "support.delayed", 0.14526011},
               {"[0.9168] of all offered", "support.service_level", 0.91679209},
               {"[0.9298] of the", "support.service_level_answered", 0.92979409},
               {"[0.9234] when", "support.service_level_net", 0.92340732},
               {"[0.9240] when", "support.service_level_credit", 0.92395603},
               {"hung up                    [0.01398]", "support.abandon_rate", 0.01398374},
               {"[4.195] s", "support.wait", 4.195123}}},
    {.file = "03-patience",
     .settings = {"agents.desk.count=10"},
     .claim = {{"[10.9] % hang up", "support.abandon_rate", 0.109438},
               {"[0.5168] are answered", "support.service_level", 0.51681017}}},
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lesson_1_one_agent_is_what_the_textbook_says),
        cmocka_unit_test(lesson_2_erlang_c_is_what_erlang_says),
        cmocka_unit_test(lesson_3_patience_is_what_palm_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
