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

/* A row's path with names and numbers in place of its stars. */
static void fill_in(const char *pattern, char path[200])
{
    size_t used = 0, stars = 0;
    for (const char *p = pattern; *p; p++) {
        if (*p != '*') {
            path[used++] = *p;
            continue;
        }
        /* The second one preferred is the one written as a map. */
        const char *part = stars++ ? (strstr(pattern, "prefers") ? "1" : "0")
                                   : (pattern[0] == 'q' ? "support" : "desk");
        memcpy(path + used, part, strlen(part));
        used += strlen(part);
    }
    path[used] = '\0';
}

/* Sets the example of a row, after those of the sections and lists that it stands in. */
static oh_status set_example(oh_scenario *scenario, const char *pattern, oh_diags *diags)
{
    char above[200], path[200];
    oh_status status = OH_OK;
    size_t depth = 0;
    for (const char *dot = strchr(pattern, '.'); dot; dot = strchr(dot + 1, '.')) {
        snprintf(above, sizeof above, "%.*s", (int)(dot - pattern), pattern);
        const struct key_row *row = key_of(above);
        if (++depth < 3 && strcmp(above, "demand") != 0 && strcmp(above, "busyness") != 0)
            continue;
        fill_in(above, path);
        if (row && status == OH_OK)
            status = oh_scenario_set(scenario, path, row->form, diags);
    }
    fill_in(pattern, path);
    if (strncmp(pattern, "agents.*.shifts", 15) == 0 && status == OH_OK)
        status = oh_scenario_set(scenario, "agents.desk.count", "null", diags);
    return status == OH_OK ? oh_scenario_set(scenario, path, key_of(pattern)->form, diags) : status;
}

/* The example of every key, as a setting, must be understood. */
static void the_example_of_every_key_is_right(void **state)
{
    static const char base[] =
        "onhold: 1\nname: T\ntime: {open: 08:00-20:00}\nqueues: {support: {handling: {exponential: "
        "4 min}, patience: never}, billing: {handling: {exponential: 4 min}, patience: never}, "
        "phone: {handling: {exponential: 4 min}, patience: never}, chat: {handling: {exponential: "
        "4 min}, patience: never}}\nagents: {desk: {count: 24, serves: [support]}, backup: {count: "
        "2, serves: [support]}}\n";
    (void)state;
    for (size_t i = 0; i < key_rows(); i++) {
        const struct key_row *row = key_at(i);
        /* Parts of a value, what paths do not change, what needs a week or steady state. */
        bool skip = (row->flags & KEY_FIXED) || !row->read ||
                    strncmp(row->path, "time.steady", 11) == 0 ||
                    strcmp(row->path, "onhold") == 0 || strstr(row->path, "serves.*") ||
                    strstr(row->path, "handling.") || strstr(row->path, "shifts.*.days");
        if (skip)
            continue;
        oh_diags *diags = oh_diags_new();
        oh_scenario *scenario = NULL;
        oh_model *model = NULL;
        assert_int_equal(oh_scenario_load_text(&scenario, "t.yaml", base, strlen(base), diags),
                         OH_OK);
        oh_status status = set_example(scenario, row->path, diags);
        if (status == OH_OK)
            status = oh_model_compile(&model, scenario, diags);
        /* Beside its alternative, or without another key that it needs. */
        bool other = status == OH_INVALID && oh_diags_errors(diags) == 1 &&
                     (strcmp(oh_diags_at(diags, 0)->code, "E208") == 0 ||
                      strcmp(oh_diags_at(diags, 0)->code, "E202") == 0);
        if (status != OH_OK && !other) {
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
