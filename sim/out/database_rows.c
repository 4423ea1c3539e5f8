/* database_rows.c - one run as rows: itself, its figures, those of its intervals and replications,
 * its calls.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "../base/bytes.h"
#include "../model/model.h"
#include "call_log.h"
#include "database.h"

const char *database_level(oh_level level)
{
    return level == OH_QUEUE ? "queues" : level == OH_AGENTS ? "agents" : "total";
}

/* Undefined is NULL. */
static void bind_real(sqlite3_stmt *s, int at, double value)
{
    if (isfinite(value))
        sqlite3_bind_double(s, at, value);
    else
        sqlite3_bind_null(s, at);
}

/* The text must stay until the row is written. */
static void bind_text(sqlite3_stmt *s, int at, const char *text)
{
    sqlite3_bind_text(s, at, text, -1, SQLITE_STATIC); /* NULL: NULL */
}

static bool put(sqlite3_stmt *s)
{
    bool good = sqlite3_step(s) == SQLITE_DONE;
    return sqlite3_reset(s) == SQLITE_OK && good;
}

/* ---- the run ---- */

struct texts {
    struct bytes goal, settings, resolved;
    char hash[65];
};

static oh_status make_texts(const oh_database_run *run, struct texts *t)
{
    oh_run_info info = {.count_at = OH_AT_ENTRY, .first = 1};
    if (run->result)
        info = oh_result_info(run->result);
    if (run->model && !database_goal(&t->goal, run->model, &run->goal))
        return OH_NO_MEMORY;
    if (!database_settings(&t->settings, run->context, info.count_at, info.first, t->goal.at))
        return OH_NO_MEMORY;
    if (!run->scenario)
        return OH_OK;
    oh_status status = oh_scenario_print(run->scenario, OH_FORM_JSON, bytes_sink(&t->resolved));
    if (status == OH_OK)
        status = oh_scenario_hash(run->scenario, t->hash);
    return t->resolved.failed ? OH_NO_MEMORY : status;
}

static void bind_info(sqlite3_stmt *s, const oh_result *result)
{
    if (!result) {
        for (int at = 7; at <= 9; at++)
            sqlite3_bind_null(s, at);
        bind_text(s, 12, NULL);
        return;
    }
    oh_run_info info = oh_result_info(result);
    sqlite3_bind_int64(s, 7, info.seed);
    sqlite3_bind_int64(s, 8, info.replications);
    sqlite3_bind_double(s, 9, info.confidence);
    bind_text(s, 12, info.stopped_by);
}

static bool put_run(oh_database *d, const oh_database_run *run, const struct texts *t)
{
    sqlite3_stmt *s = d->run;
    bind_text(s, 1, run->context->file);
    bind_text(s, 2, run->model ? oh_model_name(run->model) : NULL);
    bind_text(s, 3, run->context->variant);
    bind_text(s, 4, t->settings.at);
    bind_text(s, 5, run->scenario ? t->resolved.at : NULL);
    bind_text(s, 6, run->scenario ? t->hash : NULL);
    bind_info(s, run->result);
    bind_text(s, 10, OH_VERSION);
    bind_text(s, 11, run->status);
    bind_text(s, 13, run->error);
    return put(s);
}

/* ---- figures ---- */

/* What is written of one thing. */
struct place {
    oh_database *d;
    const oh_result *result;
    sqlite3_int64 run;
    double *values; /* [replications] */
};

/* A row for each metric of a thing in a period; id, value, half width and unit are the statement's
 * parameters from `first` on, and what stands before them is bound already. */
static bool put_columns(const struct place *p, sqlite3_stmt *s, int first, oh_level level,
                        size_t thing, long period)
{
    bool good = true;
    for (size_t c = 0; c < oh_result_columns(p->result, level) && good; c++) {
        const oh_column *column = oh_result_column(p->result, level, c);
        oh_estimate e;
        if (!oh_result_estimate(p->result, level, thing, period, c, &e))
            continue;
        bind_text(s, first, column->id);
        bind_real(s, first + 1, e.value);
        bind_real(s, first + 2, e.half_width);
        bind_text(s, first + 3, column->metric->unit);
        good = put(s);
    }
    return good;
}

