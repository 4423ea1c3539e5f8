/* score.c - what is counted, and nothing else.
 *
 * The one idea: a call is counted once, when all about it is known, by additions to one cell. What
 * goes by the clock (queue length, staff) is integrated where it changes, in two numbers of its own
 * queue or group, and moved to cells only at period boundaries.
 */
#include <math.h>
#include <stdio.h>

#include "replication.h"

void score_waiting(struct replication *r, struct queue_state *q, int change)
{
    q->waiting_area += q->waiting * (r->now - q->waiting_touched);
    q->waiting_touched = r->now;
    q->waiting += (uint32_t)change;
    r->waiting += (uint32_t)change;
    if (q->waiting > q->waiting_max)
        q->waiting_max = q->waiting;
    if (r->waiting > r->waiting_max)
        r->waiting_max = r->waiting;
}

void score_present(struct replication *r, struct queue_state *q, int change)
{
    q->present_area += q->present * (r->now - q->present_touched);
    q->present_touched = r->now;
    q->present += (uint32_t)change;
}

void score_group(struct replication *r, struct group_state *g)
{
    double dt = r->now - g->touched;
    if (dt == 0)
        return;
    g->touched = r->now;
    g->staffed_area += g->on_duty * dt;
    g->busy_area += g->busy * dt;
    g->contact_area += g->contacts * dt;
    g->overtime_area += g->over * dt;
}

static void flush_queue(struct replication *r, uint32_t i, uint32_t period)
{
    struct queue_state *q = &r->queue[i];
    score_waiting(r, q, 0);
    score_present(r, q, 0);
    if (r->measuring) {
        struct queue_cell *cell = queue_cell_of(r, r->row, i, period);
        cell->queue_area += q->waiting_area;
        cell->system_area += q->present_area;
        cell->queue_max = fmax(cell->queue_max, q->waiting_max);
    }
    q->waiting_area = q->present_area = 0;
    q->waiting_max = q->waiting;
}

static void flush_group(struct replication *r, uint32_t i, uint32_t period)
{
    struct group_state *g = &r->group[i];
    score_group(r, g);
    if (r->measuring) {
        struct group_cell *cell =
            &r->play->tally[r->row].group[i * panel_periods(&r->model->shape) + period];
        cell->staffed_area += g->staffed_area;
        cell->busy_area += g->busy_area;
        cell->contact_area += g->contact_area;
        cell->overtime_area += g->overtime_area;
    }
    g->staffed_area = g->busy_area = g->contact_area = g->overtime_area = 0;
}

void score_flush(struct replication *r)
{
    uint32_t queues = (uint32_t)r->model->queues, period = r->period;
    for (uint32_t q = 0; q < queues; q++)
        flush_queue(r, q, period);
    for (uint32_t g = 0; g < r->model->groups; g++)
        flush_group(r, g, period);
    if (r->measuring) {
        struct queue_cell *total = queue_cell_of(r, r->row, queues, period);
        total->queue_max = fmax(total->queue_max, r->waiting_max);
    }
    r->waiting_max = r->waiting;
}

void score_tell(const struct replication *r, const struct call *call)
{
    static const char *const outcome_name[] = {"",          "answered",    "abandoned",
                                               "balked",    "blocked",     "cut_off",
                                               "left_over", "self_served", "callback"};
    const struct oh_model *m = r->model;
    bool answered = call->outcome == OUTCOME_ANSWERED;
    /* A call that was cut off while it rang had an agent, too. */
    bool served = call->agent != NONE && (answered || call->outcome == OUTCOME_CUT_OFF);
    uint32_t group = served ? r->agent[call->agent].group : NONE;
    struct call_record record = {
        .call = call->number + 1,
        .caller = call->caller + 1,
        .draw = call->draw,
        .visit = call->visit,
        .attempt = call->redials + 1,
        .queue = call->queue,
        .arrived = call->entered,
        .patience = call->patience,
        .wait = call->wait,
        .ring = served ? call->ring : 0,
        .outcome = outcome_name[call->outcome],
        .group = served ? (long)group : -1,
        .agent = served ? (long)(call->agent - m->group[group].first_agent) + 1 : -1,
        .talk = answered ? call->talk : 0,
        .hold = answered ? call->hold : 0,
        .wrap_up = answered ? call->wrap_up : 0,
        .ended = call->left,
    };
    r->play->probe->call(r->play->probe->user, &record);
}

/* The histogram of a call's queue, of its own batch. */
static void add_wait(const struct replication *r, struct histogram *h, const struct call *call)
{
    hist_add(&h[call->row * (r->model->queues + 1) + call->queue], call->wait);
}

