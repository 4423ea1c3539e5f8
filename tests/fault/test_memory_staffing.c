/* test_memory_staffing.c - memory runs out while agents are searched and the answer is written.
 *
 * The k-th allocation fails: nothing crashes or leaks (make asan), and what comes out is "out of
 * memory" or the very same answer.
 */
#include "../support/support.h"

#include <string.h>

#include <onhold/staff.h>

#include "../support/allocations.h"
#include "../support/paper.h"

static oh_status search(const oh_model *model, struct paper *paper)
{
    static const oh_write_context context = {.file = "", .variant = "", .sha256 = ""};
    static const char *const formats[] = {"table", "csv"};
    oh_staff_options options = {.run = {.replications = 2, .jobs = 1}};
    oh_staffing *f = NULL;
    oh_status status = oh_staff(&f, model, &options, NULL);
    paper->length = 0;
    for (int i = 0; status == OH_OK && i < 2; i++)
        status = oh_staffing_write(f, &context, formats[i], paper_sink(paper));
    if (status == OH_OK)
        status = oh_staffing_write_plan(f, paper_sink(paper));
    if (status == OH_OK)
        status = oh_staffing_write_plot(f, paper_sink(paper));
    oh_staffing_free(f);
    return status;
}

static void survives(const char *text)
{
    static struct paper reference, paper;
    struct trial t = trial_text(text);
    allocations_arm(0);
    assert_int_equal(search(t.model, &reference), OH_OK);
    unsigned long total = allocations_disarm();
    assert_true(total > 100);
    /* each of the first, then ever fewer: the later ones repeat the same places */
    for (unsigned long k = 1; k <= total; k += 1 + k / 40) {
        allocations_arm(k);
        oh_status status = search(t.model, &paper);
        bool failed = allocations_failed();
        allocations_disarm();
        assert_true(failed);
        if (status != OH_OK) {
            assert_int_equal(status, OH_NO_MEMORY);
            continue;
        }
        assert_int_equal(paper.length, reference.length);
        assert_memory_equal(paper.at, reference.at, paper.length);
    }
    trial_free(&t);
}

static void a_search_survives_any_failing_allocation(void **state)
{
    (void)state;
    survives("onhold: 1\nname: Small\ntime: {open: 08:00-09:00, interval: 30 min}\n"
             "queues:\n"
             "  a: {arrivals: 20 per h, handling: {talk: {exponential: 3 min}, wrap_up: "
             "{constant: 20 s}},\n"
             "      patience: {exponential: 3 min}, target: 80% in 20 s}\n"
             "  b: {arrivals: 9 per h, handling: {exponential: 3 min}, patience: {exponential: "
             "1 min},\n"
             "      target: {abandon_rate: 20%}}\n"
             "agents:\n"
             "  one: {count: 1, serves: [a, b]}\n"
             "  two: {shifts: [{count: 1, hours: 08:00-09:00}], serves: [b]}\n");
}

/* Several agents who are missing in one run, told apart. */
static void a_look_at_many_survives_any_failing_allocation(void **state)
{
    (void)state;
    survives("onhold: 1\nname: Many\ntime: {open: 08:00-10:00, interval: 15 min}\n"
             "queues:\n"
             "  a: {arrivals: 80 per h, handling: {exponential: 1 min}, patience: {exponential: 1 "
             "min},\n"
             "      target: 70% in 20 s}\n"
             "agents:\n  one: {count: 1, serves: [a]}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_search_survives_any_failing_allocation),
        cmocka_unit_test(a_look_at_many_survives_any_failing_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
