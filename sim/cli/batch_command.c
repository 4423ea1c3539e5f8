/* batch_command.c - `onhold batch`: many files and their variants, one after the other, into one
 * database.
 *
 * The one idea: a job is one run from its file to its rows. While one job is played the one before
 * it is written by a second thread, so that the database costs no time of its own.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "batch_files.h"
#include "command.h"
#include "delivery.h"
#include "interrupt.h"
#include "messages.h"
#include "precision.h"

/* ---- one job ---- */

/* What the settings ask of this one. False: they ask for a precision of what it does not have. */
static bool take_options(struct batch *b, struct job *job)
{
    char wrong[256];
    job->options = b->settings->run;
    if (precision_read(&job->options, b->settings, job->prepared.model, wrong))
        return true;
    snprintf(job->error, sizeof job->error, "--precision: %s", wrong);
    batch_say_error(b, job, job->error);
    job->status = "failed";
    b->failed = true;
    return false;
}

static bool prepare_job(struct batch *b, struct job *job)
{
    struct settings one = *b->settings;
    one.variant = *job->variant ? job->variant : NULL;
    int code = prepare(&job->prepared, &one, job->file);
    if (code == EXIT_FINE && context_make(&job->context, &one, &job->prepared)) {
        job->context.public.file = file_shown(job->file);
        job->is_sound = true;
        return true;
    }
    if (code == EXIT_FINE)
        say_error("%s", oh_status_text(OH_NO_MEMORY));
    bool invalid = code == EXIT_SCENARIO || code == EXIT_USAGE;
    job->status = invalid ? "invalid" : "failed";
    b->invalid = b->invalid || invalid;
    b->failed = b->failed || !invalid;
    prepare_error(&job->prepared, job->error);
    return false;
}

static const char *status_name(oh_status status)
{
    return status == OH_OK          ? "complete"
           : status == OH_CANCELLED ? "cancelled"
           : status == OH_LIMIT     ? "limit"
                                    : "failed";
}

static void on_progress(void *user, const oh_progress *progress)
{
    struct batch *b = user;
    oh_progress all = {.done = b->done, .planned = b->files, .calls = b->calls + progress->calls};
    progress_show(&b->bar, &all);
}

static void play_job(struct batch *b, struct job *job)
{
    oh_run_options options = job->options;
    options.cancel = b->cancel;
    options.progress = on_progress;
    options.progress_user = b;
    oh_status status = oh_run(&job->result, job->prepared.model, &options, job->error);
    job->status = status_name(status);
    b->played += job->result != NULL;
    if (job->result)
        b->calls += oh_result_info(job->result).calls;
    if (status == OH_OK)
        return;
    if (!job->error[0])
        snprintf(job->error, sizeof job->error, "%s", oh_status_text(status));
    b->interrupted = b->interrupted || status == OH_CANCELLED;
    b->failed = b->failed || status != OH_CANCELLED;
    if (status != OH_CANCELLED)
        batch_say_error(b, job, job->error);
}

/* What the conditions say of it. One that names what this scenario does not have is not met. */
static void judge_job(struct batch *b, const struct job *job)
{
    char wrong[256], where[600];
    snprintf(where, sizeof where, "%s%s%s", file_shown(job->file), *job->variant ? " " : "",
             job->variant);
    for (size_t i = 0; i < b->settings->require.n; i++) {
        struct requirement r;
        if (!require_read(&r, b->settings->require.at[i], job->prepared.model, wrong)) {
            char words[400];
            snprintf(words, sizeof words, "required %.100s: %s", b->settings->require.at[i], wrong);
            batch_say_error(b, job, words);
            b->unmet = true;
            continue;
        }
        progress_end(&b->bar);
        if (require_judge(&r, job->result, where, b->settings->quiet) != REQUIRE_YES)
            b->unmet = true;
    }
}

/* Has it been played before? */
static bool is_there(struct batch *b, struct job *job)
{
    char message[256];
    bool found = false;
    if (!b->settings->resume || !batch_settle(b))
        return false;
    oh_status status = oh_database_find(b->database, job->prepared.scenario, job->prepared.model,
                                        &job->options, &job->context.public, &found, message);
    if (status != OH_OK)
        batch_stop(b, message);
    return found;
}

/* One run: read, looked up, played, judged, handed on. False if it was not understood. */
static bool do_job(struct batch *b, const char *file, const char *variant)
{
    struct job *job = job_new(b, file, variant);
    if (!job)
        return false;
    bool understood = prepare_job(b, job), ready = understood && take_options(b, job);
    if (ready && is_there(b, job)) {
        b->skipped++;
        job_free(job);
        return true;
    }
    if (b->stopped) {
        job_free(job);
        return understood;
    }
    if (ready && !b->settings->quiet)
        batch_show_warnings(b, job);
    if (ready)
        play_job(b, job);
    if (job->result && strcmp(job->status, "complete") == 0)
        judge_job(b, job);
    if (b->interrupted && !job->result)
        job_free(job); /* nothing of it is complete */
    else
        batch_submit(b, job);
    return understood;
}

/* ---- files ---- */

