/* gap.h - the inside of <onhold/gap.h>: exact figures by interval, features that can be switched
 * off.
 */
#ifndef ONHOLD_SIM_GAP_H
#define ONHOLD_SIM_GAP_H

#include <onhold/gap.h>

#include "../base/arena.h"
#include "../model/explain.h"

/* ---- gap_exact.c ---- */

/* Erlang's formulas for every interval and the whole, of each queue's pool: fills the queues'
 * why_not, has_.. and figures, and intervals[queue][interval]. False: no memory. */
bool gap_exact(struct arena *arena, const oh_explanation *pools, oh_gap_queue *queue,
               oh_gap_interval **interval);

/* The pool that a queue belongs to. */
const struct pool *gap_pool(const oh_explanation *pools, size_t queue);

/* ---- gap_features.c ---- */

struct gap_setting {
    struct gap_setting *next;
    const char *path, *value;
};

/* One thing that the formulas do not know, and the settings that take it out of the scenario. */
struct gap_feature {
    const char *what;
    struct gap_setting *first; /* NULL: the scenario has no such thing */
};

enum { GAP_FEATURES = 16 };

/* Those that the scenario has; *n of them. False: no memory. */
bool gap_features(struct arena *arena, const oh_model *model, struct gap_feature *list, size_t *n);

/* What cannot be switched off, for the queues of a pool: " and ..." to follow "change over the
 * day", "" if nothing. NULL: no memory. */
const char *gap_leftovers(struct arena *arena, const oh_model *model, const struct pool *pool);

#endif
