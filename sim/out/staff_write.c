/* staff_write.c - the answer of a staffing search for programs: JSON, CSV, and the plan as a table
 * that a scenario reads.
 */
#include <math.h>
#include <string.h>

#include "csv_text.h"
#include "json_parts.h"
#include "staff_writers.h"

/* ---- JSON ---- */

static void put_numbers(struct json *j, const char *key, const oh_staffing *f, size_t group,
                        double (*of)(const oh_staff_heads *heads))
{
    size_t n = oh_staffing_info(f).intervals;
    js_open_list(j, key, JSON_FLAT);
    for (size_t k = 0; k < (n ? n : 1); k++) {
        oh_staff_heads h = oh_staffing_heads(f, group, k);
        js_real(j, NULL, of(&h));
    }
    js_close(j);
}

static double required(const oh_staff_heads *h)
{
    return h->required;
}

static double scheduled(const oh_staff_heads *h)
{
    return h->scheduled;
}

static double scheduled_now(const oh_staff_heads *h)
{
    return h->scheduled_now;
}

static void put_lines(struct json *j, const oh_staffing *f, size_t group, size_t lines)
{
    js_open_list(j, "shifts", JSON_LINES);
    for (size_t i = 0; i < lines; i++) {
        oh_staff_line line = oh_staffing_line(f, group, i);
        js_open_map(j, NULL, JSON_FLAT);
        js_string(j, "start", line.start);
        js_string(j, "end", line.end);
        js_real(j, "count", line.heads);
        js_real(j, "now", line.now);
        js_close(j);
    }
    js_close(j);
}

static void put_groups(struct json *j, const oh_staffing *f)
{
    const oh_model *m = oh_staffing_model(f);
    js_open_map(j, "groups", JSON_LINES);
    for (size_t g = 0; g < oh_model_things(m, OH_AGENTS); g++) {
        oh_staff_group group = oh_staffing_group(f, g);
        js_open_map(j, group.name, JSON_LINES);
        js_bool(j, "chosen", group.chosen);
        put_numbers(j, "counts", f, g, required);
        put_numbers(j, "scheduled", f, g, scheduled);
        put_numbers(j, "scheduled_now", f, g, scheduled_now);
        if (group.lines)
            put_lines(j, f, g, group.lines);
        js_real(j, "agent_hours", group.hours);
        js_real(j, "agent_hours_now", group.now);
        js_real(j, "scheduled_hours", group.scheduled_hours);
        js_real(j, "scheduled_hours_now", group.scheduled_now);
        js_real(j, "cost", group.money);
        js_real(j, "cost_now", group.money_now);
        js_close(j);
    }
    js_close(j);
}

static void put_intervals(struct json *j, const oh_staffing *f)
{
    const oh_result *result = oh_staffing_result(f);
    js_open_list(j, "intervals", JSON_LINES);
    for (size_t k = 0; k < oh_result_intervals(result); k++) {
        oh_interval at = oh_result_interval(result, k);
        js_open_map(j, NULL, JSON_FLAT);
        js_string(j, "day", at.day);
        js_string(j, "start", at.start);
        js_string(j, "end", at.end);
        js_close(j);
    }
    js_close(j);
}

/* The period of a target: its day and, if it is an interval, its start. */
static void put_period(struct json *j, const oh_result *result, long period, const char *key)
{
    oh_interval at = {"", "", NULL};
    if (period >= 0)
        at = oh_result_interval(result, (size_t)period);
    else if (period < OH_WHOLE)
        at.day = oh_result_day(result, (size_t)(OH_DAY(0) - period));
    js_string(j, "day", at.day);
    js_string(j, key, period >= 0 ? at.start : NULL);
}

/* "queue" or "group", and the metric with its value. */
static void put_outcome(struct json *j, const oh_model *m, const oh_staff_outcome *o)
{
    js_string(j, "queue", o->level == OH_QUEUE ? oh_model_thing(m, OH_QUEUE, o->thing) : NULL);
    if (o->level == OH_AGENTS)
        js_string(j, "occupancy_of", oh_model_thing(m, OH_AGENTS, o->thing));
    js_string(j, "metric", o->column->id);
    js_real(j, o->column->id, o->estimate.value);
    js_real(j, "half_width", o->estimate.half_width);
    js_real(j, "target", o->estimate.target);
    js_bool(j, "met", o->estimate.met);
}

