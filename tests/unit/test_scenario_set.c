/* test_scenario_set.c - files that extend files, settings by path, variants, copies.
 */
#include "../support/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../sim/scenario/bind.h"

static const char base_text[] =
    "onhold: 1\n"
    "name: Base\n"
    "time: {open: 08:00-20:00, interval: 30 min}\n"
    "queues:\n"
    "  support:\n"
    "    arrivals: 120 per h\n"
    "    handling: {exponential: 4 min}\n"
    "    patience: {hung_up_by: {40 s: 15%}}\n"
    "    target: [80% in 20 s, {asa: 30 s}]\n"
    "  billing:\n"
    "    arrivals: {per: 6 h, counts: [40, 60]}\n"
    "    handling: {talk: {exponential: 3 min}, wrap_up: {constant: 30 s}}\n"
    "    patience: never\n"
    "agents:\n"
    "  desk: {count: 24, serves: [support, billing]}\n"
    "variants:\n"
    "  more: {agents.desk.count: 26, experiment.seed: 7}\n"
    "  steady: {time.steady: {warm_up: 1 h, length: 2 h},\n"
    "           queues.billing.arrivals: 10 per h}\n";

/* A scenario, its findings, and its spec once it is bound. */
struct loaded {
    oh_diags *diags;
    oh_scenario *scenario;
    struct arena arena;
    struct spec *spec;
};

static struct loaded load_text(const char *text)
{
    struct loaded l = {.diags = oh_diags_new()};
    assert_non_null(l.diags);
    arena_init(&l.arena);
    oh_status status = oh_scenario_load_text(&l.scenario, "base.yaml", text, strlen(text), l.diags);
    if (status != OH_OK)
        show_findings(l.diags);
    assert_int_equal(status, OH_OK);
    return l;
}

static void loaded_free(struct loaded *l)
{
    arena_free(&l->arena);
    oh_scenario_free(l->scenario);
    oh_diags_free(l->diags);
}

static void bind(struct loaded *l)
{
    oh_status status = spec_bind(&l->spec, l->scenario, &l->arena, l->diags);
    if (status != OH_OK)
        show_findings(l->diags);
    assert_int_equal(status, OH_OK);
}

static void set(struct loaded *l, const char *path, const char *value)
{
    oh_status status = oh_scenario_set(l->scenario, path, value, l->diags);
    if (status != OH_OK)
        show_findings(l->diags);
    assert_int_equal(status, OH_OK);
}

/* A setting that must be refused, with that code and those words in message or hint, at --set. */
static void refused(const char *path, const char *value, const char *code, const char *words)
{
    struct loaded l = load_text(base_text);
    oh_status status = oh_scenario_set(l.scenario, path, value, l.diags);
    if (status == OH_OK)
        status = spec_bind(&l.spec, l.scenario, &l.arena, l.diags);
    const oh_diag *d = oh_diags_at(l.diags, 0);
    bool same = status == OH_INVALID && d && strcmp(d->code, code) == 0 &&
                strcmp(d->file, "--set") == 0 &&
                (strstr(d->message, words) || (d->hint && strstr(d->hint, words)));
    if (!same) {
        show_findings(l.diags);
        fail_with(__FILE__, __LINE__, "expected %s with \"%s\" for %s=%s", code, words, path,
                  value);
    }
    if (oh_scenario_settings(l.scenario) == 0) { /* what was refused has changed nothing */
        oh_diags_free(l.diags);
        l.diags = oh_diags_new();
        bind(&l);
    }
    loaded_free(&l);
}

