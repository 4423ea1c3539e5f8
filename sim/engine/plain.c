/* plain.c - the short way through the general engine: a call to which nothing special can happen,
 * served by agents to whom nothing special happens.
 *
 * The one idea: where the model says so (queue->quick, group->quick), an arrival, and the end of a
 * service, are what calls.c, service.c, routing.c and agents.c would do, written out for the case
 * that they meet nearly always. The state between two events is the same, so any event may go the
 * long way instead, and does as soon as anything is out of the ordinary.
 */
#include "replication.h"

/* The longest idle agent who may take a call of this queue: by level of preference. */
static uint32_t idle_agent(const struct replication *r, const struct model_queue *q,
                           uint32_t *skill)
{
    uint32_t best = NONE;
    for (size_t i = 0; i < q->servers; i++) {
        const struct model_server *server = &q->server[i];
        uint32_t a = r->group[server->group].idle_head;
        if (best != NONE && server->level != q->server[i - 1].level)
            break;
        if (a == NONE)
            continue;
        if (best == NONE || r->agent[a].idle_since < r->agent[best].idle_since ||
            (r->agent[a].idle_since == r->agent[best].idle_since && a < best)) {
            best = a;
            *skill = server->skill;
        }
    }
    return best;
}

/* The call that an agent of this group takes next: the first class that has somebody waiting, in
 * it the longest waiting. */
static uint32_t next_call(const struct replication *r, const struct model_group *g, uint32_t *skill)
{
    uint32_t best = NONE;
    for (uint32_t k = 0; k < g->skills; k++) {
        if (best != NONE && g->skill[k].class_ != g->skill[k - 1].class_)
            break;
        uint32_t c = r->queue[g->skill[k].queue].line.head;
        if (c == NONE)
            continue;
        if (best == NONE || r->call[c].joined < r->call[best].joined) {
            best = c;
            *skill = k;
        }
    }
    return best;
}

/* The call, in no state yet, is given to an agent who has nothing in hand, and answered at once.
 * What the agent and his group count is done already. */
static inline void begins(struct replication *r, uint32_t c, uint32_t a, uint32_t skill)
{
    struct call *call = &r->call[c];
    struct agent *agent = &r->agent[a];
    const struct model_group *g = &r->model->group[agent->group];
    double speed = g->skill[skill].speed;
    agent->contact = c;
    call->prev = call->next = NONE;
    call->agent = a;
    call->skill = skill;
    call->assignment = r->assignments++;
    call->answered = r->now;
    call->outcome = OUTCOME_ANSWERED;
    call->state = CALL_TALKING;
    call->caller_served = true;
    if (speed != 1) {
        call->talk /= speed;
        call->hold /= speed;
        call->wrap_up /= speed;
    }
    if (call->caller_counted)
        sums_queue(&r->sums, r->model, call->first_row, call->first_queue, call->first_period)
            ->callers_served++;
    r->queue[call->queue].in_talk++;
    evq_push(&r->evq, c, r->now + (call->talk + call->hold),
             evq_key(RANK_SERVICE, call->assignment));
}

/* A slot for a fresh call of a plain source. What it held before was mostly such a call, too, which
 * leaves most of it as it must be. */
static uint32_t slot_for(struct replication *r)
{
    uint32_t c = r->free_call;
    if (c == NONE || !r->call[c].quick)
        return NONE;
    struct call *call = &r->call[c];
    r->free_call = call->next;
    r->calls_present++;
    call->wait = 0;
    call->gives_up = INFINITY;
    call->next = call->prev = call->agent = NONE;
    call->delayed = call->caller_served = call->scored = call->dropped = false;
    return c;
}

static void fill(struct replication *r, uint32_t c, const struct source_state *s, uint32_t pos)
{
    struct call *call = &r->call[c];
    bool window = !r->model->steady || (r->now >= r->model->warm_up && r->now <= r->model->close);
    call->number = r->numbers++;
    call->caller = r->callers++;
    call->draw = s->first + pos;
    call->entered = call->joined = r->now;
    call->row = call->first_row = r->row;
    call->period = call->first_period = r->model->steady ? 0 : r->period;
    call->first_queue = call->queue;
    call->counted = call->caller_counted = window;
    r->followed += window;
    call->patience = s->patience[pos];
    call->ring = s->ring[pos];
    call->talk = s->talk[pos];
    call->hold = s->hold[pos];
    call->wrap_up = s->wrap_up[pos];
}

