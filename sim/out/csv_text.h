/* csv_text.h - CSV rows with the quoting of RFC 4180: a field with a comma, a quote or a line end
 * stands in quotes, quotes in it doubled. Rows end in a line feed.
 * The prefix is cs_, since libcsv's names begin with csv_.
 */
#ifndef ONHOLD_SIM_CSV_TEXT_H
#define ONHOLD_SIM_CSV_TEXT_H

#include "emit.h"

struct csv {
    struct emit emit;
    bool started; /* the row has a field already */
};

struct csv cs_to(oh_sink sink);
void cs_field(struct csv *c, const char *text); /* NULL: empty */
void cs_real(struct csv *c, double value);      /* NaN and infinities: empty */
void cs_whole(struct csv *c, uint64_t value);
void cs_end_row(struct csv *c);

#endif
