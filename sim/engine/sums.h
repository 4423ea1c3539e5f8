/* sums.h - what a replication counts, in whole numbers: they do not depend on the order in which
 * calls end, so every engine gives the same bits.
 *
 * Times are counted in ticks, a power of two of a second that the model chooses (compile_ticks):
 * fine enough that rounding is lost in the last digits of any figure, coarse enough that a clock
 * time fits 53 bits. A clock time is cut down to a tick (monotone, so that an area is a sum of
 * T(out) - T(in) whoever adds it up), a duration is rounded to the nearest one. Sums are 128 bits
 * wide: 10^9 calls of 2^62 ticks cannot overflow.
 */
#ifndef ONHOLD_SIM_SUMS_H
#define ONHOLD_SIM_SUMS_H

#include "../model/model.h"
#include "../stats/panel.h"

__extension__ typedef __int128 wide;
__extension__ typedef unsigned __int128 wide_bits;

/* What compilers do not make of += and -= : an addition, and one of what is carried. */
static inline void wide_add(wide *sum, uint64_t n)
{
    uint64_t low = (uint64_t)*sum + n, high = (uint64_t)(*sum >> 64) + (low < n);
    *sum = (wide)((wide_bits)high << 64 | low);
}
static inline void wide_subtract(wide *sum, uint64_t n)
{
    uint64_t low = (uint64_t)*sum, less, high = (uint64_t)(*sum >> 64);
    high -= __builtin_sub_overflow(low, n, &less);
    *sum = (wide)((wide_bits)high << 64 | less);
}

enum outcome {
    OUTCOME_NONE,
    OUTCOME_ANSWERED,
    OUTCOME_ABANDONED,
    OUTCOME_BALKED,
    OUTCOME_BLOCKED,
    OUTCOME_CUT_OFF,
    OUTCOME_LEFT_OVER,
    OUTCOME_SELF_SERVED,
    OUTCOME_CALLBACK,
    OUTCOMES
};

/* Why a call was made. */
enum cause { CAUSE_FRESH, CAUSE_REDIAL, CAUSE_RETURN, CAUSE_TRANSFER, CAUSES };

/* No time of a replication is so long; what is drawn longer is counted as this. */
#define TICKS_MOST 0x1p62

static inline int64_t ticks_at(const struct oh_model *m, double time)
{
    return (int64_t)(time * m->ticks_per_second);
}

static inline int64_t ticks_of(const struct oh_model *m, double seconds)
{
    double x = seconds * m->ticks_per_second + 0.5;
    return (int64_t)(x < TICKS_MOST ? x : TICKS_MOST);
}

/* One queue in one period. `late` counts those beyond a time limit, since most are not. */
struct queue_sums {
    uint64_t ended[OUTCOMES], by_cause[CAUSES];
    uint64_t callers_served; /* by the caller's first call */
    uint64_t delayed, dropped, transfers_out, callbacks_offered, callbacks_done;
    uint64_t answered_late[MAX_LIMITS], abandoned_late[MAX_LIMITS];
    uint64_t answered_too_late, abandoned_long; /* beyond value.within, short_abandon */
    /* ticks */
    wide wait[OUTCOMES], wait_delayed, excess, handling, in_system, callback_wait;
    wide queue_area, system_area;
    double wait_max, wait_max_all;
    uint32_t queue_max;
};

/* One group in one period, in ticks. */
struct group_sums {
    wide staffed_area, busy_area, contact_area, overtime_area;
};

/* [rows][things][intervals and OUTSIDE] */
struct sums {
    struct queue_sums *queue;
    struct group_sums *group;
    uint32_t *queue_max; /* [rows][intervals and OUTSIDE]: over all queues */
};

/* What is counted by period: the intervals and OUTSIDE. */
static inline size_t sums_periods(const struct oh_model *m)
{
    return m->shape.intervals + 1;
}
static inline struct queue_sums *sums_queue(const struct sums *s, const struct oh_model *m,
                                            uint32_t row, uint32_t queue, uint32_t period)
{
    return &s->queue[(row * m->queues + queue) * sums_periods(m) + period];
}
static inline struct group_sums *sums_group(const struct sums *s, const struct oh_model *m,
                                            uint32_t row, uint32_t group, uint32_t period)
{
    return &s->group[(row * m->groups + group) * sums_periods(m) + period];
}

/* Adds what a wait above 0 adds, but for histograms. */
static inline void sums_wait(struct queue_sums *s, const struct oh_model *m,
                             const struct model_queue *q, enum outcome outcome, double wait,
                             bool delayed)
{
    uint64_t ticks = (uint64_t)ticks_of(m, wait);
    bool answered = outcome == OUTCOME_ANSWERED;
    bool abandoned = outcome == OUTCOME_ABANDONED || outcome == OUTCOME_BALKED;
    wide_add(&s->wait[outcome], ticks);
    if (delayed)
        wide_add(&s->wait_delayed, ticks);
    if (q->limits > 0 && wait > q->limit[0])
        wide_add(&s->excess, ticks - (uint64_t)ticks_of(m, q->limit[0]));
    if (wait > s->wait_max_all)
        s->wait_max_all = wait;
    if (answered) {
        if (wait > s->wait_max)
            s->wait_max = wait;
        s->answered_too_late += wait > q->value_within;
        for (size_t k = 0; k < q->limits; k++)
            s->answered_late[k] += wait > q->limit[k];
    } else if (abandoned) {
        s->abandoned_long += wait > q->short_abandon;
        for (size_t k = 0; k < q->limits; k++)
            s->abandoned_late[k] += wait > q->limit[k];
    }
}

/* False: no memory (nothing to free). */
bool sums_init(struct sums *s, const struct oh_model *m);
void sums_free(struct sums *s);
void sums_clear(struct sums *s, const struct oh_model *m);
void sums_copy(struct sums *to, const struct sums *from, const struct oh_model *m);
/* Adds a - b + d to what can be added up: all but maxima. */
void sums_move(struct queue_sums *into, const struct queue_sums *a, const struct queue_sums *b,
               const struct queue_sums *d);
void sums_move_group(struct group_sums *into, const struct group_sums *a,
                     const struct group_sums *b, const struct group_sums *d);
/* Adds all of it to the cells of the tallies ([rows of the model]), in seconds. To be called once,
 * before tally_close. */
void sums_close(const struct sums *s, const struct oh_model *m, const struct tally *tally);

#endif
