/* staff_try.c - a candidate: from heads to a model, a run, and margins.
 *
 * The one idea: all candidates of a stage meet the same callers, whose patience and handling times
 * do not depend on who is on duty, so that two candidates differ by their staff alone.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/arena.h"
#include "../model/restaff.h"
#include "result.h"
#include "staffing.h"

bool staff_score_init(struct staff_score *score, const struct staff *s)
{
    score->margin = calloc(s->rules, sizeof *score->margin);
    score->value = calloc(s->rules, sizeof *score->value);
    score->half = calloc(s->rules, sizeof *score->half);
    score->shortfall = calloc(s->lanes, sizeof *score->shortfall);
    return score->margin && score->value && score->half && score->shortfall;
}

void staff_score_free(struct staff_score *score)
{
    free(score->margin);
    free(score->value);
    free(score->half);
    free(score->shortfall);
}

/* ---- from heads to a model ---- */

/* A count by interval. Agents on duty are what is searched, so nothing shrinks any more. */
static void fill_counts(const struct staff *s, struct spec_group *g, double *value,
                        struct arena *arena)
{
    const oh_model *m = s->model;
    struct spec_schedule whole = {.n = 1, .value = value};
    g->shrinkage = 0;
    if (!m->steady)
        whole =
            (struct spec_schedule){.per = m->interval, .n = m->opening[0].periods, .value = value};
    g->count = whole;
    if (!m->week)
        return;
    struct spec_schedule *day = arena_array(arena, m->openings, sizeof *day);
    for (size_t d = 0; day && d < m->openings; d++) {
        day[d] = whole;
        day[d].n = m->opening[d].periods;
        day[d].value = value + m->opening[d].first_period;
    }
    g->count.n = 0;
    g->count.day = day;
}

/* The rules of the chosen groups with these heads, in the arena. */
static bool make_rules(const struct staff *s, const double *heads, const struct spec_group **rules,
                       struct arena *arena)
{
    const oh_model *m = s->model;
    for (size_t g = 0; g < m->groups; g++) {
        const struct spec_group *own = m->group[g].rules;
        if (!s->chosen[g])
            continue;
        struct spec_group *changed = arena_copy(arena, own, sizeof *own);
        struct spec_shift *shift = arena_array(arena, own->shifts, sizeof *shift);
        double *value = arena_array(arena, m->shape.intervals, sizeof *value);
        if (!changed || !shift || !value)
            return false;
        for (size_t i = 0; i < own->shifts; i++)
            shift[i] = own->shift[i];
        for (size_t u = 0; u < s->units; u++) {
            if (s->unit[u].group != g)
                continue;
            if (s->unit[u].line)
                shift[s->unit[u].item].count = heads[u];
            else
                value[s->unit[u].item] = heads[u];
        }
        if (own->shifts == 0)
            fill_counts(s, changed, value, arena);
        changed->shift = shift;
        rules[g] = changed;
    }
    return !arena->failed;
}

oh_model *staff_model(struct staff *s, const double *heads)
{
    struct arena arena;
    oh_model *model = NULL;
    arena_init(&arena);
    const struct spec_group **rules = arena_array(&arena, s->model->groups + 1, sizeof *rules);
    if (!rules || !make_rules(s, heads, rules, &arena))
        s->status = OH_NO_MEMORY;
    else
        s->status = model_restaff(&model, s->model, rules);
    arena_free(&arena);
    return model;
}

/* ---- from a run to margins ---- */

static double value_at(const oh_result *r, oh_level level, size_t thing, long period,
                       const char *id)
{
    oh_estimate e = {.value = NAN};
    long column = oh_result_column_find(r, level, id);
    if (column >= 0)
        oh_result_estimate(r, level, thing, period, (size_t)column, &e);
    return e.value;
}

/* Of a rule whose metric has no value: missed where calls came and nobody was answered, since mean
 * waits of nobody must not pass; otherwise there was nothing to be missed. */
