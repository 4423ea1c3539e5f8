/* run_command.c - `onhold run`: the main job. Reads, simulates, writes, draws, judges. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "interrupt.h"
#include "messages.h"
#include "output_file.h"
#include "plotting.h"
#include "prepare.h"
#include "progress_bar.h"
#include "require.h"

/* The format asked for, or the one that the output's name tells, or the table. */
static const oh_writer *format_of(const struct settings *settings)
{
    const char *dot = settings->output ? strrchr(settings->output, '.') : NULL;
    if (settings->format)
        return settings->format;
    for (size_t i = 0; dot && i < oh_writer_count(); i++)
        if (strcmp(oh_writer_at(i)->extension, dot) == 0)
            return oh_writer_at(i);
    return oh_writer_find("table");
}

static bool to_standard(const struct settings *settings)
{
    return !settings->output || strcmp(settings->output, "-") == 0;
}

/* ---- what a writer is told beside the result ---- */

struct context {
    oh_write_context public;
    char **warnings; /* owned */
    const char **settings;
};

static void context_free(struct context *c)
{
    for (size_t i = 0; c->warnings && i < c->public.warnings_count; i++)
        free(c->warnings[i]);
    free(c->warnings);
    free(c->settings);
}

/* "file:line:column: message", or the message where there is no place. */
static char *warning_line(const oh_diag *diag)
{
    static const char placed[] = "%s:%u:%u: %s", bare[] = "%s";
    int n = diag->line
                ? snprintf(NULL, 0, placed, diag->file, diag->line, diag->column, diag->message)
                : snprintf(NULL, 0, bare, diag->message);
    char *line = n < 0 ? NULL : malloc((size_t)n + 1);
    if (line && diag->line)
        snprintf(line, (size_t)n + 1, placed, diag->file, diag->line, diag->column, diag->message);
    else if (line)
        snprintf(line, (size_t)n + 1, bare, diag->message);
    return line;
}

static bool context_make(struct context *c, const struct settings *settings,
                         const struct prepared *p)
{
    size_t n = oh_scenario_settings(p->scenario), findings = oh_diags_count(p->diags);
    *c = (struct context){.warnings = calloc(findings + 1, sizeof *c->warnings),
                          .settings = calloc(n + 1, sizeof *c->settings)};
    if (!c->warnings || !c->settings)
        return false;
    for (size_t i = 0; i < n; i++)
        c->settings[i] = oh_scenario_setting(p->scenario, i);
    for (size_t i = 0; i < findings; i++) {
        if (oh_diags_at(p->diags, i)->severity != OH_WARNING)
            continue;
        char *line = warning_line(oh_diags_at(p->diags, i));
        if (!line)
            return false;
        c->warnings[c->public.warnings_count++] = line;
    }
    c->public.file = oh_scenario_file(p->scenario);
    c->public.variant = settings->variant ? settings->variant : "";
    c->public.sha256 = oh_scenario_sha256(p->scenario);
    c->public.settings = c->settings;
    c->public.settings_count = n;
    c->public.warnings = (const char *const *)c->warnings;
    c->public.colour = to_standard(settings) && colour_on(stdout);
    return true;
}

/* ---- before the run ---- */

static void name_variants(const struct settings *settings, const oh_scenario *scenario)
{
    size_t n = oh_scenario_variants(scenario);
    if (oh_scenario_has_sweep(scenario) && !settings->quiet)
        fputs("not run: the file's sweep\n", stderr);
    if (n == 0 || settings->variant || settings->quiet)
        return;
    fputs("not run (--variant NAME runs one):", stderr);
    for (size_t i = 0; i < n; i++)
        fprintf(stderr, "%s %s", i ? "," : "", oh_scenario_variant_name(scenario, i));
    fputc('\n', stderr);
}

/* On a terminal the table tells the warnings; elsewhere they are told here. */
static void show_warnings(const struct settings *settings, const struct prepared *p)
{
    bool in_table = to_standard(settings) && isatty(STDOUT_FILENO) &&
                    format_of(settings) == oh_writer_find("table");
    if (oh_diags_count(p->diags) > 0 && !settings->quiet && !in_table)
        prepare_show(p);
}

