/* wait_bins.c - the fine histogram of waits, rounded to a few bins of equal width for people.
 *
 * Widths are 1, 2 or 5 times a power of ten, so that the edges are numbers one would choose. Each
 * fine bin goes whole to the bin that holds its midpoint: at an edge of 40 s a call may be off by
 * 0.2 %. The thresholds of targets are counted exactly elsewhere.
 */
#include "result.h"

#include <math.h>

static uint32_t longest_bin(const struct histogram *a, const struct histogram *b)
{
    uint32_t high_a = hist_highest(a), high_b = hist_highest(b);
    return high_a > high_b ? high_a : high_b;
}

/* The smallest 1, 2 or 5 times a power of ten that is at least x > 0. By multiplication only, so
 * that the bytes are the same on every machine. */
static double round_width(double x)
{
    double power = 1;
    while (power > x)
        power /= 10;
    while (power * 10 <= x)
        power *= 10;
    return power >= x       ? power
           : 2 * power >= x ? 2 * power
           : 5 * power >= x ? 5 * power
                            : 10 * power;
}

/* Sets bins 1 .. n of equal width over (0, upper]; returns n, at most `room`. */
static size_t equal_bins(double upper, size_t room, double *edges)
{
    double width = round_width(upper / (double)room);
    size_t n = (size_t)ceil(upper / width);
    if (n > room)
        n = room;
    for (size_t i = 1; i <= n; i++)
        edges[i + 1] = width * (double)i;
    return n;
}

size_t oh_result_histogram(const oh_result *result, size_t queue, size_t max_bins, double *edges,
                           uint64_t *answered, uint64_t *abandoned)
{
    const struct histogram *both[] = {&result->panel.answered[queue],
                                      &result->panel.abandoned[queue]};
    const struct histogram *a = both[0], *b = both[1];
    if (a->count + b->count == 0 || max_bins < 3)
        return 0;
    uint32_t high = longest_bin(a, b);
    double upper;
    hist_quantiles(both, 2, &(const double){0.999}, 1, &upper);
    if (upper == 0) /* nearly everybody waited nothing: the few who did fill the bins */
        upper = hist_mid(high);
    edges[0] = edges[1] = 0;
    size_t bins = 1;
    if (high > 0)
        bins += equal_bins(upper, max_bins - 2, edges);
    if (high > 0 && hist_mid(high) >= edges[bins])
        edges[++bins] = hist_lower(high + 1);
    for (size_t i = 0; i < bins; i++)
        answered[i] = abandoned[i] = 0;
    size_t at = 0;
    for (uint32_t i = 0; i <= high; i++) {
        while (at + 1 < bins && (at == 0 ? i > 0 : hist_mid(i) >= edges[at + 1]))
            at++;
        answered[at] += a->bin[i];
        abandoned[at] += b->bin[i];
    }
    return bins;
}
