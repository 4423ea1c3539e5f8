/* erlang_command.c - `onhold erlang b|c|a`: the exact formulas as a calculator, for whatever is
 * not given. */
#include <string.h>

#include "command.h"
#include "messages.h"
#include "output_file.h"

static int erlang(const struct settings *settings)
{
    oh_question question = settings->question;
    oh_calculation *answer;
    struct output_file out;
    char wrong[OH_CALCULATOR_WORDS];
    const char *format = format_name(settings);

    question.model = settings->files.at[0];
    if (settings->explain && (strcmp(format, "csv") == 0 || strcmp(format, "json") == 0))
        return say_usage(settings->command,
                         "--explain is for people; it goes with the formats table and md");
    oh_status status = oh_calculate(&answer, &question, wrong);
    if (status == OH_ARGUMENT)
        return say_usage(settings->command, "%s", wrong);
    if (status != OH_OK) {
        say_error("%s", oh_status_text(status));
        return EXIT_FAILED;
    }
    int code = EXIT_FAILED;
    if (output_open(&out, settings->output)) {
        bool colour = output_is_standard(settings->output) && colour_on(stdout);
        status = oh_calculation_write(answer, format, settings->explain, colour, output_sink(&out));
        if (output_finish(&out, status))
            code = EXIT_FINE;
    }
    oh_calculation_free(answer);
    return code;
}

const struct command erlang_command = {
    .name = "erlang",
    .operands = "b|c|a",
    .asked = "which model, b, c or a?",
    .summary = "exact formulas and their inverses: agents, load or time for a target",
    .about =
        "Computes Erlang B (b: who finds no free agent is lost), Erlang C (c: everybody waits) or "
        "Erlang A (a: callers hang up when their patience ends; with a --patience of any shape, "
        "M/M/n+G). Leave out what you ask for: --agents for the fewest agents that reach a target, "
        "the load for the highest load, or give --share for the time by which so many are "
        "answered.",
    .examples = "  onhold erlang a --arrivals '100 per 30 min' --handling '180 s' \\\n"
                "    --patience '300 s' --target '80% in 20 s'\n"
                "  onhold erlang b --load 10 --agents 10..16",
    .flag = COMMAND_ERLANG,
    .least_files = 1,
    .most_files = 1,
    .run = erlang,
};