/* Reads all conditions; NULL and *code if one is wrong. */
static struct requirement *read_requirements(const struct settings *settings, const oh_model *model,
                                             int *code)
{
    char wrong[256];
    struct requirement *list = calloc(settings->require.n + 1, sizeof *list);
    if (!list) {
        say_error("%s", oh_status_text(OH_NO_MEMORY));
        *code = EXIT_FAILED;
        return NULL;
    }
    for (size_t i = 0; i < settings->require.n; i++) {
        if (!require_read(&list[i], settings->require.at[i], model, wrong)) {
            *code = say_usage(settings->command, "--require: %s", wrong);
            free(list);
            return NULL;
        }
    }
    return list;
}

/* ---- after it ---- */

/* The command that plays these replications again. */
static void say_repeat(const struct settings *settings, const oh_run_info *info, uint32_t n)
{
    fputs("  onhold run ", stderr);
    say_quoted(settings->files.at[0]);
    if (settings->variant) {
        fputs(" --variant ", stderr);
        say_quoted(settings->variant);
    }
    for (size_t i = 0; i < settings->set.n; i++) {
        fputs(" --set ", stderr);
        say_quoted(settings->set.at[i]);
    }
    if (settings->run.count_at == OH_AT_EXIT)
        fputs(" --count-at exit", stderr);
    fprintf(stderr, " --seed %u", (unsigned)info->seed);
    if (info->first != 1)
        fprintf(stderr, " --first %u", (unsigned)info->first);
    if (n > 0)
        fprintf(stderr, " -n %u", (unsigned)n);
    fputc('\n', stderr);
}

/* What the command line asks to run, the model's own figures filled in. */
static oh_run_info asked_for(const struct settings *settings, const oh_model *model)
{
    const oh_experiment *own = oh_model_experiment(model);
    return (oh_run_info){
        .replications = settings->run.replications ? settings->run.replications : own->replications,
        .first = settings->run.first ? settings->run.first : 1,
        .seed = settings->run.has_seed ? settings->run.seed : own->seed,
    };
}

static void say_broken(const struct settings *settings, const struct prepared *p,
                       const char *message)
{
    oh_run_info asked = asked_for(settings, p->model);
    say_error("onhold has found a fault of its own: %s", message);
    say("scenario sha256 %s, seed %u, replications %u to %llu; please report it. It happens again "
        "with",
        oh_scenario_sha256(p->scenario), (unsigned)asked.seed, (unsigned)asked.first,
        (unsigned long long)asked.first + asked.replications - 1);
    say_repeat(settings, &asked, asked.replications);
}

/* A run that its time stopped is not the same again unless one says how many. */
static void say_out_of_time(const oh_result *result)
{
    oh_run_info info = oh_result_info(result);
    if (strcmp(info.stopped_by, "time") == 0)
        fprintf(stderr,
                "stopped after %u replications: experiment.at_most.time is over; -n %u repeats "
                "this run\n",
                (unsigned)info.replications, (unsigned)info.replications);
}

static void say_stopped(const struct settings *settings, const struct prepared *p, oh_status status,
                        const oh_result *result, const char *message)
{
    oh_run_info asked = asked_for(settings, p->model);
    if (status == OH_LIMIT)
        say_error("%s", *message ? message : oh_status_text(status));
    if (!result) {
        say("%s before the first replication was complete: nothing is written",
            status == OH_LIMIT ? "stopped" : "interrupted");
        return;
    }
    oh_run_info info = oh_result_info(result);
    say("%s: %u of %u %ss are complete; exactly these again:",
        status == OH_LIMIT ? "stopped" : "interrupted", (unsigned)info.replications,
        (unsigned)asked.replications, info.replication);
    say_repeat(settings, &info, info.replications);
}

static void say_speed(const struct settings *settings, const oh_result *result, double seconds)
{
    oh_run_info info = oh_result_info(result);
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned threads = settings->run.jobs ? settings->run.jobs : cores > 0 ? (unsigned)cores : 1;
    double calls = (double)info.calls;
    say("%u %s%s, %.0f calls in %.3f s with %u thread%s: %.3g million calls/s, %.0f ns a call",
        (unsigned)info.replications, info.replication, info.replications == 1 ? "" : "s", calls,
        seconds, threads, threads == 1 ? "" : "s", 1e-6 * calls / seconds,
        calls > 0 ? 1e9 * seconds / calls : 0);
}

