/* compile_agents.c - groups, what they serve in which order, and who serves each queue.
 */
#include <math.h>
#include <stdlib.h>

#include "compile.h"
#include "plan.h"

/* A group may have the name of a queue; its agents' draws are others than those callers'. */
enum { AGENTS_KEY = 0x5bd1e995 };

struct ranked {
    double rank;
    int priority;
    const struct spec_serves *serves;
};

static int by_rank(const void *pa, const void *pb)
{
    const struct ranked *a = pa, *b = pb;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->priority != b->priority)
        return a->priority < b->priority ? -1 : 1;
    return a->serves->queue < b->serves->queue ? -1 : a->serves->queue > b->serves->queue;
}

static unsigned gcd(unsigned a, unsigned b)
{
    return b ? gcd(b, a % b) : a;
}

static unsigned at_once(const struct spec_serves *sv)
{
    return sv->at_once ? sv->at_once : 1;
}

/* How an agent is divided: the least common multiple of all at_once, so that fractions add up
 * exactly. */
static uint32_t room_of(const struct spec_group *sg)
{
    unsigned room = 1;
    for (size_t i = 0; i < sg->n_serves; i++)
        room = room / gcd(room, at_once(&sg->serves[i])) * at_once(&sg->serves[i]);
    return room;
}

/* From which wait a group may take a queue's contacts, and at which level of preference. A queue
 * without `prefers` has one level. NAN: never. */
static double preference(const struct spec_queue *sq, size_t group, uint32_t *level)
{
    *level = 0;
    for (size_t i = 0; i < sq->prefers; i++)
        if (sq->prefer[i].group == group) {
            *level = (uint32_t)i;
            return sq->prefer[i].after;
        }
    return sq->prefers ? NAN : 0;
}

static void fill_skill(struct model_skill *k, const struct model_group *g,
                       const struct spec_serves *sv)
{
    k->queue = (uint32_t)sv->queue;
    k->room = g->room / at_once(sv);
    k->speed = sv->speed;
    k->paces = sv->paces;
    k->pace = sv->pace;
    k->keep_free = (uint32_t)sv->keep_free;
}

/* Sorts what a group serves into classes: by rank if the group picks by rank (list order where no
 * rank is given), then by the queues' priority. */
static bool compile_skills(struct oh_model *m, const struct spec *s, struct model_group *g,
                           size_t group)
{
    const struct spec_group *sg = &s->group[group];
    size_t n = sg->n_serves;
    struct model_skill *skill = arena_array(&m->arena, n, sizeof *skill);
    struct ranked *r = arena_array(&m->arena, n, sizeof *r);
    if (!skill || !r)
        return false;
    bool any = false;
    for (size_t i = 0; i < n; i++)
        any = any || sg->serves[i].has_rank;
    for (size_t i = 0; i < n; i++) {
        const struct spec_serves *sv = &sg->serves[i];
        double listed = any ? INFINITY : (double)(i + 1);
        r[i].rank = sg->pick != PICK_RANK ? 0 : sv->has_rank ? sv->rank : listed;
        bool classes = sg->pick == PICK_FIRST_COME || sg->pick == PICK_RANK;
        r[i].priority = classes ? m->queue[sv->queue].priority : 0;
        r[i].serves = sv;
    }
    qsort(r, n, sizeof *r, by_rank);
    g->plain_pick = sg->pick == PICK_FIRST_COME || sg->pick == PICK_RANK;
    for (size_t i = 0; i < n; i++) {
        struct model_skill k = {0};
        uint32_t level;
        fill_skill(&k, g, r[i].serves);
        bool same = i > 0 && r[i].rank == r[i - 1].rank && r[i].priority == r[i - 1].priority;
        k.class_ = i == 0 ? 0 : skill[g->skills ? g->skills - 1 : 0].class_ + !same;
        k.after = preference(&s->queue[k.queue], group, &level);
        if (isnan(k.after))
            continue;
        const struct model_queue *q = &m->queue[k.queue];
        if (k.after > 0 || k.keep_free || q->rules->callback.given || q->rules->silent_share > 0 ||
            q->rules->preempt)
            g->plain_pick = false;
        skill[g->skills++] = k;
    }
    g->plain_pick = g->plain_pick && g->single;
    g->skill = skill;
    return true;
}

