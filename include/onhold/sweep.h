/* sweep.h - one scenario over a grid of values, the same callers at every point.
 */
#ifndef ONHOLD_SWEEP_H
#define ONHOLD_SWEEP_H

#include <onhold/run.h>
#include <onhold/write.h>

/* Most points of a grid. */
#define OH_SWEEP_MOST 10000

typedef struct oh_sweep oh_sweep;

/* The grid of n lists, each "PATH=LIST": a range (20..32, 20..32..4, 10%..30%..5%) or items split
 * at commas outside brackets. n = 0: the file's own `sweep`. The first path changes slowest. Every
 * point is tried: OH_INVALID, with findings, if a list cannot be read or a point makes no scenario.
 * `failed` (may be NULL) then names the point, "agents.desk.count=0"; "" if it is none.
 * OH_ARGUMENT: n is 0 and the file has no sweep. The scenario is copied. The caller frees *out. */
oh_status oh_sweep_new(oh_sweep **out, const oh_scenario *scenario, const char *const *vary,
                       size_t n, oh_diags *diags, char failed[256]);
void oh_sweep_free(oh_sweep *sweep);

size_t oh_sweep_paths(const oh_sweep *sweep);
const char *oh_sweep_path(const oh_sweep *sweep, size_t path); /* "agents.desk.count" */
size_t oh_sweep_points(const oh_sweep *sweep);
/* The value of a path at a point, as written: "26", "10%". */
const char *oh_sweep_value(const oh_sweep *sweep, size_t point, size_t path);

/* One point's scenario, what the point changes among its settings. The caller frees *out. */
oh_status oh_sweep_scenario(const oh_sweep *sweep, size_t point, oh_scenario **out,
                            oh_diags *diags);
/* One point's model. Warnings go to diags. */
oh_status oh_sweep_model(const oh_sweep *sweep, size_t point, oh_model **out, oh_diags *diags);

/* A point that is done. `result` is NULL if it failed (`message` says why, as a sentence); it is
 * freed after the call. Returns OH_OK to go on. */
typedef oh_status oh_sweep_point_fn(void *user, size_t point, const oh_result *result,
                                    const char *message);

/* Plays all points, several at a time where there are threads for them, and hands them over in
 * order, from the calling thread. The same bytes on any number of threads. A point that hits a
 * limit is handed over as failed and the others go on: OH_LIMIT in the end. OH_CANCELLED: those
 * handed over are complete. In what progress is told, `done` and `planned` count replications of
 * all points, and there is no queue or metric (NULL). */
oh_status oh_sweep_run(const oh_sweep *sweep, const oh_run_options *options,
                       oh_sweep_point_fn *point, void *user, char message[256]);

/* ---- writing it ---- */

/* "table", "csv", "json", "md"; "sweep" and "staffing_curve" are the data of plots. */
typedef struct oh_sweep_writer oh_sweep_writer;

/* OH_ARGUMENT: there is no such format. Everything given must outlive the writer. */
oh_status oh_sweep_writer_new(oh_sweep_writer **out, const oh_sweep *sweep, const char *format,
                              const oh_write_context *context, oh_sink sink);
/* Before the first point: the plot "sweep" shall show this figure, too, by the id of its column, of
 * the queue or group of that name (any text for OH_TOTAL). Other formats take no notice. */
oh_status oh_sweep_writer_show(oh_sweep_writer *writer, oh_level level, const char *name,
                               const char *id);
/* An oh_sweep_point_fn: to be called for each point in order. */
oh_status oh_sweep_writer_point(void *writer, size_t point, const oh_result *result,
                                const char *message);
/* After the last one. */
oh_status oh_sweep_writer_end(oh_sweep_writer *writer);
void oh_sweep_writer_free(oh_sweep_writer *writer);
/* Is there anything to draw? A staffing curve needs a path that is a number of agents. */
bool oh_sweep_writer_draws(const oh_sweep *sweep, const char *plot);

#endif
