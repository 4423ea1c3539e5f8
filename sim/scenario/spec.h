/* spec.h - a scenario file understood: every value typed, in seconds, with its place.
 *
 * Made from the node tree by bind (spec_bind), read by the model compiler only. Names are still
 * names here, but already checked to exist; what contradicts what between sections is the model's
 * business (sim/model/check). All memory is the arena's.
 */
#ifndef ONHOLD_SIM_SPEC_H
#define ONHOLD_SIM_SPEC_H

#include "../base/arena.h"
#include "../base/findings.h"
#include "../math/dist.h"
#include "../stats/cells.h"

enum { SPEC_MAX_AGENTS = 1000000, SPEC_MAX_TARGETS = 8, SPEC_DAYS = 7, SPEC_MAX_PACE = 32 };

enum time_mode { TIME_OPEN, TIME_DAYS, TIME_STEADY };
enum at_close { CLOSE_FINISH, CLOSE_HANG_UP, CLOSE_CARRY_OVER };

/* One opening of the week. */
struct spec_opening {
    unsigned weekday;     /* 0 Monday .. 6 Sunday */
    double opens, closes; /* seconds since that day's midnight */
};

struct spec_time {
    enum time_mode mode;
    struct span span;
    double opens, closes; /* open: seconds since midnight; closes > opens, may pass 86400 */
    double interval;      /* open: seconds; divides the opening */
    enum at_close at_close;
    double warm_up, length; /* steady; length of a batch if batches > 0 */
    size_t batches;         /* steady: batch means of one long run; 0: replications */
    size_t openings;        /* days: in order from Monday; otherwise 0 */
    struct spec_opening opening[SPEC_DAYS];
};

/* Numbers over time: value k holds from from + k * per. Seconds since opening (from may be
 * negative for staff). With `days`, and only then, day[k] may hold the schedule of opening k, in
 * seconds since that opening; n is 0 then. */
struct spec_schedule {
    double from, per;
    size_t n;
    const double *value;
    const struct spec_schedule *day; /* [openings], or NULL: the same each day */
    struct span span;
};

/* Extra traffic: the rate is multiplied by factor in [at, at + length), at in seconds since the
 * opening. */
struct spec_surge {
    double at, length, factor;
    bool on[SPEC_DAYS]; /* with days: on opening k; otherwise on[0] */
};

enum arrivals_kind { ARRIVALS_RATE, ARRIVALS_COUNTS, ARRIVALS_RENEWAL, ARRIVALS_TIMES };

struct spec_arrivals {
    enum arrivals_kind kind;
    struct span span;
    double rate;                 /* RATE: per second, scale included */
    const double *rate_by_day;   /* RATE with days: [openings], or NULL */
    struct spec_schedule counts; /* COUNTS: expected calls in each step, scale included */
    const struct dist *between;  /* RENEWAL */
    /* TIMES (exact times and traces): ascending seconds since opening. A trace's columns are NULL
     * if not named; a patience of INFINITY is never. */
    size_t n;
    const double *at, *talk, *hold, *wrap_up, *patience;
    /* RATE and COUNTS */
    bool smooth;
    double noise;      /* cv of a gamma factor for each step; 0: none */
    double batch_mean; /* geometric group sizes; 0 or 1: single calls */
    size_t surges;
    const struct spec_surge *surge;
};

/* The handling of a contact; NULL parts take no time. */
struct spec_handling {
    const struct dist *talk, *hold, *wrap_up;
};

struct spec_redial {
    bool given;
    double after_abandon, after_block;
    double again; /* from the second redial on, instead of both; NaN: unchanged */
    const struct dist *delay;
    size_t to;      /* queue */
    double at_most; /* redials per caller; INFINITY: no limit */
};

struct spec_unresolved {
    bool given;
    double share;
    const struct dist *delay;
    size_t to;
};

struct spec_transfer {
    size_t to;
    double share;
    bool has_handling;
    struct spec_handling handling; /* replaces the target queue's */
    const struct dist *warm;       /* NULL: cold */
    struct span span;
};

struct spec_callback {
    bool given;
    bool by_wait; /* offered if the expected wait exceeds `over` seconds; else if more than
                     `over` live calls wait */
    double over;
    double accept;
    bool keep; /* place: keep; else last */
    double answers;
    const struct dist *retry; /* NULL only if attempts is 1 */
    double attempts;
    double dial_when_free; /* >= 1 */
};

/* A group that a queue names in `prefers`, from a wait of `after` seconds. */
struct spec_prefer {
    size_t group;
    double after;
    struct span span;
};

enum choose_rule {
    CHOOSE_LONGEST_IDLE,
    CHOOSE_LEAST_BUSY,
    CHOOSE_LEAST_LOADED,
    CHOOSE_MOST_LOADED,
    CHOOSE_RANDOM,
    CHOOSE_FIXED
};

