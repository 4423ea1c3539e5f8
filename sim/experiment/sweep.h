/* sweep.h - a grid of values over one scenario: its points by number.
 */
#ifndef ONHOLD_SIM_SWEEP_H
#define ONHOLD_SIM_SWEEP_H

#include <onhold/sweep.h>

#include "../base/arena.h"
#include "../scenario/value_list.h"

/* One path with its values. */
struct axis {
    const char *path;
    const char *option; /* what findings point at: "--vary"; the file's own sweep as well */
    struct value_list list;
};

struct oh_sweep {
    struct arena arena;
    oh_scenario *scenario;
    size_t axes;
    struct axis *axis;
    size_t points;
    /* of the first point */
    const char *name, *about, *currency;
    uint32_t replications;
    bool long_run; /* one run in batches */
};

/* "agents.desk.count=20, queues.a.patience=never": a point in words. */
void sweep_point_words(const oh_sweep *sweep, size_t point, char *words, size_t size);

#endif
