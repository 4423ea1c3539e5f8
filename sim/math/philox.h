/* philox.h - Philox4x32-10, the counter-based random function.
 *
 * Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011.
 */
#ifndef ONHOLD_SIM_PHILOX_H
#define ONHOLD_SIM_PHILOX_H

#include <stdint.h>

enum { PHILOX_BATCH = 64 };

void philox4x32(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

/* The same for PHILOX_BATCH counters, in place: word k of counter i is ck[i]. */
void philox4x32_n(uint32_t *restrict c0, uint32_t *restrict c1, uint32_t *restrict c2,
                  uint32_t *restrict c3, const uint32_t key[2]);

#endif
