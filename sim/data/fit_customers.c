/* fit_customers.c - who calls again and who is handed on, and how many calls that makes.
 *
 * Those calls the scenario makes itself, so the arrivals that it is given are what is left of the
 * recorded ones. What is taken away is not what looks like a comeback in the log but what the
 * scenario's own words make of the recorded calls, interval by interval: so that both together are
 * the recorded calls again, also where customers keep to no law.
 */
#include <math.h>

#include "contacts.h"

/* Where fewer of the calls have a customer, nothing can be told of who calls again. */
#define LEAST_NAMED 0.2

static size_t place_of(const struct fit_calendar *c, size_t queue, size_t day, size_t slot)
{
    return (queue * c->days + day) * c->slots + slot;
}

double fit_follow_ups(const oh_fit *fit, size_t queue, size_t day, size_t slot)
{
    const float *follow = fit->customers.follow;
    return follow ? (double)follow[place_of(&fit->calendar, queue, day, slot)] : 0;
}

/* ---- whose customers are known ---- */

static bool look(oh_fit *fit, const oh_log *log, const struct contacts *contacts)
{
    double *calls = arena_array(&fit->arena, 2 * fit->queues, sizeof *calls);
    if (!calls)
        return false;
    double *named = calls + fit->queues;
    for (size_t i = 0; i < log->calls; i++) {
        uint32_t place = fit->place[log->call[i].queue];
        if (place == NO_PLACE)
            continue;
        calls[place]++;
        named[place] += contact_counts(contacts, i);
    }
    for (size_t q = 0; q < fit->queues; q++) {
        bool *known = &fit->queue[q].redials.known;
        *known = named[q] > LEAST_NAMED * calls[q];
        fit->customers.known = fit->customers.known || *known;
    }
    return true;
}

/* ---- what the scenario makes of the recorded calls ---- */

/* One way in which calls of a queue bring others: a share of them, after a delay. */
struct way {
    size_t from, to;
    double share, mean;
    double lag;  /* s from the arrival to the end that counts */
    bool at_end; /* no delay: handed on */
    enum fit_ending ending;
};

/* Calls of a slot that end in that way. */
static double ended(const struct log_cell *cell, enum fit_ending ending)
{
    return !cell                       ? 0
           : ending == ENDING_ANSWERED ? cell->answered
           : ending == ENDING_HUNG_UP  ? cell->abandoned
                                       : (double)cell->arrivals - cell->offered;
}

/* Calls that end evenly over a slot bring others in it, and leave some for later. An exponential
 * delay forgets how long it has lasted, so what is to come is one number. */
static double bring(const struct way *w, double calls, double step, double *to_come)
{
    double x = step / w->mean, gone = -expm1(-x), early = 1 - gone / x;
    double here = *to_come * gone + calls * early;
    *to_come = *to_come * (1 - gone) + calls * (1 - early);
    return here;
}

/* Delays run in opening hours; what is left on a day comes on the next one of the same week. */
static void follow_way(oh_fit *fit, const oh_log *log, const struct way *w)
{
    const struct fit_calendar *c = &fit->calendar;
    double to_come = 0, part = fmin(w->lag / c->step, 1);
    for (size_t d = 0; d < c->days; d++) {
        const struct fit_opening *o = &c->opening[c->day[d].weekday];
        double late = 0; /* came in the slot before and end in this one */
        if (!o->open)
            continue;
        if (!c->week || d == 0 || c->day[d].weekday <= c->day[d - 1].weekday)
            to_come = 0;
        for (size_t s = o->first; s < o->end; s++) {
            double calls =
                w->share *
                ended(calendar_cell(c, log, c->day[d].day, s, fit->number[w->from]), w->ending);
            double here = late + (1 - part) * calls;
            late = part * calls;
            fit->customers.follow[place_of(c, w->to, d, s)] +=
                (float)(w->at_end ? here : bring(w, here, c->step, &to_come));
        }
        to_come += late;
    }
}

static double usual(double seconds)
{
    return seconds > 0 ? seconds : 0;
}

static void follow_queue(oh_fit *fit, const oh_log *log, size_t q)
{
    const struct fit_queue *queue = &fit->queue[q];
    const struct fit_follow *after = queue->redials.after;
    double talk = usual(queue->asa) + usual(log_book_talk(log, fit->number[q])), staying = 1;
    for (size_t i = 0; i < queue->transfers.count; i++) {
        const struct fit_transfer *t = &queue->transfers.to[i];
        if (!t->written)
            continue;
        staying -= t->share.value;
        follow_way(fit, log,
                   &(struct way){.from = q,
                                 .to = t->to,
                                 .share = t->share.value,
                                 .lag = talk,
                                 .at_end = true,
                                 .ending = ENDING_ANSWERED});
    }
    for (int e = 0; e < ENDINGS; e++) {
        double lag = e == ENDING_ANSWERED  ? talk
                     : e == ENDING_HUNG_UP ? usual(queue->wait_abandoned)
                                           : 0;
        if (after[e].evidence != EVIDENCE_NONE)
            follow_way(fit, log,
                       &(struct way){.from = q,
                                     .to = after[e].to,
                                     .share = after[e].share.value *
                                              (e == ENDING_ANSWERED ? fmax(staying, 0) : 1),
                                     .mean = after[e].delay.value,
                                     .lag = lag,
                                     .ending = (enum fit_ending)e});
    }
}

static bool take_out(oh_fit *fit, const oh_log *log)
{
    const struct fit_calendar *c = &fit->calendar;
    fit->customers.follow =
        arena_array(&fit->arena, fit->queues * c->days * c->slots, sizeof(float));
    for (size_t q = 0; fit->customers.follow && q < fit->queues; q++)
        follow_queue(fit, log, q);
    return fit->customers.follow != NULL;
}

bool fit_customers(oh_fit *fit, const oh_log *log, double window)
{
    struct contacts contacts;
    fit->customers = (struct fit_customers){.window = window};
    if (!contacts_gather(&contacts, fit, log))
        return false;
    fit->customers.named = contacts.n;
    bool good = look(fit, log, &contacts) &&
                (!fit->customers.known || (fit_transfers(fit, &contacts) &&
                                           fit_redials(fit, &contacts) && take_out(fit, log)));
    contacts_free(&contacts);
    return good;
}
