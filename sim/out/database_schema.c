/* database_schema.c - the tables and views of a database of results, as SQL.
 *
 * replication_metric has no index: it is by far the largest table, and an index would double the
 * time of writing. The views answer the usual questions about the newest complete run of each
 * file, variant and settings: the points of a sweep are told apart by their settings.
 */
#include "../stats/metric_table.h"
#include "database.h"

static const char tables[] =
    "CREATE TABLE run(run_id INTEGER PRIMARY KEY, file TEXT, scenario TEXT, variant TEXT,"
    " settings TEXT, resolved TEXT, hash TEXT, seed INTEGER, replications INTEGER,"
    " confidence REAL, version TEXT, status TEXT, stopped_by TEXT, error TEXT);"
    "CREATE INDEX run_hash ON run(hash);"
    "CREATE TABLE metric(run_id INTEGER, level TEXT, name TEXT, metric TEXT, value REAL,"
    " half_width REAL, unit TEXT);"
    "CREATE INDEX metric_run ON metric(run_id);"
    "CREATE TABLE interval_metric(run_id INTEGER, level TEXT, name TEXT, day TEXT, start TEXT,"
    " \"end\" TEXT, metric TEXT, value REAL, half_width REAL, unit TEXT);"
    "CREATE INDEX interval_metric_run ON interval_metric(run_id);"
    "CREATE TABLE replication_metric(run_id INTEGER, replication INTEGER, level TEXT, name TEXT,"
    " metric TEXT, value REAL);"
    "CREATE TABLE trace_call(run_id INTEGER, replication INTEGER, call INTEGER, caller INTEGER,"
    " attempt INTEGER, queue TEXT, arrived REAL, patience REAL, wait REAL, ring REAL,"
    " outcome TEXT, \"group\" TEXT, agent INTEGER, talk REAL, hold REAL, wrap_up REAL,"
    " ended REAL);"
    "CREATE INDEX trace_call_run ON trace_call(run_id);";

static const char views[] =
    /* The last complete run of each file, variant and settings. */
    "CREATE VIEW newest_run AS SELECT * FROM run WHERE run_id IN"
    " (SELECT max(run_id) FROM run WHERE status = 'complete' GROUP BY file, variant, settings);"
    /* Its figures, each with file, variant and settings. */
    "CREATE VIEW newest_metric AS SELECT file, scenario, variant, settings, metric.*"
    " FROM newest_run JOIN metric USING (run_id);"
    /* Of each queue the interval with the lowest service level: SQLite takes the other columns
     * from the row of the minimum. */
    "CREATE VIEW worst_interval AS SELECT run_id, file, scenario, variant, settings, name AS queue,"
    " day, start, \"end\", min(value) AS service_level, half_width"
    " FROM newest_run JOIN interval_metric USING (run_id)"
    " WHERE level = 'queues' AND metric = 'service_level' AND start IS NOT NULL"
    " AND value IS NOT NULL GROUP BY run_id, name;"
    /* What did not end as it should, when it was tried last. */
    "CREATE VIEW problem AS SELECT run_id, file, scenario, variant, settings, status, error"
    " FROM run WHERE status <> 'complete' AND run_id IN"
    " (SELECT max(run_id) FROM run GROUP BY file, variant, settings);";

/* Every target with the figure that it is set on. %s: the figures of which less is better. */
static const char targets[] =
    "CREATE VIEW target AS WITH goal AS ("
    "SELECT run_id, file, scenario, variant, settings, resolved, 'queues' AS level, q.key AS name,"
    " f.key AS figure, CASE f.type WHEN 'object' THEN json_extract(f.value, '$.share')"
    " ELSE f.value END AS goal, CASE f.type WHEN 'object' THEN json_extract(f.value, '$.within')"
    " END AS within, (SELECT json_extract(g.value, '$.within') FROM json_each(q.value, '$.target')"
    " AS u, json_each(u.value) AS g WHERE g.type = 'object' ORDER BY u.key LIMIT 1) AS first"
    " FROM newest_run, json_each(resolved, '$.queues') AS q, json_each(q.value, '$.target') AS t,"
    " json_each(t.value) AS f"
    " UNION ALL SELECT run_id, file, scenario, variant, settings, resolved, 'agents', a.key, "
    "f.key, f.value,"
    " NULL, NULL FROM newest_run, json_each(resolved, '$.agents') AS a,"
    " json_each(a.value, '$.target') AS f)"
    " SELECT goal.run_id, file, scenario, variant, settings, goal.level, goal.name, metric.metric, "
    "goal,"
    " within, value, half_width, CASE WHEN value IS NULL THEN NULL WHEN figure IN (%s)"
    " THEN value <= goal ELSE value >= goal END AS met"
    " FROM goal LEFT JOIN metric ON metric.run_id = goal.run_id AND metric.level = goal.level"
    " AND metric.name = goal.name AND metric.metric = figure || CASE WHEN within IS NULL"
    " OR within = first THEN '' ELSE '_' || within || 's' END;";

const char *database_schema(struct arena *arena)
{
    const char *less = "'occupancy'";
    for (size_t i = 0; i < metric_rows() && less; i++)
        if (metric_row_at(i)->at_most)
            less = arena_printf(arena, "%s, '%s'", less, metric_row_at(i)->public.id);
    const char *target = less ? arena_printf(arena, targets, less) : NULL;
    return target ? arena_printf(arena, "%s%s%s", tables, views, target) : NULL;
}
