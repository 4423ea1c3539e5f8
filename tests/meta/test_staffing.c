/* test_staffing.c - the fewest agents that meet the targets: against exact formulas where they
 * hold, and what must hold everywhere. */
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

static char *written(const oh_staffing *f, const char *format)
{
    static const oh_write_context context = {.file = "", .variant = "", .sha256 = ""};
    struct text text = {0};
    assert_int_equal(oh_staffing_write(f, &context, format, text_sink(&text)), OH_OK);
    return text.at;
}

/* Every head that can be taken away is needed, and what is needed is there. */
static void check_answer(const oh_staffing *f)
{
    assert_true(oh_staffing_info(f).met);
    for (size_t i = 0; i < oh_staffing_outcomes(f); i++)
        assert_true(oh_staffing_outcome(f, i).estimate.met);
    for (size_t i = 0; i < oh_staffing_fewer_count(f); i++) {
        oh_staff_fewer fewer = oh_staffing_fewer(f, i);
        assert_true(fewer.kept || !fewer.worst.estimate.met);
    }
}

/* ---- one pool in a steady state: exactly Erlang A or C ---- */

static void a_steady_pool_gets_what_erlang_a_asks_for(void **state)
{
    (void)state;
    static const struct {
        double load, patience, level;
    } pools[] = {{2, 3, 0.8}, {9, 2, 0.78}, {9, 2, 0.7}, {25, 4, 0.86}, {9, INFINITY, 0.72}};
    for (size_t i = 0; i < sizeof pools / sizeof *pools; i++) {
        char patience[64] = "never";
        double agents;
        if (isfinite(pools[i].patience))
            snprintf(patience, sizeof patience, "{exponential: %g min}", pools[i].patience);
        struct trial t = trial_format(
            "onhold: 1\nname: Pool\ntime: {steady: {warm_up: 1 h, length: 10 h}}\n"
            "queues:\n"
            "  a: {arrivals: %g per min, handling: {exponential: 3 min}, patience: %s,\n"
            "      target: %g%% in 20 s}\n"
            "agents:\n  desk: {count: 1, serves: [a]}\n",
            pools[i].load / 3, patience, 100 * pools[i].level);
        oh_steady_queue q = {.rate = pools[i].load / 180,
                             .handling = 180,
                             .patience = 60 * pools[i].patience,
                             .threshold = 20};
        oh_queue_figures with, without;
        oh_goal goal = {"service_level", pools[i].level};
        assert_int_equal(oh_erlang_agents(&q, &goal, &agents), OH_OK);
        /* not so near the target that chance decides */
        oh_steady_figures(&q, agents, &with);
        oh_steady_figures(&q, agents - 1, &without);
        assert_true(with.service_level > pools[i].level + 0.015);
        assert_true(without.service_level < pools[i].level - 0.015);
        oh_staffing *f = search(&t, &(oh_staff_options){.run = {.replications = 120}});
        check_answer(f);
        assert_same(oh_staffing_heads(f, 0, 0).required, agents);
        oh_staff_fewer fewer = oh_staffing_fewer(f, 0);
        assert_near(fewer.worst.estimate.value, without.service_level, 0.02);
        assert_near(oh_staffing_info(f).hours, 10 * agents, 1e-9);
        oh_staffing_free(f);
        trial_free(&t);
    }
}

/* ---- a day ---- */

static const char day[] = "onhold: 1\nname: Day\ntime: {open: 08:00-12:00, interval: 1 h}\n"
                          "queues:\n"
                          "  a: {arrivals: {per: 1 h, counts: [20, 60, 0, 30]}, handling: "
                          "{exponential: 4 min},\n"
                          "      patience: {exponential: 3 min}, target: %s}\n"
                          "  b: {arrivals: 20 per h, handling: {exponential: 2 min}, patience: "
                          "{exponential: 2 min}}\n"
                          "agents:\n"
                          "  desk: {count: 6, serves: [a], shrinkage: %s, cost: 20 per h}\n"
                          "  other: {count: 3, serves: [b]}\n";

