/* fit_output.c - scenario and tables, first where nobody looks, then where they were asked for. */
#include "fit_output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inputs.h"
#include "interrupt.h"
#include "log_reading.h"
#include "messages.h"
#include "output_file.h"
#include "progress_bar.h"

const char *fit_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

char *fit_stem(const char *path)
{
    const char *base = fit_base(path), *dot = strrchr(base, '.');
    return strndup(base, dot && dot != base ? (size_t)(dot - base) : strlen(base));
}

static int no_memory(void)
{
    say_error("%s", oh_status_text(OH_NO_MEMORY));
    return EXIT_FAILED;
}

/* ---- the agents' table ---- */

static int look_at(const char *file)
{
    struct stat about;
    const char *reason = NULL;
    if (stat(file, &about) != 0)
        reason = errno == ENOENT ? "there is no such file" : strerror(errno);
    else if (S_ISDIR(about.st_mode))
        reason = "this is a folder, not a file";
    else if (access(file, R_OK) != 0)
        reason = strerror(errno);
    if (!reason)
        return EXIT_FINE;
    say_error("--staff: %s: %s", file, reason);
    return EXIT_SCENARIO;
}

int fit_staff_read(struct fit_staff *staff, const struct settings *settings)
{
    const char *given = settings->log.staff;
    const char *colon = given && access(given, F_OK) != 0 ? strrchr(given, ':') : NULL;
    *staff = (struct fit_staff){0};
    if (!given)
        return EXIT_FINE;
    if (strcmp(given, "-") == 0 || strncmp(given, "-:", 2) == 0)
        return say_usage(settings->command, "--staff needs a file: the scenario names it");
    staff->file = strndup(given, colon ? (size_t)(colon - given) : strlen(given));
    staff->column = colon ? colon + 1 : NULL;
    return staff->file ? look_at(staff->file) : no_memory();
}

static oh_status copy_piece(const oh_fit *fit, const void *user, oh_sink sink)
{
    char chunk[1 << 14];
    FILE *in = fopen(user, "rb");
    (void)fit;
    if (!in)
        return OH_IO;
    size_t n;
    bool good = true;
    while (good && (n = fread(chunk, 1, sizeof chunk, in)) > 0)
        good = sink.write(sink.user, chunk, n);
    good = good && !ferror(in);
    fclose(in);
    return good ? OH_OK : OH_IO;
}

/* ---- pieces ---- */

typedef oh_status piece_fn(const oh_fit *fit, const void *user, oh_sink sink);

static bool write_piece(const char *name, piece_fn *piece, const oh_fit *fit, const void *user)
{
    struct output_file out;
    return output_open(&out, name) && output_finish(&out, piece(fit, user, output_sink(&out)));
}

static oh_status scenario_piece(const oh_fit *fit, const void *user, oh_sink sink)
{
    return oh_fit_scenario(fit, user, sink);
}

static oh_status table_piece(const oh_fit *fit, const void *user, oh_sink sink)
{
    return oh_fit_table(fit, *(const size_t *)user, sink);
}

/* "jan/march_arrivals.csv" for a scenario jan/march.yaml, to be freed. */
static char *table_path(const char *scenario, const char *table)
{
    char *stem = fit_stem(scenario);
    size_t folder = (size_t)(fit_base(scenario) - scenario);
    size_t size = folder + (stem ? strlen(stem) : 0) + strlen(table) + 8;
    char *path = stem ? malloc(size) : NULL;
    if (path)
        snprintf(path, size, "%.*s%s_%s.csv", (int)folder, scenario, stem, table);
    free(stem);
    return path;
}

/* ---- trying ---- */

struct memory {
    char *text;
    size_t length, room;
};

static bool remember(void *user, const char *text, size_t length)
{
    struct memory *m = user;
    if (m->length + length > m->room) {
        size_t room = 2 * (m->length + length);
        char *more = realloc(m->text, room);
        if (!more)
            return false;
        m->text = more;
        m->room = room;
    }
    memcpy(m->text + m->length, text, length);
    m->length += length;
    return true;
}

/* The scenario must pass what `check` asks. NULL with the reason said. */
static oh_scenario *read_again(const struct settings *settings, const oh_fit *fit, const char *stem,
                               int *code)
{
    oh_scenario *scenario = NULL;
    oh_model *model = NULL;
    struct memory text = {0};
    oh_diags *diags = oh_diags_new();
    oh_status status =
        diags ? oh_fit_scenario(fit, stem, (oh_sink){remember, &text}) : OH_NO_MEMORY;
    if (status == OH_OK)
        status = oh_scenario_load_text(&scenario, "fitted", text.text, text.length, diags);
    if (status == OH_OK)
        status = oh_model_compile(&model, scenario, diags);
    if (status == OH_INVALID) {
        log_findings(diags);
        *code = settings->log.staff ? EXIT_SCENARIO : EXIT_FAILED;
        if (!settings->log.staff)
            say_error("the scenario that was made does not pass its own check");
    } else if (status != OH_OK) {
        *code = no_memory(); /* nothing else can be missing: everything was written just now */
    }
    oh_model_free(model);
    oh_diags_free(diags);
    free(text.text);
    if (status == OH_OK)
        return scenario;
    oh_scenario_free(scenario);
    return NULL;
}

