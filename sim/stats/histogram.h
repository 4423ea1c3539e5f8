/* histogram.h - counts of waits in bins of relative width at most 2^-8 (0.39 %), zero exact.
 *
 * The bin is the double's exponent and first 8 mantissa bits: no logarithm. A quantile is the
 * midpoint of its bin, so its relative error is at most 0.2 %. Waits above 0 and below 2^-20 s are
 * counted as 2^-20 s (an error of a microsecond), waits of 2^27 s (four years) and more as 2^27 s.
 */
#ifndef ONHOLD_SIM_HISTOGRAM_H
#define ONHOLD_SIM_HISTOGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum {
    HIST_OCTAVE_BITS = 8,
    HIST_LOW = -20,
    HIST_HIGH = 27,
    HIST_BINS = ((HIST_HIGH - HIST_LOW) << HIST_OCTAVE_BITS) + 2,
    HIST_BLOCK_BITS = 6,
    HIST_BLOCKS = (HIST_BINS >> HIST_BLOCK_BITS) + 1
};

/* Counts by bin, and by block of 64 bins, so that whoever walks over a histogram skips what is
 * empty: a day's waits are in a few hundred of 12,000 bins. */
struct histogram {
    uint64_t count;
    uint64_t *bin;   /* HIST_BLOCKS * 64, owned */
    uint64_t *block; /* HIST_BLOCKS, in the same memory */
};

bool hist_init(struct histogram *h); /* false: no memory */
void hist_free(struct histogram *h);
void hist_clear(struct histogram *h); /* only the used blocks */
void hist_merge(struct histogram *into, const struct histogram *from);

/* Bin 0 is exactly zero. x is not negative and not NaN; infinity is in the last bin. */
static inline uint32_t hist_bin(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    if (x <= 0)
        return 0;
    int64_t b = (int64_t)(bits >> (52 - HIST_OCTAVE_BITS)) -
                ((int64_t)(1023 + HIST_LOW) << HIST_OCTAVE_BITS) + 1;
    return b < 1 ? 1 : b >= HIST_BINS ? HIST_BINS - 1 : (uint32_t)b;
}

static inline void hist_add(struct histogram *h, double x)
{
    uint32_t b = hist_bin(x);
    h->bin[b]++;
    h->block[b >> HIST_BLOCK_BITS]++;
    h->count++;
}

static inline void hist_add_many(struct histogram *h, double x, uint64_t n)
{
    uint32_t b = hist_bin(x);
    h->bin[b] += n;
    h->block[b >> HIST_BLOCK_BITS] += n;
    h->count += n;
}

/* All of them; none is zero. */
static inline void hist_add_all(struct histogram *h, const double *x, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t b = hist_bin(x[i]);
        h->bin[b]++;
        h->block[b >> HIST_BLOCK_BITS]++;
    }
    h->count += n;
}

uint32_t hist_highest(const struct histogram *h); /* the highest used bin, 0 if empty */
double hist_lower(uint32_t bin);                  /* lower edge; upper is hist_lower(bin + 1) */
/* Zero for bin 0, 2^27 for the last one, which has no upper edge. */
double hist_mid(uint32_t bin);

/* The smallest value with at least ceil(share n) of the n counts of `parts` histograms together at
 * or below it: the bin's midpoint. `shares` ascend, 0 < share <= 1; NaN if all are empty. */
void hist_quantiles(const struct histogram *const *part, size_t parts, const double *share,
                    size_t shares, double *quantile);

#endif
