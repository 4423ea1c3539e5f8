/* draw.h - uniform numbers keyed by identity: who draws, and for what.
 *
 * Philox key = (seed, replication); counter = (caller, source, visit, purpose). Nobody else's
 * draws move when a queue, an agent or a feature is added, and two scenarios that share callers
 * share their draws (common random numbers). One Philox block holds two uniforms of 52 bits, so
 * purposes come in pairs.
 */
#ifndef ONHOLD_SIM_DRAW_H
#define ONHOLD_SIM_DRAW_H

#include <stddef.h>
#include <stdint.h>

/* What a draw is for. Two purposes of one line share a block (purpose / 2). New ones go at the
 * end: the order is part of what a seed means. */
enum purpose {
    DRAW_ARRIVAL,
    DRAW_TALK,
    DRAW_PATIENCE,
    DRAW_BALK,
    DRAW_HOLD,
    DRAW_WRAP_UP,
    DRAW_RING,
    DRAW_MIX, /* which queue of a demand */
    DRAW_SELF_TIME,
    DRAW_SELF_RESOLVES,
    DRAW_REDIAL,
    DRAW_REDIAL_DELAY,
    DRAW_UNRESOLVED,
    DRAW_RETURN_DELAY,
    DRAW_TRANSFER,
    DRAW_WARM,
    DRAW_SILENT,
    DRAW_WASTE,
    DRAW_ACCEPT, /* a call-back */
    DRAW_ANSWERS,
    DRAW_RETRY,
    DRAW_CHOOSE, /* an agent at random */
    DRAW_NOT_READY,
    DRAW_NOT_READY_TIME,
    DRAW_ABSENT, /* from here on of agents and sources, not of callers */
    DRAW_LATE,
    DRAW_BUSYNESS,
    DRAW_NOISE,
    DRAW_GROUP_GAP, /* arrivals in groups */
    DRAW_GROUP_SIZE,
    DRAW_PURPOSES
};

/* Who draws. */
struct draw_key {
    uint32_t seed, replication;
    uint32_t source; /* of callers: draw_source(name) */
    uint32_t visit;  /* 0 for a fresh call, 1.. for the caller's later calls; < 65536 */
};

/* A number for a source's name, so that file order does not matter: FNV-1a. */
uint32_t draw_source(const char *name);

/* Uniforms for callers first .. first + n - 1 (below 2^48), strictly inside (0, 1), on a grid of
 * odd multiples of 2^-53, so that 1 - u is exact. u0[i] is for purpose 2 * block, u1[i] for
 * 2 * block + 1. part: 0, or 1.. for the further independent draws of a compound distribution. */
void draw_block(const struct draw_key *key, uint32_t block, uint32_t part, uint64_t first, size_t n,
                double *u0, double *u1);

/* One of them. */
double draw_one(const struct draw_key *key, enum purpose purpose, uint32_t part, uint64_t caller);
/* The number of an even purpose (part 0) and that of the one after it, for the price of one. */
void draw_two(const struct draw_key *key, enum purpose purpose, uint64_t caller, double u[2]);

#endif