static const oh_staff_options quick = {.run = {.replications = 100}};

static void who_serves_no_target_is_left_as_he_is(void **state)
{
    (void)state;
    struct trial t = trial_format(day, "80% in 20 s", "0%");
    oh_staffing *f = search(&t, &quick);
    check_answer(f);
    assert_true(oh_staffing_group(f, 0).chosen);
    assert_false(oh_staffing_group(f, 1).chosen);
    for (size_t k = 0; k < 4; k++)
        assert_same(oh_staffing_heads(f, 1, k).required, 3.0);
    oh_staffing_free(f);
    trial_free(&t);
}

static void shrinkage_is_scheduled_on_top(void **state)
{
    (void)state;
    struct trial t = trial_format(day, "80% in 20 s", "30%"),
                 none = trial_format(day, "80% in 20 s", "0%");
    oh_staffing *f = search(&t, &quick), *plain = search(&none, &quick);
    double scheduled = 0;
    check_answer(f);
    for (size_t k = 0; k < 4; k++) {
        oh_staff_heads h = oh_staffing_heads(f, 0, k);
        assert_same(h.required, oh_staffing_heads(plain, 0, k).required);
        assert_same(h.scheduled, ceil(h.required / 0.7 - 1e-9));
        assert_same(h.scheduled_now, 6.0);
        assert_same(h.required_now, 4.0);
        scheduled += h.scheduled;
    }
    assert_close(oh_staffing_group(f, 0).money, 20 * scheduled, 1e-12);
    assert_close(oh_staffing_group(f, 0).money_now, 20 * 24.0, 1e-12);
    oh_staffing_free(f);
    oh_staffing_free(plain);
    trial_free(&t);
    trial_free(&none);
}

static void any_number_of_threads_gives_the_same_bytes(void **state)
{
    (void)state;
    struct trial t = trial_format(day, "[80% in 20 s, {abandon_rate: 6%}]", "10%");
    char *first = NULL;
    for (unsigned jobs = 1; jobs <= 3; jobs += 2) {
        oh_staffing *f = search(&t, &(oh_staff_options){.run = {.replications = 60, .jobs = jobs}});
        char *text = written(f, "json");
        if (first)
            assert_string_equal(text, first);
        else
            first = strdup(text);
        free(text);
        oh_staffing_free(f);
    }
    free(first);
    trial_free(&t);
}

/* The plan written to a file is read back by a scenario, and gives what the search said. */
static void the_plan_goes_back_into_the_scenario(void **state)
{
    (void)state;
    static const char *const shrinkages[] = {"0%", "20%"};
    for (int i = 0; i < 2; i++) {
        struct trial t = trial_format(day, "80% in 20 s", shrinkages[i]);
        oh_staffing *f = search(&t, &quick);
        char file[] = "/tmp/onhold-plan-XXXXXX", value[120];
        struct text text = {0};
        int handle = mkstemp(file);
        assert_true(handle >= 0);
        assert_int_equal(oh_staffing_write_plan(f, text_sink(&text)), OH_OK);
        assert_int_equal(write(handle, text.at, text.length), (long)text.length);
        close(handle);
        snprintf(value, sizeof value, "{csv: %s, column: desk}", file);
        assert_int_equal(oh_scenario_set(t.scenario, "agents.desk.count", value, t.diags), OH_OK);
        oh_model *searched = t.model; /* the answer is about it */
        assert_int_equal(oh_model_compile(&t.model, t.scenario, t.diags), OH_OK);
        oh_run_info info = oh_result_info(oh_staffing_result(f));
        oh_run_options options = {.replications = 100, .has_seed = true, .seed = info.seed};
        trial_run(&t, &options);
        for (long k = 0; k < 4; k++) {
            oh_estimate e = trial_read(&t, OH_QUEUE, "a", k, "service_level");
            assert_true(e.met || isnan(e.value));
            long c = oh_result_column_find(t.result, OH_QUEUE, "service_level");
            oh_estimate said;
            assert_true(
                oh_result_estimate(oh_staffing_result(f), OH_QUEUE, 0, k, (size_t)c, &said));
            if (i == 0)
                assert_same(e.value, said.value);
        }
        unlink(file);
        text_free(&text);
        oh_staffing_free(f);
        oh_model_free(searched);
        trial_free(&t);
    }
}

