/* mmng.c - M/M/n+G: Poisson arrivals, exponential handling, any patience.
 *
 * The idea to know (Zeltyn and Mandelbaum 2005): the wait V that an arrival would have to endure
 * has the density lambda e^(lambda H(x) - n mu x) times a constant, where H(x) is the integral of
 * patience's survival function up to x; V = 0 has the weight of Erlang B's sum. The exponent is
 * concave. So the axis is cut around its peak, at corners of the survival function and at the
 * threshold, and each panel is halved until its integrals agree; H goes along from panel to panel.
 */
#include <math.h>
#include <onhold/analytic.h>
#include <stdlib.h>
#include <string.h>

#include "figures.h"
#include "quad.h"

enum { DEEPEST = 48, MOST_PANELS = 20000, STEPS = 110 };

/* Integrals of e^exponent times: 1, G, x G, H, 1 - G, H - x G, with G the survival function. */
enum { ALL, SERVED, SERVED_WAIT, WAIT, GONE, GONE_WAIT, INTEGRALS };

struct problem {
    double rate, drain; /* lambda, n mu */
    double stay;        /* share that does not balk */
    oh_survival_fn *survival;
    const void *user;
    struct quad_rule rule;
};

/* Where the walk along the axis stands: H there, the exponent there less that at its peak, and the
 * integrals so far. */
struct walk {
    double h, exponent;
    double sum[INTEGRALS];
    unsigned panels;
};

static double stays(const struct problem *p, double x)
{
    return p->stay * p->survival(x, p->user);
}

/* One panel: adds its integrals to the walk and moves it from a to b. The exponent grows by what
 * the panel itself adds, so that its size elsewhere does not round it. */
static void panel(const struct problem *p, double a, double b, struct walk *walk)
{
    double half = (b - a) / 2, x[QUAD_NODES], g[QUAD_NODES], more_end = 0;
    for (int i = 0; i < QUAD_NODES; i++) {
        x[i] = a + half * (1 + p->rule.node[i]);
        g[i] = stays(p, x[i]);
        more_end += half * p->rule.weight[i] * g[i];
    }
    for (int i = 0; i < QUAD_NODES; i++) {
        double more = 0; /* of H since a */
        for (int j = 0; j < QUAD_NODES; j++)
            more += half * p->rule.until[i][j] * g[j];
        double h = walk->h + more;
        double exponent = walk->exponent + p->rate * more - p->drain * (x[i] - a);
        double w = half * p->rule.weight[i] * exp(fmin(700, exponent));
        walk->sum[ALL] += w;
        walk->sum[SERVED] += w * g[i];
        walk->sum[SERVED_WAIT] += w * x[i] * g[i];
        walk->sum[WAIT] += w * h;
        walk->sum[GONE] += w * (1 - g[i]);
        walk->sum[GONE_WAIT] += w * fmax(0, h - x[i] * g[i]);
    }
    walk->h += more_end;
    walk->exponent += p->rate * more_end - p->drain * (b - a);
}

/* Do one panel and two halves agree? 1 - G and H - x G are known only as exactly as what they are
 * the small difference of. */
static bool agree(const struct walk *one, const struct walk *two, const struct walk *so_far)
{
    bool same = fabs(two->h - one->h) <= 1e-14 * (so_far->h + two->h);
    for (int k = 0; k < INTEGRALS; k++) {
        double limit = 1e-13 * two->sum[k] + 1e-16 * so_far->sum[k];
        if (k == GONE)
            limit += 1e-15 * two->sum[ALL];
        if (k == GONE_WAIT)
            limit += 1e-15 * two->sum[WAIT];
        same = same && fabs(two->sum[k] - one->sum[k]) <= limit;
    }
    return same;
}

/* Takes the walk from a to b, halving the panel until both ways agree. */
static void advance(const struct problem *p, struct walk *walk, double a, double b, int depth)
{
    struct walk one = {.h = walk->h, .exponent = walk->exponent}, two = one;
    double middle = a + (b - a) / 2;
    panel(p, a, b, &one);
    panel(p, a, middle, &two);
    panel(p, middle, b, &two);
    walk->panels++;
    if (!agree(&one, &two, walk) && depth < DEEPEST && walk->panels < MOST_PANELS) {
        advance(p, walk, a, middle, depth + 1);
        advance(p, walk, middle, b, depth + 1);
        return;
    }
    for (int k = 0; k < INTEGRALS; k++)
        walk->sum[k] += two.sum[k];
    walk->h = two.h;
    walk->exponent = two.exponent;
}

