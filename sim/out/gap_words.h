/* gap_words.h - the difference between a simulation and Erlang's formulas in a sentence.
 */
#ifndef ONHOLD_SIM_GAP_WORDS_H
#define ONHOLD_SIM_GAP_WORDS_H

#include <onhold/gap.h>

#include "../base/arena.h"

/* "Erlang A says 84.0 %, the simulation 78.2 % ± 0.6. Of the 5.8 points: ...". NULL: no memory. */
const char *gap_note(struct arena *arena, const oh_gap_queue *queue);

/* "3.1 ± 0.2 points", with a minus sign where it is negative. NULL: no memory. */
const char *gap_size(struct arena *arena, const char *unit, double size, double half_width);

#endif