enum pick_rule {
    PICK_FIRST_COME,
    PICK_RANK,
    PICK_LONGEST_WAIT,
    PICK_LONGEST_QUEUE,
    PICK_WEIGHTED_WAIT,
    PICK_QUEUE_RATIO
};

/* A target on a metric: at least `level`, or at most, as the metric's sense says. */
struct spec_target {
    const char *metric; /* an id of METRICS: "service_level" */
    double level;
    double within; /* NaN if the metric has no time limit */
    bool at_most;
    struct span span;
};

struct spec_queue {
    const char *name;
    struct span span; /* of the name */
    bool deferrable;
    const struct spec_arrivals *arrivals;     /* NULL: none of its own (an unused queue) */
    const struct dist *talk;                  /* handling of one distribution is talk alone */
    const struct dist *hold, *wrap_up, *ring; /* NULL: none */
    const struct dist *patience;
    double balk;
    double capacity;      /* INFINITY: no limit */
    int priority;         /* 1 is highest */
    double short_abandon; /* seconds; 0: none, and then B_s counts waits of 0 only */
    size_t targets;
    struct spec_target target[SPEC_MAX_TARGETS];
    double value_answered, value_within;               /* money; within INFINITY: always */
    double cost_abandoned, cost_blocked, cost_waiting; /* money; waiting per second */
    /* Later features; zero is "not there" unless said otherwise. */
    double mix_share;                /* of spec.demand; then arrivals is NULL */
    double backlog;                  /* contacts that wait at the first opening */
    double busyness;                 /* cv of the queue's own factor of the day */
    double slower_when_late;         /* share of the wait added to talk */
    const struct dist *self_service; /* time in self-service; NULL: none */
    double self_service_resolves;
    struct spec_redial redial;
    struct spec_unresolved unresolved;
    size_t transfers;
    const struct spec_transfer *transfer;
    bool has_announce;
    double announce_at, announce_every, announce_factor; /* every INFINITY: once */
    double silent_share;
    const struct dist *silent_wastes; /* NULL: no time */
    struct spec_callback callback;
    bool preempt;
    size_t prefers;
    const struct spec_prefer *prefer; /* in order; none: all that serve it */
    enum choose_rule choose;
    double weight, ratio; /* 1 */
};

struct spec_serves {
    size_t queue; /* index into queues */
    struct span span;
    bool has_rank;
    double rank;
    double speed;     /* 1 */
    unsigned at_once; /* 1 */
    size_t paces;     /* 0: no slowing */
    double pace[SPEC_MAX_PACE];
    double keep_free; /* 0 */
};

struct spec_break {
    double at, length; /* seconds since opening */
    struct span span;
};

/* Agents with hours of their own. */
struct spec_shift {
    double count;
    double from, to;    /* seconds since opening, the same on each day it is worked */
    bool on[SPEC_DAYS]; /* with days: on opening k; otherwise on[0] */
    size_t breaks;
    const struct spec_break *pause;
    struct span span;
};

enum leave { LEAVE_FINISH, LEAVE_DROP };

struct spec_group {
    const char *name;
    struct span span;
    struct spec_schedule count; /* n = 1, per = 0: all day; otherwise by step */
    size_t n_serves;
    struct spec_serves *serves;
    size_t shifts; /* then count.n is 0 */
    const struct spec_shift *shift;
    double shrinkage, absence; /* shares */
    const struct dist *late;   /* NULL: never late */
    double not_ready_share;
    const struct dist *not_ready; /* NULL: always ready */
    enum pick_rule pick;          /* PICK_RANK also from explicit ranks */
    bool pick_by_rank;            /* pick == PICK_RANK */
    enum leave leave;
    double cost; /* money per second and head */
    bool has_cost;
    bool has_occupancy_target;
    double occupancy_target; /* at most */
};

/* Go on until the figure's interval is that narrow. */
struct spec_precision {
    bool given;
    size_t queue;
    const struct metric_row *metric;
    double half_width;
    struct span span;
};

struct spec {
    const char *name, *about, *currency; /* about and currency "" if not given */
    struct spec_time time;
    size_t queues;
    struct spec_queue *queue;
    size_t groups;
    struct spec_group *group;
    double lines;                       /* 0: no limit */
    double busyness;                    /* cv of the factor of the day; 0: none */
    const struct spec_arrivals *demand; /* split by the queues' mix_share; NULL: none */
    uint32_t replications, seed;
    double confidence;
    struct spec_precision precision;
    uint32_t most_replications; /* 100000 */
    double most_seconds;        /* of the computer; INFINITY: no limit */
};

#endif
