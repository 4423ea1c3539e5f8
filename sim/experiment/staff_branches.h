/* staff_branches.h - many plans that differ from one plan in one interval each, on the same
 * callers.
 *
 * Each replication of the plan is played once, and each of the others from its interval on until
 * its day is as the plan's again (engine/branch.h). What is kept of it are the cells that differ.
 */
#ifndef ONHOLD_SIM_STAFF_BRANCHES_H
#define ONHOLD_SIM_STAFF_BRANCHES_H

#include "result.h"
#include "staffing.h"

/* A cell that differs, of a queue or a group; its place in a row of the panel. */
struct other_cell {
    size_t at;
    bool of_group;
    union {
        struct queue_cell queue;
        struct group_cell group;
    } cell;
};

struct other_row {
    size_t n;
    struct other_cell *cell;
};

struct staff_branches {
    size_t n;
    const size_t *unit;    /* [n] who is missing; the caller's */
    oh_model *plan;        /* with everybody, and */
    oh_result *base;       /* its cells, without histograms */
    oh_model **model;      /* [n] without him */
    bool *failed;          /* [n] the limit of calls present was hit */
    struct other_row *row; /* [n][replications] */
};

/* Plays them on s->sample, on all cores that the options allow. False: s->status; otherwise to be
 * freed. *possible: false if the plan itself hits the limit. */
bool staff_branches(struct staff *s, const double *heads, const size_t *unit, size_t n,
                    struct staff_branches *out, bool *possible);
void staff_branches_free(struct staff_branches *b);

/* Lays the cells of the i-th one over the base (or what was there before, after that). */
void staff_branches_lay(struct staff_branches *b, size_t i);

#endif
