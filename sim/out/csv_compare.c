/* csv_compare.c - a comparison as one long table: a row for each variant, thing, period and metric.
 */
#include <string.h>

#include "compare_writers.h"
#include "csv_text.h"

static const char *const header[] = {"file",  "scenario",   "variant",    "level",   "name",
                                     "day",   "start",      "end",        "metric",  "base",
                                     "value", "difference", "half_width", "verdict", "unit"};

static const oh_level levels[] = {OH_QUEUE, OH_AGENTS, OH_TOTAL};

static const char *level_name(oh_level level)
{
    return level == OH_QUEUE ? "queues" : level == OH_AGENTS ? "agents" : "total";
}

struct rows {
    struct csv csv;
    const oh_comparison *comparison;
    const oh_write_context *context;
    size_t variant;
};

static void put_row(struct rows *r, oh_level level, size_t thing, const oh_interval *at,
                    const oh_column *column, const oh_difference *d)
{
    struct csv *c = &r->csv;
    const oh_result *result = oh_comparison_result(r->comparison, r->variant);
    cs_field(c, r->context[r->variant].file);
    cs_field(c, oh_model_name(oh_result_model(result)));
    cs_field(c, oh_comparison_name(r->comparison, r->variant));
    cs_field(c, level_name(level));
    cs_field(c, oh_comparison_thing(r->comparison, level, thing));
    cs_field(c, at->day);
    cs_field(c, at->start);
    cs_field(c, at->end);
    cs_field(c, column->id);
    cs_real(c, d->base);
    cs_real(c, d->value);
    cs_real(c, d->difference);
    cs_real(c, d->half_width);
    cs_field(c, oh_verdict_text(d->verdict));
    cs_field(c, column->metric->unit);
    cs_end_row(c);
}

static void put_period(struct rows *r, long period)
{
    const oh_result *base = oh_comparison_result(r->comparison, 0);
    oh_interval at = {"", "", NULL};
    if (period >= 0)
        at = oh_result_interval(base, (size_t)period);
    else if (period < OH_WHOLE)
        at.day = oh_result_day(base, (size_t)(OH_DAY(0) - period));
    for (size_t l = 0; l < sizeof levels / sizeof *levels; l++)
        for (size_t i = 0; i < oh_comparison_things(r->comparison, levels[l]); i++)
            for (size_t k = 0; k < oh_comparison_columns(r->comparison, levels[l]); k++) {
                oh_difference d;
                if (oh_comparison_read(r->comparison, r->variant, levels[l], i, period, k, &d))
                    put_row(r, levels[l], i, &at, oh_comparison_column(r->comparison, levels[l], k),
                            &d);
            }
}

oh_status write_compare_csv(const oh_comparison *comparison, const oh_write_context *context,
                            oh_sink sink)
{
    struct rows r = {.csv = cs_to(sink), .comparison = comparison, .context = context};
    const oh_result *base = oh_comparison_result(comparison, 0);
    for (size_t i = 0; i < sizeof header / sizeof *header; i++)
        cs_field(&r.csv, header[i]);
    cs_end_row(&r.csv);
    for (r.variant = 1; r.variant < oh_comparison_count(comparison); r.variant++) {
        put_period(&r, OH_WHOLE);
        for (size_t d = 0; d < oh_result_days(base); d++)
            put_period(&r, OH_DAY(d));
        for (size_t i = 0; i < oh_result_intervals(base); i++)
            put_period(&r, (long)i);
    }
    return emit_status(&r.csv.emit);
}
