/* report_parts.h - the parts of a report that the table does not have, made before they are laid
 * out in report_html.c.
 */
#ifndef ONHOLD_SIM_REPORT_PARTS_H
#define ONHOLD_SIM_REPORT_PARTS_H

#include <onhold/report.h>

#include "page.h"

/* What the reader is to know first, one for each queue, and for each group that has a target. */
struct report_verdict {
    struct report_verdict *next;
    bool judged; /* it has a target */
    enum verdict verdict;
    const char *sentence;
    const char *often;      /* "Met on 4 of 10 days.", or NULL */
    struct page_lines also; /* its other targets */
};

/* A figure in large letters. */
struct report_figure {
    struct report_figure *next;
    const char *name, *value;
};

struct report {
    struct page page;
    const oh_report *given;
    struct report_verdict *verdicts; /* queues in file order, then groups */
    struct report_figure *figures;
    struct page_section risk, change;
    struct sheet intervals; /* a section for each queue and group */
    const char *left_out;   /* what has no table of intervals; NULL: nothing */
    struct page_lines sure; /* how sure we are */
    struct sheet assumed;   /* the explanation's sections */
    const char *command;    /* that plays it again */
};

void report_verdicts(struct report *report);
void report_figures(struct report *report);
void report_risk(struct report *report);
void report_change(struct report *report);
void report_intervals(struct report *report);
void report_sure(struct report *report);
void report_repeat(struct report *report);

/* What a picture shows, for those who cannot see it: its figures in sentences. NULL if it has
 * nothing to show. */
const char *report_words(struct report *report, const char *plot);

#endif
