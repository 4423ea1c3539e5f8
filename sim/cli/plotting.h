/* plotting.h - data files, and gnuplot called to draw them.
 */
#ifndef ONHOLD_SIM_PLOTTING_H
#define ONHOLD_SIM_PLOTTING_H

#include "settings.h"

/* Writes DIR/NAME.dat and DIR/NAME.svg (or png, pdf, txt) for every plot. Without gnuplot the data
 * and the scripts are left there and a note says how to draw them: not a failure. `show_text`: with
 * the format "term", print the pictures on standard output. False if a file could not be written:
 * an error was said. */
bool plots_draw(const struct settings *settings, const oh_result *result,
                const oh_write_context *context, bool show_text);

#endif
