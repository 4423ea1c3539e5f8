/* service.c - a call with an agent: ringing, talking at some pace, interruptions, transfers,
 * wrapping up.
 *
 * The one idea: a contact whose agent may hold several has `work` left at pace 1; whenever the
 * number in hand changes, the work done since then is taken off and the end is set anew.
 */
#include "replication.h"

static const struct model_skill *skill_of(const struct replication *r, const struct call *call)
{
    return &r->model->group[r->agent[call->agent].group].skill[call->skill];
}

static bool is_paced(const struct replication *r, const struct call *call)
{
    return skill_of(r, call)->paces > 0;
}

/* The pace of a contact when its agent holds so many; a list that is too short goes on with its
 * last value. */
static double pace_at(const struct model_skill *skill, uint32_t contacts)
{
    if (skill->paces == 0)
        return 1;
    return skill->pace[contacts <= skill->paces ? contacts - 1 : skill->paces - 1];
}

/* The agent begins a part of the handling that takes `work` seconds at pace 1. */
static void begin_part(struct replication *r, uint32_t c, double work)
{
    struct call *call = &r->call[c];
    double ends = r->now + work;
    if (is_paced(r, call)) {
        call->work = work;
        call->since = r->now;
        call->rate = pace_at(skill_of(r, call), r->agent[call->agent].contacts);
        ends = r->now + work / call->rate;
    }
    evq_push(&r->evq, c, ends, evq_key(RANK_SERVICE, call->assignment));
}

void agent_repace(struct replication *r, uint32_t a)
{
    uint32_t contacts = r->agent[a].contacts;
    for (uint32_t c = r->agent[a].contact; c != NONE; c = r->call[c].next) {
        struct call *call = &r->call[c];
        bool working = call->state == CALL_TALKING || call->state == CALL_WRAPPING;
        double rate = pace_at(skill_of(r, call), contacts);
        if (!working || !evq_has(&r->evq, c) || call->rate == rate || !is_paced(r, call))
            continue;
        call->work = fmax(0, call->work - (r->now - call->since) * call->rate);
        call->since = r->now;
        call->rate = rate;
        evq_cancel(&r->evq, c);
        evq_push(&r->evq, c, r->now + call->work / rate, evq_key(RANK_SERVICE, call->assignment));
    }
}

/* The skill by which a group serves a queue. */
static uint32_t skill_for(const struct replication *r, uint32_t queue, uint32_t group)
{
    const struct model_queue *q = &r->model->queue[queue];
    for (size_t i = 0; i < q->servers; i++)
        if (q->server[i].group == group)
            return q->server[i].skill;
    return 0;
}

static void take_from_line(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    struct queue_state *q = &r->queue[call->queue];
    if (call->state == CALL_PENDING) {
        line_remove(r, &q->callbacks, c);
    } else if (call->state != CALL_ENTERING) {
        line_remove(r, &q->line, c);
        if (call->state == CALL_WAITING)
            call->wait = r->now - call->joined;
        if (call->backlog && call->wait == 0)
            call->delayed = false;
    }
}

static void resume(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    double speed = skill_of(r, call)->speed;
    call->held += r->now - call->since;
    call->wrap_up /= speed;
    call_move(r, c, CALL_TALKING);
    begin_part(r, c, call->work / speed);
}

void call_assign(struct replication *r, uint32_t c, uint32_t agent)
{
    struct call *call = &r->call[c];
    enum call_state was = call->state;
    take_from_line(r, c);
    call->agent = agent;
    call->skill = skill_for(r, call->queue, r->agent[agent].group);
    call->assignment = r->assignments++;
    agent_take(r, agent, c);
    if (was == CALL_HELD) {
        resume(r, c);
        return;
    }
    if (was == CALL_SILENT) {
        const struct dist *wastes = r->model->queue[call->queue].rules->silent_wastes;
        call_move(r, c, CALL_WASTING);
        double time = wastes ? call_time(r, call, wastes, DRAW_WASTE) : 0;
        evq_push(&r->evq, c, r->now + time, evq_key(RANK_SERVICE, call->assignment));
        return;
    }
    double speed = skill_of(r, call)->speed;
    if (was == CALL_PENDING) {
        callback_dials(r, c);
    } else if (speed != 1) {
        call->talk /= speed;
        call->hold /= speed;
        call->wrap_up /= speed;
    }
    if (call->ring > 0) {
        call_move(r, c, CALL_RINGING);
        evq_push(&r->evq, c, r->now + call->ring, evq_key(RANK_SERVICE, call->assignment));
    } else if (was == CALL_PENDING) {
        callback_dial_ends(r, c);
    } else {
        call_answer(r, c);
    }
}

