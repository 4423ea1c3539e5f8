/* run_command.c - `onhold run`: the main job. Reads, simulates, writes, draws, judges. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "context.h"
#include "messages.h"
#include "output_file.h"
#include "playing.h"
#include "plotting.h"
#include "prepare.h"
#include "require.h"

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
    bool in_table = output_is_standard(settings->output) && isatty(STDOUT_FILENO) &&
                    strcmp(format_name(settings), "table") == 0;
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

static int write_result(const struct settings *settings, const struct prepared *p,
                        const oh_result *result)
{
    struct context context;
    struct output_file out;
    int code = EXIT_FAILED;

    if (!context_make(&context, settings, p))
        say_error("%s", oh_status_text(OH_NO_MEMORY));
    else if (output_open(&out, settings->output)) {
        const oh_writer *writer = oh_writer_find(format_name(settings));
        oh_status status = writer->write(result, &context.public, output_sink(&out));
        bool fine = output_finish(&out, status);
        bool table = output_is_standard(settings->output) && strcmp(writer->name, "table") == 0;
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
    struct played played;
    int code = play(&played, settings, p);
    if (code == EXIT_FINE) {
        int written = played.result ? write_result(settings, p, played.result) : EXIT_FINE;
        code = played_end(&played, settings, p);
        if (written != EXIT_FINE)
            code = written;
        if (code == EXIT_FINE && played.status == OH_OK)
            code = judge(settings, list, played.result);
    }
    oh_result_free(played.result);
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
