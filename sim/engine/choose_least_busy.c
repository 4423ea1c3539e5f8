/* choose_least_busy.c - the agent with the lowest occupancy so far.
 */
#include "rules.h"

/* Lowest occupancy so far. */
struct agent_rank choose_least_busy(const struct replication *r, uint32_t a)
{
    const struct agent *agent = &r->agent[a];
    const struct agent_hours *hours = &r->hours[a];
    double on = hours->on_time + (r->now - hours->on_since);
    double busy = hours->busy_time + (agent->contacts ? r->now - agent->busy_since : 0);
    return (struct agent_rank){on > 0 ? busy / on : 0};
}
