/* fit_ready_alone.c - how long agents are not ready after a contact at whose end nobody waited.
 *
 * The one idea: such a pause is seen only when somebody happens to wait in it. The agent was away
 * up to the last moment at which somebody waited, and back when he took his next call; where that
 * call had waited, he came back at that very moment. So each pause lies in an interval, and the
 * most likely distribution over all of them is found by expectation and maximisation (Turnbull
 * 1976).
 *
 * A call that another one takes at once tells nothing here, though the agent may have been away,
 * so short pauses are found rather too often: what is longer than the pauses beside a line is so
 * for certain.
 */
#include <math.h>
#include <stdlib.h>

#include "fit_ready.h"

#define FINE    30.0 /* s: up to here cells of a second, then ... */
#define COARSER 1.06 /* ... each so much longer than the one before */
#define LONGER  1.2  /* times the mean pause beside a line: less is not told apart */
#define SURE    3.0  /* standard errors */

enum { CELLS = 120, ROUNDS = 400 };

struct cells { /* of length of pause: cell k up to edge[k], the last one without end */
    size_t n;
    double edge[CELLS];
    double share[CELLS];
    double *seen; /* [CELLS * CELLS] contacts whose pause lies in cells i to j */
    double contacts, telling;
};

static void cells_make(struct cells *c, double grace)
{
    c->edge[c->n++] = grace;
    while (c->edge[c->n - 1] < READY_LONGEST - 1e-6) {
        double last = c->edge[c->n - 1], step = last < FINE ? 1 : last * (COARSER - 1);
        c->edge[c->n] = last + step < READY_LONGEST - step / 2 ? last + step : READY_LONGEST;
        c->n++;
    }
    c->edge[c->n++] = INFINITY;
}

static size_t cell_of(const struct cells *c, double t)
{
    size_t i = 0;
    while (t > c->edge[i])
        i++;
    return i;
}

/* The length that stands for all of a cell. */
static double typical(const struct cells *c, size_t i)
{
    double wide = i > 0 ? c->edge[i] - c->edge[i - 1] : 0;
    return i == 0 ? 0 : c->edge[i] - (wide > 1.5 ? wide / 2 : 0);
}

/* From when to when the pause after `s` may have ended. */
static bool narrow(const struct ready_view *v, const struct stint *s, double next, double *low,
                   double *high)
{
    double slack = v->slack, end = stint_end(s);
    size_t at = ready_stretch(v, s->day, end - slack);
    if (at < v->lines && v->line[at].from <= end - 2 * slack)
        return false; /* somebody waited: fit_ready.c knows more */
    *low = 0;
    *high = fmax(next - end, 0);
    for (; at < v->lines && v->line[at].day == s->day && v->line[at].from < next - 2 * slack;
         at++) {
        *low = fmin(v->line[at].to, next) - end;
        if (next <= v->line[at].to + slack)
            return true; /* *low is *high: he came back and took the call that waited */
    }
    return true;
}

static void gather(struct cells *c, const struct ready_view *v, double longest)
{
    for (size_t i = 0; i + 1 < v->n; i++) {
        const struct stint *s = &v->stint[i], *after = &v->stint[i + 1];
        double low, high;
        if (s->group != v->group || after->day != s->day || after->agent != s->agent ||
            stint_start(after) < stint_end(s) - v->slack ||
            stint_start(after) > stint_end(s) + longest ||
            !narrow(v, s, stint_start(after), &low, &high))
            continue;
        size_t from = low > 0 ? cell_of(c, low) : 0, to = cell_of(c, high);
        c->seen[from * CELLS + (to > from ? to : from)]++;
        c->contacts++;
        c->telling += low > c->edge[0] && from + 1 < c->n;
    }
}

static void maximise(struct cells *c)
{
    double sum[CELLS + 1], change[CELLS + 1];
    for (size_t i = 0; i < c->n; i++)
        c->share[i] = 1 / (double)c->n;
    for (int round = 0; round < ROUNDS; round++) {
        sum[0] = 0;
        for (size_t i = 0; i < c->n; i++) {
            sum[i + 1] = sum[i] + c->share[i];
            change[i] = 0;
        }
        change[c->n] = 0;
        for (size_t i = 0; i < c->n; i++)
            for (size_t j = i; j < c->n; j++) {
                double n = c->seen[i * CELLS + j], inside = sum[j + 1] - sum[i];
                if (!(n > 0) || !(inside > 0))
                    continue;
                change[i] += n / inside;
                change[j + 1] -= n / inside;
            }
        double weight = 0;
        for (size_t i = 0; i < c->n; i++) {
            weight += change[i];
            c->share[i] *= weight / c->contacts;
        }
    }
}

/* What is longer is a break, and no pause. */
static void leave_breaks_out(double *share, size_t n)
{
    double pauses = 0;
    for (size_t i = 0; i + 1 < n; i++)
        pauses += share[i];
    for (size_t i = 0; i + 1 < n; i++)
        share[i] = pauses > 0 ? share[i] / pauses : 0;
    share[n - 1] = 0;
}

struct moments {
    double mean, sd;
};

static struct moments moments_of(const struct cells *c, const double *share)
{
    struct moments m = {0, 0};
    for (size_t i = 0; i + 1 < c->n; i++) {
        m.mean += share[i] * typical(c, i);
        m.sd += share[i] * typical(c, i) * typical(c, i);
    }
    m.sd = sqrt(fmax(m.sd - m.mean * m.mean, 0));
    return m;
}

/* The pauses beside a line, in the same cells. */
static void lined(const struct cells *c, const struct fit_ready *r, double *share)
{
    double before = 1;
    for (size_t i = 0, k = 0; i < c->n; i++) {
        double after = before;
        for (; k < r->points && r->point[k].t <= c->edge[i]; k++)
            after = r->away[k];
        share[i] = before - after;
        before = after;
    }
    share[c->n - 1] += before;
}

bool ready_study_alone(struct fit_ready *r, const struct ready_view *view, double longest)
{
    struct cells c = {.seen = calloc((size_t)CELLS * CELLS, sizeof *c.seen)};
    double beside[CELLS];
    if (!c.seen)
        return false;
    cells_make(&c, ready_grace(view));
    gather(&c, view, longest);
    if (c.telling >= READY_FEWEST) {
        maximise(&c);
        leave_breaks_out(c.share, c.n);
        lined(&c, r, beside);
        leave_breaks_out(beside, c.n);
        struct moments here = moments_of(&c, beside), there = moments_of(&c, c.share);
        double error = hypot(here.sd / sqrt((double)r->n), there.sd / sqrt(c.telling));
        r->beside = here.mean;
        r->alone = there.mean;
        r->contacts_alone = (uint64_t)c.contacts;
        r->longer_alone = there.mean > LONGER * here.mean && there.mean - here.mean > SURE * error;
    }
    free(c.seen);
    return true;
}
