/* test_guide.c - every example of the guide to the format works: scenarios/README.md.
 *
 * A block of YAML that begins with "onhold:" is a whole scenario. In the others each entry is one
 * example: it is laid on a small scenario, where its key belongs, as a file that extends it. The
 * options of the commands shown are tried on the first scenario of the guide, the mapping file on a
 * log with its names.
 */
#include "../support/support.h"

#include <glob.h>
#include <onhold/log.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../sim/scenario/key_table.h"

#define GUIDE "scenarios/README.md"

static char folder[] = "/tmp/onhold-guide-XXXXXX";
static const char *const files[] = {"support.yaml", "base.yaml", "week.yaml",    "example.yaml",
                                    "calls.csv",    "log.csv",   "forecast.csv", "plan.csv",
                                    "week.csv",     "map.yaml"};

static void write_file(const char *name, const char *text)
{
    char path[100];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(text, 1, strlen(text), out), strlen(text));
    assert_int_equal(fclose(out), 0);
}

/* What the examples are laid on. */
static const char base[] =
    "onhold: 1\nname: Base\ntime: {open: 08:00-20:00}\nqueues:\n"
    "  support: {arrivals: 20 per h, handling: {exponential: 4 min}, patience: {exponential: 4 "
    "min}}\n"
    "  billing: {handling: {exponential: 4 min}, patience: {exponential: 4 min}}\n"
    "  tier2: {handling: {exponential: 4 min}, patience: {exponential: 4 min}}\n"
    "  chat: {channel: chat, handling: {exponential: 4 min}, patience: {exponential: 4 min}}\n"
    "agents:\n"
    "  desk: {count: 24, serves: [support, billing, tier2, chat]}\n"
    "  backup: {count: 2, serves: [support]}\n";

static void write_tables(void)
{
    char forecast[2000] = "time,support,aht,contacts\n", plan[1000] = "start,backup\n";
    char week[2000] = "day,start,desk\n";
    size_t f = strlen(forecast), p = strlen(plan), w = strlen(week);
    for (int i = 0; i < 24; i++) {
        int hour = 8 + i / 2, minute = i % 2 * 30;
        f += (size_t)sprintf(forecast + f, "%02d:%02d,%d,%d,%d\n", hour, minute, 20 + i, 240 + i,
                             30 + i);
        p += (size_t)sprintf(plan + p, "%02d:%02d,3\n", hour, minute);
        w += (size_t)sprintf(week + w, "mon-fri,%02d:%02d,14\n", hour, minute);
    }
    for (int i = 0; i < 8; i++)
        w += (size_t)sprintf(week + w, "Saturday,%02d:%02d,5\n", 9 + i / 2, i % 2 * 30);
    write_file("forecast.csv", forecast);
    write_file("plan.csv", plan);
    write_file("week.csv", week);
    write_file("calls.csv", "start_s,talk_s,pat_s\n5,200,\n3,100,60\n");
    write_file("log.csv", "talk_s\n200\n100\n320\n");
}

static int make_folder(void **state)
{
    char week[sizeof base + 200];
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    write_tables();
    write_file("base.yaml", base);
    snprintf(week, sizeof week,
             "onhold: 1\nname: Week\nextends: base.yaml\ntime: {days: {mon-fri: "
             "08:00-20:00, sat: 09:00-13:00}}\n");
    write_file("week.yaml", week);
    return 0;
}

static int remove_folder(void **state)
{
    char path[100];
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, files[i]);
        unlink(path);
    }
    return rmdir(folder);
}

/* Checks and runs a file; the test fails with its text. */
static void run_file(const char *name, const char *setting, const char *text)
{
    char path[100];
    const char *const settings[] = {"experiment.replications=2", setting, NULL};
    oh_run_options alone = {.jobs = 1};
    print_message("%s\n", text);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    struct trial trial = trial_file(path, settings);
    trial_run(&trial, &alone);
    for (size_t i = 0; i < oh_scenario_variants(trial.scenario); i++) {
        oh_scenario *copy = NULL;
        oh_model *model = NULL;
        assert_int_equal(oh_scenario_clone(&copy, trial.scenario), OH_OK);
        const char *variant = oh_scenario_variant_name(copy, i);
        assert_int_equal(oh_scenario_apply_variant(copy, variant, trial.diags), OH_OK);
        assert_int_equal(oh_model_compile(&model, copy, trial.diags), OH_OK);
        oh_model_free(model);
        oh_scenario_free(copy);
    }
    trial_free(&trial);
}

