/* pick_longest_queue.c - from the queue in which most wait.
 */
#include "rules.h"

double pick_longest_queue(const struct replication *r, const struct model_group *g,
                          const struct model_skill *skill, const struct call *head)
{
    (void)g, (void)head;
    return r->queue[skill->queue].waiting;
}
