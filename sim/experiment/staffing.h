/* staffing.h - the inside of the staffing search: what can be changed, what must hold, trying it.
 *
 * In reading order: staff_problem.c makes units and rules, staff_lanes.c what can be
 * searched side by side, staff_start.c and staff_slide.c a first plan, staff_try.c plays a
 * candidate, staff_search.c and staff_exchange.c change it until nothing can be gained,
 * staff_look.c finds what one agent fewer gives, staff_confirm.c has the last word, staffing.c puts
 * the stages together, staffing_read.c answers the public header's questions.
 *
 * Lanes: the days of a week are searched side by side, one change a day in each run. Where the days
 * do not touch each other (nobody comes back, nothing is carried over) that is exact, since what
 * happens on one day is the same whatever the others' staff. Where they do, what one day does to
 * the next is little, and lanes are only for the search: confirming has one lane. Everything else
 * is one lane from the beginning.
 *
 * Effort: the search is given so many simulated calls, not seconds, for the same answer on every
 * machine. When they are spent it looks for nothing better any more, mends what is missed the quick
 * way, and says that it was cut.
 */
#ifndef ONHOLD_SIM_STAFFING_H
#define ONHOLD_SIM_STAFFING_H

#include <onhold/staff.h>

#include "../model/model.h"

/* What one agent can be added to or taken from: an interval of a group, or a line of shifts. */
struct staff_unit {
    uint32_t group;
    uint32_t item;        /* interval, or line of the group's shifts */
    bool line;            /* of shifts */
    uint32_t first, last; /* intervals in which he is there */
    uint32_t lane;
    double hours, weight; /* of one head in a replication; what is made least: pay or hours */
    double least, most;
};

/* A target in a period. */
struct staff_rule {
    oh_level level;
    uint32_t thing, column;
    long period;
    uint32_t first, last; /* intervals of the period */
    uint32_t lane;
    double goal, scale; /* a margin is (value - goal) / scale, or the other way round */
    double within;      /* of the target; NaN */
    bool at_most;
    bool days; /* the value is the share of days on which the target holds */
};

/* Which callers are played. */
struct staff_sample {
    uint32_t seed, replications;
    uint32_t first; /* 0: all, from the first; else a few days of a staffing that is tried */
};

/* What a candidate gives, a value for each rule. */
struct staff_score {
    double *margin;       /* below 0: missed. Comparable between rules, roughly */
    double *value, *half; /* NaN: undefined */
    double *shortfall;    /* [lanes] sum of what is missing */
};

struct staff {
    const oh_model *model;
    const oh_staff_options *options;
    size_t units, rules, lanes;
    struct staff_unit *unit;
    struct staff_rule *rule;
    bool *chosen;  /* [groups] */
    bool by_money; /* weights are pay */
    bool single;   /* every rule is about one interval */
    bool by_day;   /* every unit and rule is of one day of a week; */
    bool apart;    /* and nothing of one day reaches another */
    bool touch;    /* lanes are parts of a day: only every other one changes in a run; */
    size_t turn;   /* whose turn it is: 0 even, 1 odd */
    struct staff_sample sample;
    double *work; /* [queues] erlang that came with as many agents as allowed; 0: not known yet */
    double *busy; /* [groups][intervals] agents busy then */
    uint64_t runs, calls; /* simulated so far */
    uint64_t allowed;     /* calls */
    const char *stage;
    double part;           /* of the stage */
    const double *at_hand; /* the plan at hand, for progress */
    oh_status status;      /* of the first thing that failed; then everything returns at once */
    char *message;
};

/* ---- staff_problem.c ---- */

/* Units, rules, lanes. OH_ARGUMENT: there is nothing to search, the message says why. */
oh_status staff_problem(struct staff *s);
void staff_problem_free(struct staff *s);
/* May the group take the queue's calls? */
bool staff_serves(const oh_model *model, size_t group, size_t queue);
/* The opening that an interval belongs to. */
size_t staff_opening(const oh_model *model, size_t interval);

/* ---- staff_lanes.c ---- */

void staff_find_lanes(struct staff *s);
/* Lanes with their borders moved by `shift` of a lane's length, 0 to 1. */
void staff_lanes(struct staff *s, double shift);
/* Must the lane stay as it is in this run, since its neighbours change? */
bool staff_rests(const struct staff *s, size_t lane);
/* May a caller call again, or be called? */
bool staff_comes_back(const oh_model *model);
/* So long after a change nearly all days are as they were, if the line is not too long. */
double staff_lingers(const oh_model *model);
/* Has a change in the lane made something be missed? */
bool staff_fails(const struct staff *s, const struct staff_score *score, size_t lane);

