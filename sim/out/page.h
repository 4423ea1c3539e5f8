/* page.h - what a manager reads, as sections of words and grids on a sheet (sheet.h).
 *
 * The order is that of a reader in a hurry: is the target met, how many calls, how busy were the
 * agents, what did it cost, which day and which half hour were the worst.
 */
#ifndef ONHOLD_SIM_PAGE_H
#define ONHOLD_SIM_PAGE_H

#include <onhold/write.h>

#include "sheet.h"
#include "wording.h"

struct page {
    struct arena arena;
    const oh_result *result;
    const oh_write_context *context;
    oh_run_info info;
    struct sheet sheet; /* headline: NULL if one line of `targets` says it all */
    struct page_section targets, calls, beside, agents, money, days, worst, theory;
};

/* Fills the page; free it with page_free whatever is returned. OH_NO_MEMORY or OH_OK. */
oh_status page_make(struct page *page, const oh_result *result, const oh_write_context *context);
void page_free(struct page *page);

/* "41.2 % ± 2.1", "abandon rate 12.1 % ± 0.8", "mean wait 2 min 05 s". */
const char *page_measured(struct page *page, const oh_column *column, const oh_estimate *e);
enum tone page_tone(enum verdict verdict);

/* For the makers of sections (page_*.c). */
void page_note(struct page *page, struct page_lines *lines, const char *text);
const char *page_text(struct page *page, const char *words);
void page_targets(struct page *page);
void page_calls(struct page *page);
void page_beside(struct page *page);
void page_agents(struct page *page);
void page_money(struct page *page);
void page_days(struct page *page);
void page_worst(struct page *page);
void page_theory(struct page *page);
void page_gap(struct page *page); /* appends sections */

#endif
