/* staff.h - other agents: a model with more or fewer of them.
 */
#ifndef ONHOLD_STAFF_H
#define ONHOLD_STAFF_H

#include <onhold/run.h>

/* The same model with `by` scheduled heads more (or, negative, fewer) in a group, all day and every
 * day: each step of its count changes, never below 0. A group of shifts gets a line from opening to
 * closing, or loses heads of lines that follow one another, so that nowhere more than that are
 * missing. The base must outlive the new model. OH_ARGUMENT: no such group, or too many agents. */
oh_status oh_model_staff_shifted(oh_model **out, const oh_model *base, size_t group, int by);

#endif
