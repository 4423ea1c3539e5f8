/* scenario_writer.h - what the generators of scenarios share: random words of the format.
 */
#ifndef ONHOLD_TESTS_SCENARIO_WRITER_H
#define ONHOLD_TESTS_SCENARIO_WRITER_H

#include "scenario_gen.h"

struct writer {
    struct text *text;
    const struct taste *taste;
    uint64_t state; /* of the part that is being written */
    double stretch;
    bool steady;
    int intervals;
    double interval; /* seconds, not stretched */
    int queues, groups;
};

bool writer_chance(struct writer *w, double p);
int writer_pick(struct writer *w, int low, int high);
void writer_say(struct writer *w, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A duration of about `about` seconds, "33.125 s". */
void writer_time(struct writer *w, double about);
/* A time of day, so many seconds after 08:00. */
void writer_clock(struct writer *w, double seconds);
/* A distribution of that mean: one without atoms, or any. */
void writer_smooth(struct writer *w, double mean);
void writer_times(struct writer *w, double mean);

#endif
