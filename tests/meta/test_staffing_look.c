/* test_staffing_look.c - one agent fewer, found for many in one run, against a run without him; and
 * a search that is cut short. */
#include "../support/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <onhold/staff.h>

static oh_staffing *search(const struct trial *t, const oh_staff_options *options)
{
    oh_staffing *f;
    char message[256];
    oh_status status = oh_staff(&f, t->model, options, message);
    assert_that(status == OH_OK, "%s: %s", oh_status_text(status), message);
    return f;
}

/* ---- a plan without one agent ---- */

/* The plan as a table, without one head of a group in an interval. */
static void write_plan(FILE *file, const oh_staffing *f, size_t group, long interval)
{
    const oh_model *m = oh_staffing_model(f);
    size_t groups = oh_model_things(m, OH_AGENTS);
    fprintf(file, "day,start");
    for (size_t g = 0; g < groups; g++)
        fprintf(file, ",%s", oh_model_thing(m, OH_AGENTS, g));
    for (size_t k = 0; k < oh_staffing_info(f).intervals; k++) {
        oh_interval at = oh_result_interval(oh_staffing_result(f), k);
        fprintf(file, "\n%s,%s", at.day ? at.day : "", at.start);
        for (size_t g = 0; g < groups; g++)
            fprintf(file, ",%g",
                    oh_staffing_heads(f, g, k).required - (g == group && (long)k == interval));
    }
    fprintf(file, "\n");
}

/* The scenario with that table, and what it gives with the confirming run's callers. */
static void play_without(struct trial *t, const oh_staffing *f, size_t group, long interval)
{
    const oh_model *m = oh_staffing_model(f);
    oh_run_info info = oh_result_info(oh_staffing_result(f));
    oh_run_options options = {
        .replications = info.replications, .has_seed = true, .seed = info.seed};
    char name[] = "/tmp/onhold-plan-XXXXXX";
    int handle = mkstemp(name);
    assert_true(handle >= 0);
    FILE *file = fdopen(handle, "w");
    write_plan(file, f, group, interval);
    fclose(file);
    for (size_t g = 0; g < oh_model_things(m, OH_AGENTS); g++) {
        char path[80], value[160];
        snprintf(path, sizeof path, "agents.%s.count", oh_model_thing(m, OH_AGENTS, g));
        snprintf(value, sizeof value, "{csv: %s, column: %s}", name,
                 oh_model_thing(m, OH_AGENTS, g));
        assert_int_equal(oh_scenario_set(t->scenario, path, value, t->diags), OH_OK);
    }
    oh_model_free(t->model);
    assert_int_equal(oh_model_compile(&t->model, t->scenario, t->diags), OH_OK);
    unlink(name);
    trial_run(t, &options);
}

/* What is said of each agent is what a run without him gives, to the last bit. */
static void check_fewer(const char *text, uint32_t replications, uint64_t most_runs)
{
    struct trial t = trial_text(text);
    oh_staffing *f = search(&t, &(oh_staff_options){.run = {.replications = replications}});
    assert_true(oh_staffing_info(f).met);
    assert_int_equal(oh_staffing_info(f).spare, 0);
    assert_that(oh_staffing_info(f).runs <= most_runs, "it took %llu runs",
                (unsigned long long)oh_staffing_info(f).runs);
    for (size_t i = 0; i < oh_staffing_fewer_count(f); i++) {
        oh_staff_fewer fewer = oh_staffing_fewer(f, i);
        struct trial without = trial_text(text);
        play_without(&without, f, fewer.group, fewer.interval);
        const oh_staff_outcome *worst = &fewer.worst;
        long c = oh_result_column_find(without.result, worst->level, worst->column->id);
        oh_estimate e;
        assert_true(oh_result_estimate(without.result, worst->level, worst->thing, worst->period,
                                       (size_t)c, &e));
        assert_that(e.value == worst->estimate.value && e.half_width == worst->estimate.half_width,
                    "group %zu, interval %ld: %.17g said, it is %.17g", fewer.group, fewer.interval,
                    worst->estimate.value, e.value);
        assert_true(!worst->estimate.met || fewer.kept);
        trial_free(&without);
    }
    oh_staffing_free(f);
    trial_free(&t);
}

static const char half_hours[] =
    "onhold: 1\nname: Day\ntime: {open: 08:00-18:00, interval: 30 min}\n"
    "queues:\n"
    "  a: {arrivals: {per: 1 h, counts: [20, 60, 90, 70, 40, 50, 60, 40, 20, 15]},\n"
    "      handling: {lognormal: {mean: 4 min, cv: 1.2}}, patience: {exponential: 3 min},\n"
    "      target: 80% in 20 s}\n"
    "agents:\n  desk: {count: 6, serves: [a]}\n";

