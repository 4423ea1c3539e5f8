/* html_svg.h - a picture that gnuplot drew, made a part of a page.
 */
#ifndef ONHOLD_SIM_HTML_SVG_H
#define ONHOLD_SIM_HTML_SVG_H

#include "emit.h"

/* Writes an SVG document as an <svg> element of the given class, named and described by the
 * elements with the ids "NAME-t" and "NAME-d". `prefix` sets its own ids apart from those of other
 * pictures. What does not draw, or could do more than draw, is left out: only a list of elements
 * and attributes passes, and references within the picture. Colours lose their blanks, so that a
 * style sheet can name them. */
void html_svg(struct emit *e, const char *svg, const char *class, const char *name,
              const char *prefix);

#endif
