/* page_pictures.c - data files and pictures in a temporary folder. gnuplot reads files several
 * times, so a pipe would not do.
 */
#include "page_pictures.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gnuplot.h"
#include "messages.h"
#include "output_file.h"
#include "plotting.h"

static const char not_installed[] =
    "There are no pictures: gnuplot is not installed where this page was made.";
static const char failed[] = "Some pictures are missing: they could not be drawn.";

struct place {
    char *scripts, *folder;
};

static void remove_file(const struct place *place, const char *name, const char *extension)
{
    char *path = path_join(place->folder, name, extension);
    if (path)
        unlink(path);
    free(path);
}

/* The whole file as text, to be freed; NULL if it cannot be read. */
static char *read_text(const char *path)
{
    FILE *in = fopen(path, "r");
    char *text = NULL;
    long length = -1;
    if (in && fseek(in, 0, SEEK_END) == 0)
        length = ftell(in);
    if (length >= 0 && fseek(in, 0, SEEK_SET) == 0)
        text = malloc((size_t)length + 1);
    if (text) {
        size_t n = fread(text, 1, (size_t)length, in);
        text[n] = '\0';
    }
    if (in)
        fclose(in);
    return text;
}

/* One picture as text, to be freed; NULL if it was not drawn. */
static char *drawn(const struct place *place, const char *name, const char *format, int *status)
{
    char *script = path_join(place->scripts, name, ".gp");
    char *data = path_join(place->folder, name, ".dat");
    char *picture = path_join(place->folder, name, ".svg");
    char *text = NULL;
    if (script && data && picture) {
        *status = gnuplot_draw(script, data, picture, format);
        text = *status == 0 ? read_text(picture) : NULL;
    }
    free(script);
    free(data);
    free(picture);
    remove_file(place, name, ".svg");
    return text;
}

static void put_picture(struct page_pictures *p, const struct place *place,
                        const struct picture *picture)
{
    char *data = path_join(place->folder, picture->name, ".dat");
    char **text = &p->text[2 * p->n];
    bool empty = false;
    int status = 1;
    if (data && picture_data(picture, data, &empty) && !empty) {
        text[0] = drawn(place, picture->name, "page", &status);
        text[1] = text[0] ? drawn(place, picture->name, "phone", &status) : NULL;
    }
    if (text[0])
        p->list[p->n++] = (oh_report_picture){picture->name, text[0], text[1]};
    else if (!empty)
        p->why_not = status == GNUPLOT_MISSING ? not_installed : failed;
    free(data);
    remove_file(place, picture->name, ".dat");
}

bool page_pictures_draw(struct page_pictures *p, const struct picture *list, size_t n)
{
    *p = (struct page_pictures){.list = calloc(n + 1, sizeof *p->list),
                                .text = calloc(2 * n + 2, sizeof *p->text)};
    struct place place = {gnuplot_scripts(), folder_temporary()};
    bool fine = p->list && p->text && place.scripts;
    if (!fine)
        say_error("%s", oh_status_text(OH_NO_MEMORY));
    else if (!place.folder) {
        say_warning("no folder for pictures: %s", strerror(errno));
        p->why_not = failed;
    }
    for (size_t i = 0; fine && place.folder && i < n; i++) {
        put_picture(p, &place, &list[i]);
        if (p->why_not == not_installed)
            break;
    }
    if (p->why_not == not_installed)
        say_warning("gnuplot is not installed, so the page has no pictures (on Debian: apt install "
                    "gnuplot-nox)");
    if (place.folder)
        rmdir(place.folder);
    free(place.folder);
    free(place.scripts);
    return fine;
}

bool page_pictures_of_result(struct page_pictures *p, const oh_result *result,
                             const oh_write_context *context)
{
    size_t n = oh_plot_count();
    struct plot_of_result *of = calloc(n + 1, sizeof *of);
    struct picture *list = calloc(n + 1, sizeof *list);
    bool fine = of && list;
    *p = (struct page_pictures){.n = 0};
    if (!fine)
        say_error("%s", oh_status_text(OH_NO_MEMORY));
    for (size_t i = 0; fine && i < n; i++) {
        of[i] = (struct plot_of_result){oh_plot_at(i), result, context};
        list[i] = (struct picture){of[i].plot->name, plot_write, &of[i]};
    }
    fine = fine && page_pictures_draw(p, list, n);
    free(list);
    free(of);
    return fine;
}

void page_pictures_free(struct page_pictures *p)
{
    for (size_t i = 0; p->text && i < 2 * p->n; i++)
        free(p->text[i]);
    free(p->text);
    free(p->list);
}
