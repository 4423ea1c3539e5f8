/* report.h - a result as one self-contained HTML page for a manager.
 *
 * The page needs no network and no other file. Its figures are those of the table. Who calls it
 * brings what the library does not make: pictures, runs with other agents, what was assumed in
 * words. Each may be missing; the page then says so or does without. The same things give the same
 * bytes: there is no time, host or speed in them.
 */
#ifndef ONHOLD_REPORT_H
#define ONHOLD_REPORT_H

#include <onhold/compare.h>
#include <onhold/explain.h>
#include <onhold/write.h>

/* A picture that gnuplot drew of the plot of that name (oh_plot_at), as SVG documents in the
 * formats "page" and "phone" of plots/style.gp. */
typedef struct oh_report_picture {
    const char *name;
    const char *wide, *narrow; /* narrow may be NULL */
} oh_report_picture;

/* The same days with `by` agents more (or, negative, fewer) in a group. The result must be paired
 * with the one that is reported (oh_results_paired). */
typedef struct oh_report_change {
    size_t group;
    int by;
    const oh_result *result;
} oh_report_change;

typedef struct oh_report {
    const oh_report_picture *pictures;
    size_t pictures_count;
    const char *no_pictures; /* why there are none, as a sentence; NULL: nobody asked for them */
    const oh_report_change *changes;
    size_t changes_count;
    const char *no_changes;            /* why there are none, as a sentence; NULL */
    const oh_explanation *explanation; /* what was assumed, of the result's model; NULL */
} oh_report;

/* OH_NO_MEMORY, or OH_IO if the sink refused. The page stays below 2 MB: where intervals or
 * pictures are too many for that, it says what is left out and how to see it. */
oh_status oh_report_html(const oh_result *result, const oh_write_context *context,
                         const oh_report *report, oh_sink sink);

/* What a page about a comparison is given. */
typedef struct oh_compare_report {
    oh_report_picture picture; /* the plot "compare" (oh_compare_plot); wide NULL: there is none */
    const char *no_picture;    /* why there is none, as a sentence; NULL */
} oh_compare_report;

/* A comparison as such a page. `context` as for oh_compare_write_fn. OH_NO_MEMORY, or OH_IO if the
 * sink refused. */
oh_status oh_compare_html(const oh_comparison *comparison, const oh_write_context *context,
                          const oh_compare_report *report, oh_sink sink);

#endif
