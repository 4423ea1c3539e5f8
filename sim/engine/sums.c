/* sums.c - from whole numbers to the cells that metrics are read from.
 */
#include "sums.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static size_t rows_of(const struct oh_model *m)
{
    return m->batches ? m->batches : 1;
}

bool sums_init(struct sums *s, const struct oh_model *m)
{
    size_t cells = rows_of(m) * sums_periods(m);
    s->queue = malloc((cells * m->queues + 1) * sizeof *s->queue);
    s->group = malloc((cells * m->groups + 1) * sizeof *s->group);
    s->queue_max = malloc(cells * sizeof *s->queue_max);
    if (s->queue && s->group && s->queue_max)
        return true;
    sums_free(s);
    return false;
}

void sums_free(struct sums *s)
{
    free(s->queue);
    free(s->group);
    free(s->queue_max);
    *s = (struct sums){0};
}

void sums_clear(struct sums *s, const struct oh_model *m)
{
    size_t cells = rows_of(m) * sums_periods(m);
    memset(s->queue, 0, cells * m->queues * sizeof *s->queue);
    memset(s->group, 0, cells * m->groups * sizeof *s->group);
    memset(s->queue_max, 0, cells * sizeof *s->queue_max);
}

void sums_copy(struct sums *to, const struct sums *from, const struct oh_model *m)
{
    size_t cells = rows_of(m) * sums_periods(m);
    memcpy(to->queue, from->queue, cells * m->queues * sizeof *to->queue);
    memcpy(to->group, from->group, cells * m->groups * sizeof *to->group);
    memcpy(to->queue_max, from->queue_max, cells * sizeof *to->queue_max);
}

#define MOVE(field) (into->field += a->field - b->field + d->field)

void sums_move(struct queue_sums *into, const struct queue_sums *a, const struct queue_sums *b,
               const struct queue_sums *d)
{
    for (int k = 0; k < OUTCOMES; k++) {
        MOVE(ended[k]);
        MOVE(wait[k]);
    }
    for (int k = 0; k < CAUSES; k++)
        MOVE(by_cause[k]);
    for (int k = 0; k < MAX_LIMITS; k++) {
        MOVE(answered_late[k]);
        MOVE(abandoned_late[k]);
    }
    MOVE(callers_served);
    MOVE(delayed);
    MOVE(dropped);
    MOVE(transfers_out);
    MOVE(callbacks_offered);
    MOVE(callbacks_done);
    MOVE(answered_too_late);
    MOVE(abandoned_long);
    MOVE(wait_delayed);
    MOVE(excess);
    MOVE(handling);
    MOVE(in_system);
    MOVE(callback_wait);
    MOVE(queue_area);
    MOVE(system_area);
}

void sums_move_group(struct group_sums *into, const struct group_sums *a,
                     const struct group_sums *b, const struct group_sums *d)
{
    MOVE(staffed_area);
    MOVE(busy_area);
    MOVE(contact_area);
    MOVE(overtime_area);
}

static void add_counts(struct queue_cell *c, const struct queue_sums *s)
{
    uint64_t abandoned = s->ended[OUTCOME_ABANDONED] + s->ended[OUTCOME_BALKED];
    uint64_t offered = s->ended[OUTCOME_ANSWERED] + abandoned + s->ended[OUTCOME_CUT_OFF] +
                       s->ended[OUTCOME_LEFT_OVER];
    uint64_t arrivals = 0;
    for (int k = 0; k < CAUSES; k++)
        arrivals += s->by_cause[k];
    c->arrivals += (double)arrivals;
    c->blocked += (double)s->ended[OUTCOME_BLOCKED];
    c->offered += (double)offered;
    c->answered += (double)s->ended[OUTCOME_ANSWERED];
    c->abandoned += (double)abandoned;
    c->cut_off += (double)s->ended[OUTCOME_CUT_OFF];
    c->left_over += (double)s->ended[OUTCOME_LEFT_OVER];
    c->balked += (double)s->ended[OUTCOME_BALKED];
    c->short_abandoned += (double)(abandoned - s->abandoned_long);
    c->dropped += (double)s->dropped;
    c->callers += (double)s->by_cause[CAUSE_FRESH];
    c->callers_served += (double)s->callers_served;
    c->self_served += (double)s->ended[OUTCOME_SELF_SERVED];
    c->redials += (double)s->by_cause[CAUSE_REDIAL];
    c->returns += (double)s->by_cause[CAUSE_RETURN];
    c->transfers_in += (double)s->by_cause[CAUSE_TRANSFER];
    c->transfers_out += (double)s->transfers_out;
    c->callbacks_offered += (double)s->callbacks_offered;
    c->callbacks_accepted += (double)s->ended[OUTCOME_CALLBACK];
    c->callbacks_done += (double)s->callbacks_done;
    c->delayed += (double)s->delayed;
    c->answered_in_time += (double)(s->ended[OUTCOME_ANSWERED] - s->answered_too_late);
}

