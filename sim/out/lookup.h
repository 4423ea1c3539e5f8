/* lookup.h - looking up one figure of a result by the metric's name.
 */
#ifndef ONHOLD_SIM_LOOKUP_H
#define ONHOLD_SIM_LOOKUP_H

#include <onhold/run.h>

/* Fills *e; false, and all NaN, if the metric is not there or does not apply. */
bool figure(const oh_result *result, oh_level level, size_t thing, long period, const char *id,
            oh_estimate *e);
/* Its value alone; NaN if there is none. */
double figure_value(const oh_result *result, oh_level level, size_t thing, long period,
                    const char *id);

/* The metric by which a queue is judged: the first service level with a target, else the first
 * metric with a target; NULL if the queue has none. The column's number goes to *column. */
const oh_column *figure_main(const oh_result *result, size_t queue, size_t *column);

/* What a queue is judged by in each part of the day or week: its main metric, or its mean wait if
 * it has no target or one on what parts do not have. NULL: nothing. */
const oh_column *figure_measure(const oh_result *result, size_t queue, size_t *column);

/* The `most` busiest things of a level by that metric, of those that fit (NULL: all), in file
 * order; returns how many. */
typedef bool lookup_fits(const oh_result *result, size_t thing);
size_t figure_busiest(const oh_result *result, oh_level level, const char *id, lookup_fits *fits,
                      size_t most, size_t *thing);

#endif
