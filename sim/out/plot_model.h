/* plot_model.h - what pictures show beside a result: what its model was given.
 */
#ifndef ONHOLD_SIM_PLOT_MODEL_H
#define ONHOLD_SIM_PLOT_MODEL_H

#include <onhold/run.h>

#include "../base/arena.h"

/* The share of a queue's callers who would wait for longer than that, as the scenario says; balking
 * makes it less than 1 at 0. False if there is no one such curve: patience comes with each call of
 * a log or changes over the day. */
bool plot_patience(const oh_result *result, size_t queue, double seconds, double *share);

/* "of those who wait that long, half have hung up by 2 min 51 s", from the simulated waits. False:
 * too few had to wait, or nobody hung up. `size` at least WORDS. */
bool plot_patience_words(const oh_result *result, size_t queue, char *buffer, size_t size);

/* The fewest agents by Erlang's formulas for the target of the queues that a group serves alone,
 * one an interval, the arena's; NaN where they do not apply. NULL: there is no such thing (others
 * help, no target), or no memory (arena->failed). */
const double *plot_needed(const oh_result *result, size_t group, struct arena *arena);

#endif
