/* philox.h - Philox4x32-10, the counter-based random function.
 *
 * Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011.
 */
#ifndef ONHOLD_SIM_PHILOX_H
#define ONHOLD_SIM_PHILOX_H

#include <stddef.h>
#include <stdint.h>

void philox4x32(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

/* Two uniforms from each of n counters, which differ in word 0: counter[0] + i, modulo 2^32. u0[i]
 * is philox_uniform of words 0 and 1 of what comes out, u1[i] of words 2 and 3. */
void philox_uniforms(const uint32_t counter[4], const uint32_t key[2], size_t n, double *u0,
                     double *u1);

/* 52 random bits as an odd multiple of 2^-53 inside (0, 1). */
double philox_uniform(uint32_t high, uint32_t low);

#endif
