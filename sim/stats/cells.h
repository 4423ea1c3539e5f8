/* cells.h - what is counted: one cell of counters per queue and period, one per group and period.
 *
 * The engine adds to cells and knows nothing of metrics; a metric is a numerator and a denominator
 * read from cells (metric_table.c). Everything is a double: counts are exact to 2^53.
 *
 * A tally is one replication's cells: for each queue, then the total, `periods` cells; then for
 * each group. Periods are the intervals 0 .. n-1, then OUTSIDE (before opening and after closing),
 * then WHOLE, which tally_close sums: counts and sums of waits over all periods, areas over the
 * intervals alone (a day's average covers opening to closing). What must cover the time outside as
 * well, as occupancy and pay do, has a second field, `..._all`, which tally_close fills.
 *
 * In steady mode the only interval is the window. Nothing belongs to OUTSIDE then: warm-up and the
 * time after the window are not measured, and the engine leaves that cell alone.
 */
#ifndef ONHOLD_SIM_CELLS_H
#define ONHOLD_SIM_CELLS_H

#include <stddef.h>
#include <stdint.h>

enum { MAX_LIMITS = 4, QUANTILES = 5 }; /* p50 p80 p90 p95 p99 */

extern const double quantile_share[QUANTILES];

/* Additive over periods and queues, but for the last block. Symbols are those of METRICS. */
struct queue_cell {
    double arrivals, blocked;
    double offered, answered, abandoned, cut_off, left_over; /* O = A + B + X + left over */
    double balked, short_abandoned, dropped;
    double callers, callers_served;
    double self_served, redials, returns, transfers_out, transfers_in;
    double callbacks_offered, callbacks_accepted, callbacks_done;
    double delayed;
    double answered_within[MAX_LIMITS];  /* A_t for each time limit of the queue */
    double abandoned_within[MAX_LIMITS]; /* B_t */
    double wait_answered, wait_abandoned, wait_all, wait_delayed; /* sums, s */
    double excess_wait;             /* sum of (wait - t)+, first limit */
    double handling;                /* talk + hold + wrap-up as elapsed, s */
    double time_in_system;          /* entry to the caller's leaving, offered calls, s */
    double callback_wait;           /* request to start of talk, done call-backs, s */
    double answered_in_time;        /* answered within value.within */
    double queue_area, system_area; /* integrals over the period's clock: call seconds */
    /* not additive */
    double wait_max, wait_max_all, queue_max; /* of the answered, of all offered; calls waiting */
    double quantile[QUANTILES], quantile_all[QUANTILES]; /* WHOLE only, by tally_quantiles */
};

/* Additive over periods and groups. */
struct group_cell {
    double scheduled_area, planned_area; /* from the plan: head seconds */
    double staffed_area;                 /* on duty */
    double busy_area;                    /* holding at least one contact */
    double contact_area;                 /* contacts in hand */
    double overtime_area;                /* on duty beyond the plan; WHOLE with OUTSIDE */
    /* By tally_close: in WHOLE with OUTSIDE, in the other periods the same as above. */
    double scheduled_all, planned_all, staffed_all, busy_all, contact_all;
};

/* Adds the additive fields, and takes the larger of each maximum but queue_max. */
void queue_cell_add(struct queue_cell *into, const struct queue_cell *from);
void group_cell_add(struct group_cell *into, const struct group_cell *from);

#endif
