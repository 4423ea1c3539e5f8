/* report_command.c - `onhold report`: one HTML page for a manager. */
#include "command.h"
#include "context.h"
#include "interrupt.h"
#include "messages.h"
#include "output_file.h"
#include "playing.h"
#include "prepare.h"
#include "reporting.h"
#include "saved_file.h"

static int write_page(const struct settings *settings, const struct prepared *p,
                      const oh_result *result)
{
    struct context context;
    bool fine = context_make(&context, settings, p);
    if (!fine)
        say_error("%s", oh_status_text(OH_NO_MEMORY));
    fine = fine && report_write(settings, settings->output, result, &context.public);
    context_free(&context);
    return fine ? EXIT_FINE : EXIT_FAILED;
}

static int simulate(const struct settings *settings, const struct prepared *p)
{
    struct played played;
    int code = play(&played, settings, p);
    if (code == EXIT_FINE) {
        int written = played.result ? write_page(settings, p, played.result) : EXIT_FINE;
        code = played_end(&played, settings, p);
        if (written != EXIT_FINE)
            code = written;
    }
    oh_result_free(played.result);
    return code;
}

static int of_scenario(const struct settings *settings)
{
    struct prepared p;
    int code = prepare(&p, settings, settings->files.at[0]);
    if (code == EXIT_FINE) {
        if (oh_diags_count(p.diags) > 0 && !settings->quiet)
            prepare_show(&p);
        code = simulate(settings, &p);
    }
    prepare_free(&p);
    return code;
}

static int of_result(const struct settings *settings)
{
    oh_saved *saved = NULL;
    int code = saved_load(&saved, settings);
    if (code == EXIT_FINE &&
        !report_write(settings, settings->output, oh_saved_result(saved), oh_saved_context(saved)))
        code = EXIT_FAILED;
    oh_saved_free(saved);
    return code == EXIT_FINE && interrupt_came() ? EXIT_INTERRUPTED : code;
}

static int report(const struct settings *settings)
{
    if (!output_possible(settings->output))
        return EXIT_FAILED;
    return oh_saved_looks_like(settings->files.at[0]) ? of_result(settings) : of_scenario(settings);
}

const struct command report_command = {
    .name = "report",
    .operands = "RESULT|FILE",
    .summary = "write one HTML page for a manager",
    .about =
        "Writes a page that needs nothing else: the verdict on each queue, the day in one "
        "picture, how many days of ten meet the target, what one agent more or fewer does, "
        "what it costs; then the details. RESULT is what 'onhold run --save' keeps; a scenario "
        "FILE is simulated first, as run does.",
    .examples = "  onhold report support.yaml -o support.html\n"
                "  onhold report day.onhold -o day.html",
    .flag = COMMAND_REPORT,
    .least_files = 1,
    .most_files = 1,
    .run = report,
};
