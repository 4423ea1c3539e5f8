/* precedence.c - one pass over the choices in order of time.
 *
 * Within a line the longest waiting is its head, so a choice is between heads. Choices of the same
 * hour hang together: the interval is that of a share over clusters, put into Wilson's formula as a
 * smaller number of choices.
 */
#include "precedence.h"

#include <math.h>
#include <stdlib.h>

#include "quantiles.h"
#include "skill.h"

#define HOUR   3600000
#define MARGIN 2000 /* ms: what lies between two records of a log in whole seconds */
#define SLIP   5    /* ms: the same where parts of a second are recorded */

struct moment {
    int64_t time;
    uint32_t call;
};

struct watching {
    const oh_log *log;
    struct precedence *p;
    int64_t margin;
    size_t servers;       /* agents where groups are not known, else groups; at least 1 */
    uint32_t *took;       /* [servers * lines] calls answered */
    uint32_t *all;        /* [servers] */
    double *share;        /* [lines] of all calls answered */
    int64_t *busy_until;  /* [agents] */
    struct moment *taken; /* answered calls, by the time an agent took them */
    size_t takings;
    struct moment *came; /* all that waited, by line and time of arrival */
    size_t *head, *end;  /* [lines] in `came` */
};

static int64_t arrival_of(const struct log_call *call)
{
    return (int64_t)call->day * 86400000 + call->arrived;
}

/* When the call waited no longer: taken, or gone. */
static int64_t wait_end(const struct log_call *call)
{
    uint32_t ring = call->outcome != OUTCOME_ANSWERED ? 0
                    : call->ring < call->wait         ? call->ring
                                                      : call->wait;
    return arrival_of(call) + call->wait - ring;
}

static bool in_whole_seconds(const oh_log *log)
{
    for (size_t i = 0; i < log->calls; i++)
        if (log->call[i].arrived % 1000 || log->call[i].wait % 1000)
            return false;
    return true;
}

static size_t server_of(const oh_log *log, const struct log_call *call)
{
    if (log->has_groups)
        return call->group == UINT8_MAX ? 0 : call->group;
    return call->agent == UINT32_MAX ? 0 : call->agent;
}

static int by_time(const void *pa, const void *pb)
{
    const struct moment *a = pa, *b = pb;
    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    return a->call < b->call ? -1 : a->call > b->call;
}

static bool watching_new(struct watching *w, const oh_log *log)
{
    size_t lines = w->p->lines, n = log->calls;
    size_t named = log->has_groups ? log->group_name.count : log->agent_name.count;
    w->servers = named > 0 ? named : 1;
    w->took = calloc(w->servers * lines, sizeof *w->took);
    w->all = calloc(w->servers, sizeof *w->all);
    w->share = calloc(lines, sizeof *w->share);
    w->busy_until = calloc(log->agent_name.count + 1, sizeof *w->busy_until);
    w->taken = malloc((n + 1) * sizeof *w->taken);
    w->came = malloc((n + 1) * sizeof *w->came);
    w->head = calloc(lines, sizeof *w->head);
    w->end = calloc(lines, sizeof *w->end);
    return w->took && w->all && w->share && w->busy_until && w->taken && w->came && w->head &&
           w->end;
}

static void watching_free(struct watching *w)
{
    free(w->took);
    free(w->all);
    free(w->share);
    free(w->busy_until);
    free(w->taken);
    free(w->came);
    free(w->head);
    free(w->end);
}

static bool in_line(const struct log_call *call)
{
    return call->outcome == OUTCOME_ANSWERED || call->outcome == OUTCOME_ABANDONED ||
           call->outcome == OUTCOME_LEFT;
}

static void gather(struct watching *w)
{
    const oh_log *log = w->log;
    size_t lines = w->p->lines, at = 0;
    for (size_t i = 0; i < log->calls; i++) {
        const struct log_call *call = &log->call[i];
        w->end[call->queue] += in_line(call) && call->wait > 0;
        if (call->outcome != OUTCOME_ANSWERED)
            continue;
        w->taken[w->takings++] = (struct moment){wait_end(call), (uint32_t)i};
        w->took[server_of(log, call) * lines + call->queue]++;
        w->all[server_of(log, call)]++;
        w->share[call->queue]++;
    }
    for (size_t q = 0; q < lines; q++)
        w->share[q] /= fmax((double)w->takings, 1);
    for (size_t q = 0; q < lines; q++) {
        size_t n = w->end[q];
        w->head[q] = w->end[q] = at;
        at += n;
    }
    for (size_t i = 0; i < log->calls; i++) {
        const struct log_call *call = &log->call[i];
        if (in_line(call) && call->wait > 0)
            w->came[w->end[call->queue]++] = (struct moment){arrival_of(call), (uint32_t)i};
    }
    for (size_t q = 0; q < lines; q++)
        if (w->end[q] > w->head[q])
            qsort(&w->came[w->head[q]], w->end[q] - w->head[q], sizeof *w->came, by_time);
    if (w->takings > 0)
        qsort(w->taken, w->takings, sizeof *w->taken, by_time);
}

