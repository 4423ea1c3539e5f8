/* gap.c - what accounts for the difference between a simulation and Erlang's formulas.
 *
 * The one idea: all runs have the same callers, so what a feature does is the difference between
 * two runs, sure to a fraction of a point. Each feature is switched off alone; then all of them
 * together; what is still missing to the formula is what change over the day does.
 */
#include "gap.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../stats/paired.h"
#include "reading.h"

struct oh_gap {
    struct arena arena;
    const oh_result *result;
    size_t intervals;
    oh_gap_queue *queue;
    oh_gap_interval **interval;
};

/* What is being found: for each queue the influence of every replication, run by run. */
struct search {
    oh_gap *gap;
    const oh_scenario *scenario;
    oh_run_options options;
    oh_explanation pools;
    struct gap_feature feature[GAP_FEATURES];
    size_t features;
    size_t rows;
    size_t runs, run; /* to play, played */
    const oh_run_options *asked;
    /* [queues]: metric's column, value and influence of the base, of the sum of features, of all */
    long *column;
    double *base, *all, **base_z, **all_z, **sum_z;
    oh_gap_part **part; /* what the queues' part point to */
};

/* ---- runs ---- */

static void tell(void *user, const oh_progress *p)
{
    struct search *s = user;
    oh_progress whole = *p;
    whole.done += s->run * p->planned;
    whole.planned *= s->runs;
    s->asked->progress(s->asked->progress_user, &whole);
}

static oh_status apply(oh_scenario *scenario, const struct gap_feature *f, oh_diags *diags)
{
    oh_status status = OH_OK;
    for (const struct gap_setting *set = f->first; set && status == OH_OK; set = set->next)
        status = oh_scenario_set(scenario, set->path, set->value, diags);
    return status;
}

/* Plays the scenario without features first .. first + n - 1. The model is given out as well, since
 * the result needs it. */
static oh_status play_without(struct search *s, size_t first, size_t n, oh_model **model,
                              oh_result **result, char message[256])
{
    oh_diags *diags = oh_diags_new();
    oh_scenario *scenario = NULL;
    *model = NULL;
    *result = NULL;
    oh_status status = diags ? oh_scenario_clone(&scenario, s->scenario) : OH_NO_MEMORY;
    for (size_t i = first; i < first + n && status == OH_OK; i++)
        status = apply(scenario, &s->feature[i], diags);
    if (status == OH_OK)
        status = oh_model_compile(model, scenario, diags);
    if (status == OH_OK)
        status = oh_run(result, *model, &s->options, message);
    if (status != OH_OK) {
        oh_result_free(*result);
        *result = NULL;
    }
    s->run++;
    oh_scenario_free(scenario);
    oh_diags_free(diags);
    return status;
}

/* ---- figures ---- */

/* Figures that theory and simulation both have as ratios over calls. */
static bool known(const char *id)
{
    static const char *const list[] = {"service_level",
                                       "service_level_answered",
                                       "service_level_net",
                                       "service_level_credit",
                                       "abandon_rate",
                                       "asa",
                                       "wait"};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (strcmp(list[i], id) == 0)
            return true;
    return false;
}

/* The column of what is explained: the queue's first target that the formulas know, its service
 * level, or its mean wait. */
static long choose_column(const oh_result *result, size_t queue)
{
    const struct model_queue *q = &result->model->queue[queue];
    for (size_t i = 0; i < q->targets; i++)
        if (q->target[i].limit <= 0 && known(q->target[i].metric->public.id))
            return oh_result_column_find(result, OH_QUEUE, q->target[i].metric->public.id);
    return oh_result_column_find(result, OH_QUEUE, q->limits > 0 ? "service_level" : "wait");
}

/* The value of the queue's figure in a run, and its influence. */
static double measure(const struct search *s, const oh_result *result, size_t queue, double *z)
{
    const struct reading *r =
        reading_take(result, OH_QUEUE, queue, OH_WHOLE, (size_t)s->column[queue]);
    return ratio_influence(r->fraction, s->rows, z);
}

static double half_width(const struct search *s, const double *z)
{
    double confidence = oh_result_info(s->gap->result).confidence;
    return s->rows < 2 ? NAN
                       : student_t((double)s->rows - 1, confidence) * influence_error(z, s->rows);
}

