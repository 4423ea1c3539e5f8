/* figures.h - what the queueing formulas share: from a handful of probabilities and mean waits to
 * all figures.
 */
#ifndef ONHOLD_SIM_FIGURES_H
#define ONHOLD_SIM_FIGURES_H

#include <onhold/analytic.h>

/* Shares of all arrivals, and times in seconds. */
struct figures {
    double delayed;
    double served, abandoned;                 /* sum to 1 */
    double served_in_time;                    /* served, wait <= t: A_t / O */
    double abandoned_in_time;                 /* B_t / O */
    double wait, wait_served, wait_abandoned; /* means over all arrivals: E[wait; served] etc. */
};

/* Arguments that the formulas have in common; rate 0 is fine. */
bool figures_arguments(double rate, double handling, double agents, double threshold);

void figures_nan(oh_queue_figures *out);
/* Nobody calls: everybody would be served at once. */
void figures_idle(oh_queue_figures *out);
/* No steady state: the queue grows for ever. */
void figures_overloaded(oh_queue_figures *out);
void figures_fill(const struct figures *f, double rate, double handling, double agents,
                  oh_queue_figures *out);

#endif
