/* fit_parts.h - what is found in a log: calendar, customers, arrivals, handling, patience, agents.
 *
 * A slot is an interval of the business day, which begins at the quietest hour of the night, so
 * that calls after midnight belong to the evening before. All memory is the fit's arena.
 */
#ifndef ONHOLD_SIM_FIT_PARTS_H
#define ONHOLD_SIM_FIT_PARTS_H

#include <onhold/fit.h>

#include "family.h"
#include "log_book.h"

#define NO_PLACE UINT32_MAX

enum { WEEKDAYS = 7, FIT_SEGMENTS = 16, FIT_NOTES = 32 };

/* A value with its 95 % interval; NaN where it cannot be told. */
struct measured {
    double value, low, high;
};

enum fit_day_kind { DAY_NORMAL, DAY_SPECIAL, DAY_EMPTY, DAY_CLOSED };
struct fit_day {
    long day;
    unsigned weekday; /* 0 Monday .. 6 Sunday; 0 for all where days have no weekday */
    enum fit_day_kind kind;
    double calls;
};

struct fit_opening {
    bool open;
    size_t first, end; /* slots */
    size_t days;       /* normal ones */
    double calls, sd;  /* a day's, all queues */
};

struct fit_calendar {
    bool week; /* weekdays matter; otherwise every day is opening[0] */
    bool dated;
    size_t slots;   /* of a day */
    double step;    /* seconds */
    size_t cut;     /* slot 0 begins this many intervals after midnight */
    double outside; /* share of calls outside the opening hours */
    size_t days, normal, special, empty;
    struct fit_day *day;
    struct fit_opening opening[WEEKDAYS];
};

/* Cells of a business day's slot; NULL if there are none. */
const struct log_cell *calendar_cell(const struct fit_calendar *c, const oh_log *log, long day,
                                     size_t slot, uint32_t queue);
/* Seconds since midnight of a slot's start. */
double calendar_clock(const struct fit_calendar *c, size_t slot);
/* The business day and slot of an instant. */
size_t calendar_place(const struct fit_calendar *c, long day, double second, long *business_day);
/* The same of a call that was kept: its arrival in ms since the start of the business day. */
uint32_t calendar_arrival(const struct fit_calendar *c, const struct log_call *call,
                          long *business_day);
/* The entry of a business day, or NULL. */
const struct fit_day *calendar_day(const struct fit_calendar *c, long business_day);
bool calendar_make(struct fit_calendar *c, struct arena *arena, const oh_log *log);

struct fit_arrivals {
    double *expected[WEEKDAYS]; /* [slots] of all arrivals, NULL where closed */
    double *fresh[WEEKDAYS];    /* those that the scenario does not make itself */
    double per_day;             /* mean of a normal day, all arrivals */
    double fresh_share;
    struct measured busyness, noise; /* cv */
    double dispersion;               /* variance / mean of a day's calls, within weekdays */
};

/* A distribution that was tried. */
struct tried {
    struct law law;
    double aic, distance;
};

struct fit_time { /* of handling or one part of it */
    uint64_t n;
    double mean, sd, median, p10, p90, half_width; /* of the mean */
    double zero;                                   /* share of zeros (parts only) */
    bool constant;                                 /* always the same, zeros apart */
    size_t tried;
    struct tried try[LAW_KINDS];
    struct tried chosen;
    size_t points;
    struct time_point *point;
    bool by_slot;      /* the mean changes over the day */
    double *slot_mean; /* [slots], zeros included; NULL: none seen */
    double slot_cv;    /* spread of the slots' means */
    double p_value;    /* that they are all the same */
};

struct fit_handling {
    struct fit_time part[PARTS];
    bool separate; /* talk, hold and wrap-up are fitted each */
};

/* From the choice of an agent to his answer. */
struct fit_ring {
    struct fit_time time;
    bool write;
};

struct hazard_step {
    double from, to, rate; /* rate per second */
    double events, exposure;
};

struct fit_patience {
    uint64_t n, hung_up; /* had to wait; hung up */
    double balk, balk_low, balk_high;
    double median;                                /* NaN: beyond what was seen */
    double mean_exponential, mean_low, mean_high; /* total waiting / hung up */
    double naive_mean;                            /* of those who hung up */
    size_t points;                                /* Kaplan-Meier, at the times of hanging up */
    double *t, *survival, *low, *high, *se;
    size_t seen_points; /* waits: how many hung up then, how many were answered */
    const struct time_point *seen;
    double longest; /* wait seen */
    size_t steps;
    struct hazard_step step[FIT_SEGMENTS];
    double steps_aic, steps_distance;
    size_t tried;
    struct tried try[LAW_KINDS];
    struct tried chosen; /* used unless by_steps */
    bool by_steps, never;
    bool deferrable; /* nobody hung up, and some waited for hours: mail */
};

