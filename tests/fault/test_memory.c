/* test_memory.c - memory runs out at the k-th allocation, for every k until nothing fails.
 *
 * Whatever happens, the answer is either complete and right or a status that says that memory ran
 * out; under the address sanitizer this also proves that nothing leaks on the way out.
 */
#include "../support/support.h"

#include <stdio.h>
#include <string.h>

#include <onhold/report.h>

#include "../support/allocations.h"
#include "../support/paper.h"
#include "../support/scenario_gen.h"

static const char scenario_text[] =
    "onhold: 1\n"
    "name: Memory\n"
    "about: |\n"
    "  Two queues, two groups, most kinds of distributions.\n"
    "time: {open: 08:00-10:00, interval: 30 min}\n"
    "queues:\n"
    "  support:\n"
    "    arrivals: {per: 30 min, counts: [10, 20, 20, 10]}\n"
    "    handling: {talk: {lognormal: {mean: 4 min, cv: 1.2}}, wrap_up: {gamma: {mean: 30 s, cv: "
    "0.8}}}\n"
    "    patience: {hung_up_by: {40 s: 15%, 2 min: 40%}}\n"
    "    target: 80% in 20 s\n"
    "  billing:\n"
    "    arrivals: 20 per h\n"
    "    handling: {mixture: [{share: 50%, constant: 2 min}, {share: 50%, exponential: 4 min}]}\n"
    "    patience: {first_of: [{weibull: {shape: 0.7, mean: 5 min}}, {uniform: {from: 1 min, to: 9 "
    "min}}]}\n"
    "    priority: 2\n"
    "agents:\n"
    "  desk:\n"
    "    count: {per: 30 min, counts: [3, 4, 4, 3]}\n"
    "    serves: [support, billing]\n"
    "  backup:\n"
    "    count: 1\n"
    "    serves: {support: {rank: 1}, billing: {rank: 2, speed: 1.1}}\n";

static const char broken_text[] =
    "onhold: 1\n"
    "name: Broken\n"
    "time: {open: 08:00-10:00, intervall: 30 min}\n"
    "queues:\n"
    "  support: {arrivals: 40, handling: 4 min, patience: 3 min, target: 80 in 20}\n"
    "agents:\n"
    "  desk: {count: -3, serves: [suport]}\n";

/* One user's whole errand. */
struct errand {
    const char *text; /* a scenario, or NULL */
    const char *file; /* then this file */
    const char *set_path, *set_value;
    unsigned jobs;
};

/* Loads, sets, compiles, runs, writes in every format; stops at the first failure. */
static oh_status steps(const struct errand *errand, oh_diags *diags, oh_scenario **scenario,
                       oh_model **model, oh_result **result, oh_sink sink)
{
    oh_status status = errand->text ? oh_scenario_load_text(scenario, "memory.yaml", errand->text,
                                                            strlen(errand->text), diags)
                                    : oh_scenario_load(scenario, errand->file, diags);
    if (status == OH_OK && errand->set_path)
        status = oh_scenario_set(*scenario, errand->set_path, errand->set_value, diags);
    if (status == OH_OK)
        status = oh_model_compile(model, *scenario, diags);
    char message[256] = "";
    oh_run_options options = {.replications = 3, .jobs = errand->jobs};
    if (status == OH_OK)
        status = oh_run(result, *model, &options, message);
    oh_write_context context = {.file = "memory.yaml", .variant = "", .sha256 = ""};
    for (size_t i = 0; status == OH_OK && i < oh_writer_count(); i++)
        status = oh_writer_at(i)->write(*result, &context, sink);
    for (size_t i = 0; status == OH_OK && i < oh_plot_count(); i++)
        status = oh_plot_at(i)->write(*result, &context, sink);
    oh_report_picture picture = {oh_plot_at(0)->name, "<svg viewBox=\"0 0 9 9\"></svg>", NULL};
    oh_report_change change = {0, 1, *result};
    oh_report report = {
        .pictures = &picture, .pictures_count = 1, .changes = &change, .changes_count = 1};
    if (status == OH_OK)
        status = oh_report_html(*result, &context, &report, sink);
    if (status == OH_OK)
        status = oh_trace_csv(*model, &(oh_trace_options){1, 1, 1, NULL}, sink, NULL, message);
    return status;
}

