/* best.c - which of several is the best, and how surely (see <onhold/compare.h>).
 */
#include <math.h>
#include <string.h>

#include "difference.h"
#include "result.h"

/* Contender k against contender b, by one figure; the value is b's. */
static bool against(const oh_comparison *c, const oh_best *figure, size_t k, size_t b,
                    oh_difference *d)
{
    return oh_difference_read(oh_comparison_result(c, k), oh_comparison_result(c, b), figure->level,
                              oh_comparison_thing(c, figure->level, figure->thing), OH_WHOLE,
                              oh_comparison_column(c, figure->level, figure->column)->id, 1, d) &&
           !isnan(d->base) && !isnan(d->value);
}

static bool find_winner(const oh_comparison *c, oh_best *best)
{
    oh_difference d;
    best->winner = 0;
    for (size_t k = 0; k < oh_comparison_count(c); k++) {
        if (!against(c, best, best->winner, k, &d))
            return false;
        if (best->at_most ? d.value < d.base : d.value > d.base)
            best->winner = k;
    }
    return true;
}

bool oh_comparison_best(const oh_comparison *comparison, oh_level level, size_t thing,
                        size_t column, oh_best *out)
{
    double worst = 0, others = (double)oh_comparison_count(comparison) - 1;
    *out = (oh_best){.level = level, .thing = thing, .column = column};
    out->at_most = metric_wants_less(oh_comparison_column(comparison, level, column)->metric);
    if (!find_winner(comparison, out))
        return false;
    for (size_t k = 0; k < oh_comparison_count(comparison); k++) {
        oh_difference d;
        if (k == out->winner || !against(comparison, out, k, out->winner, &d))
            continue;
        worst = fmax(worst, out->at_most ? 1 - d.doubt : d.doubt);
    }
    out->surely = fmax(0, 1 - others * worst);
    return true;
}

/* The target by which the queue is judged in the first contender that has one: a service level
 * before others. */
static bool main_target(const oh_comparison *c, const char *queue, const char **id)
{
    bool level = false;
    *id = NULL;
    for (size_t i = 0; i < oh_comparison_count(c) && !*id; i++) {
        const oh_result *result = oh_comparison_result(c, i);
        long thing = thing_find(result, OH_QUEUE, queue);
        for (size_t k = 0; thing >= 0 && !level && k < oh_result_columns(result, OH_QUEUE); k++) {
            const oh_column *column = oh_result_column(result, OH_QUEUE, k);
            oh_estimate e;
            if (!oh_result_estimate(result, OH_QUEUE, (size_t)thing, OH_WHOLE, k, &e) ||
                !e.has_target)
                continue;
            level = strncmp(column->metric->id, "service_level", 13) == 0;
            if (!*id || level)
                *id = column->id;
        }
    }
    return *id != NULL;
}

static bool find_column(const oh_comparison *c, oh_level level, const char *id, size_t *column)
{
    for (*column = 0; *column < oh_comparison_columns(c, level); ++*column)
        if (strcmp(oh_comparison_column(c, level, *column)->id, id) == 0)
            return true;
    return false;
}

/* Adds a criterion if the figure is defined in all. */
static void consider(const oh_comparison *c, oh_level level, size_t thing, const char *id,
                     size_t room, oh_best *out, size_t *n)
{
    size_t column;
    if (*n < room && find_column(c, level, id, &column) &&
        oh_comparison_best(c, level, thing, column, &out[*n]))
        ++*n;
}

/* Do calls have a price or a value? Where only agents cost, the fewest are always the cheapest. */
static bool calls_have_money(const oh_comparison *c, bool *value)
{
    bool money = false;
    *value = false;
    for (size_t i = 0; i < oh_comparison_count(c); i++) {
        const oh_model *m = oh_comparison_result(c, i)->model;
        for (size_t q = 0; q < m->queues; q++) {
            money = money || queue_has_money(&m->queue[q]);
            *value = *value || m->queue[q].value_answered != 0;
        }
    }
    return money;
}

size_t oh_comparison_criteria(const oh_comparison *comparison, size_t room, oh_best *out)
{
    size_t n = 0;
    const char *id;
    bool value, targets = false;
    for (size_t q = 0; q < oh_comparison_things(comparison, OH_QUEUE); q++) {
        if (!main_target(comparison, oh_comparison_thing(comparison, OH_QUEUE, q), &id))
            continue;
        targets = true;
        consider(comparison, OH_QUEUE, q, id, room, out, &n);
    }
    if (!targets)
        consider(comparison, OH_TOTAL, 0, "wait", room, out, &n);
    if (calls_have_money(comparison, &value))
        consider(comparison, OH_TOTAL, 0, value ? "profit" : "cost", room, out, &n);
    return n;
}
