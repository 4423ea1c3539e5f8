/* staff_command.c - `onhold staff`: the fewest agents that meet the targets, with the proof. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "context.h"
#include "interrupt.h"
#include "messages.h"
#include "nearest.h"
#include "output_file.h"
#include "plotting.h"
#include "prepare.h"
#include "progress_bar.h"

/* ---- limits ---- */

static int unknown_group(const struct settings *settings, const oh_model *model, const char *option,
                         const char *name)
{
    size_t n = oh_model_things(model, OH_AGENTS);
    const char **names = calloc(n + 1, sizeof *names);
    if (!names) {
        say_error("%s", oh_status_text(OH_NO_MEMORY));
        return EXIT_FAILED;
    }
    for (size_t g = 0; g < n; g++)
        names[g] = oh_model_thing(model, OH_AGENTS, g);
    const char *near = nearest_word(name, names, n);
    int code =
        near ? say_usage(settings->command, "--%s: there is no group '%s'; did you mean '%s'?",
                         option, name, near)
             : say_usage(settings->command, "--%s: there is no group '%s'", option, name);
    free(names);
    return code;
}

/* "30" is for all groups, "desk=30" for one; what comes later wins. */
static int read_limits(const struct settings *settings, const oh_model *model, const char *option,
                       const struct texts *texts, double *limit)
{
    size_t n = oh_model_things(model, OH_AGENTS);
    for (size_t i = 0; i < texts->n; i++) {
        const char *text = texts->at[i], *equals = strrchr(text, '=');
        size_t length = equals ? (size_t)(equals - text) : 0, known = 0;
        double heads = strtod(equals ? equals + 1 : text, NULL);
        for (size_t g = 0; g < n; g++) {
            const char *name = oh_model_thing(model, OH_AGENTS, g);
            if (equals && (strlen(name) != length || strncmp(name, text, length) != 0))
                continue;
            limit[g] = heads;
            known++;
        }
        if (known > 0)
            continue;
        char *name = strndup(text, length);
        int code = unknown_group(settings, model, option, name ? name : text);
        free(name);
        return code;
    }
    return EXIT_FINE;
}

/* ---- the search ---- */

static void show_stage(void *bar, const oh_staff_progress *p)
{
    char words[160];
    if (p->hours > 0)
        snprintf(words, sizeof words, "%s: %llu staffings tried, %.1f agent hours", p->stage,
                 (unsigned long long)p->runs, p->hours);
    else
        snprintf(words, sizeof words, "%s", p->stage);
    progress_say(bar, words);
}

static int failed(const struct settings *settings, oh_status status, const char *message)
{
    if (status == OH_ARGUMENT)
        return say_usage(settings->command, "%s", *message ? message : oh_status_text(status));
    say_error("%s", *message ? message : oh_status_text(status));
    return EXIT_FAILED;
}

/* Interrupted: what is known is told, nothing is written. */
static int say_known(const oh_staffing *staffing)
{
    if (!staffing) {
        say("interrupted before there was a plan: nothing is written");
        return EXIT_INTERRUPTED;
    }
    oh_staff_info info = oh_staffing_info(staffing);
    say("interrupted after %llu staffings: nothing is written. The plan so far has %.1f agent "
        "hours (now %.1f); it is not confirmed",
        (unsigned long long)info.runs, info.hours, info.now);
    return EXIT_INTERRUPTED;
}

/* ---- what comes of it ---- */

static oh_status write_picture(const void *staffing, oh_sink sink)
{
    return oh_staffing_write_plot(staffing, sink);
}

static bool write_answer(const struct settings *settings, const struct prepared *p,
                         const oh_staffing *staffing)
{
    struct context context;
    struct output_file out;
    bool fine = context_make(&context, settings, p);
    if (!fine)
        say_error("%s", oh_status_text(OH_NO_MEMORY));
    if (fine && (fine = output_open(&out, settings->output))) {
        const char *format = format_name(settings);
        oh_status status = oh_staffing_write(staffing, &context.public, format, output_sink(&out));
        fine = output_finish(&out, status);
        if (fine && settings->plots && oh_staffing_result(staffing)) {
            struct picture picture = {"staffing", write_picture, staffing};
            fine =
                pictures_draw(settings, &picture, 1,
                              output_is_standard(settings->output) && strcmp(format, "table") == 0);
        }
    }
    context_free(&context);
    return fine;
}

/* The settings that put chosen heads into a scenario of shifts, or of a steady state. */
static void say_settings(const oh_staffing *staffing)
{
    const oh_model *model = oh_staffing_model(staffing);
    bool steady = oh_staffing_info(staffing).intervals == 0;
    for (size_t g = 0; g < oh_model_things(model, OH_AGENTS); g++) {
        oh_staff_group group = oh_staffing_group(staffing, g);
        for (size_t i = 0; group.chosen && i < group.lines; i++)
            fprintf(stderr, "  --set agents.%s.shifts.%zu.count=%g\n", group.name, i,
                    oh_staffing_line(staffing, g, i).heads);
        if (group.chosen && group.lines == 0 && steady)
            fprintf(stderr, "  --set agents.%s.count=%g\n", group.name,
                    oh_staffing_heads(staffing, g, 0).scheduled);
    }
}