static void a_setting_replaces_one_value(void **state)
{
    (void)state;
    struct loaded l = load_text(base_text);
    set(&l, "agents.desk.count", "26");
    set(&l, "queues.support.target.0", "85% in 30 s");
    set(&l, "queues.support.handling.exponential", "5 min");
    set(&l, "queues.support.patience", "{exponential: 4 min}");
    set(&l, "queues.billing.handling.talk.exponential", "2 min");
    set(&l, "queues.billing.arrivals.counts.1", "70");
    bind(&l);
    assert_same(l.spec->group[0].count.value[0], 26.0);
    assert_same(l.spec->queue[0].target[0].level, 0.85);
    assert_same(l.spec->queue[0].target[0].within, 30.0);
    assert_same(dist_mean(l.spec->queue[0].talk), 300.0);
    assert_same(dist_mean(l.spec->queue[0].patience), 240.0);
    assert_same(dist_mean(l.spec->queue[1].talk), 120.0);
    assert_same(l.spec->queue[1].arrivals->counts.value[1], 70.0);
    assert_int_equal(oh_scenario_settings(l.scenario), 6);
    assert_string_equal(oh_scenario_setting(l.scenario, 1), "queues.support.target.0=85% in 30 s");
    loaded_free(&l);
}

static void a_setting_may_add_a_key_and_the_map_around_it(void **state)
{
    (void)state;
    struct loaded l = load_text(base_text);
    set(&l, "experiment.seed", "9");
    set(&l, "queues.support.cost.waiting", "6 per min");
    set(&l, "queues.support.handling.plus", "10 s");
    set(&l, "queues.support.ring.constant", "3 s");
    set(&l, "agents.extra", "{count: 1, serves: [support]}");
    bind(&l);
    assert_int_equal(l.spec->seed, 9);
    assert_close(l.spec->queue[0].cost_waiting, 0.1, 1e-15);
    assert_same(dist_mean(l.spec->queue[0].talk), 250.0);
    assert_same(dist_mean(l.spec->queue[0].ring), 3.0);
    assert_int_equal(l.spec->groups, 2);
    loaded_free(&l);
}

static void a_rate_in_its_short_form_can_be_scaled(void **state)
{
    (void)state;
    struct loaded l = load_text(base_text);
    set(&l, "queues.support.arrivals.scale", "1.1");
    set(&l, "queues.billing.arrivals.scale", "50%");
    bind(&l);
    assert_close(l.spec->queue[0].arrivals->rate, 1.1 * 120 / 3600, 1e-15);
    assert_same(l.spec->queue[1].arrivals->counts.value[0], 20.0);
    set(&l, "queues.support.arrivals.rate", "60 per h");
    bind(&l);
    assert_close(l.spec->queue[0].arrivals->rate, 1.1 * 60 / 3600, 1e-15);
    loaded_free(&l);
    l = load_text(base_text);
    set(&l, "queues.support.arrivals.rate", "60 per h");
    bind(&l);
    assert_close(l.spec->queue[0].arrivals->rate, 60.0 / 3600, 1e-15);
    loaded_free(&l);
}

static void null_removes(void **state)
{
    (void)state;
    struct loaded l = load_text(base_text);
    set(&l, "queues.support.target", "null");
    set(&l, "queues.billing", "~");
    set(&l, "agents.desk.serves", "[support]");
    bind(&l);
    assert_int_equal(l.spec->queues, 1);
    assert_int_equal(l.spec->queue[0].targets, 0);
    loaded_free(&l);
}

static void of_open_and_steady_the_last_given_wins(void **state)
{
    (void)state;
    struct loaded l = load_text(base_text);
    set(&l, "time.steady", "{warm_up: 1 h, length: 2 h}");
    set(&l, "queues.billing.arrivals", "10 per h");
    bind(&l);
    assert_int_equal(l.spec->time.mode, TIME_STEADY);
    set(&l, "time.open", "09:00-18:00");
    bind(&l);
    assert_int_equal(l.spec->time.mode, TIME_OPEN);
    set(&l, "time", "{steady: {warm_up: 3 h, length: 2 h}}");
    bind(&l);
    assert_same(l.spec->time.warm_up, 10800.0);
    loaded_free(&l);
}

