/* fit_transfers.c - answered calls that are handed on to another queue.
 *
 * A log has no word for it: the customer's next call is in another queue and begins while the first
 * one lasts or right after (contacts.h), which by chance next to nobody's does.
 */
#include <math.h>
#include <stdlib.h>

#include "contacts.h"
#include "quantiles.h"

#define FEW         20    /* transfers that make evidence */
#define LEAST_SHARE 0.002 /* an interval that begins below is not written */

static int most_first(const void *pa, const void *pb)
{
    const struct fit_transfer *a = pa, *b = pb;
    if (a->n != b->n)
        return a->n > b->n ? -1 : 1;
    return a->to < b->to ? -1 : a->to > b->to;
}

static bool conclude(oh_fit *fit, size_t queue, const uint32_t *moved)
{
    struct fit_transfers *t = &fit->queue[queue].transfers;
    t->to = arena_array(&fit->arena, fit->queues, sizeof *t->to);
    if (!t->to)
        return false;
    for (size_t r = 0; r < fit->queues; r++) {
        double k = moved[queue * fit->queues + r], n = (double)t->answered;
        struct measured share = {k / n, 0, 0};
        if (k == 0)
            continue;
        share_interval(k, n, &share.low, &share.high);
        t->to[t->count++] = (struct fit_transfer){.to = r,
                                                  .n = (uint64_t)k,
                                                  .share = share,
                                                  .written = k >= FEW && share.low > LEAST_SHARE};
    }
    if (t->count > 1)
        qsort(t->to, t->count, sizeof *t->to, most_first);
    return true;
}

bool fit_transfers(oh_fit *fit, const struct contacts *c)
{
    uint32_t *moved = calloc(fit->queues * fit->queues + 1, sizeof *moved);
    bool good = moved != NULL;
    for (size_t i = 0; good && i < c->log->calls; i++) {
        const struct log_call *call = &c->log->call[i];
        if (call->outcome != OUTCOME_ANSWERED || !contact_counts(c, i))
            continue;
        size_t from = fit->place[call->queue];
        fit->queue[from].transfers.answered++;
        if (contact_is_transferred(c, i)) {
            const struct log_call *next = &c->log->call[c->next[i]];
            moved[from * fit->queues + fit->place[next->queue]]++;
        }
    }
    for (size_t q = 0; good && q < fit->queues; q++)
        good = conclude(fit, q, moved);
    free(moved);
    return good;
}
