/* explain_page.h - an explanation in words: remarks and the sheet.
 */
#ifndef ONHOLD_SIM_EXPLAIN_PAGE_H
#define ONHOLD_SIM_EXPLAIN_PAGE_H

#include "../model/explain.h"
#include "sheet.h"
#include "wording.h"

/* What a planner would say. False: no memory. */
bool explain_remarks(oh_explanation *e);

/* Is an opening that of the next weekday? */
bool explain_next_day(const oh_model *model, size_t opening, size_t next);
/* "Mon-Fri " with days, else "". */
const char *explain_days(struct arena *arena, const oh_model *model, size_t first, size_t last);

/* "80 % in 20 s", "abandon rate at most 5 %". */
const char *explain_target(struct arena *arena, const struct model_target *target);

/* Texts are the arena's. */
void explain_page(struct sheet *sheet, struct arena *arena, const oh_explanation *e,
                  const oh_write_context *context);

/* How patient the callers of a queue are: "half hang up within 2 min 50 s". */
const char *explain_patience(struct arena *arena, const struct model_queue *queue);

/* The queue's rules beside patience: "busy tone when 40 wait; ..."; "" if there are none. */
const char *explain_rules(struct arena *arena, const oh_model *model,
                          const struct model_queue *queue);

#endif
