/* draw.c - from who draws, and for what, to a uniform number.
 *
 * The 128 bits of the counter: word 0 and the low half of word 1 are the caller, the high half of
 * word 1 is the visit, word 2 is the source, word 3 is the block (8 bits) and the part (24 bits).
 */
#include "draw.h"

#include <assert.h>

#include "philox.h"

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
    for (size_t done = 0, now; done < n; done += now) {
        uint64_t caller = first + done, same_high = ((uint64_t)1 << 32) - (uint32_t)caller;
        const uint32_t counter[4] = {(uint32_t)caller, caller_high(key, caller), key->source,
                                     block | part << 8};
        now = n - done < same_high ? n - done : (size_t)same_high;
        philox_uniforms(counter, philox_key, now, u0 + done, u1 + done);
    }
}

double draw_one(const struct draw_key *key, enum purpose purpose, uint32_t part, uint64_t caller)
{
    const uint32_t philox_key[2] = {key->seed, key->replication};
    const uint32_t counter[4] = {(uint32_t)caller, caller_high(key, caller), key->source,
                                 (uint32_t)purpose / 2 | part << 8};
    uint32_t out[4];
    philox4x32(counter, philox_key, out);
    return (uint32_t)purpose % 2 == 0 ? philox_uniform(out[0], out[1])
                                      : philox_uniform(out[2], out[3]);
}

void draw_two(const struct draw_key *key, enum purpose purpose, uint64_t caller, double u[2])
{
    assert((uint32_t)purpose % 2 == 0);
    const uint32_t philox_key[2] = {key->seed, key->replication};
    const uint32_t counter[4] = {(uint32_t)caller, caller_high(key, caller), key->source,
                                 (uint32_t)purpose / 2};
    uint32_t out[4];
    philox4x32(counter, philox_key, out);
    u[0] = philox_uniform(out[0], out[1]);
    u[1] = philox_uniform(out[2], out[3]);
}