static bool void_is_fine(const oh_result *r, const struct staff_rule *rule)
{
    if (rule->level == OH_AGENTS)
        return true;
    return !(value_at(r, OH_QUEUE, rule->thing, rule->period, "offered") > 0) ||
           value_at(r, OH_QUEUE, rule->thing, rule->period, "answered") > 0;
}

/* A group of whom nobody is planned cannot be too busy: those who are there finish. */
static bool nobody_planned(const oh_result *r, const struct staff_rule *rule)
{
    return rule->level == OH_AGENTS &&
           !(value_at(r, OH_AGENTS, rule->thing, rule->period, "planned") > 0);
}

static void add_up(const struct staff *s, struct staff_score *score)
{
    memset(score->shortfall, 0, s->lanes * sizeof *score->shortfall);
    for (size_t i = 0; i < s->rules; i++)
        if (score->margin[i] < 0)
            score->shortfall[s->rule[i].lane] -= score->margin[i];
}

void staff_judge_rule(const struct staff *s, const oh_result *r, size_t i,
                      struct staff_score *score)
{
    const struct staff_rule *rule = &s->rule[i];
    oh_estimate e = {.value = NAN, .half_width = NAN};
    oh_result_estimate(r, rule->level, rule->thing, rule->period, rule->column, &e);
    double above = (e.value - rule->goal) / rule->scale;
    score->value[i] = e.value;
    score->half[i] = e.half_width;
    score->margin[i] = rule->at_most ? -above : above;
    if (nobody_planned(r, rule))
        score->margin[i] = 1;
    else if (isnan(e.value))
        score->margin[i] = void_is_fine(r, rule) ? 1 : -1;
}

void staff_judge(const struct staff *s, const oh_result *r, struct staff_score *score)
{
    for (size_t i = 0; i < s->rules; i++)
        staff_judge_rule(s, r, i, score);
    add_up(s, score);
}

/* So few agents that the limit on calls present is hit. */
static void hopeless(const struct staff *s, struct staff_score *score)
{
    for (size_t i = 0; i < s->rules; i++) {
        score->margin[i] = -1e6;
        score->value[i] = score->half[i] = NAN;
    }
    add_up(s, score);
}

static void tell(struct staff *s)
{
    const oh_staff_options *o = s->options;
    if (!o->progress)
        return;
    oh_staff_progress p = {s->stage, s->part, s->runs, s->at_hand ? staff_hours(s, s->at_hand) : 0};
    o->progress(o->progress_user, &p);
}

/* A steady state in which callers who never hang up are more than the agents can serve has no end:
 * not worth playing up to the limit. */
static bool drowns(const struct staff *s, const oh_model *plan)
{
    for (size_t q = 0; s->model->steady && q < plan->queues; q++) {
        const struct model_queue *queue = &plan->queue[q];
        double most = 0;
        if (!dist_is_never(queue->patience) || queue->capacity != UINT64_MAX || queue->balk > 0)
            continue;
        for (size_t i = 0; i < queue->servers; i++) {
            const struct model_group *g = &plan->group[queue->server[i].group];
            const struct model_skill *k = &g->skill[queue->server[i].skill];
            double pace = k->paces == 0 ? 1 : 0;
            for (size_t n = 0; n < k->paces; n++)
                pace = fmax(pace, k->pace[n]);
            most += g->agents * (double)(g->room / k->room) * k->speed * pace;
        }
        double load = fmax(queue->load[0], s->work[q]);
        if (load >= most && load > 0)
            return true;
    }
    return false;
}