static void in_a_day_of_one_pool_it_is_what_a_run_without_him_gives(void **state)
{
    (void)state;
    check_fewer(half_hours, 60, 100);
}

static void with_two_groups_and_skills_it_is_what_a_run_without_him_gives(void **state)
{
    (void)state;
    check_fewer("onhold: 1\nname: Skills\ntime: {open: 08:00-16:00, interval: 1 h}\n"
                "queues:\n"
                "  a: {arrivals: 40 per h, handling: {exponential: 3 min}, patience: {exponential: "
                "3 min},\n"
                "      target: 75% in 20 s}\n"
                "  b: {arrivals: 15 per h, handling: {exponential: 5 min}, patience: {exponential: "
                "2 min},\n"
                "      target: {abandon_rate: 8%}}\n"
                "agents:\n"
                "  cheap: {count: 2, serves: [a], cost: 10 per h}\n"
                "  dear: {count: 2, serves: [b, a], cost: 30 per h}\n",
                15, 1000);
}

static void in_a_week_that_never_closes_it_is_what_a_run_without_him_gives(void **state)
{
    (void)state;
    check_fewer("onhold: 1\nname: Week\ntime: {days: {mon-wed: 00:00-24:00}, interval: 1 h}\n"
                "queues:\n"
                "  a: {channel: social, arrivals: 12 per h, handling: {lognormal: {mean: 5 min, "
                "cv: 1}},\n"
                "      target: 80% in 6 min}\n"
                "agents:\n  desk: {count: 4, serves: [a]}\n",
                12, 200);
}

/* Days that are closed at night have nothing to do with each other, with calls of any length. */
static void in_days_apart_it_is_what_a_run_without_him_gives(void **state)
{
    (void)state;
    check_fewer("onhold: 1\nname: Long\ntime: {days: {mon-thu: 09:00-12:00}, interval: 1 h}\n"
                "queues:\n"
                "  a: {arrivals: 8 per h, handling: {exponential: 40 min}, patience: {exponential: "
                "20 min},\n"
                "      target: {asa: 5 min}}\n"
                "agents:\n  desk: {count: 4, serves: [a]}\n",
                40, 80);
}

/* What a caller does again, who pauses and when, goes on for hours and over nights. */
static void where_callers_come_back_it_is_what_a_run_without_him_gives(void **state)
{
    (void)state;
    check_fewer(
        "onhold: 1\nname: Back\n"
        "time: {days: {mon: 08:00-12:00, thu: 09:00-12:00}, interval: 1 h}\n"
        "busyness: {cv: 20%}\n"
        "queues:\n"
        "  a: {arrivals: {rate: 40 per h, noise: 20%},\n"
        "      handling: {talk: {exponential: 3 min}, wrap_up: {exponential: 20 s}},\n"
        "      patience: {exponential: 3 min}, balk: 1%,\n"
        "      redial: {after_abandon: 40%, delay: {exponential: 10 min}},\n"
        "      unresolved: {share: 20%, delay: {exponential: 1 h}}, target: 80% in 20 s}\n"
        "agents:\n"
        "  desk: {count: 4, serves: [a], not_ready: {share: 90%, for: {exponential: 30 s}}}\n",
        12, 200);
}

/* Chats at several paces, transfers, ringing, call-backs, announcements, limits. */
static void where_much_else_happens_it_is_what_a_run_without_him_gives(void **state)
{
    (void)state;
    check_fewer(
        "onhold: 1\nname: Much\n"
        "time: {open: 08:00-11:00, interval: 1 h, at_close: hang_up}\n"
        "lines: 60\n"
        "queues:\n"
        "  a: {arrivals: 30 per h, handling: {exponential: 4 min}, ring: 4 s,\n"
        "      patience: {exponential: 3 min}, capacity: 12, announce: {at: 20 s, every: 1 min,\n"
        "      patience: 1.3}, transfer: [{to: b, share: 15%, warm: 20 s}],\n"
        "      callback: {offer: {waiting_over: 2}, accept: 50%, answers: 80%, retry: 10 min,\n"
        "      attempts: 2}, target: 75% in 30 s}\n"
        "  b: {arrivals: 8 per h, handling: {exponential: 5 min}, patience: {exponential: 4 min},\n"
        "      silent: {share: 30%, wastes: 10 s}, priority: 3, target: {abandon_rate: 12%}}\n"
        "  c: {channel: chat, arrivals: 20 per h, handling: {exponential: 6 min},\n"
        "      patience: {exponential: 4 min}, redial: {after_abandon: 50%, delay: 5 min},\n"
        "      target: 70% in 1 min}\n"
        "agents:\n"
        "  desk: {count: 4, serves: [a, b], late: {exponential: 2 min}}\n"
        "  text: {count: 2, serves: {c: {at_once: 3, pace: [1, 0.8, 0.6]}, b: {}},\n"
        "         leave: drop}\n",
        4, 400);
}

