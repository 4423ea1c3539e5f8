/* log.h - a call log (CSV or TSV, one row a call), read as a stream into counts.
 *
 * A log of any length takes bounded memory: volumes and waits are summed by day, interval and
 * queue, times are counted by value, and at most OH_LOG_KEPT calls are kept one by one (for what
 * needs their order: agents, customers): all those of the first days, in whatever order the rows
 * stand. What cannot be used is counted by reason with the lines of the first ones. Rows that hold
 * counts of an interval instead of one call are read as well.
 *
 * The bound, however many rows: 160 MB of calls kept one by one, 34 MB of rows and 34 MB of ids
 * seen lately (hashes, for copies), about 3 kB a day and queue in half hours. A fit takes another
 * 64 MB for who took which call, after the hashes are gone.
 */
#ifndef ONHOLD_LOG_H
#define ONHOLD_LOG_H

#include <stdatomic.h>

#include <onhold/base.h>
#include <onhold/diag.h>
#include <onhold/run.h>

/* Calls kept one by one, of 40 bytes each. */
#define OH_LOG_KEPT 4000000

typedef struct oh_log oh_log;

/* Zero is the default of every field. Strings must outlive oh_log_new only. */
typedef struct oh_log_options {
    const char *map;          /* YAML file that says what the columns are; NULL: default names */
    const char *queue_by;     /* column whose values are the queues */
    double interval;          /* seconds, divides a day; default 1800 */
    double within;            /* seconds: time limit of the service level; default 20 */
    const char *from;         /* calls from this day on: a date, or a day's number */
    const char *until;        /* calls before this day */
    double opens;             /* logs in seconds: the time of day of second 0 */
    double most_dropped;      /* share of rows that may be unusable; default 0.05 */
    atomic_bool *cancel;      /* may be NULL */
    oh_progress_fn *progress; /* may be NULL; counts bytes, and rows as calls */
    void *progress_user;
} oh_log_options;

/* An empty log. OH_INVALID: the mapping file is wrong, OH_ARGUMENT: an option; the findings tell.
 */
oh_status oh_log_new(oh_log **out, const oh_log_options *options, oh_diags *diags);
void oh_log_free(oh_log *log);

/* Reads a file ("-": standard input) to its end; several files of the same columns may follow one
 * another. OH_INVALID: the findings tell. OH_IO: errno tells. OH_CANCELLED: the log is useless. */
oh_status oh_log_read(oh_log *log, const char *file, oh_diags *diags);

/* The same from memory, in pieces of any length: begin, take..., end. */
oh_status oh_log_begin(oh_log *log, const char *name, oh_diags *diags);
oh_status oh_log_take(oh_log *log, const char *text, size_t length);
oh_status oh_log_end(oh_log *log);

/* Once everything is read: OH_INVALID with a finding if too much was dropped or nothing is left. */
oh_status oh_log_judge(oh_log *log, oh_diags *diags);

/* What became of the rows: read = used + the sum of what was dropped. */
typedef struct oh_log_drop {
    const char *id;    /* "negative_time" */
    const char *words; /* "a time is negative" */
    bool wanted;       /* left out because it was asked for: no fault of the log */
    uint64_t rows;
    uint64_t line[3];    /* of the first ones, from 1; 0: none */
    const char *file[3]; /* that they stand in, as it was given; the log's memory */
} oh_log_drop;

uint64_t oh_log_rows(const oh_log *log);
size_t oh_log_files(const oh_log *log); /* read so far */
uint64_t oh_log_used(const oh_log *log);
size_t oh_log_drops(const oh_log *log); /* those with rows */
oh_log_drop oh_log_drop_at(const oh_log *log, size_t i);

/* Sentences on what was guessed or is odd, to be shown. */
size_t oh_log_notes(const oh_log *log);
const char *oh_log_note(const oh_log *log, size_t i);

#endif
