/* model.h - a compiled scenario: names turned into dense numbers, everything checked, constant.
 *
 * A model is shared by all threads without locks and never changes.
 */
#ifndef ONHOLD_MODEL_H
#define ONHOLD_MODEL_H

#include <onhold/metric.h>
#include <onhold/scenario.h>

typedef struct oh_model oh_model;

/* Compiles; findings (warnings too) go to diags. The model keeps what it needs: the scenario may
 * be freed or changed afterwards. */
oh_status oh_model_compile(oh_model **out, oh_scenario *scenario, oh_diags *diags);
void oh_model_free(oh_model *model);

/* What the file says about the experiment, with the defaults filled in. */
typedef struct oh_experiment {
    uint32_t replications; /* default 200 */
    uint32_t seed;         /* default 1 */
    double confidence;     /* default 0.95 */
    /* Go on until this figure's interval is that narrow; replications is then the first batch. */
    bool has_precision;
    size_t precision_queue;
    const char *precision_metric;
    double precision;           /* half width, in the metric's unit */
    uint32_t most_replications; /* stop then anyway; default 100000 */
    double most_seconds;        /* of the computer; infinite: no limit */
} oh_experiment;

const oh_experiment *oh_model_experiment(const oh_model *model);
const char *oh_model_name(const oh_model *model);
const char *oh_model_about(const oh_model *model);    /* "" if the file has none */
const char *oh_model_currency(const oh_model *model); /* "" if the file has none */

/* What is measured: queues and groups of agents in file order; OH_TOTAL has one, "total". The
 * same names and numbers as in a result (run.h). */
size_t oh_model_things(const oh_model *model, oh_level level);
const char *oh_model_thing(const oh_model *model, oh_level level, size_t thing);

#endif