static int write_result(const struct settings *settings, const struct prepared *p,
                        const oh_result *result)
{
    struct context context;
    struct output_file out;
    int code = EXIT_FAILED;

    if (!context_make(&context, settings, p))
        say_error("%s", oh_status_text(OH_NO_MEMORY));
    else if (output_open(&out, settings->output)) {
        const oh_writer *writer = format_of(settings);
        oh_status status = writer->write(result, &context.public, output_sink(&out));
        bool fine = output_finish(&out, status);
        bool table = to_standard(settings) && strcmp(writer->name, "table") == 0;
        if (fine && settings->plots)
            fine = plots_draw(settings, result, &context.public, table);
        code = fine ? EXIT_FINE : EXIT_FAILED;
    }
    context_free(&context);
    return code;
}

static int judge(const struct settings *settings, const struct requirement *list,
                 const oh_result *result)
{
    int code = EXIT_FINE;
    for (size_t i = 0; i < settings->require.n; i++) {
        switch (require_judge(&list[i], result, settings->quiet)) {
        case REQUIRE_YES:
            break;
        case REQUIRE_NO:
        case REQUIRE_UNDEFINED:
            code = code == EXIT_FINE ? EXIT_VERDICT : code;
            break;
        case REQUIRE_ABSENT:
            code = EXIT_USAGE;
            break;
        }
    }
    return code;
}

static int simulate(const struct settings *settings, const struct prepared *p,
                    const struct requirement *list)
{
    oh_run_options options = settings->run;
    struct progress_bar bar;
    oh_result *result = NULL;
    char message[256] = "";

    options.cancel = interrupt_catch();
    progress_begin(&bar, !settings->no_progress && !settings->quiet);
    options.progress = progress_show;
    options.progress_user = &bar;
    double started = clock_now();
    oh_status status = oh_run(&result, p->model, &options, message);
    double seconds = clock_now() - started;
    progress_end(&bar);

    int code = EXIT_FAILED;
    if (status == OH_BROKEN) {
        say_broken(settings, p, message);
    } else if (status == OH_OK || status == OH_CANCELLED || status == OH_LIMIT) {
        code = result ? write_result(settings, p, result) : EXIT_FINE;
        if (status != OH_OK)
            say_stopped(settings, p, status, result, message);
        if (status == OH_OK && !settings->quiet && result)
            say_out_of_time(result);
        if (settings->verbose && result)
            say_speed(settings, result, seconds);
        if (code == EXIT_FINE)
            code = status == OH_CANCELLED ? EXIT_INTERRUPTED
                   : status == OH_LIMIT   ? EXIT_FAILED
                                          : judge(settings, list, result);
    } else if (status == OH_ARGUMENT && *message) {
        code = say_usage(settings->command, "%s", message);
    } else {
        say_error("%s", *message ? message : oh_status_text(status));
    }
    oh_result_free(result);
    return code;
}

static int run(const struct settings *settings)
{
    struct prepared p;
    /* what cannot be written is better known before a long run than after it */
    if (!output_possible(settings->output) || (settings->plots && !folder_make(settings->plots)))
        return EXIT_FAILED;
    int code = prepare(&p, settings, settings->files.at[0]);
    if (code == EXIT_FINE) {
        struct requirement *list = read_requirements(settings, p.model, &code);
        if (list) {
            show_warnings(settings, &p);
            name_variants(settings, p.scenario);
            code = simulate(settings, &p, list);
        }
        free(list);
    }
    prepare_free(&p);
    return code;
}

const struct command run_command = {
    .name = "run",
    .operands = "FILE",
    .summary = "simulate a scenario and print what came out",
    .about = "Simulates FILE many times, each a whole day, and prints a table: are the targets "
             "met, how many calls, how long the waits, how busy the agents, which part of the day "
             "was the worst. The same file, seed and number of days give the same bytes on any "
             "number of threads. A FILE of - is standard input.",
    .examples = "  onhold run support.yaml --set agents.desk.count=26 --plots pictures\n"
                "  onhold run support.yaml -n 1000 --require 'support.service_level>=80%'",
    .flag = COMMAND_RUN,
    .least_files = 1,
    .most_files = 1,
    .run = run,
};
