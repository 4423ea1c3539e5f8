/* sweep_command.c - `onhold sweep`: one scenario over a grid of values, the same callers at each
 * point. Points are written as they come; what is drawn waits for the last.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "context.h"
#include "delivery.h"
#include "interrupt.h"
#include "messages.h"
#include "output_file.h"
#include "plotting.h"
#include "precision.h"
#include "prepare.h"
#include "progress_bar.h"
#include "require.h"

static const char *const plots[] = {"sweep", "staffing_curve"};
enum { PLOTS = sizeof plots / sizeof *plots };

/* A plot's data, kept until it is drawn. */
struct drawing {
    oh_sweep_writer *writer;
    char *at;
    size_t length, room;
};

struct sweeping {
    const struct settings *settings;
    const oh_sweep *sweep;
    const oh_model *model;              /* of the file */
    const struct requirement *required; /* read for the file; again at each point */
    struct output_file out;
    oh_database *database; /* NULL: none */
    bool unkept;           /* a row could not be written */
    oh_sweep_writer *writer;
    struct drawing drawing[PLOTS];
    struct progress_bar bar;
    oh_precision goal;
    size_t complete; /* points */
    int verdict;     /* the exit code that follows from the conditions */
    double calls;
};

static int failed(oh_status status)
{
    say_error("%s", oh_status_text(status));
    return EXIT_FAILED;
}

/* ---- drawings ---- */

static bool keep(void *user, const char *text, size_t length)
{
    struct drawing *d = user;
    if (d->room - d->length < length) {
        size_t room = 2 * d->room + length;
        char *more = realloc(d->at, room);
        if (!more)
            return false;
        d->at = more;
        d->room = room;
    }
    memcpy(d->at + d->length, text, length);
    d->length += length;
    return true;
}

static oh_status pour(const void *user, oh_sink sink)
{
    const struct drawing *d = user;
    return sink.write(sink.user, d->at, d->length) ? OH_OK : OH_IO;
}

static bool draw(struct sweeping *s)
{
    struct picture picture[PLOTS];
    size_t n = 0;
    for (size_t i = 0; i < PLOTS; i++) {
        if (!s->drawing[i].writer)
            continue;
        oh_status status = oh_sweep_writer_end(s->drawing[i].writer);
        if (status != OH_OK) {
            failed(status == OH_IO ? OH_NO_MEMORY : status); /* the sink is memory */
            return false;
        }
        picture[n++] = (struct picture){plots[i], pour, &s->drawing[i]};
    }
    bool table =
        output_is_standard(s->settings->output) && strcmp(format_name(s->settings), "table") == 0;
    return n == 0 || pictures_draw(s->settings, picture, n, table);
}

/* ---- points ---- */

/* "agents.desk.count=12, ...": cut where there is no room. */
static void point_words(const struct sweeping *s, size_t point, char *out, size_t size)
{
    size_t n = 0;
    *out = '\0';
    for (size_t k = 0; k < oh_sweep_paths(s->sweep) && n < size; k++)
        n += (size_t)snprintf(out + n, size - n, "%s%s=%s", k ? ", " : "",
                              oh_sweep_path(s->sweep, k), oh_sweep_value(s->sweep, point, k));
}

/* A point may have other queues than the file: there a condition without a meaning is not met. */
static void judge_point(struct sweeping *s, size_t point, const oh_result *result)
{
    char where[400], wrong[256];
    point_words(s, point, where, sizeof where);
    for (size_t i = 0; i < s->settings->require.n; i++) {
        struct requirement r;
        enum require_answer answer = REQUIRE_NO;
        progress_end(&s->bar);
        if (require_read(&r, s->settings->require.at[i], oh_result_model(result), wrong))
            answer = require_judge(&r, result, where, s->settings->quiet);
        else
            say_error("%s: required %s: %s", where, s->settings->require.at[i], wrong);
        if (answer == REQUIRE_ABSENT)
            s->verdict = EXIT_USAGE;
        else if (answer != REQUIRE_YES && s->verdict == EXIT_FINE)
            s->verdict = EXIT_VERDICT;
    }
}

/* A point's row: its settings tell it from the others. */
static oh_status put_row(struct sweeping *s, size_t point, const oh_result *result,
                         const char *message)
{
    struct prepared p = {.diags = oh_diags_new()};
    struct context context = {0};
    bool fine = false;
    oh_status status =
        p.diags ? oh_sweep_scenario(s->sweep, point, &p.scenario, p.diags) : OH_NO_MEMORY;
    if (status == OH_OK && !context_make(&context, s->settings, &p))
        status = OH_NO_MEMORY;
    if (status == OH_OK) {
        const oh_database_run row = {
            .status = result ? "complete" : "limit",
            .error = result ? NULL : message,
            .context = &context.public,
            .model = result ? oh_result_model(result) : NULL,
            .scenario = p.scenario,
            .result = result,
            .goal = s->goal,
            .trace = s->settings->trace,
        };
        progress_end(&s->bar);
        fine = deliver_row(s->settings, s->database, &row);
    }
    context_free(&context);
    prepare_free(&p);
    s->unkept = s->unkept || !fine;
    return status;
}

