/* json_result.c - a result as JSON, the stable interface for other programs.
 *
 * Nothing in it depends on the time, the host or the number of threads, so that equal results are
 * equal bytes. Each metric stands on one line.
 */
#include <math.h>
#include <stdlib.h>

#include "json_parts.h"
#include "writers.h"

enum { HISTOGRAM_BINS = 100 };

static void put_days(struct json *j, const oh_result *result)
{
    if (oh_result_days(result) == 0)
        return;
    js_open_map(j, "by_day", JSON_LINES);
    for (size_t d = 0; d < oh_result_days(result); d++) {
        js_open_map(j, oh_result_day(result, d), JSON_LINES);
        json_things(j, result, "queues", OH_QUEUE, OH_DAY(d));
        json_things(j, result, "agents", OH_AGENTS, OH_DAY(d));
        js_close(j);
    }
    js_close(j);
}

static void put_intervals(struct json *j, const oh_result *result)
{
    js_open_list(j, "intervals", JSON_LINES);
    for (size_t i = 0; i < oh_result_intervals(result); i++) {
        oh_interval at = oh_result_interval(result, i);
        js_open_map(j, NULL, JSON_LINES);
        js_string(j, "day", at.day);
        js_string(j, "start", at.start);
        js_string(j, "end", at.end);
        json_things(j, result, "queues", OH_QUEUE, (long)i);
        json_things(j, result, "agents", OH_AGENTS, (long)i);
        js_close(j);
    }
    js_close(j);
}

static void put_counts(struct json *j, const char *key, const uint64_t *count, size_t n)
{
    js_open_list(j, key, JSON_FLAT);
    for (size_t i = 0; i < n; i++)
        js_whole(j, NULL, count[i]);
    js_close(j);
}

static void put_histograms(struct json *j, const oh_result *result)
{
    double edges[HISTOGRAM_BINS + 1];
    uint64_t answered[HISTOGRAM_BINS], abandoned[HISTOGRAM_BINS];

    js_open_map(j, "histograms", JSON_LINES);
    for (size_t q = 0; q < oh_result_things(result, OH_QUEUE); q++) {
        size_t n = oh_result_histogram(result, q, HISTOGRAM_BINS, edges, answered, abandoned);
        js_open_map(j, oh_result_name(result, OH_QUEUE, q), JSON_LINES);
        js_open_map(j, "wait", JSON_LINES);
        js_open_list(j, "edges", JSON_FLAT);
        for (size_t i = 0; n > 0 && i <= n; i++)
            js_real(j, NULL, edges[i]);
        js_close(j);
        put_counts(j, "answered", answered, n);
        put_counts(j, "abandoned", abandoned, n);
        js_close(j);
        js_close(j);
    }
    js_close(j);
}

static void put_analytic(struct json *j, const oh_result *result, const oh_gap *gap)
{
    if (gap) {
        json_gap(j, result, gap);
        return;
    }
    js_open_map(j, "analytic", JSON_LINES);
    for (size_t q = 0; q < oh_result_things(result, OH_QUEUE); q++) {
        oh_theory t;
        if (!oh_result_theory(result, q, &t))
            continue;
        js_open_map(j, oh_result_name(result, OH_QUEUE, q), JSON_LINES);
        if (t.has_erlang_b) {
            js_open_map(j, "erlang_b", JSON_FLAT);
            js_real(j, "block_rate", t.erlang_b);
            js_close(j);
        }
        if (t.has_erlang_c)
            json_figures(j, "erlang_c", &t.erlang_c);
        else
            js_null(j, "erlang_c");
        if (t.has_erlang_a)
            json_figures(j, "erlang_a", &t.erlang_a);
        else
            js_null(j, "erlang_a");
        js_string(j, "note", t.note);
        js_close(j);
    }
    js_close(j);
}

oh_status write_json(const oh_result *result, const oh_write_context *context, oh_sink sink)
{
    struct json j = js_to(sink);
    oh_run_info info = oh_result_info(result);

    js_open_map(&j, NULL, JSON_LINES);
    json_head(&j);
    json_scenario(&j, "scenario", oh_model_name(oh_result_model(result)), context);
    json_experiment(&j, &info);
    json_things(&j, result, "queues", OH_QUEUE, OH_WHOLE);
    json_things(&j, result, "agents", OH_AGENTS, OH_WHOLE);
    js_open_map(&j, "total", JSON_LINES);
    json_metrics(&j, result, OH_TOTAL, 0, OH_WHOLE);
    js_close(&j);
    put_days(&j, result);
    put_intervals(&j, result);
    put_histograms(&j, result);
    put_analytic(&j, result, context->gap);
    json_warnings(&j, context);
    js_close(&j);
    return js_end(&j);
}
