/* openings.h - the openings of a result on one running clock: a day has one, a week up to seven.
 */
#ifndef ONHOLD_SIM_OPENINGS_H
#define ONHOLD_SIM_OPENINGS_H

#include <onhold/run.h>

enum { OPENINGS = 7 };

struct opening {
    size_t first, intervals;
    const char *day;      /* "mon" with days, otherwise NULL */
    double opens, closes; /* seconds since midnight, with days since Monday's; past midnight on */
    bool joined;          /* the next one opens at this one's closing */
};

/* Returns how many there are; none in steady mode. */
size_t openings_of(const oh_result *result, struct opening list[OPENINGS]);

/* When interval `i`, one of the opening's, starts and ends on the same clock. */
struct span {
    double start, end;
};
struct span opening_span(const oh_result *result, const struct opening *o, size_t i);

#endif
