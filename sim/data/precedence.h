/* precedence.h - who goes first of two callers in different lines who wait for the same agent.
 *
 * Mean waits do not tell: a line may wait less because it calls at other hours. What tells is each
 * choice: an agent takes a call while the longest waiting of another line, which he serves too,
 * waits on. Answered in turn, the one of the two who came later never goes first; where one line
 * goes before the other, its callers always do.
 */
#ifndef ONHOLD_SIM_PRECEDENCE_H
#define ONHOLD_SIM_PRECEDENCE_H

#include "fit_parts.h"

/* Choices between the heads of two lines in which the one of `this` line had come later. */
struct choices {
    double n, first;          /* as many; in which the later one went first */
    struct measured share;    /* first / n */
    double nn, kk, nk;        /* sums over hours, whose choices are not independent */
    double hours, in_n, in_k; /* of the hour that is being summed */
    int64_t hour;
};

struct precedence {
    size_t lines;
    struct choices *later; /* [this * lines + other] */
};

/* Choices below this tell nothing. */
#define CHOICES_FEW 20
/* Going first more often than this share is no mistake of a log. */
#define SOMETIMES 0.1

/* Looks at all kept calls of the log. False if out of memory. */
bool precedence_study(struct precedence *p, const oh_log *log);
void precedence_free(struct precedence *p);

/* Those of line a who came later than the one of line b. */
const struct choices *precedence_later(const struct precedence *p, size_t a, size_t b);
/* As a rule, a goes before b: more often than not where a came later, and b not where b did. */
bool precedence_before(const struct precedence *p, size_t a, size_t b);
/* Neither goes before the other, and there is enough to say so. */
bool precedence_in_turn(const struct precedence *p, size_t a, size_t b);

#endif
