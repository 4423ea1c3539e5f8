/* batch.h - many runs, one after the other, and where their results go.
 */
#ifndef ONHOLD_SIM_BATCH_H
#define ONHOLD_SIM_BATCH_H

#include <pthread.h>

#include "context.h"
#include "output_file.h"
#include "prepare.h"
#include "progress_bar.h"
#include "require.h"

struct batch;

/* One run of a file or of one of its variants. */
struct job {
    struct batch *batch;
    char *file, *variant; /* "" for the file itself */
    struct prepared prepared;
    struct context context;
    bool is_sound; /* it was understood: prepared and context are there */
    oh_run_options options;
    oh_result *result;
    const char *status;
    char error[PREPARE_ERROR];
    /* by the thread that writes it */
    oh_status written;
    char message[256];
};

struct batch {
    const struct settings *settings;
    atomic_bool *cancel;
    oh_database *database; /* NULL: none */
    struct output_file out;
    bool csv;    /* the long CSV goes to out, each run as it is done */
    bool headed; /* its header is there */
    oh_batch *page;
    struct job *at_work; /* what the second thread writes */
    pthread_t thread;
    bool threaded;
    struct progress_bar bar;
    double started;
    size_t done, files, played, skipped, without; /* without: files that lack the variant */
    uint64_t calls;
    bool failed, invalid, unmet, interrupted;
    bool unread;  /* whoever read the output went away */
    bool stopped; /* results cannot be written */
};

/* Opens the database and the output. An exit code. */
int batch_open(struct batch *b, const struct settings *settings, size_t files);
/* Waits, writes what comes at the end, closes. Sets `stopped` if that fails. */
void batch_close(struct batch *b);

struct job *job_new(struct batch *b, const char *file, const char *variant);
void job_free(struct job *job);

/* Gives the job to the second thread, which frees it in the end. */
void batch_submit(struct batch *b, struct job *job);
/* Waits for the second thread; false if results cannot be written. */
bool batch_settle(struct batch *b);
/* Says why nothing more can be written. */
void batch_stop(struct batch *b, const char *message);

/* "error: FILE (VARIANT): MESSAGE", beside the progress bar. */
void batch_say_error(struct batch *b, const struct job *job, const char *message);
void batch_show_warnings(struct batch *b, const struct job *job);

#endif
