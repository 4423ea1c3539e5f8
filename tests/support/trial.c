/* trial.c - a scenario from text or file, compiled and run as a program that uses the library
 * would, with every diagnostic shown when something is wrong.
 */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool to_stderr(void *user, const char *text, size_t length)
{
    (void)user;
    return fwrite(text, 1, length, stderr) == length;
}

void show_findings(const oh_diags *diags)
{
    oh_sink sink = {to_stderr, NULL};
    if (oh_diags_print(diags, false, sink) != OH_OK)
        fail_with(__FILE__, __LINE__, "the findings could not be printed");
}

/* Stops the test if a step of loading failed. */
static void expect_step(const struct trial *trial, oh_status status, const char *step)
{
    if (status == OH_OK)
        return;
    show_findings(trial->diags);
    fail_with(__FILE__, __LINE__, "%s: %s", step, oh_status_text(status));
}

static struct trial trial_new(void)
{
    struct trial trial = {.diags = oh_diags_new()};
    assert_non_null(trial.diags);
    return trial;
}

struct trial trial_text(const char *text)
{
    struct trial trial = trial_new();
    expect_step(
        &trial,
        oh_scenario_load_text(&trial.scenario, "test.yaml", text, strlen(text), trial.diags),
        "loading");
    expect_step(&trial, oh_model_compile(&trial.model, trial.scenario, trial.diags), "compiling");
    return trial;
}

struct trial trial_format(const char *format, ...)
{
    va_list list, again;
    va_start(list, format);
    va_copy(again, list);
    int length = vsnprintf(NULL, 0, format, list);
    va_end(list);
    assert_true(length >= 0);
    char *text = malloc((size_t)length + 1);
    assert_non_null(text);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    struct trial trial = trial_text(text);
    free(text);
    return trial;
}

static void apply_setting(struct trial *trial, const char *setting)
{
    const char *equals = strchr(setting, '=');
    assert_non_null(equals);
    char *path = strndup(setting, (size_t)(equals - setting));
    assert_non_null(path);
    oh_status status = oh_scenario_set(trial->scenario, path, equals + 1, trial->diags);
    free(path);
    expect_step(trial, status, setting);
}

struct trial trial_file(const char *file, const char *const *settings)
{
    struct trial trial = trial_new();
    expect_step(&trial, oh_scenario_load(&trial.scenario, file, trial.diags), file);
    for (; settings && *settings; settings++)
        apply_setting(&trial, *settings);
    expect_step(&trial, oh_model_compile(&trial.model, trial.scenario, trial.diags), file);
    return trial;
}

void trial_run(struct trial *trial, const oh_run_options *options)
{
    oh_run_options defaults = {0};
    char message[256] = "";
    oh_result_free(trial->result);
    trial->result = NULL;
    oh_status status = oh_run(&trial->result, trial->model, options ? options : &defaults, message);
    if (status != OH_OK)
        fail_with(__FILE__, __LINE__, "running: %s: %s", oh_status_text(status), message);
}

void trial_free(struct trial *trial)
{
    oh_result_free(trial->result);
    oh_model_free(trial->model);
    oh_scenario_free(trial->scenario);
    oh_diags_free(trial->diags);
    *trial = (struct trial){0};
}

static size_t find_thing(const oh_result *result, oh_level level, const char *name)
{
    if (!name)
        return 0;
    for (size_t i = 0; i < oh_result_things(result, level); i++)
        if (strcmp(oh_result_name(result, level, i), name) == 0)
            return i;
    fail_with(__FILE__, __LINE__, "the result has nothing called %s", name);
}

oh_estimate trial_read(const struct trial *trial, oh_level level, const char *name, long period,
                       const char *metric)
{
    assert_non_null(trial->result);
    size_t thing = find_thing(trial->result, level, name);
    long column = oh_result_column_find(trial->result, level, metric);
    if (column < 0)
        fail_with(__FILE__, __LINE__, "the result has no metric %s at that level", metric);
    oh_estimate estimate;
    if (!oh_result_estimate(trial->result, level, thing, period, (size_t)column, &estimate))
        fail_with(__FILE__, __LINE__, "%s does not apply there", metric);
    return estimate;
}

double trial_value(const struct trial *trial, oh_level level, const char *name, const char *metric)
{
    return trial_read(trial, level, name, OH_WHOLE, metric).value;
}

void check_metric(const struct trial *trial, oh_level level, const char *name, const char *metric,
                  double exact, const char *file, int line)
{
    oh_estimate estimate = trial_read(trial, level, name, OH_WHOLE, metric);
    oh_run_info info = oh_result_info(trial->result);
    check_z(estimate.value, estimate.half_width, exact, info.confidence, info.replications, metric,
            file, line);
}

void check_finding(const char *text, const char *code, const char *file, int line)
{
    struct trial trial = trial_new();
    oh_status status =
        oh_scenario_load_text(&trial.scenario, "test.yaml", text, strlen(text), trial.diags);
    if (status == OH_OK)
        status = oh_model_compile(&trial.model, trial.scenario, trial.diags);
    bool found = false;
    for (size_t i = 0; i < oh_diags_count(trial.diags); i++)
        found = found || strcmp(oh_diags_at(trial.diags, i)->code, code) == 0;
    if (status != OH_INVALID || !found) {
        show_findings(trial.diags);
        fail_with(file, line, "expected %s and a refusal, got: %s", code, oh_status_text(status));
    }
    trial_free(&trial);
}
