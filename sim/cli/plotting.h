/* plotting.h - pictures in a folder: data files, and gnuplot called to draw them.
 */
#ifndef ONHOLD_SIM_PLOTTING_H
#define ONHOLD_SIM_PLOTTING_H

#include "settings.h"

/* A picture is a data file that plots/NAME.gp draws (sim/out/plot_data.h says what is in it). */
struct picture {
    const char *name;
    oh_status (*write)(const void *user, oh_sink sink); /* writes the data */
    const void *user;
};

/* Writes DIR/NAME.dat and DIR/NAME.svg (or png, pdf, txt) for each, DIR being settings->plots.
 * Without gnuplot the data and the scripts are left there and a note says how to draw them: not a
 * failure. `show_text`: with the format "term", print the pictures on standard output. False if a
 * file could not be written: an error was said. */
bool pictures_draw(const struct settings *settings, const struct picture *list, size_t n,
                   bool show_text);

/* Writes the data alone into `file`. *empty: there is nothing to draw. False if it could not be
 * written: an error was said. */
bool picture_data(const struct picture *picture, const char *file, bool *empty);

/* A plot of a result as what a picture is drawn from: plot_write is its `write`. */
struct plot_of_result {
    const oh_writer *plot;
    const oh_result *result;
    const oh_write_context *context;
};
oh_status plot_write(const void *plot_of_result, oh_sink sink);

/* The same for all plots of a result (oh_plot_at), or those that settings->only names. */
bool plots_draw(const struct settings *settings, const oh_result *result,
                const oh_write_context *context, bool show_text);

#endif