/* ---- staff_start.c ---- */

/* heads[units]: exact Erlang A at the infinite-server load. */
bool staff_start(struct staff *s, double *heads);
/* heads[units]: the most that the limits allow; where there is no limit, more than anybody should
 * need, times `generous`. */
bool staff_most(struct staff *s, double generous, double *heads);

/* ---- staff_try.c ---- */

bool staff_score_init(struct staff_score *score, const struct staff *s);
void staff_score_free(struct staff_score *score);

/* The model with these heads on duty. NULL: s->status says why. */
oh_model *staff_model(struct staff *s, const double *heads);
/* Plays it. `keep`, if not NULL, gets the model and its result, to be freed by the caller. False:
 * s->status. */
struct staff_kept {
    oh_model *model;
    oh_result *result;
};
bool staff_play(struct staff *s, const double *heads, struct staff_score *score,
                struct staff_kept *keep);
void staff_kept_free(struct staff_kept *kept);
/* The score of a result of the model. */
void staff_judge(const struct staff *s, const oh_result *result, struct staff_score *score);
/* Of one rule; the shortfall stays. */
void staff_judge_rule(const struct staff *s, const oh_result *result, size_t rule,
                      struct staff_score *score);
bool staff_met(const struct staff *s, const struct staff_score *score);
/* Are the calls spent that the search may simulate? */
bool staff_spent(const struct staff *s);

/* Changes each of the listed units by itself by `by` heads, and calls `visit` with what comes out;
 * only rules of the unit's lane are its doing. */
typedef void staff_visit_fn(void *user, size_t unit, const struct staff_score *after);
bool staff_try_each(struct staff *s, const double *heads, const size_t *list, size_t n, double by,
                    staff_visit_fn *visit, void *user);

/* What the plan costs: sum of weights; hours on duty. */
double staff_weight(const struct staff *s, const double *heads);
double staff_hours(const struct staff *s, const double *heads);

/* ---- staff_slide.c ---- */

/* Brings a first plan near to what the rules need, where each interval has its own. */
bool staff_slide(struct staff *s, double *heads);

/* ---- staff_search.c ---- */

/* Has the group a part in what the rule is about? */
bool staff_helps(const struct staff *s, const struct staff_rule *rule, size_t group);

/* Adds heads until all rules hold; true as well if the limits are reached before. `score` becomes
 * that of the heads. */
bool staff_ascend(struct staff *s, double *heads, const double *most, struct staff_score *score);
/* Takes heads away as long as the rules hold and calls are left: one after another, several at once
 * where there is much to spare. Only of units that `may` (NULL: all). The rules must hold. */
bool staff_trim(struct staff *s, double *heads, const bool *may);

/* ---- staff_exchange.c ---- */

/* Could u have too much if v has one more? Units at the same time or one interval apart. */
bool staff_near(const struct staff *s, size_t v, size_t u);

/* One head more here for more than its weight less elsewhere, as long as that goes, up to so many
 * simulated calls. The rules must hold. */
bool staff_exchange(struct staff *s, double *heads, const double *most, uint64_t calls);

/* ---- staff_look.c ---- */

/* One agent fewer of a unit, on the present callers. */
struct staff_less {
    bool known;
    double margin; /* of the rule that fares worst then */
    size_t rule;
    double value, half;
};

/* What one head fewer gives of each listed unit by itself: less[unit]. Each must have a head, and
 * the rules must hold with all of them. Exact. */
bool staff_look(struct staff *s, const double *heads, const size_t *list, size_t n,
                struct staff_less *less);
/* Looking at everybody is about as much work as so many runs. */
double staff_look_runs(const struct staff *s);

/* ---- staffing.c ---- */

struct oh_staffing {
    struct staff search;
    oh_staff_options options; /* its arrays are not looked at after the search */
    oh_staff_info info;
    double *heads;            /* [units] */
    struct staff_less *less;  /* [units] */
    struct staff_score score; /* of the confirming run */
    struct staff_kept kept;   /* the confirming run; no result if interrupted */
    oh_staff_again again;     /* and then other callers still */
    struct staff_score other; /* what the plan gives them */
    oh_result *now;           /* the scenario as it is, with the same callers */
};

/* ---- staff_confirm.c ---- */

/* Mends the plan on the present callers until it meets the rules and nobody is to spare. */
bool staff_confirm(oh_staffing *staffing, const double *most);

/* ---- staff_sure.c ---- */

/* After the confirming run: how sure it is. */
bool staff_assure(oh_staffing *staffing);

#endif
