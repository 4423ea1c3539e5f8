/* fit_command.c - `onhold fit`: from a call log to a scenario that can be run.
 *
 * The scenario is checked by reading it again: what is written must run.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "command.h"
#include "inputs.h"
#include "interrupt.h"
#include "log_reading.h"
#include "messages.h"
#include "output_file.h"
#include "plotting.h"
#include "progress_bar.h"

/* Where the parts of a name begin and end. */
static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcasecmp(text + n - m, end) == 0;
}

/* -o names a scenario, unless it ends like a format in which the findings are told, in small
 * letters or capitals. */
static bool wants_scenario(const struct settings *settings)
{
    return settings->output && !ends_with(settings->output, ".json") &&
           !ends_with(settings->output, ".csv") && !ends_with(settings->output, ".md");
}

/* "jan/march.yaml": "march", to be freed. */
static char *stem_of(const char *path)
{
    const char *base = base_of(path), *dot = strrchr(base, '.');
    return strndup(base, dot && dot != base ? (size_t)(dot - base) : strlen(base));
}

/* ---- writing ---- */

typedef oh_status piece_fn(const oh_fit *fit, const void *user, oh_sink sink);

static bool write_piece(const char *name, piece_fn *piece, const oh_fit *fit, const void *user)
{
    struct output_file out;
    return output_open(&out, name) && output_finish(&out, piece(fit, user, output_sink(&out)));
}

static oh_status scenario_piece(const oh_fit *fit, const void *user, oh_sink sink)
{
    return oh_fit_scenario(fit, user, sink);
}

static oh_status table_piece(const oh_fit *fit, const void *user, oh_sink sink)
{
    return oh_fit_table(fit, *(const size_t *)user, sink);
}

/* "march_arrivals.csv" beside the scenario, to be freed. */
static char *table_path(const char *output, const char *stem, const char *table)
{
    size_t folder = (size_t)(base_of(output) - output), size = folder + strlen(stem) + 32;
    char *path = malloc(size);
    if (path)
        snprintf(path, size, "%.*s%s_%s.csv", (int)folder, output, stem, table);
    return path;
}

/* The tables' names are the program's choice: none of them may be a log that was read. */
static bool tables_are_free(const struct settings *settings, const oh_fit *fit, const char *stem)
{
    bool free_all = true;
    for (size_t i = 0; free_all && i < oh_fit_tables(fit); i++) {
        char *path = table_path(settings->output, stem, oh_fit_table_name(fit, i));
        free_all = path && !inputs_have(settings, path);
        if (path && !free_all)
            say_error("%s would be written over: choose another name with -o", path);
        free(path);
    }
    return free_all;
}

static bool write_pieces(const struct settings *settings, const oh_fit *fit, const char *stem)
{
    bool good = tables_are_free(settings, fit, stem);
    for (size_t i = 0; good && i < oh_fit_tables(fit); i++) {
        char *path = table_path(settings->output, stem, oh_fit_table_name(fit, i));
        good = path && write_piece(path, table_piece, fit, &i);
        free(path);
    }
    return good && write_piece(settings->output, scenario_piece, fit, stem);
}

/* The scenario must pass what `check` asks. NULL with the reason said. */
static oh_scenario *read_again(const char *file)
{
    oh_scenario *scenario = NULL;
    oh_model *model = NULL;
    oh_diags *diags = oh_diags_new();
    oh_status status = diags ? oh_scenario_load(&scenario, file, diags) : OH_NO_MEMORY;
    if (status == OH_OK)
        status = oh_model_compile(&model, scenario, diags);
    if (status == OH_INVALID) {
        log_findings(diags);
        say_error("the scenario that was made does not pass its own check");
    } else if (status != OH_OK) {
        say_error("%s: %s", file, oh_status_text(status));
    }
    oh_model_free(model);
    oh_diags_free(diags);
    if (status == OH_OK)
        return scenario;
    oh_scenario_free(scenario);
    return NULL;
}

/* Lays the log beside what was written, which may change the numbers of agents. */
static int tune(const struct settings *settings, oh_fit *fit, const oh_log *log, bool *tuned)
{
    oh_run_options options = {0};
    struct progress_bar bar;
    char message[256] = "";
    oh_scenario *scenario = read_again(settings->output);
    if (!scenario)
        return EXIT_FAILED;
    options.cancel = interrupt_catch();
    progress_begin(&bar, !settings->no_progress && !settings->quiet);
    options.progress = progress_show;
    options.progress_user = &bar;
    oh_status status = oh_fit_tune(fit, scenario, log, &options, tuned, message);
    progress_end(&bar);
    oh_scenario_free(scenario);
    if (status == OH_CANCELLED) {
        say("interrupted: the agents are as seen, not yet tuned to the waits");
        return EXIT_INTERRUPTED;
    }
    if (status != OH_OK)
        say_error("%s", *message ? message : oh_status_text(status));
    return status == OH_OK ? EXIT_FINE : EXIT_FAILED;
}

static int write_scenario(const struct settings *settings, oh_fit *fit, const oh_log *log)
{
    char *stem = stem_of(settings->output);
    bool tuned = false;
    int code = stem && write_pieces(settings, fit, stem) ? EXIT_FINE : EXIT_FAILED;
    if (code == EXIT_FINE)
        code = tune(settings, fit, log, &tuned);
    if (code == EXIT_FINE && tuned && !write_pieces(settings, fit, stem))
        code = EXIT_FAILED;
    free(stem);
    return code;
}

