/* validate_parts.h - recorded and simulated sums side by side, and what is made of them.
 *
 * A place is an interval of the model's day or week. Sums of a place on one recorded day stand
 * beside sums of the same place in each replication. A thing is a queue that both know, or all
 * calls.
 */
#ifndef ONHOLD_SIM_VALIDATE_PARTS_H
#define ONHOLD_SIM_VALIDATE_PARTS_H

#include <onhold/run.h>
#include <onhold/validate.h>

#include "../model/nudge.h"
#include "fit_parts.h"

/* What is compared; each is a sum over another. */
enum val_figure { VAL_OFFERED, VAL_SERVICE, VAL_ABANDON, VAL_WAIT, VAL_ASA, VAL_AHT, VAL_FIGURES };
enum { VAL_BANDED = VAL_ASA + 1 }; /* handling is no outcome of the model: it is only looked at */

#define VAL_BAND 0.90

struct val_sums {
    double offered, answered, abandoned, within, wait, wait_answered, handling, handled;
};

struct val_day {
    long day;
    size_t opening; /* of the model */
    bool special;
};

struct val_thing {
    const char *name;
    oh_level level;
    size_t thing;
    size_t queues;
    uint32_t *queue;         /* of the log */
    bool levels;             /* both sides count those answered within the same time */
    struct val_sums *actual; /* [days][places] */
    struct val_sums *played; /* [replications][places] */
};

struct val_band {
    double low, middle, high;
};

/* Recorded and simulated over a set of places, with the standard error of their difference. */
struct val_pooled {
    double actual, simulated, error, z;
    double n; /* recorded calls */
};

enum val_cause {
    CAUSE_VOLUME,
    CAUSE_HANDLING,
    CAUSE_PATIENCE,
    CAUSE_FEWER,
    CAUSE_MORE,
    VAL_CAUSES
};

struct val_explained {
    double size;      /* so many times the small change */
    double explained; /* share of the squared difference */
};

struct oh_validation {
    struct arena arena;
    const char *name; /* of the scenario */
    struct fit_calendar calendar;
    size_t places, replications, openings;
    double interval, within;
    size_t *first;      /* [openings + 1] */
    double *starts;     /* [places] seconds since midnight */
    const char **clock; /* [places] "10:30" */
    const char **ends;
    size_t days, special;
    struct val_day *day;
    size_t before;    /* days of the log before --from, on which the scenario rests */
    double *rests_on; /* [openings] such days of that opening; 0: the scenario is taken as it is */
    bool week;
    bool partial; /* the log lacks some queues of the scenario */
    size_t things;
    struct val_thing *thing;
    double heads;                        /* planned, mean over the time; NaN: none */
    struct val_sums *nudged[VAL_CAUSES]; /* [replications][places] of all calls */
    struct val_band *band;               /* [things][places][VAL_FIGURES] */
    double unmatched;                    /* calls of queues that the scenario does not have */
    double outside;                      /* calls outside its hours */
    double calls;

    double inside, entries;
    struct val_pooled overall[VAL_FIGURES];
    bool ok;
    char verdict[600];
    enum val_figure off; /* the figure that is furthest off */
    double direction;    /* above 0: more was recorded than simulated */
    double window_from, window_to;
    struct val_explained cause[VAL_CAUSES];
    long likeliest; /* enum val_cause; -1: none */
    long second;    /* what acts together with it; -1: nothing */
    double both[2]; /* their sizes then */
};

const char *val_figure_name(enum val_figure figure); /* "abandon_rate" */
double val_value(const struct val_sums *s, enum val_figure figure);
void val_add(struct val_sums *to, const struct val_sums *from);

/* Plays the nudged scenario and gives the sums of all calls, the arena's; NULL with the status if
 * that failed. */
struct val_sums *val_play(struct oh_validation *v, oh_scenario *scenario, const struct nudge *nudge,
                          const oh_run_options *options, oh_status *status, char message[256]);

bool val_bands(struct oh_validation *v);
const struct val_band *val_band_at(const struct oh_validation *v, size_t thing, size_t place,
                                   enum val_figure figure);
/* The band of one recorded day's sum over its opening. */
bool val_day_band(const struct oh_validation *v, size_t thing, size_t opening,
                  enum val_figure figure, struct val_band *band);

/* All places that begin in [from, to) seconds since midnight, over all days, of thing 0's total. */
struct val_pooled val_pool(const struct oh_validation *v, const struct val_sums *played,
                           enum val_figure figure, double from, double to);
/* The same of what was played, the error with what no plan knows of single days: by this a
 * difference is judged. */
struct val_pooled val_pool_judged(const struct oh_validation *v, enum val_figure figure,
                                  double from, double to);
void val_judge(struct oh_validation *v);
/* The likeliest cause, or two, of the difference in the window. */
void val_find_cause(struct oh_validation *v);

#endif