static bool put_metrics(const struct place *p, oh_level level, size_t thing)
{
    sqlite3_stmt *s = p->d->metric;
    sqlite3_bind_int64(s, 1, p->run);
    bind_text(s, 2, database_level(level));
    bind_text(s, 3, oh_result_name(p->result, level, thing));
    return put_columns(p, s, 4, level, thing, OH_WHOLE);
}

/* An interval, or a day of the week, which has no start and end. */
static bool put_period(const struct place *p, oh_level level, size_t thing, long period)
{
    sqlite3_stmt *s = p->d->interval;
    oh_interval at = {"", "", NULL};
    bool day = period < OH_WHOLE;
    if (day)
        at.day = oh_result_day(p->result, (size_t)(OH_DAY(0) - period));
    else
        at = oh_result_interval(p->result, (size_t)period);
    sqlite3_bind_int64(s, 1, p->run);
    bind_text(s, 2, database_level(level));
    bind_text(s, 3, oh_result_name(p->result, level, thing));
    bind_text(s, 4, at.day);
    bind_text(s, 5, day ? NULL : at.start);
    bind_text(s, 6, day ? NULL : at.end);
    return put_columns(p, s, 7, level, thing, period);
}

/* ---- replications ---- */

static void bind_group(sqlite3_stmt *s, const struct place *p, oh_level level, size_t thing,
                       const char *metric)
{
    sqlite3_bind_int64(s, 1, p->run);
    bind_text(s, 3, database_level(level));
    bind_text(s, 4, oh_result_name(p->result, level, thing));
    bind_text(s, 5, metric);
}

static bool put_values(const struct place *p, oh_level level, size_t thing, const char *metric)
{
    oh_run_info info = oh_result_info(p->result);
    sqlite3_stmt *many = p->d->replications, *one = p->d->replication;
    bool good = true;
    uint32_t i = 0;
    bind_group(many, p, level, thing, metric);
    bind_group(one, p, level, thing, metric);
    for (; i + DATABASE_MANY <= info.replications && good; i += DATABASE_MANY) {
        sqlite3_bind_int64(many, 2, (sqlite3_int64)info.first + i);
        for (int k = 0; k < DATABASE_MANY; k++)
            bind_real(many, 6 + k, p->values[i + (uint32_t)k]);
        good = put(many);
    }
    for (; i < info.replications && good; i++) {
        sqlite3_bind_int64(one, 2, (sqlite3_int64)info.first + i);
        bind_real(one, 6, p->values[i]);
        good = put(one);
    }
    return good;
}

static bool put_replications(const struct place *p, oh_level level, size_t thing)
{
    bool good = true;
    for (size_t c = 0; c < oh_result_columns(p->result, level) && good; c++)
        if (oh_result_values(p->result, level, thing, OH_WHOLE, c, p->values))
            good = put_values(p, level, thing, oh_result_column(p->result, level, c)->id);
    return good;
}

static bool put_thing(const struct place *p, oh_level level, size_t thing)
{
    bool good = put_metrics(p, level, thing) && put_replications(p, level, thing);
    for (size_t k = 0; k < oh_result_days(p->result) && good; k++)
        good = put_period(p, level, thing, OH_DAY(k));
    for (size_t k = 0; k < oh_result_intervals(p->result) && good; k++)
        good = put_period(p, level, thing, (long)k);
    return good;
}