/* ---- fragments ---- */

enum place { PLACE_TOP, PLACE_QUEUE, PLACE_GROUP, PLACE_TIMES, PLACE_PLUS, PLACE_NOWHERE };

/* Where an entry belongs that begins with that key. */
static enum place place_of(const char *key)
{
    if (key_in("", key))
        return PLACE_TOP;
    if (strcmp(key, "plus") == 0)
        return PLACE_PLUS;
    for (size_t i = 0; i < oh_distribution_count(); i++)
        if (strcmp(oh_distribution_at(i).name, key) == 0)
            return PLACE_TIMES;
    if (key_in("queues.*", key))
        return PLACE_QUEUE;
    return key_in("agents.*", key) ? PLACE_GROUP : PLACE_NOWHERE;
}

/* Appends an entry, each line of it further to the right. */
static void indent(struct text *out, const char *entry, size_t by)
{
    oh_sink sink = text_sink(out);
    for (const char *line = entry; *line;) {
        size_t length = strcspn(line, "\n");
        for (size_t i = 0; i < by; i++)
            assert_true(sink.write(sink.user, " ", 1));
        assert_true(sink.write(sink.user, line, length));
        assert_true(sink.write(sink.user, "\n", 1));
        line += length + (line[length] == '\n');
    }
}

static void add(struct text *out, const char *words)
{
    oh_sink sink = text_sink(out);
    assert_true(sink.write(sink.user, words, strlen(words)));
}

static void run_entry(const char *entry)
{
    struct text out = {0};
    char key[64];
    snprintf(key, sizeof key, "%.*s", (int)strcspn(entry, ":"), entry);
    enum place place = place_of(key);
    assert_that(place != PLACE_NOWHERE, "the guide shows '%s', which belongs nowhere", key);
    bool by_day =
        strncmp(entry, "time", 4) != 0 && (strstr(entry, "mon-fri:") || strstr(entry, "week.csv"));
    add(&out, "onhold: 1\nname: Example\nextends: ");
    add(&out, by_day ? "week.yaml\n" : "base.yaml\n");
    if (place == PLACE_QUEUE || place == PLACE_TIMES || place == PLACE_PLUS)
        add(&out, "queues:\n  support:\n");
    if (place == PLACE_GROUP)
        add(&out, "agents:\n  desk:\n");
    if (strcmp(key, "shifts") == 0)
        add(&out, "    count: null\n");
    if (strcmp(key, "pick") == 0)
        add(&out, "    serves: [support, billing]\n");
    if (place == PLACE_TIMES || place == PLACE_PLUS)
        add(&out, "    handling:\n");
    if (place == PLACE_PLUS)
        add(&out, "      exponential: 1 min\n");
    indent(&out, entry,
           place == PLACE_TOP                             ? 0
           : place == PLACE_QUEUE || place == PLACE_GROUP ? 4
                                                          : 6);
    write_file("example.yaml", out.at);
    run_file("example.yaml", NULL, out.at);
    text_free(&out);
}

/* Each line that is not indented begins an entry. */
static size_t run_entries(char *block)
{
    size_t n = 0;
    for (char *at = block; *at;) {
        char *end = at;
        do
            end += strcspn(end, "\n") + 1;
        while (*end == ' ');
        char kept = *end;
        *end = '\0';
        run_entry(at);
        n++;
        *end = kept;
        at = end;
    }
    return n;
}

/* ---- a mapping file ---- */

/* A log with the names of the guide's mapping: all that it says has a row. */
static const char phone_log[] =
    "q_start,date,q_time,outcome,ser_time,server,customer_id,type\n"
    "8:00:00,260302,4,AGENT,120,ANNA,17,PS\n8:01:00,260302,30,HANG,0,NO_SERVER,0,PS\n"
    "8:02:00,260302,9,LOST,0,NO_SERVER,18,PS\n8:03:00,260302,0,PHANTOM,0,NO_SERVER,0,PS\n"
    "8:04:00,260302,0,AGENT,9,ANNA,0,TEST\n8:05:00,260302,0,AGENT,9,ANNA,0,AA\n";

