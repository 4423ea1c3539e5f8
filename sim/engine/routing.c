/* routing.c - the two decisions of a call centre, on a view that they cannot change: which agent
 * for a contact, which contact for an agent.
 *
 * The one idea: what may be taken (allowed, room, held back) is the same question in both
 * directions and is asked in one place each; rules only compare what is left.
 */
#include "replication.h"

bool routing_allows(const struct replication *r, uint32_t group, const struct model_skill *skill,
                    const struct call *call)
{
    /* As the event that was set for it computes it, so that the two agree to the last bit. */
    if (skill->after > 0 && call->joined + skill->after > r->now)
        return false;
    /* After closing a deferrable contact keeps nobody at work beyond his plan. */
    return !past_closing(r) || !r->model->queue[skill->queue].deferrable ||
           r->group[group].over < (r->model->group[group].by_line ? r->group[group].on_duty : 1);
}

/* Are so many agents idle who may take a call-back of this queue? */
static bool enough_idle(const struct replication *r, const struct call *call)
{
    const struct model_queue *q = &r->model->queue[call->queue];
    double need = q->rules->callback.dial_when_free, idle = 0;
    if (need <= 1)
        return true;
    for (size_t i = 0; i < q->servers; i++) {
        uint32_t group = q->server[i].group;
        const struct model_skill *skill = &r->model->group[group].skill[q->server[i].skill];
        if (routing_allows(r, group, skill, call))
            idle += r->group[group].idle;
    }
    return idle >= need;
}

/* ---- an agent for a contact ---- */

/* Longest idle first: the lists are in that order, and groups are compared by their heads. Ties:
 * the lower agent number, since groups are numbered in file order. */
static bool idler(const struct replication *r, uint32_t a, uint32_t b)
{
    return b == NONE || r->agent[a].idle_since < r->agent[b].idle_since ||
           (r->agent[a].idle_since == r->agent[b].idle_since && a < b);
}

struct choice {
    const struct replication *r;
    choose_fn *rank; /* NULL: at random */
    uint32_t best, candidates;
    struct agent_rank best_rank;
    uint32_t wanted; /* at random: the candidate to take; NONE while counting */
    bool idle_only;  /* a call-back is dialled by somebody with nothing in hand */
};

static void consider(struct choice *ch, uint32_t a)
{
    if (ch->idle_only && ch->r->agent[a].contacts > 0)
        return;
    if (!ch->rank) {
        if (ch->candidates++ == ch->wanted)
            ch->best = a;
        return;
    }
    struct agent_rank rank = ch->rank(ch->r, a);
    if (ch->best == NONE || rank.first < ch->best_rank.first ||
        (rank.first == ch->best_rank.first && idler(ch->r, a, ch->best))) {
        ch->best = a;
        ch->best_rank = rank;
    }
}

/* All agents of a group who can take the contact. */
static void consider_group(struct choice *ch, const struct model_server *server)
{
    const struct model_group *g = &ch->r->model->group[server->group];
    const struct model_skill *skill = &g->skill[server->skill];
    if (g->single)
        for (uint32_t a = ch->r->group[server->group].idle_head; a != NONE;
             a = ch->r->agent[a].next) {
            if (agent_can_take(ch->r, a, skill))
                consider(ch, a);
        }
    else
        for (uint32_t a = g->first_agent; a < g->first_agent + g->agents; a++)
            if (agent_can_take(ch->r, a, skill))
                consider(ch, a);
}

static uint32_t choose_at_level(const struct replication *r, const struct call *call, size_t from,
                                size_t to, uint32_t wanted, uint32_t *candidates)
{
    const struct model_queue *q = &r->model->queue[call->queue];
    enum choose_rule rule = q->rules->choose;
    struct choice ch = {.r = r,
                        .rank = rule_choose(rule),
                        .best = NONE,
                        .wanted = wanted,
                        .idle_only = call->state == CALL_PENDING};
    for (size_t i = from; i < to; i++) {
        const struct model_server *server = &q->server[i];
        const struct model_group *g = &r->model->group[server->group];
        const struct model_skill *skill = &g->skill[server->skill];
        if (!routing_allows(r, server->group, skill, call))
            continue;
        uint32_t head = r->group[server->group].idle_head;
        if (rule == CHOOSE_LONGEST_IDLE && g->single && !skill->keep_free) {
            if (head != NONE)
                consider(&ch, head);
        } else {
            consider_group(&ch, server);
        }
    }
    *candidates = ch.candidates;
    return ch.best;
}

