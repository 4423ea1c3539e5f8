/* contacts.c - sorted by customer, day and time. */
#include "contacts.h"

#include <math.h>
#include <stdlib.h>

static int by_customer(const void *pa, const void *pb)
{
    const struct contact *a = pa, *b = pb;
    if (a->customer != b->customer)
        return a->customer < b->customer ? -1 : 1;
    if (a->day != b->day)
        return a->day < b->day ? -1 : 1;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    return a->call < b->call ? -1 : a->call > b->call;
}

bool contacts_gather(struct contacts *c, const oh_fit *fit, const oh_log *log)
{
    const struct fit_calendar *calendar = &fit->calendar;
    *c = (struct contacts){.log = log, .at = malloc((log->calls + 1) * sizeof *c->at)};
    for (size_t i = 0; c->at && i < log->calls; i++) {
        const struct log_call *call = &log->call[i];
        double second = call->arrived / 1000.0;
        long day;
        if (!call->customer || fit->place[call->queue] == NO_PLACE)
            continue;
        size_t slot = calendar_place(calendar, call->day, second, &day);
        double start = (double)slot * calendar->step + fmod(second, calendar->step);
        c->at[c->n++] = (struct contact){.customer = call->customer,
                                         .day = (int32_t)day,
                                         .start = (uint32_t)(1000 * start + 0.5),
                                         .call = (uint32_t)i};
    }
    if (c->at && c->n > 0)
        qsort(c->at, c->n, sizeof *c->at, by_customer);
    return c->at != NULL;
}

void contacts_free(struct contacts *c)
{
    free(c->at);
    *c = (struct contacts){0};
}

const struct contact *contact_next(const struct contacts *c, size_t i)
{
    const struct contact *at = &c->at[i], *next = at + 1;
    bool same = i + 1 < c->n && next->customer == at->customer && next->day == at->day;
    return same ? next : NULL;
}

double contact_end(const struct contacts *c, size_t i)
{
    const struct log_call *call = &c->log->call[c->at[i].call];
    double end = (double)c->at[i].start + call->wait;
    if (call->outcome == OUTCOME_ANSWERED && call->busy > call->wrap_up)
        end += call->busy - call->wrap_up;
    return end;
}

bool contact_is_transferred(const struct contacts *c, size_t i)
{
    const struct contact *next = contact_next(c, i);
    const struct log_call *call = &c->log->call[c->at[i].call];
    if (!next || call->outcome != OUTCOME_ANSWERED || c->log->call[next->call].queue == call->queue)
        return false;
    double answered = (double)c->at[i].start + call->wait;
    return next->start >= answered && next->start <= contact_end(c, i) + TRANSFER_WITHIN;
}
