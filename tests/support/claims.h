/* claims.h - the figures that the `about:` of a scenario states, held against the simulation.
 *
 * A claim is a piece of the text with its figure in brackets, and the name of that figure:
 *
 *     {"late_lunch      [82.4] %", "support.service_level"}
 *
 * The text without the brackets must stand in `about:`, and what the simulation gives must round to
 * the figure, digit for digit. What follows the bracket tells the unit: %, min, h; where the unit
 * is elsewhere (the head of a column) it is told inside: [82.4|%].
 *
 * A figure is THING.METRIC, THING a queue, a group or "total"; with "@12:00" that of the interval
 * which begins then; with a further ".max" (sd, p5, ...) that of its distribution over the
 * replications.
 */
#ifndef ONHOLD_TESTS_CLAIMS_H
#define ONHOLD_TESTS_CLAIMS_H

#include "support.h"

struct claim {
    const char *says;
    const char *figure;
};

/* A figure that is known exactly: text and simulation must both agree with it. */
struct known {
    const char *says;
    const char *figure;
    double exact;
};

enum { MOST_CLAIMS = 24 };

/* What one run of a scenario of the folder scenarios/ must give. */
struct claims {
    const char *file;        /* without folder and .yaml */
    const char *variant;     /* may be NULL */
    const char *settings[4]; /* "PATH=VALUE" */
    struct claim claim[MOST_CLAIMS];
    struct known known[MOST_CLAIMS];
};

void expect_claims(const struct claims *claims, size_t n);

/* The run of one row, for a test that computes something from it. trial_free it. */
struct trial claims_run(const struct claims *claims);
/* The same for a file and a variant (may be NULL). */
struct trial variant_run(const char *file, const char *variant);

/* A figure by its name as above; the test fails if there is no such thing. */
oh_estimate figure_of(const struct trial *trial, const char *name);

/* `about:` says it, and `value` rounds to what it says. */
void expect_says(const struct trial *trial, const char *says, double value);

#endif
