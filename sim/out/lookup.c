/* lookup.c - looking up figures by name. */
#include "lookup.h"

#include <math.h>
#include <string.h>

bool figure(const oh_result *result, oh_level level, size_t thing, long period, const char *id,
            oh_estimate *e)
{
    long column = oh_result_column_find(result, level, id);
    if (column >= 0 && oh_result_estimate(result, level, thing, period, (size_t)column, e))
        return true;
    *e = (oh_estimate){.value = NAN, .half_width = NAN, .target = NAN, .within = NAN};
    return false;
}

double figure_value(const oh_result *result, oh_level level, size_t thing, long period,
                    const char *id)
{
    oh_estimate e;
    figure(result, level, thing, period, id, &e);
    return e.value;
}

const oh_column *figure_main(const oh_result *result, size_t queue, size_t *column)
{
    const oh_column *main = NULL;
    for (size_t c = 0; c < oh_result_columns(result, OH_QUEUE); c++) {
        const oh_column *candidate = oh_result_column(result, OH_QUEUE, c);
        oh_estimate e;
        if (!oh_result_estimate(result, OH_QUEUE, queue, OH_WHOLE, c, &e) || !e.has_target)
            continue;
        bool level = strncmp(candidate->metric->id, "service_level", 13) == 0;
        if (!main || level) {
            main = candidate;
            *column = c;
        }
        if (level)
            break;
    }
    return main;
}

const oh_column *figure_measure(const oh_result *result, size_t queue, size_t *column)
{
    const oh_column *main = figure_main(result, queue, column);
    oh_estimate e;
    if (main && oh_result_estimate(result, OH_QUEUE, queue, 0, *column, &e))
        return main;
    long wait = oh_result_column_find(result, OH_QUEUE, "wait");
    *column = wait < 0 ? 0 : (size_t)wait;
    return wait < 0 ? NULL : oh_result_column(result, OH_QUEUE, *column);
}

/* How many things come before this one by size: larger ones, and equal ones nearer the top. */
static size_t ahead_of(const oh_result *result, oh_level level, const char *id, lookup_fits *fits,
                       size_t thing)
{
    double own = figure_value(result, level, thing, OH_WHOLE, id);
    size_t ahead = 0;
    for (size_t i = 0; i < oh_result_things(result, level); i++) {
        double other = figure_value(result, level, i, OH_WHOLE, id);
        if (other > own || (other == own && i < thing))
            ahead += !fits || fits(result, i);
    }
    return ahead;
}

size_t figure_busiest(const oh_result *result, oh_level level, const char *id, lookup_fits *fits,
                      size_t most, size_t *thing)
{
    size_t n = 0;
    for (size_t i = 0; i < oh_result_things(result, level) && n < most; i++)
        if ((!fits || fits(result, i)) && ahead_of(result, level, id, fits, i) < most)
            thing[n++] = i;
    return n;
}
