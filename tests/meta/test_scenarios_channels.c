/* test_scenarios_channels.c - scenarios with chat, messages and e-mail
 *
 * Every figure that the `about:` of these scenarios states is what the program gives
 * (../support/claims.h). What is computed from several figures has a test of its own below.
 */
#include "../support/claims.h"

static const struct claims channel_mix[] = {
    {.file = "channel-mix",
     .claim = {{"mixes below need 15 agents, [25,365]", "total.cost"},
               {"15         [83] %", "phone.service_level"},
               {"83 %           [98] %", "chat.service_level"},
               {"98 %           [98] %", "email.service_level"},
               {"[8]", "phone.asa"},
               {"8 s as it is; e-mails wait [20|min] min", "email.asa"}}},
    {.file = "channel-mix",
     .variant = "all_phone",
     .claim = {{"15         [80] %", "phone.service_level"}}},
    {.file = "channel-mix",
     .variant = "half_digital",
     .claim = {{"15         [81] %", "phone.service_level"},
               {"81 %           [99] %", "chat.service_level"},
               {"99 %           [96] %", "email.service_level"}}},
    {.file = "channel-mix",
     .variant = "digital",
     .claim = {{"15         [81] %", "phone.service_level"},
               {"81 %          [100] %", "chat.service_level"},
               {"100 %           [90] %", "email.service_level"},
               {"20 minutes, and [96|min]", "email.asa"}}},
    {.file = "channel-mix",
     .variant = "digital",
     .settings = {"agents.team.count=14"},
     .claim = {{"14         [74] %", "phone.service_level"},
               {"74 %          [100] %", "chat.service_level"},
               {"100 %           [21] %", "email.service_level"}}},
    {.file = "channel-mix",
     .variant = "digital_packed",
     .claim = {{"14         [84] %", "phone.service_level"},
               {"84 %           [99] %", "chat.service_level"},
               {"99 %           [85] %", "email.service_level"}}},
};

static const struct claims chat_concurrency[] = {
    {.file = "chat-concurrency",
     .variant = "one",
     .claim = {{"[45] %", "chat.service_level"},
               {"45 %    [32.3] %", "chat.abandon_rate"},
               {"32.3 %   [51]", "chat.asa"},
               {"51 s      [7.9] min", "chat.aht"}}},
    {.file = "chat-concurrency",
     .claim = {{"wo, 80 %                    [88] %", "chat.service_level"},
               {"88 %     [6.5] %", "chat.abandon_rate"},
               {"6.5 %    [9]", "chat.asa"},
               {"9 s      [9.3] min", "chat.aht"},
               {"[88] %", "chat.service_level"},
               {"88 %          [90] %", "phone.service_level"},
               {"90 %            [93] %", "chat_desk.occupancy"},
               {"93 %, [60] %", "phone_desk.occupancy"}}},
    {.file = "chat-concurrency",
     .variant = "three",
     .claim = {{"with three                 [99] %", "chat.service_level"},
               {"99 %     [0.7] %", "chat.abandon_rate"},
               {"0.7 %    [1]", "chat.asa"},
               {"1 s      [9.9] min", "chat.aht"}}},
    {.file = "chat-concurrency",
     .variant = "slow_third",
     .claim = {{"50 % with three            [95] %", "chat.service_level"},
               {"95 %     [2.8] %", "chat.abandon_rate"},
               {"2.8 %    [4]", "chat.asa"},
               {"4 s     [11.1] min", "chat.aht"}}},
    {.file = "chat-concurrency",
     .variant = "beginners_two",
     .claim = {{"wo: 55 %                    [62] %", "chat.service_level"},
               {"62 %    [21.8] %", "chat.abandon_rate"},
               {"21.8 %   [31]", "chat.asa"},
               {"31 s     [13.2] min", "chat.aht"}}},
    {.file = "chat-concurrency",
     .variant = "beginners_three",
     .claim = {{"hree: 35 % with three       [63] %", "chat.service_level"},
               {"63 %    [21.9] %", "chat.abandon_rate"},
               {"21.9 %   [30]", "chat.asa"},
               {"30 s     [20.1] min", "chat.aht"}}},
    {.file = "chat-concurrency",
     .variant = "blended",
     .claim = {{"[100] %", "chat.service_level"},
               {"100 %          [78] %", "phone.service_level"},
               {"78 %            [84] %", "chat_desk.occupancy"},
               {"84 %, [84] %", "phone_desk.occupancy"}}},
    {.file = "chat-concurrency",
     .variant = "helping",
     .claim = {{"hats that waited 20 s        [97] %", "chat.service_level"},
               {"97 %          [84] %", "phone.service_level"},
               {"84 %            [92] %", "chat_desk.occupancy"},
               {"92 %, [67] %", "phone_desk.occupancy"}}},
};

