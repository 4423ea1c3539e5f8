/* plain.c - the short way through the general engine: a call to which nothing special can happen,
 * served by agents to whom nothing special happens.
 *
 * The one idea: where the model says so (queue->quick, group->quick), an arrival, the end of a
 * service and the end of patience are what sources.c, calls.c, service.c, routing.c and agents.c
 * would do, written out for the case that they meet nearly always. The state between two events is
 * the same, so any event may go the long way instead, and does as soon as anything is out of the
 * ordinary.
 */
#include "replication.h"

#define SHORT             static inline __attribute__((always_inline))
#define RARELY(condition) __builtin_expect(condition, 0)

/* The longest idle agent who may take a call of this queue: by level of preference. */
SHORT uint32_t idle_agent(const struct replication *r, const struct queue_state *q,
                          const struct model_server **by)
{
    uint32_t best = NONE;
    for (const struct model_server *server = q->server; server < q->servers_end; server++) {
        uint32_t a = r->group[server->group].idle_head;
        if (best != NONE && server->level != server[-1].level)
            break;
        if (a == NONE)
            continue;
        if (best == NONE || r->agent[a].idle_since < r->agent[best].idle_since ||
            (r->agent[a].idle_since == r->agent[best].idle_since && a < best)) {
            best = a;
            *by = server;
        }
    }
    return best;
}

/* The call that an agent of this group takes next: the first class that has somebody waiting, in
 * it the longest waiting. */
SHORT uint32_t next_call(const struct replication *r, const struct group_state *g,
                         const struct model_skill **by)
{
    uint32_t best = NONE;
    for (const struct model_skill *skill = g->skill; skill < g->skills_end; skill++) {
        if (best != NONE && skill->class_ != skill[-1].class_)
            break;
        uint32_t c = r->queue[skill->queue].line.head;
        if (c == NONE)
            continue;
        if (best == NONE || r->call[c].joined < r->call[best].joined) {
            best = c;
            *by = skill;
        }
    }
    return best;
}

/* The call, in no state yet, is given to an agent who has nothing in hand, and answered at once.
 * What the agent and his group count is done already. */
SHORT void begins(struct replication *r, uint32_t c, struct call *call, struct queue_state *q,
                  uint32_t a, uint32_t skill, double speed)
{
    r->agent[a].contact = c;
    call->prev = call->next = NONE;
    call->agent = a;
    call->skill = skill;
    call->answered = r->now;
    call->outcome = OUTCOME_ANSWERED;
    call->state = CALL_TALKING;
    call->caller_served = true;
    if (RARELY(speed != 1)) {
        call->talk /= speed;
        call->hold /= speed;
        call->wrap_up /= speed;
    }
    if (call->caller_counted)
        sums_queue(&r->sums, r->model, call->row, call->queue, call->period)->callers_served++;
    q->in_talk++;
    call->assignment = r->assignments++;
    evq_push(&r->evq, c, r->now + (call->talk + call->hold),
             evq_key(RANK_SERVICE, call->assignment));
}

/* ---- arriving ---- */

/* To the end of the line: nobody there joined later than now. */
SHORT void lines_up(struct replication *r, uint32_t c, struct call *call, struct queue_state *q)
{
    call->state = CALL_WAITING;
    call->agent = call->next = NONE;
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
    call->gives_up = r->now + call->patience;
    if (call->gives_up < INFINITY)
        evq_push(&r->evq, c, call->gives_up, evq_key(RANK_PATIENCE, call->number));
}

SHORT void must_wait(struct replication *r, uint32_t c, struct call *call, struct queue_state *q,
                     double balk)
{
    call->delayed = true;
    if (RARELY(q->in_line >= q->capacity || balk < q->balk)) {
        call->agent = call->next = call->prev = NONE;
        call_leaves(r, c, q->in_line >= q->capacity ? OUTCOME_BLOCKED : OUTCOME_BALKED);
    } else {
        lines_up(r, c, call, q);
    }
}

