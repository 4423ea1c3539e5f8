/* batch.c - where the results of many runs go, and the thread that brings them there. */
#include "batch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "delivery.h"
#include "interrupt.h"
#include "messages.h"

/* ---- jobs ---- */

struct job *job_new(struct batch *b, const char *file, const char *variant)
{
    struct job *job = calloc(1, sizeof *job);
    if (job) {
        job->batch = b;
        job->file = strdup(file);
        job->variant = strdup(variant);
    }
    if (job && job->file && job->variant)
        return job;
    if (job)
        job_free(job);
    batch_stop(b, oh_status_text(OH_NO_MEMORY));
    return NULL;
}

void job_free(struct job *job)
{
    oh_result_free(job->result);
    if (job->is_sound)
        context_free(&job->context);
    prepare_free(&job->prepared);
    free(job->file);
    free(job->variant);
    free(job);
}

void batch_say_error(struct batch *b, const struct job *job, const char *message)
{
    progress_end(&b->bar);
    if (*job->variant)
        say_error("%s (%s): %s", file_shown(job->file), job->variant, message);
    else
        say_error("%s: %s", file_shown(job->file), message);
}

void batch_show_warnings(struct batch *b, const struct job *job)
{
    if (oh_diags_count(job->prepared.diags) == 0)
        return;
    progress_end(&b->bar);
    prepare_show(&job->prepared);
}

void batch_stop(struct batch *b, const char *message)
{
    progress_end(&b->bar);
    if (!b->stopped)
        say_error("%s%s%s", b->settings->database ? b->settings->database : "",
                  b->settings->database ? ": " : "", message);
    b->stopped = true;
}

/* ---- what the second thread does ---- */

/* Everything behind the first line feed: one header is enough for all. */
struct headless {
    oh_sink sink;
    bool begun;
};

static bool skip_header(void *user, const char *text, size_t length)
{
    struct headless *h = user;
    const char *feed = h->begun ? text - 1 : memchr(text, '\n', length);
    if (!feed)
        return true;
    h->begun = true;
    size_t rest = length - (size_t)(feed + 1 - text);
    return rest == 0 || h->sink.write(h->sink.user, feed + 1, rest);
}

static oh_status write_csv(struct batch *b, const struct job *job)
{
    struct headless headless = {output_sink(&b->out), false};
    oh_sink sink = b->headed ? (oh_sink){skip_header, &headless} : output_sink(&b->out);
    b->headed = true;
    return oh_writer_find("csv")->write(job->result, &job->context.public, sink);
}

static oh_status write_rows(struct job *job)
{
    struct batch *b = job->batch;
    const oh_write_context bare = {.file = file_shown(job->file),
                                   .variant = job->variant,
                                   .settings = b->settings->set.at,
                                   .settings_count = b->settings->set.n};
    const oh_database_run run = {
        .status = job->status,
        .error = job->error[0] ? job->error : NULL,
        .context = job->is_sound ? &job->context.public : &bare,
        .model = job->prepared.model,
        .scenario = job->is_sound ? job->prepared.scenario : NULL,
        .result = job->result,
        .goal = job->options.goal,
        .trace = b->settings->trace,
        .once = b->settings->resume,
    };
    return oh_database_add(b->database, &run, job->message);
}

static void *write_job(void *user)
{
    struct job *job = user;
    struct batch *b = job->batch;
    job->written = OH_OK;
    if (b->database)
        job->written = write_rows(job);
    if (job->written == OH_OK && b->csv && job->result && !b->out.error) {
        oh_status csv = write_csv(b, job);
        job->written = b->out.error ? OH_OK : csv; /* what the output refuses, output_finish says */
    }
    if (job->written == OH_OK && b->page)
        job->written = oh_batch_add(b->page, file_shown(job->file), job->variant, job->status,
                                    job->error[0] ? job->error : NULL, job->result);
    if (job->written != OH_OK && !job->message[0])
        snprintf(job->message, sizeof job->message, "%s", oh_status_text(job->written));
    return NULL;
}

bool batch_settle(struct batch *b)
{
    struct job *job = b->at_work;
    if (!job)
        return !b->stopped;
    if (b->threaded)
        pthread_join(b->thread, NULL);
    if (job->written != OH_OK)
        batch_stop(b, job->message);
    b->unread = b->out.error == EPIPE;
    b->stopped = b->stopped || (b->out.error && !b->unread);
    job_free(job);
    b->at_work = NULL;
    return !b->stopped;
}

void batch_submit(struct batch *b, struct job *job)
{
    if (!batch_settle(b)) {
        job_free(job);
        return;
    }
    b->at_work = job;
    b->threaded = pthread_create(&b->thread, NULL, write_job, job) == 0;
    if (!b->threaded)
        write_job(job);
}

/* ---- the whole ---- */

int batch_open(struct batch *b, const struct settings *settings, size_t files)
{
    *b = (struct batch){
        .settings = settings, .files = files, .cancel = interrupt_catch(), .started = clock_now()};
    b->csv = strcmp(format_name(settings), "csv") == 0;
    if (!output_possible(settings->output))
        return EXIT_FAILED;
    int code = EXIT_FINE;
    if (settings->database)
        b->database = delivery_database(settings, &code);
    if (code != EXIT_FINE)
        return code;
    if (!b->csv)
        b->page = oh_batch_new();
    if ((!b->csv && !b->page) || !output_open(&b->out, settings->output)) {
        if (!b->csv && !b->page)
            say_error("%s", oh_status_text(OH_NO_MEMORY));
        oh_batch_free(b->page);
        oh_database_close(b->database);
        return EXIT_FAILED;
    }
    progress_begin(&b->bar, !settings->no_progress && !settings->quiet);
    return EXIT_FINE;
}

static void say_end(const struct batch *b)
{
    double seconds = clock_now() - b->started, calls = (double)b->calls;
    if (b->settings->verbose)
        say("%zu run%s, %.0f calls in %.3f s: %.3g million calls/s", b->played,
            b->played == 1 ? "" : "s", calls, seconds, 1e-6 * calls / seconds);
    if (b->interrupted)
        say("interrupted: %zu of %zu files are done%s", b->done > 0 ? b->done - 1 : 0, b->files,
            b->database ? "; --resume goes on from here" : "");
    else if (b->without > 0 && b->without < b->files && !b->settings->quiet)
        say("%zu of %zu files %s no variant '%s'", b->without, b->files,
            b->without == 1 ? "has" : "have", b->settings->variant);
    if (!b->interrupted && b->skipped > 0 && !b->settings->quiet)
        say("%zu %s there already", b->skipped, b->skipped == 1 ? "run was" : "runs were");
}

void batch_close(struct batch *b)
{
    oh_status status = OH_OK;
    bool colour = output_is_standard(b->settings->output) && colour_on(stdout);
    batch_settle(b);
    progress_end(&b->bar);
    if (b->without == b->files)
        status = OH_CANCELLED; /* nothing to put in place */
    else if (b->page)
        status = oh_batch_write(b->page, format_name(b->settings), colour, output_sink(&b->out));
    if (!output_finish(&b->out, status))
        b->stopped = true;
    oh_batch_free(b->page);
    oh_database_close(b->database);
    say_end(b);
}
