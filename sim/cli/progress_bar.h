/* progress_bar.h - a line on the terminal while a run takes more than half a second.
 */
#ifndef ONHOLD_SIM_PROGRESS_BAR_H
#define ONHOLD_SIM_PROGRESS_BAR_H

#include <onhold/run.h>

struct progress_bar {
    double started, drawn; /* seconds on a clock that only goes forward */
    bool on, visible;
};

/* `wanted` false: stays silent. It is silent as well where standard error is no terminal. */
void progress_begin(struct progress_bar *bar, bool wanted);
void progress_show(void *bar, const oh_progress *progress); /* an oh_progress_fn */
/* A line of words in place of a bar, for work whose end is not known. */
void progress_say(struct progress_bar *bar, const char *words);
void progress_end(struct progress_bar *bar); /* wipes the line */

/* Seconds since some moment. */
double clock_now(void);

#endif
