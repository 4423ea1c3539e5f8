/* duty.h - agents at work, as the calls of a log show them: from day to day, and each from the
 * first to the last call of a stretch without long gaps.
 */
#ifndef ONHOLD_SIM_DUTY_H
#define ONHOLD_SIM_DUTY_H

#include "fit_ready.h"
#include "radix.h"

struct day_calls { /* the calls of a business day: log->call[first .. end) */
    long day;
    size_t first, end;
};

struct presence { /* an agent from the first to the last contact of a stretch */
    uint8_t group;
    struct stretch at;
};

/* What is known while agents are counted. Memory but `arena` is given back by duty_free. */
struct duty {
    oh_fit *fit;
    const oh_log *log;
    const struct fit_calendar *c;
    struct arena *arena;
    double margin;       /* by which times of the log may be off, s */
    struct stint *stint; /* by day, agent and start */
    size_t stints;
    struct presence *span; /* by day */
    size_t spans, next_span;
    double usual_gap; /* between two contacts, s */
    struct day_calls *day;
    size_t days, longest; /* the most calls of a day */
    struct keyed *key;    /* room for sorting what happens on a day ... */
    size_t keys;          /* ... of so many records, twice */
    long studied_before;  /* business days before are known whole */
    size_t studied[WEEKDAYS];
    struct stretch *line; /* of one group: when somebody waited */
    size_t lines;
    /* by group, day of the calendar and slot */
    double *seen;                /* agents by their spans */
    double *onduty;              /* busy while somebody waited; NaN: nobody did */
    double *day_time, *day_busy; /* of one day, by slot: seconds, and agent seconds */
};

/* Finds days, contacts and spans. False if out of memory. */
bool duty_find(struct duty *l);
void duty_free(struct duty *l);

/* A normal day all of whose calls were kept. */
bool duty_is_studied(const struct duty *l, const struct fit_day *day);
/* Of `seen` and `onduty`. */
size_t duty_cell(const struct duty *l, size_t group, const struct fit_day *day, size_t slot);
/* When an agent took a call, in ms of its business day; callers' phones ring at the agent's. */
uint32_t duty_taken(const struct duty *l, const struct log_call *call, long *day);
/* Room for n records in `key`, twice. False if out of memory. */
bool duty_room(struct duty *l, size_t n);

#endif
