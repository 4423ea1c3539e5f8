/* sweep_writers.h - the inside of a sweep's writer: one row of functions for each format.
 */
#ifndef ONHOLD_SIM_SWEEP_WRITERS_H
#define ONHOLD_SIM_SWEEP_WRITERS_H

#include "csv_parts.h"
#include "json_parts.h"
#include "sweep_store.h"

/* Each returns a status; what a format has no use for is NULL. */
struct sweep_format {
    const char *name;
    oh_status (*begin)(oh_sweep_writer *w);
    oh_status (*point)(oh_sweep_writer *w, size_t point, const oh_result *result,
                       const char *message);
    oh_status (*end)(oh_sweep_writer *w);
};

struct oh_sweep_writer {
    const struct sweep_format *format;
    const oh_sweep *sweep;
    const oh_write_context *context;
    oh_sink sink;
    struct arena arena;
    /* those of the format */
    struct json json;
    struct csv csv;
    struct sweep_store store;
};

/* Formats that keep figures and write at the end. */
oh_status sweep_store_begin(oh_sweep_writer *w);
oh_status sweep_store_point(oh_sweep_writer *w, size_t point, const oh_result *result,
                            const char *message);

oh_status sweep_table_end(oh_sweep_writer *w);
oh_status sweep_markdown_end(oh_sweep_writer *w);
oh_status sweep_plot_end(oh_sweep_writer *w);
oh_status staffing_curve_end(oh_sweep_writer *w);

/* A path that sets a number of agents: "agents.desk.count". */
bool sweep_path_is_staff(const char *path);

#endif
