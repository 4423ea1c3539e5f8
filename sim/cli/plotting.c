/* plotting.c - writing the data, having it drawn, and what is left where there is no gnuplot.
 *
 * A picture takes its place by renaming, like any output.
 */
#include "plotting.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gnuplot.h"
#include "messages.h"
#include "output_file.h"

static const char *extension_of(const char *format)
{
    return strcmp(format, "png") == 0   ? ".png"
           : strcmp(format, "pdf") == 0 ? ".pdf"
           : strcmp(format, "svg") == 0 ? ".svg"
                                        : ".txt";
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

/* A file that has its head only has nothing to draw. */
bool picture_data(const struct picture *picture, const char *file, bool *empty)
{
    struct output_file out;
    if (!output_open(&out, file))
        return false;
    struct counting counting = {.sink = output_sink(&out)};
    oh_status status =
        picture->write(picture->user, (oh_sink){.write = count_lines, .user = &counting});
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
    int status = GNUPLOT_MISSING;
    bool fine = script && picture && unfinished;

    if (!fine)
        say_error("%s", oh_status_text(OH_NO_MEMORY));
    else if (!d->missing)
        status = gnuplot_draw(script, data, unfinished, d->format);
    if (fine && status == 0 && rename(unfinished, picture) == 0) {
        if (d->show_text)
            fine = print_text(picture);
    } else if (fine) {
        d->missing = d->missing || status == GNUPLOT_MISSING;
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

bool pictures_draw(const struct settings *settings, const struct picture *list, size_t n,
                   bool show_text)
{
    const char *format = settings->plot_format ? settings->plot_format : "svg";
    char *scripts = gnuplot_scripts();
    struct drawing d = {.scripts = scripts,
                        .folder = settings->plots,
                        .format = format,
                        .show_text = show_text && strcmp(format, "term") == 0};
    bool fine = scripts != NULL && folder_make(settings->plots);

    for (size_t i = 0; fine && i < n; i++) {
        char *data = path_join(settings->plots, list[i].name, ".dat");
        bool empty = false;
        fine = data && picture_data(&list[i], data, &empty);
        if (fine && empty && !settings->quiet)
            say("%s: nothing to draw", list[i].name);
        else if (fine && !empty)
            fine = draw(&d, list[i].name, data);
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

oh_status plot_write(const void *plot_of_result, oh_sink sink)
{
    const struct plot_of_result *o = plot_of_result;
    return o->plot->write(o->result, o->context, sink);
}

static bool wanted(const struct settings *settings, const char *name)
{
    for (size_t i = 0; i < settings->only.n; i++)
        if (strcmp(settings->only.at[i], name) == 0)
            return true;
    return settings->only.n == 0;
}

bool plots_draw(const struct settings *settings, const oh_result *result,
                const oh_write_context *context, bool show_text)
{
    size_t n = 0;
    struct picture *list = calloc(oh_plot_count() + 1, sizeof *list);
    struct plot_of_result *of = calloc(oh_plot_count() + 1, sizeof *of);
    bool fine = list && of;
    for (size_t i = 0; fine && i < oh_plot_count(); i++) {
        of[n] = (struct plot_of_result){oh_plot_at(i), result, context};
        if (wanted(settings, of[n].plot->name)) {
            list[n] = (struct picture){of[n].plot->name, plot_write, &of[n]};
            n++;
        }
    }
    if (fine)
        fine = pictures_draw(settings, list, n, show_text);
    else
        say_error("%s", oh_status_text(OH_NO_MEMORY));
    free(of);
    free(list);
    return fine;
}
