/* fit_group_words.h - sentences on a group of agents of a fit.
 */
#ifndef ONHOLD_SIM_FIT_GROUP_WORDS_H
#define ONHOLD_SIM_FIT_GROUP_WORDS_H

#include "../data/fit_parts.h"

enum fit_group_note {
    GROUP_READY,   /* pauses after contacts */
    GROUP_ALONE,   /* longer ones where nobody waits */
    GROUP_ABSENCE, /* what the spread of the days says */
    GROUP_FOLLOWS, /* busy days have more agents */
    GROUP_NOTES
};

/* The arena's; NULL where there is nothing to say, or memory ran out. */
const char *fit_group_words(struct arena *arena, const oh_fit *fit, const struct fit_group *group,
                            enum fit_group_note note);

#endif
