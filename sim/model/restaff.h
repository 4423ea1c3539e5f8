/* restaff.h - the same model with other agents, without reading the scenario again.
 *
 * Everything but the groups' heads and what follows from them is shared with the base model, which
 * must outlive the new one. The new model is what compiling the changed scenario would give, to the
 * last bit.
 */
#ifndef ONHOLD_SIM_RESTAFF_H
#define ONHOLD_SIM_RESTAFF_H

#include "model.h"

/* rules[g]: the rules of group g with other `count`, `shifts`, `shift` or `shrinkage`; NULL: as in
 * the base. Their numbers are copied. OH_ARGUMENT: more agents than a model may have. */
oh_status model_restaff(oh_model **out, const oh_model *base,
                        const struct spec_group *const *rules);

/* Agents get the numbers that they have in a model of the same base with the same shifts and at
 * least as many of a count; those whom this one lacks never come on duty. `like` must outlive it.
 * False: no memory. */
bool model_number_agents_as(oh_model *model, const oh_model *like);

#endif