struct result {
    const oh_fit *fit;
    const oh_log *log;
    const char *format;
    bool colour;
};

static bool write_result(const struct settings *settings, const oh_fit *fit, const oh_log *log)
{
    const char *name = wants_scenario(settings) ? NULL : settings->output;
    struct output_file out;
    bool colour = output_is_standard(name) && colour_on(stdout);
    return output_open(&out, name) &&
           output_finish(&out,
                         oh_fit_write(fit, log, format_name(settings), colour, output_sink(&out)));
}

struct plot {
    const oh_fit *fit;
    size_t number;
};

static oh_status plot_piece(const void *user, oh_sink sink)
{
    const struct plot *plot = user;
    return oh_fit_plot(plot->fit, plot->number, sink);
}

static bool draw(const struct settings *settings, const oh_fit *fit)
{
    enum { MOST = 8 };
    struct picture picture[MOST];
    struct plot plot[MOST];
    size_t n = oh_fit_plots() < MOST ? oh_fit_plots() : MOST;
    for (size_t i = 0; i < n; i++) {
        plot[i] = (struct plot){fit, i};
        picture[i] = (struct picture){oh_fit_plot_name(i), plot_piece, &plot[i]};
    }
    return !settings->plots || pictures_draw(settings, picture, n, false);
}

/* ---- the job ---- */

/* "agents.csv:desk" */
static bool read_staff(const struct settings *settings, char **file, oh_fit_options *options)
{
    const char *staff = settings->log.staff;
    const char *colon = staff ? strrchr(staff, ':') : NULL;
    if (!staff)
        return true;
    *file = strndup(staff, colon ? (size_t)(colon - staff) : strlen(staff));
    options->staff = *file;
    options->staff_column = colon ? colon + 1 : NULL;
    return *file != NULL;
}

/* "march.csv", "day1.csv and 5 more". */
static void name_source(char *name, size_t size, const struct settings *settings)
{
    const char *first = base_of(settings->files.at[0]);
    if (strcmp(first, "-") == 0)
        first = "standard input";
    if (settings->files.n > 1)
        snprintf(name, size, "%.100s and %zu more", first, settings->files.n - 1);
    else
        snprintf(name, size, "%.100s", first);
}

static int make(const struct settings *settings, const oh_log *log, oh_diags *diags)
{
    char source[160];
    oh_fit_options options = {.name = settings->log.name, .source = source};
    oh_fit *fit = NULL;
    int code = EXIT_FINE;
    name_source(source, sizeof source, settings);
    char *staff = NULL, *stem = wants_scenario(settings) ? stem_of(settings->output) : NULL;
    if (!options.name)
        options.name = stem;
    if (!log_duration(settings, "window", settings->log.window, &options.window, &code) ||
        !read_staff(settings, &staff, &options)) {
        free(stem);
        return code == EXIT_FINE ? EXIT_FAILED : code;
    }
    oh_status status = oh_fit_make(&fit, log, &options, diags);
    if (status == OH_INVALID) {
        log_findings(diags);
        code = EXIT_SCENARIO;
    } else if (status != OH_OK) {
        say_error("%s", oh_status_text(status));
        code = EXIT_FAILED;
    } else {
        if (wants_scenario(settings))
            code = write_scenario(settings, fit, log);
        if (code == EXIT_FINE && (!write_result(settings, fit, log) || !draw(settings, fit)))
            code = EXIT_FAILED;
    }
    oh_fit_free(fit);
    free(staff);
    free(stem);
    return code;
}

static int fit_run(const struct settings *settings)
{
    oh_log_options options = {0};
    oh_log *log = NULL;
    int code = EXIT_FINE;
    if (settings->output && wants_scenario(settings) && output_is_standard(settings->output))
        return say_usage(settings->command, "-o needs a file: tables are written beside it");
    if (!log_duration(settings, "within", settings->question.within, &options.within, &code))
        return code;
    if (!output_possible(settings->output) || (settings->plots && !folder_make(settings->plots)))
        return EXIT_FAILED;
    oh_diags *diags = oh_diags_new();
    if (!diags) {
        say_error("%s", oh_status_text(OH_NO_MEMORY));
        return EXIT_FAILED;
    }
    code = log_read(&log, settings, options, settings->files.at, settings->files.n, diags);
    if (code == EXIT_FINE)
        code = make(settings, log, diags);
    oh_log_free(log);
    oh_diags_free(diags);
    return code;
}

const struct command fit_command = {
    .name = "fit",
    .operands = "LOG...",
    .summary = "make a scenario from a call log",
    .about = "Reads a call log (CSV or TSV, one row a call: arrived, wait, outcome, handling, and "
             "where known queue, agent, customer) and finds how many call and when, how long calls "
             "take, how patient callers are (those who were answered count as patient up to "
             "then), how many agents were really on duty and who calls again. With -o it writes a "
             "scenario with its tables beside it; the findings go to standard output as a table, "
             "or as --format says (-o with .json, .csv or .md: there instead, and no scenario). "
             "--map says "
             "what the columns of a log mean if they have other names. Tables of counts by "
             "interval (start, offered, answered, abandoned, asa, aht) are read too. A LOG of - is "
             "standard input.",
    .examples = "  onhold fit march.csv -o march.yaml --plots pictures\n"
                "  onhold fit export.tsv --map columns.yaml --until 2026-03-24 --format json",
    .flag = COMMAND_FIT,
    .least_files = 1,
    .most_files = 10000,
    .run = fit_run,
};