/* The errand with the k-th allocation failing (0: none), or it and all that follow. */
static oh_status run_errand(const struct errand *errand, unsigned long k, bool all_after,
                            struct paper *paper, unsigned long *asked)
{
    paper->length = 0;
    oh_sink sink = paper_sink(paper);
    oh_scenario *scenario = NULL;
    oh_model *model = NULL;
    oh_result *result = NULL;
    if (all_after)
        allocations_arm_from(k);
    else
        allocations_arm(k);
    oh_diags *diags = oh_diags_new();
    oh_status status =
        diags ? steps(errand, diags, &scenario, &model, &result, sink) : OH_NO_MEMORY;
    if (diags && status == OH_INVALID && oh_diags_print(diags, true, sink) != OH_OK)
        status = OH_NO_MEMORY;
    oh_result_free(result);
    oh_model_free(model);
    oh_scenario_free(scenario);
    oh_diags_free(diags);
    *asked = allocations_disarm();
    return status;
}

/* Exhaustive for the first `samples` allocations, then about as many again over the rest. */
static void fail_everywhere(const struct errand *errand, oh_status expected, bool all_after,
                            unsigned long samples)
{
    static struct paper reference, paper;
    unsigned long asked, total;
    assert_int_equal(run_errand(errand, 0, false, &reference, &total), expected);
    assert_true(reference.length > 0);
    unsigned long stride = total > samples ? (total - samples) / samples + 1 : 1;
    for (unsigned long k = 1; k <= total; k += k < samples ? 1 : stride) {
        oh_status status = run_errand(errand, k, all_after, &paper, &asked);
        if (status == OH_NO_MEMORY || (status == OH_IO && errand->file))
            continue;
        assert_that(status == expected, "allocation %lu of %lu failing gave: %s", k, total,
                    oh_status_text(status));
        assert_that(paper.length == reference.length &&
                        memcmp(paper.at, reference.at, paper.length) == 0,
                    "allocation %lu of %lu failed silently: the output differs", k, total);
    }
}

static void a_failing_allocation_never_harms(void **state)
{
    (void)state;
    struct errand errand = {.text = scenario_text,
                            .jobs = 1,
                            .set_path = "agents.desk.count.counts.1",
                            .set_value = "5"};
    fail_everywhere(&errand, OH_OK, false, 300);
}

static void memory_that_stays_short_never_harms(void **state)
{
    (void)state;
    struct errand errand = {.text = scenario_text, .jobs = 1};
    fail_everywhere(&errand, OH_OK, true, 300);
}

static void a_failing_allocation_never_harms_two_threads(void **state)
{
    (void)state;
    struct errand errand = {.text = scenario_text, .jobs = 2};
    fail_everywhere(&errand, OH_OK, false, 300);
}

static void a_failing_allocation_never_harms_reading_files(void **state)
{
    (void)state;
    struct errand errand = {.file = "scenarios/forty-seconds.yaml", .jobs = 1};
    fail_everywhere(&errand, OH_OK, false, 300);
}

static void a_failing_allocation_never_harms_any_feature(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct text text = {0};
        struct taste taste = {.day = true};
        scenario_random(&text, seed, &taste);
        struct errand errand = {.text = text.at, .jobs = 1};
        fail_everywhere(&errand, OH_OK, false, 60);
        text_free(&text);
    }
}

static void a_failing_allocation_never_hides_or_invents_a_diagnostic(void **state)
{
    (void)state;
    struct errand errand = {.text = broken_text, .jobs = 1};
    fail_everywhere(&errand, OH_INVALID, false, 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failing_allocation_never_harms),
        cmocka_unit_test(memory_that_stays_short_never_harms),
        cmocka_unit_test(a_failing_allocation_never_harms_two_threads),
        cmocka_unit_test(a_failing_allocation_never_harms_reading_files),
        cmocka_unit_test(a_failing_allocation_never_harms_any_feature),
        cmocka_unit_test(a_failing_allocation_never_hides_or_invents_a_diagnostic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
