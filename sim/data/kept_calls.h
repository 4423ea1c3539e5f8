/* kept_calls.h - the calls of a log that are kept one by one, for what needs their order: agents,
 * customers, who goes before whom.
 *
 * Whole days are kept: where there are more than log->most_kept calls, the last days are given up,
 * so that what is left is all that happened on the days before, in whatever order the rows stand.
 */
#ifndef ONHOLD_SIM_KEPT_CALLS_H
#define ONHOLD_SIM_KEPT_CALLS_H

#include "log_book.h"

struct call_row;

/* Keeps a call, or counts it as left out. False if out of memory. */
bool calls_keep(oh_log *log, const struct call_row *row);

/* Puts them in order of day and time of arrival; calls of the same instant stay in the order of
 * their rows. False if out of memory. */
bool calls_order(oh_log *log);

#endif
