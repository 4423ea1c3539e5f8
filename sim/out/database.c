/* database.c - a database of results: opening it, making its tables, one transaction a run.
 *
 * The one idea: a write-ahead log and one transaction a run, so that whatever happens the database
 * holds whole runs, and other programs can read it meanwhile.
 */
#include "database.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../base/bytes.h"
#include "../model/model.h"
#include "json_text.h"

enum { BUSY_MS = 20000 };

oh_status database_trouble(oh_database *database, char message[256])
{
    sqlite3 *db = database->db;
    int code = db ? sqlite3_errcode(db) & 0xFF : SQLITE_NOMEM;
    int error = db ? sqlite3_system_errno(db) : 0;
    if (code == SQLITE_NOMEM) {
        snprintf(message, 256, "%s", oh_status_text(OH_NO_MEMORY));
        return OH_NO_MEMORY;
    }
    if (code == SQLITE_FULL)
        snprintf(message, 256, "the disk is full");
    else if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        snprintf(message, 256, "another program keeps the database busy");
    else if (code == SQLITE_READONLY)
        snprintf(message, 256, "the database or its folder is read-only");
    else if ((code == SQLITE_IOERR || code == SQLITE_CANTOPEN) && error)
        snprintf(message, 256, "%s", strerror(error));
    else if (code == SQLITE_IOERR)
        snprintf(message, 256, "it cannot be written or read: the disk is full or fails");
    else
        snprintf(message, 256, "%s", sqlite3_errmsg(db));
    return OH_IO;
}

