/* csv_result.c - a result as one long and tidy CSV table: a row for each thing, period and metric.
 */
#include <math.h>

#include "csv_parts.h"
#include "writers.h"

static const char *const head[] = {"file", "scenario", "variant"};
static const char *const tail[] = {"level", "name",       "day",  "start", "end", "metric",
                                   "value", "half_width", "unit", "sd",    "p5",  "p25",
                                   "p50",   "p75",        "p95",  "min",   "max"};

static const char *level_name(oh_level level)
{
    return level == OH_QUEUE ? "queues" : level == OH_AGENTS ? "agents" : "total";
}

static void put_spread(struct csv *c, const oh_spread *s)
{
    cs_real(c, s->sd);
    cs_real(c, s->p5);
    cs_real(c, s->p25);
    cs_real(c, s->p50);
    cs_real(c, s->p75);
    cs_real(c, s->p95);
    cs_real(c, s->min);
    cs_real(c, s->max);
}

static void put_rows(struct csv *c, const oh_result *result, const struct csv_subject *subject,
                     oh_level level, size_t thing, long period)
{
    static const oh_spread none = {0, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    oh_interval at = {"", "", NULL};
    if (period >= 0)
        at = oh_result_interval(result, (size_t)period);
    else if (period < OH_WHOLE)
        at.day = oh_result_day(result, (size_t)(OH_DAY(0) - period));

    for (size_t k = 0; k < oh_result_columns(result, level); k++) {
        const oh_column *column = oh_result_column(result, level, k);
        oh_estimate e;
        oh_spread s;
        if (!oh_result_estimate(result, level, thing, period, k, &e))
            continue;
        cs_field(c, subject->context->file);
        cs_field(c, oh_model_name(oh_result_model(result)));
        cs_field(c, subject->context->variant);
        for (size_t i = 0; i < subject->n; i++)
            cs_field(c, subject->value[i]);
        cs_field(c, level_name(level));
        cs_field(c, oh_result_name(result, level, thing));
        cs_field(c, at.day);
        cs_field(c, at.start);
        cs_field(c, at.end);
        cs_field(c, column->id);
        cs_real(c, e.value);
        cs_real(c, e.half_width);
        cs_field(c, column->metric->unit);
        if (!oh_result_spread(result, level, thing, period, k, &s))
            s = none;
        put_spread(c, &s);
        cs_end_row(c);
    }
}

static void put_period(struct csv *c, const oh_result *result, const struct csv_subject *subject,
                       long period)
{
    static const oh_level levels[] = {OH_QUEUE, OH_AGENTS, OH_TOTAL};
    for (size_t l = 0; l < sizeof levels / sizeof *levels; l++)
        for (size_t i = 0; i < oh_result_things(result, levels[l]); i++)
            put_rows(c, result, subject, levels[l], i, period);
}

void csv_header(struct csv *c, const char *const *column, size_t n)
{
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        cs_field(c, head[i]);
    for (size_t i = 0; i < n; i++)
        cs_field(c, column[i]);
    for (size_t i = 0; i < sizeof tail / sizeof *tail; i++)
        cs_field(c, tail[i]);
    cs_end_row(c);
}

void csv_rows(struct csv *c, const oh_result *result, const struct csv_subject *subject)
{
    put_period(c, result, subject, OH_WHOLE);
    for (size_t d = 0; d < oh_result_days(result); d++)
        put_period(c, result, subject, OH_DAY(d));
    for (size_t i = 0; i < oh_result_intervals(result); i++)
        put_period(c, result, subject, (long)i);
}

oh_status write_csv(const oh_result *result, const oh_write_context *context, oh_sink sink)
{
    struct csv c = cs_to(sink);
    csv_header(&c, NULL, 0);
    csv_rows(&c, result, &(struct csv_subject){context, NULL, 0});
    return emit_status(&c.emit);
}
