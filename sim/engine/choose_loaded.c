/* choose_loaded.c - by how full an agent is: the emptiest or the fullest who still has room.
 */
#include "rules.h"

static double filled(const struct replication *r, uint32_t a)
{
    return (double)r->agent[a].used / r->model->group[r->agent[a].group].room;
}

struct agent_rank choose_least_loaded(const struct replication *r, uint32_t a)
{
    return (struct agent_rank){filled(r, a)};
}

struct agent_rank choose_most_loaded(const struct replication *r, uint32_t a)
{
    return (struct agent_rank){-filled(r, a)};
}
