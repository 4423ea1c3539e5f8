/* small_center.h - a call centre simulated by other means than onhold's engine: lines, agents who
 * serve some of them, and a rule who goes first. A second opinion for tests of `fit`.
 */
#ifndef ONHOLD_TESTS_SMALL_CENTER_H
#define ONHOLD_TESTS_SMALL_CENTER_H

#include "support.h"

enum { CENTER_LINES = 4, CENTER_AGENTS = 40 };

struct small_center {
    size_t lines, agents, days;
    double hours;                   /* from 08:00 on, each day from empty */
    double rate[CENTER_LINES];      /* calls an hour */
    const double *shape;            /* share of that rate in each hour; NULL: all of it */
    double handling[CENTER_LINES];  /* mean s, exponential */
    double patience;                /* mean s, exponential */
    double ring;                    /* s from the choice of an agent to the answer */
    unsigned serves[CENTER_AGENTS]; /* bit of each line; 0: all lines */
    double stray;                   /* share of calls that a line's agents hand to anybody */
    /* Line 0 goes first with this probability where the heads of it and of another line wait and
     * its own came later. 0: in turn. */
    double first;
};

struct center_call {
    size_t day, line, agent; /* agent of answered calls */
    double arrived;          /* s since opening */
    double wait, handling;   /* handling of answered calls; wait includes the ring */
    bool answered;
};

struct center_calls {
    size_t n, room;
    struct center_call *at;
};

/* Give it back with center_free. */
struct center_calls center_play(const struct small_center *center, uint64_t seed);
void center_free(struct center_calls *calls);

/* The calls as a log in whole seconds: arrived,wait,outcome,handling,agent and more columns of
 * each line's row: `columns` are their names, `cells[line]` what stands there. */
void center_log(struct text *out, const struct center_calls *calls, const char *columns,
                const char *const *cells);

#endif
