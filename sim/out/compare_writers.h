/* compare_writers.h - the rows of the list of comparisons' writers, and what they share.
 */
#ifndef ONHOLD_SIM_COMPARE_WRITERS_H
#define ONHOLD_SIM_COMPARE_WRITERS_H

#include <onhold/compare.h>

#include "wording.h"

oh_compare_write_fn write_compare_table, write_compare_markdown, write_compare_json,
    write_compare_csv;

/* How a difference reads to a manager: is more of it good? */
enum leaning { LEANS_NOT, LEANS_MORE, LEANS_LESS };
enum leaning difference_leaning(const oh_metric *metric);

/* "better by 3.1 ± 0.6 points", "lower by 12 s ± 1 s", "no difference seen; less than 0.4 points",
 * "only in two_more". `names` are those of base and value. Returns `buffer`, which holds WORDS. */
char *difference_words(char *buffer, const oh_metric *metric, const oh_difference *d,
                       const char *base, const char *value);
/* The size alone: "3.1 ± 0.6 points"; half_width NaN: "3.1 points". */
char *difference_size(char *buffer, const char *unit, double size, double half_width);

/* Is the verdict good news (1), bad news (-1) or neither (0)? */
int difference_news(const oh_metric *metric, const oh_difference *d);

/* "support: 80 % in 20 s", "support: asa", "profit": what a criterion is, as a target if one of
 * them has one. */
char *criterion_words(char *buffer, const oh_comparison *comparison, const oh_best *best);
/* The estimate with its target in contender i; false if it has no such figure. */
bool criterion_estimate(const oh_comparison *comparison, const oh_best *best, size_t i,
                        oh_estimate *e);

#endif
