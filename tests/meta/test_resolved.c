/* test_resolved.c - a scenario printed after extends, variants, settings and defaults is the same
 * scenario: read again it gives the same tree, the same hash and the same bytes of results.
 */
#include "../support/scenario_gen.h"

#include <dirent.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RANDOM = 60 };

static struct text printed(oh_scenario *scenario, oh_form form)
{
    struct text text = {0};
    assert_int_equal(oh_scenario_print(scenario, form, text_sink(&text)), OH_OK);
    return text;
}

static struct text results(const oh_model *model)
{
    const oh_write_context context = {.file = "f", .variant = "", .sha256 = "s"};
    oh_run_options few = {.replications = 1, .jobs = 1};
    struct text text = {0};
    oh_result *result = NULL;
    char message[256];
    oh_status status = oh_run(&result, model, &few, message);
    if (status == OH_ARGUMENT) { /* a long run in batches has their number */
        few.replications = 0;
        status = oh_run(&result, model, &few, message);
    }
    assert_that(status == OH_OK, "%s", message);
    assert_int_equal(oh_writer_find("json")->write(result, &context, text_sink(&text)), OH_OK);
    oh_result_free(result);
    return text;
}

static void expect_same_text(const struct text *a, const struct text *b, const char *what,
                             const char *of)
{
    assert_that(strcmp(a->at, b->at) == 0, "%s differs of\n%s\n---\n%s\n---\n%s", what, of, a->at,
                b->at);
}

/* The law. The scenario is compiled already. */
static void expect_same_again(struct trial *trial)
{
    struct text yaml = printed(trial->scenario, OH_FORM_YAML);
    struct text json = printed(trial->scenario, OH_FORM_JSON);
    struct trial again = trial_text(yaml.at);
    struct text yaml_again = printed(again.scenario, OH_FORM_YAML);
    struct text json_again = printed(again.scenario, OH_FORM_JSON);
    char hash[65], hash_again[65];
    assert_int_equal(oh_scenario_hash(trial->scenario, hash), OH_OK);
    assert_int_equal(oh_scenario_hash(again.scenario, hash_again), OH_OK);
    expect_same_text(&yaml, &yaml_again, "the file", yaml.at);
    expect_same_text(&json, &json_again, "the JSON", yaml.at);
    assert_string_equal(hash, hash_again);
    struct text before = results(trial->model), after = results(again.model);
    expect_same_text(&before, &after, "the result", yaml.at);
    json_t *tree = json_loads(json.at, 0, NULL);
    assert_non_null(tree);
    json_decref(tree);
    text_free(&before);
    text_free(&after);
    text_free(&yaml);
    text_free(&json);
    text_free(&yaml_again);
    text_free(&json_again);
    trial_free(&again);
}

static void random_scenarios_read_again_are_the_same(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= RANDOM; seed++) {
        const struct taste taste = {.stretch = 1};
        struct text text = {0};
        if (seed % 3 == 0)
            scenario_random(&text, seed, &taste);
        else
            scenario_everything(&text, seed);
        struct trial trial = trial_text(text.at);
        expect_same_again(&trial);
        trial_free(&trial);
        text_free(&text);
    }
}