static void put_missed(struct json *j, const oh_staffing *f)
{
    js_open_list(j, "missed", JSON_LINES);
    for (size_t i = 0; i < oh_staffing_outcomes(f); i++) {
        oh_staff_outcome o = oh_staffing_outcome(f, i);
        if (o.estimate.met)
            continue;
        js_open_map(j, NULL, JSON_FLAT);
        put_period(j, oh_staffing_result(f), o.period, "interval");
        put_outcome(j, oh_staffing_model(f), &o);
        js_close(j);
    }
    js_close(j);
}

static void put_fewer(struct json *j, const oh_staffing *f)
{
    const oh_model *m = oh_staffing_model(f);
    const oh_result *result = oh_staffing_result(f);
    js_open_list(j, "one_fewer", JSON_LINES);
    for (size_t i = 0; i < oh_staffing_fewer_count(f); i++) {
        oh_staff_fewer fewer = oh_staffing_fewer(f, i);
        js_open_map(j, NULL, JSON_FLAT);
        js_string(j, "group", oh_model_thing(m, OH_AGENTS, fewer.group));
        put_period(j, result, fewer.interval, "interval");
        if (fewer.line != SIZE_MAX)
            js_whole(j, "shift", fewer.line);
        put_outcome(j, m, &fewer.worst);
        if (fewer.worst.period != fewer.interval) {
            js_open_map(j, "missed_in", JSON_FLAT);
            put_period(j, result, fewer.worst.period, "start");
            js_close(j);
        }
        js_real(j, "agent_hours_saved", fewer.hours);
        js_real(j, "cost_saved", fewer.money);
        js_close(j);
    }
    js_close(j);
}

/* Single days, and what callers say who had no part in the plan. */
static void put_days(struct json *j, const oh_staffing *f)
{
    oh_staff_info info = oh_staffing_info(f);
    oh_staff_again again = oh_staffing_again(f);
    if (!isnan(info.good_days)) {
        js_open_map(j, "target_met", JSON_FLAT);
        js_real(j, "value", info.good_days);
        js_real(j, "half_width", info.good_days_half);
        js_close(j);
    }
    if (again.replications == 0)
        return;
    js_open_map(j, "other_callers", JSON_FLAT);
    js_whole(j, "seed", again.seed);
    js_whole(j, "replications", again.replications);
    js_whole(j, "targets", again.targets);
    js_whole(j, "missed", again.missed);
    js_close(j);
}

oh_status staff_write_json(const oh_staffing *f, const oh_write_context *context, oh_sink sink)
{
    struct json j = js_to(sink);
    const oh_result *result = oh_staffing_result(f);
    oh_staff_info info = oh_staffing_info(f);

    js_open_map(&j, NULL, JSON_LINES);
    json_head(&j);
    json_scenario(&j, "scenario", oh_model_name(oh_staffing_model(f)), context);
    if (result) {
        oh_run_info run = oh_result_info(result);
        json_experiment(&j, &run);
    }
    js_bool(&j, "met", info.met);
    js_string(&j, "per", info.per == OH_PER_DAY ? "day" : "interval");
    js_real(&j, "days", info.days > 0 ? info.days : NAN);
    js_string(&j, "least", info.by_money ? "cost" : "agent_hours");
    js_real(&j, "agent_hours", info.hours);
    js_real(&j, "agent_hours_now", info.now);
    js_real(&j, "cost", info.money);
    js_real(&j, "cost_now", info.money_now);
    js_whole(&j, "adjusted", info.adjusted);
    js_bool(&j, "cut_short", info.spare > 0);
    js_whole(&j, "spare", info.spare);
    js_whole(&j, "close_calls", info.close);
    put_days(&j, f);
    put_groups(&j, f);
    if (result) {
        json_things(&j, result, "queues", OH_QUEUE, OH_WHOLE);
        put_intervals(&j, f);
        put_missed(&j, f);
    }
    put_fewer(&j, f);
    json_warnings(&j, context);
    js_close(&j);
    return js_end(&j);
}

/* ---- CSV ---- */

static const char *const header[] = {
    "file",   "scenario", "variant",           "group",     "day", "start",
    "end",    "shift",    "required",          "scheduled", "now", "queue_one_fewer",
    "metric", "value",    "agent_hours_saved", "cost_saved"};

static void put_row(struct csv *c, const oh_staffing *f, const oh_write_context *context,
                    size_t group, const oh_interval *at, size_t line, const oh_staff_heads *h)
{
    const oh_model *m = oh_staffing_model(f);
    cs_field(c, context->file);
    cs_field(c, oh_model_name(m));
    cs_field(c, context->variant);
    cs_field(c, oh_model_thing(m, OH_AGENTS, group));
    cs_field(c, at->day);
    cs_field(c, at->start);
    cs_field(c, at->end);
    if (line == SIZE_MAX)
        cs_field(c, NULL);
    else
        cs_whole(c, line);
    cs_real(c, h->required);
    cs_real(c, h->scheduled);
    cs_real(c, h->scheduled_now);
}

