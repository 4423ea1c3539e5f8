/* json_parts.c - what the JSON of a run shares with that of comparisons and sweeps. */
#include "json_parts.h"

#include <math.h>

void json_head(struct json *j)
{
    js_string(j, "onhold", oh_version());
    js_whole(j, "format", 1);
}

void json_scenario(struct json *j, const char *key, const char *name,
                   const oh_write_context *context)
{
    js_open_map(j, key, JSON_FLAT);
    js_string(j, "name", name);
    js_string(j, "file", context->file);
    js_string(j, "sha256", context->sha256);
    js_open_list(j, "set", JSON_FLAT);
    for (size_t i = 0; i < context->settings_count; i++)
        js_string(j, NULL, context->settings[i]);
    js_close(j);
    js_close(j);
}

void json_experiment(struct json *j, const oh_run_info *info)
{
    js_open_map(j, "experiment", JSON_FLAT);
    js_whole(j, "replications", info->replications);
    js_string(j, "replication", info->replication);
    js_whole(j, "first", info->first);
    js_whole(j, "seed", info->seed);
    js_real(j, "confidence", info->confidence);
    js_string(j, "stopped_by", info->stopped_by);
    js_close(j);
}

static void json_spread(struct json *j, const oh_spread *s)
{
    js_open_map(j, "spread", JSON_FLAT);
    js_whole(j, "n", s->n);
    js_real(j, "mean", s->mean);
    js_real(j, "sd", s->sd);
    js_real(j, "p5", s->p5);
    js_real(j, "p25", s->p25);
    js_real(j, "p50", s->p50);
    js_real(j, "p75", s->p75);
    js_real(j, "p95", s->p95);
    js_real(j, "min", s->min);
    js_real(j, "max", s->max);
    js_close(j);
}

void json_metrics(struct json *j, const oh_result *result, oh_level level, size_t thing,
                  long period)
{
    for (size_t c = 0; c < oh_result_columns(result, level); c++) {
        const oh_column *column = oh_result_column(result, level, c);
        oh_estimate e;
        oh_spread s;
        if (!oh_result_estimate(result, level, thing, period, c, &e))
            continue;
        js_open_map(j, column->id, JSON_FLAT);
        js_real(j, "value", e.value);
        js_real(j, "half_width", e.half_width);
        js_string(j, "unit", column->metric->unit);
        if (e.has_target) {
            js_real(j, "target", e.target);
            if (!isnan(e.within))
                js_real(j, "within", e.within);
            if (isnan(e.value))
                js_null(j, "met");
            else
                js_bool(j, "met", e.met);
        }
        if (oh_result_spread(result, level, thing, period, c, &s))
            json_spread(j, &s);
        js_close(j);
    }
}

void json_things(struct json *j, const oh_result *result, const char *key, oh_level level,
                 long period)
{
    js_open_map(j, key, JSON_LINES);
    for (size_t i = 0; i < oh_result_things(result, level); i++) {
        js_open_map(j, oh_result_name(result, level, i), JSON_LINES);
        json_metrics(j, result, level, i, period);
        js_close(j);
    }
    js_close(j);
}

void json_warnings(struct json *j, const oh_write_context *context)
{
    js_open_list(j, "warnings", JSON_LINES);
    for (size_t i = 0; i < context->warnings_count; i++)
        js_string(j, NULL, context->warnings[i]);
    js_close(j);
}

void json_figures(struct json *j, const char *key, const oh_queue_figures *f)
{
    js_open_map(j, key, JSON_FLAT);
    js_real(j, "delayed", f->delayed);
    js_real(j, "abandon_rate", f->abandon_rate);
    js_real(j, "service_level", f->service_level);
    js_real(j, "service_level_answered", f->service_level_answered);
    js_real(j, "service_level_net", f->service_level_net);
    js_real(j, "service_level_credit", f->service_level_credit);
    js_real(j, "asa", f->asa);
    js_real(j, "wait", f->wait);
    js_real(j, "queue_length", f->queue_length);
    js_real(j, "occupancy", f->occupancy);
    js_close(j);
}
