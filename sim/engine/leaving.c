/* leaving.c - how waiting ends without an agent, and how callers come back.
 *
 * The one idea: a waiting call has one pending event, the next thing that would happen to it: a
 * further group may take it, an announcement, or the end of its patience.
 */
#include "replication.h"

void call_leaves(struct replication *r, uint32_t c, enum outcome outcome)
{
    struct call *call = &r->call[c];
    if (call->state == CALL_WAITING || call->state == CALL_SILENT || call->state == CALL_HELD)
        line_remove(r, &r->queue[call->queue].line, c);
    if (call->state == CALL_WAITING) {
        /* Exactly the patience where nothing changed it, not a difference of clock times. What is
         * left over waits to the last closing. */
        double until = outcome == OUTCOME_LEFT_OVER ? fmin(r->now, r->model->close) : r->now;
        bool as_drawn =
            outcome == OUTCOME_ABANDONED && call->gives_up == call->joined + call->patience;
        call->wait = as_drawn ? call->patience : fmax(0, until - call->joined);
    }
    if (call->state == CALL_HELD) {
        /* Answered already: what was said was said. */
        outcome = OUTCOME_ANSWERED;
        call->dropped = true;
        call->held += r->now - call->since;
        call->wrap_up = 0;
        service_elapsed(r, call, r->now - call->answered - call->held);
    }
    if (call->state != CALL_SILENT) {
        call->left = r->now;
        if (outcome == OUTCOME_LEFT_OVER) /* passed on after closing: leaves when he comes */
            call->left = fmax(call->entered, fmin(r->now, r->model->close));
        call->exit_period = r->period;
        call->outcome = (uint8_t)outcome;
        if (outcome == OUTCOME_ABANDONED || outcome == OUTCOME_BALKED || outcome == OUTCOME_BLOCKED)
            caller_redials(r, c);
    }
    call_over(r, c);
}

/* The next group's turn: the lowest `after` that has not been reached; INFINITY if none. */
static double next_overflow(const struct replication *r, const struct call *call)
{
    const struct model_queue *q = &r->model->queue[call->queue];
    double next = INFINITY;
    for (size_t i = 0; q->timed && i < q->servers; i++) {
        double at = call->joined + q->server[i].after;
        if (at > r->now && at < next)
            next = at;
    }
    return next;
}

void call_overflows_later(struct replication *r, uint32_t c)
{
    double soon = next_overflow(r, &r->call[c]);
    if (soon < INFINITY)
        evq_push(&r->evq, c, soon, evq_key(RANK_OVERFLOW, r->call[c].number));
}

void call_overflows(struct replication *r, uint32_t c)
{
    evq_cancel(&r->evq, c);
    call_overflows_later(r, c);
    routing_rematch(r, r->call[c].queue);
}

void call_wakes_later(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    /* An announcement changes nothing for those who never hang up. */
    double announced = call->gives_up < INFINITY ? call->announced : INFINITY;
    double soon = fmin(next_overflow(r, call), announced);
    if (evq_has(&r->evq, c))
        evq_cancel(&r->evq, c);
    if (soon <= call->gives_up && soon < INFINITY)
        evq_push(&r->evq, c, soon, evq_key(RANK_OVERFLOW, call->number));
    else if (call->gives_up < INFINITY)
        evq_push(&r->evq, c, call->gives_up, evq_key(RANK_PATIENCE, call->number));
}

/* Patience `left` that is no shorter after the next announcement never ends: callers who would hear
 * announcements for ever never hang up. */
static void hear_announcement(struct replication *r, struct call *call)
{
    const struct spec_queue *rules = r->model->queue[call->queue].rules;
    double factor = rules->announce_factor, every = rules->announce_every;
    if (call->gives_up < INFINITY) {
        double left = (call->gives_up - r->now) * factor;
        call->gives_up =
            every < INFINITY && (left - every) * factor >= left ? INFINITY : r->now + left;
    }
    call->announced = r->now + every;
}

/* Gone, but nobody knows: the call keeps its place. */
static void leave_silently(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    bool as_drawn = call->gives_up == call->joined + call->patience;
    call->wait = as_drawn ? call->patience : r->now - call->joined;
    call->left = r->now;
    call->exit_period = r->period;
    call->outcome = OUTCOME_ABANDONED;
    call_move(r, c, CALL_SILENT);
    call_overflows_later(r, c);
    caller_redials(r, c);
    call_counts(r, c);
}

