/* csv_parts.h - the long table of a result, with more columns where there are more results.
 */
#ifndef ONHOLD_SIM_CSV_PARTS_H
#define ONHOLD_SIM_CSV_PARTS_H

#include <onhold/write.h>

#include "csv_text.h"

/* Whose rows they are: file and variant, and the values of the columns after `variant`. */
struct csv_subject {
    const oh_write_context *context;
    const char *const *value;
    size_t n;
};

/* The heads of all columns; `column` stand after `variant`. */
void csv_header(struct csv *c, const char *const *column, size_t n);
/* A row for each thing, period and metric. */
void csv_rows(struct csv *c, const oh_result *result, const struct csv_subject *subject);

#endif