uint32_t routing_choose(const struct replication *r, uint32_t c)
{
    const struct call *call = &r->call[c];
    const struct model_queue *q = &r->model->queue[call->queue];
    /* Mostly there is one group whose agents hold one contact each: whoever is idle longest. */
    if (q->servers == 1 && q->rules->choose == CHOOSE_LONGEST_IDLE) {
        uint32_t group = q->server[0].group;
        const struct model_group *g = &r->model->group[group];
        const struct model_skill *skill = &g->skill[q->server[0].skill];
        if (g->single && !skill->keep_free)
            return routing_allows(r, group, skill, call) ? r->group[group].idle_head : NONE;
    }
    for (size_t from = 0, to; from < q->servers; from = to) {
        uint32_t candidates = 0;
        for (to = from; to < q->servers && q->server[to].level == q->server[from].level;)
            to++;
        uint32_t a = choose_at_level(r, call, from, to, NONE, &candidates);
        if (candidates > 0) {
            double u = call_uniform(r, call, DRAW_CHOOSE);
            a = choose_at_level(r, call, from, to, (uint32_t)(u * candidates), &candidates);
        }
        if (a != NONE)
            return a;
    }
    return NONE;
}

/* ---- a contact for an agent ---- */

/* The call of this queue that the agent would take: the first in line, or a pending call-back that
 * ranks before it. */
static uint32_t candidate(const struct replication *r, uint32_t a, const struct model_skill *skill)
{
    const struct queue_state *q = &r->queue[skill->queue];
    const struct spec_callback *cb = &r->model->queue[skill->queue].rules->callback;
    uint32_t group = r->agent[a].group, live = q->line.head, back = q->callbacks.head;
    if (live != NONE && !routing_allows(r, group, skill, &r->call[live]))
        live = NONE;
    if (back == NONE || past_closing(r) || r->agent[a].contacts > 0 ||
        !routing_allows(r, group, skill, &r->call[back]) || !enough_idle(r, &r->call[back]))
        return live;
    if (live == NONE)
        return back;
    return cb->keep && r->call[back].joined < r->call[live].joined ? back : live;
}

/* `place: last`: only when no live call waits, in any queue, that the agent may take. */
static bool must_wait_for_live(const struct replication *r, uint32_t c)
{
    const struct call *call = &r->call[c];
    return call->state == CALL_PENDING && !r->model->queue[call->queue].rules->callback.keep;
}

static uint32_t pick_by_rule(const struct replication *r, uint32_t a, bool last)
{
    const struct model_group *g = &r->model->group[r->agent[a].group];
    pick_fn *urgency = rule_pick(g->rules->pick);
    uint32_t best = NONE;
    double most = 0;
    for (size_t k = 0; k < g->skills; k++) {
        const struct model_skill *skill = &g->skill[k];
        const struct queue_state *q = &r->queue[skill->queue];
        if ((q->line.head == NONE && q->callbacks.head == NONE) || !agent_can_take(r, a, skill))
            continue;
        uint32_t c = candidate(r, a, skill);
        if (c == NONE || must_wait_for_live(r, c) != last)
            continue;
        double u = urgency(r, g, skill, &r->call[c]);
        if (best == NONE || u > most || (u == most && r->call[c].joined < r->call[best].joined)) {
            best = c;
            most = u;
        }
    }
    return best;
}

/* The first class that has somebody waiting; within it the longest waiting. Ties: file order. */
static uint32_t pick_plain(const struct replication *r, uint32_t a)
{
    uint32_t group = r->agent[a].group;
    const struct model_group *g = &r->model->group[group];
    uint32_t best = NONE;
    for (size_t k = 0; k < g->skills; k++) {
        const struct model_skill *skill = &g->skill[k];
        if (best != NONE && skill->class_ != g->skill[k - 1].class_)
            break;
        uint32_t c = r->queue[skill->queue].line.head;
        if (c == NONE || !routing_allows(r, group, skill, &r->call[c]) ||
            agent_is_done(r, a, skill->queue))
            continue;
        if (best == NONE || r->call[c].joined < r->call[best].joined)
            best = c;
    }
    return best;
}

uint32_t routing_pick(const struct replication *r, uint32_t a)
{
    uint32_t group = r->agent[a].group;
    if (r->model->group[group].plain_pick)
        return pick_plain(r, a);
    uint32_t c = pick_by_rule(r, a, false);
    return c != NONE ? c : pick_by_rule(r, a, true);
}

void routing_rematch(struct replication *r, uint32_t queue)
{
    struct queue_state *q = &r->queue[queue];
    while (q->line.head != NONE) {
        uint32_t a = routing_choose(r, q->line.head);
        if (a == NONE)
            break;
        call_assign(r, q->line.head, a);
    }
    while (q->callbacks.head != NONE && !past_closing(r) &&
           enough_idle(r, &r->call[q->callbacks.head])) {
        uint32_t a = routing_choose(r, q->callbacks.head);
        if (a == NONE)
            break;
        call_assign(r, q->callbacks.head, a);
    }
}