static void hours_without_calls_need_nobody(void **state)
{
    (void)state;
    struct trial t = trial_format(day, "80% in 20 s", "0%");
    oh_staffing *f = search(&t, &quick);
    assert_same(oh_staffing_heads(f, 0, 2).required, 0.0);
    for (size_t i = 0; i < oh_staffing_outcomes(f); i++)
        assert_true(oh_staffing_outcome(f, i).period != 2);
    oh_staffing_free(f);
    trial_free(&t);
}

/* Nobody is answered, so there is no mean wait of the answered: that must not pass. */
static void a_mean_wait_of_nobody_is_no_success(void **state)
{
    (void)state;
    struct trial t = trial_format(day, "{asa: 30 s}", "0%");
    oh_staffing *f = search(&t, &quick);
    check_answer(f);
    assert_true(oh_staffing_heads(f, 0, 0).required > 0);
    oh_staffing_free(f);
    trial_free(&t);
}

static void limits_are_kept_and_named(void **state)
{
    (void)state;
    struct trial t = trial_format(day, "80% in 20 s", "0%");
    double least[] = {3, 3}, most[] = {4, 9};
    /* more than it needs at the quiet hour */
    oh_staffing *f = search(&t, &(oh_staff_options){.least = least, .run = quick.run});
    check_answer(f);
    assert_same(oh_staffing_heads(f, 0, 2).required, 3.0);
    bool kept = false;
    for (size_t i = 0; i < oh_staffing_fewer_count(f); i++)
        kept = kept || (oh_staffing_fewer(f, i).interval == 2 && oh_staffing_fewer(f, i).kept);
    assert_true(kept);
    oh_staffing_free(f);
    /* too few for the busy hour */
    f = search(&t, &(oh_staff_options){.most = most, .run = quick.run});
    assert_false(oh_staffing_info(f).met);
    assert_true(oh_staffing_info(f).limited);
    size_t missed = 0;
    for (size_t i = 0; i < oh_staffing_outcomes(f); i++) {
        oh_staff_outcome o = oh_staffing_outcome(f, i);
        if (o.estimate.met)
            continue;
        assert_int_equal(o.period, 1);
        missed++;
    }
    assert_int_equal(missed, 1);
    for (size_t k = 0; k < 4; k++)
        assert_same(oh_staffing_heads(f, 0, k).required, 4.0);
    oh_staffing_free(f);
    trial_free(&t);
}

static void what_no_agents_can_mend_is_said(void **state)
{
    (void)state;
    struct trial t = trial_text("onhold: 1\nname: Ring\ntime: {open: 08:00-10:00, interval: 1 h}\n"
                                "queues:\n"
                                "  a: {arrivals: 30 per h, ring: 30 s, handling: {exponential: 3 "
                                "min},\n"
                                "      patience: never, target: 80% in 20 s}\n"
                                "agents:\n  desk: {count: 3, serves: [a]}\n");
    oh_staffing *f = search(&t, &quick);
    assert_false(oh_staffing_info(f).met);
    assert_false(oh_staffing_info(f).limited);
    char *text = written(f, "table");
    assert_non_null(strstr(text, "No number of agents meets all targets"));
    free(text);
    oh_staffing_free(f);
    trial_free(&t);
}