static void add_limits(struct queue_cell *c, const struct queue_sums *s, size_t limits)
{
    uint64_t abandoned = s->ended[OUTCOME_ABANDONED] + s->ended[OUTCOME_BALKED];
    for (size_t k = 0; k < limits; k++) {
        c->answered_within[k] += (double)(s->ended[OUTCOME_ANSWERED] - s->answered_late[k]);
        c->abandoned_within[k] += (double)(abandoned - s->abandoned_late[k]);
    }
}

static void add_times(struct queue_cell *c, const struct queue_sums *s, double tick)
{
    wide abandoned = s->wait[OUTCOME_ABANDONED] + s->wait[OUTCOME_BALKED];
    wide all = s->wait[OUTCOME_ANSWERED] + abandoned + s->wait[OUTCOME_CUT_OFF] +
               s->wait[OUTCOME_LEFT_OVER];
    c->wait_answered += (double)s->wait[OUTCOME_ANSWERED] * tick;
    c->wait_abandoned += (double)abandoned * tick;
    c->wait_all += (double)all * tick;
    c->wait_delayed += (double)s->wait_delayed * tick;
    c->excess_wait += (double)s->excess * tick;
    c->handling += (double)s->handling * tick;
    c->time_in_system += (double)s->in_system * tick;
    c->callback_wait += (double)s->callback_wait * tick;
    c->queue_area += (double)s->queue_area * tick;
    c->system_area += (double)s->system_area * tick;
    c->wait_max = fmax(c->wait_max, s->wait_max);
    c->wait_max_all = fmax(c->wait_max_all, s->wait_max_all);
    c->queue_max = fmax(c->queue_max, s->queue_max);
}

static void add_group(struct group_cell *c, const struct group_sums *s, double tick)
{
    c->staffed_area += (double)s->staffed_area * tick;
    c->busy_area += (double)s->busy_area * tick;
    c->contact_area += (double)s->contact_area * tick;
    c->overtime_area += (double)s->overtime_area * tick;
}

static void close_row(const struct sums *s, const struct oh_model *m, uint32_t row, struct tally t)
{
    size_t cells = panel_periods(&m->shape);
    double tick = 1 / m->ticks_per_second;
    for (uint32_t p = 0; p < sums_periods(m); p++) {
        for (uint32_t q = 0; q < m->queues; q++) {
            const struct queue_sums *sums = sums_queue(s, m, row, q, p);
            struct queue_cell *cell = &t.queue[q * cells + p];
            add_counts(cell, sums);
            add_limits(cell, sums, m->queue[q].limits);
            add_times(cell, sums, tick);
        }
        for (uint32_t g = 0; g < m->groups; g++)
            add_group(&t.group[g * cells + p], sums_group(s, m, row, g, p), tick);
        struct queue_cell *total = &t.queue[m->queues * cells + p];
        total->queue_max = fmax(total->queue_max, s->queue_max[row * sums_periods(m) + p]);
    }
}

void sums_close(const struct sums *s, const struct oh_model *m, const struct tally *tally)
{
    for (uint32_t row = 0; row < rows_of(m); row++)
        close_row(s, m, row, tally[row]);
}
