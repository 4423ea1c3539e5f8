/* staff.h - the fewest agents that meet all targets, and models with other agents.
 *
 * The targets are the scenario's: on any metric of a queue, and the occupancy of a group. They hold
 * in every interval with calls, or over the day; in the mean over the days, or on a stated share of
 * the days. Chosen are, for each group of agents on which a target depends, how many are on duty in
 * each interval of each opening, or, for a group of shifts, how many work each line. Groups on
 * which no target depends are left as they are.
 *
 * What is made least is the pay where all chosen groups have a price, and otherwise the hours on
 * duty. The search begins with exact Erlang A at the load of the infinite-server model (Eick,
 * Massey and Whitt 1993), and goes on by simulation of the same callers for every candidate. The
 * end is a confirming run with other random numbers: "met" means its values; and no single agent
 * can be taken away from any interval (or line) without missing a target in that run, unless a
 * limit keeps him. It is a search: that no other staffing is cheaper is likely, not proved.
 *
 * The search may simulate so many calls and no more, so that it ends; then it is cut short: its
 * plan still meets the targets, and it says in how many places one agent could still go (`spare`).
 */
#ifndef ONHOLD_STAFF_H
#define ONHOLD_STAFF_H

#include <onhold/run.h>
#include <onhold/write.h>

typedef enum oh_staff_per { OH_PER_INTERVAL, OH_PER_DAY } oh_staff_per;

/* What the search is doing, now and then, from the calling thread. */
typedef struct oh_staff_progress {
    const char *stage; /* "looking for a first plan" */
    double part;       /* of the stage, 0 to 1; NaN: unknown */
    uint64_t runs;     /* staffings tried so far */
    double hours;      /* of the plan at hand, on duty */
} oh_staff_progress;
typedef void oh_staff_progress_fn(void *user, const oh_staff_progress *progress);

typedef struct oh_staff_options {
    oh_staff_per per;
    double days;         /* 0: in the mean; else the share of days on which targets hold, up to 1 */
    const double *least; /* [groups] agents on duty in every interval (or heads of every line); */
    const double *most;  /* NULL: 0 and no limit (INFINITY) */
    /* Calls that the search may simulate, about, one half before confirming and one after; 0: 100
     * million. */
    uint64_t calls;
    /* replications: of the confirming run (0: so many that about a million calls come, 100 to
     * 2000). The confirming run has the seed that `run` would have. engine, first, progress are not
     * looked at. */
    oh_run_options run;
    oh_staff_progress_fn *progress; /* may be NULL */
    void *progress_user;
} oh_staff_options;

typedef struct oh_staffing oh_staffing;

/* Searches. The same model and options give the same answer on any number of threads.
 *
 * OH_OK: *out is the answer; its `met` is false if no staffing within the limits meets the targets.
 * OH_CANCELLED: *out is what was known so far (not confirmed), or NULL. OH_ARGUMENT: message says
 * what is wrong (no target, senseless limits). The model must outlive the answer; the caller frees
 * *out. */
oh_status oh_staff(oh_staffing **out, const oh_model *model, const oh_staff_options *options,
                   char message[256]);
void oh_staffing_free(oh_staffing *staffing);

typedef struct oh_staff_info {
    bool met;       /* in the confirming run */
    bool confirmed; /* false: interrupted before */
    oh_staff_per per;
    double days;   /* 0: in the mean */
    bool by_money; /* what was made least: pay, else hours */
    bool limited;  /* the caller gave a limit from above */
    /* Agent-intervals (or heads of lines) by which the confirming run's callers changed the plan
     * that the search had found; 0: it confirmed the plan at once. */
    size_t adjusted;
    /* Places in which one agent could still go when the search had used up what it may simulate;
     * 0: nobody. */
    size_t spare;
    /* Targets whose value is so near that chance decides: the interval of confidence goes over to
     * the other side. */
    size_t close;
    /* The share of days (weeks) on which the targets hold over the day, all of them, in the
     * confirming run, and its half width; NaN where none is asked for over the day. */
    double good_days, good_days_half;
    uint64_t runs;     /* staffings simulated */
    size_t intervals;  /* of the plan; 0: steady, one number a group */
    double hours, now; /* on duty, of all chosen groups, in one replication; and as planned now */
    double money, money_now; /* pay of scheduled heads; NaN without prices */
} oh_staff_info;
oh_staff_info oh_staffing_info(const oh_staffing *staffing);

/* The confirming run, and (with the same callers) the plan as it is now; NULL if interrupted. */
const oh_result *oh_staffing_result(const oh_staffing *staffing);
const oh_result *oh_staffing_now(const oh_staffing *staffing);

