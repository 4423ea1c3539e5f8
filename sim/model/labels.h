/* labels.h - how times of a model are written.
 */
#ifndef ONHOLD_SIM_LABELS_H
#define ONHOLD_SIM_LABELS_H

#include <onhold/run.h>

#include "model.h"

/* "mon": the day of an opening. */
const char *label_day(const oh_model *model, size_t opening);

/* "08:30", with seconds only where there are any: "08:30:15". `of_day`: seconds since midnight, at
 * most 24 h. */
void label_clock(char text[12], double of_day);

/* An interval, by the clock. */
oh_interval label_interval(const oh_model *model, size_t interval);

/* The time of day at a moment, seconds since the first opening; `end`: of something, so that
 * midnight is 24:00. */
void label_moment(char text[12], const oh_model *model, double at, bool end);

#endif
