/* gnuplot.h - finding the scripts of plots/ and running gnuplot on one of them.
 */
#ifndef ONHOLD_SIM_GNUPLOT_H
#define ONHOLD_SIM_GNUPLOT_H

/* What gnuplot_draw returns where there is no gnuplot. */
enum { GNUPLOT_MISSING = 127 };

/* The folder of the scripts, to be freed: ONHOLD_PLOTS, the source tree's, or the installed one.
 * NULL: out of memory. */
char *gnuplot_scripts(void);

/* Draws `data` with `script` into the file `picture`, as "svg", "png", "pdf" or "term", or as the
 * two kinds of svg that a web page holds: "page" and, narrow, "phone" (plots/style.gp). The exit
 * status: 0 drawn, GNUPLOT_MISSING, anything else gnuplot's own failure, which it has told. */
int gnuplot_draw(const char *script, const char *data, const char *picture, const char *format);

#endif
