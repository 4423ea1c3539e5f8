/* fit_at_once.c - the contacts in an agent's hands, from one start or end to the next.
 */
#include "fit_at_once.h"

#include <math.h>
#include <string.h>

enum { IN_HAND = 32, FEWEST = 30, FEWEST_ENDS = 60 };

#define MANY       0.10 /* of a queue's contacts begin beside another one of it */
#define PART       0.02 /* of the time in hand: a number held less often is chance */
#define SLOWER_BY  3.0  /* standard errors between two paces */
#define LEAST_PACE 0.05

struct hands { /* of one agent */
    size_t n;
    double end[IN_HAND];
    uint8_t queue[IN_HAND];
    size_t held[LOG_QUEUES]; /* of each queue */
    double since;
};

/* Time passes to `now`. */
static void pass(struct fit_at_once *at_once, struct hands *h, double now)
{
    size_t level = h->n < AT_ONCE_MOST ? h->n : AT_ONCE_MOST;
    double time = now - h->since;
    for (size_t i = 0; i < h->n && time > 0; i++) {
        struct fit_at_once *a = &at_once[h->queue[i]];
        size_t held = h->held[h->queue[i]];
        a->time[level - 1] += time;
        /* shared among those held, so that it is the agent's time */
        a->holding[(held < AT_ONCE_MOST ? held : AT_ONCE_MOST) - 1] += time / (double)held;
    }
    h->since = now;
}

/* Contacts that end by `now` leave the hands, the first to end first. */
static void end_until(struct fit_at_once *at_once, struct hands *h, double now)
{
    for (;;) {
        size_t first = h->n;
        for (size_t i = 0; i < h->n; i++)
            if (h->end[i] <= now && (first == h->n || h->end[i] < h->end[first]))
                first = i;
        if (first == h->n)
            return;
        pass(at_once, h, h->end[first]);
        struct fit_at_once *a = &at_once[h->queue[first]];
        a->ends[(h->n < AT_ONCE_MOST ? h->n : AT_ONCE_MOST) - 1]++;
        h->held[h->queue[first]]--;
        h->n--;
        h->end[first] = h->end[h->n];
        h->queue[first] = h->queue[h->n];
    }
}

static void follow(struct fit_at_once *at_once, const struct stint *stint, size_t n, double slack)
{
    struct hands h = {0};
    for (size_t i = 0; i < n; i++) {
        const struct stint *s = &stint[i];
        double start = s->start / 1000.0;
        end_until(at_once, &h, start + slack);
        if (h.n == IN_HAND)
            continue;
        pass(at_once, &h, fmax(start, h.since));
        struct fit_at_once *a = &at_once[s->queue];
        a->n++;
        a->beside += h.held[s->queue] > 0;
        h.end[h.n] = s->end / 1000.0;
        h.queue[h.n++] = s->queue;
        h.held[s->queue]++;
    }
    end_until(at_once, &h, INFINITY);
}

static void find_most(struct fit_at_once *a)
{
    double whole = 0;
    for (size_t k = 0; k < AT_ONCE_MOST; k++)
        whole += a->holding[k];
    a->most = 1;
    if (a->n < FEWEST || (double)a->beside < MANY * (double)a->n)
        return;
    for (size_t k = 1; k < AT_ONCE_MOST; k++)
        if (a->holding[k] > PART * whole)
            a->most = (unsigned)k + 1;
}

/* Ends over time, for each number in hand; of one too rarely seen, that of the one before. */
static void find_pace(struct fit_at_once *a)
{
    double rate[AT_ONCE_MOST] = {0}, weight = 0, time = 0;
    size_t first = a->most; /* that was seen often enough */
    a->slows = false;
    for (size_t k = 0; k < a->most; k++) {
        bool seen = a->ends[k] >= FEWEST_ENDS && a->time[k] > 0;
        rate[k] = seen ? (double)a->ends[k] / a->time[k] : k > 0 ? rate[k - 1] : 0;
        if (!seen)
            continue;
        first = first == a->most ? k : first;
        double error = sqrt(1 / (double)a->ends[k] + 1 / (double)a->ends[first]);
        a->slows = a->slows || fabs(log(rate[k] / rate[first])) > SLOWER_BY * error;
    }
    for (size_t k = a->most; k-- > 1;) /* too rarely alone: as with the fewest that were seen */
        if (!(rate[k - 1] > 0))
            rate[k - 1] = rate[k];
    for (size_t k = 0; k < a->most; k++) {
        weight += rate[k] * a->time[k];
        time += a->time[k];
    }
    a->slows = a->slows && weight > 0;
    for (size_t k = 0; k < a->most; k++)
        a->pace[k] = a->slows ? fmax(rate[k] * time / weight, LEAST_PACE) : 1;
}

void at_once_study(struct fit_at_once *at_once, size_t queues, const struct stint *stint, size_t n,
                   uint8_t group, double slack)
{
    memset(at_once, 0, queues * sizeof *at_once);
    for (size_t i = 0, k; i < n; i = k) {
        for (k = i + 1; k < n && stint[k].day == stint[i].day && stint[k].agent == stint[i].agent;)
            k++;
        if (stint[i].group == group)
            follow(at_once, &stint[i], k - i, slack);
    }
    for (size_t q = 0; q < queues; q++) {
        find_most(&at_once[q]);
        find_pace(&at_once[q]);
    }
}
