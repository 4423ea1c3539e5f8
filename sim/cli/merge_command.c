/* merge_command.c - `onhold merge`: parts of one run, played here and there, become one result. */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "delivery.h"
#include "messages.h"
#include "output_file.h"
#include "require.h"

struct parts {
    oh_saved **at;
    size_t n;
};

static void parts_free(struct parts *parts)
{
    for (size_t i = 0; i < parts->n; i++)
        oh_saved_free(parts->at[i]);
    free(parts->at);
}

static int load_parts(const struct settings *settings, struct parts *parts)
{
    char message[256];
    int code = EXIT_FINE;
    parts->at = calloc(settings->files.n, sizeof *parts->at);
    if (!parts->at) {
        say_error("%s", oh_status_text(OH_NO_MEMORY));
        return EXIT_FAILED;
    }
    for (size_t i = 0; i < settings->files.n && code != EXIT_FAILED; i++) {
        oh_status status = oh_saved_load(&parts->at[i], settings->files.at[i], message);
        parts->n = i + 1;
        if (status == OH_OK)
            continue;
        say_error("%s: %s", file_shown(settings->files.at[i]), message);
        code = status == OH_NO_MEMORY ? EXIT_FAILED : EXIT_SCENARIO;
    }
    return code;
}

static int join(const struct settings *settings, const struct parts *parts, oh_saved **joined)
{
    char message[256];
    size_t wrong[2];
    oh_status status = oh_saved_merge(joined, parts->at, parts->n, wrong, message);
    if (status == OH_OK)
        return EXIT_FINE;
    if (status != OH_ARGUMENT) {
        say_error("%s", message);
        return EXIT_FAILED;
    }
    say_error("%s and %s cannot be joined: %s", file_shown(settings->files.at[wrong[0]]),
              file_shown(settings->files.at[wrong[1]]), message);
    return EXIT_SCENARIO;
}

static void show_warnings(const struct settings *settings, const oh_write_context *context)
{
    if (settings->quiet || delivery_tells_warnings(settings))
        return;
    for (size_t i = 0; i < context->warnings_count; i++)
        say_warning("%s", context->warnings[i]);
}

/* A part alone is what it was; parts that were joined are all there. */
static const char *status_of(const oh_result *result)
{
    const char *by = oh_result_info(result).stopped_by;
    return strcmp(by, "cancelled") == 0 || strcmp(by, "limit") == 0 ? by : "complete";
}

/* The row that a run of all the replications would have left. */
static bool put_row(const struct settings *settings, oh_database *database, oh_saved *joined,
                    const oh_write_context *context)
{
    const oh_result *result = oh_saved_result(joined);
    const oh_database_run row = {
        .status = status_of(result),
        .context = context,
        .model = oh_result_model(result),
        .scenario = oh_saved_scenario(joined),
        .result = result,
        .trace = settings->trace,
    };
    return deliver_row(settings, database, &row);
}

static int hand_out(const struct settings *settings, oh_database *database, oh_saved *joined)
{
    const oh_result *result = oh_saved_result(joined);
    oh_write_context context = *oh_saved_context(joined);
    int code = EXIT_FINE;
    struct requirement *list = require_read_all(settings, oh_result_model(result), &code);
    if (!list)
        return code;
    context.colour = output_is_standard(settings->output) && colour_on(stdout);
    show_warnings(settings, &context);
    code = deliver(settings, result, &context, oh_saved_scenario(joined)) ? EXIT_FINE : EXIT_FAILED;
    if (database && !put_row(settings, database, joined, &context))
        code = EXIT_FAILED;
    if (code == EXIT_FINE)
        code = require_judge_all(settings, list, result);
    free(list);
    return code;
}

static int run(const struct settings *settings)
{
    struct parts parts = {0};
    oh_saved *joined = NULL;
    oh_database *database = NULL;
    if (delivery_lacks_database(settings))
        return say_usage(settings->command, "--trace needs a database: --db FILE");
    if (!delivery_possible(settings))
        return EXIT_FAILED;
    int code = load_parts(settings, &parts);
    if (code == EXIT_FINE)
        code = join(settings, &parts, &joined);
    parts_free(&parts);
    if (code == EXIT_FINE && settings->database)
        database = delivery_database(settings, &code);
    if (code == EXIT_FINE)
        code = hand_out(settings, database, joined);
    oh_database_close(database);
    oh_saved_free(joined);
    return code;
}

const struct command merge_command = {
    .name = "merge",
    .operands = "PART...",
    .summary = "join parts of one run into the result of the whole",
    .about = "Joins results that 'onhold run --save' left, of the same scenario and seed and with "
             "replications that follow each other (--first), in whatever order they are named. "
             "What comes out is, to the byte, what one run of all of them would have given. With "
             "one PART it shows a saved result again.",
    .examples = "  onhold run day.yaml -n 500 --save a.onhold -q\n"
                "  onhold run day.yaml -n 500 --first 501 --save b.onhold -q\n"
                "  onhold merge a.onhold b.onhold -o day.json",
    .flag = COMMAND_MERGE,
    .least_files = 1,
    .most_files = 10000,
    .run = run,
};
