/* floor.h - how fast could it be? One pool by the barest recursion: no statistics but what is
 * checked, no keys, no ties.
 */
#ifndef ONHOLD_TESTS_FLOOR_H
#define ONHOLD_TESTS_FLOOR_H

#include <stdint.h>

struct floor_result {
    double seconds; /* of the processor */
    double abandoned;
};

/* Exponential everything; the arrival rate per second, means in seconds. Aborts without memory. */
struct floor_result floor_play(uint32_t agents, double arrival_rate, double handling,
                               double patience, uint64_t calls);

#endif
