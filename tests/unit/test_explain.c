/* test_explain.c - what `explain` says, against a planner with pencil and paper. */
#include "../support/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <onhold/explain.h>

#include "../support/scenario_gen.h"

static const char one_line[] =
    "onhold: 1\nname: One line\ntime: {open: 08:00-10:00, interval: 30 min}\n"
    "queues:\n  support:\n    arrivals: {per: 30 min, counts: [10, 20, 30, 4]}\n"
    "    handling: {exponential: 3 min}\n    patience: {exponential: 5 min}\n"
    "    target: 80%% in 20 s\n"
    "agents:\n  desk:\n    count: {per: 30 min, counts: [2, 3, 3, 1]}\n    serves: [support]\n%s";

static oh_explanation *explain(const struct trial *t)
{
    oh_explanation *e;
    assert_int_equal(oh_explain(&e, t->model), OH_OK);
    return e;
}

static bool says(const oh_explanation *e, const char *words)
{
    for (size_t i = 0; i < oh_explanation_remarks(e); i++)
        if (strstr(oh_explanation_remark(e, i), words))
            return true;
    return false;
}

static void load_and_agents_are_what_a_planner_computes(void **state)
{
    (void)state;
    struct trial t = trial_format(one_line, "");
    oh_explanation *e = explain(&t);
    static const double calls[] = {10, 20, 30, 4}, agents[] = {2, 3, 3, 1};
    assert_int_equal(oh_explanation_pools(e), 1);
    assert_int_equal(oh_explanation_intervals(e), 4);
    assert_string_equal(oh_explanation_pool(e, 0), "support");
    for (size_t k = 0; k < 4; k++) {
        const oh_outlook *o = oh_explanation_outlook(e, 0, k);
        assert_close(o->calls, calls[k], 1e-12);
        assert_close(o->load, calls[k] * 3 / 30, 1e-12);
        assert_close(o->agents, agents[k], 1e-12);
        assert_close(o->least, agents[k], 1e-12);
        assert_close(o->capacity, agents[k], 1e-12);
        oh_queue_figures a, c;
        oh_erlang_a(calls[k] / 1800, 180, 300, agents[k], 20, &a);
        oh_erlang_c(calls[k] / 1800, 180, agents[k], 20, &c);
        assert_true(o->has_a && o->has_c);
        assert_close(o->erlang_a.service_level, a.service_level, 1e-12);
        assert_close(o->erlang_a.abandon_rate, a.abandon_rate, 1e-12);
        assert_near(o->erlang_c.service_level, c.service_level, 1e-12);
        double fewest = 1;
        while (oh_erlang_a(calls[k] / 1800, 180, 300, fewest, 20, &a), a.service_level < 0.8)
            fewest++;
        assert_same(o->required, fewest);
    }
    assert_true(says(e, "Overload: support, 09:00\xE2\x80\x93"
                        "09:30, up to 3 erlang for 3 agents"));
    assert_true(says(e, "Short of the target: support, 08:00\xE2\x80\x93"
                        "10:00: Erlang A asks for up to 2 more agents."));
    oh_explanation_free(e);
    trial_free(&t);
}

static const char two_shifts[] =
    "onhold: 1\nname: Shifts\ntime: {open: 08:00-10:00, interval: 30 min}\n"
    "queues:\n  support: {arrivals: 60 per h, handling: {exponential: 3 min}, patience: "
    "{exponential: 5 min}}\n"
    "agents:\n  desk:\n    serves: [support]\n    shifts:\n"
    "      - {count: 4, hours: 08:00-09:45, breaks: [{at: 08:40, for: 10 min}]}\n"
    "      - {count: 2, hours: 08:15-09:00}\n";

