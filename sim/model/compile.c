/* compile.c - from a spec to a model.
 *
 * The one idea: whatever can be known before the first call is computed here once (step functions
 * become sorted lists of times, names become numbers, preferences become sorted arrays), so that
 * the engine only looks things up.
 */
#include "compile.h"
#include "nudge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../scenario/bind.h"
#include "plan.h"

static double mean_of(const struct dist *d, double at)
{
    return d ? dist_mean_at(d, at) : 0;
}

/* Mean handling of a call that arrives at `at`. */
static double mean_handling(const struct model_queue *q, double at)
{
    return mean_of(q->talk, at) + mean_of(q->hold, at) + mean_of(q->wrap_up, at);
}

/* A trace's calls bring their own handling: its sum from a to b; the model's mean where a part is
 * not named. */
static double traced_work(const struct model_source *src, const struct model_queue *q, double a,
                          double b)
{
    double work = 0;
    for (size_t i = 0; i < src->n; i++) {
        if (!period_holds(src->at[i], a, b))
            continue;
        work += src->talk ? src->talk[i] : mean_of(q->talk, src->at[i]);
        work += src->hold ? src->hold[i] : mean_of(q->hold, src->at[i]);
        work += src->wrap_up ? src->wrap_up[i] : mean_of(q->wrap_up, src->at[i]);
    }
    return work;
}

/* Start and length of a period. */
static double period_start(const struct oh_model *m, size_t period, double *length)
{
    *length = m->steady ? m->close - m->warm_up : m->interval;
    if (m->steady)
        return m->warm_up;
    size_t d = 0;
    while (d + 1 < m->openings && m->opening[d + 1].first_period <= period)
        d++;
    const struct model_opening *o = &m->opening[d];
    return o->opens + (double)(period - o->first_period) * m->interval;
}

/* The share of a source's callers that a queue gets. */
static double share_of(const struct model_source *src, uint32_t queue)
{
    if (src->mixes == 0)
        return src->queue == queue;
    double before = 0;
    for (size_t i = 0; i < src->mixes; before = src->mix[i++].up_to)
        if (src->mix[i].queue == queue)
            return src->mix[i].up_to - before;
    return 0;
}

static bool has_schedule(const struct dist *d)
{
    return d && dist_has_schedule(d);
}

/* Has the source calls that bring their own handling? */
static bool brings_work(const struct model_source *src)
{
    return src->kind == SOURCE_TIMES && (src->talk || src->hold || src->wrap_up);
}

/* Offered load by period: fresh arrivals x mean handling / length, in erlang. And the mean handling
 * of all of them. */
static bool compile_load(struct oh_model *m, struct model_queue *q, uint32_t queue)
{
    size_t n = m->shape.intervals;
    double *load = arena_array(&m->arena, panel_periods(&m->shape), sizeof *load);
    double calls = 0, all_work = 0;
    bool varies = has_schedule(q->talk) || has_schedule(q->hold) || has_schedule(q->wrap_up);
    if (!load)
        return false;
    for (size_t i = 0; i < m->sources; i++) {
        const struct model_source *src = &m->source[i];
        double share = share_of(src, queue), work = 0;
        for (size_t k = 0; share > 0 && k < n; k++) {
            double step, a = period_start(m, k, &step), came = source_expects(m, src, a, a + step);
            double w = src->kind == SOURCE_TIMES ? traced_work(src, q, a, a + step)
                                                 : came * mean_handling(q, a);
            calls += share * came;
            load[k] += share * w / step;
            work += share * w;
            if (m->week) {
                size_t d = model_opening_at(m, a);
                const struct model_opening *o = &m->opening[d];
                load[period_day(&m->shape, d)] += share * w / (o->closes - o->opens);
            }
        }
        all_work += work;
        varies |= share > 0 && brings_work(src);
        load[period_whole(&m->shape)] += work / (m->steady ? m->close - m->warm_up : m->length);
        q->expected += share * source_expects(m, src, 0, m->close);
    }
    q->load = load;
    q->mean_handling = calls > 0 && varies ? all_work / calls : mean_handling(q, 0);
    return true;
}

static int limit_index(struct model_queue *q, double within)
{
    for (size_t i = 0; i < q->limits; i++)
        if (q->limit[i] == within)
            return (int)i;
    q->limit[q->limits] = within;
    return (int)q->limits++;
}

static bool compile_targets(struct oh_model *m, struct model_queue *q, const struct spec_queue *sq)
{
    struct model_target *target = arena_array(&m->arena, sq->targets, sizeof *target);
    if (!target)
        return false;
    for (size_t i = 0; i < sq->targets; i++) {
        const struct spec_target *st = &sq->target[i];
        target[i].metric = metric_row_find(st->metric);
        target[i].level = st->level;
        target[i].within = st->within;
        target[i].at_most = st->at_most;
        target[i].limit = isnan(st->within) ? -1 : limit_index(q, st->within);
    }
    q->targets = sq->targets;
    q->target = target;
    return true;
}

