/* log_reading.c - options to log, with words for everything that can go wrong on the way. */
#include "log_reading.h"

#include <errno.h>
#include <string.h>

#include "command.h"
#include "interrupt.h"
#include "messages.h"
#include "progress_bar.h"

void log_findings(const oh_diags *diags)
{
    oh_diags_print(diags, colour_on(stderr), stderr_sink());
}

typedef bool read_fn(const char *text, double *value, char wrong[256]);

static bool take(const struct settings *settings, const char *option, read_fn *read,
                 const char *text, double *value, int *code)
{
    char wrong[256];
    if (!text || read(text, value, wrong))
        return true;
    *code = say_usage(settings->command, "--%s: %s", option, wrong);
    return false;
}

bool log_duration(const struct settings *settings, const char *option, const char *text,
                  double *seconds, int *code)
{
    return take(settings, option, oh_read_duration, text, seconds, code);
}

static bool fill(const struct settings *settings, oh_log_options *o, int *code)
{
    const struct log_settings *s = &settings->log;
    o->map = s->map;
    o->queue_by = s->queue_by;
    o->from = s->from;
    o->until = s->until;
    return take(settings, "interval", oh_read_duration, s->interval, &o->interval, code) &&
           take(settings, "opens", oh_read_time_of_day, s->opens, &o->opens, code) &&
           take(settings, "max-dropped", oh_read_share, s->most_dropped, &o->most_dropped, code);
}

static int failed(const char *file, oh_status status, oh_diags *diags)
{
    int error = errno;
    if (oh_diags_count(diags) > 0)
        log_findings(diags);
    switch (status) {
    case OH_INVALID:
        return EXIT_SCENARIO;
    case OH_ARGUMENT:
        return EXIT_USAGE;
    case OH_IO:
        if (error == ENOENT || error == EISDIR || error == ENOTDIR || error == EACCES) {
            say_error("%s: %s", file,
                      error == ENOENT   ? "there is no such file"
                      : error == EISDIR ? "this is a folder, not a file"
                                        : strerror(error));
            return EXIT_SCENARIO; /* as for a scenario that is not there */
        }
        say_error("cannot read %s: %s", file, strerror(error));
        return EXIT_FAILED;
    case OH_CANCELLED:
        say("interrupted while reading %s: nothing is written", file);
        return EXIT_INTERRUPTED;
    case OH_LIMIT:
        say_error("%s: more days and queues than a log may have", file);
        return EXIT_FAILED;
    default:
        say_error("%s: %s", file, oh_status_text(status));
        return EXIT_FAILED;
    }
}

int log_read(oh_log **out, const struct settings *settings, oh_log_options options,
             const char *const *file, size_t files, oh_diags *diags)
{
    struct progress_bar bar;
    oh_log *log = NULL;
    int code = EXIT_FINE;
    *out = NULL;
    if (!fill(settings, &options, &code))
        return code;
    options.cancel = interrupt_catch();
    options.progress = progress_show;
    options.progress_user = &bar;
    oh_status status = oh_log_new(&log, &options, diags);
    const char *at = settings->log.map ? settings->log.map : file[0];
    for (size_t i = 0; status == OH_OK && i < files; i++) {
        at = file[i];
        progress_begin(&bar, !settings->no_progress && !settings->quiet);
        errno = 0;
        status = oh_log_read(log, at, diags);
        int error = errno;
        progress_end(&bar);
        errno = error;
    }
    if (status == OH_OK)
        status = oh_log_judge(log, diags);
    if (status == OH_OK) {
        *out = log;
        return EXIT_FINE;
    }
    code = failed(file_shown(at), status, diags);
    oh_log_free(log);
    return code;
}
