/* explain_write.c - an explanation as table, Markdown, JSON and CSV. */
#include <math.h>
#include <string.h>

#include "../model/labels.h"
#include "csv_text.h"
#include "explain_page.h"
#include "json_text.h"

static oh_status write_sheet(const oh_explanation *e, const oh_write_context *context,
                             bool markdown, oh_sink sink)
{
    struct emit emit = emit_to(sink);
    struct arena arena;
    struct sheet sheet;
    arena_init(&arena);
    explain_page(&sheet, &arena, e, context);
    oh_status status = arena.failed ? OH_NO_MEMORY : OH_OK;
    if (status == OH_OK && markdown)
        sheet_markdown(&sheet, &emit);
    else if (status == OH_OK)
        sheet_table(&sheet, &emit, context->colour);
    arena_free(&arena);
    return status == OH_OK ? emit_status(&emit) : status;
}

/* ---- CSV: a line for each pool and interval ---- */

static oh_status write_lines(const oh_explanation *e, oh_sink sink)
{
    static const char *const head[] = {"queues",
                                       "day",
                                       "start",
                                       "end",
                                       "calls",
                                       "load",
                                       "agents",
                                       "least",
                                       "capacity",
                                       "erlang_c_service_level",
                                       "erlang_c_delayed",
                                       "erlang_a_service_level",
                                       "erlang_a_delayed",
                                       "erlang_a_abandon_rate",
                                       "required"};
    struct csv csv = cs_to(sink);
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        cs_field(&csv, head[i]);
    cs_end_row(&csv);
    for (size_t p = 0; p < e->pools; p++)
        for (size_t k = 0; k < e->intervals; k++) {
            const oh_outlook *o = &e->pool[p].outlook[k];
            bool limit = !isnan(e->pool[p].within);
            oh_interval label = {"", "", NULL};
            if (!e->model->steady)
                label = label_interval(e->model, k);
            cs_field(&csv, e->pool[p].name);
            cs_field(&csv, label.day);
            cs_field(&csv, label.start);
            cs_field(&csv, label.end);
            cs_real(&csv, o->calls);
            cs_real(&csv, o->load);
            cs_real(&csv, o->agents);
            cs_real(&csv, o->least);
            cs_real(&csv, o->capacity);
            cs_real(&csv, o->has_c && limit ? o->erlang_c.service_level : NAN);
            cs_real(&csv, o->has_c ? o->erlang_c.delayed : NAN);
            cs_real(&csv, o->has_a && limit ? o->erlang_a.service_level : NAN);
            cs_real(&csv, o->has_a ? o->erlang_a.delayed : NAN);
            cs_real(&csv, o->has_a ? o->erlang_a.abandon_rate : NAN);
            cs_real(&csv, o->required);
            cs_end_row(&csv);
        }
    return emit_status(&csv.emit);
}

/* ---- JSON ---- */

static void put_figures(struct json *j, const char *key, bool known, bool limit,
                        const oh_queue_figures *f)
{
    if (!known) {
        js_null(j, key);
        return;
    }
    js_open_map(j, key, JSON_FLAT);
    js_real(j, "service_level", limit ? f->service_level : NAN);
    js_real(j, "delayed", f->delayed);
    js_real(j, "abandon_rate", f->abandon_rate);
    js_real(j, "asa", f->asa);
    js_real(j, "occupancy", f->occupancy);
    js_close(j);
}

static void put_queues(struct json *j, const oh_model *m, struct arena *arena)
{
    js_open_map(j, "queues", JSON_LINES);
    for (size_t q = 0; q < m->queues; q++) {
        const struct model_queue *queue = &m->queue[q];
        double span = m->steady ? 3600 : m->close;
        js_open_map(j, queue->name, JSON_FLAT);
        js_bool(j, "live", !queue->deferrable);
        js_real(j, m->steady ? "calls_per_hour" : "calls", explain_calls(m, q, 0, span));
        js_real(j, "handling", queue->mean_handling);
        js_real(j, "patience", dist_mean(queue->patience));
        js_string(j, "patience_in_words",
                  queue->deferrable ? NULL : explain_patience(arena, queue));
        js_string(j, "target", queue->targets ? explain_target(arena, &queue->target[0]) : NULL);
        js_close(j);
    }
    js_close(j);
}

