/* pool_state.h - the state of a pool while it plays, shared by its three files: pool.c tells the
 * story of a day, pool_quick.c is its short version for calls to which nothing special happens,
 * pool_spans.c keeps the levels (calls in line, agents busy) by stretches of the clock.
 */
#ifndef ONHOLD_SIM_POOL_STATE_H
#define ONHOLD_SIM_POOL_STATE_H

#include "pool_score.h"
#include "pool_times.h"
#include "replication.h"

/* The general engine is asked when so many calls wait: it knows what to say about limits. */
enum { MOST_WAITING = MODEL_MAX_PRESENT / 4, LINE_ROOM = MODEL_MAX_PRESENT };

enum level { WAITING, PRESENT, BUSY, STAFFED, OVER, LEVELS };

/* A stretch of the clock between two boundaries of periods. */
struct stretch {
    double last; /* what happens up to this time, inclusive, belongs to it */
    double end;  /* the boundary */
    bool counted;
    uint32_t row, period;
    uint32_t most; /* calls in line at once */
    struct queue_sums *sums;
    struct histogram *answered, *abandoned, *other; /* of its row */
    int64_t change[LEVELS];
    wide area[LEVELS]; /* less changes times their times */
};

/* A call, with what it brings along. */
struct pool_call {
    double at, gives_up, patience, ring, talk, hold, wrap_up;
    uint32_t span;
};

/* Calls of the present batch that took the quick way and are not counted yet: those from number
 * `from` of the batch on. */
struct pool_batch {
    uint64_t first; /* caller number of the batch that was prepared */
    bool parts;     /* handling has several, or agents their speed: service and wrap_up are used */
    bool exits;     /* calls are counted where they leave */
    double horizon; /* what ends later takes the long way: its ticks may be too many */
    uint32_t from;
    uint32_t gone, noted; /* those who gave up in line; so many of them are in pool.gave_up */
    uint32_t who[BATCH];  /* gave up */
    double start[BATCH];  /* of service; NAN: gave up, or took the long way */
    double service[BATCH], wrap_up[BATCH];
};

struct pool {
    struct pool_times busy; /* when those who are busy will be free */
    uint32_t idle, debt;    /* agents; so many of the busy go when they are free */
    uint32_t on_duty, planned, over;
    /* Calls in line whose end is known: when they were answered (in order), when they gave up. */
    double *answered; /* [LINE_ROOM], and one place to write to */
    uint32_t answered_from, answered_to;
    struct time_heap gave_up;
    struct pool_call *pending; /* [LINE_ROOM]: in line at the end of the piece */
    uint32_t pending_from, pending_to;
    struct stretch *span;
    uint32_t spans, now; /* the span that the clock is in */
    double end;          /* steady: when the last call that is counted is over */
    double stranded;     /* when the last agent went after closing; INFINITY: not yet */
    bool beyond;
    struct queue_sums nowhere; /* for calls that are not counted */
    const struct model_queue *queue;
    double speed;
    struct pool_batch quick; /* pool_quick.c */
};

static inline uint32_t pool_pending(const struct pool *p)
{
    return p->pending_to - p->pending_from;
}

/* ---- pool_spans.c ---- */

/* All spans of the clock, from the plan; the clock is in the first. */
void pool_make_spans(struct pool *p, const struct replication *r);
/* What an item of the plan comes after: everything up to this time. */
double pool_before_item(const struct model_plan *item);
/* Levels into areas, span by span. */
void pool_close_spans(struct pool *p, const struct replication *r, double end);

static inline struct stretch *pool_span_of(struct pool *p, double time, uint32_t from)
{
    while (time > p->span[from].last)
        from++;
    return &p->span[from];
}

static inline void pool_step_level(struct stretch *s, enum level level, int change, int64_t tick)
{
    s->change[level] += change;
    s->area[level] -= (wide)change * tick;
}

/* One more on this level from `in` to `out`. `from` is a span not after them. */
void pool_add_stay(struct pool *p, const struct oh_model *m, enum level level, double in,
                   double out, uint32_t from);

/* A stay that was counted as if it ended at `out` in the present span ends then, but in a later. */
void pool_move_end(struct pool *p, const struct oh_model *m, enum level level, double out);

/* ---- pool.c ---- */

/* How many are in line. */
uint32_t pool_in_line(struct pool *p, double now);

/* ---- pool_quick.c ---- */

/* As many of the next calls as come up to `last` and are answered, or give up, by then. */
void pool_quick_run(struct pool *p, struct replication *r, double last);
/* Counts what the calls above have come to; to be called before the batch or the span changes. */
void pool_quick_count(struct pool *p, struct replication *r);

#endif