/* Which transfer follows the talk, if any; a warm one makes the talk longer. */
static void decide_transfer(struct replication *r, struct call *call)
{
    const struct spec_queue *rules = r->model->queue[call->queue].rules;
    double u = call_uniform(r, call, DRAW_TRANSFER), sum = 0;
    for (size_t i = 0; i < rules->transfers; i++) {
        sum += rules->transfer[i].share;
        if (u >= sum)
            continue;
        call->transfer = (int32_t)i;
        if (rules->transfer[i].warm)
            call->talk += call_time(r, call, rules->transfer[i].warm, DRAW_WARM);
        return;
    }
}

static void caller_is_served(struct replication *r, struct call *call)
{
    bool first = call->visit == 0;
    if (!call->caller_served && call->caller_counted)
        sums_queue(&r->sums, r->model, first ? call->row : call->first_row,
                   first ? call->queue : call->first_queue,
                   first ? call->period : call->first_period)
            ->callers_served++;
    call->caller_served = true;
}

void call_answer(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    const struct model_queue *q = &r->model->queue[call->queue];
    call_move(r, c, CALL_TALKING);
    call->answered = r->now;
    if (call->outcome != OUTCOME_CALLBACK) {
        call->wait += call->ring;
        call->outcome = OUTCOME_ANSWERED;
        caller_is_served(r, call);
        if (q->rules->slower_when_late > 0)
            call->talk += q->rules->slower_when_late * call->wait;
    }
    if (q->may_transfer && call->outcome == OUTCOME_ANSWERED)
        decide_transfer(r, call);
    begin_part(r, c, call->talk + call->hold);
}

/* What was really spent on talk and hold, in their proportion; exactly as drawn if it took as long
 * as planned. */
void service_elapsed(const struct replication *r, struct call *call, double spent)
{
    double planned = call->talk + call->hold;
    bool altered = call->dropped || call->held > 0 || (call->agent != NONE && is_paced(r, call));
    if (!altered || planned <= 0)
        return;
    if (call->dropped && !is_paced(r, call) && call->held == 0) {
        call->hold = fmax(0, spent - call->talk);
        call->talk = fmin(call->talk, spent);
        return;
    }
    call->hold = spent * (call->hold / planned);
    call->talk = spent - call->hold;
}

/* The same caller joins the other queue now, before the agent is free. */
static void transfer(struct replication *r, uint32_t c)
{
    const struct call *call = &r->call[c];
    uint32_t from = call->queue;
    const struct spec_transfer *t = &r->model->queue[from].rules->transfer[call->transfer];
    uint32_t next = call_new(r, (uint32_t)t->to, CALL_ENTERING);
    if (next == NONE)
        return;
    struct call *again = &r->call[next];
    caller_continues(again, &r->call[c]);
    again->cause = CAUSE_TRANSFER;
    r->followed += again->caller_counted;
    call_enters(r, next);
    if (t->has_handling) {
        again->handling_from = r->call[c].transfer;
        again->handling_queue = from;
    }
    call_starts(r, next, call_draws(r, next));
}

static void caller_leaves(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    if (call->outcome == OUTCOME_ANSWERED) { /* who is called back left when he asked for it */
        call->left = r->now;
        call->exit_period = r->period;
    }
    service_elapsed(r, call, r->now - call->answered - call->held);
    if (call->wrap_up > 0) {
        call_move(r, c, CALL_WRAPPING);
        begin_part(r, c, call->wrap_up);
    }
    if (call->outcome != OUTCOME_ANSWERED)
        return;
    if (call->transfer < 0) {
        caller_returns(r, c);
        return;
    }
    transfer(r, c);
    if (past_closing(r)) /* perhaps nobody is left who could take it */
        agents_dismiss(r);
}

