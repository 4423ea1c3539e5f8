/* test_scenario_keys.c - the table of keys is whole: every row can be found, is explained, and its
 * example is YAML that the reader understands.
 */
#include "../support/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../sim/scenario/key_table.h"

static void every_key_is_found_by_its_path_and_explained(void **state)
{
    (void)state;
    assert_int_equal(oh_key_count(), key_rows());
    assert_true(oh_key_count() > 100);
    for (size_t i = 0; i < oh_key_count(); i++) {
        oh_entry entry = oh_key_at(i);
        assert_ptr_equal(key_of(entry.name), key_at(i)); /* so none is there twice */
        assert_true(entry.form[0] && entry.about[0]);
    }
}

static void every_key_has_the_keys_above_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < key_rows(); i++) {
        char path[100];
        snprintf(path, sizeof path, "%s", key_at(i)->path);
        for (char *dot = strrchr(path, '.'); dot; dot = strrchr(path, '.')) {
            bool list_item = strcmp(dot, ".*") == 0;
            *dot = '\0';
            assert_that(key_of(path) || strrchr(path, '*') || list_item, "%s has no row above it",
                        key_at(i)->path);
        }
    }
}

static void names_match_any_key_and_only_there(void **state)
{
    (void)state;
    assert_string_equal(key_in("queues", "support")->path, "queues.*");
    assert_string_equal(key_in("queues.*", "patience")->path, "queues.*.patience");
    assert_string_equal(key_in("", "time")->path, "time");
    assert_null(key_in("", "patience"));
    assert_null(key_in("time", "steady.length"));
    assert_null(key_in("queues.*.patience", "exponential"));
    assert_true(key_has_inside("queues.*.arrivals"));
    assert_false(key_has_inside("queues.*.patience"));
}

/* The example of every key, as a setting: it must be understood, or be refused as not supported
 * yet and nothing else. */
static void the_example_of_every_key_is_right(void **state)
{
    static const char base[] =
        "onhold: 1\nname: T\ntime: {open: 08:00-20:00}\nqueues: {support: {handling: {exponential: "
        "4 min}, patience: never}, billing: {handling: {exponential: 4 min}, patience: never}}\n"
        "agents: {desk: {count: 24, serves: [support]}}\n";
    (void)state;
    for (size_t i = 0; i < key_rows(); i++) {
        const struct key_row *row = key_at(i);
        /* Parts of a value, files that are not here, and what paths do not change. */
        bool skip = (row->flags & (KEY_FIXED | KEY_LATER)) || !row->read ||
                    strncmp(row->path, "time.steady", 11) == 0 || strcmp(row->path, "onhold") == 0;
        if (skip || strstr(row->path, "serves.*"))
            continue;
        char path[100];
        snprintf(path, sizeof path, "%s", row->path);
        char *star = strchr(path, '*');
        if (star) {
            const char *rest = row->path + (star - path) + 1;
            snprintf(star, sizeof path - (size_t)(star - path), "%s%s",
                     path[0] == 'q' ? "support" : "desk", rest);
        }
        if (strstr(path, "handling."))
            continue;
        oh_diags *diags = oh_diags_new();
        oh_scenario *scenario = NULL;
        oh_model *model = NULL;
        assert_int_equal(oh_scenario_load_text(&scenario, "t.yaml", base, strlen(base), diags),
                         OH_OK);
        oh_status status = oh_scenario_set(scenario, path, row->form, diags);
        if (status == OH_OK)
            status = oh_model_compile(&model, scenario, diags);
        bool inside = status == OH_INVALID && oh_diags_errors(diags) == 1 &&
                      strcmp(oh_diags_at(diags, 0)->code, "E202") == 0; /* a cost without another */
        if (status != OH_OK && !inside) {
            show_findings(diags);
            fail_with(__FILE__, __LINE__, "the example of %s is not understood", row->path);
        }
        oh_model_free(model);
        oh_scenario_free(scenario);
        oh_diags_free(diags);
    }
}

static void the_fuzzers_dictionary_knows_every_key_and_distribution(void **state)
{
    size_t length;
    (void)state;
    char *words = read_whole("tests/fuzz/scenario.dict", &length);
    for (size_t i = 0; i < oh_key_count() + oh_distribution_count(); i++) {
        char word[100];
        bool key = i < oh_key_count();
        const char *name = key ? key_name(key_at(i)) : oh_distribution_at(i - oh_key_count()).name;
        snprintf(word, sizeof word, "\"%s\"\n", name);
        if (strcmp(name, "*") != 0)
            assert_that(strstr(words, word), "tests/fuzz/scenario.dict lacks %s", name);
    }
    free(words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_is_found_by_its_path_and_explained),
        cmocka_unit_test(every_key_has_the_keys_above_it),
        cmocka_unit_test(names_match_any_key_and_only_there),
        cmocka_unit_test(the_example_of_every_key_is_right),
        cmocka_unit_test(the_fuzzers_dictionary_knows_every_key_and_distribution),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
