/* draw.c - from who draws, and for what, to a uniform number.
 *
 * The 128 bits of the counter: word 0 and the low half of word 1 are the caller, the high half of
 * word 1 is the visit, word 2 is the source, word 3 is the block (8 bits) and the part (24 bits).
 */
#include "draw.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "philox.h"

/* 52 random bits behind the point of a number in [1, 2), less what makes it an odd multiple of
 * 2^-53 in (0, 1). Both steps are exact. */
static inline double uniform(uint32_t high, uint32_t low)
{
    uint64_t bits = (uint64_t)high << 32 | low;
    bits = bits >> 12 | 0x3FF0000000000000u;
    double x;
    memcpy(&x, &bits, sizeof x);
    return x - (1 - 0x1p-53);
}

static inline uint32_t caller_high(const struct draw_key *key, uint64_t caller)
{
    return (uint32_t)(caller >> 32) | key->visit << 16;
}

uint32_t draw_source(const char *name)
{
    uint32_t hash = 2166136261u;
    for (const unsigned char *c = (const unsigned char *)name; *c; c++)
        hash = (hash ^ *c) * 16777619u;
    return hash;
}

void draw_block(const struct draw_key *key, uint32_t block, uint32_t part, uint64_t first, size_t n,
                double *u0, double *u1)
{
    assert(block < 256 && part < 1u << 24 && key->visit < 1u << 16);
    const uint32_t philox_key[2] = {key->seed, key->replication};
    const uint32_t last_word = block | part << 8;
    uint32_t c0[PHILOX_BATCH], c1[PHILOX_BATCH], c2[PHILOX_BATCH], c3[PHILOX_BATCH];
    double whole0[PHILOX_BATCH], whole1[PHILOX_BATCH];
    for (size_t done = 0; done < n; done += PHILOX_BATCH) {
        for (int i = 0; i < PHILOX_BATCH; i++) {
            uint64_t caller = first + done + (uint64_t)i;
            c0[i] = (uint32_t)caller;
            c1[i] = caller_high(key, caller);
            c2[i] = key->source;
            c3[i] = last_word;
        }
        philox4x32_n(c0, c1, c2, c3, philox_key);
        /* A batch that is not full is drawn whole and copied in part: one loop, one set of bits. */
        bool full = n - done >= PHILOX_BATCH;
        double *to0 = full ? u0 + done : whole0, *to1 = full ? u1 + done : whole1;
        for (int i = 0; i < PHILOX_BATCH; i++) {
            to0[i] = uniform(c0[i], c1[i]);
            to1[i] = uniform(c2[i], c3[i]);
        }
        if (!full) {
            memcpy(u0 + done, whole0, (n - done) * sizeof *u0);
            memcpy(u1 + done, whole1, (n - done) * sizeof *u1);
        }
    }
}

double draw_one(const struct draw_key *key, enum purpose purpose, uint32_t part, uint64_t caller)
{
    const uint32_t philox_key[2] = {key->seed, key->replication};
    const uint32_t counter[4] = {(uint32_t)caller, caller_high(key, caller), key->source,
                                 (uint32_t)purpose / 2 | part << 8};
    uint32_t out[4];
    philox4x32(counter, philox_key, out);
    return (uint32_t)purpose % 2 == 0 ? uniform(out[0], out[1]) : uniform(out[2], out[3]);
}
