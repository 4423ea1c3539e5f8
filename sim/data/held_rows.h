/* held_rows.h - rows of a log that cannot be understood yet: 3/4/2026 is read when another row has
 * shown whether the day or the month comes first.
 */
#ifndef ONHOLD_SIM_HELD_ROWS_H
#define ONHOLD_SIM_HELD_ROWS_H

#include "call_row.h"

struct held_rows {
    char *at; /* of each row a head, then the texts of its cells, each with its NUL */
    size_t length, room;
};

struct held_row {
    uint64_t line, hash;
    size_t cells, length; /* of its texts */
    const char *text;
};

/* Keeps a row. False: there is no more room, of which there is 32 MiB; or out of memory. */
bool held_rows_add(struct held_rows *rows, const struct held_row *row);
/* The row at *position, which goes on to the next one; 0 is the first. False: there is none. The
 * texts belong to `rows`. */
bool held_rows_next(const struct held_rows *rows, size_t *position, struct held_row *out);
void held_rows_free(struct held_rows *rows);

#endif
