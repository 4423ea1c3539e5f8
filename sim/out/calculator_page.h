/* calculator_page.h - an answer of the queueing formulas as a sheet to read.
 */
#ifndef ONHOLD_SIM_CALCULATOR_PAGE_H
#define ONHOLD_SIM_CALCULATOR_PAGE_H

#include "../model/calculator.h"
#include "sheet.h"

/* The question and the answer in a sentence each, the figures, what the names mean. Texts are the
 * arena's. */
void calculator_page(struct sheet *sheet, struct arena *arena, const oh_calculation *c);

/* The formulas with the numbers of one line put in, as a section of words. */
void calculator_formulas(struct sheet *sheet, struct arena *arena, const oh_calculation *c,
                         const oh_answer *a);

#endif