/* What the generators do not write. */
static const char odd[] =
    "onhold: 1\n"
    "name: \"odd: 'forms' # \\\"all\\\" of them\"\n"
    "about: \"line one\\n\\n  line: three\\ttabbed\"\n"
    "currency: '€'\n"
    "time: {days: {mon-tue: 08:00-12:00, sat: 22:00-02:00}, interval: 1 h}\n"
    "routing: {pick: longest_wait, choose: least_busy}\n"
    "busyness: {cv: 8%}\n"
    "lines: 40\n"
    "queues:\n"
    "  phone:\n"
    "    handling: {talk: {lognormal: {median: 3 min, p90: 8 min}}, wrap_up: {constant: 20 s}}\n"
    "    ring: 3 s\n"
    "    patience: {mixture: [{share: 15%, constant: 40 s}, {share: 85%, first_of: [{never: "
    "true},\n"
    "      {exponential: 5 min, plus: 3 s}]}], plus: 1 s}\n"
    "    target: [80% in 20 s, {service_level_net: 70% in 1 min}, {abandon_rate: 5%}, {asa: 30 "
    "s}]\n"
    "    redial: {after_abandon: 40%, delay: 5 min}\n"
    "    unresolved: {share: 5%, delay: {empirical: {values: [10 min, 20 min, 1 h]}}}\n"
    "    transfer: {to: mail, share: 10%, handling: {exponential: 3 min}, warm: 20 s}\n"
    "    announce: {every: 60 s, patience: 1.2}\n"
    "    callback: {offer: {waiting_over: 3}, retry: 10 min, attempts: 2}\n"
    "    cost: {abandoned: 3, waiting: 0.10 per min}\n"
    "  mail:\n"
    "    channel: email\n"
    "    handling: {gamma: {cv: 80%, mean: {mon-tue: {counts: [3 min, 4 min, 5 min, 4 min]},\n"
    "      sat: {counts: [180, 240, 300, 200], unit: s}}}}\n"
    "    arrivals: {mon: 960 per d, tue: {per: 2 h, counts: [10, 20]}, sat: {rate: 5 per h},\n"
    "      scale: 1.1, batch: {mean: 2}, noise: 10%}\n"
    "    backlog: 3\n"
    "demand: {arrivals: {rate: {mon-tue: 30 per h, sat: 0.5/min}, surge: [{for: 30 min, at: "
    "09:30,\n"
    "  factor: 2}]}, mix: {phone: 100%}}\n"
    "agents:\n"
    "  desk:\n"
    "    count: {mon-tue: {counts: [2, 3, 4, 3]}, sat: 2}\n"
    "    serves: {phone: {rank: 1}, mail: {rank: 2, at_once: 2, pace: [1, 80%], keep_free: 1}}\n"
    "    cost: 24 per h\n"
    "    not_ready: {share: 10%, for: 2 min}\n"
    "    target: {occupancy: 85%}\n"
    "  shifts:\n"
    "    serves: [mail, phone]\n"
    "    shrinkage: 12%\n"
    "    shifts: [{count: 3, hours: 08:00-12:00, days: mon-tue, breaks: [{at: 10:00, for: 15 "
    "min}]},\n"
    "      {count: 1, hours: 22:00-02:00, days: sat}]\n"
    "    late: 3 min\n";

static void every_odd_form_read_again_is_the_same(void **state)
{
    (void)state;
    struct trial trial = trial_text(odd);
    expect_same_again(&trial);
    trial_free(&trial);
}

static bool is_scenario(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && strcmp(dot, ".yaml") == 0;
}

static void every_file_and_variant_read_again_is_the_same(void **state)
{
    (void)state;
    DIR *folder = opendir("scenarios");
    size_t files = 0;
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        char path[300];
        if (!is_scenario(entry->d_name))
            continue;
        snprintf(path, sizeof path, "scenarios/%s", entry->d_name);
        struct trial trial = trial_file(path, NULL);
        expect_same_again(&trial);
        for (size_t v = 0; v < oh_scenario_variants(trial.scenario); v++) {
            struct trial variant = {.diags = oh_diags_new()};
            const char *name = oh_scenario_variant_name(trial.scenario, v);
            assert_int_equal(oh_scenario_clone(&variant.scenario, trial.scenario), OH_OK);
            assert_int_equal(oh_scenario_apply_variant(variant.scenario, name, variant.diags),
                             OH_OK);
            assert_int_equal(oh_model_compile(&variant.model, variant.scenario, variant.diags),
                             OH_OK);
            expect_same_again(&variant);
            trial_free(&variant);
        }
        trial_free(&trial);
        files++;
    }
    closedir(folder);
    assert_true(files >= 4);
}

/* ---- what programs are given ---- */

static json_t *tree_of(oh_scenario *scenario)
{
    struct text json = printed(scenario, OH_FORM_JSON);
    json_t *tree = json_loads(json.at, 0, NULL);
    assert_non_null(tree);
    text_free(&json);
    return tree;
}

