/* fit_patience.c - how long callers wait before they hang up, with the answered ones censored.
 *
 * Kaplan and Meier (1958) with Greenwood's variance (1926); intervals that hold where few still
 * wait, too (survival_band.h). The hazard is then taken as constant between a few points, which are
 * placed where the likelihood gains most: so the peak that an announcement makes is kept. Only
 * those who had to wait are looked at; who hung up at once is a share of its own (balk).
 */
#include <math.h>
#include <string.h>

#include "fit_parts.h"
#include "quantiles.h"
#include "survival_band.h"

#define HOURS    7200.0 /* a wait that nobody spends on the telephone */
#define FEW_WAIT 20     /* beyond the time when fewer are still waiting nothing is told */

enum { EDGES = 320 };

static bool gather(struct time_point **points, size_t *n, struct arena *arena, const oh_log *log,
                   const uint32_t *queue, size_t queues)
{
    size_t room = 0;
    for (size_t q = 0; q < queues; q++)
        room += log->queue[queue[q]].waits.used;
    *points = arena_array(arena, room + 1, sizeof **points);
    *n = 0;
    for (size_t q = 0; *points && q < queues; q++)
        *n += tally_points(&log->queue[queue[q]].waits, *points + *n);
    if (*points && queues > 1)
        *n = points_join(*points, *n);
    return *points != NULL;
}

/* ---- Kaplan-Meier ---- */

static bool kaplan_meier(struct fit_patience *p, struct arena *arena,
                         const struct time_point *point, size_t n)
{
    double at_risk = 0;
    struct survival s = SURVIVAL_BEGIN;
    for (size_t i = 0; i < n; i++)
        at_risk += point[i].ended + point[i].censored;
    p->t = arena_array(arena, n, sizeof *p->t);
    p->survival = arena_array(arena, n, sizeof *p->survival);
    p->low = arena_array(arena, n, sizeof *p->low);
    p->high = arena_array(arena, n, sizeof *p->high);
    p->se = arena_array(arena, n, sizeof *p->se);
    p->seen = arena_copy(arena, point, (n + 1) * sizeof *point);
    if (!p->t || !p->survival || !p->low || !p->high || !p->se || !p->seen)
        return false;
    p->seen_points = n;
    p->median = NAN;
    for (size_t i = 0; i < n; i++) {
        double d = point[i].ended, later = at_risk - d - point[i].censored;
        if (d > 0) {
            survival_step(&s, at_risk, d);
            size_t k = p->points++;
            p->t[k] = point[i].t;
            p->survival[k] = s.share;
            p->se[k] = s.share > 0 ? s.share * sqrt(s.greenwood) : 0;
            survival_interval(&s, later, &p->low[k], &p->high[k]);
            if (isnan(p->median) && s.share <= 0.5)
                p->median = point[i].t;
        }
        at_risk = later;
        p->longest = point[i].t;
    }
    return true;
}

void patience_seen(const struct fit_patience *p, double t, struct measured *share, double *se)
{
    double at_risk = 0;
    struct survival s = SURVIVAL_BEGIN;
    for (size_t i = 0; i < p->seen_points; i++)
        at_risk += p->seen[i].ended + p->seen[i].censored;
    *share = (struct measured){NAN, NAN, NAN};
    *se = NAN;
    if (!(t <= p->longest))
        return;
    for (size_t i = 0; i < p->seen_points && p->seen[i].t <= t; i++) {
        if (p->seen[i].ended > 0)
            survival_step(&s, at_risk, p->seen[i].ended);
        at_risk -= p->seen[i].ended + p->seen[i].censored;
    }
    share->value = s.share;
    survival_interval(&s, at_risk, &share->low, &share->high);
    *se = s.share > 0 ? s.share * sqrt(s.greenwood) : 0;
}

/* ---- a hazard in steps ---- */

/* Times between which a step may begin: fine where most hang up. */
static size_t edges(double *edge, double last)
{
    static const struct {
        double until, step;
    } grids[] = {{120, 2}, {300, 5}, {900, 15}, {3600, 60}, {86400, 600}};
    size_t n = 0;
    double t = 0;
    edge[n++] = 0;
    for (size_t g = 0; g < sizeof grids / sizeof *grids; g++)
        while (t < grids[g].until && t < last && n < EDGES)
            edge[n++] = t += grids[g].step;
    return n;
}

struct piece {
    double events, exposure;
};

/* Events and time at risk between the edges. Times that are whole seconds stand for the second
 * around them. */
static void pieces(struct piece *piece, const double *edge, size_t n,
                   const struct time_point *point, size_t points)
{
    for (size_t i = 0; i < points; i++) {
        double t = point[i].t, w = point[i].ended + point[i].censored;
        for (size_t k = 0; k + 1 < n && edge[k] < t; k++) {
            piece[k].exposure += w * (fmin(t, edge[k + 1]) - edge[k]);
            if (t <= edge[k + 1])
                piece[k].events += point[i].ended;
        }
    }
}

