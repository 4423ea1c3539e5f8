/* delivery.c - where a result goes. */
#include "delivery.h"

#include <string.h>
#include <unistd.h>

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
