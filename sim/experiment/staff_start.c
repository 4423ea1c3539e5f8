/* staff_start.c - a first plan from exact formulas.
 *
 * The one idea: at any moment a queue whose load changes slowly behaves like a steady one with the
 * load of the infinite-server model at that moment; so each interval gets what Erlang A asks for at
 * that load. Queues that share a group are one pool with their loads added up. It only has to be
 * near: simulation corrects what the formulas do not know.
 */
#include <math.h>
#include <onhold/analytic.h>
#include <stdlib.h>
#include <string.h>

#include "offered_load.h"
#include "staffing.h"

/* For a target that no formula knows: the staffing at which this share of callers has to wait. */
static const double plain_delay = 0.3;

/* Up to this load (erlang) the shape of patience is worth its quadrature. */
enum { FEW = 300 };

/* How well a group suits a queue: cheap work first, then few other skills. */
static double dearness(const struct staff *s, size_t group, const struct model_skill *k)
{
    const struct model_group *g = &s->model->group[group];
    double at_once = (double)(g->room / k->room);
    double pace = k->paces == 0
                      ? 1
                      : k->pace[at_once <= (double)k->paces ? (size_t)at_once - 1 : k->paces - 1];
    double price = s->by_money ? g->cost_per_second : 1;
    return price / (at_once * pace * k->speed) * (1 + 1e-6 * (double)g->skills);
}

/* The group that a queue's load is given to at first; NULL if none is chosen. */
static const struct model_skill *home_of(const struct staff *s, size_t queue, size_t *group)
{
    const struct model_skill *best = NULL;
    const struct model_queue *q = &s->model->queue[queue];
    for (size_t i = 0; i < q->servers; i++) {
        size_t g = q->server[i].group;
        const struct model_skill *k = &s->model->group[g].skill[q->server[i].skill];
        if (!s->chosen[g] || k->after > 0)
            continue;
        if (!best || dearness(s, g, k) < dearness(s, *group, best)) {
            best = k;
            *group = g;
        }
    }
    return best;
}

/* Contacts that may wait for hours level the work: what counts is the mean load since as long
 * before as they may wait. */
static void level_load(const oh_model *m, double within, double *load, double *spare)
{
    size_t back = m->steady || !(within > m->interval) ? 0 : (size_t)(within / m->interval);
    if (back == 0)
        return;
    memcpy(spare, load, m->shape.intervals * sizeof *load);
    for (size_t d = 0; d < m->openings; d++) {
        size_t first = m->opening[d].first_period;
        for (size_t k = first; k < first + m->opening[d].periods; k++) {
            size_t from = k - first > back ? k - back : first;
            double sum = 0;
            for (size_t i = from; i <= k; i++)
                sum += spare[i];
            load[k] = sum / (double)(k - from + 1);
        }
    }
}

static double survival(double x, const void *patience)
{
    return 1 - dist_cdf(patience, x);
}

/* Agents for a queue's targets in the steady state with that load: Erlang A with patience as it is
 * distributed (M/M/n+G). NaN: no memory. */
static double agents_for(const struct model_queue *q, double load)
{
    enum { CORNERS = 32 };
    double most = 0, corner[CORNERS], delay = oh_square_root_beta(plain_delay, 1, INFINITY);
    oh_steady_queue steady = {.rate = load / q->mean_handling,
                              .handling = q->mean_handling,
                              .patience = dist_mean(q->patience)};
    if (!dist_is_never(q->patience) && load < FEW) {
        steady.survival = survival;
        steady.user = q->patience;
        steady.atoms = corner;
        steady.n_atoms = dist_corners(q->patience, corner, CORNERS);
    }
    for (size_t i = 0; i < q->targets; i++) {
        const struct model_target *t = &q->target[i];
        oh_goal goal = {t->metric->public.id, t->level};
        double agents;
        steady.threshold = t->within >= 0 ? t->within : 0;
        oh_status status = oh_erlang_agents(&steady, &goal, &agents);
        if (status == OH_NO_MEMORY)
            return NAN;
        if (status != OH_OK)
            agents = oh_square_root_agents(load, delay);
        most = fmax(most, agents);
    }
    return most;
}

/* What the groups have to do in each interval. */
struct work {
    double *load;   /* [groups][intervals] erlang */
    double *agents; /* [groups][intervals] that the dearest target asks for */
};

/* Where simulation with plenty of agents knows better than the infinite-server model what a group
 * has to do: self-service takes calls away, redials and returns bring more. A group that shares
 * none of its queues will do just that, at so many contacts at once; one that is the only one for
 * some queue will at least. */
static void correct(const struct staff *s, size_t group, double *load)
{
    const struct model_group *g = &s->model->group[group];
    size_t n = s->model->shape.intervals, own = 0;
    uint32_t room = 0;
    for (size_t i = 0; i < g->skills; i++) {
        own += s->model->queue[g->skill[i].queue].servers == 1;
        room = g->skill[i].room > room ? g->skill[i].room : room;
    }
    for (size_t k = 0; own > 0 && k < n; k++) {
        double seen = s->busy[group * n + k] * (double)room / (double)g->room;
        load[k] = own == g->skills ? seen : fmax(load[k], seen);
    }
}