/* The agent is free of this contact, and the call is over. */
static void release(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    uint32_t agent = call->agent;
    if (call->state == CALL_WRAPPING && is_paced(r, call))
        call->wrap_up = r->now - call->left;
    agent_put_down(r, agent, c);
    agent_after_contact(r, agent, call);
    call_over(r, c);
    agent_goes_on(r, agent);
    if (past_closing(r))
        agents_dismiss(r);
}

void call_service_ends(struct replication *r, uint32_t c)
{
    if (evq_has(&r->evq, c))
        evq_cancel(&r->evq, c);
    if (r->call[c].state == CALL_TALKING)
        caller_leaves(r, c);
    if (r->call[c].state != CALL_WRAPPING || !evq_has(&r->evq, c))
        release(r, c);
}

void call_drop(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    if (call->state == CALL_WRAPPING) {
        call->wrap_up = r->now - call->left;
    } else if (call->state == CALL_TALKING) {
        call->left = r->now;
        call->exit_period = r->period;
        call->wrap_up = 0;
        call->dropped = call->outcome == OUTCOME_ANSWERED;
        service_elapsed(r, call, r->now - call->answered - call->held);
        if (call->dropped)
            caller_returns(r, c);
    } else if (call->state == CALL_RINGING && call->outcome != OUTCOME_CALLBACK) {
        /* It never reached anybody. */
        call->left = r->now;
        call->exit_period = r->period;
        call->outcome = OUTCOME_CUT_OFF;
        call->wait = r->now - call->joined;
        call->talk = call->hold = call->wrap_up = 0;
    }
    agent_put_down(r, call->agent, c);
    call_over(r, c);
}

/* Of all contacts that this agent holds, the one to interrupt for a call of `priority`: the lowest
 * priority below it, the last started among equals. */
static uint32_t victim_of(const struct replication *r, uint32_t a, uint32_t best, int priority)
{
    for (uint32_t c = r->agent[a].contact; c != NONE; c = r->call[c].next) {
        const struct call *call = &r->call[c];
        int p = r->model->queue[call->queue].priority;
        /* Without an event its talk is just ending. */
        if (call->state != CALL_TALKING || call->outcome != OUTCOME_ANSWERED || p <= priority ||
            !evq_has(&r->evq, c))
            continue;
        int best_p = best == NONE ? priority : r->model->queue[r->call[best].queue].priority;
        if (p > best_p || (p == best_p && call->assignment > r->call[best].assignment))
            best = c;
    }
    return best;
}

/* To the head of its queue with the rest of its talk, in seconds at speed 1 and pace 1. */
static void interrupt(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    double left = is_paced(r, call) ? fmax(0, call->work - (r->now - call->since) * call->rate)
                                    : r->evq.event[c].time - r->now;
    double speed = skill_of(r, call)->speed;
    uint32_t agent = call->agent;
    call_move(r, c, CALL_HELD);
    agent_put_down(r, agent, c);
    call->work = left * speed;
    call->since = r->now;
    call->wrap_up *= speed;
    line_insert(r, &r->queue[call->queue].line, c, true);
    call_overflows_later(r, c);
}

uint32_t call_preempts(struct replication *r, uint32_t c, uint32_t *queue)
{
    const struct call *call = &r->call[c];
    const struct model_queue *q = &r->model->queue[call->queue];
    uint32_t victim = NONE;
    for (size_t i = 0; i < q->servers; i++) {
        const struct model_group *g = &r->model->group[q->server[i].group];
        const struct model_skill *skill = &g->skill[q->server[i].skill];
        if (!routing_allows(r, q->server[i].group, skill, call) ||
            r->group[q->server[i].group].idle < skill->keep_free)
            continue;
        for (uint32_t a = g->first_agent; a < g->first_agent + g->agents; a++) {
            const struct agent *agent = &r->agent[a];
            if (!agent->on_duty || agent->ended || agent->break_due || agent->not_ready)
                continue;
            uint32_t v = victim_of(r, a, victim, q->priority);
            if (v != victim &&
                agent->used - skill_of(r, &r->call[v])->room + skill->room <= g->room)
                victim = v;
        }
    }
    if (victim == NONE)
        return NONE;
    uint32_t agent = r->call[victim].agent;
    *queue = r->call[victim].queue;
    interrupt(r, victim);
    return agent;
}