/* "queues.phone.target.0.asa". */
static const json_t *find(const json_t *tree, const char *path)
{
    char part[100];
    while (tree && *path) {
        size_t n = strcspn(path, "/");
        snprintf(part, sizeof part, "%.*s", (int)n, path);
        tree = json_is_array(tree) ? json_array_get(tree, (size_t)atoi(part))
                                   : json_object_get(tree, part);
        path += n + (path[n] == '/');
    }
    assert_that(tree, "nothing there: %s", part);
    return tree;
}

static double number(const json_t *tree, const char *path)
{
    return json_number_value(find(tree, path));
}

static void programs_get_seconds_rates_a_second_and_shares(void **state)
{
    (void)state;
    struct trial trial = trial_text(odd);
    json_t *t = tree_of(trial.scenario);
    assert_same(number(t, "time/days/mon-tue/0"), 28800);
    assert_same(number(t, "time/days/sat/1"), 26 * 3600);
    assert_same(number(t, "time/interval"), 3600);
    assert_string_equal(json_string_value(find(t, "time/at_close")), "finish");
    assert_same(number(t, "queues/phone/patience/mixture/0/share"), 0.15);
    assert_same(number(t, "queues/phone/patience/mixture/1/first_of/1/plus"), 3);
    assert_same(number(t, "queues/phone/target/0/service_level/share"), 0.8);
    assert_same(number(t, "queues/phone/target/1/service_level_net/within"), 60);
    assert_same(number(t, "queues/phone/target/3/asa"), 30);
    assert_same(number(t, "queues/phone/redial/delay/constant"), 300);
    assert_string_equal(json_string_value(find(t, "queues/phone/redial/to")), "phone");
    assert_same(number(t, "queues/phone/announce/at"), 60);
    assert_same(number(t, "queues/phone/callback/accept"), 1);
    assert_string_equal(json_string_value(find(t, "queues/phone/choose")), "least_busy");
    assert_true(json_is_true(find(t, "queues/mail/patience/never")));
    assert_true(json_is_true(find(t, "queues/mail/deferrable")));
    assert_close(number(t, "queues/mail/arrivals/mon/rate"), 960 / 14400.0, 1e-15);
    assert_same(number(t, "queues/mail/handling/gamma/mean/sat/counts/1"), 240);
    assert_close(number(t, "demand/arrivals/rate/sat"), 0.5 / 60, 1e-15);
    assert_close(number(t, "agents/desk/cost"), 24 / 3600.0, 1e-15);
    assert_same(number(t, "agents/desk/count/sat"), 2);
    assert_string_equal(json_string_value(find(t, "agents/desk/pick")), "rank");
    assert_string_equal(json_string_value(find(t, "agents/shifts/pick")), "longest_wait");
    assert_same(number(t, "agents/shifts/shifts/0/breaks/0/at"), 36000);
    assert_same(number(t, "experiment/seed"), 1);
    json_decref(t);
    trial_free(&trial);
}

/* One rate a day means another one on a day that is shorter. */
static void a_rate_by_the_day_is_told_for_each_day(void **state)
{
    (void)state;
    struct trial trial = trial_text("onhold: 1\nname: n\ntime: {days: {mon: 08:00-18:00, sat: "
                                    "08:00-13:00}}\nqueues: {q: {arrivals: 100 per d, handling: "
                                    "{exponential: 1 min}, patience: never}}\nagents: {g: {count: "
                                    "3, serves: [q]}}\n");
    json_t *t = tree_of(trial.scenario);
    assert_close(number(t, "queues/q/arrivals/rate/mon"), 100 / 36000.0, 1e-15);
    assert_close(number(t, "queues/q/arrivals/rate/sat"), 100 / 18000.0, 1e-15);
    json_decref(t);
    trial_free(&trial);
}

/* ---- the hash ---- */

static void hash_of(const char *text, char hash[65])
{
    struct trial trial = trial_text(text);
    assert_int_equal(oh_scenario_hash(trial.scenario, hash), OH_OK);
    trial_free(&trial);
}

#define BASE                                                                                       \
    "onhold: 1\nname: n\ntime: {open: 08:00-10:00}\nqueues: {q: {arrivals: 2 per min, handling: "  \
    "{exponential: 90 s}, patience: {exponential: 4 min}}}\nagents: {g: {count: 3, serves: "