/* ---- the search ---- */

static bool prepare_queue(struct search *s, size_t q)
{
    struct arena *a = &s->gap->arena;
    s->base_z[q] = arena_array(a, s->rows, sizeof **s->base_z);
    s->all_z[q] = arena_array(a, s->rows, sizeof **s->all_z);
    s->sum_z[q] = arena_array(a, s->rows, sizeof **s->sum_z);
    return s->base_z[q] && s->all_z[q] && s->sum_z[q];
}

/* Decides for each queue which figure of which model is explained. */
static bool take_base(struct search *s)
{
    const oh_result *result = s->gap->result;
    for (size_t q = 0; q < result->model->queues; q++) {
        oh_gap_queue *g = &s->gap->queue[q];
        if (!prepare_queue(s, q))
            return false;
        if (g->why_not || !(g->has_erlang_a || g->has_erlang_c))
            continue;
        s->column[q] = choose_column(result, q);
        const oh_metric *metric = oh_result_column(result, OH_QUEUE, (size_t)s->column[q])->metric;
        const double *exact =
            oh_figure_find(g->has_erlang_a ? &g->erlang_a : &g->erlang_c, metric->id);
        double value = measure(s, result, q, s->base_z[q]);
        if (!exact || !isfinite(*exact) || isnan(value))
            continue;
        g->explained = true;
        g->model = g->has_erlang_a ? "Erlang A" : "Erlang C";
        g->metric = metric->id;
        g->unit = metric->unit;
        g->exact = *exact;
        g->simulated = s->base[q] = value;
        g->half_width = half_width(s, s->base_z[q]);
        g->gap = g->exact - value;
        g->part = s->part[q] = arena_array(&s->gap->arena, s->features + 1, sizeof **s->part);
        if (!g->part)
            return false;
    }
    return true;
}

/* One feature's part in each queue; `result` is NULL if it could not be played. */
static bool take_part(struct search *s, size_t feature, const oh_result *result)
{
    double *z = calloc(s->rows, sizeof *z);
    if (!z)
        return false;
    for (size_t q = 0; q < s->gap->result->model->queues; q++) {
        oh_gap_queue *g = &s->gap->queue[q];
        oh_gap_part part = {s->feature[feature].what, NAN, NAN};
        if (!g->explained)
            continue;
        if (result) {
            part.difference = measure(s, result, q, z) - s->base[q];
            for (size_t i = 0; i < s->rows; i++) {
                z[i] -= s->base_z[q][i];
                s->sum_z[q][i] += z[i];
            }
            part.half_width = half_width(s, z);
        }
        s->part[q][g->parts++] = part;
    }
    free(z);
    return true;
}

static void take_all(struct search *s, const oh_result *result)
{
    for (size_t q = 0; q < s->gap->result->model->queues; q++) {
        oh_gap_queue *g = &s->gap->queue[q];
        if (!g->explained)
            continue;
        g->together = NAN;
        g->together_half = NAN;
        g->rest = g->rest_half = NAN;
        if (!result)
            continue;
        s->all[q] = measure(s, result, q, s->all_z[q]);
        g->rest = g->exact - s->all[q];
        g->rest_half = half_width(s, s->all_z[q]);
        g->together = s->all[q] - s->base[q];
        for (size_t i = 0; i < g->parts; i++)
            g->together -= g->part[i].difference;
        for (size_t i = 0; i < s->rows; i++)
            s->all_z[q][i] -= s->base_z[q][i] + s->sum_z[q][i];
        g->together_half = half_width(s, s->all_z[q]);
    }
}

static bool name_rest(struct search *s)
{
    const oh_model *m = s->gap->result->model;
    for (size_t q = 0; q < m->queues; q++) {
        oh_gap_queue *g = &s->gap->queue[q];
        const struct pool *pool = gap_pool(&s->pools, q);
        if (!g->explained)
            continue;
        const char *more = gap_leftovers(&s->gap->arena, m, pool);
        g->rest_what =
            !more ? NULL
            : m->steady
                ? arena_printf(&s->gap->arena, "what is left%s", more)
                : arena_printf(&s->gap->arena,
                               "change over the day (who waits or works on into the next part)%s",
                               more);
        if (!g->rest_what)
            return false;
        if (pool->queues > 1 && !(g->pool = arena_strdup(&s->gap->arena, pool->name)))
            return false;
    }
    return true;
}

