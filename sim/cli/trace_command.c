/* trace_command.c - `onhold trace`: one day call by call. */
#include "command.h"
#include "messages.h"
#include "output_file.h"
#include "prepare.h"

static int write_trace(const struct settings *settings, const struct prepared *p)
{
    struct output_file out;
    char message[256] = "";
    uint32_t seed =
        settings->run.has_seed ? settings->run.seed : oh_model_experiment(p->model)->seed;
    uint32_t replication = settings->replication ? settings->replication : 1;

    if (!output_open(&out, settings->output))
        return EXIT_FAILED;
    oh_status status = oh_trace_csv(p->model, seed, replication, output_sink(&out), message);
    if (status == OH_LIMIT || status == OH_BROKEN) {
        if (*message)
            say_error("%s", message);
        output_finish(&out, status);
        return EXIT_FAILED;
    }
    return output_finish(&out, status) ? EXIT_FINE : EXIT_FAILED;
}

static int trace(const struct settings *settings)
{
    struct prepared p;
    if (!output_possible(settings->output))
        return EXIT_FAILED;
    int code = prepare(&p, settings, settings->files.at[0]);
    if (code == EXIT_FINE) {
        if (oh_diags_count(p.diags) > 0 && !settings->quiet)
            prepare_show(&p);
        code = write_trace(settings, &p);
    }
    prepare_free(&p);
    return code;
}

const struct command trace_command = {
    .name = "trace",
    .operands = "FILE",
    .summary = "write one simulated day call by call, as CSV",
    .about = "Writes one replication call by call: when each call came, how long it waited, who "
             "answered it. It is the very replication that run plays with the same seed. Times are "
             "seconds since opening; an empty patience is endless.",
    .examples = "  onhold trace support.yaml -o monday.csv\n"
                "  onhold trace support.yaml --replication 7 --seed 2 | head",
    .flag = COMMAND_TRACE,
    .least_files = 1,
    .most_files = 1,
    .run = trace,
};
