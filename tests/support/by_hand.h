/* by_hand.h - tiny scenarios of which a person has written down what happens to every call.
 *
 * A story is one line a call, in order of entry:
 *
 *     queue  entered  wait  outcome  agent  left
 *
 * Times in seconds since opening; the agent is "desk/1", "-" (none) or "?" (whoever). After these
 * may follow what is worth a check: "talk 30", "hold 2", "wrap_up 5", "ring 3", "visit 1" (the
 * caller's calls before this one), "caller 2". Every invariant is verified after every event.
 *
 * Figures are one line each: "name metric value", the name being a queue's, a group's or "total";
 * "name[2] metric value" is that of an interval; the value "-" is undefined.
 */
#ifndef ONHOLD_TESTS_BY_HAND_H
#define ONHOLD_TESTS_BY_HAND_H

#include "played.h"

/* The scenario is given without its first two lines (onhold, name). */
#define expect_story(scenario, story) check_story((scenario), (story), __FILE__, __LINE__)
#define expect_figures(scenario, figures)                                                          \
    check_figures((scenario), (figures), NULL, __FILE__, __LINE__)

void check_story(const char *scenario, const char *story, const char *file, int line);
/* Options may be NULL: one replication, counted at entry. */
void check_figures(const char *scenario, const char *figures, const oh_run_options *options,
                   const char *file, int line);

/* The scenario compiled, with the first two lines added. */
struct trial by_hand_trial(const char *scenario);

/* One hour from 08:00 in two intervals; closing is at 3600 s. */
#define HOUR "time: {open: 08:00-09:00, interval: 30 min}\n"
/* One agent, or some, all day. */
#define DESK(count, ...) "agents: {desk: {count: " #count ", serves: " #__VA_ARGS__ "}}\n"

#endif