static int tune_it(const struct settings *settings, oh_fit *fit, const oh_log *log,
                   oh_scenario *scenario)
{
    oh_run_options options = {0};
    struct progress_bar bar;
    char message[256] = "";
    bool tuned;
    options.cancel = interrupt_catch();
    progress_begin(&bar, !settings->no_progress && !settings->quiet);
    options.progress = progress_show;
    options.progress_user = &bar;
    oh_status status = oh_fit_tune(fit, scenario, log, &options, &tuned, message);
    progress_end(&bar);
    if (status == OH_CANCELLED)
        return EXIT_INTERRUPTED;
    if (status != OH_OK)
        say_error("%s", *message ? message : oh_status_text(status));
    return status == OH_OK ? EXIT_FINE : EXIT_FAILED;
}

static bool write_tables(const oh_fit *fit, const char *scenario)
{
    bool good = true;
    for (size_t i = 0; good && i < oh_fit_tables(fit); i++) {
        char *path = table_path(scenario, oh_fit_table_name(fit, i));
        good = path && write_piece(path, table_piece, fit, &i);
        free(path);
    }
    return good;
}

static void remove_tables(const oh_fit *fit, const char *scenario)
{
    for (size_t i = 0; i < oh_fit_tables(fit); i++) {
        char *path = table_path(scenario, oh_fit_table_name(fit, i));
        if (path)
            unlink(path);
        free(path);
    }
}

int fit_try(const struct settings *settings, oh_fit *fit, const oh_log *log, bool tune)
{
    int code = EXIT_FAILED;
    char *folder = folder_temporary();
    if (!folder) {
        say_error("no temporary folder: %s", strerror(errno));
        return EXIT_FAILED;
    }
    char *stem = path_join(folder, "fitted", "");
    if (!stem) {
        no_memory();
    } else if (write_tables(fit, stem)) {
        oh_scenario *scenario = read_again(settings, fit, stem, &code);
        if (scenario)
            code = tune ? tune_it(settings, fit, log, scenario) : EXIT_FINE;
        oh_scenario_free(scenario);
    }
    if (stem)
        remove_tables(fit, stem);
    rmdir(folder);
    free(stem);
    free(folder);
    return code;
}

/* ---- putting in place ---- */

/* The tables' names are the program's choice: none of them may be a log that was read. */
static bool is_free(const struct settings *settings, const char *path)
{
    if (!path || !inputs_have(settings, path))
        return path || no_memory() == EXIT_FINE;
    say_error("%s would be written over: choose another name with -o", path);
    return false;
}

/* Is it the very file that it would be copied to? */
static bool is_same_file(const char *a, const char *b)
{
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

struct piece {
    char *path;
    piece_fn *write;
    const void *user;
    size_t number;
    bool fresh; /* nothing was there */
};

static bool put_pieces(const oh_fit *fit, struct piece *piece, size_t n)
{
    size_t done = 0;
    for (size_t i = 0; i < n; i++)
        piece[i].fresh = access(piece[i].path, F_OK) != 0;
    while (done < n && write_piece(piece[done].path, piece[done].write, fit, piece[done].user))
        done++;
    for (size_t i = 0; i < done && done < n; i++)
        if (piece[i].fresh)
            unlink(piece[i].path);
    return done == n;
}

int fit_put(const struct settings *settings, oh_fit *fit, const struct fit_staff *staff)
{
    size_t tables = oh_fit_tables(fit), n = 0;
    struct piece *piece = calloc(tables + 2, sizeof *piece);
    char *stem = fit_stem(settings->output);
    bool good = piece && stem;
    if (!good)
        no_memory();
    for (size_t i = 0; good && i < tables; i++) {
        char *path = table_path(settings->output, oh_fit_table_name(fit, i));
        piece[n] = (struct piece){path, table_piece, NULL, i, false};
        piece[n].user = &piece[n].number;
        n++;
        good = is_free(settings, path);
    }
    if (good && staff->file) {
        char *path = table_path(settings->output, "staff");
        bool same = path && is_same_file(path, staff->file);
        good = path && oh_fit_move_staff(fit, fit_base(path));
        if (!good)
            no_memory();
        else if (!same)
            good = is_free(settings, path);
        if (good && !same)
            piece[n++] = (struct piece){path, copy_piece, staff->file, 0, false};
        else
            free(path);
    }
    if (good) {
        char *path = strdup(settings->output);
        good = path || no_memory() == EXIT_FINE;
        piece[n++] = (struct piece){path, scenario_piece, stem, 0, false};
    }
    good = good && put_pieces(fit, piece, n);
    for (size_t i = 0; i < n; i++)
        free(piece[i].path);
    free(piece);
    free(stem);
    return good ? EXIT_FINE : EXIT_FAILED;
}
