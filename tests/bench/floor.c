/* floor.c - Kiefer and Wolfowitz's recursion with the cheapest random numbers: eight interleaved
 * xoshiro256++ (Blackman and Vigna 2018) and a logarithm that the compiler turns into vectors.
 *
 * Free times lie in a ring of slots in ascending order, with gaps, and a bit for each taken slot.
 * Stands alone: it shares no code with what it is compared to.
 */
#include "floor.h"

#include <stdlib.h>
#include <string.h>

enum { LANES = 8, BLOCK = 1024 };

#if defined __GNUC__ && !defined __clang__ && defined __OPTIMIZE__ && defined __x86_64__
#define WIDE __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define WIDE
#endif

struct generator {
    uint64_t s[4][LANES];
};

static inline uint64_t rotate(uint64_t x, int k)
{
    return x << k | x >> (64 - k);
}

static inline double minus_log(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    bits += 0x3FF0000000000000u - 0x3FE6A09E667F3BCDu; /* the mantissa from sqrt(1/2) to sqrt(2) */
    uint64_t e = bits >> 52 | 0x4330000000000000u;
    uint64_t m = (bits & 0xFFFFFFFFFFFFFu) + 0x3FE6A09E667F3BCDu;
    double k, f;
    memcpy(&k, &e, sizeof k);
    memcpy(&f, &m, sizeof f);
    double s = (f - 1) / (f + 1), z = s * s;
    double r = (((z / 9 + 1.0 / 7) * z + 1.0 / 5) * z + 1.0 / 3) * z + 1;
    return -(k - (0x1p52 + 1023)) * 0.69314718055994531 - 2 * s * r;
}

WIDE static void exponentials(struct generator *g, double *restrict x)
{
    for (int i = 0; i < BLOCK; i += LANES)
        for (int k = 0; k < LANES; k++) {
            uint64_t a = g->s[0][k], b = g->s[1][k], c = g->s[2][k], d = g->s[3][k];
            uint64_t bits = (rotate(a + d, 23) + a) >> 12 | 0x3FF0000000000000u;
            uint64_t t = b << 17;
            c ^= a;
            d ^= b;
            g->s[1][k] = b ^ c;
            g->s[0][k] = a ^ d;
            g->s[2][k] = c ^ t;
            g->s[3][k] = rotate(d, 45);
            double u;
            memcpy(&u, &bits, sizeof u);
            x[i + k] = 2 - u; /* in (0, 1] */
        }
    for (int i = 0; i < BLOCK; i++)
        x[i] = minus_log(x[i]);
}

struct ring {
    double *slot, per_slot;
    uint64_t *used, mask, first;
};

static inline void put(struct ring *r, double t)
{
    uint64_t at = (uint64_t)(int64_t)(t * r->per_slot);
    if (at < r->first)
        at = r->first;
    for (; r->used[(at & r->mask) >> 6] >> (at & 63) & 1; at++) {
        double *there = &r->slot[at & r->mask];
        if (*there > t) {
            double later = *there;
            *there = t;
            t = later;
        }
    }
    r->used[(at & r->mask) >> 6] |= (uint64_t)1 << (at & 63);
    r->slot[at & r->mask] = t;
}

static inline double take(struct ring *r)
{
    uint64_t word = r->used[(r->first & r->mask) >> 6] >> (r->first & 63);
    while (!word) {
        r->first = (r->first | 63) + 1;
        word = r->used[(r->first & r->mask) >> 6];
    }
    r->first += (uint64_t)__builtin_ctzll(word);
    r->used[(r->first & r->mask) >> 6] &= ~((uint64_t)1 << (r->first & 63));
    return r->slot[r->first & r->mask];
}

struct floor {
    struct generator generator;
    struct ring ring;
    double rate, handling, patience, now;
    uint64_t settling, counted, abandoned; /* calls until it has forgotten how it began */
    double gap[BLOCK], work[BLOCK], limit[BLOCK];
};

static uint64_t block(struct floor *f, struct ring *r)
{
    uint64_t gone = 0;
    double now = f->now;
    exponentials(&f->generator, f->gap);
    exponentials(&f->generator, f->work);
    exponentials(&f->generator, f->limit);
    for (int i = 0; i < BLOCK; i++) {
        now += f->gap[i] / f->rate;
        double free_at = take(r), begun = free_at > now ? free_at : now;
        int leaves = begun > now + f->limit[i] * f->patience;
        put(r, leaves ? free_at : begun + f->work[i] * f->handling);
        gone += (uint64_t)leaves;
    }
    f->now = now;
    return gone;
}

void floor_play(struct floor *f, uint64_t calls)
{
    struct ring r = f->ring; /* in registers */
    for (uint64_t done = 0; done < calls; done += BLOCK) {
        uint64_t gone = block(f, &r);
        if (f->settling > 0) {
            f->settling -= f->settling < BLOCK ? f->settling : BLOCK;
            continue;
        }
        f->abandoned += gone;
        f->counted += BLOCK;
    }
    f->ring = r;
}

double floor_abandoned(const struct floor *f)
{
    return (double)f->abandoned / (double)f->counted;
}

struct floor *floor_new(uint32_t agents, double rate, double handling, double patience)
{
    struct floor *f = calloc(1, sizeof *f);
    struct ring r = {.per_slot = 8 * agents / handling, .mask = 63};
    while (r.mask < 256 * (uint64_t)agents) /* 32 mean handling times: none is ever longer */
        r.mask = 2 * r.mask + 1;
    r.slot = malloc((r.mask + 1) * sizeof *r.slot);
    r.used = calloc((r.mask + 1) / 64, sizeof *r.used);
    if (!f || !r.slot || !r.used)
        abort();
    f->rate = rate;
    f->handling = handling;
    f->patience = patience;
    f->settling = 10 * (uint64_t)agents;
    for (uint64_t i = 0; i < 4; i++)
        for (uint64_t k = 0; k < LANES; k++)
            f->generator.s[i][k] = (4 * k + i + 1) * 0x9E3779B97F4A7C15u;
    for (uint32_t i = 0; i < agents; i++) /* all at work, and soon free */
        put(&r, handling * i / agents);
    f->ring = r;
    return f;
}

void floor_free(struct floor *f)
{
    if (!f)
        return;
    free(f->ring.slot);
    free(f->ring.used);
    free(f);
}