/* Calls that bring another one of the same customer, after one kind of ending. */
enum fit_evidence {
    EVIDENCE_NONE,  /* too little: not written */
    EVIDENCE_OWN,   /* this queue's calls tell how many and how soon */
    EVIDENCE_SHARE, /* they tell how many; how soon is told by those of all queues */
    EVIDENCE_POOLED /* those of all queues tell */
};
struct fit_follow {
    uint64_t n, followed;         /* calls looked at; of them with a next call in time */
    struct measured share, delay; /* who call again for its sake; how soon, mean in s */
    double chance;                /* per second: calls of these customers for other reasons */
    enum fit_evidence evidence;
    size_t to;       /* the queue that most of them call */
    double to_share; /* as many; NaN if none was seen */
};
enum fit_ending { ENDING_HUNG_UP, ENDING_BLOCKED, ENDING_ANSWERED, ENDINGS };

struct fit_redials { /* of a queue, or of all */
    bool known;      /* enough of its calls have a customer */
    struct fit_follow after[ENDINGS];
    struct measured first, again; /* after hanging up for the first time, and later */
    uint64_t first_n, again_n;
    bool again_differs; /* then `first` and `again` are written */
};

/* Answered calls that are handed on. */
struct fit_transfer {
    size_t to;
    uint64_t n;            /* as many */
    struct measured share; /* of the answered calls whose customer is known */
    bool written;
    struct measured longer; /* how much longer they take there than other calls do, a factor */
    bool differs;           /* notably: by a tenth at least, at either end of the interval */
};
struct fit_transfers {
    uint64_t answered;
    size_t count; /* the most first */
    struct fit_transfer *to;
};

struct fit_customers {
    bool known;
    uint64_t named; /* calls whose customer is known */
    double window;  /* s: how long a redial is waited for */
    float *follow;  /* [queues][days][slots]: calls that the scenario makes itself; NULL: none */
};

enum { READY_VALUES = 21 };
/* How long agents are not ready after a contact, seen while somebody waits. */
struct fit_ready {
    uint64_t n, taken;       /* contacts that ended then; followed by another while they waited */
    double share, low, high; /* of contacts with a pause, and its 95 % interval */
    double pause, mean;      /* mean pause of those, and of all contacts; s */
    bool write, by_law;      /* beyond chance; a law is near enough */
    struct law law;
    double value[READY_VALUES]; /* the pauses, at even shares */
    size_t points;              /* share still away after each length, of the n */
    const struct time_point *point;
    const double *away;
    uint64_t contacts_alone; /* contacts at whose end nobody waited */
    double beside, alone;    /* mean pause of all contacts, those without one included, where
                                somebody waited and where nobody did; NaN: not known */
    bool longer_alone;       /* beyond chance: where nobody waits they take their time */
};

/* How the number of agents differs between days of one kind. */
struct fit_spread {
    double freedom;                 /* days, less their kinds */
    struct measured absence;        /* share absent, each agent for himself and all day */
    bool written;                   /* beyond chance */
    double correlation, elasticity; /* of agents' hours with the day's calls; NaN: not known */
    bool follows;                   /* beyond chance: busier days have more agents */
};

enum { AT_ONCE_MOST = 8 };
/* Contacts of one queue that agents of one group hold at once. */
struct fit_at_once {
    unsigned most;             /* 1: one after the other */
    bool slows;                /* beyond chance; else all paces are 1 */
    double pace[AT_ONCE_MOST]; /* of each contact with 1, 2, ... in hand; the mean contact's is 1 */
    uint64_t n, beside;        /* contacts; those that began beside another one */
    /* with 1, 2, ... in hand: seconds of contacts, ends; agents' seconds with so many of the queue
     */
    double time[AT_ONCE_MOST], holding[AT_ONCE_MOST];
    uint64_t ends[AT_ONCE_MOST];
};

/* How fast a group is at one queue's calls, beside all who take them. */
struct fit_speed {
    uint64_t n;
    struct measured value; /* 1: like all of them together */
    bool written;
};

struct fit_group {
    const char *name;
    bool *serves;                /* [queues] */
    bool *obliges;               /* [queues] who waits there is taken at once by a ready agent */
    struct fit_speed *speed;     /* [queues]; NULL: one group only */
    double *seen[WEEKDAYS];      /* [slots] mean number on duty, from spans */
    double *distinct[WEEKDAYS];  /* agents with a call in the slot */
    double *effective[WEEKDAYS]; /* while somebody waits: busy, or, where pauses are written,
                                    between two contacts; NaN: nobody waited */
    double *error[WEEKDAYS];     /* standard error of effective */
    double *peak[WEEKDAYS];      /* the most calls at once, of any day */
    double *count[WEEKDAYS];     /* whole, as written */
    size_t people;               /* names seen */
    double ratio;                /* effective / seen */
    struct fit_ready ready;
    struct fit_spread spread;
    unsigned same[WEEKDAYS];     /* the weekday with which its days are taken together */
    double weekdays_p;           /* chance that weekdays of the same hours differ so much; NaN */
    struct fit_at_once *at_once; /* [queues] */
    bool several;                /* at once, of some queue */
};