static void breaks_and_shift_ends_are_seen_inside_an_interval(void **state)
{
    (void)state;
    struct trial t = trial_text(two_shifts);
    oh_explanation *e = explain(&t);
    /* 4 and from 8:15 on 6; 6, then 2 for ten minutes, then 6; 4; 4 and from 9:45 on nobody */
    static const double mean[] = {5, (20 * 6 + 10 * 2) / 30.0, 4, 2}, least[] = {4, 2, 4, 0};
    for (size_t k = 0; k < 4; k++) {
        assert_close(oh_explanation_outlook(e, 0, k)->agents, mean[k], 1e-12);
        assert_near(oh_explanation_outlook(e, 0, k)->least, least[k], 1e-12);
    }
    assert_true(says(e, "Half-hour figures overstate the capacity: support"));
    assert_true(says(e, "Nobody serves support, 09:45\xE2\x80\x93"
                        "10:00: 15 calls come then."));
    assert_false(says(e, "A break leaves"));
    oh_explanation_free(e);
    trial_free(&t);
}

static void a_break_of_all_leaves_the_queue_unserved(void **state)
{
    (void)state;
    struct trial t = trial_text(
        "onhold: 1\nname: Break\ntime: {days: {mon-wed: 08:00-10:00, fri: 08:00-10:00}}\n"
        "queues:\n  support: {arrivals: 60 per h, handling: {exponential: 3 min}, patience: "
        "{exponential: 5 min}}\n"
        "agents:\n  desk:\n    serves: [support]\n    shifts:\n"
        "      - {count: 4, hours: 08:00-10:00, breaks: [{at: 08:40, for: 10 min}]}\n");
    oh_explanation *e = explain(&t);
    assert_true(says(e, "A break leaves support unserved, Mon\xE2\x80\x93"
                        "Wed 08:40\xE2\x80\x93"
                        "08:50, Fri 08:40\xE2\x80\x93"
                        "08:50: 40 calls come then."));
    assert_false(says(e, "Nobody serves"));
    oh_explanation_free(e);
    trial_free(&t);
}

static void queues_that_share_agents_are_one_pool(void **state)
{
    (void)state;
    struct trial t = trial_text(
        "onhold: 1\nname: Pools\ntime: {steady: {warm_up: 1 h, length: 10 h}}\nqueues:\n"
        "  a: {arrivals: 60 per h, handling: {exponential: 2 min}, patience: {exponential: 1 "
        "min}}\n"
        "  b: {arrivals: 30 per h, handling: {exponential: 4 min}, patience: {exponential: 4 "
        "min}}\n"
        "  c: {arrivals: 20 per h, handling: {exponential: 3 min}, patience: never}\n"
        "  mail: {channel: email, arrivals: 20 per h, handling: {exponential: 3 min}}\n"
        "agents:\n  both: {count: 3, serves: [a, b]}\n  more: {count: 4, serves: [b]}\n"
        "  other: {count: 2, serves: {c: {speed: 2}, mail: {}}}\n");
    oh_explanation *e = explain(&t);
    assert_int_equal(oh_explanation_pools(e), 2);
    assert_string_equal(oh_explanation_pool(e, 0), "a, b");
    const oh_outlook *o = oh_explanation_outlook(e, 0, 0);
    assert_close(o->calls, 900, 1e-12);
    assert_close(o->load, 2 + 2, 1e-12);
    assert_close(o->agents, 7, 1e-12);
    /* 90 calls an hour of 160 s; who waits leaves at the rate (60 x 1/60 s + 30 x 1/240 s) / 90 */
    oh_queue_figures a;
    oh_erlang_a(90 / 3600.0, 160, 90 / (60 / 60.0 + 30 / 240.0), 7, 0, &a);
    assert_close(o->erlang_a.delayed, a.delayed, 1e-12);
    /* agents twice as fast: 20 calls an hour of 90 s for 2; mail waits */
    o = oh_explanation_outlook(e, 1, 0);
    oh_queue_figures c;
    oh_erlang_c(20 / 3600.0, 90, 2, 0, &c);
    assert_close(o->load, 1, 1e-12);
    assert_close(o->capacity, 4, 1e-12);
    assert_true(o->has_c && !o->has_a);
    assert_close(o->erlang_c.delayed, c.delayed, 1e-12);
    assert_undefined(o->required);
    oh_explanation_free(e);
    trial_free(&t);
}

