/* plot_axis.h - the axis of time that pictures of the day or week share.
 *
 * A day runs by its clock. The openings of a week lie side by side, with a gap where the centre is
 * closed: places on the axis are then seconds of opening time since Monday's opening, gaps
 * included. The data file gives the ticks and their labels in blocks of their own, after block 0:
 *   1  ends of the axis; 1 if intervals are too narrow for outlines
 *   2  ticks: place, time of day
 *   3  days: middle, name, place of the line after it (-1: none); an unnamed one for a single day
 * so that panels begin at block 4. The lines of intervals that a gap parts have a blank line
 * between them, which parts curves.
 */
#ifndef ONHOLD_SIM_PLOT_AXIS_H
#define ONHOLD_SIM_PLOT_AXIS_H

#include "openings.h"
#include "plot_data.h"

struct plot_axis {
    const oh_result *result;
    size_t openings;
    struct opening opening[OPENINGS];
    double at[OPENINGS]; /* the place of each opening's start */
    double from, to;
};

/* Fills the axis and writes its blocks. Only if the result has intervals. */
struct plot_axis plot_axis_begin(struct emit *e, const oh_result *result);

/* Interval i's places. */
struct span plot_axis_span(const struct plot_axis *axis, size_t i);
/* A gap follows interval i, or nothing more. */
bool plot_axis_ends(const struct plot_axis *axis, size_t i);
/* The blank line after interval i, if there is a gap and more to come. */
void plot_axis_gap(struct emit *e, const struct plot_axis *axis, size_t i);

/* "30 min", "hour": the length of the intervals, for labels. At most WORDS bytes. */
char *plot_axis_step(char *buffer, const struct plot_axis *axis);

#endif
