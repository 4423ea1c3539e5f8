/* gap_exact.c - Erlang C and A for each part of the day by itself, and their sums over the day.
 *
 * Within an interval the formulas are asked for each number of agents that is planned in it, for as
 * long as it is. What is summed are calls and waits, never shares: the day's figures are those of a
 * caller picked from the day.
 */
#include <math.h>

#include "gap.h"

/* Numerators and denominators of one model over some time. */
struct flow {
    double seconds, offered, answered, abandoned;
    double answered_in_time, abandoned_in_time, delayed;
    double wait_answered, wait_abandoned;
    double waiting_area, busy_area, agent_area;
};

static void add_piece(struct flow *f, const oh_queue_figures *q, double rate, double agents,
                      double seconds)
{
    double calls = rate * seconds, left = q->abandon_rate * calls;
    f->seconds += seconds;
    f->offered += calls;
    f->abandoned += left;
    f->answered += calls - left;
    f->answered_in_time += q->service_level * calls;
    f->abandoned_in_time += (q->service_level_credit - q->service_level) * calls;
    f->delayed += q->delayed * calls;
    if (calls - left > 0)
        f->wait_answered += q->asa * (calls - left);
    if (left > 0)
        f->wait_abandoned += q->wait_abandoned * left;
    f->waiting_area += q->queue_length * seconds;
    f->agent_area += agents * seconds;
    if (agents > 0)
        f->busy_area += q->occupancy * agents * seconds;
}

static oh_queue_figures figures_of(const struct flow *f)
{
    double in_time = f->answered_in_time, left_in_time = f->abandoned_in_time;
    return (oh_queue_figures){
        .delayed = f->delayed / f->offered,
        .abandon_rate = f->abandoned / f->offered,
        .service_level = in_time / f->offered,
        .service_level_answered = f->answered > 0 ? in_time / f->answered : NAN,
        .service_level_net =
            f->offered > left_in_time ? in_time / (f->offered - left_in_time) : NAN,
        .service_level_credit = (in_time + left_in_time) / f->offered,
        .asa = f->answered > 0 ? f->wait_answered / f->answered : NAN,
        .wait = (f->wait_answered + f->wait_abandoned) / f->offered,
        .wait_abandoned = f->abandoned > 0 ? f->wait_abandoned / f->abandoned : NAN,
        .queue_length = f->waiting_area / f->seconds,
        .occupancy = f->agent_area > 0 ? f->busy_area / f->agent_area : NAN,
    };
}

/* Nobody on duty: whoever may hang up does, the others wait for ever. */
static oh_queue_figures without_agents(const oh_steady_queue *q)
{
    bool never = isinf(q->patience);
    double left = never ? 0 : -expm1(-q->threshold / q->patience);
    return (oh_queue_figures){
        .delayed = 1,
        .abandon_rate = never ? 0 : 1,
        .service_level = 0,
        .service_level_credit = left,
        .asa = INFINITY,
        .wait = q->patience,
        .wait_abandoned = q->patience,
        .queue_length = never ? INFINITY : q->rate * q->patience,
        .occupancy = 0,
    };
}

static bool ask(const oh_steady_queue *q, double agents, oh_queue_figures *out)
{
    if (agents < 1) {
        *out = without_agents(q);
        return true;
    }
    return oh_steady_figures(q, agents, out) == OH_OK;
}

struct flows {
    struct flow c, a;
};

