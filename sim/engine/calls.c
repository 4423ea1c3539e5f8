/* calls.c - the life of a call: its states, entering, joining the line.
 *
 * The one idea: call_move is the only place where a state changes. It checks that the change is
 * legal and moves the counters by what the two states are (in the queue? in the system?), so that
 * no handler can forget one.
 */
#include "replication.h"

#define TO(state) (1u << CALL_##state)

static const struct state {
    bool waiting, served; /* counts in queue_length; both count in in_system */
    bool in_line;         /* counts in capacity */
    bool live;            /* counts in `lines`, if its queue is live */
    uint16_t next;        /* set of states that may follow */
} state_table[CALL_STATES] = {
    [CALL_AWAY] = {.next = TO(ENTERING) | TO(OVER)},
    [CALL_ENTERING] = {.next = TO(SELF) | TO(WAITING) | TO(PENDING) | TO(RINGING) | TO(TALKING) |
                               TO(OVER)},
    [CALL_SELF] = {.next = TO(ENTERING) | TO(OVER)},
    [CALL_WAITING] = {.waiting = true,
                      .in_line = true,
                      .live = true,
                      .next = TO(SILENT) | TO(RINGING) | TO(TALKING) | TO(OVER)},
    [CALL_SILENT] = {.in_line = true, .next = TO(WASTING) | TO(OVER)},
    [CALL_HELD] = {.waiting = true, .live = true, .next = TO(TALKING) | TO(OVER)},
    [CALL_PENDING] = {.next = TO(RINGING) | TO(TALKING) | TO(RETRY) | TO(OVER)},
    [CALL_RETRY] = {.next = TO(PENDING) | TO(OVER)},
    [CALL_RINGING] = {.served = true, .live = true, .next = TO(TALKING) | TO(RETRY) | TO(OVER)},
    [CALL_TALKING] = {.served = true, .live = true, .next = TO(HELD) | TO(WRAPPING) | TO(OVER)},
    [CALL_WASTING] = {.next = TO(OVER)},
    [CALL_WRAPPING] = {.next = TO(OVER)},
};

static bool follows(const struct call *call)
{
    return call->counted || call->caller_counted;
}

uint32_t call_new(struct replication *r, uint32_t queue, enum call_state state)
{
    uint32_t c = r->free_call;
    if (c != NONE) {
        r->free_call = r->call[c].next;
    } else if (r->calls_used < MODEL_MAX_PRESENT) {
        c = r->calls_used++;
    } else {
        r->full = true;
        return NONE;
    }
    r->call[c] = (struct call){
        .queue = queue,
        .agent = NONE,
        .next = NONE,
        .prev = NONE,
        .gives_up = INFINITY,
        .announced = INFINITY,
        .transfer = -1,
        .handling_from = -1,
        .state = (uint8_t)state,
    };
    evq_blank(&r->evq, c);
    return c;
}

void call_move(struct replication *r, uint32_t c, enum call_state to)
{
    struct call *call = &r->call[c];
    struct queue_state *q = &r->queue[call->queue];
    const struct state *was = &state_table[call->state], *is = &state_table[to];
    if (!(was->next >> to & 1))
        r->broken = "a call changed to a state that cannot follow";
    if (evq_has(&r->evq, c))
        evq_cancel(&r->evq, c);
    /* A call-back is not in the system in any of its states: its caller has hung up. */
    if (call->outcome == OUTCOME_CALLBACK) {
        call->state = (uint8_t)to;
        return;
    }
    q->in_line += (uint32_t)is->in_line - (uint32_t)was->in_line;
    q->in_talk += (uint32_t)(to == CALL_TALKING) - (uint32_t)(call->state == CALL_TALKING);
    q->in_self += (uint32_t)(to == CALL_SELF) - (uint32_t)(call->state == CALL_SELF);
    if (r->model->lines != UINT32_MAX && !r->model->queue[call->queue].deferrable)
        r->live += (uint32_t)is->live - (uint32_t)was->live;
    if (was->waiting != is->waiting)
        score_waiting(r, q, is->waiting ? 1 : -1);
    if (was->served != is->served)
        score_served(r, q, is->served ? 1 : -1);
    call->state = (uint8_t)to;
}

