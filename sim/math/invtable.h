/* invtable.h - a distribution's inverse as a table, for families whose inverse has no formula.
 *
 * The table covers u from 2^-53 to 1 - 2^-53. Both halves are cut at powers of two (of u below
 * one half, of 1 - u above it), each octave into 16 cells, and a cell into as many equal pieces as
 * its error asks for. In a piece stands the quintic that has the value and the first two
 * derivatives of the inverse at both ends. Error: below 1e-11 relative at the middle of each
 * piece, where that of a Hermite quintic is largest. Made with det_ functions: the same bits on
 * every CPU.
 */
#ifndef ONHOLD_SIM_INVTABLE_H
#define ONHOLD_SIM_INVTABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/arena.h"

/* A law at x = e^y. Tail: P(X <= x) or, if upper, P(X > x). */
struct invtable_point {
    double log_tail;
    double rate;  /* x density(x) / tail */
    double slope; /* d log(x density(x)) / dy */
};
struct invtable_law {
    struct invtable_point (*at)(const double *p, double y, bool upper);
    const double *p;
    double guess; /* y somewhere near the median */
};

enum { INVTABLE_CELLS = 52 * 16 + 1 }; /* of one half; the last one is u = 1/2 */

struct invtable {
    bool of_log; /* the table holds log x, for laws whose x falls too steeply towards u = 0 */
    uint32_t cell[2][INVTABLE_CELLS]; /* first piece << 8 | log2 of the number of pieces */
    const double (*piece)[6];         /* coefficients of 1, t, t^2, ... t^5 */
};

/* NULL (and arena->failed) if out of memory. */
const struct invtable *invtable_make(struct arena *arena, const struct invtable_law *law,
                                     bool of_log);

/* scale times the inverse at n uniforms; x may be u. */
void invtable_fill(const struct invtable *table, double scale, const double *u, double *x,
                   size_t n);
double invtable_at(const struct invtable *table, double scale, double u);

#endif
