/* choose_longest_idle.c - who has nothing in hand, then who holds least; the longest idle among
 * equals.
 */
#include "rules.h"

/* Those with nothing in hand first, then by the number of contacts; the time idle decides. */
struct agent_rank choose_longest_idle(const struct replication *r, uint32_t a)
{
    return (struct agent_rank){r->agent[a].contacts};
}