/* The queue would grow without end: that is a "no", not a failure. */
static void a_limit_below_the_load_is_a_no(void **state)
{
    (void)state;
    struct trial t =
        trial_text("onhold: 1\nname: Full\ntime: {steady: {warm_up: 1 h, length: 2 h}}\n"
                   "queues:\n"
                   "  a: {arrivals: 3000 per h, handling: {exponential: 3 min},\n"
                   "      patience: never, target: 80% in 20 s}\n"
                   "agents:\n  desk: {count: 160, serves: [a]}\n");
    double most[] = {100};
    oh_staffing *f = search(&t, &(oh_staff_options){.most = most, .run = {.replications = 2}});
    assert_false(oh_staffing_info(f).met);
    char *text = written(f, "json");
    assert_non_null(strstr(text, "\"met\": false"));
    free(text);
    text = written(f, "table");
    free(text);
    oh_staffing_free(f);
    trial_free(&t);
}

/* ---- a share of the days, targets over the day, groups' own targets ---- */

static void a_share_of_days_takes_more_than_the_mean(void **state)
{
    (void)state;
    struct trial t = trial_format(day, "80% in 20 s", "0%");
    oh_staffing *mean = search(&t, &quick);
    oh_staffing *most = search(&t, &(oh_staff_options){.days = 0.9, .run = quick.run});
    check_answer(most);
    assert_true(oh_staffing_info(most).hours > oh_staffing_info(mean).hours);
    for (size_t i = 0; i < oh_staffing_outcomes(most); i++) {
        oh_staff_outcome o = oh_staffing_outcome(most, i);
        assert_string_equal(o.column->id, "target_met");
        assert_true(o.estimate.value >= 0.9);
        assert_same(o.estimate.target, 0.9);
    }
    oh_staffing_free(mean);
    oh_staffing_free(most);
    trial_free(&t);
}

static void over_the_day_fewer_are_enough(void **state)
{
    (void)state;
    struct trial t = trial_format(day, "80% in 20 s", "0%");
    oh_staffing *each = search(&t, &quick);
    oh_staffing *day_long = search(&t, &(oh_staff_options){.per = OH_PER_DAY, .run = quick.run});
    check_answer(day_long);
    assert_true(oh_staffing_info(day_long).hours < oh_staffing_info(each).hours);
    assert_int_equal(oh_staffing_outcomes(day_long), 1);
    assert_int_equal(oh_staffing_outcome(day_long, 0).period, OH_WHOLE);
    oh_staffing_free(each);
    oh_staffing_free(day_long);
    trial_free(&t);
}

static void a_group_that_must_not_be_too_busy_gets_more(void **state)
{
    (void)state;
    struct trial t =
        trial_text("onhold: 1\nname: Busy\ntime: {open: 08:00-11:00, interval: 1 h}\n"
                   "queues:\n"
                   "  a: {arrivals: 60 per h, handling: {exponential: 4 min},\n"
                   "      patience: {exponential: 3 min}, target: {wait_p90: 60 s}}\n"
                   "agents:\n  desk: {count: 3, serves: [a], target: {occupancy: 50%}}\n");
    oh_staffing *f = search(&t, &quick);
    check_answer(f);
    bool whole = false, busy = false;
    for (size_t i = 0; i < oh_staffing_outcomes(f); i++) {
        oh_staff_outcome o = oh_staffing_outcome(f, i);
        /* a quantile has no value in an interval: it holds over the day */
        whole = whole || (o.level == OH_QUEUE && o.period == OH_WHOLE);
        busy = busy || (o.level == OH_AGENTS && o.period == 1 && o.estimate.value <= 0.5);
    }
    assert_true(whole && busy);
    assert_true(oh_staffing_heads(f, 0, 1).required >= 8);
    oh_staffing_free(f);
    trial_free(&t);
}

