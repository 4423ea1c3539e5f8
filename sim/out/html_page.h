/* html_page.h - a self-contained HTML page: its frame, and what pages are made of. A page about a
 * run (report_html.c) and one about a comparison (compare_html.c) differ in what stands where.
 *
 * In order: html_begin, the header and <main>, sections (html_heading opens one, </section> ends
 * it), html_repeat, html_file for each file, html_end.
 */
#ifndef ONHOLD_SIM_HTML_PAGE_H
#define ONHOLD_SIM_HTML_PAGE_H

#include <onhold/report.h>

#include "sheet.h"

struct html_page {
    struct emit e;
    size_t pictured; /* bytes of pictures so far */
    size_t left_out; /* pictures that did not find room */
};

/* Up to <body>. Its policy lets no script run but its own. */
void html_begin(struct html_page *page, const char *title);
/* Opens a section. */
void html_heading(struct html_page *page, const char *title);
/* Each line a paragraph of that class; NULL: none. */
void html_lines(struct html_page *page, const struct page_lines *lines, const char *class);
void html_list(struct html_page *page, const struct page_lines *lines);
/* The table of a section with its notes; html_detail: under its title, if there is anything. */
void html_table(struct html_page *page, const struct page_section *section);
void html_detail(struct html_page *page, const struct page_section *section);
/* A picture with its words: the title for its name, what it shows below it; NULL: the words alone.
 * One for which there is no room is left out and counted. */
void html_picture(struct html_page *page, const oh_report_picture *picture, const char *title,
                  const char *says);
void html_warnings(struct html_page *page, const char *const *warnings, size_t n);
/* The command that plays it again, </main>, and the beginning of the footer. */
void html_repeat(struct html_page *page, const char *command, const oh_run_info *info);
void html_file(struct html_page *page, const oh_write_context *context);
void html_end(struct html_page *page);

#endif