static void what_cannot_be_set_is_said_at_the_option(void **state)
{
    (void)state;
    refused("queues.support.patience.exponential", "5 min", "E209",
            "--set 'queues.support.patience={exponential: 5 min}'");
    refused("queues.support.patience.lognormal.mean", "5 min", "E209", "{lognormal: {mean: ");
    refused("queues.billing.patience.exponential", "5 min", "E209", "{exponential: 5 min}");
    refused("queues.billing.handling.exponential", "5 min", "E209", "{exponential: 5 min}");
    refused("queues.support.handling.talk", "{constant: 1 s}", "E209", "has no 'talk'");
    refused("queues.suport.balk", "5%", "E209", "did you mean 'support'?");
    refused("queues.support.balks", "5%", "E201", "did you mean 'balk'?");
    refused("queue.support.balk", "5%", "E201", "did you mean 'queues'?");
    refused("agents.desk.count.per", "15 min", "E209", "--set 'agents.desk.count=24'");
    refused("agents.desk.serves.support.rank", "1", "E209", "{NAME: {rank: 1}}");
    refused("agents.desk.serves.2", "support", "E209", "the last is 1");
    refused("agents.desk.serves.0", "null", "E209", "cannot be removed");
    refused("agents.desc", "null", "E209", "did you mean 'desk'?");
    refused("extends", "other.yaml", "E209", "cannot be set");
    refused("variants.more", "{}", "E209", "cannot be set");
    refused("agents..count", "3", "E209", "is not a path");
    refused("", "3", "E209", "is not a path");
    refused("agents.desk.count", "", "E109", "null");
    refused("agents.desk.count", "{per: 1", "E104", "");
    refused("agents.desk.count", "-3", "E203", "");
    refused("agents.desk.serves", "[suport]", "E207", "did you mean 'support'?");
    refused("queues.support.callback", "{accept: 40%}", "E202", "'offer' is missing");
    refused("experiment.at_most", "{replications: 0}", "E204", "1");
    refused("agents.desk.shifts", "[{count: 1, hours: 08:00-12:00}]", "E208", "'count'");
    refused("agents.desk.count.sat", "4", "E209", "agents.desk.count=24");
    refused("queues.support.arrivals.sat", "4 per h", "E219", "not a week");
    refused("queues.support.transfer", "{to: suport, share: 5%}", "E207",
            "did you mean 'support'?");
}

static void the_place_of_an_error_is_in_the_option(void **state)
{
    (void)state;
    struct loaded l = load_text(base_text);
    struct text text = {0};
    set(&l, "queues.support.balk", "5");
    assert_int_equal(spec_bind(&l.spec, l.scenario, &l.arena, l.diags), OH_INVALID);
    assert_int_equal(oh_diags_at(l.diags, 0)->column, 21);
    assert_int_equal(oh_diags_print(l.diags, false, text_sink(&text)), OH_OK);
    assert_non_null(strstr(text.at, "| queues.support.balk=5\n"));
    text_free(&text);
    loaded_free(&l);
}

static void a_variant_changes_the_scenario(void **state)
{
    (void)state;
    struct loaded l = load_text(base_text);
    assert_int_equal(oh_scenario_variants(l.scenario), 2);
    assert_string_equal(oh_scenario_variant_name(l.scenario, 1), "steady");
    assert_int_equal(oh_scenario_apply_variant(l.scenario, "none", l.diags), OH_ARGUMENT);
    assert_int_equal(oh_scenario_apply_variant(l.scenario, "more", l.diags), OH_OK);
    bind(&l);
    assert_same(l.spec->group[0].count.value[0], 26.0);
    assert_int_equal(l.spec->seed, 7);
    assert_int_equal(oh_scenario_apply_variant(l.scenario, "steady", l.diags), OH_OK);
    bind(&l);
    assert_int_equal(l.spec->time.mode, TIME_STEADY);
    assert_int_equal(oh_scenario_settings(l.scenario), 4);
    assert_string_equal(oh_scenario_setting(l.scenario, 0), "agents.desk.count=26");
    assert_string_equal(oh_scenario_setting(l.scenario, 2),
                        "time.steady={warm_up: 1 h, length: 2 h}");
    loaded_free(&l);
}

static void a_variant_that_cannot_be_applied_is_found_at_once(void **state)
{
    char text[2000];
    (void)state;
    snprintf(text, sizeof text, "%s  bad: {agents.desk.count: many}\n", base_text);
    struct loaded l = load_text(text);
    assert_int_equal(spec_bind(&l.spec, l.scenario, &l.arena, l.diags), OH_INVALID);
    assert_int_equal(oh_diags_count(l.diags), 1);
    assert_int_equal(oh_diags_at(l.diags, 0)->line, 20);
    loaded_free(&l);
}

