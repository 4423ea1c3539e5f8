/* compile_pool.c - is the scenario one pool of agents, served first come first, with nothing that
 * would need an event list? Then the engine has a shorter way (engine/pool.h).
 */
#include <math.h>

#include "compile.h"

/* The rest of the room for calls is for those who wait. */
enum { MOST_AGENTS = MODEL_MAX_PRESENT / 2 };

static const char *queue_obstacle(const struct model_queue *q)
{
    if (!q->plain || q->rules->backlog > 0)
        return "its callers do more than wait and hang up";
    if (q->deferrable)
        return "its contacts can wait for the next day";
    if (!(q->mean_handling > 0) || !isfinite(q->mean_handling))
        return "its handling takes no time";
    return q->servers != 1 || q->timed ? "its agents do not serve the queue at all times" : NULL;
}

static const char *group_obstacle(const struct model_group *g)
{
    const struct spec_group *rules = g->rules;
    if (!g->single || g->skill[0].paces > 0)
        return "its agents hold several contacts at once";
    if (g->by_line)
        return "its agents work shifts of their own";
    if (rules->absence > 0 || rules->late || rules->not_ready)
        return "its agents are absent, late or not ready at times";
    if (g->skill[0].keep_free > 0)
        return "its agents are kept free";
    if (g->drop)
        return "its agents drop their contacts";
    return g->agents > MOST_AGENTS ? "it has too many agents" : NULL;
}

/* Is anybody planned while the doors are closed, later than that day? */
static bool works_at_night(const struct oh_model *m)
{
    uint32_t planned = 0;
    for (size_t i = 0; i < m->plans; i++) {
        const struct model_plan *item = &m->plan[i];
        uint32_t day = item->opening;
        bool staff = item->kind == PLAN_STAFF_UP || item->kind == PLAN_STAFF_DOWN;
        planned = staff ? item->target : planned;
        if (item->time > m->opening[day].closes)
            return true;
        if (day > 0 && item->time <= m->opening[day - 1].closes)
            return true;
        if (item->kind == PLAN_CLOSE && day + 1 < m->openings && planned > 0)
            return true;
    }
    return false;
}

static const char *clock_obstacle(const struct oh_model *m)
{
    if (m->carry_over)
        return "its callers wait on after closing";
    for (size_t d = 0; d < m->openings; d++)
        if (m->opening[d].joined)
            return "it does not close between two days";
    return works_at_night(m) ? "its agents are planned beyond closing" : NULL;
}

const char *compile_pool(const struct oh_model *m)
{
    const char *obstacle = NULL;
    if (m->queues != 1 || m->groups != 1)
        return "it has more than one queue or more than one group of agents";
    if (m->sources != 1 || m->source[0].mixes > 0)
        return "its calls come from more than one source";
    if (m->lines != UINT32_MAX)
        return "it limits the lines";
    obstacle = queue_obstacle(&m->queue[0]);
    if (!obstacle)
        obstacle = group_obstacle(&m->group[0]);
    return obstacle ? obstacle : clock_obstacle(m);
}
