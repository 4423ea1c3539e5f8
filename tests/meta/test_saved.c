/* test_saved.c - a saved result says what the run said, on any machine; parts joined are one run;
 * whatever is damaged is refused.
 */
#include "../support/scenario_gen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../sim/stats/pack.h"

enum { RANDOM = 8 };

static const char *const settings[] = {"agents.g.count=3", "odd='value\n'"};
static const char *const warnings[] = {"a.yaml:1:2: something \xE2\x82\xAC"};
static const oh_write_context context = {.file = "folder/a.yaml",
                                         .variant = "more",
                                         .sha256 = "0123",
                                         .settings = settings,
                                         .settings_count = 2,
                                         .warnings = warnings,
                                         .warnings_count = 1};

/* Everything that can be written of a result, one after the other. */
static struct text written(const oh_result *result, const oh_write_context *with)
{
    struct text text = {0};
    for (size_t i = 0; i < oh_writer_count(); i++)
        assert_int_equal(oh_writer_at(i)->write(result, with, text_sink(&text)), OH_OK);
    for (size_t i = 0; i < oh_plot_count(); i++)
        assert_int_equal(oh_plot_at(i)->write(result, with, text_sink(&text)), OH_OK);
    return text;
}

static struct text saved_bytes(const struct trial *trial)
{
    struct text text = {0};
    assert_int_equal(oh_result_save(trial->result, trial->scenario, &context, text_sink(&text)),
                     OH_OK);
    return text;
}

static oh_saved *read_back(const struct text *bytes)
{
    oh_saved *saved = NULL;
    char message[256] = "";
    oh_status status = oh_saved_read(&saved, bytes->at, bytes->length, message);
    assert_that(status == OH_OK, "%s", message);
    return saved;
}

static void expect_same_bytes(const struct text *a, const struct text *b, const char *what)
{
    size_t i = 0;
    while (i < a->length && i < b->length && a->at[i] == b->at[i])
        i++;
    assert_that(i == a->length && i == b->length, "%s: differ at byte %zu of %zu and %zu", what, i,
                a->length, b->length);
}

static void expect_same_after_saving(const struct trial *trial, const char *what)
{
    struct text bytes = saved_bytes(trial), before = written(trial->result, &context), again = {0};
    oh_saved *saved = read_back(&bytes);
    struct text after = written(oh_saved_result(saved), oh_saved_context(saved));
    char hash[65];
    expect_same_bytes(&before, &after, what);
    assert_int_equal(oh_saved_write(saved, text_sink(&again)), OH_OK);
    expect_same_bytes(&bytes, &again, what);
    assert_int_equal(oh_scenario_hash(trial->scenario, hash), OH_OK);
    assert_string_equal(oh_saved_hash(saved), hash);
    assert_string_equal(oh_saved_version(saved), oh_version());
    oh_saved_free(saved);
    text_free(&bytes);
    text_free(&before);
    text_free(&after);
    text_free(&again);
}

/* ---- the kinds of run ---- */

static const char day[] =
    "onhold: 1\nname: day\nabout: |\n  two\n  lines\ntime: {open: 08:00-12:00}\n"
    "queues: {q: {arrivals: 60 per h, handling: {exponential: 3 min}, "
    "patience: {exponential: 2 min}, target: [80% in 20 s, 90% in 60 s]}, r: "
    "{arrivals: 6 per h, handling: {exponential: 3 min}, patience: never, "
    "cost: {abandoned: 3}}}\nagents: {g: {count: 3, serves: [q, r], cost: 20 "
    "per h}}\nexperiment: {replications: 10}\n";
static const char week[] = "onhold: 1\nname: week\ntime: {days: {mon-tue: 08:00-11:00, sat: "
                           "22:00-01:00}, at_close: carry_over}\nqueues: {q: {arrivals: 40 per h, "
                           "handling: {exponential: 4 min}, patience: {exponential: 9 min}, "
                           "target: 80% in 20 s}}\nagents: {g: {count: 3, serves: [q]}}\n"
                           "experiment: {replications: 10}\n";
static const char steady[] =
    "onhold: 1\nname: steady\ntime: {steady: {warm_up: 1 h, length: 5 h}}\n"
    "queues: {q: {arrivals: 40 per h, handling: {exponential: 4 min}, "
    "patience: {exponential: 9 min}, target: 80% in 20 s}}\n"
    "agents: {g: {count: 3, serves: [q]}}\nexperiment: {replications: "
    "10}\n";
