/* test_memory_reading.c - memory runs out while a scenario is read: every file of the gallery, and
 * one that says most of what can be said, with settings, variants and a copy.
 *
 * An allocation that fails either stops the reading with OH_NO_MEMORY or changes nothing at all.
 */
#include "../support/support.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../support/allocations.h"
#include "../support/paper.h"

#define WHOLE "../../tests/fuzz/corpus/whole.yaml"

/* A copy, its settings and its variants, each compiled. */
static oh_status change(const oh_scenario *scenario, oh_diags *diags)
{
    oh_scenario *copy = NULL;
    oh_model *model = NULL;
    oh_status status = oh_scenario_clone(&copy, scenario);
    if (status == OH_OK)
        status = oh_scenario_set(copy, "queues.support.patience.plus", "3 s", diags);
    if (status == OH_OK)
        status = oh_scenario_set(copy, "experiment", "{seed: 3}", diags);
    for (size_t i = 0; status == OH_OK && i < oh_scenario_variants(copy); i++) {
        const char *name = oh_scenario_variant_name(copy, i);
        status = oh_scenario_apply_variant(copy, name, diags);
        if (status == OH_OK)
            status = oh_model_compile(&model, copy, diags);
        oh_model_free(model);
        model = NULL;
    }
    oh_scenario_free(copy);
    return status;
}

static oh_status read_all(const char *file, struct paper *paper)
{
    oh_diags *diags = oh_diags_new();
    oh_scenario *scenario = NULL;
    oh_model *model = NULL;
    if (!diags)
        return OH_NO_MEMORY;
    oh_status status = oh_scenario_load(&scenario, file, diags);
    if (status == OH_OK)
        status = oh_model_compile(&model, scenario, diags);
    if (status == OH_OK && strcmp(file, WHOLE) == 0)
        status = change(scenario, diags);
    paper->length = 0;
    if (status != OH_NO_MEMORY && oh_diags_print(diags, false, paper_sink(paper)) != OH_OK)
        status = OH_NO_MEMORY;
    oh_model_free(model);
    oh_scenario_free(scenario);
    oh_diags_free(diags);
    return status;
}

static void fail_everywhere(const char *file)
{
    static struct paper reference, paper;
    allocations_arm(0);
    oh_status expected = read_all(file, &reference);
    unsigned long total = allocations_disarm();
    for (unsigned long k = 1; k <= total; k++) {
        allocations_arm(k);
        oh_status status = read_all(file, &paper);
        allocations_disarm();
        /* A file that cannot be opened for want of memory is one that cannot be read. */
        if (status == OH_NO_MEMORY)
            continue;
        assert_that(status == expected && paper.length == reference.length &&
                        memcmp(paper.at, reference.at, paper.length) == 0,
                    "%s: allocation %lu of %lu failing gave: %s\n%.*s", file, k, total,
                    oh_status_text(status), (int)paper.length, paper.at);
    }
}

static void a_failing_allocation_never_harms_a_damaged_file(void **state)
{
    unsigned files = 0;
    (void)state;
    DIR *folder = opendir(".");
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        const char *dot = strrchr(entry->d_name, '.');
        if (!dot || strcmp(dot, ".yaml") != 0)
            continue;
        fail_everywhere(entry->d_name);
        files++;
    }
    closedir(folder);
    assert_true(files > 40);
}

static void a_failing_allocation_never_harms_settings_variants_and_copies(void **state)
{
    static struct paper paper;
    (void)state;
    oh_status status = read_all(WHOLE, &paper);
    assert_that(status == OH_OK, "%.*s", (int)paper.length, paper.at);
    fail_everywhere(WHOLE);
}

static void a_failing_allocation_never_harms_a_week_of_everything(void **state)
{
    (void)state;
    fail_everywhere("../../tests/fuzz/corpus/features.yaml");
    fail_everywhere("../../tests/fuzz/corpus/flawed.yaml");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failing_allocation_never_harms_a_damaged_file),
        cmocka_unit_test(a_failing_allocation_never_harms_settings_variants_and_copies),
        cmocka_unit_test(a_failing_allocation_never_harms_a_week_of_everything),
    };
    if (chdir("scenarios/bad") != 0) {
        fprintf(stderr, "run this from the root of the source tree\n");
        return 1;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
