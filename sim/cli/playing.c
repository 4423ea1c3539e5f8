/* playing.c - a run with its progress bar, Ctrl-C, and words on how it ended. */
#include "playing.h"

#include <string.h>

#include "command.h"
#include "interrupt.h"
#include "messages.h"
#include "precision.h"
#include "progress_bar.h"

/* The command that plays these replications again. */
static void say_repeat(const struct settings *settings, const oh_run_info *info, uint32_t n)
{
    fputs("  onhold run ", stderr);
    say_quoted(settings->files.at[0]);
    if (settings->variant) {
        fputs(" --variant ", stderr);
        say_quoted(settings->variant);
    }
    for (size_t i = 0; i < settings->set.n; i++) {
        fputs(" --set ", stderr);
        say_quoted(settings->set.at[i]);
    }
    if (settings->run.count_at == OH_AT_EXIT)
        fputs(" --count-at exit", stderr);
    fprintf(stderr, " --seed %u", (unsigned)info->seed);
    if (info->first != 1)
        fprintf(stderr, " --first %u", (unsigned)info->first);
    if (n > 0)
        fprintf(stderr, " -n %u", (unsigned)n);
    fputc('\n', stderr);
}

/* What the command line asks to run, the model's own figures filled in. */
static oh_run_info asked_for(const struct settings *settings, const oh_model *model)
{
    const oh_experiment *own = oh_model_experiment(model);
    return (oh_run_info){
        .replications = settings->run.replications ? settings->run.replications : own->replications,
        .first = settings->run.first ? settings->run.first : 1,
        .seed = settings->run.has_seed ? settings->run.seed : own->seed,
    };
}

static void say_broken(const struct settings *settings, const struct prepared *p,
                       const char *message)
{
    oh_run_info asked = asked_for(settings, p->model);
    say_error("onhold has found a fault of its own: %s", message);
    say("scenario sha256 %s, seed %u, replications %u to %llu; please report it. It happens again "
        "with",
        oh_scenario_sha256(p->scenario), (unsigned)asked.seed, (unsigned)asked.first,
        (unsigned long long)asked.first + asked.replications - 1);
    say_repeat(settings, &asked, asked.replications);
}

/* A run that its time stopped is not the same again unless one says how many. */
static void say_out_of_time(const oh_result *result)
{
    oh_run_info info = oh_result_info(result);
    if (strcmp(info.stopped_by, "time") == 0)
        fprintf(stderr,
                "stopped after %u replications: experiment.at_most.time is over; -n %u repeats "
                "this run\n",
                (unsigned)info.replications, (unsigned)info.replications);
}

static void say_stopped(const struct settings *settings, const struct prepared *p, oh_status status,
                        const oh_result *result, const char *message)
{
    oh_run_info asked = asked_for(settings, p->model);
    if (status == OH_LIMIT)
        say_error("%s", *message ? message : oh_status_text(status));
    if (!result) {
        say("%s before the first replication was complete: nothing is written",
            status == OH_LIMIT ? "stopped" : "interrupted");
        return;
    }
    oh_run_info info = oh_result_info(result);
    say("%s: %u of %u %ss are complete; exactly these again:",
        status == OH_LIMIT ? "stopped" : "interrupted", (unsigned)info.replications,
        (unsigned)asked.replications, info.replication);
    say_repeat(settings, &info, info.replications);
}

static void say_speed(const oh_result *result, double seconds)
{
    oh_run_info info = oh_result_info(result);
    double calls = (double)info.calls;
    say("%u %s%s, %.0f calls in %.3f s with %u thread%s: %.3g million calls/s, %.0f ns a call",
        (unsigned)info.replications, info.replication, info.replications == 1 ? "" : "s", calls,
        seconds, info.threads, info.threads == 1 ? "" : "s", 1e-6 * calls / seconds,
        calls > 0 ? 1e9 * seconds / calls : 0);
}

void series_begin(struct series *series, const struct settings *settings, size_t count)
{
    *series = (struct series){.count = count};
    progress_begin(&series->bar, !settings->no_progress && !settings->quiet);
}

void series_end(struct series *series)
{
    progress_end(&series->bar);
}

/* An oh_progress_fn: how far the whole series is. */
static void show_series(void *user, const oh_progress *progress)
{
    struct series *series = user;
    oh_progress whole = *progress;
    whole.done += series->done * progress->planned;
    whole.planned *= series->count;
    whole.calls += (uint64_t)series->calls;
    progress_show(&series->bar, &whole);
}

int series_play(struct series *series, struct played *out, const struct settings *settings,
                const struct prepared *p)
{
    oh_run_options options = settings->run;
    char message[256] = "";

    *out = (struct played){0};
    if (!precision_read(&options, settings, p->model, message))
        return say_usage(settings->command, "--precision: %s", message);
    out->goal = options.goal;
    options.cancel = interrupt_catch();
    options.progress = show_series;
    options.progress_user = series;
    double started = clock_now();
    out->status = oh_run(&out->result, p->model, &options, message);
    out->seconds = clock_now() - started;
    series->done++;
    if (out->result)
        series->calls += (double)oh_result_info(out->result).calls;
    if (out->status != OH_OK)
        series_end(series);
    snprintf(out->message, sizeof out->message, "%s", message);

    switch (out->status) {
    case OH_OK:
    case OH_CANCELLED:
    case OH_LIMIT:
        return EXIT_FINE;
    case OH_BROKEN:
        say_broken(settings, p, message);
        return EXIT_FAILED;
    case OH_ARGUMENT:
        if (*message)
            return say_usage(settings->command, "%s", message);
        break;
    case OH_INVALID:
    case OH_NO_MEMORY:
    case OH_IO:
        break;
    }
    say_error("%s", *message ? message : oh_status_text(out->status));
    return EXIT_FAILED;
}

int play(struct played *out, const struct settings *settings, const struct prepared *p)
{
    struct series series;
    series_begin(&series, settings, 1);
    int code = series_play(&series, out, settings, p);
    series_end(&series);
    return code;
}

int played_end(const struct played *played, const struct settings *settings,
               const struct prepared *p)
{
    if (played->status != OH_OK)
        say_stopped(settings, p, played->status, played->result, played->message);
    if (played->status == OH_OK && !settings->quiet && played->result)
        say_out_of_time(played->result);
    if (played->status == OH_OK && !settings->quiet && played->result)
        precision_say(settings, played->result);
    if (settings->verbose && played->result)
        say_speed(played->result, played->seconds);
    if (played->status == OH_LIMIT)
        return EXIT_FAILED;
    /* or what was played afterwards, for the page (reporting.c) */
    return interrupt_came() ? EXIT_INTERRUPTED : EXIT_FINE;
}