static const char batches[] = "onhold: 1\nname: steady\ntime: {steady: {warm_up: 1 h, batches: 10, "
                              "batch: 2 h}}\nqueues: {q: {arrivals: 40 per h, handling: "
                              "{exponential: 4 min}, patience: {exponential: 9 min}}}\nagents: {g: "
                              "{count: 3, serves: [q]}}\n";
static const char *const kinds[] = {day, week, steady, batches};

static void every_writer_gives_the_same_bytes_after_saving(void **state)
{
    (void)state;
    for (size_t i = 0; i < 4; i++)
        for (int exit = 0; exit < 2; exit++) {
            struct trial trial = trial_text(kinds[i]);
            const oh_run_options options = {.count_at = exit ? OH_AT_EXIT : OH_AT_ENTRY,
                                            .first = i == 3 ? 0 : 7,
                                            .has_seed = true,
                                            .seed = 5,
                                            .confidence = 0.9};
            trial_run(&trial, &options);
            expect_same_after_saving(&trial, kinds[i]);
            trial_free(&trial);
        }
}

static void random_scenarios_are_the_same_after_saving(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= RANDOM; seed++) {
        struct text text = {0};
        scenario_everything(&text, seed);
        struct trial trial = trial_text(text.at);
        const oh_run_options options = {.replications = 2};
        if (strstr(text.at, "batches"))
            trial_run(&trial, NULL);
        else
            trial_run(&trial, &options);
        expect_same_after_saving(&trial, text.at);
        trial_free(&trial);
        text_free(&text);
    }
}

/* The tables travel with the result, and nothing else is read. */
static void a_saved_result_needs_no_other_file(void **state)
{
    (void)state;
    char table[] = "/tmp/onhold-test-XXXXXX";
    int fd = mkstemp(table);
    assert_true(fd >= 0 && write(fd, "c\n10\n20\n", 8) == 8 && close(fd) == 0);
    struct trial trial = trial_format(
        "onhold: 1\nname: n\ntime: {open: 08:00-09:00}\nqueues: {q: {arrivals: {csv: %s, column: "
        "c}, handling: {exponential: 90 s}, patience: never}}\nagents: {g: {count: 3, serves: "
        "[q]}}\nexperiment: {replications: 3}\n",
        table);
    trial_run(&trial, NULL);
    remove(table);
    expect_same_after_saving(&trial, "with a table");
    trial_free(&trial);
}

/* ---- parts ---- */

static oh_saved *part(const char *text, uint32_t first, uint32_t n, oh_count_at at)
{
    struct trial trial = trial_text(text);
    const oh_run_options options = {.first = first, .replications = n, .count_at = at};
    trial_run(&trial, &options);
    struct text bytes = saved_bytes(&trial);
    oh_saved *saved = read_back(&bytes);
    text_free(&bytes);
    trial_free(&trial);
    return saved;
}

