/* nudge.h - a scenario with one thing a little different, to see what it does: more calls, longer
 * handling, less patience, other heads.
 */
#ifndef ONHOLD_SIM_NUDGE_H
#define ONHOLD_SIM_NUDGE_H

#include "model.h"

struct nudge {
    double volume;   /* factor of all rates and counts; 0: 1 (exact times stay) */
    double handling; /* factor of all handling; 0: 1 */
    double hazard;   /* those who wait hang up this much more often, per second; 0: none */
    double heads;    /* added to every step of the largest group, or to its largest shift; taken
                        away only where there are at least two; 0: none */
    double staffing; /* factor of all counts, whole heads in the sum of the day; 0: 1 */
};

/* Compiles as oh_model_compile does, nudged. Findings are those of the scenario. */
oh_status model_compile_nudged(oh_model **out, oh_scenario *scenario, const struct nudge *nudge,
                               oh_diags *diags);

/* Changes what was read, before it is compiled. False if out of memory. */
bool nudge_spec(struct spec *spec, const struct nudge *nudge, struct arena *arena);

#endif
