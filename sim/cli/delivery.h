/* delivery.h - where a result goes: the output, a saved file, a database, pictures, a page.
 */
#ifndef ONHOLD_SIM_DELIVERY_H
#define ONHOLD_SIM_DELIVERY_H

#include "playing.h"

/* Could all that the settings ask for be written? What cannot is better known before a long run
 * than after it. Makes the folder of the pictures. False: an error was said. */
bool delivery_possible(const struct settings *settings);

/* Writes it all. `scenario` is what a saved file keeps. False: an error was said. */
bool deliver(const struct settings *settings, const oh_result *result,
             const oh_write_context *context, oh_scenario *scenario);

/* Opens settings->database; NULL, with an error said and *code set, if that fails. */
oh_database *delivery_database(const struct settings *settings, int *code);
/* One row of `run` with all that belongs to it. False: an error was said. */
bool deliver_row(const struct settings *settings, oh_database *database,
                 const oh_database_run *run);
/* The row of a prepared scenario that was played. False: an error was said. */
bool deliver_played_row(const struct settings *settings, oh_database *database,
                        const struct prepared *p, const struct played *played,
                        const oh_write_context *context);
/* The row of a scenario that was not understood: settings->files names it, and `p` has its errors.
 * False: an error was said. */
bool deliver_invalid_row(const struct settings *settings, oh_database *database,
                         const struct prepared *p);
/* Does `work` with the database of the settings, NULL if they name none, after a look whether what
 * they ask for can be delivered. The exit code. */
int delivery_with_database(const struct settings *settings,
                           int (*work)(const struct settings *settings, oh_database *database));
/* Is --trace without a database? */
bool delivery_lacks_database(const struct settings *settings);

/* True if the warnings of the context are seen in what is written to a terminal. */
bool delivery_tells_warnings(const struct settings *settings);

#endif
