/* scenario_gen.h - random scenarios: valid text, plain ones and ones that use everything the format
 * knows at once.
 *
 * The same seed gives the same scenario; what a taste changes (length of all times, order of the
 * queues, one queue more) leaves the rest of it alone, so that laws can compare the two.
 */
#ifndef ONHOLD_TESTS_SCENARIO_GEN_H
#define ONHOLD_TESTS_SCENARIO_GEN_H

#include "support.h"

struct taste {
    double stretch;   /* all times are multiplied by it, rates divided; 0 means 1 */
    bool day;         /* an opening; otherwise sometimes steady */
    bool no_ties;     /* no two things at the same instant, but for staff and intervals */
    bool powers;      /* only distributions of which doubled times are exactly doubled */
    unsigned rotate;  /* queues stand in the file from this one on, then the first ones */
    bool spare_queue; /* one more queue that nobody calls, served by the first group */
};

/* Appends to text, which starts zeroed. Queues are called q0, q1, .., groups g0, g1, .. */
void scenario_random(struct text *text, uint64_t seed, const struct taste *taste);

/* The same with all features at once: weeks, shifts and breaks, chat, call-backs, transfers,
 * redials, interruptions, overflow, reserves, every routing rule. */
void scenario_everything(struct text *text, uint64_t seed);

/* The generator's own numbers, for tests that want more of them: uniform on (0, 1). */
double random_uniform(uint64_t *state);
/* From low to high, both included. */
int random_int(uint64_t *state, int low, int high);

#endif
