/* log_headings.h - the headings that phone systems give the columns of their interval reports.
 *
 * "Calls Offered", "Avg Speed of Answer (sec)", "Service Level %": what does not matter (case,
 * marks, units, words such as calls and number of) is passed over, and what is left is looked up.
 */
#ifndef ONHOLD_SIM_LOG_HEADINGS_H
#define ONHOLD_SIM_LOG_HEADINGS_H

#include "log_map.h"

/* How well a heading names a field: 0 not at all, else more is better. *scale: what its plain
 * numbers are in, s (60 where the heading says minutes). */
int log_heading_likeness(enum log_field field, const char *heading, double *scale);

/* Does the text stand in a row of sums below the others ("Total", "Grand total")? */
bool log_heading_is_total(const char *text);

#endif