/* The same plan met by callers for whom nothing was mended, as many days of them as in the
 * confirming run. */
typedef struct oh_staff_again {
    uint32_t seed, replications;
    size_t targets, missed; /* as oh_staffing_outcomes counts them */
} oh_staff_again;
oh_staff_again oh_staffing_again(const oh_staffing *staffing);

/* Hours that are counted in a replication: the openings, or the window of a steady state. */
double oh_staffing_length(const oh_staffing *staffing);

/* The scenario's model. Does the group serve the queue, and has the queue a target? */
const oh_model *oh_staffing_model(const oh_staffing *staffing);
bool oh_staffing_serves(const oh_staffing *staffing, size_t group, size_t queue);
bool oh_staffing_has_target(const oh_staffing *staffing, size_t queue);

/* A group of agents, by the number it has in the model. */
typedef struct oh_staff_group {
    const char *name;
    bool chosen;       /* false: as in the scenario, since no target depends on it */
    size_t lines;      /* of shifts; 0: a count by interval */
    double shrinkage;  /* share */
    double hours, now; /* on duty in one replication */
    double scheduled_hours, scheduled_now;
    double money, money_now; /* NaN without a price */
} oh_staff_group;
oh_staff_group oh_staffing_group(const oh_staffing *staffing, size_t group);

/* Agents in an interval (0 in steady mode). */
typedef struct oh_staff_heads {
    double required;  /* on duty, after shrinkage and less breaks */
    double scheduled; /* heads: required / (1 - shrinkage), rounded up; shifts: as in the lines */
    double required_now, scheduled_now;
} oh_staff_heads;
oh_staff_heads oh_staffing_heads(const oh_staffing *staffing, size_t group, size_t interval);
/* A line of shifts: heads as chosen and as they are, and its hours by the clock. */
typedef struct oh_staff_line {
    double heads, now;
    char start[16], end[16];
    bool on[7]; /* with days: in the d-th opening of the week; else on[0] */
} oh_staff_line;
oh_staff_line oh_staffing_line(const oh_staffing *staffing, size_t group, size_t line);

/* A target in a period, and what the plan (or one agent fewer) gives. */
typedef struct oh_staff_outcome {
    oh_level level; /* OH_QUEUE or OH_AGENTS */
    size_t thing;
    long period;             /* as in run.h */
    const oh_column *column; /* the target's metric, or target_met where days are asked for */
    oh_estimate estimate;    /* has_target; target, at_most and met are those of the question */
} oh_staff_outcome;

/* The targets in the confirming run, all periods with calls, in the order of queues, groups and
 * time. */
size_t oh_staffing_outcomes(const oh_staffing *staffing);
oh_staff_outcome oh_staffing_outcome(const oh_staffing *staffing, size_t i);

/* One agent fewer, in one interval of one group (or one line): the target that fares worst then. */
typedef struct oh_staff_fewer {
    size_t group;
    long interval; /* OH_WHOLE: steady, or a line of shifts */
    size_t line;
    double hours, money; /* saved; money NaN without a price */
    bool kept;           /* the least that was asked for keeps this agent */
    oh_staff_outcome worst;
} oh_staff_fewer;
size_t oh_staffing_fewer_count(const oh_staffing *staffing);
oh_staff_fewer oh_staffing_fewer(const oh_staffing *staffing, size_t i);

/* ---- writing ---- */

/* The answer as "table", "md", "json" or "csv" (one row a group and interval or line). OH_ARGUMENT:
 * no such format. */
oh_status oh_staffing_write(const oh_staffing *staffing, const oh_write_context *context,
                            const char *format, oh_sink sink);

/* The plan as a CSV table of scheduled heads, as a scenario reads it with
 * count: {csv: FILE, column: GROUP}: day (empty without days), start, and a column for each group
 * that was chosen and has no shifts. OH_ARGUMENT: there is none such, or no intervals. */
oh_status oh_staffing_write_plan(const oh_staffing *staffing, oh_sink sink);

/* The data of plots/staffing.gp where staff draws it: required, planned now, busy. */
oh_status oh_staffing_write_plot(const oh_staffing *staffing, oh_sink sink);

/* ---- models with other agents ---- */

/* The same model with `by` scheduled heads more (or, negative, fewer) in a group, all day and every
 * day: each step of its count changes, never below 0. A group of shifts gets a line from opening to
 * closing, or loses heads of lines that follow one another, so that nowhere more than that are
 * missing. The base must outlive the new model. OH_ARGUMENT: no such group, or too many agents. */
oh_status oh_model_staff_shifted(oh_model **out, const oh_model *base, size_t group, int by);

#endif
