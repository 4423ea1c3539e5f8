/* fit_groups.c - who answers whose calls, and how fast a group is beside the others.
 */
#include <math.h>
#include <stdlib.h>

#include "fit_parts.h"

size_t agents_group_of(const oh_log *log, const struct log_call *call)
{
    return call->group == UINT8_MAX || !log->has_groups ? 0 : call->group;
}

/* Who answers whose calls; a queue of which the group answers next to nothing is not its own. */
static bool find_groups(oh_fit *fit, const oh_log *log)
{
    struct fit_agents *a = &fit->agents;
    size_t queues = log->queue_name.count;
    a->groups = log->has_groups ? log->group_name.count : 1;
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
        group->speed = 1;
        group->serves = arena_array(&fit->arena, queues, sizeof *group->serves);
        group->obliges = arena_array(&fit->arena, queues, sizeof *group->obliges);
        group->name = log->has_groups ? log->group_name.name[g] : "agents";
        if (!group->serves || !group->obliges)
            return false;
        for (size_t q = 0; q < queues; q++)
            all += answered[g * queues + q];
        for (size_t q = 0; q < queues; q++)
            group->serves[q] = !log->has_groups || answered[g * queues + q] > 0.005 * all;
        double **tables[] = {group->seen, group->distinct, group->effective, group->error,
                             group->count, group->peak};
        for (size_t t = 0; t < 6; t++)
            for (unsigned w = 0; w < WEEKDAYS; w++)
                if (!(tables[t][w] = arena_array(&fit->arena, fit->calendar.slots, sizeof(double))))
                    return false;
    }
    return true;
}

/* How fast a group is beside all that serve the same queues: the mean handling time expected of its
 * calls, over its own. Written only where it is beyond chance and more than a few percent. */
static bool find_speeds(oh_fit *fit, const oh_log *log)
{
    struct fit_agents *a = &fit->agents;
    size_t queues = log->queue_name.count;
    if (a->groups < 2)
        return true;
    double *mean = calloc(2 * queues + 4 * a->groups, sizeof *mean);
    if (!mean)
        return false;
    double *count = mean + queues, *own = count + queues, *expected = own + a->groups;
    double *squares = expected + a->groups, *n = squares + a->groups;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < log->calls; i++) {
            const struct log_call *call = &log->call[i];
            if (call->outcome != OUTCOME_ANSWERED || call->busy == 0 || call->group == UINT8_MAX)
                continue;
            double t = call->busy / 1000.0;
            if (pass == 0) {
                mean[call->queue] += t;
                count[call->queue]++;
            } else {
                own[call->group] += t;
                squares[call->group] += t * t;
                expected[call->group] += mean[call->queue];
                n[call->group]++;
            }
        }
        for (size_t q = 0; pass == 0 && q < queues; q++)
            mean[q] = count[q] > 0 ? mean[q] / count[q] : 0;
    }
    for (size_t g = 0; g < a->groups; g++) {
        if (n[g] < 100)
            continue;
        double m = own[g] / n[g], se = sqrt(fmax(squares[g] / n[g] - m * m, 0) / n[g]);
        double speed = expected[g] / own[g];
        if (fabs(speed - 1) > 0.03 && fabs(speed - 1) > 3 * se / m)
            a->group[g].speed = speed;
    }
    free(mean);
    return true;
}

bool agents_groups(oh_fit *fit, const oh_log *log)
{
    return find_groups(fit, log) && find_speeds(fit, log);
}
