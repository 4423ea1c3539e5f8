/* fit_output.h - a fitted scenario on its way to the disk: tried first, then put in place.
 */
#ifndef ONHOLD_SIM_FIT_OUTPUT_H
#define ONHOLD_SIM_FIT_OUTPUT_H

#include "command.h"

/* The agents' table of --staff: where it is read, and which column. */
struct fit_staff {
    char *file; /* NULL: none */
    const char *column;
};

/* "jan/march.yaml": "march", to be freed. */
char *fit_stem(const char *path);
/* The part of a path after its last slash. */
const char *fit_base(const char *path);

/* Reads the name "FILE[:COLUMN]" and looks whether the file is there. An exit code, with the
 * reason said. */
int fit_staff_read(struct fit_staff *staff, const struct settings *settings);

/* The scenario must pass what `check` asks, and is laid beside the log, which may change the
 * numbers of agents; in a temporary folder, so that nothing is left behind if it fails. */
int fit_try(const struct settings *settings, oh_fit *fit, const oh_log *log, bool tune);

/* The scenario at -o and its tables beside it. What was not there before is removed again if one
 * of them cannot be written. */
int fit_put(const struct settings *settings, oh_fit *fit, const struct fit_staff *staff);

#endif
