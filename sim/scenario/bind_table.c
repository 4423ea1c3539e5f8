/* bind_table.c - the CSV tables that a scenario names, each read once, and their columns.
 */
#include <stdio.h>
#include <string.h>

#include "binder.h"

struct csv_table *table_read(struct binder *b, const struct node *node)
{
    const char *name = value_text(b, node, "a file name", "forecast.csv");
    if (!name)
        return NULL;
    const char *path = scenario_path(b->scenario, node->span.source, &b->scratch, name);
    if (!path) {
        b->no_memory = true;
        return NULL;
    }
    for (struct csv_table *t = b->tables; t; t = t->next)
        if (strcmp(t->path, path) == 0)
            return t->columns > 0 ? t : NULL; /* without columns: already found to be bad */
    struct csv_table *table =
        csv_load(&b->scratch, b->scenario->tables, path, node->span, b->diags);
    struct csv_table *kept = table;
    if (!kept)
        kept = arena_alloc(&b->scratch, sizeof *kept);
    if (b->scratch.failed || !kept) {
        b->no_memory = true;
        return NULL;
    }
    kept->path = path;
    kept->next = b->tables;
    b->tables = kept;
    return table;
}

static const char *column_name(const void *table, size_t i)
{
    return ((const struct csv_table *)table)->name[i];
}

static void missing_column(struct binder *b, const struct csv_table *table, const char *name,
                           struct span at)
{
    char text[300] = "";
    size_t used = 0;
    const char *near = suggest(name, table->columns, column_name, table);
    finding(b->diags, CODE_E207, at, "%s has no column '%s'", table->source->name, name);
    if (near) {
        finding_hint(b->diags, "did you mean '%s'?", near);
        return;
    }
    for (size_t i = 0; i < table->columns && used < sizeof text; i++) {
        int more =
            snprintf(text + used, sizeof text - used, "%s%s", used ? ", " : "", table->name[i]);
        used += more > 0 ? (size_t)more : 0;
    }
    finding_hint(b->diags, "its columns are: %s", text);
}

long table_column(struct binder *b, struct csv_table *table, const struct node *node)
{
    const char *name = value_text(b, node, "the name of a column", "support");
    long found = -1;
    if (!name)
        return -1;
    for (size_t i = 0; i < table->columns; i++) {
        if (strcmp(table->name[i], name) != 0)
            continue;
        if (found >= 0) {
            finding(b->diags, CODE_E210, node->span, "%s has two columns '%s'", table->source->name,
                    name);
            finding_hint(b->diags, "rename one of them");
            return -1;
        }
        found = (long)i;
    }
    if (found < 0)
        missing_column(b, table, name, node->span);
    return found;
}

const double *table_numbers(struct binder *b, struct csv_table *table, size_t column,
                            struct csv_want want, double unit, const struct node *asked)
{
    double *values = arena_array(b->arena, table->rows, sizeof *values);
    if (!values) {
        b->no_memory = true;
        return NULL;
    }
    want.most /= unit;
    if (!csv_numbers(table, column, &want, values, asked->span, b->diags, &b->no_memory))
        return NULL;
    for (size_t i = 0; i < table->rows; i++)
        values[i] *= unit;
    return values;
}