/* The likelihood of one constant hazard. */
static double gain(struct piece a)
{
    return a.events > 0 ? a.events * (log(a.events / a.exposure) - 1) : 0;
}

/* The best steps by dynamic programming: best[k][j] is the likelihood of k steps up to edge j. Each
 * step more has to earn what two numbers more cost (its place and its rate; Schwarz 1978). */
static bool best_steps(struct fit_patience *p, struct arena *arena, const double *edge,
                       const struct piece *piece, size_t n, double events)
{
    size_t width = n + 1;
    double *best = arena_array(arena, (FIT_SEGMENTS + 1) * width, sizeof *best);
    size_t *from = arena_array(arena, (FIT_SEGMENTS + 1) * width, sizeof *from);
    struct piece *sum = arena_array(arena, width, sizeof *sum);
    if (!best || !from || !sum)
        return false;
    for (size_t i = 0; i < n; i++)
        sum[i + 1] =
            (struct piece){sum[i].events + piece[i].events, sum[i].exposure + piece[i].exposure};
    double cost = log(fmax(events, 3)), top = -INFINITY;
    size_t steps = 1;
    for (size_t k = 1; k <= FIT_SEGMENTS; k++) {
        for (size_t j = 1; j <= n; j++) {
            best[k * width + j] = -INFINITY;
            for (size_t i = k == 1 ? 0 : 1; i < (k == 1 ? 1 : j); i++) {
                struct piece a = {sum[j].events - sum[i].events, sum[j].exposure - sum[i].exposure};
                double l = (k == 1 ? 0 : best[(k - 1) * width + i]) + gain(a);
                if (l > best[k * width + j]) {
                    best[k * width + j] = l;
                    from[k * width + j] = i;
                }
            }
        }
        if (best[k * width + n] - cost * (double)k > top) {
            top = best[k * width + n] - cost * (double)k;
            steps = k;
        }
    }
    p->steps = steps;
    for (size_t k = steps, j = n; k > 0; k--) {
        size_t i = from[k * width + j];
        struct hazard_step *h = &p->step[k - 1];
        h->from = edge[i];
        h->to = edge[j];
        h->events = sum[j].events - sum[i].events;
        h->exposure = sum[j].exposure - sum[i].exposure;
        h->rate = h->exposure > 0 ? h->events / h->exposure : 0;
        j = i;
    }
    p->steps_aic = 2 * (2 * (double)steps - 1) - 2 * best[steps * width + n];
    return true;
}

static bool find_steps(struct fit_patience *p, struct arena *arena, const struct time_point *point,
                       size_t n)
{
    double edge[EDGES], waiting = 0, last = 0;
    struct piece piece[EDGES] = {{0, 0}};
    for (size_t i = n; i-- > 0 && waiting < FEW_WAIT;) {
        waiting += point[i].ended + point[i].censored;
        last = point[i].t;
    }
    size_t edges_n = edges(edge, last);
    pieces(piece, edge, edges_n, point, n);
    /* what is later than the last edge goes with the last piece: nobody's time is left out */
    for (size_t i = 0; i < n; i++) {
        double t = point[i].t, end = edge[edges_n - 1];
        if (t > end) {
            piece[edges_n - 2].exposure += (point[i].ended + point[i].censored) * (t - end);
            piece[edges_n - 2].events += point[i].ended;
        }
    }
    return best_steps(p, arena, edge, piece, edges_n - 1, (double)p->hung_up);
}

/* ---- laws ---- */

static double steps_survival(const struct fit_patience *p, double t)
{
    double h = 0;
    for (size_t k = 0; k < p->steps; k++) {
        double end = k + 1 < p->steps ? fmin(t, p->step[k].to) : t;
        if (end > p->step[k].from)
            h += p->step[k].rate * (end - p->step[k].from);
    }
    return exp(-h);
}

double patience_survival(const struct fit_patience *p, double t)
{
    return p->never      ? 1
           : p->by_steps ? steps_survival(p, t)
                         : exp(law_log_survival(&p->chosen.law, t));
}

/* The largest distance from Kaplan-Meier, where it is known to 5 points or better; NaN if that is
 * nowhere. */
static double distance(const struct fit_patience *p, const struct law *law)
{
    double largest = NAN, before = 1;
    for (size_t k = 0; k < p->points; k++) {
        double s = law ? exp(law_log_survival(law, p->t[k])) : steps_survival(p, p->t[k]);
        if (p->high[k] - p->low[k] < 0.1)
            largest = fmax(largest, fmin(fabs(s - p->survival[k]), fabs(s - before)));
        before = p->survival[k];
    }
    return largest;
}

