/* claims.c - finds a claim's text in `about:`, its figure in the result, and compares.
 */
#include "claims.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the runs ---- */

struct trial claims_run(const struct claims *claims)
{
    char file[128];
    struct trial trial = {.diags = oh_diags_new()};
    snprintf(file, sizeof file, "scenarios/%s.yaml", claims->file);
    assert_non_null(trial.diags);
    oh_status status = oh_scenario_load(&trial.scenario, file, trial.diags);
    if (status == OH_OK && claims->variant)
        status = oh_scenario_apply_variant(trial.scenario, claims->variant, trial.diags);
    for (const char *const *setting = claims->settings; status == OH_OK && *setting; setting++) {
        char path[128];
        snprintf(path, sizeof path, "%.*s", (int)strcspn(*setting, "="), *setting);
        status = oh_scenario_set(trial.scenario, path, strchr(*setting, '=') + 1, trial.diags);
    }
    if (status == OH_OK)
        status = oh_model_compile(&trial.model, trial.scenario, trial.diags);
    if (status != OH_OK) {
        show_findings(trial.diags);
        fail_with(__FILE__, __LINE__, "%s %s: %s", file, claims->variant ? claims->variant : "",
                  oh_status_text(status));
    }
    trial_run(&trial, NULL);
    return trial;
}

struct trial variant_run(const char *file, const char *variant)
{
    return claims_run(&(struct claims){.file = file, .variant = variant});
}

/* ---- figures ---- */

static bool find_thing(const oh_result *result, const char *name, oh_level *level, size_t *thing)
{
    static const oh_level levels[] = {OH_QUEUE, OH_AGENTS};
    *level = OH_TOTAL;
    *thing = 0;
    if (strcmp(name, "total") == 0)
        return true;
    for (size_t l = 0; l < 2; l++)
        for (size_t i = 0; i < oh_result_things(result, levels[l]); i++)
            if (strcmp(oh_result_name(result, levels[l], i), name) == 0) {
                *level = levels[l];
                *thing = i;
                return true;
            }
    return false;
}

static bool find_period(const oh_result *result, const char *start, long *period)
{
    for (size_t i = 0; i < oh_result_intervals(result); i++)
        if (strcmp(oh_result_interval(result, i).start, start) == 0) {
            *period = (long)i;
            return true;
        }
    return false;
}

static double part_of_spread(const oh_spread *spread, const char *part)
{
    const struct {
        const char *name;
        double value;
    } parts[] = {{"mean", spread->mean}, {"sd", spread->sd},   {"p5", spread->p5},
                 {"p25", spread->p25},   {"p50", spread->p50}, {"p75", spread->p75},
                 {"p95", spread->p95},   {"min", spread->min}, {"max", spread->max}};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (strcmp(parts[i].name, part) == 0)
            return parts[i].value;
    fail_with(__FILE__, __LINE__, "a distribution has no %s", part);
}

oh_estimate figure_of(const struct trial *trial, const char *name)
{
    char thing_name[64], metric[64], part[16] = "", start[16] = "";
    int read = sscanf(name, "%63[^.].%63[^.@]", thing_name, metric);
    const char *at = strchr(name, '@'),
               *dot = read == 2 ? strchr(strchr(name, '.') + 1, '.') : NULL;
    if (at)
        snprintf(start, sizeof start, "%s", at + 1);
    if (dot)
        snprintf(part, sizeof part, "%.*s", (int)strcspn(dot + 1, "@"), dot + 1);
    oh_level level;
    size_t thing;
    long period = OH_WHOLE;
    oh_estimate estimate;
    oh_spread spread;
    assert_that(read == 2 && find_thing(trial->result, thing_name, &level, &thing),
                "no such figure: %s", name);
    assert_that(!at || find_period(trial->result, start, &period), "no such interval: %s", name);
    long column = oh_result_column_find(trial->result, level, metric);
    assert_that(column >= 0, "no such metric: %s", name);
    assert_that(oh_result_estimate(trial->result, level, thing, period, (size_t)column, &estimate),
                "%s does not apply", name);
    if (dot) {
        assert_true(oh_result_spread(trial->result, level, thing, period, (size_t)column, &spread));
        estimate.value = part_of_spread(&spread, part);
        estimate.half_width = NAN;
    }
    return estimate;
}