static bool write_plan(const struct settings *settings, const oh_staffing *staffing)
{
    struct output_file out;
    const oh_model *model = oh_staffing_model(staffing);
    bool table = false, others = oh_staffing_info(staffing).intervals == 0;
    for (size_t g = 0; g < oh_model_things(model, OH_AGENTS); g++) {
        oh_staff_group group = oh_staffing_group(staffing, g);
        table = table || (group.chosen && group.lines == 0);
        others = others || (group.chosen && group.lines > 0);
    }
    table = table && oh_staffing_info(staffing).intervals > 0;
    if (table) {
        if (!output_open(&out, settings->plan))
            return false;
        oh_status status = oh_staffing_write_plan(staffing, output_sink(&out));
        if (!output_finish(&out, status))
            return false;
    }
    if (others && !settings->quiet) {
        say("%s%s; to run it:",
            table ? "the table has no groups of shifts" : "there is no plan by interval to write",
            table ? "" : ": nothing is written");
        say_settings(staffing);
    }
    return true;
}

static int conclude(const struct settings *settings, const struct prepared *p,
                    const oh_staffing *staffing)
{
    bool met = oh_staffing_info(staffing).met;
    bool fine = write_answer(settings, p, staffing);
    if (fine && met && settings->plan)
        fine = write_plan(settings, staffing);
    if (fine && !met && settings->plan && !settings->quiet)
        say("%s is not written: no plan meets the targets", settings->plan);
    return !fine ? EXIT_FAILED : met ? EXIT_FINE : EXIT_VERDICT;
}

static int search(const struct settings *settings, const struct prepared *p, const double *least,
                  const double *most)
{
    struct progress_bar bar;
    oh_staffing *staffing = NULL;
    char message[256] = "";
    oh_staff_options options = {.per = settings->per_day ? OH_PER_DAY : OH_PER_INTERVAL,
                                .days = settings->days,
                                .least = least,
                                .most = most,
                                .run = settings->run,
                                .progress = show_stage,
                                .progress_user = &bar};
    options.run.cancel = interrupt_catch();
    progress_begin(&bar, !settings->no_progress && !settings->quiet);
    double started = clock_now();
    oh_status status = oh_staff(&staffing, p->model, &options, message);
    double seconds = clock_now() - started;
    progress_end(&bar);
    int code = status == OH_OK          ? conclude(settings, p, staffing)
               : status == OH_CANCELLED ? say_known(staffing)
                                        : failed(settings, status, message);
    if (settings->verbose && staffing)
        say("%llu staffings simulated in %.3f s",
            (unsigned long long)oh_staffing_info(staffing).runs, seconds);
    oh_staffing_free(staffing);
    return code;
}

static int staff(const struct settings *settings)
{
    struct prepared p;
    if (!output_possible(settings->output) ||
        (settings->plan && !output_possible(settings->plan)) ||
        (settings->plots && !folder_make(settings->plots)))
        return EXIT_FAILED;
    int code = prepare(&p, settings, settings->files.at[0]);
    size_t groups = code == EXIT_FINE ? oh_model_things(p.model, OH_AGENTS) : 0;
    double *least = calloc(groups + 1, sizeof *least), *most = calloc(groups + 1, sizeof *most);
    if (code == EXIT_FINE && (!least || !most)) {
        say_error("%s", oh_status_text(OH_NO_MEMORY));
        code = EXIT_FAILED;
    }
    for (size_t g = 0; code == EXIT_FINE && g < groups; g++)
        most[g] = INFINITY;
    if (code == EXIT_FINE)
        code = read_limits(settings, p.model, "least", &settings->least, least);
    if (code == EXIT_FINE)
        code = read_limits(settings, p.model, "most", &settings->most, most);
    if (code == EXIT_FINE) {
        bool told = output_is_standard(settings->output) && isatty(STDOUT_FILENO) &&
                    strcmp(format_name(settings), "table") == 0;
        if (oh_diags_count(p.diags) > 0 && !settings->quiet && !told)
            prepare_show(&p);
        code = search(settings, &p, least, most);
    }
    free(least);
    free(most);
    prepare_free(&p);
    return code;
}

const struct command staff_command = {
    .name = "staff",
    .operands = "FILE",
    .summary = "fewest agents that meet the targets, with the simulated proof",
    .about =
        "Searches the fewest agents that meet all targets of FILE: for each group and interval, or "
        "how many work each of its shifts. Where all groups have a price, the least pay. Targets "
        "hold in every interval with calls, in the mean over the days, unless --per or --days say "
        "otherwise. The last word has a run with other callers than the search's, -n days long: in "
        "it every target is met, and nobody can be taken away from any interval without missing "
        "one, unless the search is cut short, which it then says. The exit code is 4 if no "
        "staffing within the limits meets the targets.",
    .examples = "  onhold staff support.yaml --plan plan.csv --plots pictures\n"
                "  onhold staff support.yaml --days 90% --least desk=2 --most desk=30",
    .flag = COMMAND_STAFF,
    .least_files = 1,
    .most_files = 1,
    .run = staff,
};
