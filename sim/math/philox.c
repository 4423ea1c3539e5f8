/* philox.c - ten rounds of multiply, swap and xor.
 *
 * The array form goes from counters to uniforms in one loop without a branch, so that the compiler
 * turns it into vector instructions and nothing but the uniforms goes through memory.
 */
#include "philox.h"

#include <string.h>

#include "clones.h"

#define MULTIPLIER_0 0xD2511F53u
#define MULTIPLIER_1 0xCD9E8D57u
#define WEYL_0       0x9E3779B9u /* the golden ratio */
#define WEYL_1       0xBB67AE85u /* sqrt(3) - 1 */

/* Round k, of 0 to 9, on the four words c0 .. c3. */
#define ROUND(k)                                                                                   \
    do {                                                                                           \
        uint64_t a = (uint64_t)MULTIPLIER_0 * c0, b = (uint64_t)MULTIPLIER_1 * c2;                 \
        c0 = (uint32_t)(b >> 32) ^ c1 ^ (k0 + (uint32_t)(k)*WEYL_0);                               \
        c1 = (uint32_t)b;                                                                          \
        c2 = (uint32_t)(a >> 32) ^ c3 ^ (k1 + (uint32_t)(k)*WEYL_1);                               \
        c3 = (uint32_t)a;                                                                          \
    } while (0)
#define TEN_ROUNDS                                                                                 \
    ROUND(0);                                                                                      \
    ROUND(1);                                                                                      \
    ROUND(2);                                                                                      \
    ROUND(3);                                                                                      \
    ROUND(4);                                                                                      \
    ROUND(5);                                                                                      \
    ROUND(6);                                                                                      \
    ROUND(7);                                                                                      \
    ROUND(8);                                                                                      \
    ROUND(9)

#define ONE_BITS 0x3FF0000000000000u
#define LESS     (1 - 0x1p-53)

/* The bits behind the point of a number in [1, 2), less what makes it an odd multiple of 2^-53 in
 * (0, 1). Both steps are exact. */
static inline double uniform(uint32_t high, uint32_t low)
{
    uint64_t bits = (uint64_t)high << 32 | low;
    bits = bits >> 12 | ONE_BITS;
    double x;
    memcpy(&x, &bits, sizeof x);
    return x - LESS;
}

double philox_uniform(uint32_t high, uint32_t low)
{
    return uniform(high, low);
}

void philox4x32(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    const uint32_t k0 = key[0], k1 = key[1];
    TEN_ROUNDS;
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

static void uniforms_plain(const uint32_t counter[4], const uint32_t key[2], size_t n, double *u0,
                           double *u1)
{
    const uint32_t k0 = key[0], k1 = key[1];
    for (uint32_t i = 0; i < (uint32_t)n; i++) {
        uint32_t c0 = counter[0] + i, c1 = counter[1], c2 = counter[2], c3 = counter[3];
        TEN_ROUNDS;
        u0[i] = uniform(c0, c1);
        u1[i] = uniform(c2, c3);
    }
}

#if CLONES

#include <immintrin.h>

/* Several counters at once: each word in the low half of a lane of 64 bits, where the product of
 * two low halves is one instruction, which does not look at the high halves. So what is left there
 * need not be cleared until the end. */
#define WIDE(name, target_name, bytes, multiply, vector)                                           \
    __attribute__((target(target_name))) static void name(                                         \
        const uint32_t counter[4], const uint32_t key[2], size_t n, double *u0, double *u1)        \
    {                                                                                              \
        typedef uint64_t words __attribute__((vector_size(bytes)));                                \
        typedef double doubles __attribute__((vector_size(bytes), aligned(8)));                    \
        enum { LANES = bytes / 8 };                                                                \
        const words zero = {0}, low = zero + 0xFFFFFFFFu;                                          \
        const words m0 = zero + MULTIPLIER_0, m1 = zero + MULTIPLIER_1;                            \
        words place = zero;                                                                        \
        for (int lane = 0; lane < LANES; lane++)                                                   \
            place[lane] = counter[0] + (uint64_t)lane;                                             \
        size_t done = 0;                                                                           \
        for (; done + LANES <= n; done += LANES, place += LANES) {                                 \
            words c0 = place, c1 = zero + counter[1], c2 = zero + counter[2];                      \
            words c3 = zero + counter[3];                                                          \
            uint32_t k0 = key[0], k1 = key[1];                                                     \
            for (int round = 0; round < 10; round++, k0 += WEYL_0, k1 += WEYL_1) {                 \
                words a = (words)multiply((vector)c0, (vector)m0);                                 \
                words b = (words)multiply((vector)c2, (vector)m1);                                 \
                c0 = b >> 32 ^ c1 ^ (uint64_t)k0;                                                  \
                c1 = b;                                                                            \
                c2 = a >> 32 ^ c3 ^ (uint64_t)k1;                                                  \
                c3 = a;                                                                            \
            }                                                                                      \
            words first = (c0 << 32 | (c1 & low)) >> 12 | ONE_BITS;                                \
            words second = (c2 << 32 | (c3 & low)) >> 12 | ONE_BITS;                               \
            *(doubles *)(u0 + done) = (doubles)first - LESS;                                       \
            *(doubles *)(u1 + done) = (doubles)second - LESS;                                      \
        }                                                                                          \
        const uint32_t rest[4] = {counter[0] + (uint32_t)done, counter[1], counter[2],             \
                                  counter[3]};                                                     \
        uniforms_plain(rest, key, n - done, u0 + done, u1 + done);                                 \
    }

WIDE(uniforms_128, "sse2", 16, _mm_mul_epu32, __m128i)
WIDE(uniforms_256, "avx2", 32, _mm256_mul_epu32, __m256i)
WIDE(uniforms_512, "avx512f", 64, _mm512_mul_epu32, __m512i)

static void (*widest(void))(const uint32_t *, const uint32_t *, size_t, double *, double *)
{
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512f") ? uniforms_512
           : __builtin_cpu_supports("avx2")  ? uniforms_256
                                             : uniforms_128;
}

void philox_uniforms(const uint32_t counter[4], const uint32_t key[2], size_t n, double *u0,
                     double *u1) __attribute__((ifunc("widest")));

#else

void philox_uniforms(const uint32_t counter[4], const uint32_t key[2], size_t n, double *u0,
                     double *u1)
{
    uniforms_plain(counter, key, n, u0, u1);
}

#endif
