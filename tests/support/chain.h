/* chain.h - small Markov chains in continuous time, built from rules and solved to the last digits.
 *
 * A state is a short row of whole numbers: agents busy with this and that, contacts waiting, ...
 * The states are found by following the rules from the empty system; the long-run share of time in
 * each is the solution of pi Q = 0 (Grassmann, Taksar and Heyman 1985 for small chains, otherwise
 * Gauss-Seidel sweeps in both directions, until the flow into and out of every state agrees).
 *
 * Everything fails the running test instead of returning an error.
 */
#ifndef ONHOLD_TESTS_CHAIN_H
#define ONHOLD_TESTS_CHAIN_H

#include <stdbool.h>
#include <stddef.h>

enum { CHAIN_MAX_DIM = 16 };

struct chain;

struct chain_rules {
    size_t dim;
    /* Names every change out of state x, by chain_to or chain_by. */
    void (*moves)(struct chain *chain, const int x[], const void *data);
    /* What follows from a change in no time: free agents take who waits. May be NULL. */
    void (*settle)(int x[], const void *data);
    /* most[i] > 0: a change that ends above it is left out, and the time spent there must be
     * negligible. NULL, or 0: no such limit. */
    const int *most;
    const void *data;
};

/* From the state of all zeros. */
struct chain *chain_solve(const struct chain_rules *rules);
void chain_free(struct chain *chain);

/* Only from `moves`: the change to y, at so many a second. A rate of 0 or y = x is no change. */
void chain_to(struct chain *chain, const int y[], double rate);
/* The same with y = x but for pairs (coordinate, by how much), after which CHAIN_END. */
enum { CHAIN_END = -1 };
void chain_by(struct chain *chain, const int x[], double rate, const int pairs[]);
#define CHAIN_BY(chain, x, rate, ...)                                                              \
    chain_by(chain, x, rate, (const int[]){__VA_ARGS__, CHAIN_END})

/* The solution: state i of chain_states and its share of all time. */
size_t chain_states(const struct chain *chain);
const int *chain_state(const struct chain *chain, size_t i);
double chain_share(const struct chain *chain, size_t i);
/* The mean of one coordinate. */
double chain_mean(const struct chain *chain, size_t coordinate);
/* How well the balance holds: largest |flow in - flow out| of a state / the flow of all. */
double chain_residual(const struct chain *chain);

/* The same solution by the other method, for a test of both. */
void chain_solve_by_elimination(struct chain *chain);
void chain_solve_by_sweeps(struct chain *chain);

#endif