static bool compile_group(struct oh_model *m, const struct spec *s, struct model_group *g,
                          size_t group)
{
    const struct spec_group *sg = &s->group[group];
    g->name = sg->name;
    g->rules = sg;
    g->key = draw_source(sg->name) ^ AGENTS_KEY;
    g->first_agent = m->agents;
    g->by_line = sg->shifts > 0;
    g->drop = sg->leave == LEAVE_DROP;
    g->cost_per_second = sg->cost;
    g->has_occupancy_target = sg->has_occupancy_target;
    g->occupancy_target = sg->occupancy_target;
    g->room = room_of(sg);
    g->single = g->room == 1;
    g->agents = plan_heads(m, sg);
    m->agents += g->agents;
    return compile_skills(m, s, g, group) && plan_areas(m, g);
}

static int by_level(const void *pa, const void *pb)
{
    const struct model_server *a = pa, *b = pb;
    if (a->level != b->level)
        return a->level < b->level ? -1 : 1;
    return a->group < b->group ? -1 : a->group > b->group;
}

/* Do its agents do nothing but take the next call that they may take? */
static bool is_quick_group(const struct model_group *g)
{
    bool paced = false;
    for (size_t k = 0; k < g->skills; k++)
        paced = paced || g->skill[k].paces > 0;
    return g->plain_pick && !paced && !g->rules->not_ready;
}

/* Can nothing happen to its calls but that they wait, hang up, and are served? */
static bool is_quick_queue(const struct oh_model *m, const struct model_queue *q)
{
    bool quick = q->plain && !q->timed && !q->deferrable && q->rules->backlog == 0 &&
                 q->rules->choose == CHOOSE_LONGEST_IDLE && m->lines == UINT32_MAX;
    for (size_t i = 0; i < q->servers; i++)
        quick = quick && m->group[q->server[i].group].quick;
    return quick;
}

/* The groups that serve each queue, from what each group serves. */
static bool compile_servers(struct oh_model *m)
{
    size_t total = 0;
    size_t *count = arena_array(&m->arena, m->queues, sizeof *count);
    struct model_queue *queue = arena_array(&m->arena, m->queues, sizeof *queue);
    if (!count || !queue)
        return false;
    for (size_t g = 0; g < m->groups; g++)
        for (size_t k = 0; k < m->group[g].skills; k++, total++)
            count[m->group[g].skill[k].queue]++;
    struct model_server *pool = arena_array(&m->arena, total, sizeof *pool);
    if (!pool)
        return false;
    for (size_t q = 0, at = 0; q < m->queues; at += count[q++]) {
        queue[q] = m->queue[q];
        queue[q].server = pool + at;
    }
    for (size_t g = 0; g < m->groups; g++)
        for (size_t k = 0; k < m->group[g].skills; k++) {
            const struct model_skill *sk = &m->group[g].skill[k];
            struct model_queue *q = &queue[sk->queue];
            struct model_server *server = &pool[q->server - pool + (ptrdiff_t)q->servers++];
            *server = (struct model_server){(uint32_t)g, (uint32_t)k, sk->after, 0};
            preference(q->rules, g, &server->level);
            q->timed = q->timed || sk->after > 0;
        }
    for (size_t q = 0; q < m->queues; q++)
        if (queue[q].servers > 1)
            qsort(&pool[queue[q].server - pool], queue[q].servers, sizeof *pool, by_level);
    for (size_t q = 0; q < m->queues; q++)
        queue[q].quick = is_quick_queue(m, &queue[q]);
    m->queue = queue;
    return true;
}

bool compile_agents(struct oh_model *m, const struct spec *s)
{
    struct model_group *group = arena_array(&m->arena, s->groups, sizeof *group);
    if (!group)
        return false;
    m->group = group;
    m->groups = s->groups;
    for (size_t g = 0; g < s->groups; g++) {
        if (!compile_group(m, s, &group[g], g))
            return false;
        group[g].quick = is_quick_group(&group[g]);
    }
    return compile_servers(m);
}
