/* compare_command.c - `onhold compare`: scenarios, or a file's variants, against the first, with
 * the same callers in all.
 *
 * Everything is read before anything is played, so that a mistake in the last file is not told
 * after the first has run for an hour.
 */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "context.h"
#include "delivery.h"
#include "messages.h"
#include "output_file.h"
#include "page_pictures.h"
#include "require.h"

enum { MOST_FILES = 1000 };

/* One of those that are compared. */
struct side {
    struct settings settings; /* its own file, variant and number of replications */
    const char *file[1];
    const char *label;
    struct prepared prepared;
    struct context context;
    struct requirement *require;
    struct played played;
};

struct match {
    const struct settings *settings;
    oh_database *database;  /* NULL: none */
    struct prepared loaded; /* of one file with variants: their names live here */
    struct side *side;
    size_t n;    /* sides that are set up */
    size_t fine; /* those before are played to the end */
};

static int no_memory(void)
{
    say_error("%s", oh_status_text(OH_NO_MEMORY));
    return EXIT_FAILED;
}

/* ---- who takes part ---- */

static struct side *add_side(struct match *m, const char *file, const char *variant)
{
    struct side *side = &m->side[m->n++];
    side->settings = *m->settings;
    side->file[0] = file;
    side->settings.files = (struct texts){side->file, 1};
    side->settings.variant = variant;
    return side;
}

/* A file that is wrong anyway is told so first. */
static int nothing_to_compare(struct match *m)
{
    const char *file = m->settings->files.at[0];
    struct side *side;
    m->side = calloc(1, sizeof *m->side);
    if (!m->side)
        return no_memory();
    side = add_side(m, file, NULL);
    int code = prepare_again(&side->prepared, &side->settings, m->loaded.scenario);
    if (code != EXIT_FINE)
        return code;
    return say_usage(m->settings->command,
                     "%s has no variants to compare with: name a second file, or add variants",
                     file_shown(file));
}

/* The file itself and all its variants, or the one that --variant names. */
static int read_variants(struct match *m)
{
    const char *file = m->settings->files.at[0], *only = m->settings->variant;
    int code = prepare_load(&m->loaded, file);
    if (code != EXIT_FINE)
        return code;
    size_t n = oh_scenario_variants(m->loaded.scenario);
    if (n == 0)
        return nothing_to_compare(m);
    m->side = calloc(n + 1, sizeof *m->side);
    if (!m->side)
        return no_memory();
    for (size_t i = 0; i < (only ? 2 : n + 1); i++) {
        const char *variant = i == 0 ? NULL
                              : only ? only /* prepare_again says so if there is none */
                                     : oh_scenario_variant_name(m->loaded.scenario, i - 1);
        struct side *side = add_side(m, file, variant);
        int one = prepare_again(&side->prepared, &side->settings, m->loaded.scenario);
        if (one != EXIT_FINE)
            return one;
        side->label = i == 0 ? oh_model_name(side->prepared.model) : variant;
    }
    return EXIT_FINE;
}

/* What is wrong in any of the files is told in one run. */
static int read_files(struct match *m)
{
    size_t n = m->settings->files.n;
    int code = EXIT_FINE;
    if (m->settings->variant)
        return say_usage(m->settings->command,
                         "--variant chooses one of a single file's variants; there are %zu files",
                         n);
    m->side = calloc(n, sizeof *m->side);
    if (!m->side)
        return no_memory();
    for (size_t i = 0; i < n; i++) {
        struct side *side = add_side(m, m->settings->files.at[i], NULL);
        int one = prepare(&side->prepared, &side->settings, side->file[0]);
        if (one == EXIT_FINE)
            side->label = oh_model_name(side->prepared.model);
        else
            code = one;
        if (one == EXIT_FINE && oh_scenario_variants(side->prepared.scenario) > 0 &&
            !m->settings->quiet)
            say("not compared: the variants of %s (give it alone)", file_shown(side->file[0]));
    }
    return code;
}

/* Scenarios of one name are told apart by their files. */
static void label_by_file(struct match *m)
{
    for (size_t i = 0; i < m->n; i++)
        for (size_t k = i + 1; k < m->n; k++)
            if (!m->side[i].settings.variant && !m->side[k].settings.variant &&
                strcmp(oh_model_name(m->side[i].prepared.model),
                       oh_model_name(m->side[k].prepared.model)) == 0) {
                m->side[i].label = file_shown(m->side[i].file[0]);
                m->side[k].label = file_shown(m->side[k].file[0]);
            }
}

static bool told_by_base(const struct match *m, const char *warning)
{
    const oh_write_context *base = &m->side[0].context.public;
    for (size_t i = 0; i < base->warnings_count; i++)
        if (strcmp(base->warnings[i], warning) == 0)
            return true;
    return false;
}

