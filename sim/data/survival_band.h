/* survival_band.h - the 95 % interval of a share that is still there, as Kaplan and Meier estimate
 * it, where few are left as well.
 */
#ifndef ONHOLD_SIM_SURVIVAL_BAND_H
#define ONHOLD_SIM_SURVIVAL_BAND_H

/* Begin with SURVIVAL_BEGIN. */
struct survival {
    double share;        /* Kaplan and Meier (1958) */
    double greenwood;    /* (1926): the variance is share^2 times it; infinite when all have left */
    double mean, square; /* moments of the share as a product of betas */
};
#define SURVIVAL_BEGIN ((struct survival){1, 0, 1, 1})

/* So many of those at risk leave at one time. */
void survival_step(struct survival *s, double at_risk, double leave);

/* `left`: how many are known to be there for longer than the time that is asked for. */
void survival_interval(const struct survival *s, double left, double *low, double *high);

#endif