/* One interval of a pool into the sums of the interval and of the day. */
static void add_interval(const struct pool *p, size_t interval, double from, double to,
                         struct flows *day, oh_gap_interval *out)
{
    const oh_outlook *o = &p->outlook[interval];
    const struct heads *h = &p->heads;
    struct flows here = {.c = {.seconds = 0}, .a = {.seconds = 0}};
    double power = o->agents > 0 ? o->capacity / o->agents : 1;
    oh_steady_queue q = {.rate = o->calls / (to - from),
                         .patience = INFINITY,
                         .threshold = isnan(p->within) ? 0 : p->within};
    *out = (oh_gap_interval){.calls = o->calls, .load = o->load, .agents = o->agents};
    if (!(o->calls > 0) || !(o->load > 0))
        return;
    q.handling = o->load / q.rate / power;
    out->has_erlang_c = true;
    out->has_erlang_a = isfinite(p->patience);
    for (size_t i = 0; i < h->n; i++) {
        double start = fmax(from, h->time[i]), end = i + 1 < h->n ? fmin(to, h->time[i + 1]) : to;
        double agents = floor(h->count[i] + 0.5);
        oh_queue_figures f;
        if (end <= start)
            continue;
        q.patience = INFINITY;
        out->has_erlang_c = out->has_erlang_c && ask(&q, agents, &f);
        if (out->has_erlang_c)
            add_piece(&here.c, &f, q.rate, agents, end - start);
        if (out->has_erlang_c)
            add_piece(&day->c, &f, q.rate, agents, end - start);
        q.patience = p->patience;
        out->has_erlang_a = out->has_erlang_a && ask(&q, agents, &f);
        if (out->has_erlang_a)
            add_piece(&here.a, &f, q.rate, agents, end - start);
        if (out->has_erlang_a)
            add_piece(&day->a, &f, q.rate, agents, end - start);
    }
    if (out->has_erlang_c)
        out->erlang_c = figures_of(&here.c);
    if (out->has_erlang_a)
        out->erlang_a = figures_of(&here.a);
}

const struct pool *gap_pool(const oh_explanation *pools, size_t queue)
{
    for (size_t p = 0; p < pools->pools; p++)
        for (size_t i = 0; i < pools->pool[p].queues; i++)
            if (pools->pool[p].queue[i] == queue)
                return &pools->pool[p];
    return NULL;
}

static const char *misfit(const oh_model *m, size_t queue, const struct pool *p)
{
    if (m->queue[queue].deferrable)
        return "its contacts can wait for days: Erlang's formulas are about callers who hold the "
               "line";
    if (!p || p->groups == 0)
        return "nobody serves it";
    if (p->several_at_once)
        return "its agents hold several contacts at once, which Erlang's formulas do not know";
    if (!p->live || !(m->queue[queue].expected > 0))
        return "no fresh calls come";
    if (m->queue[queue].limits > 0 && m->queue[queue].limit[0] != p->within)
        return "it shares agents with a queue of another time limit";
    return NULL;
}

bool gap_exact(struct arena *arena, const oh_explanation *pools, oh_gap_queue *queue,
               oh_gap_interval **interval)
{
    const oh_model *m = pools->model;
    for (size_t q = 0; q < m->queues; q++) {
        const struct pool *p = gap_pool(pools, q);
        struct flows day = {.c = {.seconds = 0}, .a = {.seconds = 0}};
        interval[q] = arena_array(arena, pools->intervals + 1, sizeof **interval);
        if (!interval[q])
            return false;
        queue[q].why_not = misfit(m, q, p);
        if (queue[q].why_not)
            continue;
        queue[q].has_erlang_c = queue[q].has_erlang_a = true;
        for (size_t k = 0; k < pools->intervals; k++) {
            oh_gap_interval *at = &interval[q][k];
            double from, to;
            explain_interval(m, k, &from, &to);
            add_interval(p, k, from, to, &day, at);
            queue[q].has_erlang_c = queue[q].has_erlang_c && (at->has_erlang_c || !(at->calls > 0));
            queue[q].has_erlang_a = queue[q].has_erlang_a && (at->has_erlang_a || !(at->calls > 0));
        }
        if (queue[q].has_erlang_c)
            queue[q].erlang_c = figures_of(&day.c);
        if (queue[q].has_erlang_a)
            queue[q].erlang_a = figures_of(&day.a);
    }
    return true;
}
