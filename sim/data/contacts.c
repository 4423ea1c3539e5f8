/* contacts.c - calls are looked at in order of time, each day with a table of its customers' last
 * calls; so what is looked up lies near to each other, however long the log.
 */
#include "contacts.h"

#include <stdlib.h>
#include <string.h>

struct table {
    uint32_t *call; /* the customer's last one, + 1; 0: free */
    size_t slots;   /* a power of two */
};

bool contact_counts(const struct contacts *c, size_t i)
{
    const struct log_call *call = &c->log->call[i];
    return call->customer && c->fit->place[call->queue] != NO_PLACE;
}

double contact_start(const struct contacts *c, size_t i, long *day)
{
    return calendar_arrival(&c->fit->calendar, &c->log->call[i], day);
}

static long day_of(const struct contacts *c, size_t i)
{
    long day;
    contact_start(c, i, &day);
    return day;
}

/* The calls from `first` to `end` are those of a day. */
static bool link_day(struct contacts *c, struct table *table, size_t first, size_t end)
{
    size_t slots = 64;
    while (slots < 2 * (end - first))
        slots *= 2;
    if (slots > table->slots) {
        free(table->call);
        table->call = malloc(slots * sizeof *table->call);
        table->slots = table->call ? slots : 0;
    }
    if (!table->call)
        return false;
    memset(table->call, 0, slots * sizeof *table->call);
    for (size_t i = first; i < end; i++) {
        uint64_t customer = c->log->call[i].customer;
        size_t at = (size_t)customer & (slots - 1);
        if (!contact_counts(c, i))
            continue;
        while (table->call[at] && c->log->call[table->call[at] - 1].customer != customer)
            at = (at + 1) & (slots - 1);
        if (table->call[at])
            c->next[table->call[at] - 1] = (uint32_t)i;
        table->call[at] = (uint32_t)i + 1;
        c->n++;
    }
    return true;
}

bool contacts_gather(struct contacts *c, const oh_fit *fit, const oh_log *log)
{
    struct table table = {0};
    bool good = true;
    *c = (struct contacts){fit, log, malloc((log->calls + 1) * sizeof *c->next), 0};
    if (!c->next)
        return false;
    for (size_t i = 0; i < log->calls; i++)
        c->next[i] = NO_CALL;
    for (size_t i = 0, first = 0; good && first < log->calls; first = i) {
        long day = day_of(c, first);
        for (i = first + 1; i < log->calls && day_of(c, i) == day;)
            i++;
        good = link_day(c, &table, first, i);
    }
    free(table.call);
    if (!good)
        contacts_free(c);
    return good;
}

void contacts_free(struct contacts *c)
{
    free(c->next);
    *c = (struct contacts){0};
}

double contact_end(const struct contacts *c, size_t i)
{
    const struct log_call *call = &c->log->call[i];
    long day;
    double end = contact_start(c, i, &day) + call->wait;
    if (call->outcome == OUTCOME_ANSWERED && call->busy > call->wrap_up)
        end += call->busy - call->wrap_up;
    return end;
}

bool contact_is_transferred(const struct contacts *c, size_t i)
{
    const struct log_call *call = &c->log->call[i];
    uint32_t next = c->next[i];
    long day;
    if (next == NO_CALL || call->outcome != OUTCOME_ANSWERED ||
        c->log->call[next].queue == call->queue)
        return false;
    double answered = contact_start(c, i, &day) + call->wait, start = contact_start(c, next, &day);
    return start >= answered && start <= contact_end(c, i) + TRANSFER_WITHIN;
}