void call_counts(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    score_call(r, call);
    if (r->tells)
        score_tell(r, call);
    r->followed -= follows(call);
    call->counted = call->caller_counted = false;
    call->scored = true;
}

void call_over(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    bool was_away = call->state == CALL_AWAY;
    call_move(r, c, CALL_OVER);
    if (was_away || call->scored)
        r->followed -= follows(call);
    else
        call_counts(r, c);
    call->next = r->free_call;
    r->free_call = c;
}

void line_insert(struct replication *r, struct line *line, uint32_t c, bool near_head)
{
    struct call *call = &r->call[c];
    uint32_t after = line->tail, next = NONE;
    if (near_head) {
        for (next = line->head, after = NONE; next != NONE && r->call[next].joined < call->joined;
             next = r->call[next].next)
            after = next;
    } else {
        for (; after != NONE && r->call[after].joined > call->joined; after = r->call[after].prev)
            next = after;
    }
    call->prev = after;
    call->next = next;
    if (after == NONE)
        line->head = c;
    else
        r->call[after].next = c;
    if (next == NONE)
        line->tail = c;
    else
        r->call[next].prev = c;
}

static struct draw_key key_of(const struct replication *r, const struct call *call)
{
    return (struct draw_key){r->play->seed, r->play->number, call->source_key, call->visit};
}

double call_uniform(const struct replication *r, const struct call *call, enum purpose purpose)
{
    struct draw_key key = key_of(r, call);
    return draw_one(&key, purpose, 0, call->draw);
}

void call_uniforms(const struct replication *r, const struct call *call, enum purpose purpose,
                   double u[2])
{
    struct draw_key key = key_of(r, call);
    draw_two(&key, purpose, call->draw, u);
}

double call_time_from(const struct replication *r, const struct call *call, const struct dist *d,
                      enum purpose purpose, double u)
{
    struct draw_key key = key_of(r, call);
    double at = r->now, x;
    dist_draw(d, &key, purpose, call->draw, 1, &u, &at, &x);
    return x;
}

double call_time(const struct replication *r, const struct call *call, const struct dist *d,
                 enum purpose purpose)
{
    return call_time_from(r, call, d, purpose, call_uniform(r, call, purpose));
}

static double time_or_none(const struct replication *r, const struct call *call,
                           const struct dist *d, enum purpose purpose)
{
    return d ? call_time(r, call, d, purpose) : 0;
}

double call_draws(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    const struct model_queue *q = &r->model->queue[call->queue];
    struct spec_handling h = {q->talk, q->hold, q->wrap_up};
    if (call->handling_from >= 0)
        h = r->model->queue[call->handling_queue].rules->transfer[call->handling_from].handling;
    call->talk = time_or_none(r, call, h.talk, DRAW_TALK);
    call->hold = time_or_none(r, call, h.hold, DRAW_HOLD);
    call->wrap_up = time_or_none(r, call, h.wrap_up, DRAW_WRAP_UP);
    call->ring = time_or_none(r, call, q->ring, DRAW_RING);
    double u[2]; /* patience, balking */
    call_uniforms(r, call, DRAW_PATIENCE, u);
    call->patience = call_time_from(r, call, q->patience, DRAW_PATIENCE, u[0]);
    return u[1];
}

void call_enters(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    bool window = in_window(r);
    r->followed -= follows(call);
    call->number = r->numbers++;
    call->entered = call->joined = r->now;
    call->row = r->row;
    call->period = r->period;
    call->counted = window;
    if (call->visit == 0)
        call->caller_counted = window;
    r->followed += follows(call);
}

