/* explain_command.c - `onhold explain`: what a scenario says, without playing it. */
#include <string.h>

#include <onhold/save.h>

#include "command.h"
#include "context.h"
#include "messages.h"
#include "output_file.h"

static oh_status print_resolved(const struct settings *settings, const struct prepared *p,
                                oh_sink sink)
{
    bool json = strcmp(format_name(settings), "json") == 0;
    return oh_scenario_print(p->scenario, json ? OH_FORM_JSON : OH_FORM_YAML, sink);
}

static oh_status print_explanation(const struct settings *settings, const struct prepared *p,
                                   oh_sink sink)
{
    struct context context;
    oh_explanation *explanation = NULL;
    oh_status status = OH_NO_MEMORY;
    if (context_make(&context, settings, p))
        status = oh_explain(&explanation, p->model);
    if (status == OH_OK)
        status = oh_explanation_write(explanation, &context.public, format_name(settings), sink);
    oh_explanation_free(explanation);
    context_free(&context);
    return status;
}

static int explain(const struct settings *settings)
{
    struct prepared p;
    struct output_file out;
    if (settings->resolved &&
        (strcmp(format_name(settings), "csv") == 0 || strcmp(format_name(settings), "md") == 0))
        return say_usage(settings->command,
                         "--resolved prints a scenario file, or JSON with --format json");
    if (!output_possible(settings->output))
        return EXIT_FAILED;
    int code = prepare(&p, settings, settings->files.at[0]);
    if (code == EXIT_FINE) {
        if (settings->resolved && oh_diags_count(p.diags) > 0 && !settings->quiet)
            prepare_show(&p); /* an explanation has them on its page */
        code = EXIT_FAILED;
        if (output_open(&out, settings->output)) {
            oh_status status = settings->resolved
                                   ? print_resolved(settings, &p, output_sink(&out))
                                   : print_explanation(settings, &p, output_sink(&out));
            if (output_finish(&out, status))
                code = EXIT_FINE;
        }
    }
    prepare_free(&p);
    return code;
}

const struct command explain_command = {
    .name = "explain",
    .operands = "FILE",
    .summary = "say in plain words what a scenario means, without playing it",
    .about =
        "Prints what FILE says as a planner would: who calls, who serves what, load and agents "
        "by interval with Erlang's opinion, how patient callers are, and what is likely to go "
        "wrong: overload, breaks, queues that nobody serves. Nothing is simulated.",
    .examples = "  onhold explain support.yaml\n"
                "  onhold explain support.yaml --resolved --set agents.desk.count=26",
    .flag = COMMAND_EXPLAIN,
    .least_files = 1,
    .most_files = 1,
    .run = explain,
};
