/* held_rows.c - rows one after another in one piece of memory. */
#include "held_rows.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 32 << 20 };

bool held_rows_add(struct held_rows *rows, const struct held_row *row)
{
    size_t needed = rows->length + sizeof *row + row->length;
    if (needed > MOST_BYTES)
        return false;
    if (needed > rows->room) {
        char *at = realloc(rows->at, 2 * needed);
        if (!at)
            return false;
        rows->at = at;
        rows->room = 2 * needed;
    }
    memcpy(rows->at + rows->length, row, sizeof *row);
    memcpy(rows->at + rows->length + sizeof *row, row->text, row->length);
    rows->length = needed;
    return true;
}

bool held_rows_next(const struct held_rows *rows, size_t *position, struct held_row *out)
{
    if (*position >= rows->length)
        return false;
    memcpy(out, rows->at + *position, sizeof *out);
    out->text = rows->at + *position + sizeof *out;
    *position += sizeof *out + out->length;
    return true;
}

void held_rows_free(struct held_rows *rows)
{
    free(rows->at);
    *rows = (struct held_rows){0};
}