/* An oh_sweep_point_fn. */
static oh_status take_point(void *user, size_t point, const oh_result *result, const char *message)
{
    struct sweeping *s = user;
    oh_status status = oh_sweep_writer_point(s->writer, point, result, message);
    for (size_t i = 0; i < PLOTS && status == OH_OK; i++)
        if (s->drawing[i].writer)
            status = oh_sweep_writer_point(s->drawing[i].writer, point, result, message);
    if (result) {
        s->calls += (double)oh_result_info(result).calls;
        judge_point(s, point, result);
    } else {
        char where[400];
        point_words(s, point, where, sizeof where);
        progress_end(&s->bar);
        say_error("at the point %s: %s", where, message);
    }
    if (s->database && s->out.error == EPIPE)
        status = OH_OK; /* nobody reads the output any more, but the rows are wanted */
    if (s->database && status == OH_OK && !s->unkept)
        status = put_row(s, point, result, message);
    s->complete++;
    return status;
}

/* The picture shows what the conditions are about. */
static oh_status show_required(struct sweeping *s, oh_sweep_writer *writer)
{
    oh_status status = OH_OK;
    for (size_t i = 0; i < s->settings->require.n && status == OH_OK; i++) {
        const struct requirement *r = &s->required[i];
        status = oh_sweep_writer_show(
            writer, r->level,
            r->level == OH_TOTAL ? "" : oh_model_thing(s->model, r->level, r->thing), r->metric);
    }
    return status;
}

static oh_status open_writers(struct sweeping *s, const oh_write_context *context)
{
    oh_status status = oh_sweep_writer_new(&s->writer, s->sweep, format_name(s->settings), context,
                                           output_sink(&s->out));
    for (size_t i = 0; i < PLOTS && status == OH_OK && s->settings->plots; i++) {
        oh_sink sink = {keep, &s->drawing[i]};
        if (oh_sweep_writer_draws(s->sweep, plots[i]))
            status = oh_sweep_writer_new(&s->drawing[i].writer, s->sweep, plots[i], context, sink);
        if (status == OH_OK && s->drawing[i].writer)
            status = show_required(s, s->drawing[i].writer);
    }
    return status;
}

static oh_status play_points(struct sweeping *s, char message[256])
{
    oh_run_options options = s->settings->run;
    options.goal = s->goal;
    options.cancel = interrupt_catch();
    options.progress = progress_show;
    options.progress_user = &s->bar;
    progress_begin(&s->bar, !s->settings->no_progress && !s->settings->quiet);
    double started = clock_now();
    oh_status status = oh_sweep_run(s->sweep, &options, take_point, s, message);
    double seconds = clock_now() - started;
    progress_end(&s->bar);
    if (s->settings->verbose)
        say("%zu points, %.0f calls in %.3f s: %.3g million calls/s", s->complete, s->calls,
            seconds, 1e-6 * s->calls / seconds);
    return status;
}

/* The exit code that follows from how the sweep ended. */
static int ended(const struct sweeping *s, oh_status status, const char *message)
{
    size_t points = oh_sweep_points(s->sweep);
    if (status == OH_CANCELLED) {
        say("interrupted: %zu of %zu points are complete%s", s->complete, points,
            s->complete ? "" : ": nothing is written");
        return EXIT_INTERRUPTED;
    }
    if (status == OH_LIMIT)
        return EXIT_FAILED;
    if (status == OH_IO && s->out.closed_pipe)
        return EXIT_FINE;
    if (status == OH_BROKEN)
        say_error("onhold has found a fault of its own: %s", message);
    else if (status == OH_ARGUMENT && *message)
        return say_usage(s->settings->command, "%s", message);
    else if (status != OH_OK && status != OH_IO) /* a full disk tells output_finish */
        return failed(status);
    return status == OH_OK ? EXIT_FINE : EXIT_FAILED;
}

