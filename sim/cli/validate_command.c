/* validate_command.c - `onhold validate`: does a scenario tell what the log recorded?
 *
 * The log is read as the scenario needs it: with its intervals, its opening and its time limit.
 */
#include <string.h>

#include "command.h"
#include "interrupt.h"
#include "log_reading.h"
#include "messages.h"
#include "output_file.h"
#include "plotting.h"
#include "prepare.h"
#include "progress_bar.h"

static oh_status plot_piece(const void *user, oh_sink sink)
{
    return oh_validation_plot(user, sink);
}

static int write_all(const struct settings *settings, const oh_validation *v)
{
    struct output_file out;
    struct picture picture = {"validate", plot_piece, v};
    bool colour = output_is_standard(settings->output) && colour_on(stdout);
    if (!output_open(&out, settings->output) ||
        !output_finish(&out,
                       oh_validation_write(v, format_name(settings), colour, output_sink(&out))) ||
        (settings->plots && !pictures_draw(settings, &picture, 1, false)))
        return EXIT_FAILED;
    if (!output_is_standard(settings->output) && !settings->quiet)
        say("%s", oh_validation_verdict(v));
    return oh_validation_ok(v) ? EXIT_FINE : EXIT_VERDICT;
}

static int judge(const struct settings *settings, struct prepared *p, const oh_log *log)
{
    oh_run_options options = settings->run;
    struct progress_bar bar;
    oh_validation *v = NULL;
    char message[256] = "";
    options.cancel = interrupt_catch();
    progress_begin(&bar, !settings->no_progress && !settings->quiet);
    options.progress = progress_show;
    options.progress_user = &bar;
    oh_diags *diags = oh_diags_new();
    oh_status status =
        diags ? oh_validate(&v, p->scenario, log, &options, diags, message) : OH_NO_MEMORY;
    progress_end(&bar);
    int code = EXIT_FAILED;
    switch (status) {
    case OH_OK:
        code = write_all(settings, v);
        break;
    case OH_INVALID:
        log_findings(diags);
        code = EXIT_SCENARIO;
        break;
    case OH_CANCELLED:
        say("interrupted: nothing is written");
        code = EXIT_INTERRUPTED;
        break;
    default:
        say_error("%s", *message ? message : oh_status_text(status));
    }
    oh_validation_free(v);
    oh_diags_free(diags);
    return code;
}

static int run(const struct settings *settings)
{
    struct prepared p;
    oh_log *log = NULL;
    if (settings->files.n < 2)
        return say_usage(settings->command, "which LOG?");
    if (!output_possible(settings->output) || (settings->plots && !folder_make(settings->plots)))
        return EXIT_FAILED;
    int code = prepare(&p, settings, settings->files.at[0]);
    if (code == EXIT_FINE) {
        oh_log_options options = {.interval = oh_validate_interval(p.model),
                                  .opens = oh_validate_opens(p.model),
                                  .within = oh_validate_within(p.model)};
        code = log_read(&log, settings, options, settings->files.at + 1, settings->files.n - 1,
                        p.diags);
    }
    if (code == EXIT_FINE) {
        for (size_t i = 0; i < oh_log_notes(log) && !settings->quiet; i++)
            say("note: %s", oh_log_note(log, i));
        code = judge(settings, &p, log);
    }
    oh_log_free(log);
    prepare_free(&p);
    return code;
}

const struct command validate_command = {
    .name = "validate",
    .operands = "FILE LOG...",
    .summary = "simulated against recorded, interval by interval, with a verdict",
    .about =
        "Simulates the scenario FILE and compares it with the calls of LOG: calls, service "
        "level, hanging up and waits of each interval of each day, against the band that holds "
        "90 % of simulated days. One sentence says whether the model tells the past; if it "
        "does not, small changes of volume, handling, patience and staffing are simulated "
        "with the same callers to find the likeliest cause, and the exit code is 4. Fit on "
        "the first weeks with --until and judge on the last with --from.",
    .examples = "  onhold validate march.yaml march.csv --plots pictures\n"
                "  onhold validate fitted.yaml calls.csv --from 2026-03-22 --format json",
    .flag = COMMAND_VALIDATE,
    .least_files = 1,
    .most_files = 10000,
    .run = run,
};
