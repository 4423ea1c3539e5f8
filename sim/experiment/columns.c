/* columns.c - which metrics each level of a result has.
 *
 * The table's rows in their order; after a service level one more column for each further time
 * limit of any queue ("service_level_60s"): always for the plain service level, for the other
 * formulas where a target asks for it.
 */
#include "result.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/units.h"

enum { MAX_FURTHER = 64 }; /* further time limits of one scenario that get columns */

struct limits {
    size_t n;
    double seconds[MAX_FURTHER]; /* ascending */
};

static void insert_limit(struct limits *l, double seconds)
{
    size_t k = 0;
    while (k < l->n && l->seconds[k] < seconds)
        k++;
    if ((k < l->n && l->seconds[k] == seconds) || l->n == MAX_FURTHER)
        return;
    memmove(l->seconds + k + 1, l->seconds + k, (l->n - k) * sizeof *l->seconds);
    l->seconds[k] = seconds;
    l->n++;
}

static bool asked_for(const struct model_queue *q, const struct metric_row *row, int limit)
{
    for (size_t i = 0; i < q->targets; i++)
        if (q->target[i].metric == row && q->target[i].limit == limit)
            return true;
    return false;
}

/* The further time limits that this row has columns for. */
static struct limits further_limits(const oh_model *m, const struct metric_row *row)
{
    struct limits found = {0};
    bool always = strcmp(row->public.id, "service_level") == 0;
    if (!(row->applies & NEEDS_LIMIT))
        return found;
    for (size_t q = 0; q < m->queues; q++)
        for (size_t i = 1; i < m->queue[q].limits; i++)
            if (always || asked_for(&m->queue[q], row, (int)i))
                insert_limit(&found, m->queue[q].limit[i]);
    return found;
}

static unsigned level_flag(oh_level level)
{
    return level == OH_QUEUE ? ON_QUEUE : level == OH_AGENTS ? ON_AGENTS : ON_TOTAL;
}

static bool level_has_money(const oh_model *m, oh_level level)
{
    if (level != OH_AGENTS)
        for (size_t q = 0; q < m->queues; q++)
            if (queue_has_money(&m->queue[q]))
                return true;
    if (level != OH_QUEUE)
        for (size_t g = 0; g < m->groups; g++)
            if (group_has_money(&m->group[g]))
                return true;
    return false;
}

static void write_column(struct result_column *c, const struct metric_row *row, double limit)
{
    char seconds[32];
    *c = (struct result_column){.public = {.metric = &row->public, .limit = limit}, .row = row};
    if (limit > 0)
        snprintf(c->public.id, sizeof c->public.id, "%s_%ss", row->public.id,
                 format_real(seconds, limit));
    else
        snprintf(c->public.id, sizeof c->public.id, "%s", row->public.id);
}

/* Writes the level's columns, or only counts them where `out` is NULL. */
static size_t fill_columns(const oh_model *m, oh_level level, struct result_column *out)
{
    bool money = level_has_money(m, level);
    size_t n = 0;
    for (size_t i = 0; i < metric_rows(); i++) {
        const struct metric_row *row = metric_row_at(i);
        if (!(row->applies & level_flag(level)) || ((row->applies & NEEDS_MONEY) && !money))
            continue;
        struct limits further = further_limits(m, row);
        for (size_t k = 0; k <= further.n; k++, n++)
            if (out)
                write_column(&out[n], row, k == 0 ? 0 : further.seconds[k - 1]);
    }
    return n;
}

bool result_columns_init(oh_result *result)
{
    for (int level = 0; level < LEVELS; level++) {
        size_t n = fill_columns(result->model, (oh_level)level, NULL);
        result->column[level] = calloc(n, sizeof *result->column[level]);
        if (!result->column[level])
            return false;
        result->columns[level] =
            fill_columns(result->model, (oh_level)level, result->column[level]);
    }
    return true;
}

void result_columns_free(oh_result *result)
{
    for (int level = 0; level < LEVELS; level++)
        free(result->column[level]);
}

size_t oh_result_columns(const oh_result *result, oh_level level)
{
    return result->columns[level];
}

const oh_column *oh_result_column(const oh_result *result, oh_level level, size_t column)
{
    return &result->column[level][column].public;
}

long oh_result_column_find(const oh_result *result, oh_level level, const char *id)
{
    for (size_t i = 0; i < result->columns[level]; i++)
        if (strcmp(result->column[level][i].public.id, id) == 0)
            return (long)i;
    return -1;
}