static bool run_sql(oh_database *d, const char *sql)
{
    return sqlite3_exec(d->db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* The first number that a statement gives; false if it fails. */
static bool ask(oh_database *d, const char *sql, int *answer)
{
    sqlite3_stmt *statement = NULL;
    bool good = sqlite3_prepare_v2(d->db, sql, -1, &statement, NULL) == SQLITE_OK &&
                sqlite3_step(statement) == SQLITE_ROW;
    if (good)
        *answer = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return good;
}

/* ---- whose database it is ---- */

static oh_status is_ours(oh_database *d, bool *empty, char message[256])
{
    int version = 0, tables = 0, runs = 0;
    if (!ask(d, "PRAGMA user_version", &version) ||
        !ask(d, "SELECT count(*) FROM sqlite_schema", &tables) ||
        !ask(d, "SELECT count(*) FROM sqlite_schema WHERE name = 'run' AND type = 'table'",
             &runs)) {
        if ((sqlite3_errcode(d->db) & 0xFF) != SQLITE_NOTADB)
            return database_trouble(d, message);
        snprintf(message, 256, "this is no database");
        return OH_INVALID;
    }
    *empty = version == 0 && tables == 0;
    if (version > DATABASE_SCHEMA) {
        snprintf(message, 256,
                 "made by a newer onhold: its tables have version %d, onhold %s knows %d", version,
                 OH_VERSION, DATABASE_SCHEMA);
        return OH_INVALID;
    }
    if (*empty || (version == DATABASE_SCHEMA && runs == 1))
        return OH_OK;
    snprintf(message, 256, "this is a database of another program");
    return OH_INVALID;
}

/* All tables, or none: whoever comes at the same time finds them made. */
static oh_status make_tables(oh_database *d, char message[256])
{
    struct arena arena;
    char number[64];
    bool empty = false;
    arena_init(&arena);
    const char *schema = database_schema(&arena);
    oh_status status = OH_NO_MEMORY;
    snprintf(number, sizeof number, "PRAGMA user_version = %d", DATABASE_SCHEMA);
    if (schema && !run_sql(d, "BEGIN IMMEDIATE"))
        status = database_trouble(d, message);
    else if (schema)
        status = is_ours(d, &empty, message);
    if (status == OH_OK && empty && (!run_sql(d, schema) || !run_sql(d, number)))
        status = database_trouble(d, message);
    if (status == OH_OK && !run_sql(d, "COMMIT"))
        status = database_trouble(d, message);
    if (status != OH_OK)
        run_sql(d, "ROLLBACK"); /* also undone by closing */
    arena_free(&arena);
    return status;
}

/* ---- statements ---- */

static bool prepare(oh_database *d, sqlite3_stmt **out, const char *sql)
{
    return sqlite3_prepare_v3(d->db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL) == SQLITE_OK;
}

/* One row's values, or many at once. */
static bool prepare_replications(oh_database *d)
{
    static const char insert[] = "INSERT INTO replication_metric VALUES";
    char sql[64 + 40 * DATABASE_MANY];
    size_t used = (size_t)snprintf(sql, sizeof sql, "%s", insert);
    for (int i = 0; i < DATABASE_MANY; i++)
        used += (size_t)snprintf(sql + used, sizeof sql - used, "%s(?1,?2+%d,?3,?4,?5,?%d)",
                                 i ? "," : "", i, 6 + i);
    return prepare(d, &d->replications, sql) &&
           prepare(d, &d->replication, "INSERT INTO replication_metric VALUES(?1,?2,?3,?4,?5,?6)");
}

static bool prepare_all(oh_database *d)
{
    return run_sql(d, "CREATE TEMP TABLE taken(run_id INTEGER PRIMARY KEY)") &&
           prepare(d, &d->run, "INSERT INTO run VALUES(NULL,?,?,?,?,?,?,?,?,?,?,?,?,?)") &&
           prepare(d, &d->metric, "INSERT INTO metric VALUES(?,?,?,?,?,?,?)") &&
           prepare(d, &d->interval, "INSERT INTO interval_metric VALUES(?,?,?,?,?,?,?,?,?,?)") &&
           prepare_replications(d) &&
           prepare(d, &d->call,
                   "INSERT INTO trace_call VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)") &&
           prepare(d, &d->take, "INSERT INTO taken VALUES(?)") &&
           prepare(d, &d->said,
                   "SELECT status IS ?3 AND error IS ?4 AND version IS ?5 FROM run"
                   " WHERE file = ?1 AND variant = ?2 ORDER BY run_id DESC LIMIT 1") &&
           /* A run up to a precision has as many replications as it took. */
           prepare(d, &d->find,
                   "SELECT run_id FROM run WHERE hash = ?1 AND seed = ?2 AND confidence = ?4"
                   " AND version = ?5 AND status = 'complete'"
                   " AND (replications = ?3 OR (replications >= ?3 AND"
                   " (?9 AND stopped_by <> 'replications' OR ?11 <> '')))"
                   " AND instr(settings, '\"--count-at exit\"') > 0 = ?8"
                   " AND CASE ?10 WHEN 1 THEN instr(settings, '\"--first ') = 0"
                   " ELSE instr(settings, '\"--first ' || ?10 || '\"') > 0 END"
                   " AND CASE ?11 WHEN '' THEN instr(settings, '\"--precision ') = 0"
                   " ELSE instr(settings, ?11) > 0 END"
                   " AND run_id NOT IN temp.taken"
                   " ORDER BY file = ?6 AND variant = ?7 DESC, run_id LIMIT 1");
}

void oh_database_close(oh_database *d)
{
    if (!d)
        return;
    sqlite3_stmt *const all[] = {d->run,  d->metric, d->interval, d->replication, d->replications,
                                 d->call, d->find,   d->take,     d->said};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        sqlite3_finalize(all[i]);
    sqlite3_close(d->db);
    free(d);
}

/* SQLite would only say that it cannot open it. */
static bool is_folder(const char *file)
{
    struct stat about;
    return stat(file, &about) == 0 && S_ISDIR(about.st_mode);
}

oh_status oh_database_open(oh_database **out, const char *file, char message[256])
{
    bool empty;
    *out = NULL;
    message[0] = '\0';
    if (is_folder(file)) {
        snprintf(message, 256, "a folder stands there");
        return OH_IO;
    }
    oh_database *d = calloc(1, sizeof *d);
    if (!d) {
        snprintf(message, 256, "%s", oh_status_text(OH_NO_MEMORY));
        return OH_NO_MEMORY;
    }
    oh_status status = OH_OK;
    if (sqlite3_open_v2(file, &d->db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK)
        status = database_trouble(d, message);
    if (status == OH_OK) {
        sqlite3_busy_timeout(d->db, BUSY_MS);
        status = is_ours(d, &empty, message); /* before anything of it is changed */
    }
    if (status == OH_OK &&
        !(run_sql(d, "PRAGMA journal_mode = WAL") && run_sql(d, "PRAGMA synchronous = NORMAL") &&
          run_sql(d, "PRAGMA wal_autocheckpoint = 4000") &&
          run_sql(d, "PRAGMA temp_store = MEMORY")))
        status = database_trouble(d, message);
    if (status == OH_OK)
        status = make_tables(d, message);
    if (status == OH_OK && !prepare_all(d))
        status = database_trouble(d, message);
    if (status == OH_OK) {
        *out = d;
        return OH_OK;
    }
    oh_database_close(d);
    return status;
}

/* ---- runs ---- */

/* Is a run without a result the same as the last one of its file and variant? */
static bool is_said(oh_database *d, const oh_database_run *run)
{
    sqlite3_bind_text(d->said, 1, run->context->file, -1, SQLITE_STATIC);
    sqlite3_bind_text(d->said, 2, run->context->variant, -1, SQLITE_STATIC);
    sqlite3_bind_text(d->said, 3, run->status, -1, SQLITE_STATIC);
    sqlite3_bind_text(d->said, 4, run->error, -1, SQLITE_STATIC);
    sqlite3_bind_text(d->said, 5, OH_VERSION, -1, SQLITE_STATIC);
    bool said = sqlite3_step(d->said) == SQLITE_ROW && sqlite3_column_int(d->said, 0) == 1;
    sqlite3_reset(d->said);
    return said;
}

oh_status oh_database_add(oh_database *d, const oh_database_run *run, char message[256])
{
    message[0] = '\0';
    if (run->once && !run->result && is_said(d, run))
        return OH_OK;
    if (!run_sql(d, "BEGIN IMMEDIATE"))
        return database_trouble(d, message);
    oh_status status = database_rows(d, run, message);
    if (status == OH_OK && !run_sql(d, "COMMIT"))
        status = database_trouble(d, message);
    if (status != OH_OK)
        run_sql(d, "ROLLBACK"); /* fails where SQLite has done so already */
    return status;
}

bool database_goal(struct bytes *out, const oh_model *model, const oh_precision *goal)
{
    struct emit e = emit_to(bytes_sink(out));
    if (!goal->wanted)
        return true;
    emit_text(&e, "--precision ");
    emit_text(&e, database_level(goal->level));
    emit_char(&e, '.');
    if (goal->level != OH_TOTAL) {
        emit_text(&e, oh_model_thing(model, goal->level, goal->thing));
        emit_char(&e, '.');
    }
    emit_text(&e, goal->metric);
    emit_char(&e, '=');
    emit_real(&e, goal->half_width);
    return !e.failed;
}

bool database_settings(struct bytes *out, const oh_write_context *context, oh_count_at count_at,
                       uint32_t first, const char *goal)
{
    char option[32];
    struct json j = js_to(bytes_sink(out));
    js_open_list(&j, NULL, JSON_FLAT);
    for (size_t i = 0; i < context->settings_count; i++)
        js_string(&j, NULL, context->settings[i]);
    if (count_at == OH_AT_EXIT)
        js_string(&j, NULL, "--count-at exit");
    snprintf(option, sizeof option, "--first %u", (unsigned)first);
    if (first != 1)
        js_string(&j, NULL, option);
    if (goal)
        js_string(&j, NULL, goal);
    js_close(&j);
    return js_flush(&j) == OH_OK;
}

/* The goal as it stands among the settings, in quotes; "" if there is none. */
static bool goal_among_settings(struct bytes *out, const oh_model *model, const oh_precision *goal)
{
    struct bytes text = {0};
    bool good = database_goal(&text, model, goal);
    if (good && text.at) {
        struct json j = js_to(bytes_sink(out));
        js_string(&j, NULL, text.at);
        good = js_flush(&j) == OH_OK;
    }
    bytes_free(&text);
    return good;
}

oh_status oh_database_find(oh_database *d, oh_scenario *scenario, const oh_model *model,
                           const oh_run_options *options, const oh_write_context *context,
                           bool *found, char message[256])
{
    const oh_experiment *own = oh_model_experiment(model);
    size_t asked = options->replications ? options->replications : own->replications;
    char hash[65];
    struct bytes goal = {0};
    *found = false;
    oh_status status = oh_scenario_hash(scenario, hash);
    if (status == OH_OK && !goal_among_settings(&goal, model, &options->goal))
        status = OH_NO_MEMORY;
    if (status != OH_OK) {
        bytes_free(&goal);
        snprintf(message, 256, "%s", oh_status_text(status));
        return status;
    }
    sqlite3_bind_text(d->find, 1, hash, -1, SQLITE_STATIC);
    sqlite3_bind_int64(d->find, 2, options->has_seed ? options->seed : own->seed);
    sqlite3_bind_int64(d->find, 3, (sqlite3_int64)(model->batches ? model->batches : asked));
    sqlite3_bind_double(d->find, 4,
                        options->confidence > 0 ? options->confidence : own->confidence);
    sqlite3_bind_text(d->find, 5, OH_VERSION, -1, SQLITE_STATIC);
    sqlite3_bind_text(d->find, 6, context->file, -1, SQLITE_STATIC);
    sqlite3_bind_text(d->find, 7, context->variant, -1, SQLITE_STATIC);
    sqlite3_bind_int(d->find, 8, options->count_at == OH_AT_EXIT);
    sqlite3_bind_int(d->find, 9, own->has_precision && !options->replications);
    sqlite3_bind_int64(d->find, 10, options->first ? options->first : 1);
    sqlite3_bind_text(d->find, 11, goal.at ? goal.at : "", -1, SQLITE_STATIC);
    int step = sqlite3_step(d->find);
    if (step == SQLITE_ROW) {
        *found = true;
        sqlite3_bind_int64(d->take, 1, sqlite3_column_int64(d->find, 0));
        if (sqlite3_step(d->take) != SQLITE_DONE)
            status = database_trouble(d, message);
        sqlite3_reset(d->take);
    } else if (step != SQLITE_DONE) {
        status = database_trouble(d, message);
    }
    sqlite3_reset(d->find);
    bytes_free(&goal);
    return status;
}
