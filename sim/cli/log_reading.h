/* log_reading.h - a call log as the settings ask for it, read with a progress bar.
 */
#ifndef ONHOLD_SIM_LOG_READING_H
#define ONHOLD_SIM_LOG_READING_H

#include "settings.h"

/* Reads the files into one log and judges it. `options` holds what the caller knows already; the
 * settings fill the rest. Returns an exit code; unless it is EXIT_FINE the reason was said and *out
 * is NULL. */
int log_read(oh_log **out, const struct settings *settings, oh_log_options options,
             const char *const *file, size_t files, oh_diags *diags);

/* Shows findings on standard error, those of `diags` from number `first` on included. */
void log_findings(const oh_diags *diags);

/* Reads an option's duration; false with the usage error said in *code. NULL texts are left out. */
bool log_duration(const struct settings *settings, const char *option, const char *text,
                  double *seconds, int *code);

#endif
