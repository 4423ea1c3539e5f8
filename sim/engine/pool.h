/* pool.h - one pool of agents, first come first served, without an event list.
 *
 * Kiefer and Wolfowitz 1955: with calls served in order of arrival, a call goes to the agent who is
 * free first, whatever the events between. So a call is over, for the statistics, when it arrives.
 * Gives the same bits as the general engine: what it counts are whole numbers (sums.h), and what it
 * compares are the same doubles. For scenarios whose model says so (model->no_pool is NULL).
 */
#ifndef ONHOLD_SIM_POOL_H
#define ONHOLD_SIM_POOL_H

#include <stdbool.h>

struct pool;
struct replication;
struct oh_model;

struct pool *pool_new(const struct oh_model *model); /* NULL: no memory */
void pool_free(struct pool *pool);

/* Plays r->play into r->sums and the histograms, from a replication that was just reset. False:
 * this replication is beyond it (somebody waits for ever, or too many do): play it in general. The
 * histograms are then empty, and the sums mean nothing. */
bool pool_play(struct pool *pool, struct replication *r);

#endif
