/* offered_load.c - the infinite-server model on a grid.
 *
 * The one idea: callers of a grid cell of length dt, spread evenly, are still with their agent j
 * cells later with the probability P(S > u) averaged over their ages u; so m is a convolution of
 * arrivals and survival. Sums of parts (talk, hold, wrap-up) are convolved on the same grid.
 */
#include "offered_load.h"

#include <math.h>
#include <stdlib.h>

#include "../model/compile.h"

enum { CELLS_PER_HANDLING = 24, CELLS_MOST = 6000 };

/* tail[j] = P(S > j dt), j = 0 .. n, for one more part of a handling: P(T + X > t) =
 * P(T > t) + integral of P(X > t - s) dF_T(s), with T's mass in the middle of cells. */
static bool add_part(const struct dist *part, double dt, size_t n, double *tail)
{
    double *sum = calloc(n + 1, sizeof *sum);
    double *half = calloc(n + 1, sizeof *half); /* P(X > (j + 1/2) dt) */
    if (!sum || !half) {
        free(sum);
        free(half);
        return false;
    }
    for (size_t j = 0; j <= n; j++)
        half[j] = 1 - dist_cdf(part, ((double)j + 0.5) * dt);
    for (size_t j = 0; j <= n; j++) {
        /* where T is exactly 0 (no part yet, or parts that may take no time) */
        double p = tail[j] + (1 - tail[0]) * (1 - dist_cdf(part, (double)j * dt));
        for (size_t i = 0; i < j; i++)
            p += (tail[i] - tail[i + 1]) * half[j - 1 - i];
        sum[j] = p;
    }
    for (size_t j = 0; j <= n; j++)
        tail[j] = sum[j];
    free(sum);
    free(half);
    return true;
}

static bool handling_tail(const struct model_queue *q, double dt, size_t n, double *tail)
{
    const struct dist *part[] = {q->talk, q->hold, q->wrap_up};
    size_t parts = 0, only = 0;
    for (size_t k = 0; k < 3; k++)
        if (part[k])
            parts++, only = k;
    for (size_t j = 0; j <= n; j++)
        tail[j] = parts == 1 ? 1 - dist_cdf(part[only], (double)j * dt) : 0;
    for (size_t k = 0; k < 3 && parts > 1; k++)
        if (part[k] && !add_part(part[k], dt, n, tail))
            return false;
    return true;
}

static double share_of_queue(const struct model_source *src, size_t queue)
{
    double before = 0;
    for (size_t i = 0; i < src->mixes; before = src->mix[i++].up_to)
        if (src->mix[i].queue == queue)
            return src->mix[i].up_to - before;
    return src->mixes == 0 && src->queue == queue ? 1 : 0;
}

static double arrivals(const oh_model *m, size_t queue, double a, double b)
{
    double sum = 0;
    for (size_t i = 0; i < m->sources; i++) {
        double share = share_of_queue(&m->source[i], queue);
        if (share > 0)
            sum += share * source_expects(m, &m->source[i], a, b);
    }
    return sum;
}

/* One opening, in n cells: m at the end of each cell, and its mean over each interval by the
 * trapezoidal rule. */
static bool load_opening(const oh_model *m, const struct model_opening *o, size_t queue,
                         size_t cells_each, double *load)
{
    size_t n = o->periods * cells_each;
    double dt = m->interval / (double)cells_each;
    double *tail = calloc(n + 1, sizeof *tail), *came = calloc(n + 1, sizeof *came);
    double *busy = calloc(n + 1, sizeof *busy);
    bool fine = tail && came && busy && handling_tail(&m->queue[queue], dt, n, tail);
    for (size_t i = 0; fine && i < n; i++)
        came[i] = arrivals(m, queue, o->opens + (double)i * dt, o->opens + (double)(i + 1) * dt);
    for (size_t i = 1; fine && i <= n; i++)
        for (size_t j = 0; j < i; j++)
            busy[i] += came[i - 1 - j] * (tail[j] + tail[j + 1]) / 2;
    for (size_t k = 0; fine && k < o->periods; k++) {
        const double *at = busy + k * cells_each;
        double area = 0;
        for (size_t i = 0; i < cells_each; i++)
            area += (at[i] + at[i + 1]) / 2;
        load[o->first_period + k] = area / (double)cells_each;
    }
    free(tail);
    free(came);
    free(busy);
    return fine;
}

bool offered_load(const oh_model *m, size_t queue, double *load)
{
    const struct model_queue *q = &m->queue[queue];
    if (m->steady) {
        load[0] = q->load[0];
        return true;
    }
    /* as fine as a part of the handling, as coarse as memory and time want */
    double wanted = q->mean_handling > 0 && isfinite(q->mean_handling)
                        ? ceil(CELLS_PER_HANDLING * m->interval / q->mean_handling)
                        : 1;
    for (size_t d = 0; d < m->openings; d++) {
        const struct model_opening *o = &m->opening[d];
        double most = fmax(1, floor((double)CELLS_MOST / (double)o->periods));
        if (!load_opening(m, o, queue, (size_t)fmax(4, fmin(wanted, most)), load))
            return false;
    }
    return true;
}
