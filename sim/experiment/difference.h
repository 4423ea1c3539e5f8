/* difference.h - the difference of one figure between two results, as the statistics see it.
 */
#ifndef ONHOLD_SIM_DIFFERENCE_H
#define ONHOLD_SIM_DIFFERENCE_H

#include <onhold/compare.h>

#include "../stats/paired.h"

/* Of queues, groups or the total `base_thing` and `value_thing`, and columns that mean the same in
 * both; only where the figure applies to both. A constant of the model has no error. */
struct figure_place {
    const oh_result *result;
    oh_level level;
    size_t thing, column;
    long period;
};
struct difference difference_of(const struct figure_place *base, const struct figure_place *value);

/* The thing of that name in a result; -1: none. Every name is that of the total. */
long thing_find(const oh_result *result, oh_level level, const char *name);

/* Is a smaller value of this metric better? */
bool metric_wants_less(const oh_metric *metric);

#endif
