/* log_input.h - one file of a log on its way in: bytes, rows, columns.
 */
#ifndef ONHOLD_SIM_LOG_INPUT_H
#define ONHOLD_SIM_LOG_INPUT_H

#include "call_row.h"

struct log_input;

/* `name` is copied into the log. NULL if out of memory. */
struct log_input *log_input_new(oh_log *log, const char *name, oh_diags *diags);
void log_input_free(struct log_input *input);
/* OH_INVALID with a finding if this is no table or lacks columns; OH_NO_MEMORY; OH_LIMIT with a
 * note. After anything but OH_OK nothing more is taken. */
oh_status log_input_take(struct log_input *input, const char *text, size_t length);
oh_status log_input_end(struct log_input *input);
/* Are there rows that cannot be read before a date shows the order of day and month? */
bool log_input_waits(const struct log_input *input);
/* Puts a file in front of others that wait. */
void log_input_link(struct log_input *input, struct log_input *next);
struct log_input *log_input_next(const struct log_input *input);
/* Reads rows that wait, or drops them if the order is still not known. */
oh_status log_input_settle(struct log_input *input);

/* Finds the fields among the columns of a header. False with findings. */
bool log_columns_find(struct log_columns *columns, oh_log *log, const char *file,
                      const struct row_cells *header, oh_diags *diags);
/* A column before that of `arrived` which holds a time of day in this row, or -1. */
long log_columns_spare(const struct log_columns *columns, const struct row_cells *cells);

#endif
