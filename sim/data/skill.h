/* skill.h - does somebody answer a queue's calls, or only stray ones?
 *
 * `took`: how many of them he answered. `fair`: how many that would be if he took calls of all
 * queues like everybody, in proportion to how many there are.
 */
#ifndef ONHOLD_SIM_SKILL_H
#define ONHOLD_SIM_SKILL_H

#include <stdbool.h>

/* Less than this share of `fair` is stray calls. */
#define SKILL_STRAY 0.15

static inline bool skill_has(double took, double fair)
{
    return took >= 2 && took >= SKILL_STRAY * fair;
}

/* Not merely too few calls to tell: of 8, one or none is no chance (0.3 %). */
static inline bool skill_lacks(double took, double fair)
{
    return fair >= 8 && took < SKILL_STRAY * fair;
}

#endif