/* Work that waits over nights, some of it for hours; groups compete by who was idle longest. */
static void where_days_hang_together_it_is_what_a_run_without_him_gives(void **state)
{
    (void)state;
    check_fewer(
        "onhold: 1\nname: Nights\n"
        "time: {days: {mon-tue: 09:00-12:00}, interval: 1 h, at_close: carry_over}\n"
        "queues:\n"
        "  a: {arrivals: 20 per h, handling: {exponential: 4 min}, patience: {exponential: 8 "
        "min},\n"
        "      target: 70% in 1 min}\n"
        "  m: {channel: email, arrivals: 6 per h, handling: {exponential: 6 min}, backlog: 3,\n"
        "      target: 80% in 2 h}\n"
        "agents:\n"
        "  one: {count: 2, serves: [a, m]}\n"
        "  two: {count: 1, serves: [a], absence: 10%}\n",
        12, 300);
}

/* ---- cut short ---- */

static char *written(const oh_staffing *f, const char *format)
{
    static const oh_write_context context = {.file = "", .variant = "", .sha256 = ""};
    struct text text = {0};
    assert_int_equal(oh_staffing_write(f, &context, format, text_sink(&text)), OH_OK);
    return text.at;
}

/* The plan works, and what is said of who could go is true. */
static void a_search_that_is_cut_short_says_so(void **state)
{
    (void)state;
    struct trial t = trial_text(half_hours);
    oh_staffing *cut = search(&t, &(oh_staff_options){.calls = 1, .run = {.replications = 30}});
    oh_staffing *whole = search(&t, &(oh_staff_options){.run = {.replications = 30}});
    oh_staff_info info = oh_staffing_info(cut);
    size_t spare = 0;
    assert_true(info.met && info.confirmed);
    assert_true(info.spare > 0);
    assert_true(info.hours > oh_staffing_info(whole).hours);
    for (size_t i = 0; i < oh_staffing_outcomes(cut); i++)
        assert_true(oh_staffing_outcome(cut, i).estimate.met);
    for (size_t i = 0; i < oh_staffing_fewer_count(cut); i++)
        spare += oh_staffing_fewer(cut, i).worst.estimate.met;
    assert_int_equal(spare, info.spare);
    char *text = written(cut, "table"), wanted[80];
    snprintf(wanted, sizeof wanted, "In %zu place%s one agent", info.spare,
             info.spare == 1 ? "" : "s");
    assert_non_null(strstr(text, "The search was cut short"));
    assert_non_null(strstr(text, wanted));
    assert_null(strstr(text, "whoever is taken away"));
    free(text);
    text = written(cut, "json");
    assert_non_null(strstr(text, "\"cut_short\": true"));
    assert_non_null(strstr(text, "\"met\": true"));
    free(text);
    text = written(whole, "json");
    assert_non_null(strstr(text, "\"cut_short\": false"));
    free(text);
    oh_staffing_free(cut);
    oh_staffing_free(whole);
    trial_free(&t);
}

/* ---- how sure ---- */

/* The callers who had no part in the plan are those of a run with that seed. */
static void other_callers_give_what_a_run_of_them_gives(void **state)
{
    (void)state;
    struct trial t = trial_text(half_hours), again = trial_text(half_hours);
    oh_staffing *f = search(&t, &(oh_staff_options){.run = {.replications = 30}});
    oh_staff_again said = oh_staffing_again(f);
    assert_int_equal(said.replications, 30);
    assert_true(said.seed != oh_result_info(oh_staffing_result(f)).seed);
    play_without(&again, f, SIZE_MAX, 0);
    trial_run(&again, &(oh_run_options){.replications = 30, .has_seed = true, .seed = said.seed});
    size_t missed = 0;
    for (long k = 0; k < 20; k++)
        missed += !trial_read(&again, OH_QUEUE, "a", k, "service_level").met;
    assert_int_equal(said.targets, 20);
    assert_int_equal(said.missed, missed);
    oh_staffing_free(f);
    trial_free(&t);
    trial_free(&again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_a_day_of_one_pool_it_is_what_a_run_without_him_gives),
        cmocka_unit_test(with_two_groups_and_skills_it_is_what_a_run_without_him_gives),
        cmocka_unit_test(in_a_week_that_never_closes_it_is_what_a_run_without_him_gives),
        cmocka_unit_test(in_days_apart_it_is_what_a_run_without_him_gives),
        cmocka_unit_test(where_callers_come_back_it_is_what_a_run_without_him_gives),
        cmocka_unit_test(where_much_else_happens_it_is_what_a_run_without_him_gives),
        cmocka_unit_test(where_days_hang_together_it_is_what_a_run_without_him_gives),
        cmocka_unit_test(a_search_that_is_cut_short_says_so),
        cmocka_unit_test(other_callers_give_what_a_run_of_them_gives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
