/* reporting.h - the page of a result: its pictures, the same days with other agents, the file.
 */
#ifndef ONHOLD_SIM_REPORTING_H
#define ONHOLD_SIM_REPORTING_H

#include "settings.h"

/* Writes the page into the file `name` (NULL and "-": standard output). Plays the days again with
 * one agent more and fewer in each group; if Ctrl-C ends that, the page is written without it and a
 * note says so. False: an error was said. */
bool report_write(const struct settings *settings, const char *name, const oh_result *result,
                  const oh_write_context *context);

#endif
