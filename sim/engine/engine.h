/* engine.h - one replication after another, played into a tally.
 */
#ifndef ONHOLD_SIM_ENGINE_H
#define ONHOLD_SIM_ENGINE_H

#include <onhold/run.h>

#include "../model/model.h"
#include "../stats/panel.h"

struct replication; /* a worker's state; reset, not freed, between replications */

/* The story of one call: what trace writes. Times in seconds since opening. */
struct call_record {
    uint64_t call;   /* from 1, in order of entry over all queues */
    uint64_t caller; /* from 1; the caller's number for his later calls */
    uint64_t draw;   /* his number among the callers of his source, from 0: keys his draws */
    uint32_t visit;  /* his calls before this one */
    uint32_t attempt, queue;
    double arrived;
    double joined;   /* the line: after self-service */
    double patience; /* INFINITY: never */
    double wait, ring;
    const char *outcome; /* "answered", "abandoned", "balked", "blocked", "cut_off", "left_over" */
    long group, agent;   /* -1: none; agent from 1 within the group */
    double talk, hold, wrap_up; /* as elapsed; 0 if not answered */
    double ended;               /* when the caller left */
};

struct probe {
    void *user;
    /* Each call when it is over (an answered one when its wrap-up is), in steady mode those outside
     * the window as well: all that entered up to its end are told; may be NULL. */
    void (*call)(void *user, const struct call_record *record);
    /* After each event; may be NULL. For tests: replication_verify. */
    void (*event)(void *user, const struct replication *rep);
};

struct replication *replication_new(const oh_model *model); /* NULL: no memory */
void replication_free(struct replication *rep);

/* Plays replication `number` of `seed` into zeroed tallies, one a batch of a long run (`rows`),
 * otherwise one, and into empty histograms, [rows][queues + 1] each. OH_LIMIT, OH_BROKEN: message
 * says what and when. */
struct play {
    uint32_t seed, number;
    oh_count_at count_at;
    oh_engine engine; /* POOL only for a model that allows it; with a probe always GENERAL */
    bool eager;       /* for tests: the end of patience is always an event (lazy.c) */
    size_t rows;
    const struct tally *tally; /* [rows] */
    struct histogram *answered, *abandoned, *other;
    const struct probe *probe; /* may be NULL */
    uint64_t calls;            /* out: entered */
};
oh_status replication_play(struct replication *rep, struct play *play, char message[256]);

/* Every structural invariant; NULL if all hold, else which one fails. */
const char *replication_verify(const struct replication *rep);
double replication_now(const struct replication *rep);
/* Waiting calls of a queue; agents of a group on duty, and of them holding a contact. */
uint32_t replication_waiting(const struct replication *rep, size_t queue);
uint32_t replication_on_duty(const struct replication *rep, size_t group, uint32_t *busy);

#endif