static int run_sweep(struct sweeping *s, const oh_write_context *context)
{
    char message[256] = "";
    if (!output_open(&s->out, s->settings->output))
        return EXIT_FAILED;
    oh_status status = open_writers(s, context);
    if (status == OH_OK)
        status = play_points(s, message);
    bool whole = status == OH_OK || status == OH_LIMIT || status == OH_CANCELLED;
    /* ended() tells what is no fault of the output's */
    oh_status written = whole ? OH_OK : status == OH_IO ? OH_IO : OH_CANCELLED;
    if (whole && s->complete > 0)
        written = oh_sweep_writer_end(s->writer);
    else if (whole)
        written = OH_CANCELLED; /* nothing to put in place */
    bool fine = output_finish(&s->out, written);
    if (fine && s->settings->plots)
        fine = draw(s);
    int code = ended(s, status, message);
    if (code != EXIT_FINE)
        return code;
    return fine && !s->unkept ? s->verdict : EXIT_FAILED;
}

/* ---- the grid ---- */

static int make_sweep(oh_sweep **sweep, const struct settings *settings, struct prepared *p)
{
    char failed_at[256] = "";
    if (settings->vary.n == 0 && !oh_scenario_has_sweep(p->scenario))
        return say_usage(settings->command,
                         "%s has no sweep: say what to vary, like --vary agents.desk.count=20..32",
                         file_shown(settings->files.at[0]));
    oh_diags *diags = oh_diags_new();
    oh_status status = diags ? oh_sweep_new(sweep, p->scenario, settings->vary.at, settings->vary.n,
                                            diags, failed_at)
                             : OH_NO_MEMORY;
    if (diags && oh_diags_count(diags) > 0)
        oh_diags_print(diags, colour_on(stderr), stderr_sink());
    oh_diags_free(diags);
    if (*failed_at)
        say_error("the point %s is no scenario: nothing was run", failed_at);
    if (status == OH_OK)
        return EXIT_FINE;
    if (status ==
        OH_INVALID) /* a list that is none, or one whose values the scenario cannot take */
        return *failed_at || settings->vary.n == 0 ? EXIT_SCENARIO : EXIT_USAGE;
    return failed(status);
}

static int sweep_scenario(const struct settings *settings, oh_database *database,
                          struct prepared *p)
{
    oh_sweep *sweep = NULL;
    struct context context = {0};
    oh_run_options options = settings->run;
    char wrong[256];
    if (!precision_read(&options, settings, p->model, wrong))
        return say_usage(settings->command, "--precision: %s", wrong);
    int code = EXIT_FINE;
    struct requirement *required = require_read_all(settings, p->model, &code);
    if (code == EXIT_FINE)
        code = make_sweep(&sweep, settings, p);
    if (code == EXIT_FINE && !context_make(&context, settings, p))
        code = failed(OH_NO_MEMORY);
    if (code == EXIT_FINE) {
        struct sweeping s = {.settings = settings,
                             .sweep = sweep,
                             .model = p->model,
                             .required = required,
                             .database = database,
                             .goal = options.goal};
        code = run_sweep(&s, &context.public);
        oh_sweep_writer_free(s.writer);
        for (size_t i = 0; i < PLOTS; i++) {
            oh_sweep_writer_free(s.drawing[i].writer);
            free(s.drawing[i].at);
        }
    }
    context_free(&context);
    oh_sweep_free(sweep);
    free(required);
    return code;
}

static int run_with(const struct settings *settings, oh_database *database)
{
    struct prepared p;
    int code = prepare(&p, settings, settings->files.at[0]);
    if (code == EXIT_FINE) {
        if (oh_diags_count(p.diags) > 0 && !settings->quiet)
            prepare_show(&p);
        code = sweep_scenario(settings, database, &p);
    } else if (code == EXIT_SCENARIO && database && !deliver_invalid_row(settings, database, &p)) {
        code = EXIT_FAILED;
    }
    prepare_free(&p);
    return code;
}

static int run(const struct settings *settings)
{
    return delivery_with_database(settings, run_with);
}

const struct command sweep_command = {
    .name = "sweep",
    .operands = "FILE",
    .summary = "one scenario over a range or a grid of values",
    .about =
        "Runs FILE at every point of a grid with the same callers and shows what each gives. "
        "--vary PATH=LIST says what to vary: 20..32, 20..32..4, 10%..30%..5%, or items with commas "
        "between them; more than one --vary makes a grid, none takes the file's own sweep. All "
        "points are checked before the first is run; --require must hold at all of them, and the "
        "plot sweep shows what it is about.",
    .examples = "  onhold sweep support.yaml --vary agents.desk.count=20..32 --plots pictures\n"
                "  onhold sweep support.yaml --vary agents.desk.count=20..32..4 \\\n"
                "    --vary 'queues.support.patience={exponential: 2 min},never'",
    .flag = COMMAND_SWEEP,
    .least_files = 1,
    .most_files = 1,
    .run = run,
};
