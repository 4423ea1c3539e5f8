/* verify.c - every structural invariant of a replication between two events.
 *
 * Tests and fuzzers call it after each event. It costs as much as everything there is.
 */
#include <math.h>

#include "replication.h"

static const char *verify_line(const struct replication *r, uint32_t q, uint32_t *waiting,
                               uint32_t *in_line)
{
    const struct line *line = &r->queue[q].line;
    uint32_t prev = NONE;
    double joined = -INFINITY;
    for (uint32_t c = line->head; c != NONE; prev = c, c = r->call[c].next) {
        const struct call *call = &r->call[c];
        if (call->queue != q || call->prev != prev)
            return "the links of a line do not agree";
        *waiting += call->state != CALL_SILENT;
        *in_line += call->state != CALL_HELD;
        if (call->state == CALL_HELD)
            continue;
        if (call->state != CALL_WAITING && call->state != CALL_SILENT)
            return "a call in a line is not waiting there";
        if (joined > call->joined)
            return "a line is not in order of joining";
        joined = call->joined;
        if (call->state == CALL_WAITING && !call->lazy && isfinite(call->gives_up) &&
            !evq_has(&r->evq, c))
            return "a waiting call has no event though its patience ends";
        if (call->state == CALL_WAITING && !call->lazy && call->gives_up < r->now)
            return "a call waits beyond its patience";
        if (call->state == CALL_WAITING && call->lazy && call->gives_up < r->lazy_soonest)
            return "a lazy call gives up before the earliest of them";
    }
    return line->tail != prev ? "the tail of a line is not its last call" : NULL;
}

/* Those whose time with an agent is summed up when it ends. */
static uint32_t served(const struct replication *r, uint32_t q)
{
    uint32_t n = 0;
    for (uint32_t c = 0; c < r->calls_used; c++) {
        const struct call *call = &r->call[c];
        n += (call->state == CALL_RINGING || call->state == CALL_TALKING) && call->queue == q &&
             call->outcome != OUTCOME_CALLBACK;
    }
    return n;
}

static const char *verify_queue(const struct replication *r, uint32_t q, uint32_t *waiting)
{
    const struct queue_state *s = &r->queue[q];
    uint32_t n = 0, in_line = 0, prev = NONE;
    const char *wrong = verify_line(r, q, &n, &in_line);
    if (wrong)
        return wrong;
    for (uint32_t c = s->callbacks.head; c != NONE; prev = c, c = r->call[c].next)
        if (r->call[c].state != CALL_PENDING || r->call[c].prev != prev)
            return "the line of call-backs is broken";
    if (s->callbacks.tail != prev)
        return "the tail of the call-backs is not the last one";
    if (s->served != served(r, q))
        return "the counter of calls with an agent is wrong";
    if (s->waiting != n || s->in_line != in_line)
        return "the counter of waiting calls is wrong";
    if (in_line > r->model->queue[q].capacity && in_line > r->model->queue[q].rules->backlog)
        return "more calls wait than the queue has room for";
    *waiting += n;
    return NULL;
}

static const char *verify_agent(const struct replication *r, uint32_t a)
{
    const struct agent *agent = &r->agent[a];
    const struct model_group *m = &r->model->group[agent->group];
    uint32_t n = 0, used = 0;
    for (uint32_t c = agent->contact; c != NONE; c = r->call[c].next, n++) {
        used += m->skill[r->call[c].skill].room;
        if (r->call[c].agent != a || m->skill[r->call[c].skill].queue != r->call[c].queue)
            return "an agent and his contact do not agree";
    }
    if (evq_has(&r->ends, a)) { /* a contact that nobody remembers */
        n++;
        used++;
        if (agent->ended || agent->break_due || r->group[agent->group].leaving > 0 ||
            past_closing(r))
            return "an agent is counted ahead who does not know yet what comes next";
    }
    if (n != agent->contacts || used != agent->used)
        return "an agent's contacts are counted wrongly";
    if (used > m->room)
        return "an agent holds more than fills him";
    if (agent->idle && (!agent->on_duty || n > 0 || agent->not_ready))
        return "an idle agent is off duty, busy or not ready";
    if (agent->on_duty && !agent->idle && n == 0 && !agent->not_ready)
        return "an agent on duty is neither idle, busy nor pausing";
    if (!agent->on_duty && n > 0)
        return "an agent off duty has a contact";
    if (agent->absent && agent->late)
        return "an absent agent is expected";
    if ((agent->late || agent->not_ready) != evq_has(&r->evq, MODEL_MAX_PRESENT + a))
        return "an agent has an event exactly if he is late or pauses";
    return NULL;
}

/* A call that this agent would take now, and should have taken. */
static uint32_t could_pick(const struct replication *r, uint32_t a)
{
    const struct agent *agent = &r->agent[a];
    if (!agent->on_duty || agent->not_ready || agent->ended || agent->break_due ||
        agent->used >= r->model->group[agent->group].room)
        return NONE;
    return routing_pick(r, a);
}

