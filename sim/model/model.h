/* model.h - the compiled scenario: dense ids, everything an engine looks up, constant.
 *
 * Times are seconds since the first opening (staff may begin before it, at negative times).
 * Queues, groups and sources are numbered in file order. All memory is the model's arena; what
 * needs no compiling (a queue's rules, a group's rules) is the spec's, which lives there too.
 */
#ifndef ONHOLD_SIM_MODEL_H
#define ONHOLD_SIM_MODEL_H

#include <onhold/model.h>

#include "../base/arena.h"
#include "../math/dist.h"
#include "../scenario/spec.h"
#include "../stats/metric_table.h"
#include "../stats/panel.h"

/* Most calls that may be present (waiting or with an agent) in one replication. */
enum { MODEL_MAX_PRESENT = 1000000 };

/* Most calls expected in one replication. */
#define MODEL_MAX_CALLS 1e9

/* One opening: [opens, closes] on the replication's clock. In steady mode there is one, whose
 * closing is the end of the counting window. */
struct model_opening {
    double opens, closes;
    unsigned weekday;         /* 0 Monday .. 6 Sunday; days only */
    double midnight_to_opens; /* seconds, for labels */
    size_t first_period, periods;
    bool joined; /* the next one opens at this one's closing: the centre does not close */
};

enum source_kind { SOURCE_RATES, SOURCE_RENEWAL, SOURCE_TIMES };

/* Arrivals at a rate that runs linearly from `rate` to `rate_end` (per second) up to `until`. */
struct model_step {
    double until, rate, rate_end;
    uint32_t opening;
    uint32_t noise; /* which noise factor of the replication multiplies it */
};

/* A queue that gets a share of a source's callers. */
struct model_mix {
    uint32_t queue;
    double up_to; /* cumulative share; the last is 1 */
};

/* Where fresh calls come from. */
struct model_source {
    uint32_t queue; /* of all its callers, unless there is a mix */
    size_t mixes;
    const struct model_mix *mix;
    uint32_t key; /* of its callers' draws */
    enum source_kind kind;
    size_t steps; /* RATES: no arrivals after the last */
    const struct model_step *step;
    uint32_t noises;             /* number of noise factors */
    const struct dist *noise;    /* their distribution (mean 1 s), or NULL */
    const struct dist *busyness; /* the source's own factor of each day (mean 1 s), or NULL */
    double batch_mean;           /* above 1: arrivals are groups of geometric size */
    bool plain;                  /* constant rates and single callers: nothing above is used */
    const struct dist *between;  /* RENEWAL, within each opening */
    /* TIMES: n exact times; the others are NULL where drawn. */
    size_t n;
    const double *at, *talk, *hold, *wrap_up, *patience;
};

/* A target on one of a queue's metrics. */
struct model_target {
    const struct metric_row *metric;
    int limit;            /* index into the queue's limits, -1 if the metric has no time limit */
    double level, within; /* within NaN if there is none */
    bool at_most;
};

/* A group that may take a queue's contacts. */
struct model_server {
    uint32_t group;
    uint32_t skill; /* index into the group's skills */
    double after;   /* may take a contact that has waited so long (prefers) */
    uint32_t level; /* order of preference: groups of one level are one set */
};

struct model_queue {
    const char *name;
    const struct spec_queue *rules; /* what entering, leaving and coming back are like */
    const struct dist *talk, *hold, *wrap_up, *ring,
        *patience; /* hold, wrap_up, ring may be NULL */
    double balk;
    uint64_t capacity; /* UINT64_MAX: no limit */
    int priority;
    bool deferrable;
    bool plain;           /* nobody leaves, comes back or is moved in any of the special ways */
    bool quick;           /* and by agents to whom nothing special happens either: engine/plain.c */
    double share;         /* for queue_ratio: ratio / sum of ratios */
    double mean_handling; /* of its fresh calls, those of busy hours counting more */
    double short_abandon;
    size_t limits;
    double limit[MAX_LIMITS]; /* seconds; limit[0] is t */
    size_t servers;
    const struct model_server *server; /* by level, then file order of groups */
    bool timed;                        /* some group may take its contacts only after a while */
    bool may_transfer;
    size_t targets;
    const struct model_target *target;
    double value_answered, value_within, cost_abandoned, cost_blocked, cost_waiting;
    const double *load; /* [panel_periods] erlang by period; OUTSIDE 0 */
    double expected;    /* fresh calls a replication */
};

