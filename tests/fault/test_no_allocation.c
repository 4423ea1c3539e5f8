/* test_no_allocation.c - once a worker is warm, playing a day asks for no memory at all.
 */
#include "../support/support.h"

#include <string.h>

#include "../support/allocations.h"
#include "../support/scenario_gen.h"

/* Allocations of a run of so many days on one thread. */
static unsigned long allocations_of(const struct trial *trial, uint32_t replications)
{
    oh_run_options options = {.replications = replications, .jobs = 1};
    oh_result *result = NULL;
    allocations_arm(0);
    oh_status status = oh_run(&result, trial->model, &options, NULL);
    unsigned long asked = allocations_disarm();
    oh_result_free(result);
    assert_int_equal(status, OH_OK);
    return asked;
}

static void expect_none_after_the_first(struct trial trial)
{
    allocations_of(&trial, 1); /* threads and stdio keep what they ask for the first time */
    unsigned long one = allocations_of(&trial, 1);
    unsigned long many = allocations_of(&trial, 60);
    assert_that(one > 0, "the counter sees nothing");
    assert_that(many == one, "%s: 60 replications ask for memory %lu times, one %lu times",
                oh_model_name(trial.model), many, one);
    trial_free(&trial);
}

static void sixty_days_ask_for_memory_as_often_as_one(void **state)
{
    (void)state;
    expect_none_after_the_first(trial_file("scenarios/forty-seconds.yaml", NULL));
}

static void sixty_steady_runs_ask_for_memory_as_often_as_one(void **state)
{
    (void)state;
    expect_none_after_the_first(trial_file("scenarios/03-patience.yaml", NULL));
}

static void no_feature_asks_for_memory_while_it_plays(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct text text = {0};
        struct taste taste = {.day = true};
        scenario_random(&text, seed, &taste);
        expect_none_after_the_first(trial_text(text.at));
        text_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sixty_days_ask_for_memory_as_often_as_one),
        cmocka_unit_test(sixty_steady_runs_ask_for_memory_as_often_as_one),
        cmocka_unit_test(no_feature_asks_for_memory_while_it_plays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
