/* callbacks.c - callers who hang up and are called: offers, dials, retries.
 *
 * The one idea: a pending call-back stands in a line of its own, in order of joining, so that an
 * agent compares its first one with the first waiting caller.
 */
#include "replication.h"

/* (Calls waiting ahead + 1) x mean handling / agents on duty who may take it. */
static double expected_wait(const struct replication *r, const struct call *call)
{
    const struct model_queue *q = &r->model->queue[call->queue];
    double agents = 0;
    for (size_t i = 0; i < q->servers; i++)
        agents += r->group[q->server[i].group].on_duty;
    return (r->queue[call->queue].waiting + 1) * q->mean_handling / agents;
}

bool callback_offer(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    const struct model_queue *q = &r->model->queue[call->queue];
    const struct spec_callback *cb = &q->rules->callback;
    bool everybody = cb->by_wait && cb->over == 0;
    bool offered = everybody || (cb->by_wait ? expected_wait(r, call) > cb->over
                                             : r->queue[call->queue].waiting > cb->over);
    if (past_closing(r) || !offered)
        return false;
    call->callback_offered = true;
    if (call_uniform(r, call, DRAW_ACCEPT) >= cb->accept)
        return false;
    call->outcome = OUTCOME_CALLBACK;
    call->left = r->now;
    call->exit_period = r->period;
    call_move(r, c, CALL_PENDING);
    line_insert(r, &r->queue[call->queue].callbacks, c, false);
    call_overflows_later(r, c);
    return true;
}

/* Each dial has draws of its own, as if it were another visit of the caller. */
static struct call as_dialled(const struct call *call)
{
    struct call dial = *call;
    dial.visit = (call->visit & 0xff) | (call->attempts & 0xff) << 8;
    return dial;
}

void callback_dials(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    const struct model_queue *q = &r->model->queue[call->queue];
    call->attempts++;
    struct call dial = as_dialled(call);
    call->ring = q->ring ? call_time(r, &dial, q->ring, DRAW_RING) : 0;
}

/* The talk is drawn when somebody is there. */
static void draw_talk(const struct replication *r, struct call *call)
{
    const struct model_queue *q = &r->model->queue[call->queue];
    double speed = r->model->group[r->agent[call->agent].group].skill[call->skill].speed;
    struct call dial = as_dialled(call);
    call->talk = call_time(r, &dial, q->talk, DRAW_TALK) / speed;
    call->hold = q->hold ? call_time(r, &dial, q->hold, DRAW_HOLD) / speed : 0;
    call->wrap_up = q->wrap_up ? call_time(r, &dial, q->wrap_up, DRAW_WRAP_UP) / speed : 0;
}

/* Not answered: again later, or never. */
static void dial_failed(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    const struct spec_callback *cb = &r->model->queue[call->queue].rules->callback;
    uint32_t agent = call->agent;
    agent_put_down(r, agent, c);
    if (call->attempts >= cb->attempts) {
        call_over(r, c);
    } else {
        struct call dial = as_dialled(call);
        double delay = call_time(r, &dial, cb->retry, DRAW_RETRY);
        call_move(r, c, CALL_RETRY);
        call->agent = NONE;
        evq_push(&r->evq, c, r->now + delay, evq_key(RANK_CALLBACK, call->number));
    }
    agent_goes_on(r, agent);
}

void callback_dial_ends(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    const struct spec_callback *cb = &r->model->queue[call->queue].rules->callback;
    struct call dial = as_dialled(call);
    if (call_uniform(r, &dial, DRAW_ANSWERS) < cb->answers) {
        draw_talk(r, call);
        call->callback_done = true;
        call_answer(r, c);
    } else {
        dial_failed(r, c);
    }
}

void callback_due(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    call_move(r, c, CALL_PENDING);
    line_insert(r, &r->queue[call->queue].callbacks, c, false);
    call_overflows_later(r, c);
    routing_rematch(r, call->queue);
}

void callbacks_drop(struct replication *r)
{
    for (uint32_t c = 0; c < r->calls_used; c++)
        if (r->call[c].state == CALL_PENDING || r->call[c].state == CALL_RETRY) {
            if (r->call[c].state == CALL_PENDING)
                line_remove(r, &r->queue[r->call[c].queue].callbacks, c);
            call_over(r, c);
        }
}
