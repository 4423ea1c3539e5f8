/* plan.h - staff plans and the clock: step functions turned into a sorted list of changes.
 */
#ifndef ONHOLD_SIM_PLAN_H
#define ONHOLD_SIM_PLAN_H

#include "../scenario/spec.h"
#include "model.h"

/* How many agents a group needs at most, after shrinkage. */
uint32_t plan_heads(const struct oh_model *model, const struct spec_group *group);

/* Fills scheduled_area and planned_area of a group: head seconds in each interval and OUTSIDE. */
bool plan_areas(struct oh_model *model, struct model_group *group);

/* Makes model->line, model->plan and model->start from all groups and the clock. False: no memory.
 */
bool plan_compile(struct oh_model *model);

#endif