/* The longest idle of his group begins to work. */
SHORT void starts_work(struct replication *r, uint32_t a, struct group_state *g)
{
    struct agent *agent = &r->agent[a];
    uint32_t next = agent->next;
    agent->idle = false;
    g->idle--;
    g->idle_head = next;
    if (next == NONE)
        g->idle_tail = NONE;
    else
        r->agent[next].prev = NONE;
    agent->contacts = agent->used = 1; /* each contact fills him */
    agent->busy_since = r->now;
    level_step(r, &g->busy, &g->busy_area, 1);
}

/* A slot that was such a call's before, which leaves most of it as it must be; or any. */
SHORT uint32_t slot_for(struct replication *r)
{
    uint32_t c = r->free_call;
    if (RARELY(c == NONE || !r->call[c].quick))
        return call_new(r, 0, CALL_ENTERING);
    r->free_call = r->call[c].next;
    r->calls_present++;
    return c;
}

/* What callers[pos] of the source brings along. */
SHORT void enters(struct replication *r, struct call *call, const struct source_state *s,
                  uint32_t pos)
{
    bool window = in_window(r);
    call->joined = call->entered = r->now;
    call->talk = s->talk[pos];
    call->hold = s->hold[pos];
    call->wrap_up = s->wrap_up[pos];
    call->wait = 0;
    call->patience = s->patience[pos];
    call->queue = s->queue;
    call->row = r->row;
    call->period = r->period;
    call->state = CALL_ENTERING;
    call->outcome = OUTCOME_NONE;
    call->cause = CAUSE_FRESH;
    call->quick = true;
    call->delayed = call->caller_served = call->scored = call->dropped = false;
    call->counted = call->caller_counted = window;
    call->number = r->numbers++;
    r->callers++;
    if (RARELY(r->tells)) {
        call->caller = r->callers - 1;
        call->draw = s->first + pos;
        call->source_key = s->key;
    }
    r->followed += window;
}

SHORT bool arrives(struct replication *r, double now)
{
    struct source_state *s = &r->source[r->source_heap[0]];
    uint32_t pos = s->pos;
    struct queue_state *q = &r->queue[s->queue];
    if (RARELY(!s->quick))
        return false;
    set_now(r, now);
    uint32_t c = slot_for(r);
    if (RARELY(c == NONE))
        return false;
    struct call *call = &r->call[c];
    double balk = s->balk[pos];
    enters(r, call, s, pos);
    if (RARELY(r->sources_left > 1 || pos + 1 == BATCH || s->at[pos + 1] == INFINITY)) {
        sources_advance(r);
    } else {
        s->pos = pos + 1;
        r->next_arrival = s->at[pos + 1];
    }
    const struct model_server *by = NULL;
    uint32_t a = idle_agent(r, q, &by);
    if (a == NONE) {
        must_wait(r, c, call, q, balk);
        return true;
    }
    struct group_state *g = &r->group[by->group];
    starts_work(r, a, g);
    level_step(r, &q->present, &q->present_area, 1);
    r->live++;
    begins(r, c, call, q, a, by->skill, g->skill[by->skill].speed);
    return true;
}

/* ---- leaving ---- */

/* What the event after the next one will look at. */
SHORT void look_ahead(const struct replication *r)
{
    const struct evq *q = &r->evq;
    uint64_t rest = q->used[(q->first & q->mask) >> 6] >> (q->first & 63);
    rest &= rest - 1;
    if (rest) {
        uint32_t id = q->slot[(q->first + (uint64_t)__builtin_ctzll(rest)) & q->mask].id;
        __builtin_prefetch(&r->call[id < MODEL_MAX_PRESENT ? id : 0]);
        __builtin_prefetch(&r->call[id < MODEL_MAX_PRESENT ? id : 0].assignment);
    }
}

