/* pick_weighted_wait.c - the largest weight times wait.
 */
#include "rules.h"

double pick_weighted_wait(const struct replication *r, const struct model_group *g,
                          const struct model_skill *skill, const struct call *head)
{
    (void)g;
    return r->model->queue[skill->queue].rules->weight * (r->now - head->joined);
}
