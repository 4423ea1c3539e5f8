/* pick_class.c - first come by priority, or by rank: the classes into which the model sorted the
 * queues.
 */
#include "rules.h"

/* Classes (rank, then priority) are in the order of the group's skills. */
double pick_class(const struct replication *r, const struct model_group *g,
                  const struct model_skill *skill, const struct call *head)
{
    (void)r, (void)g, (void)head;
    return -(double)skill->class_;
}
