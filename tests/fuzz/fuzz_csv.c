/* fuzz_csv.c - damaged CSV tables: every column is read as numbers and as times of day.
 */
#include <math.h>
#include <stdlib.h>

#include "../../sim/scenario/csv_table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An assertion that stays in release builds. */
static void must(bool condition)
{
    if (!condition)
        abort();
}

static bool look(void *user, const struct csv_cell *cell)
{
    size_t *rows = user;
    double from, to;
    must(cell->row == *rows);
    must(cell->at <= cell->end);
    csv_time(cell->text, &from, &to);
    ++*rows;
    return true;
}

static void read_column(const struct csv_table *table, size_t column, struct arena *arena,
                        oh_diags *diags)
{
    struct csv_want want = {column % 2 == 0, column % 3 == 0, 1e9, "a number"};
    struct span nowhere = {table->source, 0, 0, 0, 0};
    bool no_memory = false;
    size_t rows = 0;
    double *values = arena_array(arena, table->rows, sizeof *values);
    if (!values)
        return;
    if (csv_numbers(table, column, &want, values, nowhere, diags, &no_memory))
        for (size_t i = 0; i < table->rows; i++)
            must(values[i] >= 0);
    if (csv_visit(table, column, look, &rows))
        must(rows == table->rows);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    oh_diags *diags = oh_diags_new();
    arena_init(&arena);
    const struct source *source = source_new(&arena, "fuzz.csv", (const char *)data, size);
    if (diags && source) {
        struct span nowhere = {source, 0, 0, 0, 0};
        const struct csv_table *table = csv_parse_source(&arena, source, nowhere, diags);
        for (size_t i = 0; table && i < table->columns && i < 8; i++)
            read_column(table, i, &arena, diags);
        if (table)
            csv_time_column(table);
    }
    arena_free(&arena);
    oh_diags_free(diags);
    return 0;
}