static void each_day_of_the_week_gets_its_own(void **state)
{
    (void)state;
    struct trial t = trial_text(
        "onhold: 1\nname: Week\n"
        "time: {days: {mon-tue: 08:00-10:00, sat: 09:00-10:00}, interval: 1 h}\n"
        "queues:\n"
        "  a: {arrivals: {mon: 60 per h, tue: 30 per h, sat: 10 per h}, handling: {exponential: 4\n"
        "      min}, patience: {exponential: 3 min}, target: 80% in 20 s}\n"
        "agents:\n  desk: {count: 3, serves: [a]}\n");
    oh_staffing *f = search(&t, &quick);
    check_answer(f);
    assert_int_equal(oh_staffing_info(f).intervals, 5);
    assert_true(oh_staffing_heads(f, 0, 1).required > oh_staffing_heads(f, 0, 3).required);
    assert_true(oh_staffing_heads(f, 0, 3).required > oh_staffing_heads(f, 0, 4).required);
    struct text text = {0};
    assert_int_equal(oh_staffing_write_plan(f, text_sink(&text)), OH_OK);
    assert_true(strncmp(text.at, "day,start,desk\nmon,08:00,", 25) == 0);
    text_free(&text);
    oh_staffing_free(f);
    trial_free(&t);
}

static void of_two_groups_alike_the_cheap_one_is_chosen(void **state)
{
    (void)state;
    struct trial t = trial_text("onhold: 1\nname: Price\ntime: {open: 08:00-10:00, interval: 1 h}\n"
                                "queues:\n"
                                "  a: {arrivals: 40 per h, handling: {exponential: 4 min},\n"
                                "      patience: {exponential: 3 min}, target: 80% in 20 s}\n"
                                "agents:\n"
                                "  dear: {count: 3, serves: [a], cost: 30 per h}\n"
                                "  cheap: {count: 3, serves: [a], cost: 20 per h}\n");
    oh_staffing *f = search(&t, &quick);
    check_answer(f);
    assert_true(oh_staffing_info(f).by_money);
    assert_same(oh_staffing_group(f, 0).hours, 0.0);
    assert_true(oh_staffing_group(f, 1).hours > 6);
    oh_staffing_free(f);
    trial_free(&t);
}

/* ---- callers of one interval who are the next one's work ---- */

static const oh_staff_options few = {.run = {.replications = 24}};

/* What is said of those who could still go is what one agent fewer gives. */
static void check_spare(const oh_staffing *f)
{
    size_t spare = 0;
    assert_true(oh_staffing_info(f).met);
    for (size_t i = 0; i < oh_staffing_fewer_count(f); i++) {
        oh_staff_fewer fewer = oh_staffing_fewer(f, i);
        spare += !fewer.kept && fewer.worst.estimate.met;
    }
    assert_int_equal(oh_staffing_info(f).spare, spare);
}

/* Patience is longer than an interval and who gives up calls again. Every hour has the same calls,
 * so no hour may be left without agents and its callers to the next. */
static void no_hour_is_drained_for_the_next_to_answer(void **state)
{
    (void)state;
    struct trial t =
        trial_text("onhold: 1\nname: Season\ntime: {open: 08:00-12:00, interval: 1 h}\n"
                   "queues:\n"
                   "  a: {arrivals: 120 per h, handling: {exponential: 12 min},\n"
                   "      patience: {exponential: 30 min}, target: {caller_answer_rate: 60%},\n"
                   "      redial: {after_abandon: 50%, delay: {exponential: 60 min}}}\n"
                   "agents:\n  desk: {count: 20, serves: [a]}\n");
    oh_staffing *f = search(&t, &few);
    check_answer(f);
    check_spare(f);
    for (size_t k = 1; k < 4; k++) {
        assert_true(oh_staffing_heads(f, 0, k).required >= 8);
        assert_true(oh_staffing_heads(f, 0, k).required <= 24); /* the load: it would serve all */
    }
    oh_staffing_free(f);
    trial_free(&t);
}

/* Mail that waits overnight joins the days; what is said must hold for the week as a whole. */
static void days_that_touch_are_confirmed_together(void **state)
{
    (void)state;
    struct trial t =
        trial_text("onhold: 1\nname: Mail\ntime: {days: {mon-tue: 00:00-24:00}, interval: 8 h}\n"
                   "queues:\n"
                   "  a: {channel: email, arrivals: 12 per h, handling: {exponential: 10 min},\n"
                   "      target: 80% in 30 min}\n"
                   "agents:\n  desk: {count: 4, serves: [a]}\n");
    oh_staffing *f = search(&t, &few);
    check_answer(f);
    check_spare(f);
    assert_int_equal(oh_staffing_info(f).intervals, 6);
    assert_int_equal(oh_staffing_fewer_count(f), 6);
    oh_staffing_free(f);
    trial_free(&t);
}

