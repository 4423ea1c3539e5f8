/* write.h - writers: a result as table, Markdown, JSON, CSV or plot data; a trace as CSV.
 *
 * Writers are rows of one list (oh_writer_find). They write to a sink and never touch files.
 */
#ifndef ONHOLD_WRITE_H
#define ONHOLD_WRITE_H

#include <onhold/gap.h>
#include <onhold/run.h>

/* What a writer needs beside the result. */
typedef struct oh_write_context {
    const char *file;    /* scenario file as named by the user */
    const char *variant; /* "" if none */
    const char *sha256;
    const char *const *settings; /* PATH=VALUE, in order */
    size_t settings_count;
    const char *const *warnings; /* one line each */
    size_t warnings_count;
    bool colour; /* table only */
    /* Erlang's formulas beside it, interval by interval (run --against-erlang); or NULL. */
    const oh_gap *gap;
} oh_write_context;

typedef oh_status oh_write_fn(const oh_result *result, const oh_write_context *context,
                              oh_sink sink);

typedef struct oh_writer {
    const char *name;      /* "json" */
    const char *extension; /* ".json" */
    const char *about;
    oh_write_fn *write;
} oh_writer;

size_t oh_writer_count(void);
const oh_writer *oh_writer_at(size_t i);
const oh_writer *oh_writer_find(const char *name); /* NULL if there is none */

/* Plots: each writes the data file of one gnuplot script of the same name in plots/. */
size_t oh_plot_count(void);
const oh_writer *oh_plot_at(size_t i);

/* Plays replications one after the other and writes them call by call as CSV (COMMANDS: trace): a
 * log that `fit` reads, each replication a day. `done` (may be NULL) is how many are written whole,
 * also when OH_CANCELLED says that `cancel` (may be NULL) was raised. */
typedef struct oh_trace_options {
    uint32_t seed, first, replications;
    atomic_bool *cancel;
} oh_trace_options;

oh_status oh_trace_csv(const oh_model *model, const oh_trace_options *options, oh_sink sink,
                       uint32_t *done, char message[256]);

#endif
