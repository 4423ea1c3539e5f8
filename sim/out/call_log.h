/* call_log.h - one replication played again with somebody watching: the very one that run plays.
 */
#ifndef ONHOLD_SIM_CALL_LOG_H
#define ONHOLD_SIM_CALL_LOG_H

#include "../engine/engine.h"

/* Calls in order of entry; those that entered after the end of a steady window are left out. Zero
 * it first, free `record` last. */
struct call_log {
    struct call_record *record;
    size_t count, room;
    double last; /* no call that entered later is kept; set by replay */
    bool failed;
};

/* Keeps a call in the log `user`: a probe's `call`. */
void call_log_keep(void *user, const struct call_record *record);

/* Plays; probe->call is to be call_log_keep with the log as user, or to call it. message holds 256
 * bytes. */
oh_status replay(const oh_model *model, uint32_t seed, uint32_t replication,
                 const struct probe *probe, struct call_log *log, char *message);

#endif
