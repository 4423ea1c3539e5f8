/* test_scenarios_days.c - scenarios of days that go wrong
 *
 * Every figure that the `about:` of these scenarios states is what the program gives
 * (../support/claims.h). What is computed from several figures has a test of its own below.
 */
#include "../support/claims.h"

#include <string.h>

static const struct claims call_back[] = {
    {.file = "call-back",
     .settings = {"lines=18"},
     .claim = {{"home. With 18 lines [5] %", "support.block_rate"}}},
    {.file = "call-back",
     .claim = {{"997       [196]", "support.abandoned"},
               {"196        [53]", "support.asa"},
               {"53 s            -               [17]", "support.queue_max"},
               {"(Of [1,116]", "support.callers"},
               {"st wait of a day rises from [7|min]", "support.wait_max"}}},
    {.file = "call-back",
     .variant = "call_back",
     .claim = {{"eeps his place  1,009       [176]", "support.abandoned"},
               {"176        [48]", "support.asa"},
               {"48 s         [9] min", "support.callback_wait"},
               {"9 min             [11]", "support.queue_max"},
               {"7 to [12|min] min", "support.wait_max"}}},
    {.file = "call-back",
     .variant = "call_back_last",
     .claim = {{"hen it is quiet 1,044       [118]", "support.abandoned"},
               {"118        [38]", "support.asa"},
               {"38 s        [75] min", "support.callback_wait"},
               {"75 min              [8]", "support.queue_max"},
               {"hang up, but the call comes [75|min] min", "support.callback_wait"}}},
    {.file = "call-back",
     .variant = "one_more",
     .claim = {{"s, 1 agent more 1,033       [135]", "support.abandoned"},
               {"135        [37]", "support.asa"},
               {"37 s            -               [15]", "support.queue_max"}}},
    {.file = "call-back",
     .variant = "basic_questions",
     .claim = {{"1,112         [6]", "support.abandoned"},
               {"6         [2]", "support.asa"},
               {"2 s            -                [5]", "support.queue_max"}}},
};

static const struct claims viral_surge[] = {
    {.file = "viral-surge",
     .claim = {{"efore anybody can react: of [1,561]", "support.callers"},
               {"it is, no overtime          [85] %", "support.service_level@10:45"},
               {"85 %     [0] %", "support.service_level@11:15"},
               {"0 %     [8] %", "support.service_level@11:45"},
               {"8 %    [52] %", "support.service_level@12:00"},
               {"52 %    [73] %", "support.service_level@12:15"},
               {"73 %    [78] %", "support.service_level@12:30"},
               {"78 %    [83] %", "support.service_level@12:45"},
               {"ay as a whole hides it all: [69] %", "support.service_level"},
               {"wait: at the worst, 11:30, [65] %", "support.abandon_rate@11:30"}}},
    {.file = "viral-surge",
     .variant = "ordinary_day",
     .claim = {{"inary_day                   [85] %", "support.service_level@10:45"},
               {"85 %    [82] %", "support.service_level@11:15"},
               {"82 %    [80] %", "support.service_level@11:45"},
               {"80 %    [87] %", "support.service_level@12:00"},
               {"87 %    [81] %", "support.service_level@12:15"},
               {"81 %    [88] %", "support.service_level@12:30"},
               {"88 %    [88] %", "support.service_level@12:45"},
               {"72 % with overtime, [85] %", "support.service_level"}}},
    {.file = "viral-surge",
     .variant = "overtime",
     .claim = {{"rtime: 8 more from 11:30    [85] %", "support.service_level@10:45"},
               {"85 %     [0] %", "support.service_level@11:15"},
               {"0 %    [71] %", "support.service_level@11:45"},
               {"71 %   [100] %", "support.service_level@12:00"},
               {"100 %   [100] %", "support.service_level@12:15"},
               {"100 %    [90] %", "support.service_level@12:30"},
               {"90 %    [85] %", "support.service_level@12:45"},
               {"69 % without, [72] %", "support.service_level"}}},
    {.file = "viral-surge",
     .variant = "at_once",
     .claim = {{"once: 8 more from 11:15     [85] %", "support.service_level@10:45"},
               {"85 %     [7] %", "support.service_level@11:15"},
               {"7 %    [76] %", "support.service_level@11:45"},
               {"76 %   [100] %", "support.service_level@12:00"},
               {"100 %    [90] %", "support.service_level@12:15"},
               {"90 %    [81] %", "support.service_level@12:30"},
               {"81 %    [85] %", "support.service_level@12:45"}}},
};

static void the_figures_of_call_back_hold(void **state)
{
    (void)state;
    expect_claims(call_back, sizeof call_back / sizeof call_back[0]);
}

static void the_figures_of_the_viral_surge_hold(void **state)
{
    (void)state;
    expect_claims(viral_surge, sizeof viral_surge / sizeof viral_surge[0]);
}

static void so_many_callers_are_reached_with_and_without_call_back(void **state)
{
    (void)state;
    static const char *const variants[] = {NULL, "call_back", "call_back_last", "one_more",
                                           "basic_questions"};
    static const char *const says[] = {"as it is                          [997] ",
                                       "keeps his place  [1,009] ", "when it is quiet [1,044] ",
                                       "1 agent more [1,033] ",
                                       "basic_questions                         [1,112] "};
    for (size_t i = 0; i < 5; i++) {
        struct trial trial = variant_run("call-back", variants[i]);
        double served = figure_of(&trial, "support.callers_served").value;
        expect_says(&trial, says[i], served + figure_of(&trial, "support.callbacks_done").value);
        if (i == 4)
            assert_near(0.8 * served, 890, 5);
        trial_free(&trial);
    }
}

static void so_many_never_get_through_after_the_post(void **state)
{
    (void)state;
    static const char *const variants[] = {NULL, "overtime", "ordinary_day", "at_once", "patient"};
    static const char *const says[] = {"people [143] never", "it is still [107]",
                                       "ordinary day it is [34]", "(at_once) leaves [86] without",
                                       "13:30, and [110] never"};
    for (size_t i = 0; i < 5; i++) {
        struct trial trial = variant_run("viral-surge", variants[i]);
        expect_says(&trial, says[i],
                    figure_of(&trial, "support.callers").value -
                        figure_of(&trial, "support.callers_served").value);
        trial_free(&trial);
    }
}

/* The first quarter of an hour after the rush in which 80 % are answered within 20 s. */
static const char *normal_again(const char *variant, char when[12])
{
    struct trial trial = variant_run("viral-surge", variant);
    strcpy(when, "never");
    for (long i = 47; i < 96; i++) {
        if (trial_read(&trial, OH_QUEUE, NULL, i, "service_level").value < 0.8)
            continue;
        strcpy(when, oh_result_interval(trial.result, (size_t)i).start);
        break;
    }
    trial_free(&trial);
    return when;
}

static void the_line_is_normal_again_when_about_says(void **state)
{
    char when[12];
    (void)state;
    assert_string_equal(normal_again(NULL, when), "12:45");       /* an hour after 11:45 */
    assert_string_equal(normal_again("overtime", when), "12:00"); /* a quarter of an hour */
    assert_string_equal(normal_again("patient", when), "13:30");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_figures_of_call_back_hold),
        cmocka_unit_test(the_figures_of_the_viral_surge_hold),
        cmocka_unit_test(so_many_callers_are_reached_with_and_without_call_back),
        cmocka_unit_test(so_many_never_get_through_after_the_post),
        cmocka_unit_test(the_line_is_normal_again_when_about_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