static void score_answered(struct replication *r, const struct call *call,
                           const struct model_queue *q, struct queue_cell *cell)
{
    cell->answered++;
    cell->dropped += call->dropped;
    cell->wait_answered += call->wait;
    cell->wait_max = fmax(cell->wait_max, call->wait);
    cell->handling += call->talk + call->hold + call->wrap_up;
    cell->answered_in_time += call->wait <= q->value_within;
    for (size_t k = 0; k < q->limits; k++)
        cell->answered_within[k] += call->wait <= q->limit[k];
    add_wait(r, r->play->answered, call);
}

static void score_abandoned(struct replication *r, const struct call *call,
                            const struct model_queue *q, struct queue_cell *cell)
{
    cell->abandoned++;
    cell->balked += call->outcome == OUTCOME_BALKED;
    cell->short_abandoned += call->wait <= q->short_abandon;
    cell->wait_abandoned += call->wait;
    for (size_t k = 0; k < q->limits; k++)
        cell->abandoned_within[k] += call->wait <= q->limit[k];
    add_wait(r, r->play->abandoned, call);
}

static void score_offered(struct replication *r, const struct call *call,
                          const struct model_queue *q, struct queue_cell *cell)
{
    cell->offered++;
    cell->wait_all += call->wait;
    cell->wait_max_all = fmax(cell->wait_max_all, call->wait);
    cell->time_in_system += call->left - call->entered;
    if (call->delayed) {
        cell->delayed++;
        cell->wait_delayed += call->wait;
    }
    if (q->limits > 0 && call->wait > q->limit[0])
        cell->excess_wait += call->wait - q->limit[0];
    switch ((enum outcome)call->outcome) {
    case OUTCOME_ANSWERED:
        score_answered(r, call, q, cell);
        break;
    case OUTCOME_ABANDONED:
    case OUTCOME_BALKED:
        score_abandoned(r, call, q, cell);
        break;
    case OUTCOME_CUT_OFF:
        cell->cut_off++;
        add_wait(r, r->play->other, call);
        break;
    case OUTCOME_LEFT_OVER:
        cell->left_over++;
        add_wait(r, r->play->other, call);
        break;
    case OUTCOME_NONE:
    case OUTCOME_BLOCKED:
    case OUTCOME_SELF_SERVED:
    case OUTCOME_CALLBACK:
        break;
    }
}

static void score_entry(const struct call *call, struct queue_cell *cell)
{
    cell->arrivals++;
    cell->callers += call->visit == 0;
    cell->redials += call->cause == CAUSE_REDIAL;
    cell->returns += call->cause == CAUSE_RETURN;
    cell->transfers_in += call->cause == CAUSE_TRANSFER;
    cell->transfers_out += call->transfer >= 0 && !call->dropped;
    cell->callbacks_offered += call->callback_offered;
}

void score_call(struct replication *r, const struct call *call)
{
    if (!call->counted)
        return;
    bool at_exit = r->play->count_at == OH_AT_EXIT && !r->model->steady;
    const struct model_queue *q = &r->model->queue[call->queue];
    struct queue_cell *cell =
        queue_cell_of(r, call->row, call->queue, at_exit ? call->exit_period : call->period);
    score_entry(call, cell);
    if (call->outcome == OUTCOME_BLOCKED) {
        cell->blocked++;
    } else if (call->outcome == OUTCOME_SELF_SERVED) {
        cell->self_served++;
    } else if (call->outcome == OUTCOME_CALLBACK) {
        cell->callbacks_accepted++;
        cell->callbacks_done += call->callback_done;
        cell->callback_wait += call->callback_done ? call->answered - call->joined : 0;
    } else {
        score_offered(r, call, q, cell);
    }
}

/* All cells of a queue together. */
static struct queue_cell sum_cells(const struct replication *r, uint32_t q)
{
    struct queue_cell sum = {0};
    for (uint32_t row = 0; row < r->play->rows; row++)
        for (uint32_t p = 0; p <= period_outside(&r->model->shape); p++)
            queue_cell_add(&sum, queue_cell_of(r, row, q, p));
    return sum;
}

bool score_conserved(const struct replication *r, char message[256])
{
    double arrivals = 0;
    for (uint32_t q = 0; q < r->model->queues; q++) {
        struct queue_cell s = sum_cells(r, q);
        double in = s.blocked + s.self_served + s.callbacks_accepted + s.offered;
        double ended = s.answered + s.abandoned + s.cut_off + s.left_over;
        arrivals += s.arrivals;
        if (s.arrivals != in || s.offered != ended) {
            snprintf(message, 256,
                     "calls are not conserved in queue '%s': %.0f arrived, %.0f are accounted "
                     "for, %.0f offered, %.0f of them ended",
                     r->model->queue[q].name, s.arrivals, in, s.offered, ended);
            return false;
        }
    }
    if (!r->model->steady && arrivals != (double)r->numbers) {
        snprintf(message, 256, "%.0f calls entered but %.0f were counted", (double)r->numbers,
                 arrivals);
        return false;
    }
    return true;
}
