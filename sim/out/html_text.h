/* html_text.h - text and grids as HTML. Whatever comes from a user's file passes through
 * html_text, so that nothing in it is taken for markup.
 */
#ifndef ONHOLD_SIM_HTML_TEXT_H
#define ONHOLD_SIM_HTML_TEXT_H

#include "grid.h"

/* Text for an element's inside or an attribute in quotes: & < > " ' as references; control
 * characters and bytes that are no UTF-8 as the sign U+FFFD, line breaks kept. */
void html_text(struct emit *e, const char *text);

/* <NAME>text</NAME>, with a class unless it is NULL. */
void html_element(struct emit *e, const char *name, const char *class, const char *text);

/* A text of several paragraphs, parted by blank lines. One with lines that are indented (a table,
 * a command) keeps its layout. */
void html_paragraphs(struct emit *e, const char *text);

/* The class of a tone: "good", "bad", "unsure", "strong", "faint"; NULL: plain. */
const char *html_tone(enum tone tone);

/* The grid as a table in a box that scrolls by itself where the page is narrow. The first cell of
 * a row heads it. `caption` is its heading for those who cannot see what stands above it.
 * `sortable`: a click on a column's head sorts, by grid_row.key where there is one. */
void html_grid(struct emit *e, const struct grid *g, const char *caption, bool sortable);

#endif
