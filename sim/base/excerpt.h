/* excerpt.h - the source line of a finding as it is shown, and where its carets go.
 */
#ifndef ONHOLD_SIM_EXCERPT_H
#define ONHOLD_SIM_EXCERPT_H

#include "findings.h"

/* Columns of the terminal that an excerpt fills at most, "..." at its cut ends included. */
enum { EXCERPT_COLUMNS = 100, EXCERPT_BYTES = 800 };

struct excerpt {
    unsigned line;            /* 0: there is nothing to show */
    unsigned indent, carets;  /* columns before the carets, and how many there are (at least 1) */
    char text[EXCERPT_BYTES]; /* tabs as spaces, control characters as visible signs */
};

void excerpt_take(struct excerpt *excerpt, struct span at);

#endif
