/* fit_speeds.c - how fast the groups of agents are at the calls of each queue.
 *
 * The mean handling time of all who take a queue's calls, over that of one group. Groups of a queue
 * have speeds of their own where these earn their numbers (Schwarz 1978, on the logarithms of the
 * times) and one of them is more than a few percent off; then all are written, so that the queue's
 * mean stays what it is.
 */
#include <math.h>
#include <stdlib.h>

#include "fit_parts.h"

#define FEW   50   /* calls of a group that tell its speed */
#define LEAST 0.03 /* nearer to 1 is 1 */

struct sums {
    double n, t, squares, log_t, log_squares;
};

static void add(struct sums *s, double t)
{
    double l = log(t);
    s->n++;
    s->t += t;
    s->squares += t * t;
    s->log_t += l;
    s->log_squares += l * l;
}

static double rest(const struct sums *s)
{
    return s->log_squares - s->log_t * s->log_t / s->n;
}

/* Variance of a mean, relative to its square. */
static double relative_variance(const struct sums *s)
{
    double m = s->t / s->n;
    return fmax(s->squares / s->n - m * m, 0) / s->n / (m * m);
}

static void study(struct fit_agents *a, size_t queue, const struct sums *group, size_t queues)
{
    struct sums all = {0};
    double within = 0, groups = 0, furthest = 0;
    for (size_t g = 0; g < a->groups; g++) {
        const struct sums *s = &group[g * queues + queue];
        if (s->n < FEW)
            continue;
        all.n += s->n;
        all.t += s->t;
        all.log_t += s->log_t;
        all.log_squares += s->log_squares;
        within += rest(s);
        groups++;
    }
    if (groups < 2)
        return;
    for (size_t g = 0; g < a->groups; g++) {
        const struct sums *s = &group[g * queues + queue];
        struct fit_speed *speed = &a->group[g].speed[queue];
        speed->n = (uint64_t)s->n;
        if (s->n < FEW)
            continue;
        double value = all.t / all.n * s->n / s->t, half = 1.96 * sqrt(relative_variance(s));
        speed->value = (struct measured){value, value * exp(-half), value * exp(half)};
        furthest = fmax(furthest, fabs(value - 1));
    }
    bool earns = within > 0 && all.n * log(rest(&all) / within) > (groups - 1) * log(all.n);
    for (size_t g = 0; g < a->groups; g++)
        if (group[g * queues + queue].n >= FEW)
            a->group[g].speed[queue].written = earns && furthest > LEAST;
}

static bool find_speeds(oh_fit *fit, const oh_log *log)
{
    struct fit_agents *a = &fit->agents;
    size_t queues = log->queue_name.count;
    for (size_t g = 0; g < a->groups; g++) {
        a->group[g].speed = arena_array(&fit->arena, queues, sizeof *a->group[g].speed);
        for (size_t q = 0; a->group[g].speed && q < queues; q++)
            a->group[g].speed[q].value = (struct measured){1, NAN, NAN};
        if (!a->group[g].speed)
            return false;
    }
    struct sums *sums = calloc(a->groups * queues + 1, sizeof *sums);
    if (!sums)
        return false;
    for (size_t i = 0; i < log->calls; i++) {
        const struct log_call *call = &log->call[i];
        if (call->outcome == OUTCOME_ANSWERED && call->busy > 0 && call->group != UINT8_MAX)
            add(&sums[call->group * queues + call->queue], call->busy / 1000.0);
    }
    for (size_t q = 0; q < queues; q++)
        study(a, q, sums, queues);
    free(sums);
    return true;
}

/* ---- who takes the calls when ---- */

static bool find_mix(oh_fit *fit, const oh_log *log)
{
    struct fit_agents *a = &fit->agents;
    const struct fit_calendar *c = &fit->calendar;
    size_t queues = log->queue_name.count;
    double *n = arena_array(&fit->arena, queues * c->slots, sizeof *n);
    a->mix = arena_array(&fit->arena, queues * c->slots, sizeof *a->mix);
    if (!n || !a->mix)
        return false;
    for (size_t i = 0; i < log->calls; i++) {
        const struct log_call *call = &log->call[i];
        long day;
        if (call->outcome != OUTCOME_ANSWERED || call->busy == 0 || call->group == UINT8_MAX)
            continue;
        const struct fit_speed *speed = &a->group[call->group].speed[call->queue];
        size_t k =
            call->queue * c->slots + calendar_place(c, call->day, call->arrived / 1000.0, &day);
        a->mix[k] += speed->written ? 1 / speed->value.value : 1;
        n[k]++;
    }
    for (size_t k = 0; k < queues * c->slots; k++)
        a->mix[k] = n[k] > 0 ? a->mix[k] / n[k] : 1;
    return true;
}

bool fit_speeds(oh_fit *fit, const oh_log *log)
{
    return fit->agents.groups < 2 || (find_speeds(fit, log) && find_mix(fit, log));
}
