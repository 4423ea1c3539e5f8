/* delivery.c - where a result goes. */
#include "delivery.h"

#include <string.h>
#include <unistd.h>

#include "command.h"
#include "messages.h"
#include "output_file.h"
#include "plotting.h"
#include "reporting.h"

bool delivery_possible(const struct settings *settings)
{
    if (!output_possible(settings->output) ||
        (settings->save && !output_possible(settings->save)) ||
        (settings->report && !output_possible(settings->report)))
        return false;
    return !settings->plots || folder_make(settings->plots);
}

oh_database *delivery_database(const struct settings *settings, int *code)
{
    oh_database *database = NULL;
    char message[256];
    oh_status status = oh_database_open(&database, settings->database, message);
    if (status != OH_OK) {
        say_error("%s: %s", settings->database, message);
        *code = status == OH_INVALID ? EXIT_SCENARIO : EXIT_FAILED;
    }
    return database;
}

int delivery_with_database(const struct settings *settings,
                           int (*work)(const struct settings *settings, oh_database *database))
{
    oh_database *database = NULL;
    int code = EXIT_FINE;
    if (delivery_lacks_database(settings))
        return say_usage(settings->command, "--trace needs a database: --db FILE");
    if (!delivery_possible(settings))
        return EXIT_FAILED;
    if (settings->database)
        database = delivery_database(settings, &code);
    if (code == EXIT_FINE)
        code = work(settings, database);
    oh_database_close(database);
    return code;
}

bool deliver_row(const struct settings *settings, oh_database *database, const oh_database_run *run)
{
    char message[256];
    if (oh_database_add(database, run, message) == OH_OK)
        return true;
    say_error("%s: %s", settings->database, message);
    return false;
}

bool deliver_played_row(const struct settings *settings, oh_database *database,
                        const struct prepared *p, const struct played *played,
                        const oh_write_context *context)
{
    const oh_database_run row = {
        .status = played->status == OH_OK      ? "complete"
                  : played->status == OH_LIMIT ? "limit"
                                               : "cancelled",
        .error = played->status == OH_LIMIT ? played->message : NULL,
        .context = context,
        .model = p->model,
        .scenario = p->scenario,
        .result = played->result,
        .goal = played->goal,
        .trace = settings->trace,
    };
    return deliver_row(settings, database, &row);
}

bool deliver_invalid_row(const struct settings *settings, oh_database *database,
                         const struct prepared *p)
{
    char error[PREPARE_ERROR];
    const oh_write_context context = {.file = file_shown(settings->files.at[0]),
                                      .variant = settings->variant ? settings->variant : "",
                                      .settings = settings->set.at,
                                      .settings_count = settings->set.n};
    const oh_database_run row = {
        .status = "invalid", .error = prepare_error(p, error), .context = &context};
    return deliver_row(settings, database, &row);
}

bool delivery_lacks_database(const struct settings *settings)
{
    return settings->trace && !settings->database;
}

bool delivery_tells_warnings(const struct settings *settings)
{
    return output_is_standard(settings->output) && isatty(STDOUT_FILENO) &&
           strcmp(format_name(settings), "table") == 0;
}

static bool save(const struct settings *settings, const oh_result *result,
                 const oh_write_context *context, oh_scenario *scenario)
{
    struct output_file out;
    if (!output_open(&out, settings->save))
        return false;
    oh_status status = oh_result_save(result, scenario, context, output_sink(&out));
    return output_finish(&out, status);
}

bool deliver(const struct settings *settings, const oh_result *result,
             const oh_write_context *context, oh_scenario *scenario)
{
    struct output_file out;
    if (!output_open(&out, settings->output))
        return false;
    const oh_writer *writer = oh_writer_find(format_name(settings));
    oh_status status = writer->write(result, context, output_sink(&out));
    bool fine = output_finish(&out, status);
    bool table = output_is_standard(settings->output) && strcmp(writer->name, "table") == 0;
    /* What took the longest to make is not lost because something else could not be written. */
    if (settings->save)
        fine = save(settings, result, context, scenario) && fine;
    if (fine && settings->plots)
        fine = plots_draw(settings, result, context, table);
    if (fine && settings->report)
        fine = report_write(settings, settings->report, result, context);
    return fine;
}