static bool serves(const struct watching *w, size_t server, size_t line)
{
    return skill_has(w->took[server * w->p->lines + line], w->all[server] * w->share[line]);
}

static void close_hour(struct choices *c)
{
    if (c->in_n > 0) {
        c->hours++;
        c->nn += c->in_n * c->in_n;
        c->kk += c->in_k * c->in_k;
        c->nk += c->in_n * c->in_k;
    }
    c->in_n = c->in_k = 0;
}

static void count(struct choices *c, int64_t time, bool first)
{
    if (c->hour != time / HOUR) {
        close_hour(c);
        c->hour = time / HOUR;
    }
    c->n++;
    c->in_n++;
    c->first += first;
    c->in_k += first;
}

/* An agent takes `call` at `time`: which heads of other lines that he serves wait on? */
static void look(struct watching *w, const struct log_call *call, int64_t time)
{
    size_t lines = w->p->lines, mine = call->queue, server = server_of(w->log, call);
    int64_t came = arrival_of(call);
    if (time - came <= w->margin || !serves(w, server, mine))
        return;
    for (size_t q = 0; q < lines; q++) {
        if (q == mine || !serves(w, server, q))
            continue;
        while (w->head[q] < w->end[q] &&
               wait_end(&w->log->call[w->came[w->head[q]].call]) <= time + w->margin)
            w->head[q]++;
        if (w->head[q] == w->end[q])
            continue;
        int64_t other = w->came[w->head[q]].time;
        if (other >= time - w->margin || llabs(other - came) <= w->margin)
            continue;
        if (came > other)
            count(&w->p->later[mine * lines + q], time, true);
        else
            count(&w->p->later[q * lines + mine], time, false);
    }
}

static void watch(struct watching *w)
{
    for (size_t i = 0; i < w->takings; i++) {
        const struct log_call *call = &w->log->call[w->taken[i].call];
        int64_t time = w->taken[i].time;
        bool known = call->agent != UINT32_MAX;
        /* with another contact in hand there may be no room for every kind */
        if (!known || w->busy_until[call->agent] <= time + w->margin)
            look(w, call, time);
        int64_t free_at = time + call->ring + call->busy;
        if (known && free_at > w->busy_until[call->agent])
            w->busy_until[call->agent] = free_at;
    }
}

static void conclude(struct choices *c)
{
    close_hour(c);
    c->share = (struct measured){NAN, 0, 1};
    if (!(c->n > 0))
        return;
    double p = c->first / c->n, by_chance = p * (1 - p) * c->n, wider = 1;
    if (by_chance > 0 && c->hours > 1) {
        double squares = c->kk - 2 * p * c->nk + p * p * c->nn;
        wider = fmax(squares * c->hours / (c->hours - 1) / by_chance, 1);
    }
    c->share.value = p;
    share_interval(c->first / wider, c->n / wider, &c->share.low, &c->share.high);
}

bool precedence_study(struct precedence *p, const oh_log *log)
{
    struct watching w = {.log = log, .p = p, .margin = in_whole_seconds(log) ? MARGIN : SLIP};
    *p = (struct precedence){.lines = log->queue_name.count};
    p->later = calloc(p->lines * p->lines + 1, sizeof *p->later);
    bool good = p->later && (p->lines < 2 || watching_new(&w, log));
    if (good && p->lines > 1) {
        gather(&w);
        watch(&w);
        for (size_t i = 0; i < p->lines * p->lines; i++)
            conclude(&p->later[i]);
    }
    watching_free(&w);
    return good;
}

void precedence_free(struct precedence *p)
{
    free(p->later);
    *p = (struct precedence){0};
}

const struct choices *precedence_later(const struct precedence *p, size_t a, size_t b)
{
    return &p->later[a * p->lines + b];
}

bool precedence_before(const struct precedence *p, size_t a, size_t b)
{
    const struct choices *mine = precedence_later(p, a, b), *other = precedence_later(p, b, a);
    return mine->n >= CHOICES_FEW && mine->share.low > 0.5 &&
           (other->n < CHOICES_FEW || other->share.high < 0.5);
}

bool precedence_in_turn(const struct precedence *p, size_t a, size_t b)
{
    const struct choices *mine = precedence_later(p, a, b), *other = precedence_later(p, b, a);
    return mine->n >= CHOICES_FEW && other->n >= CHOICES_FEW && mine->share.high < 0.5 &&
           other->share.high < 0.5;
}