static void several_contacts_at_once_are_capacity_but_not_erlangs(void **state)
{
    (void)state;
    struct trial t = trial_text(
        "onhold: 1\nname: Chat\ntime: {open: 08:00-10:00}\nqueues:\n"
        "  chat: {channel: chat, arrivals: 60 per h, handling: {exponential: 6 min}, patience: "
        "{exponential: 1 min}, self_service: {time: 60 s, resolves: 50%}}\n"
        "agents:\n  desk: {count: 2, serves: {chat: {at_once: 3, pace: [1, 0.85, 0.8]}}}\n");
    oh_explanation *e = explain(&t);
    const oh_outlook *o = oh_explanation_outlook(e, 0, 0);
    assert_close(o->calls, 15, 1e-12); /* the bot keeps half of them */
    assert_close(o->load, 3, 1e-12);
    assert_close(o->agents, 2, 1e-12);
    assert_close(o->capacity, 2 * 3 * 0.8, 1e-12);
    assert_false(o->has_a || o->has_c);
    oh_explanation_free(e);
    trial_free(&t);
}

/* The remark that belongs to one change of the one-line scenario. */
static void each_remark_is_made_where_it_is_due_and_nowhere_else(void **state)
{
    (void)state;
    static const struct {
        const char *path, *value, *words;
    } cases[] = {
        {"queues.support.ring", "25 s", "Out of reach: support asks for 80 % in 20 s"},
        {"queues.support.patience", "never", "Nobody hangs up in support"},
        {"queues.support.patience", "never", "the line grows as long as that lasts"},
        {"queues.support.unresolved", "{share: 20%, delay: 1 h}",
         "20 % of the answered calls of support come back, about 25.0 % more calls"},
        {"queues.support.redial", "{after_abandon: 40%, delay: 5 min}",
         "Who hangs up calls again: 40 %"},
        {"time.at_close", "hang_up", "cut off (at_close: hang_up)"},
        {"time.at_close", "carry_over", "left over"},
        {"agents.desk.count", "20",
         "Little to do: support, 08:00\xE2\x80\x93"
         "10:00"},
        {"agents.desk.count", "{per: 30 min, counts: [0, 3, 3, 0]}",
         "Nobody serves support, 08:00\xE2\x80\x93"
         "08:30, 09:30\xE2\x80\x93"
         "10:00: 14 calls come then."},
        {"agents.desk.count", "0", "Nobody serves support: 64 calls come"},
        {"agents.desk.absence", "5%", "5 % of desk are absent on an average day"},
        {"agents.desk.late", "{exponential: 3 min}",
         "those of desk begin 3 min 00 s late on average"},
        {"agents.desk.not_ready", "{share: 10%, for: {constant: 40 s}}",
         "after 10 % of their contacts those of desk are not ready for 40 s on average"},
        {"queues.mail", "{channel: email, arrivals: 100 per d, handling: {constant: 6 min}}",
         "Nobody serves mail: 100 calls come"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial t = trial_format(one_line, "");
        oh_explanation *before = explain(&t);
        assert_int_equal(oh_scenario_set(t.scenario, cases[i].path, cases[i].value, t.diags),
                         OH_OK);
        oh_model *model;
        oh_explanation *after;
        assert_int_equal(oh_model_compile(&model, t.scenario, t.diags), OH_OK);
        assert_int_equal(oh_explain(&after, model), OH_OK);
        assert_that(!says(before, cases[i].words), "said without reason: %s", cases[i].words);
        assert_that(says(after, cases[i].words), "not said: %s", cases[i].words);
        oh_explanation_free(after);
        oh_explanation_free(before);
        oh_model_free(model);
        trial_free(&t);
    }
}

static void a_group_that_all_queues_leave_out_is_named(void **state)
{
    (void)state;
    struct trial t = trial_text(
        "onhold: 1\nname: Left out\ntime: {open: 08:00-10:00}\nqueues:\n"
        "  a: {arrivals: 60 per h, handling: {exponential: 3 min}, patience: {exponential: 1 min}, "
        "prefers: [one]}\nagents:\n  one: {count: 4, serves: [a]}\n"
        "  two: {count: 3, serves: [a]}\n");
    oh_explanation *e = explain(&t);
    assert_true(says(e, "two takes no contacts"));
    assert_false(says(e, "one takes no contacts"));
    assert_close(oh_explanation_outlook(e, 0, 0)->agents, 4, 1e-12);
    oh_explanation_free(e);
    trial_free(&t);
}

static void work_that_can_wait_is_held_against_the_time_that_calls_leave(void **state)
{
    (void)state;
    /* 64 calls of 3 min are 3.2 h; 4.5 agent hours; the overloaded half hours leave nothing */
    static const char mail[] = "onhold: 1\nname: Mail\ntime: {open: 08:00-10:00}\nqueues:\n"
                               "  support: {arrivals: 30 per h, handling: {exponential: 4 min}, "
                               "patience: {exponential: 5 min}}\n"
                               "  mail: {channel: email, arrivals: %d per d, handling: {constant: "
                               "6 min}, backlog: 5}\n"
                               "agents:\n  desk: {count: 4, serves: [support, mail]}\n";
    struct trial fits = trial_format(mail, 15), grows = trial_format(mail, 45);
    oh_explanation *e = explain(&fits), *f = explain(&grows);
    assert_true(says(e, "mail: 2 h of work a day, for the 4 h that calls leave the agents."));
    assert_true(
        says(f, "The pile grows: mail brings 5 h of work a day; calls leave the agents 4 h"));
    oh_explanation_free(e);
    oh_explanation_free(f);
    trial_free(&fits);
    trial_free(&grows);
}

static char *written(const oh_explanation *e, const char *format)
{
    const oh_write_context context = {.file = "x.yaml", .variant = "", .sha256 = ""};
    struct text text = {0};
    assert_int_equal(oh_explanation_write(e, &context, format, text_sink(&text)), OH_OK);
    for (size_t room = 0; room < text.length; room += 31) {
        struct full_disk disk = {.room = room};
        assert_int_equal(oh_explanation_write(e, &context, format, full_disk_sink(&disk)), OH_IO);
    }
    return text.at;
}

/* Line breaks go, and of several blanks one stays. */
static void one_line_of(char *text)
{
    char *to = text;
    for (const char *from = text; *from; from++) {
        if (*from == '\n' || (*from == ' ' && to > text && to[-1] == ' '))
            continue;
        *to++ = *from;
    }
    *to = '\0';
}

static void the_page_says_how_patient_callers_are(void **state)
{
    (void)state;
    static const struct {
        const char *patience, *words;
    } cases[] = {
        /* the mean is -40 s / ln 0.85 = 246.1 s: 25.9 s, 170.6 s, 566.7 s */
        {"{hung_up_by: {40 s: 15%}}", "one in ten hangs up within 26 s, half within 2 min 51 s, "
                                      "nine in ten within 9 min 27 s"},
        {"{constant: 90 s}", "one in ten hangs up within 1 min 30 s, half within 1 min 30 s"},
        {"{mixture: [{share: 15%, constant: 40 s}, {share: 85%, never: true}]}",
         "one in ten hangs up within 40 s; 85.0 %"},
        {"never", "nobody hangs up"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct trial t = trial_format(one_line, "");
        oh_model *model;
        oh_explanation *e;
        oh_scenario_set(t.scenario, "queues.support.patience", cases[i].patience, t.diags);
        assert_int_equal(oh_model_compile(&model, t.scenario, t.diags), OH_OK);
        assert_int_equal(oh_explain(&e, model), OH_OK);
        char *table = written(e, "table"), *plain = table;
        one_line_of(table);
        assert_that(strstr(plain, cases[i].words), "not in words: %s\n%s", cases[i].patience,
                    table);
        free(table);
        oh_explanation_free(e);
        oh_model_free(model);
        trial_free(&t);
    }
}

static void every_format_is_written_whole_or_fails(void **state)
{
    (void)state;
    static const oh_write_context context = {.file = "x.yaml", .variant = "", .sha256 = ""};
    struct trial t = trial_text(two_shifts);
    oh_explanation *e = explain(&t);
    static const char *const formats[] = {"table", "md", "csv", "json"};
    for (size_t i = 0; i < 4; i++)
        free(written(e, formats[i]));
    struct text text = {0};
    assert_int_equal(oh_explanation_write(e, &context, "xml", text_sink(&text)), OH_ARGUMENT);
    text_free(&text);
    oh_explanation_free(e);
    trial_free(&t);
}

/* Agents added up from the list of changes, against those that the model adds up shift by shift. */
/* 10, 20, 30 and 4 calls of 1, 2, 3 and 4 minutes: 156 minutes of work, 64 calls. */
static void the_mean_handling_is_that_of_all_calls_whenever_they_come(void **state)
{
    (void)state;
    static const char *const handling[] = {
        "{lognormal: {mean: {per: 30 min, counts: [1 min, 2 min, 3 min, 4 min]}, cv: 1}}",
        "{mixture: [{share: 50%, constant: 0 s}, {share: 50%, lognormal: {mean: {per: 30 min, "
        "counts: [2 min, 4 min, 6 min, 8 min]}, cv: 1}}]}",
    };
    for (size_t i = 0; i < sizeof handling / sizeof *handling; i++) {
        struct trial t = trial_format(one_line, "");
        assert_int_equal(
            oh_scenario_set(t.scenario, "queues.support.handling", handling[i], t.diags), OH_OK);
        oh_model_free(t.model);
        assert_int_equal(oh_model_compile(&t.model, t.scenario, t.diags), OH_OK);
        oh_explanation *e = explain(&t);
        char *json = written(e, "json"), *page = written(e, "table");
        const char *mean = strstr(json, "\"handling\": ");
        assert_non_null(mean);
        assert_close(strtod(mean + strlen("\"handling\": "), NULL), 156 * 60 / 64.0, 1e-12);
        assert_non_null(strstr(page, "2 min 26 s            2.6  80 %"));
        free(json);
        free(page);
        oh_explanation_free(e);
        trial_free(&t);
    }
}

static void agents_by_interval_are_those_of_the_plan_in_any_scenario(void **state)
{
    (void)state;
    size_t compared = 0;
    for (uint64_t seed = 1; seed <= 25; seed++) {
        struct text text = {0};
        scenario_everything(&text, seed);
        struct trial t = trial_text(text.at);
        oh_run_options once = {.replications = strstr(text.at, "batches:") ? 0 : 1, .jobs = 1};
        trial_run(&t, &once);
        oh_explanation *e = explain(&t);
        size_t intervals = oh_result_intervals(t.result);
        for (size_t k = 0; k < intervals; k++) {
            double pools = 0, groups = 0;
            for (size_t p = 0; p < oh_explanation_pools(e); p++) {
                const oh_outlook *o = oh_explanation_outlook(e, p, k);
                assert_true(o->least <= o->agents + 1e-9 && o->calls >= 0 && o->load >= 0);
                pools += o->agents;
            }
            for (size_t g = 0; g < oh_result_things(t.result, OH_AGENTS); g++)
                groups += trial_read(&t, OH_AGENTS, oh_result_name(t.result, OH_AGENTS, g), (long)k,
                                     "planned")
                              .value;
            if (!says(e, "takes no contacts")) /* a group in no pool */
                assert_near(pools, groups, 1e-9 * (1 + groups));
            compared++;
        }
        free(written(e, "table"));
        oh_explanation_free(e);
        trial_free(&t);
        text_free(&text);
    }
    assert_true(compared > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(load_and_agents_are_what_a_planner_computes),
        cmocka_unit_test(breaks_and_shift_ends_are_seen_inside_an_interval),
        cmocka_unit_test(a_break_of_all_leaves_the_queue_unserved),
        cmocka_unit_test(queues_that_share_agents_are_one_pool),
        cmocka_unit_test(several_contacts_at_once_are_capacity_but_not_erlangs),
        cmocka_unit_test(each_remark_is_made_where_it_is_due_and_nowhere_else),
        cmocka_unit_test(a_group_that_all_queues_leave_out_is_named),
        cmocka_unit_test(work_that_can_wait_is_held_against_the_time_that_calls_leave),
        cmocka_unit_test(the_page_says_how_patient_callers_are),
        cmocka_unit_test(the_mean_handling_is_that_of_all_calls_whenever_they_come),
        cmocka_unit_test(agents_by_interval_are_those_of_the_plan_in_any_scenario),
        cmocka_unit_test(every_format_is_written_whole_or_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
