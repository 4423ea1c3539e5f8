/* plot_data.h - the data files of plots: commented columns in blocks, read by plots/NAME.gp.
 *
 * Block 0 is one line: title, sub-title, number of panels, what a replication is. Where time is an
 * axis, three blocks describe it (plot_axis.h).
 * Then each panel has a line of facts (its texts and marks) and its columns, each a block of its
 * own. Blocks are parted by two blank lines, so gnuplot finds them by number. All arithmetic is
 * done here: the scripts only draw. A mark that is not there is -1, an undefined value NaN.
 */
#ifndef ONHOLD_SIM_PLOT_DATA_H
#define ONHOLD_SIM_PLOT_DATA_H

#include <onhold/write.h>

#include "emit.h"

enum { PLOT_PANELS = 4 };

#define PLOT_NO_MARK (-1.0)

/* The head of the file and block 0. `about` says what the file holds, `title` heads the picture;
 * there is a panel for some or all things of `level`. */
void plot_begin(struct emit *e, const oh_result *result, const char *about, const char *title,
                oh_level level, size_t panels);
/* The same for what is no single result. */
void plot_head(struct emit *e, const char *about, const char *title, const char *subtitle,
               size_t panels, const char *replication);
/* A new block; `columns` names its columns and their units. */
void plot_block(struct emit *e, const char *name, const char *columns);
/* Fields of a line. */
void plot_string(struct emit *e, const char *text);
void plot_number(struct emit *e, double value); /* not finite: NaN */
void plot_end_line(struct emit *e);

/* "80 % in 20 s: missed, 74.1 % ± 0.6", or "no target given". At most WORDS bytes. */
char *plot_verdict(char *buffer, const oh_column *column, const oh_estimate *e);

#endif
