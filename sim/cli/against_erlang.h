/* against_erlang.h - Erlang's formulas beside a run, where the command line asks for them.
 */
#ifndef ONHOLD_SIM_AGAINST_ERLANG_H
#define ONHOLD_SIM_AGAINST_ERLANG_H

#include "playing.h"

/* Plays what it takes to tell why they differ. *gap stays NULL where it was not asked for or was
 * interrupted: what was played before is then written without it. The caller frees *gap. Returns an
 * exit code; unless it is EXIT_FINE the reason was said. */
int look_at_erlang(oh_gap **gap, const struct settings *settings, const struct prepared *p,
                   const struct played *played);

#endif
