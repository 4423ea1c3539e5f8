/* sweep_writers.c - the list of a sweep's formats; JSON and CSV, which go out point by point. */
#include "sweep_writers.h"

#include <stdlib.h>
#include <string.h>

#include "../base/units.h"

/* ---- JSON ---- */

static oh_status json_begin(oh_sweep_writer *w)
{
    struct json *j = &w->json;
    *j = js_to(w->sink);
    js_open_map(j, NULL, JSON_LINES);
    json_head(j);
    json_scenario(j, "scenario", w->sweep->name, w->context);
    js_open_list(j, "vary", JSON_FLAT);
    for (size_t k = 0; k < oh_sweep_paths(w->sweep); k++)
        js_string(j, NULL, oh_sweep_path(w->sweep, k));
    js_close(j);
    js_open_list(j, "points", JSON_LINES);
    return js_flush(j);
}

/* A plain number as a number, everything else as it is written. */
static void put_value(struct json *j, const char *path, const char *value)
{
    struct problem problem;
    double number;
    if (unit_number(value, &number, &problem))
        js_real(j, path, number);
    else
        js_string(j, path, value);
}

static oh_status json_point(oh_sweep_writer *w, size_t point, const oh_result *result,
                            const char *message)
{
    struct json *j = &w->json;
    js_open_map(j, NULL, JSON_LINES);
    js_open_map(j, "set", JSON_FLAT);
    for (size_t k = 0; k < oh_sweep_paths(w->sweep); k++)
        put_value(j, oh_sweep_path(w->sweep, k), oh_sweep_value(w->sweep, point, k));
    js_close(j);
    if (result) {
        oh_run_info info = oh_result_info(result);
        json_experiment(j, &info);
        json_things(j, result, "queues", OH_QUEUE, OH_WHOLE);
        json_things(j, result, "agents", OH_AGENTS, OH_WHOLE);
        js_open_map(j, "total", JSON_LINES);
        json_metrics(j, result, OH_TOTAL, 0, OH_WHOLE);
        js_close(j);
    } else {
        js_string(j, "error", message);
    }
    js_close(j);
    return js_flush(j);
}

static oh_status json_finish(oh_sweep_writer *w)
{
    js_close(&w->json);
    json_warnings(&w->json, w->context);
    js_close(&w->json);
    return js_end(&w->json);
}

/* ---- CSV ---- */

static oh_status csv_begin(oh_sweep_writer *w)
{
    size_t n = oh_sweep_paths(w->sweep);
    const char **path = arena_array(&w->arena, n + 1, sizeof *path);
    if (!path)
        return OH_NO_MEMORY;
    for (size_t k = 0; k < n; k++)
        path[k] = oh_sweep_path(w->sweep, k);
    w->csv = cs_to(w->sink);
    csv_header(&w->csv, path, n);
    return emit_status(&w->csv.emit);
}

/* A point that failed has no rows; the program says why. */
static oh_status csv_point(oh_sweep_writer *w, size_t point, const oh_result *result,
                           const char *message)
{
    size_t n = oh_sweep_paths(w->sweep);
    const char **value = calloc(n + 1, sizeof *value);
    (void)message;
    if (!value)
        return OH_NO_MEMORY;
    for (size_t k = 0; k < n; k++)
        value[k] = oh_sweep_value(w->sweep, point, k);
    if (result)
        csv_rows(&w->csv, result, &(struct csv_subject){w->context, value, n});
    free(value);
    return emit_status(&w->csv.emit);
}

/* ---- those that wait for all points ---- */

oh_status sweep_store_begin(oh_sweep_writer *w)
{
    return sweep_store_init(&w->store, w->sweep, &w->arena) ? OH_OK : OH_NO_MEMORY;
}

oh_status sweep_store_point(oh_sweep_writer *w, size_t point, const oh_result *result,
                            const char *message)
{
    (void)point;
    return sweep_store_add(&w->store, result, message) ? OH_OK : OH_NO_MEMORY;
}

/* ---- the list ---- */

static const struct sweep_format formats[] = {
    {"table", sweep_store_begin, sweep_store_point, sweep_table_end},
    {"csv", csv_begin, csv_point, NULL},
    {"json", json_begin, json_point, json_finish},
    {"md", sweep_store_begin, sweep_store_point, sweep_markdown_end},
    {"sweep", sweep_store_begin, sweep_store_point, sweep_plot_end},
    {"staffing_curve", sweep_store_begin, sweep_store_point, staffing_curve_end},
};

oh_status oh_sweep_writer_new(oh_sweep_writer **out, const oh_sweep *sweep, const char *format,
                              const oh_write_context *context, oh_sink sink)
{
    const struct sweep_format *found = NULL;
    *out = NULL;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, format) == 0)
            found = &formats[i];
    if (!found)
        return OH_ARGUMENT;
    oh_sweep_writer *w = calloc(1, sizeof *w);
    if (!w)
        return OH_NO_MEMORY;
    *w = (oh_sweep_writer){.format = found, .sweep = sweep, .context = context, .sink = sink};
    arena_init(&w->arena);
    oh_status status = found->begin(w);
    if (status != OH_OK) {
        oh_sweep_writer_free(w);
        return status;
    }
    *out = w;
    return OH_OK;
}

oh_status oh_sweep_writer_show(oh_sweep_writer *w, oh_level level, const char *name, const char *id)
{
    if (w->format->point != sweep_store_point)
        return OH_OK;
    return sweep_store_wish(&w->store, level, name, id) ? OH_OK : OH_NO_MEMORY;
}

oh_status oh_sweep_writer_point(void *writer, size_t point, const oh_result *result,
                                const char *message)
{
    oh_sweep_writer *w = writer;
    return w->format->point(w, point, result, message);
}

oh_status oh_sweep_writer_end(oh_sweep_writer *writer)
{
    return writer->format->end ? writer->format->end(writer) : OH_OK;
}

void oh_sweep_writer_free(oh_sweep_writer *writer)
{
    if (!writer)
        return;
    arena_free(&writer->arena);
    free(writer);
}

bool sweep_path_is_staff(const char *path)
{
    const char *dot = strrchr(path, '.');
    return strncmp(path, "agents.", 7) == 0 && dot && strcmp(dot, ".count") == 0;
}

bool oh_sweep_writer_draws(const oh_sweep *sweep, const char *plot)
{
    return strcmp(plot, "staffing_curve") != 0 || sweep_path_is_staff(oh_sweep_path(sweep, 0));
}
