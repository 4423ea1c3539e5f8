/* run_command.c - `onhold run`: the main job. Reads, simulates, writes, draws, judges. */
#include <stdlib.h>

#include "against_erlang.h"
#include "command.h"
#include "context.h"
#include "delivery.h"
#include "messages.h"
#include "playing.h"
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
    if (oh_diags_count(p->diags) > 0 && !settings->quiet && !delivery_tells_warnings(settings))
        prepare_show(p);
}

/* ---- after it ---- */

static int write_result(const struct settings *settings, oh_database *database,
                        const struct prepared *p, const struct played *played, const oh_gap *gap)
{
    struct context context;
    bool fine = false;
    bool made = context_make(&context, settings, p);
    context.public.gap = gap;
    if (!made) {
        say_error("%s", oh_status_text(OH_NO_MEMORY));
    } else {
        fine = deliver(settings, played->result, &context.public, p->scenario);
        if (database)
            fine = deliver_played_row(settings, database, p, played, &context.public) && fine;
    }
    context_free(&context);
    return fine ? EXIT_FINE : EXIT_FAILED;
}

static int simulate(const struct settings *settings, oh_database *database,
                    const struct prepared *p, const struct requirement *list)
{
    struct played played;
    oh_gap *gap = NULL;
    int code = play(&played, settings, p);
    if (code == EXIT_FINE) {
        int looked = look_at_erlang(&gap, settings, p, &played);
        int written = played.result ? write_result(settings, database, p, &played, gap) : EXIT_FINE;
        code = played_end(&played, settings, p);
        if (code == EXIT_FINE)
            code = looked;
        if (written != EXIT_FINE)
            code = written;
        if (code == EXIT_FINE && played.status == OH_OK)
            code = require_judge_all(settings, list, played.result);
    }
    oh_gap_free(gap);
    oh_result_free(played.result);
    return code;
}

static int run_with(const struct settings *settings, oh_database *database)
{
    struct prepared p;
    int code = prepare(&p, settings, settings->files.at[0]);
    if (code == EXIT_FINE) {
        struct requirement *list = require_read_all(settings, p.model, &code);
        if (list) {
            show_warnings(settings, &p);
            name_variants(settings, p.scenario);
            code = simulate(settings, database, &p, list);
        }
        free(list);
    } else if (code == EXIT_SCENARIO && database) {
        /* is a row, too, with the first of its errors */
        code = deliver_invalid_row(settings, database, &p) ? EXIT_SCENARIO : EXIT_FAILED;
    }
    prepare_free(&p);
    return code;
}

static int run(const struct settings *settings)
{
    return delivery_with_database(settings, run_with);
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
