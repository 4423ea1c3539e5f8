/* test_sweep.c - a sweep is nothing but its runs: the same figures, on any number of threads. */
#include "../support/support.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define STEADY                                                                                     \
    "onhold: 1\nname: Steady\n"                                                                    \
    "time: {steady: {warm_up: 10 min, length: 1 h}}\n"                                             \
    "queues: {q: {arrivals: 100 per 30 min, handling: {exponential: 180 s}, patience: "            \
    "{exponential: 300 s}, target: 80% in 20 s}}\n"                                                \
    "agents: {desk: {count: 12, serves: [q]}}\n"                                                   \
    "sweep: {agents.desk.count: 11..13, queues.q.patience: [never, {exponential: 2 min}]}\n"

struct seen {
    const oh_sweep *sweep;
    size_t points, failed;
    double level[64];
    atomic_bool *cancel; /* raised after the second point */
    char message[256];
};

static oh_status see(void *user, size_t point, const oh_result *result, const char *message)
{
    struct seen *s = user;
    assert_int_equal(point, s->points);
    s->level[point] = NAN;
    if (result) {
        oh_estimate e;
        long column = oh_result_column_find(result, OH_QUEUE, "service_level");
        assert_true(oh_result_estimate(result, OH_QUEUE, 0, OH_WHOLE, (size_t)column, &e));
        s->level[point] = e.value;
    } else {
        s->failed++;
        snprintf(s->message, sizeof s->message, "%s", message);
    }
    s->points++;
    if (s->cancel && s->points == 2)
        atomic_store(s->cancel, true);
    return OH_OK;
}

static oh_sweep *sweep_of(const struct trial *trial, const char *const *vary, size_t n)
{
    oh_sweep *sweep;
    char failed[256];
    oh_status status = oh_sweep_new(&sweep, trial->scenario, vary, n, trial->diags, failed);
    if (status != OH_OK)
        show_findings(trial->diags);
    assert_int_equal(status, OH_OK);
    return sweep;
}

static void each_point_is_the_run_with_its_settings(void **state)
{
    (void)state;
    struct trial trial = trial_text(STEADY);
    oh_sweep *sweep = sweep_of(&trial, NULL, 0);
    struct seen seen = {.sweep = sweep};
    oh_run_options options = {.replications = 5, .jobs = 2};
    assert_int_equal(oh_sweep_points(sweep), 6);
    assert_string_equal(oh_sweep_path(sweep, 1), "queues.q.patience");
    assert_string_equal(oh_sweep_value(sweep, 3, 0), "12");
    assert_string_equal(oh_sweep_value(sweep, 3, 1), "{exponential: 2 min}");
    assert_string_equal(oh_sweep_value(sweep, 4, 1), "never");
    assert_int_equal(oh_sweep_run(sweep, &options, see, &seen, NULL), OH_OK);
    assert_int_equal(seen.points, 6);
    for (size_t i = 0; i < 6; i++) {
        struct trial one = trial_text(STEADY);
        for (size_t k = 0; k < 2; k++)
            assert_int_equal(oh_scenario_set(one.scenario, oh_sweep_path(sweep, k),
                                             oh_sweep_value(sweep, i, k), one.diags),
                             OH_OK);
        oh_model_free(one.model);
        assert_int_equal(oh_model_compile(&one.model, one.scenario, one.diags), OH_OK);
        trial_run(&one, &options);
        assert_same(seen.level[i], trial_value(&one, OH_QUEUE, "q", "service_level"));
        trial_free(&one);
    }
    oh_sweep_free(sweep);
    trial_free(&trial);
}

static struct text written(const oh_sweep *sweep, const char *format, unsigned jobs)
{
    static const oh_write_context context = {.file = "f", .variant = "", .sha256 = ""};
    struct text text = {0};
    oh_sweep_writer *writer;
    oh_run_options options = {.replications = 3, .jobs = jobs};
    assert_int_equal(oh_sweep_writer_new(&writer, sweep, format, &context, text_sink(&text)),
                     OH_OK);
    assert_int_equal(oh_sweep_run(sweep, &options, oh_sweep_writer_point, writer, NULL), OH_OK);
    assert_int_equal(oh_sweep_writer_end(writer), OH_OK);
    oh_sweep_writer_free(writer);
    return text;
}

