/* likeness.h - do two states of a replication, at the same time of the same callers, have the same
 * future?
 *
 * They do if the same calls are present in the same states and agents can do the same things. Slots
 * and numbers do not matter, nor which of several agents who are alike has which call. A likeness
 * is a sum of hashes of 64 bits over calls and agents: that two different states have the same one
 * has a chance of 5e-20. What is going to happen at the same instant by chance (ties) is decided by
 * numbers, which keep their order.
 */
#ifndef ONHOLD_SIM_LIKENESS_H
#define ONHOLD_SIM_LIKENESS_H

#include "replication.h"

/* *earliest: of the periods of calls that are present, and of the first calls of their callers
 * (OUTSIDE is later than all): nothing is added to the sums of a period before it any more. */
uint64_t likeness_of(const struct replication *r, uint32_t *earliest);

#endif