bool staff_play(struct staff *s, const double *heads, struct staff_score *score,
                struct staff_kept *keep)
{
    oh_run_options options = s->options->run;
    oh_result *result = NULL;
    if (s->status != OH_OK)
        return false;
    tell(s);
    oh_model *model = staff_model(s, heads);
    if (!model)
        return false;
    options.has_seed = true;
    options.seed = s->sample.seed;
    options.replications = s->sample.replications;
    options.first = s->sample.first;
    options.engine = OH_ENGINE_AUTO;
    options.progress = NULL;
    oh_status status = OH_LIMIT;
    if (keep || !drowns(s, model))
        status = oh_run(&result, model, &options, s->message);
    s->runs += s->sample.first == 0;
    if (status == OH_OK) {
        s->calls += oh_result_info(result).calls;
        staff_judge(s, result, score);
    } else if (status == OH_LIMIT && !keep) {
        hopeless(s, score);
    } else {
        s->status = status;
    }
    if (keep && s->status == OH_OK) {
        *keep = (struct staff_kept){model, result};
        return true;
    }
    oh_result_free(result);
    oh_model_free(model);
    return s->status == OH_OK;
}

void staff_kept_free(struct staff_kept *kept)
{
    oh_result_free(kept->result);
    oh_model_free(kept->model);
    *kept = (struct staff_kept){0};
}

bool staff_met(const struct staff *s, const struct staff_score *score)
{
    for (size_t i = 0; i < s->rules; i++)
        if (score->margin[i] < 0)
            return false;
    return true;
}

bool staff_spent(const struct staff *s)
{
    return s->calls >= s->allowed;
}

/* ---- one change at a time ---- */

struct each {
    const size_t *list;
    size_t n;
    double *changed; /* [units] */
    size_t *now;     /* [lanes] 1 + place in the list; 0: none this time */
    size_t *next;    /* [lanes] */
    struct staff_score score;
};

/* One run, with the next unit of each lane whose turn it is. */
static bool try_next(struct staff *s, struct each *w, double by, staff_visit_fn *visit, void *user)
{
    bool any = false;
    for (size_t l = 0; l < s->lanes; l++) {
        w->now[l] = 0;
        if (staff_rests(s, l))
            continue;
        while (w->next[l] < w->n && s->unit[w->list[w->next[l]]].lane != l)
            w->next[l]++;
        w->now[l] = w->next[l] < w->n ? ++w->next[l] : 0;
        if (w->now[l])
            w->changed[w->list[w->now[l] - 1]] += by;
        any = any || w->now[l];
    }
    if (any && !staff_play(s, w->changed, &w->score, NULL))
        return false;
    for (size_t l = 0; any && l < s->lanes; l++)
        if (w->now[l])
            visit(user, w->list[w->now[l] - 1], &w->score);
    return true;
}

static bool all_tried(const struct staff *s, const struct each *w)
{
    size_t left = 0;
    for (size_t i = 0; i < w->n; i++)
        left += i >= w->next[s->unit[w->list[i]].lane];
    return left == 0;
}

bool staff_try_each(struct staff *s, const double *heads, const size_t *list, size_t n, double by,
                    staff_visit_fn *visit, void *user)
{
    struct each w = {.list = list, .n = n};
    w.changed = calloc(s->units, sizeof *w.changed);
    w.now = calloc(s->lanes, sizeof *w.now);
    w.next = calloc(s->lanes, sizeof *w.next);
    bool fine = w.changed && w.now && w.next && staff_score_init(&w.score, s);
    if (!fine)
        s->status = OH_NO_MEMORY;
    for (; fine && !all_tried(s, &w); s->turn ^= 1) {
        memcpy(w.changed, heads, s->units * sizeof *w.changed);
        fine = try_next(s, &w, by, visit, user);
    }
    staff_score_free(&w.score);
    free(w.changed);
    free(w.now);
    free(w.next);
    return fine;
}

double staff_weight(const struct staff *s, const double *heads)
{
    double sum = 0;
    for (size_t u = 0; u < s->units; u++)
        sum += heads[u] * s->unit[u].weight;
    return sum;
}

double staff_hours(const struct staff *s, const double *heads)
{
    double sum = 0;
    for (size_t u = 0; u < s->units; u++)
        sum += heads[u] * s->unit[u].hours;
    return sum;
}