static void put_serves(struct json *j, const oh_model *m)
{
    js_open_map(j, "agents", JSON_LINES);
    for (size_t g = 0; g < m->groups; g++) {
        const struct model_group *group = &m->group[g];
        js_open_map(j, group->name, JSON_FLAT);
        js_open_map(j, "serves", JSON_FLAT);
        for (size_t i = 0; i < group->skills; i++) {
            const struct model_skill *s = &group->skill[i];
            js_open_map(j, m->queue[s->queue].name, JSON_FLAT);
            js_whole(j, "order", s->class_ + 1);
            js_real(j, "speed", s->speed);
            js_whole(j, "at_once", group->room / s->room);
            js_real(j, "after", s->after);
            js_close(j);
        }
        js_close(j);
        js_close(j);
    }
    js_close(j);
}

static void put_pool(struct json *j, const oh_explanation *e, const struct pool *p)
{
    bool limit = !isnan(p->within);
    js_open_map(j, NULL, JSON_LINES);
    js_open_list(j, "queues", JSON_FLAT);
    for (size_t i = 0; i < p->queues; i++)
        js_string(j, NULL, e->model->queue[p->queue[i]].name);
    js_close(j);
    js_open_list(j, "agents", JSON_FLAT);
    for (size_t i = 0; i < p->groups; i++)
        js_string(j, NULL, e->model->group[p->group[i]].name);
    js_close(j);
    js_real(j, "within", p->within);
    js_open_list(j, "intervals", JSON_LINES);
    for (size_t k = 0; k < e->intervals; k++) {
        const oh_outlook *o = &p->outlook[k];
        js_open_map(j, NULL, JSON_FLAT);
        if (!e->model->steady) {
            oh_interval label = label_interval(e->model, k);
            js_string(j, "day", label.day);
            js_string(j, "start", label.start);
            js_string(j, "end", label.end);
        }
        js_real(j, "calls", o->calls);
        js_real(j, "load", o->load);
        js_real(j, "agents", o->agents);
        js_real(j, "least", o->least);
        js_real(j, "capacity", o->capacity);
        put_figures(j, "erlang_c", o->has_c, limit, &o->erlang_c);
        put_figures(j, "erlang_a", o->has_a, limit, &o->erlang_a);
        js_real(j, "required", o->required);
        js_close(j);
    }
    js_close(j);
    js_close(j);
}

static oh_status write_document(const oh_explanation *e, const oh_write_context *context,
                                oh_sink sink)
{
    struct json j = js_to(sink);
    struct arena arena;
    arena_init(&arena);
    js_open_map(&j, NULL, JSON_LINES);
    js_string(&j, "onhold", OH_VERSION);
    js_whole(&j, "format", 1);
    js_open_map(&j, "scenario", JSON_FLAT);
    js_string(&j, "name", e->model->name);
    js_string(&j, "file", context->file);
    js_string(&j, "variant", context->variant);
    js_open_list(&j, "set", JSON_FLAT);
    for (size_t i = 0; i < context->settings_count; i++)
        js_string(&j, NULL, context->settings[i]);
    js_close(&j);
    js_close(&j);
    put_queues(&j, e->model, &arena);
    put_serves(&j, e->model);
    js_open_list(&j, "pools", JSON_LINES);
    for (size_t i = 0; i < e->pools; i++)
        put_pool(&j, e, &e->pool[i]);
    js_close(&j);
    js_open_list(&j, "remarks", JSON_LINES);
    for (size_t i = 0; i < e->remarks; i++)
        js_string(&j, NULL, oh_explanation_remark(e, i));
    js_close(&j);
    js_open_list(&j, "warnings", JSON_LINES);
    for (size_t i = 0; i < context->warnings_count; i++)
        js_string(&j, NULL, context->warnings[i]);
    js_close(&j);
    js_close(&j);
    bool failed = arena.failed;
    arena_free(&arena);
    oh_status status = js_end(&j);
    return failed ? OH_NO_MEMORY : status;
}

oh_status oh_explanation_write(const oh_explanation *e, const oh_write_context *context,
                               const char *format, oh_sink sink)
{
    if (strcmp(format, "table") == 0 || strcmp(format, "md") == 0)
        return write_sheet(e, context, strcmp(format, "md") == 0, sink);
    if (strcmp(format, "csv") == 0)
        return write_lines(e, sink);
    if (strcmp(format, "json") == 0)
        return write_document(e, context, sink);
    return OH_ARGUMENT;
}