uint32_t plain_call(struct replication *r, const struct model_source *m,
                    const struct source_state *s, uint32_t pos)
{
    uint32_t c = slot_for(r);
    if (c == NONE) {
        c = call_new(r, m->queue, CALL_ENTERING);
        if (c == NONE)
            return NONE;
    }
    struct call *call = &r->call[c];
    call->queue = m->queue;
    call->source_key = m->key;
    call->state = CALL_ENTERING;
    call->outcome = OUTCOME_NONE;
    call->quick = true;
    fill(r, c, s, pos);
    return c;
}

/* To the end of the line: nobody there joined later than now. */
static void lines_up(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    struct queue_state *q = &r->queue[call->queue];
    call->state = CALL_WAITING;
    call->prev = q->line.tail;
    if (q->line.tail == NONE)
        q->line.head = c;
    else
        r->call[q->line.tail].next = c;
    q->line.tail = c;
    q->in_line++;
    r->live++;
    score_waiting(r, q, 1);
    level_step(r, &q->present, &q->present_area, 1);
    call->gives_up = call->joined + call->patience;
    if (call->gives_up < INFINITY)
        evq_push(&r->evq, c, call->gives_up, evq_key(RANK_PATIENCE, call->number));
}

static void must_wait(struct replication *r, uint32_t c, double balk)
{
    struct call *call = &r->call[c];
    const struct model_queue *q = &r->model->queue[call->queue];
    call->delayed = true;
    if (r->queue[call->queue].in_line >= q->capacity)
        call_leaves(r, c, OUTCOME_BLOCKED);
    else if (balk < q->balk)
        call_leaves(r, c, OUTCOME_BALKED);
    else
        lines_up(r, c);
}

void plain_arrives(struct replication *r, uint32_t c, double balk)
{
    struct call *call = &r->call[c];
    struct queue_state *q = &r->queue[call->queue];
    uint32_t skill = 0;
    if (call->ring > 0) {
        call_joins(r, c, balk);
        return;
    }
    uint32_t a = idle_agent(r, &r->model->queue[call->queue], &skill);
    if (a == NONE) {
        must_wait(r, c, balk);
        return;
    }
    struct agent *agent = &r->agent[a];
    struct group_state *g = &r->group[agent->group];
    agent_stops_idling(r, a);
    agent->contacts = 1;
    agent->used = r->model->group[agent->group].room;
    agent->busy_since = r->now;
    level_step(r, &g->busy, &g->busy_area, 1);
    level_step(r, &g->contacts, &g->contact_area, 1);
    level_step(r, &q->present, &q->present_area, 1);
    r->live++;
    begins(r, c, a, skill);
}

/* From the line to this agent, who has just put a call down and so stays busy. */
static void takes_next(struct replication *r, uint32_t c, uint32_t a, uint32_t skill)
{
    struct call *call = &r->call[c];
    struct queue_state *q = &r->queue[call->queue];
    line_remove(r, &q->line, c);
    if (evq_has(&r->evq, c))
        evq_cancel(&r->evq, c);
    level_step(r, &q->waiting, &q->waiting_area, -1);
    r->waiting--;
    q->in_line--;
    call->wait = r->now - call->joined;
    begins(r, c, a, skill);
}

bool plain_service_ends(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    if (!call->quick || call->state != CALL_TALKING || call->wrap_up > 0 || past_closing(r))
        return false;
    uint32_t a = call->agent, skill = 0;
    struct agent *agent = &r->agent[a];
    struct group_state *g = &r->group[agent->group];
    const struct model_group *m = &r->model->group[agent->group];
    if (!m->quick || g->leaving > 0 || agent->ended || agent->break_due)
        return false;
    uint32_t next = next_call(r, m, &skill);
    if (next != NONE &&
        (!r->call[next].quick || r->call[next].state != CALL_WAITING || r->call[next].ring > 0))
        return false;
    evq_cancel(&r->evq, c);
    struct queue_state *q = &r->queue[call->queue];
    call->left = r->now;
    call->exit_period = r->period;
    call->state = CALL_OVER;
    q->in_talk--;
    r->live--;
    level_step(r, &q->present, &q->present_area, -1);
    if (!call->scored)
        call_counts(r, c);
    r->calls_present--;
    call->next = r->free_call;
    r->free_call = c;
    if (next != NONE) {
        agent->busy_time += r->now - agent->busy_since;
        agent->busy_since = r->now;
        takes_next(r, next, a, skill);
        return true;
    }
    agent->contact = NONE;
    agent->contacts = agent->used = 0;
    agent->busy_time += r->now - agent->busy_since;
    level_step(r, &g->busy, &g->busy_area, -1);
    level_step(r, &g->contacts, &g->contact_area, -1);
    agent_idles(r, a);
    return true;
}
