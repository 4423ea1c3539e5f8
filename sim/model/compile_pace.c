/* compile_pace.c - what an engine derives from a whole model: the tick in which times are summed.
 */
#include <math.h>

#include "compile.h"

/* Ticks of the shortest mean handling: 2^34 and more. Of the whole clock: at most 2^51, so that a
 * time in ticks is exact in a double. */
enum { HANDLING_BITS = 34, CLOCK_BITS = 50 };

/* Times doubled give a tick doubled, and all figures the same bits. */
void compile_ticks(struct oh_model *m)
{
    double shortest = INFINITY, longest = m->close - m->start;
    for (size_t q = 0; q < m->queues; q++) {
        double mean = m->queue[q].mean_handling;
        if (mean > 0 && isfinite(mean)) {
            shortest = fmin(shortest, mean);
            longest = fmax(longest, mean);
        }
    }
    int tick = ilogb(longest) - CLOCK_BITS;
    if (isfinite(shortest) && ilogb(shortest) - HANDLING_BITS > tick)
        tick = ilogb(shortest) - HANDLING_BITS;
    m->ticks_per_second = ldexp(1, -tick);
}
