/* onhold.h - the whole public interface, and a tour of it in thirty lines.
 *
 *   oh_diags *diags = oh_diags_new();
 *   oh_scenario *scenario = NULL;
 *   oh_model *model = NULL;
 *   oh_result *result = NULL;
 *
 *   if (oh_scenario_load(&scenario, "support.yaml", diags) == OH_OK &&
 *       oh_scenario_set(scenario, "agents.desk.count", "26", diags) == OH_OK &&
 *       oh_model_compile(&model, scenario, diags) == OH_OK) {
 *       oh_run_options options = {.replications = 1000};
 *       if (oh_run(&result, model, &options, NULL) == OH_OK) {
 *           oh_estimate e;
 *           long column = oh_result_column_find(result, OH_QUEUE, "service_level");
 *           if (column >= 0 &&
 *               oh_result_estimate(result, OH_QUEUE, 0, OH_WHOLE, (size_t)column, &e))
 *               printf("%.1f %% +- %.1f\n", 100 * e.value, 100 * e.half_width);
 *       }
 *   }
 *   oh_result_free(result);   (every _free takes NULL)
 *   oh_model_free(model);
 *   oh_scenario_free(scenario);
 *   oh_diags_free(diags);
 *
 * Inside, times are seconds and rates per second. Shares run from 0 to 1.
 */
#ifndef ONHOLD_ONHOLD_H
#define ONHOLD_ONHOLD_H

#include <onhold/analytic.h>
#include <onhold/base.h>
#include <onhold/calculator.h>
#include <onhold/compare.h>
#include <onhold/diag.h>
#include <onhold/explain.h>
#include <onhold/fit.h>
#include <onhold/gap.h>
#include <onhold/log.h>
#include <onhold/metric.h>
#include <onhold/model.h>
#include <onhold/quantity.h>
#include <onhold/registry.h>
#include <onhold/report.h>
#include <onhold/run.h>
#include <onhold/save.h>
#include <onhold/scenario.h>
#include <onhold/staff.h>
#include <onhold/story.h>
#include <onhold/sweep.h>
#include <onhold/validate.h>
#include <onhold/write.h>

#endif