/* Live calls and calls that come by themselves are limited by the lines of the centre. */
static bool lines_full(const struct replication *r, const struct call *call)
{
    return r->live >= r->model->lines && call->cause != CAUSE_TRANSFER &&
           !r->model->queue[call->queue].deferrable;
}

void call_lines_up(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    const struct spec_queue *rules = r->model->queue[call->queue].rules;
    call_move(r, c, CALL_WAITING);
    line_insert(r, &r->queue[call->queue].line, c, false);
    call->gives_up = call->joined + call->patience;
    if (rules->has_announce)
        call->announced = call->joined + rules->announce_at;
    call_wakes_later(r, c);
}

void call_joins(struct replication *r, uint32_t c, double balk)
{
    struct call *call = &r->call[c];
    const struct model_queue *q = &r->model->queue[call->queue];
    if (lines_full(r, call)) {
        call_leaves(r, c, OUTCOME_BLOCKED);
        return;
    }
    uint32_t agent = routing_choose(r, c), interrupted = NONE;
    /* Those of its own queue who wait already come first. */
    if (agent == NONE && q->rules->preempt && r->queue[call->queue].line.head == NONE)
        agent = call_preempts(r, c, &interrupted);
    if (agent != NONE) {
        call_assign(r, c, agent);
        if (interrupted != NONE) {
            agent_goes_on(r, agent); /* it may have freed more room than this call takes */
            routing_rematch(r, interrupted);
        }
        return;
    }
    call->delayed = true;
    if (r->queue[call->queue].in_line >= q->capacity)
        call_leaves(r, c, OUTCOME_BLOCKED);
    else if (q->rules->callback.given && callback_offer(r, c))
        return;
    else if (balk < q->balk)
        call_leaves(r, c, OUTCOME_BALKED);
    else
        call_lines_up(r, c);
}

static void self_service_ends(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    const struct spec_queue *rules = r->model->queue[call->queue].rules;
    call_move(r, c, CALL_ENTERING);
    if (call_uniform(r, call, DRAW_SELF_RESOLVES) < rules->self_service_resolves) {
        call_leaves(r, c, OUTCOME_SELF_SERVED);
    } else {
        call->joined = r->now;
        call_joins(r, c, call_uniform(r, call, DRAW_BALK));
    }
    if (past_closing(r))
        agents_dismiss(r);
}

/* A redial or a return is here. */
static void comes_back(struct replication *r, uint32_t c)
{
    call_move(r, c, CALL_ENTERING);
    call_enters(r, c);
    call_starts(r, c, call_draws(r, c));
}

void call_starts(struct replication *r, uint32_t c, double balk)
{
    struct call *call = &r->call[c];
    const struct spec_queue *rules = r->model->queue[call->queue].rules;
    if (!rules->self_service || call->cause == CAUSE_TRANSFER) {
        call_joins(r, c, balk);
        return;
    }
    call_move(r, c, CALL_SELF);
    double time = call_time(r, call, rules->self_service, DRAW_SELF_TIME);
    evq_push(&r->evq, c, r->now + time, arrival_key(call->queue, call->number));
}

void call_event(struct replication *r, uint32_t c)
{
    switch ((enum call_state)r->call[c].state) {
    case CALL_AWAY:
        comes_back(r, c);
        break;
    case CALL_SELF:
        self_service_ends(r, c);
        break;
    case CALL_WAITING:
        call_wakes(r, c);
        break;
    case CALL_SILENT:
    case CALL_HELD:
    case CALL_PENDING:
        call_overflows(r, c);
        break;
    case CALL_RETRY:
        callback_due(r, c);
        break;
    case CALL_RINGING:
        if (r->call[c].outcome == OUTCOME_CALLBACK)
            callback_dial_ends(r, c);
        else
            call_answer(r, c);
        break;
    case CALL_TALKING:
    case CALL_WASTING:
    case CALL_WRAPPING:
        call_service_ends(r, c);
        break;
    case CALL_ENTERING:
    case CALL_OVER:
    case CALL_STATES:
        r->broken = "an event came for a call that has none";
    }
}