/* The base's findings in full; of the others, which share most of them, what is new. */
static void show_warnings(const struct match *m)
{
    if (m->settings->quiet)
        return;
    if (oh_diags_count(m->side[0].prepared.diags) > 0)
        prepare_show(&m->side[0].prepared);
    for (size_t i = 1; i < m->n; i++) {
        const oh_write_context *c = &m->side[i].context.public;
        for (size_t k = 0; k < c->warnings_count; k++)
            if (!told_by_base(m, c->warnings[k]))
                say_warning("%s: %s", m->side[i].label, c->warnings[k]);
    }
}

/* Every condition must have a meaning in every scenario. */
static int read_requirements(struct match *m)
{
    char wrong[256];
    for (size_t i = 0; i < m->n; i++) {
        struct side *side = &m->side[i];
        side->require = calloc(m->settings->require.n + 1, sizeof *side->require);
        if (!side->require)
            return no_memory();
        for (size_t k = 0; k < m->settings->require.n; k++)
            if (!require_read(&side->require[k], m->settings->require.at[k], side->prepared.model,
                              wrong))
                return say_usage(m->settings->command, "--require: in %s: %s", side->label, wrong);
    }
    return EXIT_FINE;
}

static int set_up(struct match *m)
{
    int code = m->settings->files.n == 1 ? read_variants(m) : read_files(m);
    if (code != EXIT_FINE)
        return code;
    label_by_file(m);
    for (size_t i = 0; i < m->n; i++)
        if (!context_make(&m->side[i].context, &m->side[i].settings, &m->side[i].prepared))
            return no_memory();
    code = read_requirements(m);
    if (code == EXIT_FINE)
        show_warnings(m);
    return code;
}

/* ---- the runs ---- */

/* The others are played as the base was: the same days. */
static void play_alike(struct side *side, const oh_run_info *base)
{
    side->settings.precision = NULL;
    side->settings.run.replications = base->replications;
    side->settings.run.first = base->first;
    side->settings.run.has_seed = true;
    side->settings.run.seed = base->seed;
    side->settings.run.confidence = base->confidence;
}

/* Plays all until one fails or Ctrl-C stops it; the code that follows from that one. */
static int play_all(struct match *m)
{
    struct series series;
    int code = EXIT_FINE;
    series_begin(&series, m->settings, m->n);
    for (m->fine = 0; m->fine < m->n && code == EXIT_FINE; m->fine += code == EXIT_FINE) {
        struct side *side = &m->side[m->fine];
        if (m->fine > 0) {
            oh_run_info base = oh_result_info(m->side[0].played.result);
            play_alike(side, &base);
        }
        code = series_play(&series, &side->played, &side->settings, &side->prepared);
        if (code == EXIT_FINE && side->played.status == OH_CANCELLED)
            code = EXIT_INTERRUPTED;
        if (code == EXIT_FINE && side->played.status == OH_LIMIT) {
            say_error("%s: %s", side->label,
                      *side->played.message ? side->played.message : oh_status_text(OH_LIMIT));
            code = EXIT_FAILED;
        }
    }
    series_end(&series);
    return code;
}

static void say_speed(const struct match *m)
{
    double seconds = 0, calls = 0;
    for (size_t i = 0; i < m->fine; i++) {
        seconds += m->side[i].played.seconds;
        calls += (double)oh_result_info(m->side[i].played.result).calls;
    }
    if (m->settings->verbose && seconds > 0)
        say("%zu runs, %.0f calls in %.3f s: %.3g million calls/s", m->fine, calls, seconds,
            1e-6 * calls / seconds);
}

/* ---- what came out ---- */

struct drawing {
    const oh_comparison *comparison;
    const oh_write_context *context;
};

static oh_status draw(const void *user, oh_sink sink)
{
    const struct drawing *d = user;
    return oh_compare_plot(d->comparison, d->context, sink);
}

static bool write_report(const struct match *m, const struct drawing *drawing)
{
    const struct picture picture = {"compare", draw, drawing};
    struct page_pictures pictures;
    struct output_file out;
    bool fine = page_pictures_draw(&pictures, &picture, 1);
    if (fine) {
        oh_compare_report report = {.no_picture = pictures.why_not};
        if (pictures.n > 0)
            report.picture = pictures.list[0];
        fine = output_open(&out, m->settings->report);
        if (fine)
            fine = output_finish(&out, oh_compare_html(drawing->comparison, drawing->context,
                                                       &report, output_sink(&out)));
    }
    page_pictures_free(&pictures);
    return fine;
}

static int write_all(const struct match *m, const oh_comparison *comparison,
                     const oh_write_context *context)
{
    const char *format = format_name(m->settings);
    struct output_file out;
    if (!output_open(&out, m->settings->output))
        return EXIT_FAILED;
    oh_status status = oh_compare_writer_find(format)(comparison, context, output_sink(&out));
    bool fine = output_finish(&out, status);
    const struct drawing drawing = {comparison, context};
    if (fine && m->settings->plots) {
        struct picture picture = {"compare", draw, &drawing};
        bool table = output_is_standard(m->settings->output) && strcmp(format, "table") == 0;
        fine = pictures_draw(m->settings, &picture, 1, table);
    }
    if (fine && m->settings->report)
        fine = write_report(m, &drawing);
    return fine ? EXIT_FINE : EXIT_FAILED;
}

