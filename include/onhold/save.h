/* save.h - a scenario as it was understood, a result kept in a file, results joined, a database.
 */
#ifndef ONHOLD_SAVE_H
#define ONHOLD_SAVE_H

#include <onhold/write.h>

/* ---- the resolved scenario: after extends, a variant, --set and defaults ----
 *
 * These read the scenario as oh_model_compile does, and its CSV tables as they were when they were
 * read first: OH_INVALID if it would not compile (compile it first to tell why). */

typedef enum oh_form {
    /* A scenario file again, values as written, defaults filled in, without variants and sweep:
     * compiled, it gives the same model, so the same bytes of every result. Names of CSV tables
     * are seen from the current folder, wherever the file that named them lies. */
    OH_FORM_YAML,
    /* For programs: the same keys, times in seconds, rates and money per second, shares from 0 to
     * 1, times of day in seconds since midnight. "arrivals": {"rate": 0.033}, "target":
     * [{"service_level": {"share": 0.8, "within": 20}}, {"abandon_rate": 0.05}]. One line. */
    OH_FORM_JSON
} oh_form;

oh_status oh_scenario_print(oh_scenario *scenario, oh_form form, oh_sink sink);

/* 64 hexadecimal digits that name the resolved scenario with the contents of its CSV tables: the
 * same for other formatting, comments, units and order of keys where order means nothing. */
oh_status oh_scenario_hash(oh_scenario *scenario, char hash[65]);

/* ---- saved results ----
 *
 * A saved result holds all that a run counted and the resolved scenario with its tables, so that
 * it can be read on another computer without the files. It is a few bytes for each count that is
 * not zero, in the same byte order everywhere, with a version and a checksum. */

oh_status oh_result_save(const oh_result *result, oh_scenario *scenario,
                         const oh_write_context *context, oh_sink sink);

typedef struct oh_saved oh_saved;

/* OH_IO: the file cannot be read. OH_INVALID: it is no saved result, of a newer format, cut off or
 * damaged. message says so in one sentence without the file's name. "-" is standard input. */
oh_status oh_saved_load(oh_saved **out, const char *file, char message[256]);
/* The same from memory; the bytes are not kept. */
oh_status oh_saved_read(oh_saved **out, const void *bytes, size_t length, char message[256]);
void oh_saved_free(oh_saved *saved);

/* Does a file begin as saved results do? False as well if it cannot be read. */
bool oh_saved_looks_like(const char *file);

/* These live as long as `saved`. With the two every writer and plot gives the same bytes as after
 * the run itself; the context's `colour` is false. */
const oh_result *oh_saved_result(const oh_saved *saved);
const oh_write_context *oh_saved_context(const oh_saved *saved);
oh_scenario *oh_saved_scenario(oh_saved *saved);     /* resolved, with its tables */
const char *oh_saved_hash(const oh_saved *saved);    /* as oh_scenario_hash gave it */
const char *oh_saved_version(const oh_saved *saved); /* of the onhold that played it: "0.1.0" */

/* Joins parts of one run, in any order: the same scenario, seed, version and way of counting, and
 * replications that follow each other without gap or overlap. What comes out is, to the byte, what
 * one run of all these replications would have left (saved again as well); file, variant, settings
 * and warnings are those of the part with the lowest replications. OH_ARGUMENT: they do not belong
 * together; `message` says why and `wrong` (may be NULL) gives the two parts' indices. The parts
 * are not changed and may be freed afterwards. */
oh_status oh_saved_merge(oh_saved **out, oh_saved *const *parts, size_t n, size_t wrong[2],
                         char message[256]);
/* As oh_result_save. */
oh_status oh_saved_write(oh_saved *saved, oh_sink sink);

/* ---- what many runs came to: a line for each, on one page ---- */

typedef struct oh_batch oh_batch;

oh_batch *oh_batch_new(void); /* NULL: out of memory */
void oh_batch_free(oh_batch *batch);
/* Keeps what the page says of a run: status as in oh_database_run, error and result may be NULL and
 * need not stay. OH_NO_MEMORY. */
oh_status oh_batch_add(oh_batch *batch, const char *file, const char *variant, const char *status,
                       const char *error, const oh_result *result);
/* As "table", "md" or "json". OH_ARGUMENT: another format. */
oh_status oh_batch_write(const oh_batch *batch, const char *format, bool colour, oh_sink sink);

/* ---- a database of results (SQLite) ----
 *
 * Tables run, metric, interval_metric, replication_metric and trace_call. Views of the newest
 * complete run of each file, variant and settings: newest_run; newest_metric, its figures; target,
 * every target with its figure and whether it is met; worst_interval, of each queue that with the
 * lowest service level. problem: what did not end as it should when it was tried last. */

typedef struct oh_database oh_database;

/* Opens or makes it. OH_IO: cannot be opened or written. OH_INVALID: no database, not one of
 * onhold's, or of a newer onhold. message: one sentence. */
oh_status oh_database_open(oh_database **out, const char *file, char message[256]);
void oh_database_close(oh_database *database);

/* What becomes a row of `run`. Whatever is NULL is NULL there. */
typedef struct oh_database_run {
    const char *status;              /* "complete", "cancelled", "limit", "invalid", "failed" */
    const char *error;               /* what went wrong */
    const oh_write_context *context; /* file, variant, settings; never NULL */
    const oh_model *model;           /* the scenario's name */
    oh_scenario *scenario;           /* resolved, hash; NULL unless it compiles */
    const oh_result *result;         /* NULL: nothing was played */
    oh_precision goal; /* the run's option; its name in `settings` tells it from other runs */
    bool trace;        /* plays the replications again, for trace_call */
    bool once; /* without a result: not again if the newest row of the file and variant says it */
} oh_database_run;

/* Writes one run, all of it or nothing: one transaction. OH_IO: the disk is full, the folder
 * read-only, another program keeps the database busy. */
oh_status oh_database_add(oh_database *database, const oh_database_run *run, char message[256]);

/* Is a complete run of that scenario there, by this version of onhold and with what the options and
 * the scenario say of seed, replications, confidence and counting? Each run there answers yes once
 * (the one of that file and variant first), and those added since the database was opened do not,
 * so that of two equal scenarios both are played once. Otherwise *found is false. */
oh_status oh_database_find(oh_database *database, oh_scenario *scenario, const oh_model *model,
                           const oh_run_options *options, const oh_write_context *context,
                           bool *found, char message[256]);

#endif