/* It is over, in this instant; its slot is free. */
SHORT void is_over(struct replication *r, uint32_t c, struct call *call, struct queue_state *q)
{
    r->live--;
    level_step(r, &q->present, &q->present_area, -1);
    call->state = CALL_OVER;
    if (!RARELY(call->scored))
        score_plain(r, call, &r->model->queue[call->queue]);
    r->calls_present--;
    call->next = r->free_call;
    r->free_call = c;
}

SHORT void leaves_line(struct replication *r, uint32_t c, struct queue_state *q)
{
    line_remove(r, &q->line, c);
    level_step(r, &q->waiting, &q->waiting_area, -1);
    r->waiting--;
    q->in_line--;
}

static bool patience_ends(struct replication *r, uint32_t c, struct call *call)
{
    struct queue_state *q = &r->queue[call->queue];
    if (r->closed || r->evq.event[c].key >> 56 != RANK_PATIENCE)
        return false;
    set_now(r, r->evq.min);
    evq_pop(&r->evq);
    leaves_line(r, c, q);
    call->wait = call->patience;
    call->outcome = OUTCOME_ABANDONED;
    is_over(r, c, call, q);
    return true;
}

/* From the line to this agent, who has just put a call down and so stays busy. */
SHORT void takes_next(struct replication *r, uint32_t c, uint32_t a, uint32_t skill, double speed)
{
    struct call *call = &r->call[c];
    struct queue_state *q = &r->queue[call->queue];
    struct agent *agent = &r->agent[a];
    leaves_line(r, c, q);
    if (call->gives_up < INFINITY)
        evq_cancel(&r->evq, c);
    call->wait = r->now - call->joined;
    if (RARELY(r->weighs_busy)) {
        r->hours[a].busy_time += r->now - agent->busy_since;
        agent->busy_since = r->now;
    }
    begins(r, c, call, q, a, skill, speed);
}

SHORT void nothing_to_do(struct replication *r, uint32_t a, struct group_state *g)
{
    struct agent *agent = &r->agent[a];
    agent->contact = NONE;
    agent->contacts = agent->used = 0;
    if (RARELY(r->weighs_busy))
        r->hours[a].busy_time += r->now - agent->busy_since;
    level_step(r, &g->busy, &g->busy_area, -1);
    agent_idles(r, a);
}

SHORT bool service_ends(struct replication *r, uint32_t c, struct call *call)
{
    uint32_t a = call->agent;
    const struct agent *agent = &r->agent[a];
    struct group_state *g = &r->group[agent->group];
    if (RARELY(call->wrap_up > 0 || r->dismissing || !g->quick || g->leaving > 0 || agent->ended ||
               agent->break_due))
        return false;
    const struct model_skill *by = NULL;
    uint32_t next = next_call(r, g, &by);
    if (next != NONE && RARELY(!r->call[next].quick || r->call[next].state != CALL_WAITING ||
                               r->call[next].ring > 0))
        return false;
    struct queue_state *q = &r->queue[call->queue];
    set_now(r, r->evq.min);
    evq_pop(&r->evq);
    look_ahead(r);
    q->in_talk--;
    is_over(r, c, call, q);
    if (next != NONE)
        takes_next(r, next, a, (uint32_t)(by - g->skill), by->speed);
    else
        nothing_to_do(r, a, g);
    return true;
}

/* One such event, if it comes before `until`. */
SHORT bool happens(struct replication *r, double until)
{
    double due = r->evq.min, arrival = r->next_arrival;
    if (arrival < due)
        return arrival < until && arrives(r, arrival);
    uint32_t c = r->evq.next;
    if (RARELY(!(due < arrival && due < until) || c >= MODEL_MAX_PRESENT))
        return false;
    struct call *call = &r->call[c];
    if (RARELY(!call->quick))
        return false;
    if (call->state == CALL_TALKING)
        return service_ends(r, c, call);
    return call->state == CALL_WAITING && patience_ends(r, c, call);
}

bool plain_run(struct replication *r, double until, bool only_one)
{
    bool any = false;
    while (happens(r, until)) {
        any = true;
        if (only_one || r->followed == 0)
            break;
    }
    return any;
}