static void only_what_it_means_changes_the_hash(void **state)
{
    (void)state;
    static const char *const same[] = {
        BASE "[q]}}\nexperiment: {seed: 1}\n",
        "# a comment\nname: 'n'\nonhold: 1\nagents:\n  g:\n    serves: [q]\n    count: 3\n"
        "time: {interval: 0.5 h, open: \"08:00-10:00\"}\nqueues:\n  q:\n    patience: "
        "{exponential: 240 s}\n    arrivals: {rate: 120 per h}\n    channel: phone\n    handling: "
        "{exponential: 1.5 min}\nvariants: {more: {agents.g.count: 9}}\n",
    };
    static const char *const other[] = {
        BASE "[q], cost: 1 per h}}\n",
        BASE "[q]}}\nexperiment: {seed: 2}\n",
        BASE "[q]}}\nlines: 3\n",
    };
    char base[65], hash[65];
    hash_of(BASE "[q]}}\n", base);
    for (size_t i = 0; i < 2; i++) {
        hash_of(same[i], hash);
        assert_string_equal(hash, base);
    }
    for (size_t i = 0; i < 3; i++) {
        hash_of(other[i], hash);
        assert_string_not_equal(hash, base);
    }
}

static void put_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

#define TABLED                                                                                     \
    "onhold: 1\nname: n\ntime: {open: 08:00-09:00}\nqueues: {q: {arrivals: {csv: %s, column: c}, " \
    "handling: {exponential: 90 s}, patience: never}}\nagents: {g: {count: 3, serves: [q]}}\n"

/* Tables count by content, and a scenario goes on with the content that it read first. */
static void a_table_is_hashed_by_its_content(void **state)
{
    (void)state;
    char one[] = "/tmp/onhold-test-XXXXXX", two[] = "/tmp/onhold-test-XXXXXX";
    char hash[4][65];
    assert_true(mkstemp(one) >= 0 && mkstemp(two) >= 0);
    put_file(one, "c\n10\n20\n");
    put_file(two, "c\n10\n20\n");
    struct trial first = trial_format(TABLED, one), second = trial_format(TABLED, two);
    assert_int_equal(oh_scenario_hash(first.scenario, hash[0]), OH_OK);
    assert_int_equal(oh_scenario_hash(second.scenario, hash[1]), OH_OK);
    put_file(one, "c\n10\n21\n");
    assert_int_equal(oh_scenario_hash(first.scenario, hash[2]), OH_OK);
    trial_free(&first);
    first = trial_format(TABLED, one);
    assert_int_equal(oh_scenario_hash(first.scenario, hash[3]), OH_OK);
    assert_string_equal(hash[0], hash[1]);
    assert_string_equal(hash[0], hash[2]);
    assert_string_not_equal(hash[0], hash[3]);
    trial_free(&first);
    trial_free(&second);
    remove(one);
    remove(two);
}

static void a_scenario_with_errors_is_not_printed(void **state)
{
    (void)state;
    oh_diags *diags = oh_diags_new();
    oh_scenario *scenario = NULL;
    struct text text = {0};
    const char *bad = "onhold: 1\nname: n\nqueues: {q: {arrivals: 5}}\n";
    assert_int_equal(oh_scenario_load_text(&scenario, "bad", bad, strlen(bad), diags), OH_OK);
    assert_int_equal(oh_scenario_print(scenario, OH_FORM_YAML, text_sink(&text)), OH_INVALID);
    assert_int_equal(text.length, 0);
    oh_scenario_free(scenario);
    oh_diags_free(diags);
    text_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_scenarios_read_again_are_the_same),
        cmocka_unit_test(every_odd_form_read_again_is_the_same),
        cmocka_unit_test(every_file_and_variant_read_again_is_the_same),
        cmocka_unit_test(programs_get_seconds_rates_a_second_and_shares),
        cmocka_unit_test(a_rate_by_the_day_is_told_for_each_day),
        cmocka_unit_test(only_what_it_means_changes_the_hash),
        cmocka_unit_test(a_table_is_hashed_by_its_content),
        cmocka_unit_test(a_scenario_with_errors_is_not_printed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
