/* test_memory_advice.c - memory runs out at each allocation of an explanation, a story and a
 * calculation in turn: the answer is complete, or OH_NO_MEMORY and nothing leaks.
 */
#include "../support/support.h"

#include <string.h>

#include <onhold/calculator.h>
#include <onhold/explain.h>
#include <onhold/story.h>

#include "../support/allocations.h"

/* Takes everything and allocates nothing. */
static bool swallow(void *user, const char *text, size_t length)
{
    (void)text;
    *(size_t *)user += length;
    return true;
}

/* Each in turn fails; `errand` returns its status and how much it wrote. */
static void try_all(oh_status (*errand)(size_t *written))
{
    size_t whole = 0, written;
    assert_int_equal(errand(&whole), OH_OK);
    for (unsigned long k = 1; k < 10000; k++) {
        written = 0;
        allocations_arm(k);
        oh_status status = errand(&written);
        bool failed = allocations_failed();
        allocations_disarm();
        if (!failed) {
            assert_int_equal(status, OH_OK);
            assert_int_equal(written, whole);
            assert_true(k > 5);
            return;
        }
        assert_that(status == OH_NO_MEMORY || (status == OH_OK && written == whole),
                    "allocation %lu: %s, %zu of %zu bytes", k, oh_status_text(status), written,
                    whole);
    }
    fail_msg("it never ends");
}

static const struct trial *scenario;

static oh_status explain(size_t *written)
{
    const oh_write_context context = {.file = "x.yaml", .variant = "", .sha256 = ""};
    oh_sink sink = {.write = swallow, .user = written};
    oh_explanation *e = NULL;
    oh_status status = oh_explain(&e, scenario->model);
    if (status == OH_OK)
        status = oh_explanation_write(e, &context, "table", sink);
    if (status == OH_OK)
        status = oh_explanation_write(e, &context, "json", sink);
    oh_explanation_free(e);
    return status;
}

static oh_status calculate(size_t *written)
{
    static const oh_question question = {.model = "a",
                                         .arrivals = "100 per 30 min",
                                         .handling = "180 s",
                                         .patience = "{hung_up_by: {40 s: 15%, 2 min: 40%}}",
                                         .target = "{service_level_net: 80% in 20 s}"};
    oh_sink sink = {.write = swallow, .user = written};
    char wrong[OH_CALCULATOR_WORDS];
    oh_calculation *c = NULL;
    oh_status status = oh_calculate(&c, &question, wrong);
    if (status == OH_OK)
        status = oh_calculation_write(c, "table", true, false, sink);
    oh_calculation_free(c);
    return status;
}

static oh_status tell(size_t *written)
{
    oh_sink sink = {.write = swallow, .user = written};
    oh_story *story = NULL;
    oh_status status = oh_story_play(&story, scenario->model, 1, 1, NULL);
    for (size_t i = 0; status == OH_OK && i < oh_story_events(story); i++)
        status = oh_story_event(story, i, sink);
    oh_story_free(story);
    return status;
}

static void an_explanation_and_a_story_survive_each_failing_allocation(void **state)
{
    (void)state;
    struct trial t = trial_text(
        "onhold: 1\nname: Two\ntime: {open: 08:00-10:00}\nqueues:\n"
        "  a: {arrivals: 60 per h, handling: {exponential: 3 min}, patience: {exponential: 1 min},"
        " target: 80% in 20 s}\n"
        "  b: {arrivals: 9 per h, handling: {exponential: 3 min}, patience: never}\n"
        "agents:\n  desk:\n    serves: [a]\n    shifts: [{count: 2, hours: 08:00-09:45}]\n"
        "  bees: {count: 1, serves: [b]}\n");
    scenario = &t;
    try_all(explain);
    try_all(tell);
    trial_free(&t);
}

static void a_calculation_survives_each_failing_allocation(void **state)
{
    (void)state;
    try_all(calculate);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_explanation_and_a_story_survive_each_failing_allocation),
        cmocka_unit_test(a_calculation_survives_each_failing_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