/* The variants of a file that are to be played. */
struct variants {
    char **name; /* owned */
    size_t n;
    bool own;     /* the file itself, too */
    bool unknown; /* the file was not understood */
};

/* All of them, or the one that --variant names, if it is there. */
static struct variants variants_of(const char *file, const char *only)
{
    oh_diags *diags = oh_diags_new();
    oh_scenario *scenario = NULL;
    struct variants v = {.own = !only, .unknown = true};
    if (diags && oh_scenario_load(&scenario, file, diags) == OH_OK) {
        v.name = calloc(oh_scenario_variants(scenario) + 1, sizeof *v.name);
        v.unknown = !v.name;
    }
    for (size_t i = 0; v.name && i < oh_scenario_variants(scenario); i++) {
        const char *name = oh_scenario_variant_name(scenario, i);
        if (only && strcmp(name, only) != 0)
            continue;
        v.name[v.n] = strdup(name);
        if (!v.name[v.n])
            break;
        v.n++;
    }
    oh_scenario_free(scenario);
    oh_diags_free(diags);
    return v;
}

/* A closed pipe ends what is played for it alone; a database wants the rest all the same. */
static bool is_over(const struct batch *b)
{
    return b->stopped || b->interrupted || (b->unread && !b->database);
}

/* The file and its variants, or the one variant that is asked for. */
static void do_file(struct batch *b, const char *file)
{
    const char *only = b->settings->variant;
    struct variants v = {.unknown = true};
    bool good = true;
    if (strcmp(file, "-") != 0) /* standard input can be read once */
        v = variants_of(file, only);
    if (v.unknown)
        do_job(b, file, only ? only : "");
    else if (v.own)
        good = do_job(b, file, ""); /* what is wrong with the file is said once */
    else
        b->without += v.n == 0;
    for (size_t i = 0; i < v.n; i++) {
        if (good && !is_over(b) && !atomic_load(b->cancel))
            do_job(b, file, v.name[i]);
        free(v.name[i]);
    }
    free(v.name);
    b->done++;
}

static int verdict(const struct batch *b, const struct batch_files *files)
{
    if (b->failed || b->stopped)
        return EXIT_FAILED;
    if (b->interrupted)
        return EXIT_INTERRUPTED;
    if (b->invalid || files->incomplete)
        return EXIT_SCENARIO;
    return b->unmet ? EXIT_VERDICT : EXIT_FINE;
}

static int run_files(const struct settings *settings, const struct batch_files *files)
{
    struct batch b;
    int code = batch_open(&b, settings, files->n);
    if (code != EXIT_FINE)
        return code;
    for (size_t i = 0; i < files->n && !is_over(&b); i++) {
        if (atomic_load(b.cancel))
            b.interrupted = true;
        else
            do_file(&b, files->at[i]);
    }
    batch_close(&b);
    if (b.without == b.files)
        return say_usage(settings->command, "no file has a variant '%s'", settings->variant);
    return verdict(&b, files);
}

static int run(const struct settings *settings)
{
    struct batch_files files = {0};
    char wrong[256];
    for (size_t i = 0; i < settings->require.n; i++)
        if (!require_compares(settings->require.at[i], wrong))
            return say_usage(settings->command, "--require: %s", wrong);
    if (!precision_has_form(settings, wrong))
        return say_usage(settings->command, "--precision: %s", wrong);
    if (settings->resume && !settings->database)
        return say_usage(settings->command, "--resume needs the database: --db FILE");
    if (delivery_lacks_database(settings))
        return say_usage(settings->command, "--trace needs a database: --db FILE");
    for (size_t i = 0; i < settings->files.n; i++)
        batch_files_add(&files, settings->files.at[i]);
    int code = EXIT_FAILED;
    if (files.no_memory)
        say_error("%s", oh_status_text(OH_NO_MEMORY));
    else if (files.n == 0)
        code = EXIT_SCENARIO;
    else
        code = run_files(settings, &files);
    batch_files_free(&files);
    return code;
}

const struct command batch_command = {
    .name = "batch",
    .operands = "PATH...",
    .summary = "simulate many files and folders into one database",
    .about =
        "Simulates the scenario files that PATHs name, or hold if they are folders (*.yaml, *.yml "
        "and *.json, in the order of their names; those that begin with _ or . are left out), each "
        "with its variants (--variant NAME: that alone, of the files that have it), and writes the "
        "results into a SQLite database. A file that is invalid "
        "or fails does not stop the others: it is a row of the table 'run' with its error. "
        "--resume leaves out what the database has already. Beside the tables run, metric, "
        "interval_metric and replication_metric there are views of the newest complete run of each "
        "file, variant and settings: newest_run, newest_metric, target (every target and whether "
        "it is met), "
        "worst_interval (of each queue), and problem (what did not end as it should).",
    .examples = "  onhold batch scenarios --db results.sqlite --resume\n"
                "  sqlite3 results.sqlite 'SELECT * FROM target WHERE NOT met'",
    .flag = COMMAND_BATCH,
    .least_files = 1,
    .most_files = 100000,
    .run = run,
};