/* All orders of three parts. */
static void parts_in_any_order_are_one_run_to_the_byte(void **state)
{
    (void)state;
    static const int orders[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                     {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (size_t i = 0; i < 3; i++)
        for (int exit = 0; exit < 2; exit++) {
            oh_count_at at = exit ? OH_AT_EXIT : OH_AT_ENTRY;
            oh_saved *whole = part(kinds[i], 3, 12, at);
            oh_saved *parts[] = {part(kinds[i], 3, 1, at), part(kinds[i], 4, 5, at),
                                 part(kinds[i], 9, 6, at)};
            struct text one = {0};
            assert_int_equal(oh_saved_write(whole, text_sink(&one)), OH_OK);
            struct text page = written(oh_saved_result(whole), oh_saved_context(whole));
            for (int k = 0; k < 6; k++) {
                oh_saved *given[3], *joined = NULL;
                struct text all = {0};
                char message[256];
                for (int m = 0; m < 3; m++)
                    given[m] = parts[orders[k][m]];
                assert_int_equal(oh_saved_merge(&joined, given, 3, NULL, message), OH_OK);
                assert_int_equal(oh_saved_write(joined, text_sink(&all)), OH_OK);
                struct text joined_page =
                    written(oh_saved_result(joined), oh_saved_context(joined));
                expect_same_bytes(&one, &all, kinds[i]);
                expect_same_bytes(&page, &joined_page, kinds[i]);
                text_free(&all);
                text_free(&joined_page);
                oh_saved_free(joined);
            }
            text_free(&one);
            text_free(&page);
            for (int m = 0; m < 3; m++)
                oh_saved_free(parts[m]);
            oh_saved_free(whole);
        }
}

static void expect_refused(oh_saved *a, oh_saved *b, const char *why)
{
    oh_saved *parts[] = {a, b}, *joined = NULL;
    char message[256] = "";
    size_t wrong[2] = {7, 7};
    assert_int_equal(oh_saved_merge(&joined, parts, 2, wrong, message), OH_ARGUMENT);
    assert_null(joined);
    assert_string_equal(message, why);
    assert_true(wrong[0] + wrong[1] == 1);
    oh_saved_free(a);
    oh_saved_free(b);
}

static oh_saved *seeded(uint32_t seed, double confidence)
{
    struct trial trial = trial_text(day);
    const oh_run_options options = {
        .first = 2, .replications = 1, .has_seed = true, .seed = seed, .confidence = confidence};
    trial_run(&trial, &options);
    struct text bytes = saved_bytes(&trial);
    oh_saved *saved = read_back(&bytes);
    text_free(&bytes);
    trial_free(&trial);
    return saved;
}

static void parts_that_do_not_belong_together_are_refused(void **state)
{
    (void)state;
    const oh_count_at in = OH_AT_ENTRY;
    expect_refused(part(day, 1, 1, in), part(week, 2, 1, in), "they are of different scenarios");
    expect_refused(part(day, 1, 1, in), seeded(2, 0.95), "they have different seeds: 1 and 2");
    expect_refused(part(day, 1, 1, in), seeded(1, 0.9),
                   "their intervals are of different confidence");
    expect_refused(part(day, 1, 1, in), part(day, 2, 1, OH_AT_EXIT),
                   "one counts calls where they enter, the other where they leave");
    expect_refused(part(day, 1, 3, in), part(day, 3, 3, in),
                   "replications 1 to 3 and 3 to 5 overlap");
    expect_refused(part(day, 5, 2, in), part(day, 1, 3, in), "replications 4 to 4 are in no part");
    expect_refused(part(day, 1, 2, in), part(day, 1, 2, in),
                   "replications 1 to 2 and 1 to 2 overlap");
    expect_refused(part(batches, 1, 0, in), part(batches, 2, 0, in),
                   "each is one long run in batches, of which there is only one");
}

static void one_part_joined_is_itself(void **state)
{
    (void)state;
    oh_saved *one = part(batches, 1, 0, OH_AT_ENTRY), *joined = NULL;
    char message[256];
    struct text before = {0}, after = {0};
    assert_int_equal(oh_saved_merge(&joined, &one, 1, NULL, message), OH_OK);
    assert_int_equal(oh_saved_write(one, text_sink(&before)), OH_OK);
    assert_int_equal(oh_saved_write(joined, text_sink(&after)), OH_OK);
    expect_same_bytes(&before, &after, "one part");
    text_free(&before);
    text_free(&after);
    oh_saved_free(one);
    oh_saved_free(joined);
}

/* ---- damage ---- */

static void expect_bad(const char *bytes, size_t length, const char *why)
{
    oh_saved *saved = NULL;
    char message[256] = "";
    /* a copy of just that size, so that a reader that looks behind it is caught */
    char *copy = malloc(length + 1);
    assert_non_null(copy);
    memcpy(copy, bytes, length);
    assert_int_equal(oh_saved_read(&saved, copy, length, message), OH_INVALID);
    assert_null(saved);
    assert_that(strstr(message, why) != NULL, "\"%s\" does not say \"%s\"", message, why);
    free(copy);
}

static struct text small_result(void)
{
    struct trial trial = trial_text(steady);
    const oh_run_options options = {.replications = 2};
    trial_run(&trial, &options);
    struct text bytes = saved_bytes(&trial);
    trial_free(&trial);
    return bytes;
}

static void a_file_that_is_cut_off_or_changed_is_refused(void **state)
{
    (void)state;
    struct text bytes = small_result();
    for (size_t n = 0; n < bytes.length; n += 1 + n / 40)
        expect_bad(bytes.at, n, n < 14 ? "no saved result" : "cut off or damaged");
    for (size_t i = 15; i < bytes.length; i += 1 + i / 40) {
        bytes.at[i] ^= 1;
        expect_bad(bytes.at, bytes.length, "cut off or damaged");
        bytes.at[i] ^= 1;
    }
    text_free(&bytes);
}

static void a_newer_format_is_named(void **state)
{
    (void)state;
    struct text bytes = small_result();
    bytes.at[14] = 2;
    expect_bad(bytes.at, bytes.length, "newer onhold (format 2");
    text_free(&bytes);
}

/* The sum over what was changed on purpose. */
static void sum_again(struct text *bytes)
{
    struct text whole = {0};
    struct pack p;
    pack_begin(&p, text_sink(&whole));
    pack_bytes(&p, bytes->at, bytes->length - PACK_SUM);
    assert_int_equal(pack_end(&p), OH_OK);
    memcpy(bytes->at, whole.at, bytes->length);
    text_free(&whole);
}

/* With a sum that is right, every changed byte either gives another result or is refused. */
static void a_forged_file_is_refused_or_read_and_never_more(void **state)
{
    (void)state;
    struct text bytes = small_result();
    size_t refused = 0;
    for (size_t i = 15; i + PACK_SUM < bytes.length; i += 1 + i / 20) {
        oh_saved *saved = NULL;
        char message[256], old = bytes.at[i];
        bytes.at[i] = (char)(old + 97);
        sum_again(&bytes);
        if (oh_saved_read(&saved, bytes.at, bytes.length, message) == OH_OK) {
            struct text page = written(oh_saved_result(saved), oh_saved_context(saved));
            text_free(&page);
        } else {
            refused++;
        }
        oh_saved_free(saved);
        bytes.at[i] = old;
    }
    assert_true(refused > 20);
    text_free(&bytes);
}

/* Another version may count otherwise. */
static void parts_of_different_versions_are_refused(void **state)
{
    (void)state;
    struct text bytes = small_result();
    char message[256] = "";
    oh_saved *joined = NULL, *parts[] = {read_back(&bytes), NULL};
    /* behind the magic and the format: the length of the version, and the version */
    assert_memory_equal(bytes.at + 16, OH_VERSION, strlen(OH_VERSION));
    bytes.at[16]++;
    sum_again(&bytes);
    parts[1] = read_back(&bytes);
    assert_int_equal(oh_saved_merge(&joined, parts, 2, NULL, message), OH_ARGUMENT);
    assert_string_equal(message, "played by onhold 0.1.0 and by onhold 1.1.0");
    oh_saved_free(parts[0]);
    oh_saved_free(parts[1]);
    text_free(&bytes);
}

/* A saved scenario is alone: it can make nobody read files. */
static void a_saved_scenario_extends_nothing(void **state)
{
    (void)state;
    struct text bytes = small_result();
    char *name = strstr(bytes.at + 15, "name: steady");
    for (size_t i = 0; !name && i + 12 < bytes.length; i++)
        if (memcmp(bytes.at + i, "name: steady", 12) == 0)
            name = bytes.at + i;
    assert_non_null(name);
    memcpy(name, "extends: a.y", 12);
    sum_again(&bytes);
    expect_bad(bytes.at, bytes.length, "not understood");
    text_free(&bytes);
}

static void what_is_no_saved_result_is_said_to_be_none(void **state)
{
    (void)state;
    oh_saved *saved = NULL;
    char message[256];
    assert_int_equal(oh_saved_load(&saved, "scenarios/01-one-agent.yaml", message), OH_INVALID);
    assert_non_null(strstr(message, "no saved result"));
    assert_int_equal(oh_saved_load(&saved, "/nowhere/at.all", message), OH_IO);
    assert_non_null(strstr(message, "no such file"));
    assert_int_equal(oh_saved_load(&saved, "scenarios", message), OH_IO);
    assert_false(oh_saved_looks_like("scenarios/01-one-agent.yaml"));
    assert_false(oh_saved_looks_like("/nowhere/at.all"));
}

static void a_full_disk_is_told(void **state)
{
    (void)state;
    struct trial trial = trial_text(day);
    trial_run(&trial, NULL);
    for (size_t room = 0; room < 30000; room += 7001) {
        struct full_disk disk = {.room = room};
        assert_int_equal(
            oh_result_save(trial.result, trial.scenario, &context, full_disk_sink(&disk)), OH_IO);
    }
    trial_free(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_writer_gives_the_same_bytes_after_saving),
        cmocka_unit_test(random_scenarios_are_the_same_after_saving),
        cmocka_unit_test(a_saved_result_needs_no_other_file),
        cmocka_unit_test(parts_in_any_order_are_one_run_to_the_byte),
        cmocka_unit_test(parts_that_do_not_belong_together_are_refused),
        cmocka_unit_test(one_part_joined_is_itself),
        cmocka_unit_test(a_file_that_is_cut_off_or_changed_is_refused),
        cmocka_unit_test(a_newer_format_is_named),
        cmocka_unit_test(a_forged_file_is_refused_or_read_and_never_more),
        cmocka_unit_test(parts_of_different_versions_are_refused),
        cmocka_unit_test(a_saved_scenario_extends_nothing),
        cmocka_unit_test(what_is_no_saved_result_is_said_to_be_none),
        cmocka_unit_test(a_full_disk_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