static void any_number_of_threads_writes_the_same_bytes(void **state)
{
    (void)state;
    static const char *const vary[] = {"agents.desk.count=10..16",
                                       "queues.q.arrivals=180 per h,200 per h"};
    static const char *const formats[] = {"table", "md", "csv", "json", "sweep", "staffing_curve"};
    struct trial trial = trial_text(STEADY);
    oh_sweep *sweep = sweep_of(&trial, vary, 2);
    for (size_t f = 0; f < sizeof formats / sizeof *formats; f++) {
        struct text one = written(sweep, formats[f], 1);
        for (unsigned jobs = 2; jobs <= 20; jobs += 9) {
            struct text many = written(sweep, formats[f], jobs);
            assert_string_equal(many.at, one.at);
            text_free(&many);
        }
        text_free(&one);
    }
    oh_sweep_free(sweep);
    trial_free(&trial);
}

static void more_agents_never_serve_worse_with_the_same_callers(void **state)
{
    (void)state;
    static const char *const vary[] = {"agents.desk.count=9..17"};
    struct trial trial = trial_text(STEADY);
    oh_sweep *sweep = sweep_of(&trial, vary, 1);
    struct seen seen = {.sweep = sweep};
    oh_run_options options = {.replications = 4};
    assert_int_equal(oh_sweep_run(sweep, &options, see, &seen, NULL), OH_OK);
    for (size_t i = 1; i < seen.points; i++)
        assert_that(seen.level[i] >= seen.level[i - 1], "%zu: %.4f after %.4f", i, seen.level[i],
                    seen.level[i - 1]);
    oh_sweep_free(sweep);
    trial_free(&trial);
}

static void a_cancelled_sweep_keeps_the_points_that_are_complete(void **state)
{
    (void)state;
    static const char *const vary[] = {"agents.desk.count=1..40"};
    struct trial trial = trial_text(STEADY);
    oh_sweep *sweep = sweep_of(&trial, vary, 1);
    atomic_bool cancel = false;
    struct seen seen = {.sweep = sweep, .cancel = &cancel};
    oh_run_options options = {.replications = 50, .jobs = 2, .cancel = &cancel};
    assert_int_equal(oh_sweep_run(sweep, &options, see, &seen, NULL), OH_CANCELLED);
    assert_in_range(seen.points, 2, 12);
    for (size_t i = 0; i < seen.points; i++)
        assert_true(!isnan(seen.level[i]));
    oh_sweep_free(sweep);
    trial_free(&trial);
}

static void a_point_that_hits_a_limit_does_not_stop_the_others(void **state)
{
    (void)state;
    static const char *const vary[] = {"queues.q.arrivals=100 per h,4000 per s,120 per h"};
    struct trial trial = trial_text(STEADY);
    assert_int_equal(oh_scenario_set(trial.scenario, "queues.q.patience", "never", trial.diags),
                     OH_OK);
    oh_sweep *sweep = sweep_of(&trial, vary, 1);
    struct seen seen = {.sweep = sweep};
    oh_run_options options = {.replications = 1, .jobs = 2};
    assert_int_equal(oh_sweep_run(sweep, &options, see, &seen, NULL), OH_LIMIT);
    assert_int_equal(seen.points, 3);
    assert_int_equal(seen.failed, 1);
    assert_true(isnan(seen.level[1]) && !isnan(seen.level[0]) && !isnan(seen.level[2]));
    assert_non_null(strstr(seen.message, "calls present at once"));
    oh_sweep_free(sweep);
    trial_free(&trial);
}

static void a_wrong_point_is_named_before_anything_runs(void **state)
{
    (void)state;
    static const char *const vary[] = {"agents.desk.count=12,12.5"};
    static const char *const grid[] = {"agents.desk.count=1..200", "queues.q.short_abandon=0 s",
                                       "queues.q.balk=1%..60%"};
    struct trial trial = trial_text(STEADY);
    oh_sweep *sweep;
    char failed[256];
    assert_int_equal(oh_sweep_new(&sweep, trial.scenario, vary, 1, trial.diags, failed),
                     OH_INVALID);
    assert_string_equal(failed, "agents.desk.count=12.5");
    assert_null(sweep);
    assert_int_equal(oh_sweep_new(&sweep, trial.scenario, grid, 3, trial.diags, failed),
                     OH_INVALID);
    assert_string_equal(failed, "");
    assert_string_equal(oh_diags_at(trial.diags, oh_diags_count(trial.diags) - 1)->message,
                        "the grid has more than 10000 points");
    trial_free(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_point_is_the_run_with_its_settings),
        cmocka_unit_test(any_number_of_threads_writes_the_same_bytes),
        cmocka_unit_test(more_agents_never_serve_worse_with_the_same_callers),
        cmocka_unit_test(a_cancelled_sweep_keeps_the_points_that_are_complete),
        cmocka_unit_test(a_point_that_hits_a_limit_does_not_stop_the_others),
        cmocka_unit_test(a_wrong_point_is_named_before_anything_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
