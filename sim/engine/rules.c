/* rules.c - the routing rules: one function and one row each.
 *
 * A choose rule says what an agent is compared by (lower first); a pick rule how urgent a queue is
 * for a group (higher first). Ties go to the longest idle agent and the longest waiting contact.
 */
#include "replication.h"

/* Those with nothing in hand first, then by the number of contacts; the time idle decides. */
static struct agent_rank longest_idle(const struct replication *r, uint32_t a)
{
    return (struct agent_rank){r->agent[a].contacts};
}

/* Lowest occupancy so far. */
static struct agent_rank least_busy(const struct replication *r, uint32_t a)
{
    const struct agent *agent = &r->agent[a];
    double on = agent->on_time + (r->now - agent->on_since);
    double busy = agent->busy_time + (agent->contacts ? r->now - agent->busy_since : 0);
    return (struct agent_rank){on > 0 ? busy / on : 0};
}

static double filled(const struct replication *r, uint32_t a)
{
    return (double)r->agent[a].used / r->model->group[r->agent[a].group].room;
}

static struct agent_rank least_loaded(const struct replication *r, uint32_t a)
{
    return (struct agent_rank){filled(r, a)};
}

static struct agent_rank most_loaded(const struct replication *r, uint32_t a)
{
    return (struct agent_rank){-filled(r, a)};
}

/* By number: groups are numbered in file order. */
static struct agent_rank fixed(const struct replication *r, uint32_t a)
{
    (void)r;
    return (struct agent_rank){a};
}

/* `random` counts the candidates instead of comparing them: see routing.c. */
choose_fn *rule_choose(enum choose_rule rule)
{
    static choose_fn *const rules[] = {
        [CHOOSE_LONGEST_IDLE] = longest_idle,
        [CHOOSE_LEAST_BUSY] = least_busy,
        [CHOOSE_LEAST_LOADED] = least_loaded,
        [CHOOSE_MOST_LOADED] = most_loaded,
        [CHOOSE_RANDOM] = NULL,
        [CHOOSE_FIXED] = fixed,
    };
    return rules[rule];
}

/* Classes (rank, then priority) are in the order of the group's skills. */
static double by_class(const struct replication *r, const struct model_group *g,
                       const struct model_skill *skill, const struct call *head)
{
    (void)r, (void)g, (void)head;
    return -(double)skill->class_;
}

static double longest_wait(const struct replication *r, const struct model_group *g,
                           const struct model_skill *skill, const struct call *head)
{
    (void)r, (void)g, (void)skill, (void)head;
    return 0;
}

static double longest_queue(const struct replication *r, const struct model_group *g,
                            const struct model_skill *skill, const struct call *head)
{
    (void)g, (void)head;
    return r->queue[skill->queue].waiting;
}

static double weighted_wait(const struct replication *r, const struct model_group *g,
                            const struct model_skill *skill, const struct call *head)
{
    (void)g;
    return r->model->queue[skill->queue].rules->weight * (r->now - head->joined);
}

/* Waiting less its share of all waiting in the queues that the group serves (Gurvich and Whitt
 * 2009, queue-and-idleness-ratio). */
static double queue_ratio(const struct replication *r, const struct model_group *g,
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

pick_fn *rule_pick(enum pick_rule rule)
{
    static pick_fn *const rules[] = {
        [PICK_FIRST_COME] = by_class,         [PICK_RANK] = by_class,
        [PICK_LONGEST_WAIT] = longest_wait,   [PICK_LONGEST_QUEUE] = longest_queue,
        [PICK_WEIGHTED_WAIT] = weighted_wait, [PICK_QUEUE_RATIO] = queue_ratio,
    };
    return rules[rule];
}
