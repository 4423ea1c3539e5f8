/* fit_ready.h - what agents do between two contacts while somebody waits.
 *
 * A log of calls seldom tells of work after a call, of an answer that takes some seconds, of a
 * glass of water. But while somebody waits, an agent who is on duty and ready takes the next call
 * at once; so the time from the end of one contact to the start of the next is the time that he was
 * not ready. If the line is empty before he takes one, all that is known is that it was not
 * shorter: censored, as in patience. Where nobody waits, agents take longer: those pauses are seen
 * less sharply (fit_ready_alone.c).
 */
#ifndef ONHOLD_SIM_FIT_READY_H
#define ONHOLD_SIM_FIT_READY_H

#include "fit_parts.h"

struct stint { /* one contact of an agent, in ms of the business day */
    int32_t day;
    uint32_t start, end;
    uint16_t agent;
    uint8_t group, queue;
};

/* In seconds of the business day. */
static inline double stint_start(const struct stint *s)
{
    return s->start / 1000.0;
}

static inline double stint_end(const struct stint *s)
{
    return s->end / 1000.0;
}

/* From one time to another of a business day. */
struct stretch {
    long day;
    double from, to;
};

/* The longest time that counts as not ready; after it the agent is taken to have had a break. */
#define READY_LONGEST 600.0

/* Fewer contacts tell nothing. */
#define READY_FEWEST 100

/* What one group's pauses are seen by: all contacts in order of day, agent and start; `line`: when
 * somebody waited whom the group serves, in order, none overlapping. `slack`: how far times of the
 * log may be off, s. */
struct ready_view {
    const struct stint *stint;
    size_t n;
    uint8_t group;
    const struct stretch *line;
    size_t lines;
    double slack;
};

/* The first stretch of the day that ends at `time` or later; view->lines if there is none. */
size_t ready_stretch(const struct ready_view *view, long day, double time);
/* What is shorter is no pause. */
double ready_grace(const struct ready_view *view);

/* From the contacts at whose end somebody waited. False if out of memory. */
bool ready_study(struct fit_ready *out, struct arena *arena, const struct ready_view *view);
/* How long the pauses are where nobody waited at the end, breaks of more than `longest` seconds
 * left out. False if out of memory. */
bool ready_study_alone(struct fit_ready *r, const struct ready_view *view, double longest);

#endif