static void a_copy_lives_without_its_original(void **state)
{
    (void)state;
    struct loaded l = load_text(base_text);
    oh_scenario *copy = NULL;
    set(&l, "agents.desk.count", "30");
    assert_int_equal(oh_scenario_clone(&copy, l.scenario), OH_OK);
    set(&l, "agents.desk.count", "31");
    oh_scenario_free(l.scenario);
    l.scenario = copy;
    bind(&l);
    assert_same(l.spec->group[0].count.value[0], 30.0);
    assert_int_equal(oh_scenario_settings(copy), 1);
    assert_string_equal(oh_scenario_file(copy), "base.yaml");
    set(&l, "queues.support.balk", "7");
    assert_int_equal(spec_bind(&l.spec, copy, &l.arena, l.diags), OH_INVALID);
    loaded_free(&l);
}

static void the_hash_is_that_of_the_bytes_of_the_file(void **state)
{
    (void)state;
    struct loaded l = load_text("onhold: 1\n");
    /* printf 'onhold: 1\n' | sha256sum */
    assert_string_equal(oh_scenario_sha256(l.scenario),
                        "de70d0c75d65151c2835c3f3dd46b7a8904f13d670e312cd8d808983f9db10ed");
    loaded_free(&l);
}

/* ---- files ---- */

static char folder[] = "/tmp/onhold-extends-XXXXXX";

static void write_file(const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(text, 1, strlen(text), out), strlen(text));
    fclose(out);
}

static struct loaded load_file(const char *name, oh_status expected)
{
    char path[200];
    struct loaded l = {.diags = oh_diags_new()};
    arena_init(&l.arena);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    oh_status status = oh_scenario_load(&l.scenario, path, l.diags);
    if (status != expected)
        show_findings(l.diags);
    assert_int_equal(status, expected);
    return l;
}

static void a_file_starts_from_another(void **state)
{
    (void)state;
    write_file("base.yaml", base_text);
    write_file("child.yaml",
               "onhold: 1\nname: Child\nextends: base.yaml\n"
               "time: {steady: {warm_up: 1 h, length: 5 h}}\n"
               "queues:\n"
               "  support: {patience: {exponential: 3 min}, target: null, balk: 5%}\n"
               "  billing: {arrivals: 10 per h, handling: {wrap_up: {constant: 10 s}}}\n"
               "  chat: {channel: chat, handling: {constant: 2 min}, patience: never}\n"
               "agents: {desk: {serves: [chat, support, billing]}}\n"
               "variants: null\n");
    struct loaded l = load_file("child.yaml", OH_OK);
    bind(&l);
    const struct spec *s = l.spec;
    assert_string_equal(s->name, "Child");
    assert_int_equal(s->time.mode, TIME_STEADY);
    assert_int_equal(s->queues, 3);
    assert_string_equal(s->queue[0].name, "support");
    assert_close(s->queue[0].arrivals->rate, 120.0 / 3600, 1e-15);
    assert_same(dist_mean(s->queue[0].patience), 180.0);
    assert_int_equal(s->queue[0].targets, 0);
    assert_same(s->queue[0].balk, 0.05);
    assert_int_equal(s->queue[1].arrivals->kind, ARRIVALS_RATE);
    assert_same(dist_mean(s->queue[1].talk), 180.0);
    assert_same(dist_mean(s->queue[1].wrap_up), 10.0);
    assert_string_equal(s->queue[2].name, "chat");
    assert_same(s->group[0].count.value[0], 24.0);
    assert_int_equal(s->group[0].n_serves, 3);
    loaded_free(&l);
}