/* Nothing special happens to callers of such a queue: the engine's short way is enough. */
static bool is_plain(const struct spec_queue *q)
{
    return !q->redial.given && !q->unresolved.given && !q->callback.given && !q->has_announce &&
           !q->preempt && !q->self_service && q->transfers == 0 && q->silent_share == 0 &&
           q->slower_when_late == 0;
}

static bool compile_queues(struct oh_model *m, const struct spec *s)
{
    struct model_queue *queue = arena_array(&m->arena, s->queues, sizeof *queue);
    double ratios = 0;
    if (!queue)
        return false;
    for (size_t i = 0; i < s->queues; i++)
        ratios += s->queue[i].ratio;
    for (size_t i = 0; i < s->queues; i++) {
        const struct spec_queue *sq = &s->queue[i];
        struct model_queue *q = &queue[i];
        q->name = sq->name;
        q->rules = sq;
        q->talk = sq->talk;
        q->hold = sq->hold;
        q->wrap_up = sq->wrap_up;
        q->ring = sq->ring;
        q->patience = sq->patience;
        q->balk = sq->balk;
        q->capacity = isinf(sq->capacity) ? UINT64_MAX : (uint64_t)sq->capacity;
        q->priority = sq->priority;
        q->deferrable = sq->deferrable;
        q->plain = is_plain(sq);
        q->may_transfer = sq->transfers > 0;
        q->share = ratios > 0 ? sq->ratio / ratios : 0;
        q->short_abandon = sq->short_abandon;
        q->value_answered = sq->value_answered;
        q->value_within = sq->value_within;
        q->cost_abandoned = sq->cost_abandoned;
        q->cost_blocked = sq->cost_blocked;
        q->cost_waiting = sq->cost_waiting;
        if (!compile_targets(m, q, sq))
            return false;
    }
    m->queue = queue;
    m->queues = s->queues;
    if (!compile_sources(m, s))
        return false;
    for (uint32_t i = 0; i < s->queues; i++)
        if (!compile_load(m, &queue[i], i))
            return false;
    return true;
}

static bool compile_parts(struct oh_model *m, const struct spec *s)
{
    m->name = s->name;
    m->about = s->about;
    m->currency = s->currency;
    m->experiment = (oh_experiment){
        .replications = s->replications,
        .seed = s->seed,
        .confidence = s->confidence,
        .has_precision = s->precision.given,
        .precision_queue = s->precision.queue,
        .precision_metric = s->precision.given ? s->precision.metric->public.id : NULL,
        .precision = s->precision.half_width,
        .most_replications = s->most_replications,
        .most_seconds = s->most_seconds,
    };
    m->lines = s->lines > 0 ? (uint32_t)s->lines : UINT32_MAX;
    if (!compile_clock(m, s) || !compile_queues(m, s) || !compile_agents(m, s) || !plan_compile(m))
        return false;
    compile_ticks(m);
    m->no_pool = compile_pool(m);
    return true;
}

oh_status oh_model_compile(oh_model **out, oh_scenario *scenario, oh_diags *diags)
{
    return model_compile_nudged(out, scenario, NULL, diags);
}

oh_status model_compile_nudged(oh_model **out, oh_scenario *scenario, const struct nudge *nudge,
                               oh_diags *diags)
{
    *out = NULL;
    oh_model *m = calloc(1, sizeof *m);
    if (!m)
        return OH_NO_MEMORY;
    arena_init(&m->arena);
    struct spec *spec = NULL;
    oh_status status = spec_bind(&spec, scenario, &m->arena, diags);
    if (status == OH_OK && nudge && !nudge_spec(spec, nudge, &m->arena))
        status = OH_NO_MEMORY;
    if (status == OH_OK && !compile_parts(m, spec))
        status = OH_NO_MEMORY;
    if (status == OH_OK) {
        status = model_check(m, spec, diags);
        memcpy(m->sha256, oh_scenario_sha256(scenario), sizeof m->sha256 - 1);
    }
    if (status != OH_OK) {
        oh_model_free(m);
        return status;
    }
    *out = m;
    return OH_OK;
}

void oh_model_free(oh_model *model)
{
    if (!model)
        return;
    arena_free(&model->arena);
    free(model);
}

const oh_experiment *oh_model_experiment(const oh_model *model)
{
    return &model->experiment;
}

const char *oh_model_name(const oh_model *model)
{
    return model->name;
}

const char *oh_model_about(const oh_model *model)
{
    return model->about;
}

const char *oh_model_currency(const oh_model *model)
{
    return model->currency;
}
