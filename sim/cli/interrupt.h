/* interrupt.h - Ctrl-C asks for an end at the next boundary; a second one ends at once.
 */
#ifndef ONHOLD_SIM_INTERRUPT_H
#define ONHOLD_SIM_INTERRUPT_H

#include <stdatomic.h>
#include <stdbool.h>

/* Catches SIGINT and SIGTERM from now on. Returns the flag that they raise. */
atomic_bool *interrupt_catch(void);
/* Has one been caught? */
bool interrupt_came(void);

#endif