/* A feature without which a run hits a limit or makes no scenario is told as such. */
static bool passable(oh_status status)
{
    return status == OH_OK || status == OH_LIMIT || status == OH_INVALID;
}

static oh_status play_features(struct search *s, char message[256])
{
    bool all_well = true;
    oh_model *model;
    oh_result *result;
    for (size_t i = 0; i < s->features; i++) {
        oh_status status = play_without(s, i, 1, &model, &result, message);
        bool taken = passable(status) && take_part(s, i, result);
        all_well = all_well && status == OH_OK;
        if (s->features == 1 && taken)
            take_all(s, result);
        oh_result_free(result);
        oh_model_free(model);
        if (!passable(status))
            return status;
        if (!taken)
            return OH_NO_MEMORY;
    }
    if (s->features == 0)
        take_all(s, s->gap->result);
    if (s->features < 2)
        return OH_OK;
    oh_status status = play_without(s, 0, s->features, &model, &result, message);
    if (passable(status))
        take_all(s, result);
    oh_result_free(result);
    oh_model_free(model);
    return passable(status) ? OH_OK : status;
}

static bool make_search(struct search *s)
{
    oh_gap *g = s->gap;
    const oh_model *m = g->result->model;
    size_t n = m->queues + 1;
    s->pools = (oh_explanation){.model = m};
    arena_init(&s->pools.arena);
    g->queue = arena_array(&g->arena, n, sizeof *g->queue);
    g->interval = arena_array(&g->arena, n, sizeof *g->interval);
    s->column = arena_array(&g->arena, n, sizeof *s->column);
    s->base = arena_array(&g->arena, n, sizeof *s->base);
    s->all = arena_array(&g->arena, n, sizeof *s->all);
    s->base_z = arena_array(&g->arena, n, sizeof *s->base_z);
    s->all_z = arena_array(&g->arena, n, sizeof *s->all_z);
    s->sum_z = arena_array(&g->arena, n, sizeof *s->sum_z);
    s->part = arena_array(&g->arena, n, sizeof *s->part);
    if (g->arena.failed || !explain_pools(&s->pools))
        return false;
    g->intervals = s->pools.intervals;
    if (!gap_exact(&g->arena, &s->pools, g->queue, g->interval) ||
        !gap_features(&g->arena, m, s->feature, &s->features))
        return false;
    s->runs = s->features < 2 ? s->features : s->features + 1;
    return take_base(s) && name_rest(s);
}

oh_status oh_gap_find(oh_gap **out, const oh_scenario *scenario, const oh_result *result,
                      const oh_run_options *options, char message[256])
{
    oh_run_info info = oh_result_info(result);
    struct search s = {.scenario = scenario, .asked = options, .options = *options};
    char unheard[256];
    *out = NULL;
    oh_gap *gap = calloc(1, sizeof *gap);
    if (!gap)
        return OH_NO_MEMORY;
    arena_init(&gap->arena);
    gap->result = result;
    s.gap = gap;
    s.rows = result->panel.rows;
    s.options.replications = info.replications;
    s.options.first = info.first;
    s.options.has_seed = true;
    s.options.seed = info.seed;
    s.options.confidence = info.confidence;
    s.options.goal.wanted = false;
    if (options->progress) {
        s.options.progress = tell;
        s.options.progress_user = &s;
    }
    oh_status status = make_search(&s) ? OH_OK : OH_NO_MEMORY;
    if (status == OH_OK)
        status = play_features(&s, message ? message : unheard);
    arena_free(&s.pools.arena);
    if (status != OH_OK) {
        oh_gap_free(gap);
        return status;
    }
    *out = gap;
    return OH_OK;
}

void oh_gap_free(oh_gap *gap)
{
    if (!gap)
        return;
    arena_free(&gap->arena);
    free(gap);
}

const oh_gap_queue *oh_gap_queue_at(const oh_gap *gap, size_t queue)
{
    return &gap->queue[queue];
}

size_t oh_gap_intervals(const oh_gap *gap)
{
    return gap->intervals;
}

const oh_gap_interval *oh_gap_interval_at(const oh_gap *gap, size_t queue, size_t interval)
{
    return &gap->interval[queue][interval];
}
