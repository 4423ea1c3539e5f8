/* fit_ready.h - what agents do between two contacts while somebody waits.
 *
 * A log of calls seldom tells of work after a call, of an answer that takes some seconds, of a
 * glass of water. But while somebody waits, an agent who is on duty and ready takes the next call
 * at once; so the time from the end of one contact to the start of the next is the time that he was
 * not ready. If the line is empty before he takes one, all that is known is that it was not
 * shorter: censored, as in patience.
 */
#ifndef ONHOLD_SIM_FIT_READY_H
#define ONHOLD_SIM_FIT_READY_H

#include "fit_parts.h"

struct stint { /* one contact of an agent, in seconds of the business day */
    long day;
    uint32_t agent;
    uint8_t group, queue;
    double start, end;
};

/* From one time to another of a business day. */
struct stretch {
    long day;
    double from, to;
};

/* The longest time that counts as not ready; after it the agent is taken to have had a break. */
#define READY_LONGEST 600.0

/* `stint` in order of day, agent and start; `line`: when somebody waited whom the group serves, in
 * order, none overlapping. `slack`: how far times of the log may be off, s. False if out of memory.
 */
bool ready_study(struct fit_ready *out, struct arena *arena, const struct stint *stint, size_t n,
                 uint8_t group, const struct stretch *line, size_t lines, double slack);

#endif
