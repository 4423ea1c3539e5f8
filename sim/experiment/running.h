/* running.h - the main metric while a run goes on: what the progress bar shows.
 *
 * Sums over the replications that are complete so far, in whatever order: good to look at, never
 * part of a result.
 */
#ifndef ONHOLD_SIM_RUNNING_H
#define ONHOLD_SIM_RUNNING_H

#include "../model/model.h"
#include "../stats/summary.h"

struct running {
    const struct metric_row *metric; /* NULL: the model has no queue with a ratio to show */
    size_t queue;
    int limit;
    uint32_t n;
    double x, y, xx, xy, yy; /* sums of denominators, numerators and their products */
};

/* What the run is to be precise about, if it is a queue's ratio; else the first queue's first
 * target that is one; without one, its abandon rate. */
struct running running_of(const oh_model *model, const oh_precision *goal);
void running_add(struct running *r, const oh_model *model, struct tally t);
struct estimate running_estimate(const struct running *r, double confidence);

#endif
