/* fit.h - from a call log to a scenario: how many call and when, how long calls take, how long
 * callers wait before they hang up, how many agents were there, who calls again.
 *
 * Callers who were answered are censored: all that is known is that they would have waited longer.
 */
#ifndef ONHOLD_FIT_H
#define ONHOLD_FIT_H

#include <onhold/log.h>
#include <onhold/scenario.h>

typedef struct oh_fit oh_fit;

/* Zero is the default of every field. */
typedef struct oh_fit_options {
    const char *name;   /* of the scenario; default "fitted" */
    const char *source; /* the log's name, for comments */
    double window;      /* seconds in which a second call of a customer is a redial; default 3600 */
    const char *staff;  /* a CSV file with the agents' counts, as the scenario shall name it; it is
                           read with the scenario, not here */
    const char *staff_column; /* of one group; default "agents"; several have their names */
} oh_fit_options;

/* Estimates everything. The log must have been judged and may be freed afterwards. Its classes of
 * callers that are answered in turn are put together in it, so that it has the queues of the fit.
 * OH_INVALID: it holds too little; the findings tell. OH_CANCELLED: the log's cancel flag was
 * raised. */
oh_status oh_fit_make(oh_fit **out, oh_log *log, const oh_fit_options *options, oh_diags *diags);
void oh_fit_free(oh_fit *fit);

/* Names the file of --staff otherwise, as when it is copied beside the scenario. False if out of
 * memory. */
bool oh_fit_move_staff(oh_fit *fit, const char *name);

/* Plays the scenario that was written and lays the log beside it (validate.h). If waits are off and
 * staffing would explain it, the numbers of agents are multiplied so that the simulated mean wait
 * is the log's; *tuned tells, and the scenario has to be written again. Where an agent is not
 * always there when his calls say so, or days with more calls have more agents, no count of heads
 * tells the number that counts. progress and cancel are those of the options. Statuses as in
 * oh_run. */
oh_status oh_fit_tune(oh_fit *fit, oh_scenario *scenario, const oh_log *log,
                      const oh_run_options *options, bool *tuned, char message[256]);

/* The scenario as a file for people, with the evidence in comments. It names its tables
 * "STEM_arrivals.csv" and so on. */
oh_status oh_fit_scenario(const oh_fit *fit, const char *stem, oh_sink sink);
/* The tables that it names: "arrivals", "staff", "handling". */
size_t oh_fit_tables(const oh_fit *fit);
const char *oh_fit_table_name(const oh_fit *fit, size_t i);
oh_status oh_fit_table(const oh_fit *fit, size_t i, oh_sink sink);

/* What was found, for people ("table", "md") and programs ("json", "csv": a row a figure). */
oh_status oh_fit_write(const oh_fit *fit, const oh_log *log, const char *format, bool colour,
                       oh_sink sink);

/* Data files of plots/NAME.gp: "fit_arrivals", "fit_handling", "fit_patience". */
size_t oh_fit_plots(void);
const char *oh_fit_plot_name(size_t i);
oh_status oh_fit_plot(const oh_fit *fit, size_t i, oh_sink sink);

#endif
