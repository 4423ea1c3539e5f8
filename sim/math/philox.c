/* philox.c - ten rounds of multiply, swap and xor.
 *
 * The array form is the one that draws use: it keeps each of the four words in an array of its
 * own, so that the compiler turns a round over many counters into vector instructions.
 */
#include "philox.h"

enum { ROUNDS = 10 };

#define MULTIPLIER_0 0xD2511F53u
#define MULTIPLIER_1 0xCD9E8D57u
#define WEYL_0       0x9E3779B9u /* the golden ratio */
#define WEYL_1       0xBB67AE85u /* sqrt(3) - 1 */

void philox4x32(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t a = (uint64_t)MULTIPLIER_0 * c0;
        uint64_t b = (uint64_t)MULTIPLIER_1 * c2;
        c0 = (uint32_t)(b >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)b;
        c2 = (uint32_t)(a >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)a;
        k0 += WEYL_0;
        k1 += WEYL_1;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

void philox4x32_n(uint32_t *restrict c0, uint32_t *restrict c1, uint32_t *restrict c2,
                  uint32_t *restrict c3, const uint32_t key[2])
{
    uint32_t k0 = key[0], k1 = key[1];
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < PHILOX_BATCH; i++) {
            uint64_t a = (uint64_t)MULTIPLIER_0 * c0[i];
            uint64_t b = (uint64_t)MULTIPLIER_1 * c2[i];
            c0[i] = (uint32_t)(b >> 32) ^ c1[i] ^ k0;
            c1[i] = (uint32_t)b;
            c2[i] = (uint32_t)(a >> 32) ^ c3[i] ^ k1;
            c3[i] = (uint32_t)a;
        }
        k0 += WEYL_0;
        k1 += WEYL_1;
    }
}
