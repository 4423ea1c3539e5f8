/* trip.h - a round trip: days of a known scenario written as a log, read and fitted; and how often
 * stated intervals hold the truth.
 */
#ifndef ONHOLD_TESTS_TRIP_H
#define ONHOLD_TESTS_TRIP_H

#include "support.h"

#include "../../sim/data/fit_parts.h"

struct trip {
    oh_log *log;
    oh_fit *fit;
};

/* Replications first .. first + days - 1 of a scenario as one log, fitted; its second 0 is 08:00.
 * Give it back with trip_free. */
struct trip trip_make(const struct trial *trial, uint32_t first, uint32_t days,
                      const oh_fit_options *options);
/* Days 1 .. days, of one scenario and of another one in turn, as one log, fitted. */
struct trip trip_of_two(const struct trial *even, const struct trial *odd, uint32_t days);
/* A log by hand, fitted. */
struct trip trip_of_text(const char *log);
void trip_free(struct trip *trip);
/* The scenario of a fit, compiled, its tables at build/STEM_*. */
struct trial trip_written(const oh_fit *fit, const char *stem);

/* How often an interval held the truth. */
struct hits {
    const char *name;
    double truth;
    int n, inside, above; /* above: the interval lies above the truth */
};

void count_hit(struct hits *h, double low, double high);
/* The test fails if the intervals hold the truth less often than the stated rate allows: fewer than
 * what a binomial of that rate exceeds in 999 of 1000. */
void expect_rate(const struct hits *h, double rate);

#endif
