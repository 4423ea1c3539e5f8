/* cells.c - adding cells up. The additive fields come first in each cell and are all doubles, so
 * that a field added to a cell cannot be forgotten here.
 */
#include "cells.h"

#include "../math/clones.h"

const double quantile_share[QUANTILES] = {0.50, 0.80, 0.90, 0.95, 0.99};

_Static_assert(sizeof(struct group_cell) % sizeof(double) == 0, "a group cell is all doubles");
_Static_assert(offsetof(struct queue_cell, wait_max) ==
                   offsetof(struct queue_cell, system_area) + sizeof(double),
               "the maxima follow the last additive field");

/* Every field of every interval of every replication comes by here: the compiler makes vectors. */
CLONED
static void add(void *into, const void *from, size_t bytes)
{
    double *restrict sum = into;
    const double *restrict term = from;
    for (size_t i = 0; i < bytes / sizeof *sum; i++)
        sum[i] += term[i];
}

void queue_cell_add(struct queue_cell *into, const struct queue_cell *from)
{
    add(into, from, offsetof(struct queue_cell, wait_max));
    if (from->wait_max > into->wait_max)
        into->wait_max = from->wait_max;
    if (from->wait_max_all > into->wait_max_all)
        into->wait_max_all = from->wait_max_all;
}

void group_cell_add(struct group_cell *into, const struct group_cell *from)
{
    add(into, from, sizeof *into);
}
