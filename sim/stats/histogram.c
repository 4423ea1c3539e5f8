/* histogram.c - histograms of waits. One pass over the used blocks gives all quantiles at once.
 */
#include "histogram.h"

#include <math.h>
#include <stdlib.h>

#include "../math/clones.h"

enum { BLOCK = 1 << HIST_BLOCK_BITS };

bool hist_init(struct histogram *h)
{
    h->count = 0;
    h->bin = calloc((size_t)HIST_BLOCKS * (BLOCK + 1), sizeof *h->bin);
    h->block = h->bin ? h->bin + (size_t)HIST_BLOCKS * BLOCK : NULL;
    return h->bin != NULL;
}

void hist_free(struct histogram *h)
{
    free(h->bin);
    h->bin = h->block = NULL;
}

void hist_clear(struct histogram *h)
{
    for (size_t k = 0; k < HIST_BLOCKS && h->count > 0; k++) {
        if (h->block[k] == 0)
            continue;
        memset(h->bin + k * BLOCK, 0, BLOCK * sizeof *h->bin);
        h->count -= h->block[k];
        h->block[k] = 0;
    }
}

/* Of a fixed length and apart, so that the compiler makes vectors of it. */
CLONED
static void add_block(uint64_t *restrict into, const uint64_t *restrict from)
{
    for (size_t i = 0; i < BLOCK; i++)
        into[i] += from[i];
}

void hist_merge(struct histogram *into, const struct histogram *from)
{
    into->count += from->count;
    for (size_t k = 0; k < HIST_BLOCKS; k++) {
        if (from->block[k] == 0)
            continue;
        into->block[k] += from->block[k];
        add_block(into->bin + k * BLOCK, from->bin + k * BLOCK);
    }
}

uint32_t hist_highest(const struct histogram *h)
{
    size_t k = HIST_BLOCKS - 1, b;
    while (k > 0 && h->block[k] == 0)
        k--;
    for (b = (k + 1) * BLOCK - 1; b > k * BLOCK && h->bin[b] == 0;)
        b--;
    return (uint32_t)b;
}

double hist_lower(uint32_t bin)
{
    if (bin == 0)
        return 0;
    uint32_t octave = (bin - 1) >> HIST_OCTAVE_BITS;
    uint32_t step = (bin - 1) & ((1U << HIST_OCTAVE_BITS) - 1);
    return ldexp(1 + ldexp(step, -HIST_OCTAVE_BITS), (int)octave + HIST_LOW);
}

double hist_mid(uint32_t bin)
{
    if (bin == 0)
        return 0;
    if (bin == HIST_BINS - 1)
        return hist_lower(bin);
    return (hist_lower(bin) + hist_lower(bin + 1)) / 2;
}

/* ceil(share n), where rounding has not made a whole number a little larger. */
static uint64_t rank_of(double share, uint64_t n)
{
    double rank = ceil(share * (double)n * (1 - 1e-15));
    return rank < 1 ? 1 : (uint64_t)rank;
}

void hist_quantiles(const struct histogram *const *part, size_t parts, const double *share,
                    size_t shares, double *quantile)
{
    uint64_t n = 0, below = 0;
    size_t done = 0;
    for (size_t i = 0; i < parts; i++)
        n += part[i]->count;
    for (size_t k = 0; k < HIST_BLOCKS && done < shares && n > 0; k++) {
        uint64_t inside = 0;
        for (size_t i = 0; i < parts; i++)
            inside += part[i]->block[k];
        if (inside == 0 || below + inside < rank_of(share[done], n)) {
            below += inside;
            continue;
        }
        uint64_t sum[BLOCK] = {0}, rank = rank_of(share[done], n);
        for (size_t i = 0; i < parts; i++)
            if (part[i]->block[k] > 0)
                add_block(sum, part[i]->bin + k * BLOCK);
        for (size_t b = 0; b < BLOCK; b++) {
            below += sum[b];
            for (; done < shares && below >= rank; done++) {
                quantile[done] = hist_mid((uint32_t)(k * BLOCK + b));
                rank = done + 1 < shares ? rank_of(share[done + 1], n) : UINT64_MAX;
            }
        }
    }
    while (done < shares)
        quantile[done++] = NAN;
}
