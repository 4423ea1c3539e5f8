/* rules.h - every routing rule: one file and one row of the lists in rules.c.
 *
 * A choose rule says what an agent is compared by (the lower first, then the longest idle, then the
 * number); a pick rule how urgent a queue is for a group (the higher first, then the longest
 * waiting, then file order). `random` counts the candidates instead: see routing.c.
 */
#ifndef ONHOLD_SIM_RULES_H
#define ONHOLD_SIM_RULES_H

#include "replication.h"

choose_fn choose_longest_idle, choose_least_busy, choose_least_loaded, choose_most_loaded,
    choose_fixed;
pick_fn pick_class, pick_longest_wait, pick_longest_queue, pick_weighted_wait, pick_queue_ratio;

#endif
