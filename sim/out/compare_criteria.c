/* compare_criteria.c - what contenders are judged by, in words. */
#include <stdio.h>
#include <string.h>

#include "compare_writers.h"

bool criterion_estimate(const oh_comparison *comparison, const oh_best *best, size_t i,
                        oh_estimate *e)
{
    const oh_result *result = oh_comparison_result(comparison, i);
    const char *name = oh_comparison_thing(comparison, best->level, best->thing);
    long column = oh_result_column_find(
        result, best->level, oh_comparison_column(comparison, best->level, best->column)->id);
    for (size_t k = 0; column >= 0 && k < oh_result_things(result, best->level); k++)
        if (best->level == OH_TOTAL || strcmp(oh_result_name(result, best->level, k), name) == 0)
            return oh_result_estimate(result, best->level, k, OH_WHOLE, (size_t)column, e);
    return false;
}

char *criterion_words(char *buffer, const oh_comparison *comparison, const oh_best *best)
{
    const oh_column *column = oh_comparison_column(comparison, best->level, best->column);
    char what[WORDS];
    oh_estimate e;
    word_metric(what, column->id);
    if (best->level == OH_TOTAL && strcmp(column->id, "wait") == 0)
        snprintf(what, sizeof what, "mean wait");
    for (size_t i = 0; i < oh_comparison_count(comparison); i++)
        if (criterion_estimate(comparison, best, i, &e) && e.has_target) {
            word_target(what, column, &e);
            break;
        }
    if (best->level == OH_TOTAL)
        snprintf(buffer, WORDS, "%.100s", what);
    else
        snprintf(buffer, WORDS, "%.64s, %.90s",
                 oh_comparison_thing(comparison, best->level, best->thing), what);
    return buffer;
}
