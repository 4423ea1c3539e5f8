/* floor.h - how fast could it be? One pool by the barest recursion: no statistics but what is
 * checked, no keys, no ties.
 */
#ifndef ONHOLD_TESTS_FLOOR_H
#define ONHOLD_TESTS_FLOOR_H

#include <stdint.h>

struct floor;

/* Exponential everything; the arrival rate per second, means in seconds. Aborts without memory. */
struct floor *floor_new(uint32_t agents, double arrival_rate, double handling, double patience);
void floor_free(struct floor *floor);

/* Goes on for so many calls more, rounded up to blocks of 1,024. */
void floor_play(struct floor *floor, uint64_t calls);

/* The share that gave up, of all calls but the first ten for each agent. */
double floor_abandoned(const struct floor *floor);

#endif
