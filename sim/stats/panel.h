/* panel.h - the cells of all replications, and their pooled histograms: what a result is made of.
 *
 * Row r is replication first + r. A panel is filled row by row, by whichever thread played the
 * replication; what is computed from it (summary.h) runs over rows in order, so that it has the
 * same bits whoever filled it.
 */
#ifndef ONHOLD_SIM_PANEL_H
#define ONHOLD_SIM_PANEL_H

#include <stdbool.h>

#include "cells.h"
#include "histogram.h"

enum { PANEL_DAYS = 7 };

/* With days, a day's cell is the sum of its intervals day_first[d] .. day_first[d + 1] - 1. */
struct panel_shape {
    size_t queues, groups, intervals;
    size_t days; /* of a week; 0: a single day or window, which WHOLE tells */
    size_t day_first[PANEL_DAYS + 1];
};

/* One replication's cells. */
struct tally {
    struct queue_cell *queue; /* [queues + 1][periods]: the last one is the total */
    struct group_cell *group; /* [groups + 1][periods]: the last one is the total */
};

struct panel {
    struct panel_shape shape;
    size_t rows; /* complete replications */
    size_t capacity;
    struct queue_cell *queue;    /* [capacity][queues + 1][periods] */
    struct group_cell *group;    /* [capacity][groups + 1][periods] */
    struct histogram *answered;  /* [queues + 1]: waits of the answered; the last the total */
    struct histogram *abandoned; /* [queues + 1] */
    struct histogram *other;     /* [queues + 1]: cut off and left over */
};

static inline size_t panel_periods(const struct panel_shape *s)
{
    return s->intervals + 2 + s->days;
}
static inline size_t period_day(const struct panel_shape *s, size_t day)
{
    return s->intervals + 2 + day;
}
static inline size_t period_outside(const struct panel_shape *s)
{
    return s->intervals;
}
static inline size_t period_whole(const struct panel_shape *s)
{
    return s->intervals + 1;
}

/* Zeroed, with room for `capacity` rows. False: no memory (nothing to free). */
bool panel_init(struct panel *p, struct panel_shape shape, size_t capacity);
/* Room for `capacity` rows, more than before; false: no memory (the panel stays as it is). */
bool panel_extend(struct panel *p, size_t capacity);
void panel_free(struct panel *p);
struct tally panel_row(const struct panel *p, size_t row);

/* [n] empty histograms; NULL if out of memory. */
struct histogram *histograms_new(size_t n);
void histograms_free(struct histogram *h, size_t n); /* h may be NULL */

/* Completes one replication: sums the intervals and OUTSIDE into WHOLE and the queues and groups
 * into the total (maxima by maximum; queue_max of the total stays as the engine wrote it for the
 * intervals and OUTSIDE). To be called once. */
void tally_close(const struct panel_shape *shape, struct tally t);

/* Writes the replication's own quantiles into the WHOLE cells, from the histograms
 * ([queues + 1] each; of a single queue the total is not looked at) of this replication alone.
 * After tally_close. */
void tally_quantiles(const struct panel_shape *shape, struct tally t,
                     const struct histogram *answered, const struct histogram *abandoned,
                     const struct histogram *other);

#endif
