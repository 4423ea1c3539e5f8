/* analytic.h - exact queueing formulas: Erlang B, C, A and M/M/n+G.
 *
 * Times in seconds, rates per second. Agents are a whole number from 1 to 1e9 (servers from 0).
 * Senseless arguments (a negative rate, half an agent) give NaN and OH_ARGUMENT. A rate of 0 gives
 * the figures of a call that would come: served at once. No powers, no factorials, no calls that
 * could reach GSL's error handler: fine at 100,000 agents.
 */
#ifndef ONHOLD_ANALYTIC_H
#define ONHOLD_ANALYTIC_H

#include <onhold/base.h>

/* Erlang B, blocking probability for load a (erlang) and n servers: B_0 = 1,
 * B_k = a B_{k-1} / (k + a B_{k-1}) (Erlang 1917). */
double oh_erlang_b(double load, double servers);

typedef struct oh_queue_figures {
    double delayed;                /* P(wait > 0) */
    double abandon_rate;           /* B / O */
    double service_level;          /* A_t / O */
    double service_level_answered; /* A_t / A */
    double service_level_net;      /* A_t / (O - B_t) */
    double service_level_credit;   /* (A_t + B_t) / O */
    double asa;                    /* mean wait of the answered, s */
    double wait;                   /* mean wait of all offered, s */
    double wait_abandoned;         /* mean wait of the abandoned, s; NaN if nobody abandons */
    double queue_length;           /* mean number waiting */
    double occupancy;
} oh_queue_figures;

/* Erlang C (M/M/n): arrival rate, mean handling, agents n, threshold t. load >= n: delayed 1,
 * service level 0, waits infinite. */
oh_status oh_erlang_c(double rate, double handling, double agents, double threshold,
                      oh_queue_figures *out);

/* Erlang A (M/M/n+M; Palm 1957, Garnett, Mandelbaum and Reiman 2002) with mean patience. */
oh_status oh_erlang_a(double rate, double handling, double patience, double agents,
                      double threshold, oh_queue_figures *out);

/* M/M/n+G (Baccelli and Hebuterne 1981; Zeltyn and Mandelbaum 2005) by quadrature: survival(x) is
 * the probability that patience exceeds x; `atoms` (ascending) lists the points where it jumps or
 * bends, so that quadrature can split there. balk is the share that leaves at once if it must
 * wait. A caller with patience p is served if the wait is at most p. The figures are exact to
 * about 1e-12, for smooth patience between the atoms. Without a steady state (so many wait for
 * ever that the agents cannot keep up) they are those of Erlang C with load >= agents. */
typedef double oh_survival_fn(double x, const void *user);
oh_status oh_mmng(double rate, double handling, double agents, double threshold, double balk,
                  oh_survival_fn *survival, const void *user, const double *atoms, size_t n_atoms,
                  oh_queue_figures *out);

#endif