struct fit_agents {
    bool known;
    size_t groups;
    struct fit_group *group;
    double *mix; /* [queues of the log][slots]: how much longer a call takes for being taken by the
                    groups that are there then; NULL: one group */
    size_t people;     /* names seen */
    uint64_t overlaps; /* calls that began before the same agent's last one ended */
    double break_gap;  /* seconds without a call that count as a break */
    bool named;        /* the log says who answered */
    bool *skill;  /* [groups][queues of the log] of groups that the log does not name; or NULL */
    double tuned; /* factor of what is written, so that the waits are the log\'s; 1 */
};

/* Of calls that came later than a waiting one of another queue of the same agents, those that went
 * first nevertheless. */
struct fit_before {
    size_t other;
    double n;
    struct measured share;
};

struct fit_queue {
    const char *name;  /* as the scenario names it */
    const char *words; /* as the log does */
    uint64_t offered, answered, abandoned, blocked, within;
    double wait, asa, wait_abandoned, delayed;
    double service_level; /* NaN: the log does not tell */
    int priority;         /* 0: as usual */
    bool in_turn;         /* with some other queue of the same agents */
    size_t befores;       /* queues that it goes before */
    struct fit_before *before;
    struct fit_arrivals arrivals;
    struct fit_handling handling;
    struct fit_ring ring;
    struct fit_patience patience;
    struct fit_redials redials;
    struct fit_transfers transfers;
};

struct oh_fit {
    struct arena arena;
    const char *name, *source, *staff, *staff_column;
    double within;
    struct fit_calendar calendar;
    size_t queues;
    struct fit_queue *queue;  /* the most calls first */
    uint32_t *number;         /* [queues] of the log */
    uint32_t *place;          /* [LOG_QUEUES] among those of the fit; NO_PLACE: without calls */
    struct fit_queue total;   /* all queues as one */
    struct measured busyness; /* common to all queues */
    struct fit_customers customers;
    struct fit_agents agents;
    bool intervals;    /* the log gave counts only */
    bool abandon_wait; /* and how long those who hung up had waited */
    size_t notes;
    const char *note[FIT_NOTES];
};

void fit_note(oh_fit *fit, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* 1 if all times are whole seconds, else 0. */
double points_grain(const struct time_point *points, size_t n);
/* The share that would still wait after t seconds, by the law that is written. */
double patience_survival(const struct fit_patience *p, double t);

/* Which classes of callers are queues of their own: the others are put together in the log. */
bool fit_classes(oh_fit *fit, oh_log *log);
/* Which queues go before others; queues have their names. */
bool fit_priorities(oh_fit *fit, const oh_log *log);
/* The share that still waited after t seconds (Kaplan and Meier) with its 95 % interval and
 * standard error; NaN after the longest wait seen. */
void patience_seen(const struct fit_patience *p, double t, struct measured *share, double *se);

bool fit_arrivals(oh_fit *fit, const oh_log *log);
bool fit_handling(oh_fit *fit, const oh_log *log);
bool fit_ring(oh_fit *fit, const oh_log *log);
/* Counts, moments and the likeliest law of a tally's ended times. */
bool time_study(struct fit_time *f, struct arena *arena, const struct time_tally *tally);
bool fit_patience(oh_fit *fit, const oh_log *log);
/* Makes groups of agents by the queues that they answer, if the log has none. */
bool fit_skills(oh_fit *fit, oh_log *log);
bool fit_agents(oh_fit *fit, const oh_log *log);
/* Its parts: groups with their queues and speeds; the group of a call (all are group 0 where the
 * log names none). */
bool agents_groups(oh_fit *fit, const oh_log *log);
bool fit_speeds(oh_fit *fit, const oh_log *log);
size_t agents_group_of(const oh_log *log, const struct log_call *call);
/* The numbers to write, from the effective ones times `tuned`. */
void agents_write_counts(oh_fit *fit);

/* The numbers on duty of a report by interval. */
void fit_reported_agents(oh_fit *fit, const oh_log *log);

/* Who calls again and who is handed on; before the arrivals, which leave those calls out. */
bool fit_customers(oh_fit *fit, const oh_log *log, double window);
/* Calls of a queue that the scenario makes itself of those recorded, in a slot of a day of the
 * calendar. */
double fit_follow_ups(const oh_fit *fit, size_t queue, size_t day, size_t slot);
struct contacts;
bool fit_redials(oh_fit *fit, const struct contacts *contacts);
bool fit_transfers(oh_fit *fit, const struct contacts *contacts);

#endif
