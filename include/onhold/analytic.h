/* analytic.h - exact queueing formulas: Erlang B, C, A and M/M/n+G, and their inverses.
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

/* ---- the other way round: agents, load or time for a target ---- */

/* What is wanted of a queue: a figure, by the name of its field ("service_level", "asa",
 * "abandon_rate", "occupancy"), and its level. Service levels shall be at least that, all other
 * figures at most. */
typedef struct oh_goal {
    const char *metric;
    double level;
} oh_goal;

/* The figure of that name, NULL if there is none; and whether goals on it are upper bounds. */
const double *oh_figure_find(const oh_queue_figures *figures, const char *metric);
bool oh_figure_at_most(const char *metric);
/* Does it hold? An undefined figure (nobody abandons, so nobody's wait) does not fail. */
bool oh_goal_holds(const oh_goal *goal, const oh_queue_figures *figures);

/* A steady queue: M/M/n+M, with infinite patience M/M/n (Erlang C), or with a survival function,
 * for which see oh_mmng, M/M/n+G. */
typedef struct oh_steady_queue {
    double rate, handling;    /* per second, s */
    double patience;          /* mean, s; INFINITY: never. Not looked at with a survival function */
    double threshold;         /* s */
    oh_survival_fn *survival; /* or NULL */
    const void *user;
    const double *atoms;
    size_t n_atoms;
} oh_steady_queue;

/* Its figures with that many agents; senseless arguments as in oh_erlang_a. */
oh_status oh_steady_figures(const oh_steady_queue *queue, double agents, oh_queue_figures *out);

/* The fewest agents for which the goal holds, by bisection: all figures that a goal may be set on
 * get better with each agent. 0 if nobody calls. OH_ARGUMENT: senseless arguments or no such
 * metric; OH_LIMIT: no number up to ten million does (a service level above 1). *agents is NaN
 * unless the result is OH_OK. */
oh_status oh_erlang_agents(const oh_steady_queue *queue, const oh_goal *goal, double *agents);

/* The highest arrival rate (per second) at which that many agents reach the goal, to 1e-12 of
 * itself; the queue's own rate is not looked at. INFINITY: every rate; 0: not even the lowest. */
oh_status oh_erlang_rate(const oh_steady_queue *queue, const oh_goal *goal, double agents,
                         double *rate);

/* The shortest time limit t (s) for which the goal, a service level, holds; the queue's threshold
 * is not looked at. INFINITY: none (more abandon than the goal allows, or no steady state). */
oh_status oh_erlang_time(const oh_steady_queue *queue, const oh_goal *goal, double agents,
                         double *threshold);

/* Erlang B: the fewest servers that block at most that share (0 < blocked <= 1), and the highest
 * load (erlang) of which so many servers block at most that share (below 1). NaN for senseless
 * arguments. Waiting without patience: the load at which agents delay at most that share (Erlang
 * C, below `agents`). */
double oh_erlang_b_servers(double load, double blocked);
double oh_erlang_b_load(double servers, double blocked);
double oh_erlang_c_load(double agents, double delayed);

/* Square-root staffing: load + beta sqrt(load) agents, rounded up, at least 0. beta belongs to the
 * share that has to wait: Halfin and Whitt (1981) for patience INFINITY (beta > 0), Garnett,
 * Mandelbaum and Reiman (2002) otherwise (any beta). delayed in (0, 1); NaN for anything else. */
double oh_square_root_beta(double delayed, double handling, double patience);
double oh_square_root_agents(double load, double beta);

#endif
