/* offered_load.h - how many agents would be busy if there were always one free.
 */
#ifndef ONHOLD_SIM_OFFERED_LOAD_H
#define ONHOLD_SIM_OFFERED_LOAD_H

#include "../model/model.h"

/* The mean number of busy servers of a queue with infinitely many of them, averaged over each
 * interval: m(t) = integral of lambda(t - u) P(S > u) du (Eick, Massey and Whitt 1993, theorem 1),
 * S being a whole handling (talk, hold and wrap-up, independent) at an agent of speed 1. It lags
 * behind the arrivals, which rate x mean handling does not. Each opening begins with nobody; calls
 * that come back or are handed on are not in it. In steady mode it is rate x mean handling.
 *
 * load[model->shape.intervals], erlang. False: no memory. */
bool offered_load(const oh_model *model, size_t queue, double *load);

#endif
