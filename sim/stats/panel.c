/* panel.c - one block of cells for all replications, and the sums that complete a row.
 */
#include "panel.h"

#include <stdlib.h>
#include <string.h>

#include "../base/pages.h"

struct histogram *histograms_new(size_t n)
{
    struct histogram *h = calloc(n, sizeof *h);
    if (!h)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        if (!hist_init(&h[i])) {
            histograms_free(h, i);
            return NULL;
        }
    }
    return h;
}

void histograms_free(struct histogram *h, size_t n)
{
    if (!h)
        return;
    for (size_t i = 0; i < n; i++)
        hist_free(&h[i]);
    free(h);
}

static size_t row_queue_cells(const struct panel_shape *s)
{
    return (s->queues + 1) * panel_periods(s);
}

static size_t row_group_cells(const struct panel_shape *s)
{
    return (s->groups + 1) * panel_periods(s);
}

/* calloc takes care of the product's overflow only for two factors. */
static void *rows_of(size_t capacity, size_t cells, size_t size)
{
    if (cells > SIZE_MAX / size)
        return NULL;
    void *rows = calloc(capacity, cells * size);
    if (rows)
        large_pages(rows, capacity * cells * size);
    return rows;
}

bool panel_init(struct panel *p, struct panel_shape shape, size_t capacity)
{
    size_t queues = shape.queues + 1;
    *p = (struct panel){.shape = shape, .capacity = capacity};
    p->queue = rows_of(capacity, row_queue_cells(&shape), sizeof *p->queue);
    p->group = rows_of(capacity, row_group_cells(&shape), sizeof *p->group);
    p->answered = histograms_new(queues);
    p->abandoned = histograms_new(queues);
    p->other = histograms_new(queues);
    if (p->queue && p->group && p->answered && p->abandoned && p->other)
        return true;
    panel_free(p);
    return false;
}

/* More zeroed rows behind those that are there; NULL if out of memory. */
static void *more_rows(const void *old, size_t rows, size_t capacity, size_t cells, size_t size)
{
    char *larger = rows_of(capacity, cells, size);
    if (larger)
        memcpy(larger, old, rows * cells * size);
    return larger;
}

bool panel_extend(struct panel *p, size_t capacity)
{
    size_t queue_cells = row_queue_cells(&p->shape), group_cells = row_group_cells(&p->shape);
    struct queue_cell *queue =
        more_rows(p->queue, p->capacity, capacity, queue_cells, sizeof *queue);
    struct group_cell *group =
        more_rows(p->group, p->capacity, capacity, group_cells, sizeof *group);
    if (!queue || !group) {
        free(queue);
        free(group);
        return false;
    }
    free(p->queue);
    free(p->group);
    p->queue = queue;
    p->group = group;
    p->capacity = capacity;
    return true;
}

void panel_free(struct panel *p)
{
    size_t queues = p->shape.queues + 1;
    free(p->queue);
    free(p->group);
    histograms_free(p->answered, queues);
    histograms_free(p->abandoned, queues);
    histograms_free(p->other, queues);
    *p = (struct panel){0};
}

struct tally panel_row(const struct panel *p, size_t row)
{
    return (struct tally){p->queue + row * row_queue_cells(&p->shape),
                          p->group + row * row_group_cells(&p->shape)};
}

static void take_larger(double *into, double from)
{
    if (from > *into)
        *into = from;
}

/* The periods of one queue (or of the total) into its WHOLE cell. */
static void close_queue(const struct panel_shape *s, struct queue_cell *period)
{
    struct queue_cell *whole = &period[period_whole(s)];
    const struct queue_cell *outside = &period[period_outside(s)];
    for (size_t k = 0; k < s->intervals; k++) {
        queue_cell_add(whole, &period[k]);
        take_larger(&whole->queue_max, period[k].queue_max);
    }
    double queue_area = whole->queue_area, system_area = whole->system_area;
    queue_cell_add(whole, outside);
    take_larger(&whole->queue_max, outside->queue_max);
    whole->queue_area = queue_area;
    whole->system_area = system_area;
}

static void close_group(const struct panel_shape *s, struct group_cell *period)
{
    struct group_cell *whole = &period[period_whole(s)];
    const struct group_cell *outside = &period[period_outside(s)];
    for (size_t k = 0; k <= period_outside(s); k++) {
        struct group_cell *c = &period[k];
        c->scheduled_all = c->scheduled_area;
        c->planned_all = c->planned_area;
        c->staffed_all = c->staffed_area;
        c->busy_all = c->busy_area;
        c->contact_all = c->contact_area;
    }
    for (size_t k = 0; k < s->intervals; k++)
        group_cell_add(whole, &period[k]);
    whole->scheduled_all += outside->scheduled_all;
    whole->planned_all += outside->planned_all;
    whole->staffed_all += outside->staffed_all;
    whole->busy_all += outside->busy_all;
    whole->contact_all += outside->contact_all;
    whole->overtime_area += outside->overtime_area;
}

/* A day of a week: what its intervals sum up to. */
static void close_days(const struct panel_shape *s, struct queue_cell *queue,
                       struct group_cell *group)
{
    for (size_t d = 0; d < s->days; d++)
        for (size_t k = s->day_first[d]; k < s->day_first[d + 1]; k++) {
            if (queue) {
                queue_cell_add(&queue[period_day(s, d)], &queue[k]);
                take_larger(&queue[period_day(s, d)].queue_max, queue[k].queue_max);
            } else {
                group_cell_add(&group[period_day(s, d)], &group[k]);
            }
        }
}

void tally_close(const struct panel_shape *shape, struct tally t)
{
    size_t periods = panel_periods(shape);
    struct queue_cell *queue_total = t.queue + shape->queues * periods;
    struct group_cell *group_total = t.group + shape->groups * periods;
    for (size_t q = 0; q < shape->queues; q++)
        for (size_t k = 0; k <= period_outside(shape); k++)
            queue_cell_add(&queue_total[k], &t.queue[q * periods + k]);
    for (size_t g = 0; g < shape->groups; g++)
        for (size_t k = 0; k <= period_outside(shape); k++)
            group_cell_add(&group_total[k], &t.group[g * periods + k]);
    for (size_t q = 0; q <= shape->queues; q++) {
        close_queue(shape, t.queue + q * periods);
        close_days(shape, t.queue + q * periods, NULL);
    }
    for (size_t g = 0; g <= shape->groups; g++) {
        close_group(shape, t.group + g * periods);
        close_days(shape, NULL, t.group + g * periods);
    }
}

void tally_quantiles(const struct panel_shape *shape, struct tally t,
                     const struct histogram *answered, const struct histogram *abandoned,
                     const struct histogram *other)
{
    size_t each = panel_periods(shape);
    struct queue_cell *first = &t.queue[period_whole(shape)];
    for (size_t q = 0; q <= shape->queues; q++) {
        struct queue_cell *whole = first + q * each;
        if (q == 1 && shape->queues == 1) {
            memcpy(whole->quantile, first->quantile, sizeof whole->quantile);
            memcpy(whole->quantile_all, first->quantile_all, sizeof whole->quantile_all);
            continue;
        }
        const struct histogram *all[] = {&answered[q], &abandoned[q], &other[q]};
        hist_quantiles(all, 1, quantile_share, QUANTILES, whole->quantile);
        hist_quantiles(all, 3, quantile_share, QUANTILES, whole->quantile_all);
    }
}
