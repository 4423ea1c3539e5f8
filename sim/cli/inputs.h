/* inputs.h - the files a command line reads: standard input once, and none of them is written over.
 */
#ifndef ONHOLD_SIM_INPUTS_H
#define ONHOLD_SIM_INPUTS_H

#include "settings.h"

/* EXIT_FINE; EXIT_USAGE with the reason said if standard input is named twice, or an output is a
 * file that is read. */
int inputs_check(const struct settings *settings);

/* Is `path` one of the files that are read? */
bool inputs_have(const struct settings *settings, const char *path);

#endif
