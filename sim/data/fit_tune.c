/* fit_tune.c - the one number of a fit that is found by simulation: a factor of all heads.
 *
 * More heads, shorter waits: the factor is found by halving its logarithm, each time with the same
 * callers. It is looked for only where the verdict on the written scenario is "staffing".
 */
#include <math.h>

#include "validate_parts.h"

#define LEAST 0.5
#define MOST  2.5

enum { HALVINGS = 8, CALLS = 1500000, FEWEST = 20, REPLICATIONS = 100 };

/* So many replications that a run stays short. */
static uint32_t replications_for(const oh_fit *fit)
{
    double calls = fit->total.arrivals.per_day * (fit->calendar.week ? WEEKDAYS : 1);
    double n = fmin(fmax(CALLS / fmax(calls, 1), FEWEST), REPLICATIONS);
    return (uint32_t)n;
}

static bool is_staffing(const oh_validation *v)
{
    return !v->ok && (v->likeliest == CAUSE_FEWER || v->likeliest == CAUSE_MORE);
}

/* The factor with which the simulated mean wait is the recorded one. */
static double find_factor(oh_validation *v, oh_scenario *scenario, const oh_run_options *options,
                          oh_status *status, char message[256])
{
    double low = log(LEAST), high = log(MOST), wanted = v->overall[VAL_WAIT].actual;
    for (int i = 0; i < HALVINGS && *status == OH_OK; i++) {
        struct nudge nudge = {.staffing = exp((low + high) / 2)};
        const struct val_sums *played = val_play(v, scenario, &nudge, options, status, message);
        if (!played)
            break;
        if (val_pool(v, played, VAL_WAIT, -1, INFINITY).simulated > wanted)
            low = (low + high) / 2;
        else
            high = (low + high) / 2;
    }
    return exp((low + high) / 2);
}

oh_status oh_fit_tune(oh_fit *fit, oh_scenario *scenario, const oh_log *log,
                      const oh_run_options *options, bool *tuned, char message[256])
{
    oh_run_options own = options ? *options : (oh_run_options){0};
    oh_validation *v = NULL;
    char spare[256] = "";
    *tuned = false;
    if (fit->intervals || fit->staff) /* the heads are not this fit's to change */
        return OH_OK;
    oh_diags *unheard = oh_diags_new();
    if (!unheard)
        return OH_NO_MEMORY;
    own.replications = replications_for(fit);
    oh_status status = oh_validate(&v, scenario, log, &own, unheard, message ? message : spare);
    oh_diags_free(unheard);
    if (status == OH_OK && is_staffing(v)) {
        double factor = find_factor(v, scenario, &own, &status, message ? message : spare);
        if (status == OH_OK) {
            fit->agents.tuned = factor;
            agents_write_counts(fit);
            *tuned = true;
        }
    }
    oh_validation_free(v);
    /* a log that no scenario can be laid beside needs no tuning */
    return status == OH_INVALID || status == OH_LIMIT ? OH_OK : status;
}
