/* time_tally.h - how often each time (a wait, a handling time) was seen, in bounded memory.
 *
 * Values stand on a grid of 1/1024 s, so whole seconds and milliseconds keep their place. Logs
 * mostly hold whole seconds: a few thousand values. Where there are more than TALLY_VALUES, the
 * grid is made coarser by halves; the error of a value is then at most half a step.
 */
#ifndef ONHOLD_SIM_TIME_TALLY_H
#define ONHOLD_SIM_TIME_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TALLY_VALUES = 40000 };

/* Two counts for each value: of a wait, how many hung up then and how many were answered then. */
struct tally_slot {
    int64_t tick; /* -1: free */
    uint32_t ended, censored;
};

struct time_tally {
    struct tally_slot *slot; /* hash table of `room` slots, room a power of two */
    size_t room, used;
    unsigned shift; /* the grid is 2^shift / 1024 s */
    uint64_t ended, censored;
};

void tally_free(struct time_tally *tally);
/* seconds >= 0. False if out of memory: nothing was counted. */
bool tally_add(struct time_tally *tally, double seconds, bool ended);

/* Adds everything that another one counted. False if out of memory: nothing is right then. */
bool tally_join(struct time_tally *tally, const struct time_tally *other);

/* The values in ascending order. */
struct time_point {
    double t; /* seconds */
    double ended, censored;
};
/* points has room for tally->used; returns how many there are. */
size_t tally_points(const struct time_tally *tally, struct time_point *points);

/* Several lists one after another, in order and equal times put together. */
size_t points_join(struct time_point *points, size_t n);

#endif
