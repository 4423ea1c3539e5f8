/* csv_table.h - a CSV file whose columns are read by name, with the place of every cell.
 *
 * Header line required. Comma, semicolon or tab, by the header; a decimal comma only with
 * semicolons; a byte order mark, CRLF and no-break spaces are accepted. Lines without any text are
 * skipped; text beyond the last column is an error, empty cells there are not.
 */
#ifndef ONHOLD_SIM_CSV_TABLE_H
#define ONHOLD_SIM_CSV_TABLE_H

#include "../base/arena.h"
#include "../base/findings.h"
#include "table_files.h"

struct csv_table {
    const struct source *source;
    size_t start; /* where the header begins: after a byte order mark */
    char delimiter;
    size_t columns;
    const char **name; /* of the columns, trimmed */
    struct span *name_span;
    size_t rows; /* without the header */
    const char *path;
    struct csv_table *next; /* for whoever keeps several */
};

/* Reads a file, unless it is among `files` already, which keep its bytes. `at` is where the
 * scenario names it. NULL with a finding, or if out of memory (arena->failed). */
struct csv_table *csv_load(struct arena *arena, struct table_files *files, const char *path,
                           struct span at, oh_diags *diags);
/* The same from a source that is already there. */
struct csv_table *csv_parse_source(struct arena *arena, const struct source *source, struct span at,
                                   oh_diags *diags);

/* A cell: trimmed text (NUL-terminated, valid during the visit) and where it stands, in bytes of
 * the source. A row that is too short has an empty cell at its end. */
struct csv_cell {
    size_t row; /* from 0, the header not counted */
    char *text;
    size_t length, at, end;
};
/* Visits one column's cells in order of rows; a visitor that returns false stops it. Returns false
 * if out of memory. */
typedef bool csv_visit_fn(void *user, const struct csv_cell *cell);
bool csv_visit(const struct csv_table *table, size_t column, csv_visit_fn *visit, void *user);
struct span csv_span(const struct csv_table *table, const struct csv_cell *cell);

/* What a column's numbers must be. */
struct csv_want {
    bool whole;          /* whole numbers only */
    bool empty_is_never; /* an empty cell is INFINITY */
    double most;         /* at most that */
    const char *what;    /* "a number of calls", for messages */
};
/* Writes `rows` numbers, each >= 0. False with a finding for every bad cell (each with a note at
 * `asked`), or if out of memory (*no_memory). */
bool csv_numbers(const struct csv_table *table, size_t column, const struct csv_want *want,
                 double *values, struct span asked, oh_diags *diags, bool *no_memory);
/* The number in a cell, as the table's delimiter allows it. */
bool csv_number(const struct csv_table *table, const char *text, double *value);

/* The column named time, start or interval (any case), or -1. */
long csv_time_column(const struct csv_table *table);
/* "8:00", "08:00" or "08:00-08:30": seconds since midnight; *to is NaN if there is no end. */
bool csv_time(const char *text, double *from, double *to);

#endif
