/* played.h - one replication played with every call's story kept, for tests that look inside.
 */
#ifndef ONHOLD_TESTS_PLAYED_H
#define ONHOLD_TESTS_PLAYED_H

#include "support.h"

#include "../../sim/engine/engine.h"

struct played {
    const oh_model *model;
    struct panel panel; /* closed; one row, or one for each batch of a long run */
    struct call_record *record;
    size_t records, room;
    bool verify;     /* replication_verify after every event */
    uint64_t events; /* seen while verifying */
    uint64_t calls;  /* entered, says the engine */
};

/* Plays replication `number`; the test fails, with `what` in the message, if the replication does,
 * or if `verify` is asked for and an invariant is broken. Records are in order of entry. */
struct played play_one(const oh_model *model, uint32_t seed, uint32_t number, bool verify,
                       const char *what);
/* The same with a look of the test's own after every event (event may be NULL). */
typedef void played_event(void *user, const struct replication *rep);
struct played play_watched(const oh_model *model, uint32_t seed, uint32_t number, bool verify,
                           played_event *event, void *user, const char *what);
void played_free(struct played *played);

/* The replication's own cell of a queue (or group) in a period of the panel. */
const struct queue_cell *played_queue(const struct played *p, size_t queue, size_t period);
const struct group_cell *played_group(const struct played *p, size_t group, size_t period);

#endif
