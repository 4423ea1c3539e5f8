/* call_row.h - one row of a log, understood: a call, or the counts of an interval.
 */
#ifndef ONHOLD_SIM_CALL_ROW_H
#define ONHOLD_SIM_CALL_ROW_H

#include "log_book.h"

/* Times in seconds; NaN: not given. */
struct call_row {
    bool is_interval;
    bool dated; /* day is a date */
    long day;
    double second;                /* of arrival, since that day's midnight, 0 to 86400 */
    uint32_t queue, group, agent; /* UINT32_MAX: not given */
    /* a call */
    enum log_outcome outcome;
    double wait, ring;
    double part[PARTS];
    uint64_t customer; /* 0: not known */
    /* an interval */
    double offered, answered, abandoned, asa, abandon_wait, aht, agents, service_level;
};

/* The cells of one row of the file as text, in order of the file's columns. */
struct row_cells {
    size_t count;
    const char *const *text;
};

/* Where the fields stand in a file. */
struct log_columns {
    size_t columns;
    size_t names[FIELDS]; /* how many columns give the field; 0: none */
    long at[FIELDS][MAP_NAMES];
    double scale[FIELDS]; /* rows that are intervals: plain numbers of a time are in this, s */
    long traced_end;      /* column of a trace of onhold that tells the end; -1: none */
    long spare_clock;     /* times of day to be used where `arrived` is a filler; -1: none */
    const char **before_arrived; /* names of the columns in front of it */
    size_t ignores;              /* rules of the mapping */
    long *ignore_at;
    struct map_word **ignore_word;
};

/* What a row says. DROP_REASONS: it is fine; otherwise why it cannot be used. *no_memory is set if
 * memory ran out or a limit was hit. */
enum log_drop_reason call_row_read(oh_log *log, const struct log_columns *columns,
                                   const struct row_cells *cells, struct call_row *out,
                                   bool *no_memory);

#endif
