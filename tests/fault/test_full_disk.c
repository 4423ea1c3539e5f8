/* test_full_disk.c - the place that a writer writes to fills up, after any number of bytes.
 */
#include "../support/support.h"

#include <onhold/report.h>

#include <string.h>

static const oh_write_context context = {
    .file = "scenarios/forty-seconds.yaml", .variant = "", .sha256 = ""};

static struct trial run_a_day(void)
{
    struct trial trial = trial_file("scenarios/forty-seconds.yaml", NULL);
    oh_run_options options = {.replications = 3, .jobs = 1};
    trial_run(&trial, &options);
    return trial;
}

static oh_status write_trace(const oh_result *result, const oh_write_context *unused, oh_sink sink)
{
    char message[256];
    (void)unused;
    return oh_trace_csv(oh_result_model(result), &(oh_trace_options){1, 1, 1, NULL}, sink, NULL,
                        message);
}

static oh_status write_report(const oh_result *result, const oh_write_context *with, oh_sink sink)
{
    static const oh_report nothing;
    return oh_report_html(result, with, &nothing, sink);
}

/* A disk with room for 0, some, or all but one of the bytes makes the writer stop and say so. */
static void fill_up(const char *name, oh_write_fn *write, const oh_result *result)
{
    enum { STEPS = 23 };
    struct text whole = {0};
    assert_int_equal(write(result, &context, text_sink(&whole)), OH_OK);
    assert_that(whole.length > 0, "%s writes nothing", name);
    for (size_t i = 0; i <= STEPS; i++) {
        struct full_disk disk = {.room = (whole.length - 1) * i / STEPS};
        oh_status status = write(result, &context, full_disk_sink(&disk));
        assert_that(status == OH_IO, "%s on a full disk (step %zu): %s", name, i,
                    oh_status_text(status));
        assert_that(disk.refused == 1, "%s tried %zu times to write on a full disk", name,
                    disk.refused);
    }
    struct full_disk enough = {.room = whole.length};
    assert_int_equal(write(result, &context, full_disk_sink(&enough)), OH_OK);
    assert_int_equal(enough.room, 0);
    text_free(&whole);
}

static void every_writer_stops_when_the_disk_is_full(void **state)
{
    (void)state;
    struct trial trial = run_a_day();
    assert_true(oh_writer_count() > 0);
    for (size_t i = 0; i < oh_writer_count(); i++)
        fill_up(oh_writer_at(i)->name, oh_writer_at(i)->write, trial.result);
    trial_free(&trial);
}

static void every_plot_stops_when_the_disk_is_full(void **state)
{
    (void)state;
    struct trial trial = run_a_day();
    assert_true(oh_plot_count() > 0);
    for (size_t i = 0; i < oh_plot_count(); i++)
        fill_up(oh_plot_at(i)->name, oh_plot_at(i)->write, trial.result);
    trial_free(&trial);
}

static void the_report_stops_when_the_disk_is_full(void **state)
{
    (void)state;
    struct trial trial = run_a_day();
    fill_up("report", write_report, trial.result);
    trial_free(&trial);
}

static void the_trace_stops_when_the_disk_is_full(void **state)
{
    (void)state;
    struct trial trial = run_a_day();
    fill_up("trace", write_trace, trial.result);
    trial_free(&trial);
}

static void diagnostics_stop_when_the_disk_is_full(void **state)
{
    (void)state;
    static const char text[] = "onhold: 1\nname: Wrong\ntime: {opne: 08:00-20:00}\nqeues: {}\n";
    oh_diags *diags = oh_diags_new();
    oh_scenario *scenario = NULL;
    oh_model *model = NULL;
    oh_status status = oh_scenario_load_text(&scenario, "wrong.yaml", text, strlen(text), diags);
    if (status == OH_OK)
        status = oh_model_compile(&model, scenario, diags);
    assert_int_equal(status, OH_INVALID);
    struct text whole = {0};
    assert_int_equal(oh_diags_print(diags, false, text_sink(&whole)), OH_OK);
    assert_true(whole.length > 0);
    for (size_t room = 0; room < whole.length; room += 7) {
        struct full_disk disk = {.room = room};
        assert_int_equal(oh_diags_print(diags, false, full_disk_sink(&disk)), OH_IO);
        assert_int_equal(disk.refused, 1);
    }
    text_free(&whole);
    oh_model_free(model);
    oh_scenario_free(scenario);
    oh_diags_free(diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_writer_stops_when_the_disk_is_full),
        cmocka_unit_test(every_plot_stops_when_the_disk_is_full),
        cmocka_unit_test(the_report_stops_when_the_disk_is_full),
        cmocka_unit_test(the_trace_stops_when_the_disk_is_full),
        cmocka_unit_test(diagnostics_stop_when_the_disk_is_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
