/* reading.h - one metric of one thing in one period, over all replications.
 */
#ifndef ONHOLD_SIM_READING_H
#define ONHOLD_SIM_READING_H

#include "result.h"

/* False if the metric does not apply to the thing or the period. */
bool reading_applies(const oh_result *result, oh_level level, size_t thing, long period,
                     size_t column);

/* Only where it applies. Kept until the next call. For quantiles and target_met only the values
 * are filled, else the fractions as well. */
const struct reading *reading_take(const oh_result *result, oh_level level, size_t thing,
                                   long period, size_t column);

#endif
