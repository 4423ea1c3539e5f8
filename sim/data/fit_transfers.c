/* fit_transfers.c - answered calls that are handed on to another queue.
 *
 * A log has no word for it: the customer's next call is in another queue and begins while the first
 * one lasts or right after (contacts.h), which by chance next to nobody's does.
 *
 * They keep the handling of the queue that they come into: it is that of all calls there, so its
 * load is the recorded one. Where they take longer or shorter than the others, that is told.
 */
#include <math.h>
#include <stdlib.h>

#include "contacts.h"
#include "quantiles.h"

#define FEW         20    /* transfers that make evidence */
#define LEAST_SHARE 0.002 /* an interval that begins below is not written */
#define NOTABLE     0.1   /* longer or shorter by so much */
#define Z95         1.959963984540054

struct studying {
    oh_fit *fit;
    struct log_moments
        *moved;              /* [from * queues + to] handling there of calls handed on; n: known */
    uint32_t *count;         /* the same: as many */
    struct log_moments *all; /* [queues] of all kept calls */
};

static void add_time(struct log_moments *m, const struct log_call *call)
{
    double t = call->busy / 1000.0;
    if (call->outcome != OUTCOME_ANSWERED || !(t > 0))
        return;
    m->n++;
    m->sum += t;
    m->squares += t * t;
}

/* The ratio of two means; its logarithm is normal for samples of this size. */
static struct measured ratio_of(const struct log_moments *a, const struct log_moments *b)
{
    struct measured r = {NAN, NAN, NAN};
    if (a->n < FEW || b->n < FEW)
        return r;
    double x = a->sum / a->n, y = b->sum / b->n;
    double error = sqrt(fmax(a->squares / a->n - x * x, 0) / (a->n * x * x) +
                        fmax(b->squares / b->n - y * y, 0) / (b->n * y * y));
    r.value = x / y;
    r.low = r.value * exp(-Z95 * error);
    r.high = r.value * exp(Z95 * error);
    return r;
}

static int most_first(const void *pa, const void *pb)
{
    const struct fit_transfer *a = pa, *b = pb;
    if (a->n != b->n)
        return a->n > b->n ? -1 : 1;
    return a->to < b->to ? -1 : a->to > b->to;
}

static void compare(const struct studying *s, size_t queue, struct fit_transfer *t)
{
    const struct log_moments *moved = &s->moved[queue * s->fit->queues + t->to];
    const struct log_moments *all = &s->all[t->to];
    struct log_moments others = {all->n - moved->n, all->sum - moved->sum,
                                 all->squares - moved->squares};
    t->longer = ratio_of(moved, &others);
    t->differs = t->longer.low > 1 + NOTABLE || t->longer.high < 1 - NOTABLE;
}

static bool conclude(const struct studying *s, size_t queue)
{
    oh_fit *fit = s->fit;
    struct fit_transfers *t = &fit->queue[queue].transfers;
    t->to = arena_array(&fit->arena, fit->queues, sizeof *t->to);
    if (!t->to)
        return false;
    for (size_t r = 0; r < fit->queues; r++) {
        double k = s->count[queue * fit->queues + r], n = (double)t->answered;
        struct measured share = {k / n, 0, 0};
        if (k == 0)
            continue;
        share_interval(k, n, &share.low, &share.high);
        struct fit_transfer *to = &t->to[t->count++];
        *to = (struct fit_transfer){.to = r,
                                    .n = (uint64_t)k,
                                    .share = share,
                                    .written = k >= FEW && share.low > LEAST_SHARE};
        compare(s, queue, to);
    }
    if (t->count > 1)
        qsort(t->to, t->count, sizeof *t->to, most_first);
    return true;
}

static void look(struct studying *s, const struct contacts *c)
{
    oh_fit *fit = s->fit;
    for (size_t i = 0; i < c->log->calls; i++) {
        const struct log_call *call = &c->log->call[i];
        if (fit->place[call->queue] == NO_PLACE)
            continue;
        size_t from = fit->place[call->queue];
        add_time(&s->all[from], call);
        if (call->outcome != OUTCOME_ANSWERED || !contact_counts(c, i))
            continue;
        fit->queue[from].transfers.answered++;
        if (!contact_is_transferred(c, i))
            continue;
        const struct log_call *next = &c->log->call[c->next[i]];
        size_t way = from * fit->queues + fit->place[next->queue];
        s->count[way]++;
        add_time(&s->moved[way], next);
    }
}

bool fit_transfers(oh_fit *fit, const struct contacts *c)
{
    size_t ways = fit->queues * fit->queues;
    struct studying s = {.fit = fit,
                         .moved = calloc(ways + 1, sizeof *s.moved),
                         .count = calloc(ways + 1, sizeof *s.count),
                         .all = calloc(fit->queues + 1, sizeof *s.all)};
    bool good = s.moved && s.count && s.all;
    if (good)
        look(&s, c);
    for (size_t q = 0; good && q < fit->queues; q++)
        good = conclude(&s, q);
    free(s.moved);
    free(s.count);
    free(s.all);
    return good;
}
