/* compare_page.h - a comparison on a sheet: by each thing that counts who is best, then what each
 * variant changes.
 */
#ifndef ONHOLD_SIM_COMPARE_PAGE_H
#define ONHOLD_SIM_COMPARE_PAGE_H

#include "compare_writers.h"
#include "sheet.h"

enum { COMPARE_CRITERIA = 6 };

struct compare_page {
    struct arena arena;
    struct sheet sheet;
    const oh_comparison *comparison;
    const oh_write_context *context;
    oh_run_info info;
    const char *currency;
    oh_best best[COMPARE_CRITERIA]; /* by each thing that counts; a section of the sheet each */
    size_t criteria;
};

/* Fills the page, whose arena is freed by the caller whatever is returned. OH_NO_MEMORY or OH_OK.
 * Sections: the criteria first, in the order of `best`. */
oh_status compare_page_make(struct compare_page *page, const oh_comparison *comparison,
                            const oh_write_context *context);
/* "The best is two_more; the chance that this is right is at least 95.0 %." */
const char *compare_best_words(struct compare_page *page, const oh_best *best);

#endif
