/* fit_groups.c - who answers whose calls.
 */
#include "fit_parts.h"

size_t agents_group_of(const oh_log *log, const struct log_call *call)
{
    return call->group == UINT8_MAX || !log->has_groups ? 0 : call->group;
}

/* Reports by interval may tell the agents of each queue: the same number everywhere is one pool
 * that all rows name, different numbers are agents of the queue's own. */
static bool own_agents(const oh_log *log)
{
    for (size_t a = 0; a < log->pages && !log->has_calls; a++) {
        for (uint32_t q = 0; q < log->page[a].queue; q++) {
            const struct log_page *b = log_book_page(log, log->page[a].day, q);
            for (size_t s = 0; b && s < log->intervals; s++) {
                double x = log->page[a].cell[s].agents, y = b->cell[s].agents;
                if (x > 0 && y > 0 && x != y)
                    return true;
            }
        }
    }
    return false;
}

/* Whose calls a group answers in a report by interval. */
static void divide_queues(oh_fit *fit, const oh_log *log)
{
    for (size_t g = 0; g < fit->queues; g++) {
        fit->agents.group[g].name = log->queue_name.name[fit->number[g]];
        for (size_t q = 0; q < fit->queues; q++)
            fit->agents.group[g].serves[fit->number[q]] = q == g;
    }
}

/* Who answers whose calls; a queue of which the group answers next to nothing is not its own. */
static bool find_groups(oh_fit *fit, const oh_log *log)
{
    struct fit_agents *a = &fit->agents;
    size_t queues = log->queue_name.count;
    bool own = own_agents(log);
    a->groups = own ? fit->queues : log->has_groups ? log->group_name.count : 1;
    a->group = arena_array(&fit->arena, a->groups, sizeof *a->group);
    double *answered = arena_array(&fit->arena, a->groups * queues, sizeof *answered);
    if (!a->group || !answered)
        return false;
    for (size_t i = 0; i < log->calls; i++) {
        const struct log_call *call = &log->call[i];
        size_t g = agents_group_of(log, call);
        if (call->outcome == OUTCOME_ANSWERED)
            answered[g * queues + call->queue]++;
    }
    for (size_t g = 0; g < a->groups; g++) {
        struct fit_group *group = &a->group[g];
        double all = 0;
        group->serves = arena_array(&fit->arena, queues, sizeof *group->serves);
        group->obliges = arena_array(&fit->arena, queues, sizeof *group->obliges);
        group->name = log->has_groups && !own ? log->group_name.name[g] : "agents";
        if (!group->serves || !group->obliges)
            return false;
        for (size_t q = 0; q < queues; q++)
            all += answered[g * queues + q];
        for (size_t q = 0; q < queues; q++)
            group->serves[q] = a->skill
                                   ? a->skill[g * queues + q]
                                   : !log->has_groups || answered[g * queues + q] > 0.005 * all;
        double **tables[] = {group->seen,  group->distinct, group->effective,
                             group->error, group->count,    group->peak};
        for (size_t t = 0; t < 6; t++)
            for (unsigned w = 0; w < WEEKDAYS; w++)
                if (!(tables[t][w] = arena_array(&fit->arena, fit->calendar.slots, sizeof(double))))
                    return false;
    }
    if (own)
        divide_queues(fit, log);
    return true;
}

bool agents_groups(oh_fit *fit, const oh_log *log)
{
    return find_groups(fit, log) && fit_speeds(fit, log);
}
