/* bind.h - from the node tree to a typed spec, by the key table.
 */
#ifndef ONHOLD_SIM_BIND_H
#define ONHOLD_SIM_BIND_H

#include <onhold/scenario.h>

#include "spec.h"

/* Checks every key and value, reads the CSV tables, and makes a spec in the arena. Findings go to
 * diags. OH_INVALID if there is any error (then *out may be NULL), OH_NO_MEMORY, or OH_OK. */
oh_status spec_bind(struct spec **out, oh_scenario *scenario, struct arena *arena, oh_diags *diags);

#endif
