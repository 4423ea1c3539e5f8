/* json_parts.h - parts that the JSON of runs, comparisons and sweeps have in common.
 */
#ifndef ONHOLD_SIM_JSON_PARTS_H
#define ONHOLD_SIM_JSON_PARTS_H

#include <onhold/write.h>

#include "json_text.h"

/* "onhold" and "format": the first two keys of every document. */
void json_head(struct json *j);
/* Name, file, sha256 and settings. */
void json_scenario(struct json *j, const char *key, const char *name,
                   const oh_write_context *context);
/* "experiment": how it was run. */
void json_experiment(struct json *j, const oh_run_info *info);
/* All metrics of one thing in one period, a key each. */
void json_metrics(struct json *j, const oh_result *result, oh_level level, size_t thing,
                  long period);
/* All things of a level, with their metrics. */
void json_things(struct json *j, const oh_result *result, const char *key, oh_level level,
                 long period);
/* Exact figures. */
void json_figures(struct json *j, const char *key, const oh_queue_figures *figures);
/* "analytic" of a run beside which Erlang's formulas stand, interval by interval. */
void json_gap(struct json *j, const oh_result *result, const oh_gap *gap);
/* "warnings". */
void json_warnings(struct json *j, const oh_write_context *context);

#endif
