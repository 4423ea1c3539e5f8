/* html_style.h - the style sheet and the script that a report holds.
 */
#ifndef ONHOLD_SIM_HTML_STYLE_H
#define ONHOLD_SIM_HTML_STYLE_H

/* Colours for light and dark with a contrast of at least 4.5 (WCAG 2.1, AA), a layout for wide
 * screens, phones and paper. In parts; NULL ends them. */
extern const char *const html_style[];

/* Sorts tables. Without it the page is whole, only not sortable. */
extern const char html_script[];

#endif
