/* plotting.c - finding the scripts, writing the data, running gnuplot.
 *
 * gnuplot is started without a shell and gets file names as arguments of the script, so that no
 * name can be taken for a command. A picture takes its place by renaming, like any output.
 */
#include "plotting.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "messages.h"
#include "output_file.h"

/* The folder that has plots/: the source tree's, or share/onhold. The Makefile knows. */
#ifndef ONHOLD_DATADIR
#define ONHOLD_DATADIR "/usr/local/share/onhold"
#endif

enum { NOT_FOUND = 127 };

static bool has_scripts(const char *folder)
{
    char *style = path_join(folder, "style", ".gp");
    bool there = style && access(style, R_OK) == 0;
    free(style);
    return there;
}

/* The folder of the program itself, to be freed; NULL if it cannot be told. */
static char *own_folder(void)
{
    char *path = realpath("/proc/self/exe", NULL);
    char *slash = path ? strrchr(path, '/') : NULL;
    if (slash)
        *slash = '\0';
    return path;
}

/* The folder of the scripts, to be freed; NULL: nowhere. */
static char *scripts_folder(void)
{
    static const char *const beside[] = {"../../plots", "../share/onhold/plots"};
    const char *given = getenv("ONHOLD_PLOTS");
    if (given && *given)
        return strdup(given);
    char *own = own_folder(), *found = NULL;
    for (size_t i = 0; own && !found && i < sizeof beside / sizeof *beside; i++) {
        found = path_join(own, beside[i], "");
        if (found && !has_scripts(found)) {
            free(found);
            found = NULL;
        }
    }
    free(own);
    return found ? found : strdup(ONHOLD_DATADIR "/plots");
}

static const char *extension_of(const char *format)
{
    return strcmp(format, "png") == 0   ? ".png"
           : strcmp(format, "pdf") == 0 ? ".pdf"
           : strcmp(format, "svg") == 0 ? ".svg"
                                        : ".txt";
}

/* Runs gnuplot; its exit status, NOT_FOUND if there is none. */
static int run_gnuplot(const char *script, const char *data, const char *picture,
                       const char *format)
{
    fflush(stdout);
    fflush(stderr);
    pid_t child = fork();
    if (child < 0)
        return 1;
    if (child == 0) {
        signal(SIGPIPE, SIG_DFL);
        setenv("LC_ALL", "C.UTF-8", 1);     /* titles are UTF-8, numbers have a point */
        dup2(STDERR_FILENO, STDOUT_FILENO); /* results are ours alone */
        execlp("gnuplot", "gnuplot", "-d", "-c", script, data, picture, format, (char *)NULL);
        _exit(NOT_FOUND);
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return 1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

static bool copy_file(const char *from, const char *to)
{
    char block[8192];
    FILE *in = fopen(from, "r");
    if (!in) {
        say_error("cannot read %s: %s", from, strerror(errno));
        return false;
    }
    struct output_file out;
    bool fine = output_open(&out, to);
    if (fine) {
        oh_sink sink = output_sink(&out);
        oh_status status = OH_OK;
        for (size_t n; status == OH_OK && (n = fread(block, 1, sizeof block, in)) > 0;)
            if (!sink.write(sink.user, block, n))
                status = OH_IO;
        fine = output_finish(&out, status);
    }
    fclose(in);
    return fine;
}

static bool keep_script(const char *scripts, const char *folder, const char *name)
{
    char *from = path_join(scripts, name, ".gp"), *to = path_join(folder, name, ".gp");
    bool fine = from && to && copy_file(from, to);
    free(from);
    free(to);
    return fine;
}

static bool print_text(const char *file)
{
    char block[8192];
    FILE *in = fopen(file, "r");
    if (!in)
        return false;
    for (size_t n; (n = fread(block, 1, sizeof block, in)) > 0;)
        fwrite(block, 1, n, stdout);
    fclose(in);
    return true;
}

/* Counts the lines that hold data while they pass. */
struct counting {
    oh_sink sink;
    size_t lines;
    bool inside, comment; /* of a line */
};

static bool count_lines(void *user, const char *text, size_t length)
{
    struct counting *c = user;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\n') {
            c->lines += c->inside && !c->comment;
            c->inside = false;
        } else if (!c->inside) {
            c->inside = true;
            c->comment = text[i] == '#';
        }
    }
    return c->sink.write(c->sink.user, text, length);
}

/* *empty: the file has its head only, there is nothing to draw. */
static bool write_data(const oh_writer *plot, const char *data, const oh_result *result,
                       const oh_write_context *context, bool *empty)
{
    struct output_file out;
    if (!output_open(&out, data))
        return false;
    struct counting counting = {.sink = output_sink(&out)};
    oh_status status =
        plot->write(result, context, (oh_sink){.write = count_lines, .user = &counting});
    *empty = counting.lines <= 1;
    return output_finish(&out, status);
}

struct drawing {
    const char *scripts, *folder, *format;
    bool show_text;
    bool missing; /* there is no gnuplot */
};

/* The picture of one data file. False if a file could not be written; a gnuplot that is missing or
 * fails is told, the data and the script are left. */
static bool draw(struct drawing *d, const char *name, const char *data)
{
    char *script = path_join(d->scripts, name, ".gp");
    char *picture = path_join(d->folder, name, extension_of(d->format));
    char *unfinished = path_join(d->folder, name, ".unfinished");
    int status = NOT_FOUND;
    bool fine = script && picture && unfinished;

    if (!fine)
        say_error("%s", oh_status_text(OH_NO_MEMORY));
    else if (!d->missing)
        status = run_gnuplot(script, data, unfinished, d->format);
    if (fine && status == 0 && rename(unfinished, picture) == 0) {
        if (d->show_text)
            fine = print_text(picture);
    } else if (fine) {
        d->missing = d->missing || status == NOT_FOUND;
        if (!d->missing)
            say_warning("gnuplot could not draw %s: its data and script are in %s", picture,
                        d->folder);
        unlink(unfinished);
        fine =
            keep_script(d->scripts, d->folder, name) && keep_script(d->scripts, d->folder, "style");
    }
    free(script);
    free(picture);
    free(unfinished);
    return fine;
}

bool plots_draw(const struct settings *settings, const oh_result *result,
                const oh_write_context *context, bool show_text)
{
    const char *format = settings->plot_format ? settings->plot_format : "svg";
    char *scripts = scripts_folder();
    struct drawing d = {.scripts = scripts,
                        .folder = settings->plots,
                        .format = format,
                        .show_text = show_text && strcmp(format, "term") == 0};
    bool fine = scripts != NULL && folder_make(settings->plots);

    for (size_t i = 0; fine && i < oh_plot_count(); i++) {
        const oh_writer *plot = oh_plot_at(i);
        char *data = path_join(settings->plots, plot->name, plot->extension);
        bool empty = false;
        fine = data && write_data(plot, data, result, context, &empty);
        if (fine && empty && !settings->quiet)
            say("%s: nothing to draw", plot->name);
        else if (fine && !empty)
            fine = draw(&d, plot->name, data);
        free(data);
    }
    if (fine && d.missing)
        say_warning("gnuplot is not installed, so there are no pictures (on Debian: apt install "
                    "gnuplot-nox). Data and scripts are in %s: gnuplot -c NAME.gp NAME.dat "
                    "NAME.svg svg draws one later",
                    settings->plots);
    free(scripts);
    return fine;
}
