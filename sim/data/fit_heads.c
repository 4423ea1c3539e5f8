/* fit_heads.c - from the number on duty to the heads that are written.
 */
#include <math.h>

#include "fit_parts.h"

/* The nearest slot of the weekday whose number is known. */
static double nearest(const double *x, size_t first, size_t end, size_t at)
{
    for (size_t far = 1; far < end - first; far++) {
        if (at >= first + far && !isnan(x[at - far]))
            return x[at - far];
        if (at + far < end && !isnan(x[at + far]))
            return x[at + far];
    }
    return NAN;
}

/* What is to be written of a slot, not yet whole. */
static double wanted(const oh_fit *fit, const struct fit_group *g, unsigned w, size_t s)
{
    const struct fit_opening *o = &fit->calendar.opening[w];
    double x = g->effective[w][s];
    if (isnan(x) && fit->agents.named)
        x = g->ratio * g->seen[w][s];
    else if (isnan(x))
        x = nearest(g->effective[w], o->first, o->end, s);
    if (isnan(x) && !fit->intervals) /* nobody ever waited: at least so many */
        x = g->peak[w][s];
    x = isnan(x) ? 0 : x * fit->agents.tuned;
    if (g->spread.written) /* scheduled, of whom some are absent */
        x /= 1 - g->spread.absence.value;
    return x;
}

/* Whole numbers. What rounding takes from one day it gives to the next one of those that are alike,
 * and from the last one to the next slot: so the mean of the days and the hours stay right. */
static void write_counts(const oh_fit *fit, struct fit_group *g, unsigned kind)
{
    const struct fit_opening *o = &fit->calendar.opening[kind];
    double carry = 0;
    for (size_t s = o->first; s < o->end; s++) {
        for (unsigned w = kind; w < WEEKDAYS; w++) {
            if (g->same[w] != kind || !fit->calendar.opening[w].open)
                continue;
            double x = wanted(fit, g, w, s);
            /* where calls were answered on most days, somebody was there */
            bool somebody = x > 0.25 || g->distinct[w][s] >= 0.5;
            double whole = fmax(floor(x + carry + 0.5), somebody ? 1 : 0);
            carry = fmax(fmin(carry + x - whole, 0.5), -0.5);
            g->count[w][s] = whole;
        }
    }
}

void agents_write_counts(oh_fit *fit)
{
    for (size_t g = 0; g < fit->agents.groups; g++)
        for (unsigned w = 0; w < WEEKDAYS; w++)
            if (fit->agents.group[g].same[w] == w && fit->calendar.opening[w].open)
                write_counts(fit, &fit->agents.group[g], w);
}