static const struct claims silent_chat[] = {
    {.file = "silent-chat",
     .claim = {{"Answer: with four agents, [31] %", "chat.abandon_rate"},
               {"ach silent one     4        [49] %", "chat.service_level"},
               {"49 %     [31] %", "chat.abandon_rate"},
               {"31 %             [838]", "chat.answered"},
               {"hats in 20 hours instead of [838]", "chat.answered"}}},
    {.file = "silent-chat",
     .variant = "are_you_there",
     .claim = {{"4        [53] %", "chat.service_level"},
               {"53 %     [28] %", "chat.abandon_rate"},
               {"28 %             [879]", "chat.answered"}}},
    {.file = "silent-chat",
     .variant = "they_say_goodbye",
     .claim = {{"leaves silently    4        [53] %", "chat.service_level"},
               {"53 %     [27] %", "chat.abandon_rate"},
               {"27 %             [883]", "chat.answered"}}},
    {.file = "silent-chat",
     .variant = "five_agents",
     .claim = {{"5        [71] %", "chat.service_level"},
               {"71 %     [17] %", "chat.abandon_rate"},
               {"17 %           [1,010]", "chat.answered"}}},
};

static void the_figures_of_the_channel_mix_are_what_20_weeks_give(void **state)
{
    (void)state;
    expect_claims(channel_mix, sizeof channel_mix / sizeof channel_mix[0]);
}

static void the_figures_of_chat_concurrency_hold(void **state)
{
    (void)state;
    expect_claims(chat_concurrency, sizeof chat_concurrency / sizeof chat_concurrency[0]);
}

static void the_figures_of_the_silent_chat_hold(void **state)
{
    (void)state;
    expect_claims(silent_chat, sizeof silent_chat / sizeof silent_chat[0]);
}

static void the_fifteenth_agent_costs_what_about_says(void **state)
{
    (void)state;
    struct trial fifteen = variant_run("channel-mix", NULL);
    struct trial fourteen = variant_run("channel-mix", "digital_packed");
    expect_says(&fifteen, "the fifteenth costs [1,633] EUR",
                figure_of(&fifteen, "total.cost").value - figure_of(&fourteen, "total.cost").value);
    trial_free(&fifteen);
    trial_free(&fourteen);
}

static bool all_targets_met(const struct trial *trial)
{
    static const char *const rates[] = {"phone.service_level", "chat.service_level",
                                        "messaging.service_level", "email.service_level",
                                        "social.service_level"};
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++)
        if (figure_of(trial, rates[i]).value < 0.8)
            return false;
    return true;
}

static void each_mix_needs_15_agents_and_the_packed_one_14(void **state)
{
    (void)state;
    static const char *const mixes[] = {NULL, "all_phone", "half_digital", "digital"};
    for (size_t i = 0; i < 4; i++)
        for (int agents = 14; agents <= 15; agents++) {
            char count[] = "agents.team.count=00";
            count[18] = '1';
            count[19] = (char)('0' + agents % 10);
            struct trial trial = claims_run(
                &(struct claims){.file = "channel-mix", .variant = mixes[i], .settings = {count}});
            assert_int_equal(all_targets_met(&trial), agents == 15);
            trial_free(&trial);
        }
    struct trial packed = variant_run("channel-mix", "digital_packed");
    assert_true(all_targets_met(&packed));
    trial_free(&packed);
}

/* 20 hours: the time that windows were open, less that of the chats in them, was for nothing. */
static void the_time_lost_on_silent_customers_is_what_about_says(void **state)
{
    (void)state;
    struct trial trial = variant_run("silent-chat", NULL);
    double open = figure_of(&trial, "desk.busy").value *
                  figure_of(&trial, "desk.concurrency").value * 20 * 3600;
    double answered = figure_of(&trial, "chat.answered").value;
    expect_says(&trial, "the desk spends [5] % of its chat time",
                1 - answered * figure_of(&trial, "chat.aht").value / open);
    expect_says(&trial, "would show [1,064] chats",
                answered + 0.6 * figure_of(&trial, "chat.abandoned").value);
    trial_free(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_figures_of_the_channel_mix_are_what_20_weeks_give),
        cmocka_unit_test(the_figures_of_chat_concurrency_hold),
        cmocka_unit_test(the_figures_of_the_silent_chat_hold),
        cmocka_unit_test(the_fifteenth_agent_costs_what_about_says),
        cmocka_unit_test(each_mix_needs_15_agents_and_the_packed_one_14),
        cmocka_unit_test(the_time_lost_on_silent_customers_is_what_about_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
