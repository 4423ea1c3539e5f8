/* validate.h - does a scenario tell the past? Simulated against recorded, interval by interval.
 *
 * For each interval of each day the recorded figure is compared with the band that holds 90 % of
 * the simulated days. A good model has about nine in ten inside. Where it has not, small changes of
 * volume, handling, patience and staffing, played with the same callers, show which of them would
 * explain the difference best.
 */
#ifndef ONHOLD_VALIDATE_H
#define ONHOLD_VALIDATE_H

#include <onhold/log.h>
#include <onhold/model.h>

typedef struct oh_validation oh_validation;

/* How a log must be read to be comparable with a model. */
double oh_validate_interval(const oh_model *model); /* seconds; 0: steady, nothing to compare */
double oh_validate_opens(const oh_model *model);    /* logs in seconds: what second 0 is */
double oh_validate_within(const oh_model *model);   /* the first time limit; 20 if there is none */

/* Simulates `options->replications` replications (0: as the scenario says) and as many for each of
 * six small changes. progress and cancel are those of the options. OH_INVALID: log and scenario do
 * not fit; the findings tell. OH_CANCELLED: no *out. `message` as in oh_run. */
oh_status oh_validate(oh_validation **out, oh_scenario *scenario, const oh_log *log,
                      const oh_run_options *options, oh_diags *diags, char message[256]);
void oh_validation_free(oh_validation *validation);

bool oh_validation_ok(const oh_validation *validation);
const char *oh_validation_verdict(const oh_validation *validation); /* a sentence */
double oh_validation_inside(const oh_validation *validation);       /* share inside the band */

/* "table", "md", "json", or "csv" (the intervals, one a row). */
oh_status oh_validation_write(const oh_validation *validation, const char *format, bool colour,
                              oh_sink sink);
/* The data file of plots/validate.gp. */
oh_status oh_validation_plot(const oh_validation *validation, oh_sink sink);

#endif
