/* page_pictures.h - the pictures that a report holds: drawn in a folder of their own, read, and
 * the folder removed.
 */
#ifndef ONHOLD_SIM_PAGE_PICTURES_H
#define ONHOLD_SIM_PAGE_PICTURES_H

#include <onhold/report.h>

#include "plotting.h"

struct page_pictures {
    oh_report_picture *list; /* owned; its texts are those of `text` */
    char **text;             /* owned: two for each */
    size_t n;
    const char *why_not; /* a sentence for the page, or NULL */
};

/* Draws them in the formats page and phone. Without gnuplot, or where there is no
 * room for files, there are none; `why_not` tells the reader of the page and a warning the user.
 * False: out of memory, an error was said. Give it back with page_pictures_free in any case. */
bool page_pictures_draw(struct page_pictures *pictures, const struct picture *list, size_t n);
/* The same for all plots of a result. */
bool page_pictures_of_result(struct page_pictures *pictures, const oh_result *result,
                             const oh_write_context *context);
void page_pictures_free(struct page_pictures *pictures);

#endif