static void read_mapping(const char *block)
{
    char path[100];
    oh_log *log = NULL;
    oh_diags *diags = oh_diags_new();
    print_message("%s\n", block);
    write_file("map.yaml", block);
    snprintf(path, sizeof path, "%s/map.yaml", folder);
    assert_int_equal(oh_log_new(&log, &(oh_log_options){.map = path}, diags), OH_OK);
    assert_int_equal(oh_log_begin(log, "phone.csv", diags), OH_OK);
    assert_int_equal(oh_log_take(log, phone_log, strlen(phone_log)), OH_OK);
    assert_int_equal(oh_log_end(log), OH_OK);
    assert_int_equal(oh_log_judge(log, diags), OH_OK);
    assert_int_equal(oh_log_rows(log), 6);
    assert_int_equal(oh_log_used(log), 3);
    oh_log_free(log);
    oh_diags_free(diags);
}

/* ---- the guide ---- */

static void every_block_of_the_guide_works(void **state)
{
    static const char fence[] = "```yaml\n";
    char *guide = read_whole(GUIDE, NULL);
    size_t whole = 0, maps = 0, entries = 0;
    (void)state;
    for (char *at = strstr(guide, fence); at; at = strstr(at, fence)) {
        char *block = at + strlen(fence), *end = strstr(block, "```");
        assert_non_null(end);
        *end = '\0';
        if (strncmp(block, "onhold:", 7) == 0) {
            const char *name = whole++ == 0 ? "support.yaml" : "example.yaml";
            write_file(name, block);
            run_file(name, NULL, block);
        } else if (strncmp(block, "columns:", 8) == 0) {
            read_mapping(block);
            maps++;
        } else {
            entries += run_entries(block);
        }
        at = end + 1;
    }
    assert_true(whole >= 4 && maps == 1 && entries > 70);
    free(guide);
}

/* "    onhold run support.yaml --set PATH=VALUE", with quotes as a shell takes them. */
static void every_setting_of_the_guide_works(void **state)
{
    static const char command[] = "\n    onhold run support.yaml --set ";
    char *guide = read_whole(GUIDE, NULL);
    size_t n = 0;
    (void)state;
    for (char *at = strstr(guide, command); at; at = strstr(at, command), n++) {
        char setting[200];
        size_t used = 0;
        at += strlen(command);
        for (const char *p = at; *p != '\n'; p++)
            if (*p != '\'' && used + 1 < sizeof setting)
                setting[used++] = *p;
        setting[used] = '\0';
        run_file("support.yaml", setting, setting);
    }
    assert_true(n >= 6);
    free(guide);
}

/* Nothing of the format is left out of its guide. */
static void the_guide_names_every_key(void **state)
{
    char *guide = read_whole(GUIDE, NULL);
    (void)state;
    for (size_t i = 0; i < key_rows(); i++) {
        const char *name = key_name(key_at(i));
        if (strcmp(name, "*") == 0)
            continue;
        bool found = false;
        for (const char *at = strstr(guide, name); at && !found; at = strstr(at + 1, name)) {
            char before = at[-1], after = at[strlen(name)];
            found = strchr(" {[`'.\n", before) && strchr(":` .=", after);
        }
        assert_that(found || strchr(key_at(i)->path, '.') == NULL, "the guide does not show %s",
                    key_at(i)->path);
    }
    free(guide);
}

/* Whoever looks for a scenario finds it by its question, and a command that shows the answer. */
static void the_guide_lists_every_scenario_and_each_asks_and_answers(void **state)
{
    char *guide = read_whole(GUIDE, NULL);
    glob_t found;
    (void)state;
    assert_int_equal(glob("scenarios/*.yaml", 0, NULL, &found), 0);
    assert_true(found.gl_pathc >= 29);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        char link[100];
        struct trial trial = trial_file(found.gl_pathv[i], NULL);
        const char *about = oh_model_about(trial.model);
        snprintf(link, sizeof link, "(%s)", strchr(found.gl_pathv[i], '/') + 1);
        assert_that(strstr(guide, link), "the guide does not list %s", found.gl_pathv[i]);
        assert_that(about && strncmp(about, "Question: ", 10) == 0, "%s asks nothing",
                    found.gl_pathv[i]);
        assert_that(strstr(about, "\n  onhold ") && strstr(about, found.gl_pathv[i]),
                    "%s shows no command", found.gl_pathv[i]);
        bool lesson = strchr(link, '(')[1] <= '9';
        assert_that(strstr(about, lesson ? "Answers: " : "Assumed"), "%s leaves things open",
                    found.gl_pathv[i]);
        trial_free(&trial);
    }
    globfree(&found);
    free(guide);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_block_of_the_guide_works),
        cmocka_unit_test(every_setting_of_the_guide_works),
        cmocka_unit_test(the_guide_names_every_key),
        cmocka_unit_test(the_guide_lists_every_scenario_and_each_asks_and_answers),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