/* A queue that a group serves, in the order in which a free agent looks: by class, and within one
 * class the longest waiting (or as the group's pick says). */
struct model_skill {
    uint32_t queue;
    uint32_t class_;
    uint32_t room; /* what one contact takes of an agent's model_group.room */
    double speed;
    size_t paces;
    const double *pace; /* relative speed when the agent holds 1, 2, .. contacts */
    uint32_t keep_free;
    double after; /* as in model_server */
};

struct model_group {
    const char *name;
    const struct spec_group *rules;
    uint32_t key;                 /* of its agents' draws */
    uint32_t first_agent, agents; /* as many as are ever planned at once, or the sum of lines */
    uint32_t room;                /* of one agent: so many units; a contact takes skill.room */
    bool single;                  /* every contact fills an agent */
    bool by_line;                 /* agents have hours of their own (shifts) */
    bool plain_pick;              /* first_come or rank, nothing held back */
    bool quick;                   /* all its agents do is take the next call: engine/plain.c */
    size_t skills;
    const struct model_skill *skill; /* sorted by (class, file order) */
    bool drop;                       /* leave: drop */
    double cost_per_second;
    bool has_occupancy_target;
    double occupancy_target;
    const double *scheduled_area, *planned_area; /* [intervals + 2] head seconds; not WHOLE */
};

/* A line of a group's shifts on one day: agents first .. first + count - 1 of all agents. */
struct model_line {
    uint32_t group, first, count;
};

/* What happens at times known beforehand; the engine walks the list. */
enum plan_kind { /* in this order at one instant and rank */
                 PLAN_PERIOD,
                 PLAN_OPEN,
                 PLAN_STAFF_UP,
                 PLAN_LINE_START,
                 PLAN_BREAK_END,
                 PLAN_STAFF_DOWN,
                 PLAN_LINE_END,
                 PLAN_BREAK_START,
                 PLAN_CLOSE
};
struct model_plan {
    double time;
    uint8_t kind, rank; /* enum plan_kind, enum rank */
    uint32_t group;     /* STAFF_*: group; LINE_*, BREAK_*: line; PERIOD: the period that begins;
                           OPEN, CLOSE: opening */
    uint32_t target;    /* STAFF_*: agents planned from now on */
    uint32_t opening;   /* the one that it belongs to */
};

struct oh_model {
    struct arena arena;
    const char *name, *about, *currency;
    char sha256[65];
    oh_experiment experiment;

    bool steady, week;
    double start;             /* when a replication begins: <= 0, before the first shift */
    double close;             /* the last closing; steady: the end of the counting window */
    double warm_up;           /* steady: the start of the window; otherwise 0 */
    double length;            /* all openings together, or the window */
    double interval;          /* length of an interval; 0 if steady */
    double ticks_per_second;  /* a power of two: time is summed up in whole ticks */
    size_t batches;           /* steady: so many windows of one long run; 0: one */
    bool hang_up, carry_over; /* at closing */
    size_t openings;
    const struct model_opening *opening;
    uint32_t lines;              /* most live calls at once; UINT32_MAX: no limit */
    const struct dist *busyness; /* factor of the day for all sources, or NULL */

    struct panel_shape shape; /* steady: one interval, the window, not shown in reports */
    size_t sources;
    const struct model_source *source;
    size_t queues;
    const struct model_queue *queue;
    size_t groups;
    const struct model_group *group;
    size_t shift_lines;
    const struct model_line *line;
    uint32_t agents;
    size_t plans;
    const struct model_plan *plan; /* by time, rank, then as made */
    const char *no_pool; /* why the short way of one pool (engine/pool.h) cannot be taken, as the
                            end of a sentence; NULL: it can */
};

/* The opening that a time belongs to: the last one that has begun (the first one before it). */
size_t model_opening_at(const struct oh_model *model, double time);

#endif