/* The highest point of the exponent: where rate x G falls to the drain. INFINITY if never. */
static double peak(const struct problem *p)
{
    double low = 0, high = 1;
    if (p->rate * stays(p, 0) <= p->drain)
        return 0;
    while (p->rate * stays(p, high) > p->drain) {
        low = high;
        high *= 2;
        if (high > 1e15)
            return INFINITY;
    }
    for (int i = 0; i < 200 && high - low > 1e-15 * high; i++) {
        double middle = low + (high - low) / 2;
        if (p->rate * stays(p, middle) > p->drain)
            low = middle;
        else
            high = middle;
    }
    return high;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Cuts: 0, corners, threshold, and steps that double away from 0 and from the peak. */
static size_t make_cuts(const struct problem *p, double top, double threshold, const double *atoms,
                        size_t n_atoms, double *cut)
{
    size_t n = 0;
    double step = 1 / (p->rate + p->drain);
    cut[n++] = 0;
    for (int k = 0; k < STEPS; k++, step *= 2) {
        cut[n++] = step;
        if (top > 0) {
            cut[n++] = top + step;
            cut[n++] = fmax(0, top - step);
        }
    }
    if (top > 0)
        cut[n++] = top;
    if (isfinite(threshold))
        cut[n++] = threshold;
    for (size_t i = 0; i < n_atoms; i++)
        cut[n++] = fmax(0, atoms[i]);
    qsort(cut, n, sizeof *cut, ascending);
    return n;
}

static double survival_node(double x, const void *problem)
{
    return stays(problem, x);
}

/* The exponent at the peak, by itself, so that the integrals can be scaled before they are taken.
 */
static double highest_exponent(const struct problem *p, const double *cut, size_t n, double top)
{
    double h = 0;
    for (size_t i = 0; i + 1 < n && cut[i] < top; i++)
        if (cut[i + 1] > cut[i])
            h += quad(&p->rule, survival_node, p, cut[i], cut[i + 1], 1e-13 * cut[i + 1]);
    return p->rate * h - p->drain * top;
}

/* Walks from 0 until nothing is left; in_time gets the integrals up to the threshold. False if
 * the integrals do not end: no steady state. */
static bool walk_all(const struct problem *p, const double *cut, size_t n, double top,
                     double threshold, double highest, struct walk *walk, struct walk *in_time)
{
    *walk = (struct walk){.exponent = -highest};
    *in_time = *walk;
    for (size_t i = 0; i + 1 < n; i++) {
        if (cut[i + 1] > cut[i])
            advance(p, walk, cut[i], cut[i + 1], 0);
        if (cut[i + 1] <= threshold)
            *in_time = *walk;
        if (cut[i + 1] > top && walk->exponent < -80)
            return true;
    }
    return false;
}

oh_status oh_mmng(double rate, double handling, double agents, double threshold, double balk,
                  oh_survival_fn *survival, const void *user, const double *atoms, size_t n_atoms,
                  oh_queue_figures *out)
{
    figures_nan(out);
    if (!figures_arguments(rate, handling, agents, threshold) || !(balk >= 0 && balk <= 1))
        return OH_ARGUMENT;
    struct problem p = {.rate = rate,
                        .drain = agents / handling,
                        .stay = 1 - balk,
                        .survival = survival,
                        .user = user};
    double load = rate * handling;
    double b = oh_erlang_b(load, agents - 1), top = peak(&p);
    if (rate == 0 || b == 0) {
        figures_idle(out);
        out->occupancy = load / agents;
        return OH_OK;
    }
    if (isinf(top)) {
        figures_overloaded(out);
        return OH_OK;
    }
    quad_rule_make(&p.rule);
    double *cut = malloc((3 * STEPS + 4 + n_atoms) * sizeof *cut);
    if (!cut)
        return OH_NO_MEMORY;
    size_t n = make_cuts(&p, top, threshold, atoms, n_atoms, cut);
    struct walk all, in_time;
    double highest = highest_exponent(&p, cut, n, top);
    bool ends = walk_all(&p, cut, n, top, threshold, highest, &all, &in_time);
    free(cut);
    if (!ends) {
        figures_overloaded(out);
        return OH_OK;
    }
    /* Weights: 1 / b for V = 0, rate times the integrals for V > 0; times b e^-highest. */
    double free_agent = exp(-highest), weight = rate * b;
    double total = free_agent + weight * all.sum[ALL];
    weight /= total;
    free_agent /= total;
    double late = all.sum[ALL] - in_time.sum[ALL];
    double gone_by = isinf(threshold) ? 1 - stays(&p, 1e300) : 1 - stays(&p, threshold);
    struct figures f = {.delayed = weight * all.sum[ALL],
                        .served = free_agent + weight * all.sum[SERVED],
                        .abandoned = weight * all.sum[GONE],
                        .served_in_time = free_agent + weight * in_time.sum[SERVED],
                        .abandoned_in_time = weight * (in_time.sum[GONE] + gone_by * late),
                        .wait = weight * all.sum[WAIT],
                        .wait_served = weight * all.sum[SERVED_WAIT],
                        .wait_abandoned = weight * all.sum[GONE_WAIT]};
    figures_fill(&f, rate, handling, agents, out);
    return OH_OK;
}
