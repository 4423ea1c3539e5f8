/* fit_customers.c - who calls again and who is handed on, and how many calls that makes.
 *
 * Those calls the scenario makes itself, so the arrivals that are written are the others (fresh
 * ones). They are taken out day by day and slot by slot: redials come when waits are long.
 */
#include <math.h>

#include "contacts.h"

/* Where fewer of the calls have a customer, nothing can be told of who calls again. */
#define LEAST_NAMED 0.2

static size_t place_of(const struct fit_calendar *c, size_t queue, const struct fit_day *day,
                       size_t slot)
{
    return (queue * c->days + (size_t)(day - c->day)) * c->slots + slot;
}

double fit_follow_ups(const oh_fit *fit, size_t queue, long business_day, size_t slot)
{
    const struct fit_calendar *c = &fit->calendar;
    const struct fit_day *day = fit->customers.follow ? calendar_day(c, business_day) : NULL;
    return day ? (double)fit->customers.follow[place_of(c, queue, day, slot)] : 0;
}

/* Of a queue: calls kept one by one, those whose customer is known, and what of these is a
 * follow-up. */
struct known {
    double calls, named, follow;
};

static void look(struct known *known, oh_fit *fit, const oh_log *log,
                 const struct contacts *contacts)
{
    for (size_t i = 0; i < log->calls; i++)
        if (fit->place[log->call[i].queue] != NO_PLACE)
            known[fit->place[log->call[i].queue]].calls++;
    for (size_t i = 0; i < contacts->n; i++)
        known[fit->place[log->call[contacts->at[i].call].queue]].named++;
    for (size_t q = 0; q < fit->queues; q++) {
        bool *queue = &fit->queue[q].redials.known;
        *queue = known[q].named > LEAST_NAMED * known[q].calls;
        fit->customers.known = fit->customers.known || *queue;
    }
}

/* Calls of the whole log that nobody looked at one by one: the share that was found elsewhere. */
static void spread(oh_fit *fit, const oh_log *log, const struct known *known)
{
    const struct fit_calendar *c = &fit->calendar;
    for (size_t q = 0; q < fit->queues; q++) {
        double share = known[q].named > 0 ? known[q].follow / known[q].named : 0;
        for (size_t d = 0; d < c->days; d++) {
            for (size_t s = 0; s < c->slots; s++) {
                const struct log_cell *cell =
                    calendar_cell(c, log, c->day[d].day, s, fit->number[q]);
                fit->customers.follow[place_of(c, q, &c->day[d], s)] =
                    cell ? (float)(share * cell->arrivals) : 0;
            }
        }
    }
}

static bool take_out(oh_fit *fit, const oh_log *log, const struct contacts *contacts,
                     struct known *known)
{
    const struct fit_calendar *c = &fit->calendar;
    float *follow = arena_array(&fit->arena, fit->queues * c->days * c->slots, sizeof *follow);
    if (!follow)
        return false;
    fit->customers.follow = follow;
    for (size_t i = 0; i < contacts->n; i++)
        known[fit->place[log->call[contacts->at[i].call].queue]].follow +=
            (double)contacts->at[i].follows;
    if (log->calls_left_out > 0) {
        spread(fit, log, known);
        return true;
    }
    for (size_t i = 0; i < contacts->n; i++) {
        const struct contact *at = &contacts->at[i];
        const struct fit_day *day = calendar_day(c, at->day);
        size_t slot = (size_t)(at->start / 1000.0 / c->step);
        size_t q = fit->place[log->call[at->call].queue];
        if (at->follows > 0 && day && slot < c->slots)
            follow[place_of(c, q, day, slot)] +=
                (float)((double)at->follows * known[q].calls / known[q].named);
    }
    return true;
}

bool fit_customers(oh_fit *fit, const oh_log *log, double window)
{
    struct contacts contacts;
    struct known *known = arena_array(&fit->arena, fit->queues, sizeof *known);
    fit->customers = (struct fit_customers){.window = window};
    if (!known || !contacts_gather(&contacts, fit, log))
        return false;
    look(known, fit, log, &contacts);
    fit->customers.named = contacts.n;
    bool good =
        !fit->customers.known || (fit_transfers(fit, &contacts) && fit_redials(fit, &contacts) &&
                                  take_out(fit, log, &contacts, known));
    contacts_free(&contacts);
    return good;
}