/* ---- what cannot be searched, and being stopped ---- */

static void senseless_questions_are_refused(void **state)
{
    (void)state;
    struct trial t = trial_text("onhold: 1\nname: None\ntime: {open: 08:00-10:00}\n"
                                "queues:\n  a: {arrivals: 40 per h, handling: {exponential: 4 "
                                "min}, patience: never}\n"
                                "agents:\n  desk: {count: 3, serves: [a]}\n"),
                 fine = trial_format(day, "80% in 20 s", "0%");
    double least[] = {5, 5}, most[] = {4, 9};
    oh_staffing *f;
    char message[256];
    assert_int_equal(oh_staff(&f, t.model, &quick, message), OH_ARGUMENT);
    assert_non_null(strstr(message, "no queue has a target"));
    assert_null(f);
    assert_int_equal(
        oh_staff(&f, fine.model, &(oh_staff_options){.least = least, .most = most}, message),
        OH_ARGUMENT);
    assert_non_null(strstr(message, "at least 5 agents and at most 4"));
    assert_int_equal(oh_staff(&f, fine.model, &(oh_staff_options){.days = 1.5}, message),
                     OH_ARGUMENT);
    trial_free(&t);
    trial_free(&fine);
}

struct stop {
    atomic_bool cancel;
    uint64_t after;
};

static void stop_after(void *user, const oh_staff_progress *p)
{
    struct stop *stop = user;
    if (p->runs >= stop->after)
        atomic_store(&stop->cancel, true);
}

static void a_search_that_is_stopped_tells_what_it_knows(void **state)
{
    (void)state;
    struct trial t = trial_format(day, "80% in 20 s", "0%");
    for (uint64_t after = 0; after < 30; after += 6) {
        struct stop stop = {false, after};
        oh_staffing *f;
        oh_staff_options options = {
            .run = {.replications = 40, .cancel = &stop.cancel},
            .progress = stop_after,
            .progress_user = &stop,
        };
        oh_status status = oh_staff(&f, t.model, &options, NULL);
        assert_int_equal(status, OH_CANCELLED);
        if (after >= 6)
            assert_non_null(f);
        if (f) {
            assert_false(oh_staffing_info(f).confirmed);
            assert_true(oh_staffing_info(f).hours > 0);
        }
        oh_staffing_free(f);
    }
    trial_free(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_steady_pool_gets_what_erlang_a_asks_for),
        cmocka_unit_test(who_serves_no_target_is_left_as_he_is),
        cmocka_unit_test(shrinkage_is_scheduled_on_top),
        cmocka_unit_test(any_number_of_threads_gives_the_same_bytes),
        cmocka_unit_test(the_plan_goes_back_into_the_scenario),
        cmocka_unit_test(hours_without_calls_need_nobody),
        cmocka_unit_test(a_mean_wait_of_nobody_is_no_success),
        cmocka_unit_test(limits_are_kept_and_named),
        cmocka_unit_test(what_no_agents_can_mend_is_said),
        cmocka_unit_test(a_limit_below_the_load_is_a_no),
        cmocka_unit_test(a_share_of_days_takes_more_than_the_mean),
        cmocka_unit_test(over_the_day_fewer_are_enough),
        cmocka_unit_test(a_group_that_must_not_be_too_busy_gets_more),
        cmocka_unit_test(each_day_of_the_week_gets_its_own),
        cmocka_unit_test(of_two_groups_alike_the_cheap_one_is_chosen),
        cmocka_unit_test(no_hour_is_drained_for_the_next_to_answer),
        cmocka_unit_test(days_that_touch_are_confirmed_together),
        cmocka_unit_test(senseless_questions_are_refused),
        cmocka_unit_test(a_search_that_is_stopped_tells_what_it_knows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
