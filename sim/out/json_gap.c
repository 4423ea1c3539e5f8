/* json_gap.c - Erlang's formulas beside a run, by interval, and what accounts for the difference.
 */
#include <math.h>

#include "gap_words.h"
#include "json_parts.h"

static void put_model(struct json *j, const char *key, bool has, const oh_queue_figures *figures)
{
    if (has)
        json_figures(j, key, figures);
    else
        js_null(j, key);
}

static void put_account(struct json *j, const oh_gap_queue *q)
{
    js_open_map(j, "difference", JSON_LINES);
    js_string(j, "model", q->model);
    js_string(j, "metric", q->metric);
    js_string(j, "unit", q->unit);
    js_real(j, "exact", q->exact);
    js_real(j, "simulated", q->simulated);
    js_real(j, "half_width", q->half_width);
    js_real(j, "difference", q->gap);
    js_open_list(j, "parts", JSON_LINES);
    for (size_t i = 0; i < q->parts; i++) {
        js_open_map(j, NULL, JSON_FLAT);
        js_string(j, "what", q->part[i].what);
        js_real(j, "difference", q->part[i].difference);
        js_real(j, "half_width", q->part[i].half_width);
        js_close(j);
    }
    js_close(j);
    js_open_map(j, "together", JSON_FLAT);
    js_real(j, "difference", q->together);
    js_real(j, "half_width", q->together_half);
    js_close(j);
    js_open_map(j, "rest", JSON_FLAT);
    js_string(j, "what", q->rest_what);
    js_real(j, "difference", q->rest);
    js_real(j, "half_width", q->rest_half);
    js_close(j);
    js_close(j);
}

static void put_intervals(struct json *j, const oh_result *result, const oh_gap *gap, size_t queue)
{
    js_open_list(j, "intervals", JSON_LINES);
    for (size_t i = 0; i < oh_result_intervals(result); i++) {
        const oh_gap_interval *of = oh_gap_interval_at(gap, queue, i);
        oh_interval at = oh_result_interval(result, i);
        js_open_map(j, NULL, JSON_LINES);
        js_string(j, "day", at.day);
        js_string(j, "start", at.start);
        js_string(j, "end", at.end);
        js_real(j, "calls", of->calls);
        js_real(j, "load", of->load);
        js_real(j, "agents", of->agents);
        put_model(j, "erlang_c", of->has_erlang_c, &of->erlang_c);
        put_model(j, "erlang_a", of->has_erlang_a, &of->erlang_a);
        js_close(j);
    }
    js_close(j);
}

void json_gap(struct json *j, const oh_result *result, const oh_gap *gap)
{
    js_open_map(j, "analytic", JSON_LINES);
    for (size_t q = 0; q < oh_result_things(result, OH_QUEUE); q++) {
        const oh_gap_queue *of = oh_gap_queue_at(gap, q);
        struct arena arena;
        arena_init(&arena);
        js_open_map(j, oh_result_name(result, OH_QUEUE, q), JSON_LINES);
        put_model(j, "erlang_c", of->has_erlang_c, &of->erlang_c);
        put_model(j, "erlang_a", of->has_erlang_a, &of->erlang_a);
        const char *note = gap_note(&arena, of);
        js_string(j, "note", note);
        if (!note)
            j->emit.failed = true; /* out of memory: half a file is none */
        if (of->explained)
            put_account(j, of);
        if (!of->why_not)
            put_intervals(j, result, gap, q);
        js_close(j);
        arena_free(&arena);
    }
    js_close(j);
}
