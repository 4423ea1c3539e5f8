/* branch.h - a day with other staff in one interval, played only as far as it differs.
 *
 * The trunk is one replication of a model, with the state kept at the beginning of each interval. A
 * branch is the same replication of a model with other heads in one interval: it begins with the
 * state at the beginning of that interval, and ends where the two days are the same again
 * (likeness.h), since from there on they stay the same. Its tally is what replication_play would
 * give, to the last bit: what is counted are whole numbers, which can be taken apart and put
 * together.
 *
 * Only for models with intervals. The story of calls cannot be told.
 */
#ifndef ONHOLD_SIM_BRANCH_H
#define ONHOLD_SIM_BRANCH_H

#include "engine.h"

struct trunk; /* a worker's; used for one replication after another */

struct trunk *trunk_new(const oh_model *model); /* NULL: no memory */
void trunk_free(struct trunk *trunk);

/* As replication_play; one row. */
oh_status trunk_play(struct trunk *trunk, struct play *play, char message[256]);

/* The same replication with another model, after trunk_play was OH_OK. `other` is the trunk's model
 * with other counts in this interval, in groups without shifts, and with its agents numbered in the
 * same way (model_restaff_numbered). play->calls: what was played. */
oh_status trunk_branch(struct trunk *trunk, const oh_model *other, size_t interval,
                       struct play *play, char message[256]);

#endif