static bool share_out(const struct staff *s, struct work *w)
{
    const oh_model *m = s->model;
    size_t n = m->shape.intervals, home = 0;
    double *own = calloc(n, sizeof *own), *spare = calloc(n, sizeof *spare);
    bool fine = own && spare;
    for (size_t q = 0; fine && q < m->queues; q++) {
        const struct model_skill *skill = home_of(s, q, &home);
        if (!skill || !(m->queue[q].mean_handling > 0) || !isfinite(m->queue[q].mean_handling))
            continue;
        fine = offered_load(m, q, own);
        level_load(m, m->queue[q].limits > 0 ? m->queue[q].limit[0] : 0, own, spare);
        double share = (double)skill->room / (double)m->group[home].room / skill->speed;
        for (size_t k = 0; fine && k < n; k++)
            w->load[home * n + k] += own[k] * share;
    }
    for (size_t g = 0; fine && g < m->groups; g++)
        correct(s, g, w->load + g * n);
    for (size_t q = 0; fine && q < m->queues; q++) {
        const struct model_skill *skill = home_of(s, q, &home);
        if (!skill || m->queue[q].targets == 0 || !(m->queue[q].mean_handling > 0))
            continue;
        for (size_t k = 0; fine && k < n; k++) {
            double load = w->load[home * n + k], agents = 0;
            if (load > 0 && isfinite(load))
                agents = agents_for(&m->queue[q], load);
            fine = !isnan(agents);
            w->agents[home * n + k] = fmax(w->agents[home * n + k], agents);
        }
    }
    free(own);
    free(spare);
    return fine;
}

static bool work_init(struct work *w, const struct staff *s)
{
    size_t n = s->model->groups * s->model->shape.intervals;
    w->load = calloc(n + 1, sizeof *w->load);
    w->agents = calloc(n + 1, sizeof *w->agents);
    return w->load && w->agents && share_out(s, w);
}

static void work_free(struct work *w)
{
    free(w->load);
    free(w->agents);
}

static double within_limits(const struct staff_unit *u, double heads)
{
    return fmin(fmax(heads, ceil(u->least)), floor(u->most));
}

/* The share of an interval in which a head of the line is there, breaks taken off. */
static double cover(const oh_model *m, const struct staff_unit *u, size_t k)
{
    const struct spec_shift *shift = &m->group[u->group].rules->shift[u->item];
    size_t d = 0;
    while (d + 1 < m->openings && m->opening[d + 1].first_period <= k)
        d++;
    double a = (double)(k - m->opening[d].first_period) * m->interval, b = a + m->interval;
    double there = shift->on[d] ? fmax(0, fmin(b, shift->to) - fmax(a, shift->from)) : 0;
    for (size_t i = 0; i < shift->breaks && there > 0; i++) {
        double at = shift->pause[i].at;
        there -= fmax(0, fmin(b, at + shift->pause[i].length) - fmax(a, at));
    }
    return fmax(0, there) / m->interval;
}

/* What one head more of a line is worth: the lacking agents that he replaces, for his price. */
static double worth(const oh_model *m, const struct staff_unit *u, const double *wanted)
{
    double sum = 0;
    for (size_t k = u->first; k <= u->last; k++)
        sum += wanted[k] > 0 ? cover(m, u, k) * fmin(1, wanted[k]) : 0;
    return sum / u->weight;
}

/* Lines of shifts: always one more of the line that is worth most, until nobody is lacking that a
 * line could bring. */
static void fill_lines(const struct staff *s, size_t group, double *wanted, double *heads)
{
    const oh_model *m = s->model;
    for (;;) {
        double best = 0;
        size_t line = 0;
        for (size_t u = 0; u < s->units; u++) {
            const struct staff_unit *unit = &s->unit[u];
            if (unit->group != group || !unit->line || heads[u] + 1 > unit->most)
                continue;
            double w = worth(m, unit, wanted);
            if (w > best) {
                best = w;
                line = u;
            }
        }
        if (best <= 0)
            return;
        heads[line]++;
        for (size_t k = s->unit[line].first; k <= s->unit[line].last; k++)
            wanted[k] -= cover(m, &s->unit[line], k);
    }
}

bool staff_start(struct staff *s, double *heads)
{
    struct work w;
    size_t n = s->model->shape.intervals;
    bool fine = work_init(&w, s);
    for (size_t u = 0; fine && u < s->units; u++) {
        const struct staff_unit *unit = &s->unit[u];
        heads[u] = within_limits(unit, unit->line ? 0 : w.agents[unit->group * n + unit->item]);
    }
    for (size_t g = 0; fine && g < s->model->groups; g++)
        fill_lines(s, g, w.agents + g * n, heads);
    if (!fine)
        s->status = OH_NO_MEMORY;
    work_free(&w);
    return fine;
}

bool staff_most(struct staff *s, double generous, double *heads)
{
    const oh_model *m = s->model;
    double peak = 0;
    double *load = calloc(m->shape.intervals, sizeof *load);
    double *sum = calloc(m->shape.intervals, sizeof *sum);
    bool fine = load && sum;
    for (size_t q = 0; fine && q < m->queues; q++) {
        fine = offered_load(m, q, load);
        for (size_t k = 0; k < m->shape.intervals; k++)
            sum[k] += isfinite(load[k]) ? load[k] : 0;
    }
    for (size_t k = 0; fine && k < m->shape.intervals; k++)
        peak = fmax(peak, sum[k]);
    /* every group could do all the work alone */
    double enough = generous * ceil(2 * peak + 8 * sqrt(peak) + 10);
    size_t pools = m->groups; /* whose numbers of agents add up */
    for (size_t u = 0; u < s->units; u++)
        pools += s->unit[u].line;
    enough = fmin(enough, floor(0.5 * SPEC_MAX_AGENTS / (double)pools));
    for (size_t u = 0; fine && u < s->units; u++)
        heads[u] = within_limits(&s->unit[u], fmax(enough, s->unit[u].least));
    if (!fine)
        s->status = OH_NO_MEMORY;
    free(load);
    free(sum);
    return fine;
}