static void try_laws(struct fit_patience *p, struct time_point *thin, size_t n)
{
    for (int k = 0; k < LAW_SHORT_CALLS; k++) {
        struct tried t = {.aic = NAN};
        if (!law_fit_censored(&t.law, (enum law_kind)k, thin, n))
            continue;
        t.aic =
            2 * (double)law_parameters((enum law_kind)k) - 2 * law_log_likelihood(&t.law, thin, n);
        t.distance = distance(p, &t.law);
        if (p->tried == 0 || t.aic < p->chosen.aic)
            p->chosen = t;
        p->try[p->tried++] = t;
    }
    p->by_steps = p->tried == 0 || (p->steps > 1 && p->steps_aic < p->chosen.aic);
}

static void exponential(struct fit_patience *p, const struct time_point *point, size_t n)
{
    double time = 0, d = (double)p->hung_up, hung_up_time = 0;
    for (size_t i = 0; i < n; i++) {
        time += point[i].t * (point[i].ended + point[i].censored);
        hung_up_time += point[i].t * point[i].ended;
    }
    p->mean_exponential = p->mean_low = p->mean_high = p->naive_mean = NAN;
    if (p->hung_up == 0)
        return;
    p->mean_exponential = time / d;
    p->mean_low = 2 * time / chi_square_quantile(0.975, 2 * d);
    p->mean_high = 2 * time / chi_square_quantile(0.025, 2 * d);
    p->naive_mean = hung_up_time / d;
}

static void balk(struct fit_patience *p, double balked)
{
    double n = (double)p->n + balked;
    p->balk = n > 0 ? balked / n : 0;
    share_interval(balked, n, &p->balk_low, &p->balk_high);
}

static bool study(struct fit_patience *p, struct arena *arena, const oh_log *log,
                  const uint32_t *queue, size_t queues)
{
    struct time_point *point;
    size_t n;
    double balked = 0;
    if (!gather(&point, &n, arena, log, queue, queues))
        return false;
    for (size_t q = 0; q < queues; q++) {
        const struct log_queue *from = &log->queue[queue[q]];
        p->n += from->waits.ended + from->waits.censored;
        p->hung_up += from->waits.ended;
        balked += (double)from->balked;
    }
    balk(p, balked);
    exponential(p, point, n);
    if (!kaplan_meier(p, arena, point, n))
        return false;
    p->never = p->hung_up == 0;
    /* the longest wait of those who all got their answer */
    p->deferrable = p->never && balked == 0 && n > 0 && point[n - 1].t >= HOURS;
    if (p->never)
        return true;
    if (!find_steps(p, arena, point, n))
        return false;
    p->steps_distance = distance(p, NULL);
    try_laws(p, point, points_thin(point, n));
    return true;
}

/* Rows that are intervals: total waiting over the number who hung up, the wait of those who hung up
 * taken to be that of the answered. */
static void from_intervals(struct fit_patience *p, const oh_log *log, const uint32_t *queue,
                           size_t queues)
{
    double wait = 0, hung_up = 0;
    for (size_t i = 0; i < log->pages; i++) {
        bool ours = false;
        for (size_t q = 0; q < queues; q++)
            ours = ours || log->page[i].queue == queue[q];
        for (size_t s = 0; ours && s < log->intervals; s++) {
            wait += log->page[i].cell[s].wait;
            hung_up += log->page[i].cell[s].abandoned;
        }
    }
    *p = (struct fit_patience){.hung_up = (uint64_t)hung_up, .median = NAN, .naive_mean = NAN};
    p->never = !(hung_up > 0 && wait > 0);
    if (p->never)
        return;
    p->mean_exponential = wait / hung_up;
    p->mean_low = 2 * wait / chi_square_quantile(0.975, 2 * hung_up);
    p->mean_high = 2 * wait / chi_square_quantile(0.025, 2 * hung_up);
    p->chosen.law = (struct law){.kind = LAW_EXPONENTIAL, .a = p->mean_exponential};
    p->chosen.aic = p->chosen.distance = NAN;
    p->median = p->mean_exponential * M_LN2;
}

bool fit_patience(oh_fit *fit, const oh_log *log)
{
    for (size_t q = 0; q <= fit->queues; q++) {
        bool all = q == fit->queues;
        if (all && fit->queues == 1) {
            fit->total.patience = fit->queue[0].patience;
            break;
        }
        const uint32_t *queue = all ? fit->number : &fit->number[q];
        size_t queues = all ? fit->queues : 1;
        struct fit_patience *p = all ? &fit->total.patience : &fit->queue[q].patience;
        if (fit->intervals)
            from_intervals(p, log, queue, queues);
        else if (!study(p, &fit->arena, log, queue, queues))
            return false;
    }
    return true;
}