/* ---- claims ---- */

/* What the simulation's seconds or shares are multiplied by. */
static double scale_of(const char *unit)
{
    static const struct {
        const char *name;
        double scale;
    } units[] = {{"%", 100}, {"min", 1 / 60.0}, {"h", 1 / 3600.0}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strcmp(units[i].name, unit) == 0)
            return units[i].scale;
    return 1;
}

/* "1,181.5" as 1181.5, and half of what its last digit stands for. */
static double read_figure(const char *text, double *half_digit)
{
    char digits[32];
    size_t n = 0;
    for (const char *p = text; *p && n + 1 < sizeof digits; p++)
        if (*p != ',')
            digits[n++] = *p;
    digits[n] = '\0';
    const char *point = strchr(digits, '.');
    *half_digit = 0.5 * pow(10, point ? -(double)strlen(point + 1) : 0);
    char *end;
    double value = strtod(digits, &end);
    assert_that(n > 0 && *end == '\0', "'%s' is no figure", text);
    return value;
}

static void expect_figure(const struct trial *trial, const char *says, const char *name,
                          double value)
{
    char plain[256], figure[32], unit[8] = "", between[64];
    const char *open = strchr(says, '['), *close = strchr(says, ']');
    assert_that(open && close > open && strlen(says) < sizeof plain, "no figure in \"%s\"", says);
    snprintf(between, sizeof between, "%.*s", (int)(close - open - 1), open + 1);
    snprintf(figure, sizeof figure, "%.*s", (int)strcspn(between, "|"), between);
    if (strchr(between, '|'))
        snprintf(unit, sizeof unit, "%s", strchr(between, '|') + 1);
    else if (close[1] == ' ' || close[1] == '%')
        sscanf(close + 1, " %7[%a-z]", unit);
    snprintf(plain, sizeof plain, "%.*s%s%s", (int)(open - says), says, figure, close + 1);
    const char *about = oh_model_about(trial->model);
    assert_that(about && strstr(about, plain), "%s does not say \"%s\" (%s is %.8g)",
                oh_scenario_file(trial->scenario), plain, name, scale_of(unit) * value);
    double half_digit, stated = read_figure(figure, &half_digit);
    assert_that(fabs(scale_of(unit) * value - stated) <= half_digit * (1 + 1e-9),
                "%s: %s is %.8g, but about: says \"%s\"", oh_scenario_file(trial->scenario), name,
                scale_of(unit) * value, plain);
}

void expect_says(const struct trial *trial, const char *says, double value)
{
    expect_figure(trial, says, "the figure", value);
}

static void expect_known(const struct trial *trial, const struct known *known)
{
    oh_estimate estimate = figure_of(trial, known->figure);
    oh_run_info info = oh_result_info(trial->result);
    print_message("%s: %s\n", oh_scenario_file(trial->scenario), known->figure);
    expect_figure(trial, known->says, known->figure, known->exact);
    expect_z(estimate.value, estimate.half_width, known->exact, info.confidence, info.replications);
}

void expect_claims(const struct claims *claims, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct trial trial = claims_run(&claims[i]);
        for (size_t c = 0; c < MOST_CLAIMS && claims[i].claim[c].says; c++)
            expect_figure(&trial, claims[i].claim[c].says, claims[i].claim[c].figure,
                          figure_of(&trial, claims[i].claim[c].figure).value);
        for (size_t c = 0; c < MOST_CLAIMS && claims[i].known[c].says; c++)
            expect_known(&trial, &claims[i].known[c]);
        trial_free(&trial);
    }
}
