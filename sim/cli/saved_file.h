/* saved_file.h - the saved result that a command is given.
 */
#ifndef ONHOLD_SIM_SAVED_FILE_H
#define ONHOLD_SIM_SAVED_FILE_H

#include "settings.h"

/* Loads the first file named as a saved result. EXIT_FINE; else an error was said. Options that
 * only a scenario can take (--set, --seed) are an error of usage: what was played was played. */
int saved_load(oh_saved **out, const struct settings *settings);

#endif
