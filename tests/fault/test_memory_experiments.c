/* test_memory_experiments.c - memory runs out while results are compared, a grid is swept, or a
 * simulation is held against Erlang's formulas.
 *
 * As in test_memory.c: either the answer is complete and right, or a status says that memory ran
 * out.
 */
#include "../support/support.h"

#include <string.h>

#include "../support/allocations.h"
#include "../support/paper.h"

static const char scenario_text[] =
    "onhold: 1\nname: Memory\ntime: {open: 08:00-10:00, interval: 60 min}\n"
    "queues:\n"
    "  a: {arrivals: 20 per h, handling: {constant: 4 min}, patience: {uniform: {from: 0 s, to: 4 "
    "min}}, redial: {after_abandon: 40%, delay: {exponential: 5 min}}, target: 80% in 20 s, cost: "
    "{abandoned: 3}}\n"
    "  b: {arrivals: 5 per h, handling: {exponential: 4 min}, patience: {exponential: 4 min}}\n"
    "agents: {desk: {count: 2, serves: [a]}, other: {count: 1, serves: [b]}}\n";

static const oh_write_context context = {.file = "memory.yaml", .variant = "", .sha256 = ""};
static const char *const formats[] = {"table", "csv", "json", "md"};

static oh_status compare(const struct trial *t, oh_sink sink)
{
    oh_contender both[] = {{"one", t[0].result}, {"two", t[1].result}};
    oh_write_context contexts[] = {context, context};
    oh_comparison *c = NULL;
    oh_status status = oh_comparison_new(&c, both, 2, NULL);
    for (size_t i = 0; i < 4 && status == OH_OK; i++)
        status = oh_compare_writer_find(formats[i])(c, contexts, sink);
    if (status == OH_OK)
        status = oh_compare_plot(c, contexts, sink);
    if (status == OH_OK)
        status = oh_compare_html(c, contexts, &(oh_compare_report){.no_picture = "None."}, sink);
    oh_comparison_free(c);
    return status;
}

static oh_status sweep(const struct trial *t, oh_sink sink)
{
    static const char *const vary[] = {"agents.desk.count=2..3",
                                       "queues.a.patience=never,{exponential: 1 min}"};
    static const char *const all[] = {"table", "csv", "json", "md", "sweep", "staffing_curve"};
    oh_run_options options = {.replications = 2, .jobs = 1};
    oh_diags *diags = oh_diags_new();
    oh_sweep *grid = NULL;
    oh_status status =
        diags ? oh_sweep_new(&grid, t->scenario, vary, 2, diags, NULL) : OH_NO_MEMORY;
    for (size_t i = 0; i < 6 && status == OH_OK; i++) {
        oh_sweep_writer *writer = NULL;
        status = oh_sweep_writer_new(&writer, grid, all[i], &context, sink);
        if (status == OH_OK)
            status = oh_sweep_writer_show(writer, OH_QUEUE, "b", "asa");
        if (status == OH_OK)
            status = oh_sweep_writer_show(writer, OH_TOTAL, "", "cost");
        if (status == OH_OK)
            status = oh_sweep_run(grid, &options, oh_sweep_writer_point, writer, NULL);
        if (status == OH_OK)
            status = oh_sweep_writer_end(writer);
        oh_sweep_writer_free(writer);
    }
    oh_sweep_free(grid);
    oh_diags_free(diags);
    return status;
}

static oh_status against_erlang(const struct trial *t, oh_sink sink)
{
    oh_run_options options = {.jobs = 1};
    oh_gap *gap = NULL;
    oh_status status = oh_gap_find(&gap, t->scenario, t->result, &options, NULL);
    oh_write_context with = context;
    with.gap = gap;
    for (size_t i = 0; i < 4 && status == OH_OK; i++)
        status = oh_writer_find(formats[i])->write(t->result, &with, sink);
    oh_gap_free(gap);
    return status;
}

typedef oh_status errand_fn(const struct trial *t, oh_sink sink);

/* The first `samples` allocations one by one, then as many spread over the rest. */
static void fail_everywhere(errand_fn *errand, bool all_after, unsigned long samples)
{
    static struct paper reference, paper;
    struct trial t[] = {trial_text(scenario_text), trial_text(scenario_text)};
    oh_run_options options = {.replications = 3, .jobs = 1};
    trial_run(&t[0], &options);
    trial_run(&t[1], &options);
    reference.length = 0;
    allocations_arm(0);
    assert_int_equal(errand(t, paper_sink(&reference)), OH_OK);
    unsigned long total = allocations_disarm();
    unsigned long stride = total > samples ? (total - samples) / samples + 1 : 1;
    assert_true(reference.length > 1000);
    for (unsigned long k = 1; k <= total; k += k < samples ? 1 : stride) {
        paper.length = 0;
        if (all_after)
            allocations_arm_from(k);
        else
            allocations_arm(k);
        oh_status status = errand(t, paper_sink(&paper));
        allocations_disarm();
        if (status == OH_NO_MEMORY || status == OH_IO)
            continue;
        assert_that(status == OH_OK, "allocation %lu of %lu failing gave: %s", k, total,
                    oh_status_text(status));
        assert_that(paper.length == reference.length &&
                        memcmp(paper.at, reference.at, paper.length) == 0,
                    "allocation %lu of %lu failed silently: the output differs", k, total);
    }
    trial_free(&t[0]);
    trial_free(&t[1]);
}

static void a_failing_allocation_never_harms_a_comparison(void **state)
{
    (void)state;
    fail_everywhere(compare, false, 60);
    fail_everywhere(compare, true, 6);
}

static void a_failing_allocation_never_harms_a_sweep(void **state)
{
    (void)state;
    fail_everywhere(sweep, false, 40);
    fail_everywhere(sweep, true, 6);
}

static void a_failing_allocation_never_harms_the_look_at_erlang(void **state)
{
    (void)state;
    fail_everywhere(against_erlang, false, 40);
    fail_everywhere(against_erlang, true, 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failing_allocation_never_harms_a_comparison),
        cmocka_unit_test(a_failing_allocation_never_harms_a_sweep),
        cmocka_unit_test(a_failing_allocation_never_harms_the_look_at_erlang),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
