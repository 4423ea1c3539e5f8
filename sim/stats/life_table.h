/* life_table.h - how long callers are patient, from those who hung up and those who were answered.
 *
 * Who is answered after 30 s was patient for at least 30 s, which is all that is known of him: his
 * patience is censored. The product-limit estimate (Kaplan and Meier 1958) over bins, with half of
 * a bin's censored at risk in it (the life table of Cutler and Ederer 1958); its variance after
 * Greenwood (1926) on the log(-log) scale, so that bounds stay between 0 and 1.
 */
#ifndef ONHOLD_SIM_LIFE_TABLE_H
#define ONHOLD_SIM_LIFE_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct life {
    double patient;   /* share that is patient for longer than the end of the bin */
    double low, high; /* its interval; NaN where nobody has hung up yet */
    double at_risk;   /* who were still waiting at the beginning of the bin */
};

/* One entry a bin. Bin 0 holds waits of exactly zero: who was served then never waited and tells
 * nothing, who left then would not wait at all. z: the normal quantile of the interval, 1.96. */
void life_table(const uint64_t *answered, const uint64_t *abandoned, size_t bins, double z,
                struct life *life);

#endif
