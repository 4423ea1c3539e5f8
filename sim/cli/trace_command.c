/* trace_command.c - `onhold trace`: days call by call, as CSV, or one as a story or step by step.
 */
#include <stdio.h>
#include <unistd.h>

#include "command.h"
#include "interrupt.h"
#include "messages.h"
#include "output_file.h"
#include "prepare.h"

static uint32_t seed_of(const struct settings *settings, const struct prepared *p)
{
    return settings->run.has_seed ? settings->run.seed : oh_model_experiment(p->model)->seed;
}

static uint32_t number_of(const struct settings *settings)
{
    return settings->replication ? settings->replication
           : settings->run.first ? settings->run.first
                                 : 1;
}

/* Days that are complete are kept when Ctrl-C ends the rest. */
static int write_trace(const struct settings *settings, const struct prepared *p)
{
    struct output_file out;
    char message[256] = "";
    uint32_t done = 0, asked = settings->run.replications ? settings->run.replications : 1;
    oh_trace_options options = {.seed = seed_of(settings, p),
                                .first = number_of(settings),
                                .replications = asked,
                                .cancel = asked > 1 ? interrupt_catch() : NULL};
    if (asked - 1 > UINT32_MAX - 1 - options.first)
        return say_usage(settings->command,
                         "%u replications from number %u on are too many: the "
                         "last number is %u",
                         (unsigned)asked, (unsigned)options.first, (unsigned)(UINT32_MAX - 1));
    if (!output_open(&out, settings->output))
        return EXIT_FAILED;
    oh_status status = oh_trace_csv(p->model, &options, output_sink(&out), &done, message);
    bool interrupted = status == OH_CANCELLED;
    if (interrupted) {
        say("interrupted: %u of %u replications are complete", (unsigned)done, (unsigned)asked);
        status = OH_OK;
    }
    if (status == OH_LIMIT || status == OH_BROKEN) {
        if (*message)
            say_error("%s", message);
        output_finish(&out, status);
        return EXIT_FAILED;
    }
    if (!output_finish(&out, status))
        return EXIT_FAILED;
    return interrupted ? EXIT_INTERRUPTED : EXIT_FINE;
}

/* Waits for Enter; false: "q", or the end of the input. */
static bool next_step(void)
{
    int first = getchar(), c = first;
    while (c != '\n' && c != EOF)
        c = getchar();
    return first != 'q' && c != EOF;
}

static oh_status tell(const oh_story *story, bool step, bool wait, oh_sink sink)
{
    oh_status status = oh_story_head(story, sink);
    if (wait)
        puts("Enter for the next event, q and Enter to end.\n");
    for (size_t i = 0; status == OH_OK && i < oh_story_events(story); i++) {
        status = oh_story_event(story, i, sink);
        if (status == OH_OK && step)
            status = oh_story_picture(story, i, sink);
        if (wait && (fflush(stdout) != 0 || !next_step()))
            break;
    }
    return status;
}

static int write_story(const struct settings *settings, const struct prepared *p)
{
    struct output_file out;
    oh_story *story;
    char message[256] = "";
    bool wait = settings->step && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    oh_status status =
        oh_story_play(&story, p->model, seed_of(settings, p), number_of(settings), message);
    if (status != OH_OK) {
        say_error("%s", *message ? message : oh_status_text(status));
        return EXIT_FAILED;
    }
    if (settings->step && !wait && !settings->quiet)
        say("no terminal to step on: all steps at once");
    int code = EXIT_FAILED;
    if (output_open(&out, settings->output) &&
        output_finish(&out, tell(story, settings->step, wait, output_sink(&out))))
        code = EXIT_FINE;
    oh_story_free(story);
    return code;
}

static int trace(const struct settings *settings)
{
    struct prepared p;
    if (settings->step && !output_is_standard(settings->output))
        return say_usage(settings->command, "--step is for the terminal; leave --output out, or "
                                            "write the whole --story");
    if (settings->run.replications > 1 && (settings->story || settings->step))
        return say_usage(settings->command,
                         "a story tells one day: --replication says which; leave -n out");
    if (settings->replication && settings->run.first)
        return say_usage(settings->command, "--replication and --first say the same thing twice");
    if (!output_possible(settings->output))
        return EXIT_FAILED;
    int code = prepare(&p, settings, settings->files.at[0]);
    if (code == EXIT_FINE) {
        if (oh_diags_count(p.diags) > 0 && !settings->quiet)
            prepare_show(&p);
        code = settings->story || settings->step ? write_story(settings, &p)
                                                 : write_trace(settings, &p);
    }
    prepare_free(&p);
    return code;
}

const struct command trace_command = {
    .name = "trace",
    .operands = "FILE",
    .summary = "tell one simulated day call by call: CSV, a story, or step by step",
    .about =
        "Writes one replication (or -n of them) call by call: when each call came, how long it "
        "waited, who answered it. They are the very replications that run plays with the same "
        "seed. In the CSV, a log that fit reads, times are seconds since opening; an empty "
        "patience is endless. --story tells the "
        "day in words, with a small picture of agents and line beside each event; --step waits "
        "for Enter after each.",
    .examples = "  onhold trace support.yaml -o monday.csv\n"
                "  onhold trace support.yaml -n 20 -o days.csv\n"
                "  onhold trace support.yaml --story --replication 7 --seed 2 | head -n 40",
    .flag = COMMAND_TRACE,
    .least_files = 1,
    .most_files = 1,
    .run = trace,
};