/* Compares those that were played to the end. */
static int compare(const struct match *m)
{
    oh_contender *contenders = calloc(m->fine, sizeof *contenders);
    oh_write_context *context = calloc(m->fine, sizeof *context);
    oh_comparison *comparison = NULL;
    char message[256] = "";
    int code = EXIT_FAILED;
    for (size_t i = 0; contenders && context && i < m->fine; i++) {
        contenders[i] = (oh_contender){m->side[i].label, m->side[i].played.result};
        context[i] = m->side[i].context.public;
    }
    oh_status status = contenders && context
                           ? oh_comparison_new(&comparison, contenders, m->fine, message)
                           : OH_NO_MEMORY;
    if (status == OH_OK)
        code = write_all(m, comparison, context);
    else if (status == OH_ARGUMENT)
        code = say_usage(m->settings->command, "%s", message);
    else
        code = no_memory();
    oh_comparison_free(comparison);
    free(context);
    free(contenders);
    return code;
}

/* ---- the database ---- */

/* A row for each that was played, whole or not. */
static bool put_rows(const struct match *m)
{
    bool fine = true;
    for (size_t i = 0; m->database && i < m->n && fine; i++) {
        const struct side *side = &m->side[i];
        if (side->played.result || side->played.status != OH_OK)
            fine = deliver_played_row(m->settings, m->database, &side->prepared, &side->played,
                                      &side->context.public);
    }
    return fine;
}

/* Those that were not understood are rows, too. */
static bool put_invalid(const struct match *m)
{
    bool fine = true;
    if (m->n == 0)
        return deliver_invalid_row(m->settings, m->database, &m->loaded);
    for (size_t i = 0; i < m->n && fine; i++)
        if (!m->side[i].prepared.model)
            fine = deliver_invalid_row(&m->side[i].settings, m->database, &m->side[i].prepared);
    return fine;
}

/* A condition must hold in all that are compared. */
static int judge(const struct match *m)
{
    int code = EXIT_FINE;
    for (size_t i = 0; i < m->n; i++) {
        for (size_t k = 0; k < m->settings->require.n; k++) {
            enum require_answer answer =
                require_judge(&m->side[i].require[k], m->side[i].played.result, m->side[i].label,
                              m->settings->quiet);
            if (answer == REQUIRE_ABSENT)
                code = EXIT_USAGE;
            else if (answer != REQUIRE_YES && code == EXIT_FINE)
                code = EXIT_VERDICT;
        }
    }
    return code;
}

static int play_and_compare(struct match *m)
{
    int code = play_all(m), written = EXIT_FINE;
    bool kept = code == EXIT_USAGE || put_rows(m);
    if (code != EXIT_USAGE && m->fine >= 2)
        written = compare(m);
    if (!kept)
        written = EXIT_FAILED;
    if (code == EXIT_INTERRUPTED && m->fine >= 2)
        say("interrupted: compared are the first %zu of %zu, which were complete", m->fine, m->n);
    else if (code == EXIT_INTERRUPTED)
        say("interrupted before there was anything to compare: nothing is written");
    say_speed(m);
    if (written != EXIT_FINE)
        return written;
    return code == EXIT_FINE ? judge(m) : code;
}

static int run_with(const struct settings *settings, oh_database *database)
{
    struct match m = {.settings = settings, .database = database};
    int code = set_up(&m);
    if (code == EXIT_FINE)
        code = play_and_compare(&m);
    else if (code == EXIT_SCENARIO && database && !put_invalid(&m))
        code = EXIT_FAILED;
    for (size_t i = 0; i < m.n; i++) {
        oh_result_free(m.side[i].played.result);
        free(m.side[i].require);
        context_free(&m.side[i].context);
        prepare_free(&m.side[i].prepared);
    }
    free(m.side);
    prepare_free(&m.loaded);
    return code;
}

static int run(const struct settings *settings)
{
    return delivery_with_database(settings, run_with);
}

const struct command compare_command = {
    .name = "compare",
    .operands = "FILE [FILE...]",
    .summary = "what variants or other scenarios change, with the same callers in all",
    .about =
        "Compares scenarios with the first, or the variants of one file with the file itself. All "
        "are played with the same callers, so that differences are much surer than the figures "
        "themselves: each is told with its interval and a verdict, and which one is best with the "
        "chance that this is right. --set applies to all, --require must hold in all. Scenarios "
        "of one name are told apart by their files.",
    .examples = "  onhold compare support.yaml\n"
                "  onhold compare today.yaml tomorrow.yaml -n 1000 --plots pictures",
    .flag = COMMAND_COMPARE,
    .least_files = 1,
    .most_files = MOST_FILES,
    .run = run,
};