static oh_status put_result(oh_database *d, const oh_result *result, sqlite3_int64 run,
                            char message[256])
{
    static const oh_level levels[] = {OH_QUEUE, OH_AGENTS, OH_TOTAL};
    size_t n = oh_result_info(result).replications;
    struct place p = {d, result, run, calloc(n, sizeof *p.values)};
    bool good = true;
    if (!p.values)
        return OH_NO_MEMORY;
    for (size_t l = 0; l < 3 && good; l++)
        for (size_t i = 0; i < oh_result_things(result, levels[l]) && good; i++)
            good = put_thing(&p, levels[l], i);
    free(p.values);
    return good ? OH_OK : database_trouble(d, message);
}

/* ---- calls ---- */

struct tracing {
    oh_database *d;
    const oh_model *model;
    sqlite3_int64 run;
    uint32_t replication;
};

static bool put_call(const struct tracing *t, const struct call_record *r)
{
    const oh_model *m = t->model;
    sqlite3_stmt *s = t->d->call;
    sqlite3_bind_int64(s, 1, t->run);
    sqlite3_bind_int64(s, 2, t->replication);
    sqlite3_bind_int64(s, 3, (sqlite3_int64)r->call);
    sqlite3_bind_int64(s, 4, (sqlite3_int64)r->caller);
    sqlite3_bind_int64(s, 5, (sqlite3_int64)r->attempt);
    bind_text(s, 6, m->queue[r->queue].name);
    bind_real(s, 7, r->arrived);
    bind_real(s, 8, r->patience);
    bind_real(s, 9, r->wait);
    bind_real(s, 10, r->ring);
    bind_text(s, 11, r->outcome);
    bind_text(s, 12, r->group >= 0 ? m->group[r->group].name : NULL);
    if (r->agent >= 0)
        sqlite3_bind_int64(s, 13, (sqlite3_int64)r->agent);
    else
        sqlite3_bind_null(s, 13);
    bind_real(s, 14, r->talk);
    bind_real(s, 15, r->hold);
    bind_real(s, 16, r->wrap_up);
    bind_real(s, 17, r->ended);
    return put(s);
}

/* One replication again. */
static oh_status put_replay(const struct tracing *t, uint32_t seed, char message[256])
{
    struct call_log log = {0};
    const struct probe probe = {.user = &log, .call = call_log_keep};
    oh_status status = replay(t->model, seed, t->replication, &probe, &log, message);
    for (size_t i = 0; i < log.count && status == OH_OK; i++)
        if (!put_call(t, &log.record[i]))
            status = database_trouble(t->d, message);
    free(log.record);
    return status;
}

/* Every replication; a run in batches is one. */
static oh_status put_calls(oh_database *d, const oh_result *result, sqlite3_int64 run,
                           char message[256])
{
    const oh_model *model = oh_result_model(result);
    oh_run_info info = oh_result_info(result);
    uint32_t plays = model->batches ? 1 : info.replications;
    oh_status status = OH_OK;
    for (uint32_t i = 0; i < plays && status == OH_OK; i++) {
        const struct tracing t = {d, model, run, info.first + i};
        status = put_replay(&t, info.seed, message);
    }
    return status;
}

/* ---- the whole ---- */

oh_status database_rows(oh_database *d, const oh_database_run *run, char message[256])
{
    struct texts t = {.hash = ""};
    oh_status status = make_texts(run, &t);
    if (status == OH_OK && !put_run(d, run, &t))
        status = database_trouble(d, message);
    bytes_free(&t.goal);
    bytes_free(&t.settings);
    bytes_free(&t.resolved);
    sqlite3_int64 id = sqlite3_last_insert_rowid(d->db);
    if (status == OH_OK) {
        sqlite3_bind_int64(d->take, 1, id);
        if (!put(d->take))
            status = database_trouble(d, message);
    }
    if (status == OH_OK && run->result)
        status = put_result(d, run->result, id, message);
    if (status == OH_OK && run->result && run->trace)
        status = put_calls(d, run->result, id, message);
    if (status != OH_OK && !message[0])
        snprintf(message, 256, "%s", oh_status_text(status));
    return status;
}
