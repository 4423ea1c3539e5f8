/* json_compare.c - a comparison as JSON: every metric of every variant beside the base's.
 */
#include <math.h>

#include "compare_writers.h"
#include "json_parts.h"

struct part {
    const oh_comparison *comparison;
    size_t variant;
};

static void put_metrics(struct json *j, const struct part *p, oh_level level, size_t thing)
{
    for (size_t c = 0; c < oh_comparison_columns(p->comparison, level); c++) {
        const oh_column *column = oh_comparison_column(p->comparison, level, c);
        oh_difference d;
        if (!oh_comparison_read(p->comparison, p->variant, level, thing, OH_WHOLE, c, &d))
            continue;
        js_open_map(j, column->id, JSON_FLAT);
        js_real(j, "base", d.base);
        js_real(j, "value", d.value);
        js_real(j, "difference", d.difference);
        js_real(j, "half_width", d.half_width);
        js_string(j, "verdict", oh_verdict_text(d.verdict));
        js_string(j, "unit", column->metric->unit);
        js_close(j);
    }
}

static void put_things(struct json *j, const struct part *p, const char *key, oh_level level)
{
    js_open_map(j, key, JSON_LINES);
    for (size_t i = 0; i < oh_comparison_things(p->comparison, level); i++) {
        const char *name = oh_comparison_thing(p->comparison, level, i);
        js_open_map(j, name, JSON_LINES);
        put_metrics(j, p, level, i);
        js_close(j);
    }
    js_close(j);
}

static void put_best(struct json *j, const oh_comparison *c)
{
    enum { MOST = 64 };
    oh_best best[MOST];
    size_t n = oh_comparison_criteria(c, MOST, best);
    js_open_list(j, "best", JSON_LINES);
    for (size_t i = 0; i < n; i++) {
        const char *level = best[i].level == OH_QUEUE ? "queues" : "total";
        js_open_map(j, NULL, JSON_FLAT);
        js_string(j, "level", level);
        js_string(j, "name", oh_comparison_thing(c, best[i].level, best[i].thing));
        js_string(j, "metric", oh_comparison_column(c, best[i].level, best[i].column)->id);
        js_string(j, "best", oh_comparison_name(c, best[i].winner));
        js_real(j, "surely", best[i].surely);
        js_close(j);
    }
    js_close(j);
}

static void put_warnings(struct json *j, const oh_comparison *c, const oh_write_context *context)
{
    js_open_list(j, "notes", JSON_LINES);
    for (size_t i = 0; i < oh_comparison_notes(c); i++)
        js_string(j, NULL, oh_comparison_note(c, i));
    js_close(j);
    js_open_list(j, "warnings", JSON_LINES);
    for (size_t i = 0; i < oh_comparison_count(c); i++)
        for (size_t k = 0; k < context[i].warnings_count; k++)
            js_string(j, NULL, context[i].warnings[k]);
    js_close(j);
}

static const char *name_of(const oh_comparison *c, size_t i)
{
    return oh_model_name(oh_result_model(oh_comparison_result(c, i)));
}

oh_status write_compare_json(const oh_comparison *comparison, const oh_write_context *context,
                             oh_sink sink)
{
    struct json j = js_to(sink);
    oh_run_info info = oh_result_info(oh_comparison_result(comparison, 0));
    js_open_map(&j, NULL, JSON_LINES);
    json_head(&j);
    js_string(&j, "base", oh_comparison_name(comparison, 0));
    json_scenario(&j, "scenario", name_of(comparison, 0), &context[0]);
    json_experiment(&j, &info);
    js_whole(&j, "simultaneous", oh_comparison_count(comparison) - 1);
    js_open_list(&j, "variants", JSON_LINES);
    for (size_t i = 1; i < oh_comparison_count(comparison); i++) {
        struct part p = {comparison, i};
        js_open_map(&j, NULL, JSON_LINES);
        js_string(&j, "name", oh_comparison_name(comparison, i));
        json_scenario(&j, "scenario", name_of(comparison, i), &context[i]);
        put_things(&j, &p, "queues", OH_QUEUE);
        put_things(&j, &p, "agents", OH_AGENTS);
        js_open_map(&j, "total", JSON_LINES);
        put_metrics(&j, &p, OH_TOTAL, 0);
        js_close(&j);
        js_close(&j);
    }
    js_close(&j);
    put_best(&j, comparison);
    put_warnings(&j, comparison, context);
    js_close(&j);
    return js_end(&j);
}
