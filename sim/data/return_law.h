/* return_law.h - how many call again and how soon, beside those who would have called anyway.
 *
 * After a call a share of the customers calls again for its sake, after an exponential delay; and
 * every customer calls for other reasons, at a constant rate. What comes first is seen, unless the
 * centre closes before. So some never return however long one waits: a mixture with a part that is
 * cured (Berkson and Gage 1952), competing with chance.
 */
#ifndef ONHOLD_SIM_RETURN_LAW_H
#define ONHOLD_SIM_RETURN_LAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/arena.h"

struct return_law {
    double share;  /* of those who call again for its sake */
    double mean;   /* of their delay, s */
    double chance; /* other calls, per second */
};

/* Calls by how long it took to the next one of the same customer (followed), or how long nothing
 * came (alone). Times stand in bins of 2 %, each with its mean. */
enum { RETURN_BINS = 640 };
struct return_bin {
    double followed, followed_time, alone, alone_time;
};
struct return_times {
    struct return_bin *bin; /* [RETURN_BINS] */
    uint64_t n, followed;
};

/* Empty times. False if out of memory. */
bool return_times_new(struct return_times *times, struct arena *arena);
void return_times_add(struct return_times *times, double seconds, bool followed);
void return_times_join(struct return_times *to, const struct return_times *from);

/* The likeliest law, by expectation and maximisation (Dempster, Laird and Rubin 1977). With
 * `share_only` the mean and the chance stay what they are. False if nothing followed. */
bool return_law_fit(struct return_law *law, const struct return_times *times, bool share_only);
double return_law_log_likelihood(const struct return_law *law, const struct return_times *times);

/* Standard errors of the logit of the share and of the logarithm of the mean, from the curvature of
 * the likelihood; NaN where it has none. */
struct return_errors {
    double share, mean;
};
struct return_errors return_law_errors(const struct return_law *law,
                                       const struct return_times *times, bool share_only);

/* How surely a next call after that many seconds is one that came for the first one's sake. */
double return_law_weight(const struct return_law *law, double seconds);

#endif
