/* playing.h - a run with its progress bar, Ctrl-C, and words on how it ended.
 */
#ifndef ONHOLD_SIM_PLAYING_H
#define ONHOLD_SIM_PLAYING_H

#include "prepare.h"
#include "progress_bar.h"

struct played {
    oh_result *result; /* of what is complete; NULL if nothing is. Freed by the caller */
    oh_status status;  /* OH_OK, OH_CANCELLED or OH_LIMIT, where play returned EXIT_FINE */
    double seconds;
    oh_precision goal; /* of --precision */
    char message[256];
};

/* Several runs behind one bar. */
struct series {
    struct progress_bar bar;
    size_t done, count; /* runs complete, runs in all */
    double calls;       /* of those that are complete */
};
void series_begin(struct series *series, const struct settings *settings, size_t count);
/* As play, but for the bar, which goes on from run to run. */
int series_play(struct series *series, struct played *out, const struct settings *settings,
                const struct prepared *p);
void series_end(struct series *series); /* wipes the bar */

/* Plays a prepared scenario as the settings say. Unless it returns EXIT_FINE there is nothing to
 * write and the reason was said. A run that was interrupted or hit a limit returns EXIT_FINE, so
 * that what is complete gets written; played_end then tells about it. */
int play(struct played *out, const struct settings *settings, const struct prepared *p);

/* After everything was written: says how the run ended, and with -v how fast it was. The exit code
 * that follows from it. */
int played_end(const struct played *played, const struct settings *settings,
               const struct prepared *p);

#endif
