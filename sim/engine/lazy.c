/* lazy.c - abandonment without an event: who has given up is found when somebody looks.
 *
 * The one idea: in a queue whose length decides nothing it is enough to know, of whoever is at the
 * head of the line when an agent is free, whether his patience is over. He left at `gives_up`, not
 * now: times are summed up in whole ticks, in any order, so the figures have the same bits as with
 * an event for each. Before anything that may look at more than heads (the plan, a maximum that may
 * be passed, whatever goes the long way) everybody who has given up by then is settled.
 */
#include "replication.h"

/* At its time, which is over, it gave up. */
static void leaves(struct replication *r, uint32_t c)
{
    struct call *call = &r->call[c];
    struct queue_state *q = &r->queue[call->queue];
    int64_t left = ticks_at(r->model, call->gives_up);
    line_remove(r, &q->line, c);
    q->waiting--;
    q->waiting_area += left;
    r->waiting--;
    q->in_line--;
    call->wait = call->patience;
    call->outcome = OUTCOME_ABANDONED;
    call->state = CALL_OVER;
    score_plain(r, call, left);
    r->followed -= call->counted;
    call->next = r->free_call;
    r->free_call = c;
}

uint32_t lazy_head(struct replication *r, uint32_t c, double now)
{
    while (c != NONE && r->call[c].lazy && r->call[c].gives_up < now) {
        uint32_t next = r->call[c].next;
        leaves(r, c);
        c = next;
    }
    return c;
}

/* Lined up while fewer than LAZY_MOST were in line: nobody stands behind that many. */
void lazy_settle(struct replication *r, double time, uint64_t key)
{
    if (r->lazy_soonest > time)
        return;
    double soonest = INFINITY;
    for (uint32_t q = 0; q < r->model->queues; q++) {
        uint32_t c = r->queue[q].line.head, next;
        for (int i = 0; i < LAZY_MOST && c != NONE; i++, c = next) {
            const struct call *call = &r->call[c];
            next = call->next;
            if (!call->lazy)
                continue;
            if (call->gives_up < time ||
                (call->gives_up == time && evq_key(RANK_PATIENCE, call->number) < key))
                leaves(r, c);
            else
                soonest = fmin(soonest, call->gives_up);
        }
    }
    r->lazy_soonest = soonest;
}

void lazy_begins(struct replication *r)
{
    for (uint32_t q = 0; q < r->model->queues; q++)
        r->queue[q].lazy =
            !r->tells && !r->play->eager && r->queue[q].quick && r->queue[q].capacity == UINT64_MAX;
    r->lazy_soonest = INFINITY;
}

void lazy_ends(struct replication *r)
{
    for (uint32_t q = 0; q < r->model->queues; q++) {
        r->queue[q].lazy = false;
        for (uint32_t c = r->queue[q].line.head; c != NONE; c = r->call[c].next) {
            struct call *call = &r->call[c];
            if (call->lazy)
                evq_push(&r->evq, c, call->gives_up, evq_key(RANK_PATIENCE, call->number));
            call->lazy = false;
        }
    }
    r->lazy_soonest = INFINITY;
}