static void tables_are_found_beside_the_file_that_names_them(void **state)
{
    char path[200];
    (void)state;
    snprintf(path, sizeof path, "%s/inner", folder);
    assert_int_equal(mkdir(path, 0777), 0);
    write_file("inner/plan.csv", "time,desk\n8:00,3\n9:00,4\n");
    write_file("plan.csv", "time,desk\n8:00,5\n9:00,6\n");
    write_file("inner/base.yaml",
               "onhold: 1\nname: Inner\ntime: {open: 08:00-10:00, interval: 1 h}\n"
               "queues: {a: {handling: {constant: 1 min}, patience: never}}\n"
               "agents: {desk: {count: {csv: plan.csv, column: desk}, serves: [a]}}\n");
    write_file("outer.yaml", "onhold: 1\nname: Outer\nextends: inner/base.yaml\n");
    struct loaded l = load_file("outer.yaml", OH_OK);
    bind(&l);
    assert_same(l.spec->group[0].count.value[0], 3.0);
    /* A copy finds them, too: its nodes know the copy's files. */
    oh_scenario *copy = NULL;
    assert_int_equal(oh_scenario_clone(&copy, l.scenario), OH_OK);
    oh_scenario_free(l.scenario);
    l.scenario = copy;
    bind(&l);
    assert_same(l.spec->group[0].count.value[0], 3.0);
    /* A setting is relative to the file that was loaded. */
    set(&l, "agents.desk.count", "{csv: plan.csv, column: desk}");
    bind(&l);
    assert_same(l.spec->group[0].count.value[0], 5.0);
    loaded_free(&l);
}

static void files_that_extend_each_other_are_refused(void **state)
{
    (void)state;
    write_file("one.yaml", "onhold: 1\nname: One\nextends: ./two.yaml\n");
    write_file("two.yaml", "onhold: 1\nname: Two\nextends: one.yaml\n");
    write_file("self.yaml", "onhold: 1\nname: Self\nextends: self.yaml\n");
    struct loaded l = load_file("one.yaml", OH_INVALID);
    assert_string_equal(oh_diags_at(l.diags, 0)->code, "E111");
    loaded_free(&l);
    l = load_file("self.yaml", OH_INVALID);
    assert_string_equal(oh_diags_at(l.diags, 0)->code, "E111");
    assert_int_equal(oh_diags_at(l.diags, 0)->line, 3);
    loaded_free(&l);
}

static void a_version_that_is_not_known_is_refused_wherever_it_stands(void **state)
{
    (void)state;
    write_file("future.yaml", "onhold: 2\nname: Future\nnonsense: 1\n");
    write_file("present.yaml", "onhold: 1\nname: Present\nextends: future.yaml\n");
    struct loaded l = load_file("present.yaml", OH_INVALID);
    assert_int_equal(oh_diags_errors(l.diags), 1);
    assert_string_equal(oh_diags_at(l.diags, 0)->code, "E222");
    loaded_free(&l);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    static const char *const names[] = {
        "base.yaml", "child.yaml",  "inner/plan.csv", "inner/base.yaml",
        "plan.csv",  "outer.yaml",  "one.yaml",       "two.yaml",
        "self.yaml", "future.yaml", "present.yaml",   "inner",
        ""};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[200];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        remove(path);
    }
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_setting_replaces_one_value),
        cmocka_unit_test(a_setting_may_add_a_key_and_the_map_around_it),
        cmocka_unit_test(a_rate_in_its_short_form_can_be_scaled),
        cmocka_unit_test(null_removes),
        cmocka_unit_test(of_open_and_steady_the_last_given_wins),
        cmocka_unit_test(what_cannot_be_set_is_said_at_the_option),
        cmocka_unit_test(the_place_of_an_error_is_in_the_option),
        cmocka_unit_test(a_variant_changes_the_scenario),
        cmocka_unit_test(a_variant_that_cannot_be_applied_is_found_at_once),
        cmocka_unit_test(a_copy_lives_without_its_original),
        cmocka_unit_test(the_hash_is_that_of_the_bytes_of_the_file),
        cmocka_unit_test(a_file_starts_from_another),
        cmocka_unit_test(tables_are_found_beside_the_file_that_names_them),
        cmocka_unit_test(files_that_extend_each_other_are_refused),
        cmocka_unit_test(a_version_that_is_not_known_is_refused_wherever_it_stands),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
