/* compare.h - results beside each other: paired differences, what is better, what is best.
 *
 * Results can be paired if they were played with the same seed, the same first replication and the
 * same number of replications: then their callers are the same, and their differences far surer
 * than the results themselves (common random numbers; Law 2015, section 11.2).
 */
#ifndef ONHOLD_COMPARE_H
#define ONHOLD_COMPARE_H

#include <onhold/run.h>
#include <onhold/write.h>

typedef enum oh_verdict {
    OH_NO_DIFFERENCE, /* none seen, or nothing can be told */
    OH_LOWER,
    OH_HIGHER
} oh_verdict;

const char *oh_verdict_text(oh_verdict verdict); /* "none", "lower", "higher" */

/* One figure of two results. */
typedef struct oh_difference {
    bool in_base, in_value; /* which of the two has this figure */
    double base, value;     /* as oh_result_estimate says; NaN: undefined, or not there */
    double difference;      /* value - base; NaN: undefined */
    double half_width;      /* of the difference; NaN: undefined, or a constant of the model */
    oh_verdict verdict;     /* is the value surely higher or lower? */
    double doubt;           /* the one-sided p-value that it is not higher */
} oh_difference;

/* False with the reason if the two cannot be paired. */
bool oh_results_paired(const oh_result *base, const oh_result *value, char why_not[256]);

/* The figure of the queue or group `name` (any text for OH_TOTAL) and the column `id`, like
 * "service_level", in a period of the base (in `value` it is found by its day and clock). The
 * results must be paired.
 *
 * Ratios of sums: the delta method for both at once; counts, time averages and maxima: the paired
 * mean; quantiles: see paired.h; a constant of the model has no half width. The confidence is that
 * of the base. `family`: so many differences shall hold together (0 or 1: each by itself), by
 * Bonferroni: each at 1 - (1 - confidence) / family.
 *
 * False if neither has such a figure. Figures that only one of them has are filled on its side. */
bool oh_difference_read(const oh_result *base, const oh_result *value, oh_level level,
                        const char *name, long period, const char *id, size_t family,
                        oh_difference *out);

/* ---- a base and its variants ---- */

typedef struct oh_comparison oh_comparison;

typedef struct oh_contender {
    const char *name; /* "two_more" */
    const oh_result *result;
} oh_contender;

/* The first of n >= 2 is the base. Names are copied; the results must outlive the comparison and
 * must not be read by other threads meanwhile. OH_ARGUMENT: some cannot be paired (`message`, which
 * may be NULL, says why). The caller frees *out. */
oh_status oh_comparison_new(oh_comparison **out, const oh_contender *contenders, size_t n,
                            char message[256]);
void oh_comparison_free(oh_comparison *comparison);

/* Number 0 is the base, 1 .. are the variants. */
size_t oh_comparison_count(const oh_comparison *comparison); /* the base included */
const char *oh_comparison_name(const oh_comparison *comparison, size_t i);
const oh_result *oh_comparison_result(const oh_comparison *comparison, size_t i);

/* Queues, groups and columns of any of them: the base's first, then what only variants have. */
size_t oh_comparison_things(const oh_comparison *comparison, oh_level level);
const char *oh_comparison_thing(const oh_comparison *comparison, oh_level level, size_t thing);
size_t oh_comparison_columns(const oh_comparison *comparison, oh_level level);
const oh_column *oh_comparison_column(const oh_comparison *comparison, oh_level level,
                                      size_t column);

/* Variant i >= 1 against the base. The intervals of all variants hold together (Bonferroni), each
 * metric for itself. False if neither of the two has the figure. */
bool oh_comparison_read(const oh_comparison *comparison, size_t i, oh_level level, size_t thing,
                        long period, size_t column, oh_difference *out);

/* What is not in all of them, as sentences: "queue chat is only in two_more". */
size_t oh_comparison_notes(const oh_comparison *comparison);
const char *oh_comparison_note(const oh_comparison *comparison, size_t i);

/* The best of all, the base included, by one figure: that with the best value, and how surely it is
 * the best.
 *
 * `surely` is 1 - (n - 1) p, p the largest of the one-sided p-values of the paired t between the
 * best and each other one: multiple comparisons with the best (Hsu 1984) with Bonferroni in place
 * of a common variance. Whatever the level L, at most 1 - L of all statements "surely at least L"
 * name one that is not the best, however many contenders there are and however near they lie. 0:
 * the figure does not tell. */
typedef struct oh_best {
    oh_level level;
    size_t thing, column;
    bool at_most;  /* less is better */
    size_t winner; /* 0: the base */
    double surely;
} oh_best;

/* False if the figure is undefined in one of them. */
bool oh_comparison_best(const oh_comparison *comparison, oh_level level, size_t thing,
                        size_t column, oh_best *out);

/* The best by each figure that matters: the main target of each queue that has one (the mean wait
 * of all calls if none has), and the profit where calls have a value, else the cost where calls
 * have a price. At most `room` are written; returns how many. */
size_t oh_comparison_criteria(const oh_comparison *comparison, size_t room, oh_best *out);

/* ---- writing it ---- */

/* `context` has one entry for each contender, the base's first; warnings, colour and the file's
 * about-text are taken from the base's and the others' warnings are added. */
typedef oh_status oh_compare_write_fn(const oh_comparison *comparison,
                                      const oh_write_context *context, oh_sink sink);

/* "table", "csv", "json" or "md"; NULL if there is none. */
oh_compare_write_fn *oh_compare_writer_find(const char *format);

/* The data of plots/compare.gp: each variant's difference with its interval, by what counts. */
oh_compare_write_fn oh_compare_plot;

#endif
