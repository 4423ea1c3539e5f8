/* bind_schedule.h - a schedule between its two readers: the list and the table.
 */
#ifndef ONHOLD_SIM_BIND_SCHEDULE_H
#define ONHOLD_SIM_BIND_SCHEDULE_H

#include "binder.h"

/* What is written, before it is laid on the openings. */
struct series {
    struct binder *b;
    enum schedule_use use;
    const struct node *map, *per_node, *from_node, *counts, *csv, *column, *unit_node;
    double per, clock, unit; /* clock: time of day of `from`, NaN if there is none */
    /* The values: of a list, or of a table's column. */
    size_t n;
    const double *value;
    struct span span;
    /* A table's: which weekdays each row is for (bit 0: Monday), NULL: all; and its times. */
    struct csv_table *table;
    unsigned char *days;
    long clock_column;
};

/* What each use expects of a number in a table. */
extern const struct csv_want schedule_wants[];

/* Reads the column into the series; false with findings. */
bool series_from_table(struct series *s);
/* The rows of one opening's day into out->n and value, their times checked against out->from and
 * per. False with a finding. */
bool series_rows(struct series *s, size_t opening, struct spec_schedule *out);

#endif
