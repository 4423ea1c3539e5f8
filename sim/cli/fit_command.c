/* fit_command.c - `onhold fit`: from a call log to a scenario that can be run.
 *
 * The scenario is tried before it is put in place (fit_output.h): what is written must run.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "command.h"
#include "fit_output.h"
#include "log_reading.h"
#include "messages.h"
#include "output_file.h"
#include "plotting.h"

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

/* "march.csv", "day1.csv and 5 more". */
static void name_source(char *name, size_t size, const struct settings *settings)
{
    const char *first = fit_base(settings->files.at[0]);
    if (strcmp(first, "-") == 0)
        first = "standard input";
    if (settings->files.n > 1)
        snprintf(name, size, "%.100s and %zu more", first, settings->files.n - 1);
    else
        snprintf(name, size, "%.100s", first);
}

static int write_all(const struct settings *settings, oh_fit *fit, const oh_log *log,
                     const struct fit_staff *staff)
{
    int code = EXIT_FINE;
    if (wants_scenario(settings) || staff->file)
        code = fit_try(settings, fit, log, wants_scenario(settings));
    bool interrupted = code == EXIT_INTERRUPTED;
    if (wants_scenario(settings) && (code == EXIT_FINE || interrupted)) {
        code = fit_put(settings, fit, staff);
        if (code == EXIT_FINE && interrupted) {
            say("interrupted: the agents are as seen, not yet tuned to the waits");
            code = EXIT_INTERRUPTED;
        }
    }
    if (code == EXIT_FINE && (!write_result(settings, fit, log) || !draw(settings, fit)))
        code = EXIT_FAILED;
    return code;
}

static int make(const struct settings *settings, oh_log *log, const struct fit_staff *staff,
                oh_diags *diags)
{
    char source[160];
    oh_fit_options options = {.name = settings->log.name,
                              .source = source,
                              .staff = staff->file,
                              .staff_column = staff->column};
    oh_fit *fit = NULL;
    int code = EXIT_FINE;
    name_source(source, sizeof source, settings);
    char *stem = wants_scenario(settings) ? fit_stem(settings->output) : NULL;
    if (!options.name)
        options.name = stem;
    if (!log_duration(settings, "window", settings->log.window, &options.window, &code)) {
        free(stem);
        return code;
    }
    oh_status status = oh_fit_make(&fit, log, &options, diags);
    if (status == OH_INVALID) {
        log_findings(diags);
        code = EXIT_SCENARIO;
    } else if (status == OH_CANCELLED) {
        say("interrupted: nothing is written");
        code = EXIT_INTERRUPTED;
    } else if (status != OH_OK) {
        say_error("%s", oh_status_text(status));
        code = EXIT_FAILED;
    } else {
        code = write_all(settings, fit, log, staff);
    }
    oh_fit_free(fit);
    free(stem);
    return code;
}

static int fit_run(const struct settings *settings)
{
    oh_log_options options = {0};
    struct fit_staff staff = {0};
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
    code = fit_staff_read(&staff, settings);
    if (code == EXIT_FINE)
        code = log_read(&log, settings, options, settings->files.at, settings->files.n, diags);
    if (code == EXIT_FINE)
        code = make(settings, log, &staff, diags);
    oh_log_free(log);
    free(staff.file);
    oh_diags_free(diags);
    return code;
}

const struct command fit_command = {
    .name = "fit",
    .operands = "LOG...",
    .summary = "make a scenario from a call log",
    .about =
        "Reads a call log (CSV or TSV, one row a call: arrived, wait, outcome, handling, and "
        "where known queue, priority, agent, customer) and finds how many call and when, how long "
        "calls "
        "take, how patient callers are (those who were answered count as patient up to "
        "then), how many agents were really on duty, who calls again and who is answered first. "
        "With -o it writes a "
        "scenario with its tables beside it; the findings go to standard output as a table, "
        "or as --format says (-o with .json, .csv or .md: there instead, and no scenario). "
        "--map says "
        "what the columns of a log mean if they have other names. Tables of counts by "
        "interval (start, offered, answered, abandoned, asa, aht, or the usual headings of phone "
        "systems for them) are read too. A LOG of - is "
        "standard input.",
    .examples = "  onhold fit march.csv -o march.yaml --plots pictures\n"
                "  onhold fit export.tsv --map columns.yaml --until 2026-03-24 --format json",
    .flag = COMMAND_FIT,
    .least_files = 1,
    .most_files = 10000,
    .run = fit_run,
};