static const char *verify_group(const struct replication *r, uint32_t g)
{
    const struct model_group *m = &r->model->group[g];
    const struct group_state *s = &r->group[g];
    uint32_t idle = 0, on_duty = 0, busy = 0, contacts = 0, late = 0, ended = 0, prev = NONE;
    for (uint32_t a = m->first_agent; a < m->first_agent + m->agents; a++) {
        const struct agent *agent = &r->agent[a];
        const char *wrong = verify_agent(r, a);
        if (wrong)
            return wrong;
        on_duty += agent->on_duty;
        idle += agent->idle;
        busy += agent->contacts > 0;
        contacts += agent->contacts;
        late += agent->late;
        ended += agent->ended;
        uint32_t c = could_pick(r, a);
        /* One whose own event is due at this instant has not had its turn yet. */
        if (c != NONE && !(evq_has(&r->evq, c) && r->evq.event[c].time <= r->now))
            return "an agent has room while a contact waits that he may take";
    }
    for (uint32_t a = s->idle_head; a != NONE; prev = a, a = r->agent[a].next) {
        const struct agent *agent = &r->agent[a];
        if (!agent->idle || agent->group != g || agent->prev != prev)
            return "the list of the idle is broken";
        if (prev != NONE && (r->agent[prev].idle_since > agent->idle_since ||
                             (r->agent[prev].idle_since == agent->idle_since && prev > a)))
            return "the idle are not in order";
    }
    if (s->idle != idle || s->idle_tail != prev)
        return "the list of the idle is incomplete";
    if (s->on_duty != on_duty || s->busy != busy || (!m->single && s->contacts != contacts) ||
        s->late != late || s->ended != ended)
        return "a group's counters are wrong";
    return s->leaving > s->busy ? "more agents are to leave than are busy" : NULL;
}

static const char *verify_call(const struct replication *r, uint32_t c)
{
    const struct call *call = &r->call[c];
    bool event = evq_has(&r->evq, c);
    switch ((enum call_state)call->state) {
    case CALL_SILENT:
    case CALL_HELD:
    case CALL_PENDING:
        return event && !r->model->queue[call->queue].timed ? "a call has an event too many" : NULL;
    case CALL_OVER:
        return event ? "a call has an event that it should not have" : NULL;
    case CALL_AWAY:
    case CALL_SELF:
    case CALL_RETRY:
    case CALL_RINGING:
    case CALL_TALKING:
    case CALL_WASTING:
    case CALL_WRAPPING:
        return event ? NULL : "a call has no event";
    case CALL_WAITING:
        return NULL;
    case CALL_ENTERING:
    case CALL_STATES:
        break;
    }
    return "a call stays where it cannot stay";
}

static const char *verify_calls(const struct replication *r)
{
    uint32_t over = 0, events = 0, ends = 0, with_agents = 0, contacts = 0, free_slots = 0,
             live = 0;
    for (uint32_t c = r->free_call; c != NONE; c = r->call[c].next, free_slots++)
        if (r->call[c].state != CALL_OVER)
            return "a slot in use is in the free list";
    for (uint32_t c = 0; c < r->calls_used; c++) {
        const struct call *call = &r->call[c];
        const char *wrong = verify_call(r, c);
        if (wrong)
            return wrong;
        over += call->state == CALL_OVER;
        events += evq_has(&r->evq, c);
        with_agents += call->state >= CALL_RINGING && call->state <= CALL_WRAPPING;
        live += !r->model->queue[call->queue].deferrable && call->outcome != OUTCOME_CALLBACK &&
                (call->state == CALL_WAITING || call->state == CALL_HELD ||
                 call->state == CALL_RINGING || call->state == CALL_TALKING);
        if (evq_has(&r->evq, c) && r->evq.event[c].time < r->now)
            return "an event is due in the past";
        if (evq_has(&r->evq, c) && isinf(r->evq.event[c].time))
            return "an event never comes";
    }
    for (uint32_t g = 0; g < r->model->groups; g++)
        contacts += r->model->group[g].single ? r->group[g].busy : r->group[g].contacts;
    for (uint32_t a = 0; a < r->model->agents; a++) {
        events += evq_has(&r->evq, MODEL_MAX_PRESENT + a);
        ends += evq_has(&r->ends, a);
    }
    if (over != free_slots)
        return "a slot is lost";
    if (events != evq_count(&r->evq) || ends != evq_count(&r->ends))
        return "the event list holds events that belong to nobody";
    if (with_agents + ends != contacts)
        return "calls with an agent and contacts in hand differ in number";
    if (r->model->lines != UINT32_MAX && live != r->live)
        return "the counter of lines in use is wrong";
    return NULL;
}

const char *replication_verify(const struct replication *r)
{
    uint32_t waiting = 0;
    const char *wrong = verify_calls(r);
    for (uint32_t q = 0; q < r->model->queues && !wrong; q++)
        wrong = verify_queue(r, q, &waiting);
    for (uint32_t g = 0; g < r->model->groups && !wrong; g++)
        wrong = verify_group(r, g);
    if (!wrong && waiting != r->waiting)
        wrong = "the counter of all waiting calls is wrong";
    return wrong;
}
