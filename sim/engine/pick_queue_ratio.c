/* pick_queue_ratio.c - the queue that is farthest above its share of all who wait.
 */
#include "rules.h"

/* Waiting less its share of all waiting in the queues that the group serves (Gurvich and Whitt
 * 2009, queue-and-idleness-ratio). */
double pick_queue_ratio(const struct replication *r, const struct model_group *g,
                        const struct model_skill *skill, const struct call *head)
{
    (void)head;
    double all = 0, ratios = 0;
    for (size_t k = 0; k < g->skills; k++) {
        all += r->queue[g->skill[k].queue].waiting;
        ratios += r->model->queue[g->skill[k].queue].rules->ratio;
    }
    double share = r->model->queue[skill->queue].rules->ratio / ratios;
    return r->queue[skill->queue].waiting - share * all;
}