static void put_saved(struct csv *c, const oh_staffing *f, size_t group, long interval, size_t line)
{
    for (size_t i = 0; i < oh_staffing_fewer_count(f); i++) {
        oh_staff_fewer fewer = oh_staffing_fewer(f, i);
        if (fewer.group != group || fewer.line != line || fewer.interval != interval)
            continue;
        cs_field(c, oh_model_thing(oh_staffing_model(f), fewer.worst.level, fewer.worst.thing));
        cs_field(c, fewer.worst.column->id);
        cs_real(c, fewer.worst.estimate.value);
        cs_real(c, fewer.hours);
        cs_real(c, fewer.money);
        cs_end_row(c);
        return;
    }
    for (size_t k = 0; k < 5; k++)
        cs_field(c, NULL);
    cs_end_row(c);
}

oh_status staff_write_csv(const oh_staffing *f, const oh_write_context *context, oh_sink sink)
{
    struct csv c = cs_to(sink);
    const oh_result *result = oh_staffing_result(f);
    size_t n = oh_staffing_info(f).intervals;
    for (size_t i = 0; i < sizeof header / sizeof *header; i++)
        cs_field(&c, header[i]);
    cs_end_row(&c);
    for (size_t g = 0; g < oh_model_things(oh_staffing_model(f), OH_AGENTS); g++) {
        oh_staff_group group = oh_staffing_group(f, g);
        for (size_t k = 0; k < (n ? n : 1); k++) {
            oh_interval at = {"", "", NULL};
            if (n && result)
                at = oh_result_interval(result, k);
            oh_staff_heads h = oh_staffing_heads(f, g, k);
            put_row(&c, f, context, g, &at, SIZE_MAX, &h);
            put_saved(&c, f, g, n ? (long)k : OH_WHOLE, SIZE_MAX);
        }
        for (size_t i = 0; i < group.lines; i++) {
            oh_staff_line line = oh_staffing_line(f, g, i);
            oh_interval at = {"", "", NULL};
            memcpy(at.start, line.start, sizeof at.start - 1);
            memcpy(at.end, line.end, sizeof at.end - 1);
            oh_staff_heads h = {line.heads, line.heads, line.now, line.now};
            put_row(&c, f, context, g, &at, i, &h);
            put_saved(&c, f, g, OH_WHOLE, i);
        }
    }
    return emit_status(&c.emit);
}

oh_status oh_staffing_write(const oh_staffing *f, const oh_write_context *context,
                            const char *format, oh_sink sink)
{
    if (strcmp(format, "json") == 0)
        return staff_write_json(f, context, sink);
    if (strcmp(format, "csv") == 0)
        return staff_write_csv(f, context, sink);
    if (strcmp(format, "table") == 0 || strcmp(format, "md") == 0)
        return staff_write_page(f, context, strcmp(format, "md") == 0, sink);
    return OH_ARGUMENT;
}

/* ---- the plan ---- */

/* A group whose count the plan can be. */
static bool planned(const oh_staffing *f, size_t group)
{
    oh_staff_group g = oh_staffing_group(f, group);
    return g.chosen && g.lines == 0;
}

oh_status oh_staffing_write_plan(const oh_staffing *f, oh_sink sink)
{
    struct csv c = cs_to(sink);
    const oh_result *result = oh_staffing_result(f);
    size_t groups = oh_model_things(oh_staffing_model(f), OH_AGENTS), n = 0;
    for (size_t g = 0; g < groups; g++)
        n += planned(f, g);
    if (n == 0 || !result || oh_result_intervals(result) == 0)
        return OH_ARGUMENT;
    cs_field(&c, "day"); /* empty for a single day, which the reader allows */
    cs_field(&c, "start");
    for (size_t g = 0; g < groups; g++)
        if (planned(f, g))
            cs_field(&c, oh_model_thing(oh_staffing_model(f), OH_AGENTS, g));
    cs_end_row(&c);
    for (size_t k = 0; k < oh_result_intervals(result); k++) {
        oh_interval at = oh_result_interval(result, k);
        cs_field(&c, at.day ? at.day : "");
        cs_field(&c, at.start);
        for (size_t g = 0; g < groups; g++)
            if (planned(f, g))
                cs_real(&c, oh_staffing_heads(f, g, k).scheduled);
        cs_end_row(&c);
    }
    return emit_status(&c.emit);
}
