/* pick_longest_wait.c - the longest waiting, whatever its queue.
 */
#include "rules.h"

double pick_longest_wait(const struct replication *r, const struct model_group *g,
                         const struct model_skill *skill, const struct call *head)
{
    (void)r, (void)g, (void)skill, (void)head;
    return 0;
}
