/* histogram.c - histograms of waits. One pass over the used bins gives all quantiles at once.
 */
#include "histogram.h"

#include <math.h>
#include <stdlib.h>

static void forget_range(struct histogram *h)
{
    h->count = 0;
    h->low = HIST_BINS;
    h->high = 0;
}

bool hist_init(struct histogram *h)
{
    forget_range(h);
    h->bin = calloc(HIST_BINS, sizeof *h->bin);
    return h->bin != NULL;
}

void hist_free(struct histogram *h)
{
    free(h->bin);
    h->bin = NULL;
}

void hist_clear(struct histogram *h)
{
    if (h->low <= h->high)
        memset(h->bin + h->low, 0, (h->high - h->low + 1) * sizeof *h->bin);
    forget_range(h);
}

void hist_merge(struct histogram *into, const struct histogram *from)
{
    for (uint32_t b = from->low; b <= from->high; b++)
        into->bin[b] += from->bin[b];
    into->count += from->count;
    if (from->low < into->low)
        into->low = from->low;
    if (from->high > into->high)
        into->high = from->high;
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
static double rank_of(double share, uint64_t n)
{
    double rank = ceil(share * (double)n * (1 - 1e-15));
    return rank < 1 ? 1 : rank;
}

void hist_quantiles(const struct histogram *const *part, size_t parts, const double *share,
                    size_t shares, double *quantile)
{
    uint64_t n = 0;
    uint32_t low = HIST_BINS, high = 0;
    for (size_t i = 0; i < parts; i++) {
        n += part[i]->count;
        low = part[i]->low < low ? part[i]->low : low;
        high = part[i]->high > high ? part[i]->high : high;
    }
    size_t done = 0;
    uint64_t below = 0;
    for (uint32_t b = low; b <= high && done < shares; b++) {
        for (size_t i = 0; i < parts; i++)
            below += part[i]->bin[b];
        while (done < shares && (double)below >= rank_of(share[done], n))
            quantile[done++] = hist_mid(b);
    }
    while (done < shares)
        quantile[done++] = NAN;
}
