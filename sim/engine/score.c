/* score.c - what is counted, and nothing else.
 *
 * The one idea: a call is counted once, when all about it is known, by additions to one cell. What
 * goes by the clock (queue length, staff) is integrated where it changes, in two numbers of its own
 * queue or group, and moved to cells only at period boundaries.
 */
#include <math.h>
#include <stdio.h>

#include "replication.h"

static void flush_queue(struct replication *r, uint32_t i, uint32_t period)
{
    struct queue_state *q = &r->queue[i];
    wide waiting = level_flush(r, q->waiting, &q->waiting_area);
    wide served = level_flush(r, q->served, &q->served_area);
    if (r->measuring) {
        struct queue_sums *sums = sums_queue(&r->sums, r->model, r->row, i, period);
        sums->queue_area += waiting;
        sums->system_area += waiting + served;
        if (q->waiting_max > sums->queue_max)
            sums->queue_max = q->waiting_max;
    }
    q->waiting_max = q->waiting;
}

static void flush_group(struct replication *r, uint32_t i, uint32_t period)
{
    struct group_state *g = &r->group[i];
    struct group_sums past = {
        .staffed_area = level_flush(r, g->on_duty, &g->staffed_area),
        .busy_area = level_flush(r, g->busy, &g->busy_area),
        .overtime_area = level_flush(r, g->over, &g->overtime_area),
    };
    past.contact_area =
        r->model->group[i].single ? past.busy_area : level_flush(r, g->contacts, &g->contact_area);
    if (r->measuring) {
        struct group_sums *sums = sums_group(&r->sums, r->model, r->row, i, period);
        sums->staffed_area += past.staffed_area;
        sums->busy_area += past.busy_area;
        sums->contact_area += past.contact_area;
        sums->overtime_area += past.overtime_area;
    }
}

void score_flush(struct replication *r)
{
    uint32_t queues = (uint32_t)r->model->queues, period = r->period;
    score_at_once(r);
    for (uint32_t q = 0; q < queues; q++)
        flush_queue(r, q, period);
    for (uint32_t g = 0; g < r->model->groups; g++)
        flush_group(r, g, period);
    uint32_t *most = &r->sums.queue_max[r->row * sums_periods(r->model) + period];
    if (r->measuring && r->waiting_max > *most)
        *most = r->waiting_max;
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
        .joined = call->joined,
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
static inline void add_wait(const struct replication *r, struct histogram *h,
                            const struct call *call)
{
    hist_add(&h[call->row * (r->model->queues + 1) + call->queue], call->wait);
}

static void score_offered(struct replication *r, const struct call *call,
                          const struct model_queue *q, struct queue_sums *s)
{
    const struct oh_model *m = r->model;
    bool answered = call->outcome == OUTCOME_ANSWERED;
    bool abandoned = call->outcome == OUTCOME_ABANDONED || call->outcome == OUTCOME_BALKED;
    s->in_system += ticks_at(m, call->left) - ticks_at(m, call->entered);
    s->delayed += call->delayed;
    if (answered) {
        s->handling += ticks_of(m, call->talk + call->hold + call->wrap_up);
        s->dropped += call->dropped;
    }
    add_wait(r,
             answered    ? r->play->answered
             : abandoned ? r->play->abandoned
                         : r->play->other,
             call);
    if (call->wait > 0)
        sums_wait(s, m, q, call->outcome, call->wait, call->delayed);
}

void score_call(struct replication *r, const struct call *call)
{
    if (!call->counted)
        return;
    const struct model_queue *q = &r->model->queue[call->queue];
    struct queue_sums *s = sums_queue(&r->sums, r->model, call->row, call->queue,
                                      r->at_exit ? call->exit_period : call->period);
    s->ended[call->outcome]++;
    s->by_cause[call->cause]++;
    s->transfers_out += call->transfer >= 0 && !call->dropped;
    s->callbacks_offered += call->callback_offered;
    if (call->outcome == OUTCOME_CALLBACK && call->callback_done) {
        s->callbacks_done++;
        s->callback_wait += ticks_at(r->model, call->answered) - ticks_at(r->model, call->joined);
    }
    if (call->outcome != OUTCOME_CALLBACK && call->outcome != OUTCOME_BLOCKED &&
        call->outcome != OUTCOME_SELF_SERVED)
        score_offered(r, call, q, s);
}

void score_plain(struct replication *r, struct call *call, int64_t left)
{
    const struct oh_model *m = r->model;
    const struct model_queue *q = &m->queue[call->queue];
    if (call->counted) {
        struct queue_sums *s =
            sums_queue(&r->sums, m, call->row, call->queue, r->at_exit ? r->period : call->period);
        bool answered = call->outcome == OUTCOME_ANSWERED;
        s->ended[call->outcome]++;
        s->by_cause[CAUSE_FRESH]++;
        wide_add(&s->in_system, (uint64_t)(left - ticks_at(m, call->entered)));
        s->delayed += call->delayed;
        if (answered)
            wide_add(&s->handling, (uint64_t)ticks_of(m, call->talk + call->hold + call->wrap_up));
        add_wait(r, answered ? r->play->answered : r->play->abandoned, call);
        if (call->wait > 0)
            sums_wait(s, m, q, call->outcome, call->wait, call->delayed);
    }
    if (r->tells) {
        call->left = r->now;
        score_tell(r, call);
    }
    call->scored = true;
}

void score_ahead(struct replication *r, const struct call *call, int64_t left, int64_t handling)
{
    const struct oh_model *m = r->model;
    if (!call->counted)
        return;
    struct queue_sums *entry = sums_queue(&r->sums, m, call->row, call->queue, call->period);
    struct queue_sums *s = r->at_exit ? r->queue[call->queue].here : entry;
    entry->callers_served++;
    s->ended[OUTCOME_ANSWERED]++;
    s->by_cause[CAUSE_FRESH]++;
    wide_add(&s->in_system, (uint64_t)(left - ticks_at(m, call->entered)));
    s->delayed += call->delayed;
    wide_add(&s->handling, (uint64_t)handling);
    add_wait(r, r->play->answered, call);
    if (call->wait > 0)
        sums_wait(s, m, &m->queue[call->queue], OUTCOME_ANSWERED, call->wait, call->delayed);
}

void score_at_once(struct replication *r)
{
    for (uint32_t i = 0; i < r->model->queues; i++) {
        struct queue_state *q = &r->queue[i];
        struct histogram *h = &r->play->answered[r->row * (r->model->queues + 1) + i];
        q->here->ended[OUTCOME_ANSWERED] += q->at_once;
        q->here->by_cause[CAUSE_FRESH] += q->at_once;
        q->here->callers_served += q->at_once;
        hist_add_many(h, 0, q->at_once);
        q->at_once = 0;
    }
}

void score_here(struct replication *r)
{
    for (uint32_t q = 0; q < r->model->queues; q++)
        r->queue[q].here = sums_queue(&r->sums, r->model, r->row, q, r->period);
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
