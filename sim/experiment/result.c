/* result.c - making a result, and what it says about itself: names, periods, run.
 */
#include "result.h"

#include <stdlib.h>

#include "../model/labels.h"

static void reading_free(struct reading *r)
{
    if (!r)
        return;
    free(r->fraction);
    free(r->value);
    free(r->sorted);
    free(r->spare);
    free(r);
}

static struct reading *reading_new(size_t capacity)
{
    struct reading *r = calloc(1, sizeof *r);
    if (!r)
        return NULL;
    r->fraction = calloc(capacity, sizeof *r->fraction);
    r->value = calloc(capacity, sizeof *r->value);
    r->sorted = calloc(capacity, sizeof *r->sorted);
    r->spare = calloc(capacity, sizeof *r->spare);
    if (r->fraction && r->value && r->sorted && r->spare)
        return r;
    reading_free(r);
    return NULL;
}

oh_status result_new(oh_result **out, const oh_model *model, size_t capacity)
{
    *out = NULL;
    oh_result *result = calloc(1, sizeof *result);
    if (!result)
        return OH_NO_MEMORY;
    result->model = model;
    result->info = (oh_run_info){
        .first = 1,
        .seed = model->experiment.seed,
        .confidence = model->experiment.confidence,
        .replication = model->steady ? "run"
                       : model->week ? "week"
                                     : "day",
        .stopped_by = "replications",
    };
    result->reading = reading_new(capacity);
    bool panel = panel_init(&result->panel, model->shape, capacity);
    if (result->reading && panel && result_columns_init(result)) {
        *out = result;
        return OH_OK;
    }
    oh_result_free(result);
    return OH_NO_MEMORY;
}

bool result_extend(oh_result *result, size_t capacity)
{
    struct reading *reading = reading_new(capacity);
    if (!reading || !panel_extend(&result->panel, capacity)) {
        reading_free(reading);
        return false;
    }
    reading_free(result->reading);
    result->reading = reading;
    return true;
}

void result_finish(oh_result *result, size_t rows)
{
    result->panel.rows = rows;
    result->info.replications = (uint32_t)rows;
    result->student = student_of(rows, result->info.confidence);
}

void oh_result_free(oh_result *result)
{
    if (!result)
        return;
    reading_free(result->reading);
    panel_free(&result->panel);
    result_columns_free(result);
    free(result);
}

oh_run_info oh_result_info(const oh_result *result)
{
    return result->info;
}

const oh_model *oh_result_model(const oh_result *result)
{
    return result->model;
}

size_t oh_result_things(const oh_result *result, oh_level level)
{
    switch (level) {
    case OH_QUEUE:
        return result->model->queues;
    case OH_AGENTS:
        return result->model->groups;
    case OH_TOTAL:
        return 1;
    }
    return 0;
}

const char *oh_result_name(const oh_result *result, oh_level level, size_t thing)
{
    switch (level) {
    case OH_QUEUE:
        return result->model->queue[thing].name;
    case OH_AGENTS:
        return result->model->group[thing].name;
    case OH_TOTAL:
        return "total";
    }
    return "";
}

size_t oh_result_intervals(const oh_result *result)
{
    return result->model->steady ? 0 : result->panel.shape.intervals;
}

oh_interval oh_result_interval(const oh_result *result, size_t interval)
{
    return label_interval(result->model, interval);
}

size_t oh_result_days(const oh_result *result)
{
    return result->panel.shape.days;
}

const char *oh_result_day(const oh_result *result, size_t day)
{
    return label_day(result->model, day);
}
