/* fit_staff_days.h - how the number of agents differs from day to day: by weekday, by the day's
 * calls, by chance.
 */
#ifndef ONHOLD_SIM_FIT_STAFF_DAYS_H
#define ONHOLD_SIM_FIT_STAFF_DAYS_H

#include "fit_parts.h"

/* Agents of one group seen at work, [days of the calendar][slots]. */
struct staff_days {
    const struct fit_calendar *c;
    const double *seen;
    long studied_before; /* from this business day on they are not known */
};

/* same[w]: the first weekday with the same hours from which w does not differ beyond chance; w
 * itself otherwise, and where the log has too few days to tell. */
void staff_alike(const struct staff_days *staff, unsigned same[WEEKDAYS], double *p_value);

/* The spread between days of one kind (`same`). False if out of memory. */
bool staff_spread(struct fit_spread *out, const struct staff_days *staff,
                  const unsigned same[WEEKDAYS]);

#endif