/* After the last closing a caller who waits for the next opening, which does not come, is left over
 * when his patience ends: he did not hang up before the day was done. */
static enum outcome outcome_of_patience(const struct replication *r, const struct call *call)
{
    const struct oh_model *m = r->model;
    bool waits_on = m->carry_over || m->queue[call->queue].deferrable;
    return waits_on && !m->steady && r->now > m->close ? OUTCOME_LEFT_OVER : OUTCOME_ABANDONED;
}

void call_wakes(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    const struct spec_queue *rules = r->model->queue[call->queue].rules;
    bool patience_ends = r->evq.event[c].key >> 56 == RANK_PATIENCE;
    evq_cancel(&r->evq, c);
    if (patience_ends) {
        enum outcome outcome = outcome_of_patience(r, call);
        if (outcome == OUTCOME_ABANDONED && rules->silent_share > 0 &&
            call_uniform(r, call, DRAW_SILENT) < rules->silent_share)
            leave_silently(r, c);
        else
            call_leaves(r, c, outcome);
        if (past_closing(r))
            agents_dismiss(r);
        return;
    }
    if (call->announced <= r->now)
        hear_announcement(r, call);
    uint32_t agent = routing_choose(r, c);
    if (agent != NONE)
        call_assign(r, c, agent);
    else
        call_wakes_later(r, c);
    if (agent == NONE && past_closing(r) && isinf(call->gives_up))
        agents_dismiss(r);
}

/* When a delay of so many opening hours is over: NAN after the last closing. */
static double after_delay(const struct replication *r, double delay)
{
    const struct oh_model *m = r->model;
    if (m->steady)
        return r->now + delay;
    for (size_t k = 0; k < m->openings; k++) {
        const struct model_opening *o = &m->opening[k];
        if (o->closes <= r->now)
            continue;
        double from = fmax(r->now, o->opens);
        if (delay <= o->closes - from)
            return from + delay;
        delay -= o->closes - from;
    }
    return NAN;
}

/* The same caller will call again, as visit + 1. */
static void calls_again(struct replication *r, uint32_t c, size_t to, enum cause cause,
                        double delay)
{
    double due = after_delay(r, delay);
    if (isnan(due))
        return;
    uint32_t next = call_new(r, (uint32_t)to, CALL_AWAY);
    if (next == NONE)
        return;
    const struct call *call = &r->call[c];
    struct call *again = &r->call[next];
    caller_continues(again, call);
    again->cause = (uint8_t)cause;
    again->redials = call->redials + (cause == CAUSE_REDIAL);
    r->followed += again->caller_counted;
    evq_push(&r->evq, next, due, arrival_key((uint32_t)to, call->number));
}

void caller_continues(struct call *again, const struct call *call)
{
    again->caller = call->caller;
    again->draw = call->draw;
    again->source_key = call->source_key;
    again->visit = call->visit + 1;
    again->redials = call->redials;
    bool first = call->visit == 0;
    again->first_queue = first ? call->queue : call->first_queue;
    again->first_row = first ? call->row : call->first_row;
    again->first_period = first ? call->period : call->first_period;
    again->caller_counted = call->caller_counted;
    again->caller_served = call->caller_served;
}

void caller_redials(struct replication *r, uint32_t c)
{
    const struct call *call = &r->call[c];
    const struct spec_redial *redial = &r->model->queue[call->queue].rules->redial;
    if (!redial->given || call->redials >= redial->at_most)
        return;
    double share = call->outcome == OUTCOME_BLOCKED ? redial->after_block : redial->after_abandon;
    if (call->redials > 0 && !isnan(redial->again))
        share = redial->again;
    double u[2]; /* again, and when */
    call_uniforms(r, call, DRAW_REDIAL, u);
    if (u[0] < share)
        calls_again(r, c, redial->to, CAUSE_REDIAL,
                    call_time_from(r, call, redial->delay, DRAW_REDIAL_DELAY, u[1]));
}

void caller_returns(struct replication *r, uint32_t c)
{
    const struct call *call = &r->call[c];
    const struct spec_unresolved *u = &r->model->queue[call->queue].rules->unresolved;
    double x[2]; /* again, and when */
    if (!u->given)
        return;
    call_uniforms(r, call, DRAW_UNRESOLVED, x);
    if (x[0] < u->share)
        calls_again(r, c, u->to, CAUSE_RETURN,
                    call_time_from(r, call, u->delay, DRAW_RETURN_DELAY, x[1]));
}
