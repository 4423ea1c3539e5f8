/* compile.h - the parts of the model compiler. Each returns false if out of memory.
 */
#ifndef ONHOLD_SIM_COMPILE_H
#define ONHOLD_SIM_COMPILE_H

#include "../scenario/spec.h"
#include "model.h"

/* Openings, closing, intervals. */
bool compile_clock(struct oh_model *model, const struct spec *spec);

/* All sources of fresh calls; queues must be there already (compile_queues). */
bool compile_sources(struct oh_model *model, const struct spec *spec);

/* Expected fresh calls of a source from a to b (seconds), over all the queues it feeds. */
double source_expects(const struct oh_model *model, const struct model_source *source, double a,
                      double b);

/* Does a call at that time enter in the period from a to b? One at the instant of a period's end
 * enters before the period changes (SCENARIO, section 8, rule 1), so periods are open on the left,
 * but for the first. */
bool period_holds(double at, double a, double b);

/* The tick in which times are summed; everything else must be there already. */
void compile_ticks(struct oh_model *model);

/* model->no_pool; everything else must be there already. */
const char *compile_pool(const struct oh_model *model);

/* Groups, what they serve, and who serves each queue. */
bool compile_agents(struct oh_model *model, const struct spec *spec);

/* What contradicts what between sections: errors (OH_INVALID) and warnings. */
oh_status model_check(struct oh_model *model, const struct spec *spec, oh_diags *diags);

/* A gamma distribution of mean 1 and that cv; NULL if out of memory. */
const struct dist *compile_factor(struct oh_model *model, double cv);

#endif
