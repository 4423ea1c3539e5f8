/* fit_at_once.h - agents who hold several contacts at once, as with chats.
 *
 * A few contacts that begin before the agent's last one has ended are faults of the log; where many
 * do, agents hold several: how many at most is counted by queue, and how much slower each goes by
 * how often contacts end, for each number in hand: ends over the time that contacts spent there.
 * For exponential work that is the likeliest pace. Paces are measured against the mean contact, so
 * that the handling times of the log stay as they are.
 */
#ifndef ONHOLD_SIM_FIT_AT_ONCE_H
#define ONHOLD_SIM_FIT_AT_ONCE_H

#include "fit_ready.h"

/* `stint` in order of day, agent and start; at_once has room for all queues. */
void at_once_study(struct fit_at_once *at_once, size_t queues, const struct stint *stint, size_t n,
                   uint8_t group, double slack);

#endif
