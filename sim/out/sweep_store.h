/* sweep_store.h - the few figures of every point of a sweep that tables and pictures show.
 */
#ifndef ONHOLD_SIM_SWEEP_STORE_H
#define ONHOLD_SIM_SWEEP_STORE_H

#include "../experiment/sweep.h"

enum sweep_figure {
    SWEEP_MAIN, /* what the queue is judged by, or its mean wait */
    SWEEP_ABANDONED,
    SWEEP_ASA,
    SWEEP_BLOCKED,
    SWEEP_QUEUE_FIGURES
};
enum sweep_total { SWEEP_STAFFED, SWEEP_OCCUPANCY, SWEEP_COST, SWEEP_PROFIT, SWEEP_TOTALS };

/* What exact formulas say of a figure; NaN where they do not apply. */
struct sweep_exact {
    double erlang_b, erlang_c, erlang_a;
};

/* A figure that was asked for beside those. */
struct sweep_wish {
    oh_level level;
    const char *name; /* of the queue or group; "" for the total */
    const char *id;   /* of the column */
    oh_column column; /* from the first point that has it; id "" before */
};

struct sweep_row {
    const char *message; /* NULL: the point went well */
    uint32_t replications;
    oh_estimate (*queue)[SWEEP_QUEUE_FIGURES]; /* [queues] */
    struct sweep_exact (*exact)[SWEEP_QUEUE_FIGURES];
    struct sweep_exact *occupancy; /* [queues]: of the agents of the queue */
    oh_estimate total[SWEEP_TOTALS];
    oh_estimate *wish; /* [wishes] */
    struct sweep_exact *exact_wish;
};

struct sweep_queue {
    const char *name;
    oh_column column[SWEEP_QUEUE_FIGURES]; /* id "" if there is none */
    bool judged;                           /* the main figure has a target */
};

struct sweep_store {
    const oh_sweep *sweep;
    struct arena *arena;
    size_t queues; /* of the first point that went well */
    struct sweep_queue *queue;
    size_t wishes;
    struct sweep_wish *wish;
    oh_run_info info; /* of that point */
    bool any;
    size_t rows;
    struct sweep_row *row; /* [points], those that are there */
};

/* False if out of memory. */
bool sweep_store_init(struct sweep_store *store, const oh_sweep *sweep, struct arena *arena);
/* One figure more, before the first point; one that is there already is not taken twice. */
bool sweep_store_wish(struct sweep_store *store, oh_level level, const char *name, const char *id);
bool sweep_store_add(struct sweep_store *store, const oh_result *result, const char *message);

/* Is any of the values of a figure defined? */
bool sweep_store_has_total(const struct sweep_store *store, enum sweep_total total);
bool sweep_store_has(const struct sweep_store *store, size_t queue, enum sweep_figure figure);

#endif
