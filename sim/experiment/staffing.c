/* staffing.c - the fewest agents that meet all targets: the stages of the search.
 *
 * The one idea: search on few days of one set of callers, then let other callers, more of them,
 * have the last word. Where the confirming run misses a target or could do with fewer, the plan is
 * mended on its callers, and new ones are asked again, at most so often: a target that a plan
 * reaches within chance can always fall to either side.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "result.h"
#include "staffing.h"

enum {
    CONFIRM_CALLS = 400000, /* of the confirming run; */
    POOL_CALLS = 600000,    /* where the engine's short way is taken */
    CONFIRM_LEAST = 40,
    CONFIRM_MOST = 1000,
    SEARCH_LEAST = 25,
    SEARCH_FEW = 10,      /* where rules span many intervals, and so are known sooner */
    LOOK_CALLS = 7000000, /* for one look at everybody in the confirming run */
    LOOK_LEAST = 15,      /* but not fewer replications than that */
    EXCHANGE_CALLS = 4000000,
    ALL_CALLS = 100000000,   /* of the whole search */
    SEARCH_SEED = 0x51ed270b /* what is searched on are other callers than what confirms */
};

static struct staff_sample confirming(const struct staff *s)
{
    const oh_model *m = s->model;
    const oh_run_options *o = &s->options->run;
    double calls = 0;
    for (size_t q = 0; q < m->queues; q++)
        calls += m->queue[q].expected;
    double wanted = m->no_pool ? CONFIRM_CALLS : POOL_CALLS;
    double n = ceil(fmin(fmax(wanted / fmax(calls, 1), CONFIRM_LEAST), CONFIRM_MOST));
    n = fmin(n, fmax(ceil(LOOK_CALLS / fmax(calls * staff_look_runs(s), 1)), LOOK_LEAST));
    struct staff_sample sample = {.seed = o->has_seed ? o->seed : m->experiment.seed,
                                  .replications = (uint32_t)n};
    if (o->replications)
        sample.replications = o->replications;
    if (m->batches)
        sample.replications = (uint32_t)m->batches;
    return sample;
}

static struct staff_sample searching(const struct staff *s)
{
    struct staff_sample sample = confirming(s);
    sample.seed ^= SEARCH_SEED;
    uint32_t least = s->single ? SEARCH_LEAST : SEARCH_FEW;
    if (!s->model->batches && sample.replications > least)
        sample.replications = (uint32_t)fmax(least, sample.replications / 4);
    return sample;
}

static void begin_stage(struct staff *s, const char *words)
{
    s->stage = words;
    s->part = NAN;
}

/* ---- can the targets be met at all? ---- */

static bool unlimited(const struct staff *s)
{
    for (size_t u = 0; u < s->units; u++)
        if (isinf(s->unit[u].most))
            return true;
    return false;
}

static double figure_of(const oh_result *r, oh_level level, size_t thing, long period,
                        const char *id)
{
    oh_estimate e = {.value = NAN};
    long column = oh_result_column_find(r, level, id);
    if (column >= 0)
        oh_result_estimate(r, level, thing, period, (size_t)column, &e);
    return e.value > 0 ? e.value : 0;
}

/* With more than enough agents, those who are busy are the load, with all who come back or are
 * handed on: what formulas do not know. */
static bool learn(struct staff *s, struct staff_score *score, const double *most)
{
    const oh_model *m = s->model;
    struct staff_kept kept;
    size_t n = m->shape.intervals;
    if (!staff_play(s, most, score, &kept))
        return false;
    for (size_t q = 0; q < m->queues; q++)
        s->work[q] = figure_of(kept.result, OH_QUEUE, q, OH_WHOLE, "answered") *
                     figure_of(kept.result, OH_QUEUE, q, OH_WHOLE, "aht") / m->length;
    for (size_t g = 0; g < m->groups; g++)
        for (size_t k = 0; k < n; k++)
            s->busy[g * n + k] = figure_of(kept.result, OH_AGENTS, g, (long)k, "busy");
    if (m->steady)
        for (size_t g = 0; g < m->groups; g++)
            s->busy[g] = figure_of(kept.result, OH_AGENTS, g, OH_WHOLE, "busy");
    oh_result_free(kept.result);
    oh_model_free(kept.model);
    return true;
}

/* most[units]; *possible: it meets the rules. */
static bool look_at_limits(struct staff *s, struct staff_score *score, double *most, bool *possible)
{
    *possible = false;
    for (double generous = 1; generous < 30; generous *= 3) {
        if (!staff_most(s, generous, most) || !staff_play(s, most, score, NULL))
            return false;
        *possible = staff_met(s, score);
        if (*possible || !unlimited(s))
            break;
    }
    return !*possible || learn(s, score, most);
}

/* ---- all stages ---- */

/* The run that is shown, and the same callers with the agents of the scenario. */
static bool final_runs(oh_staffing *f)
{
    struct staff *s = &f->search;
    oh_run_options options = f->options.run;
    if (!staff_play(s, f->heads, &f->score, &f->kept)) {
        if (s->status != OH_LIMIT)
            return false;
        /* so hopeless that there is no result to show */
        s->status = OH_OK;
        if (!staff_play(s, f->heads, &f->score, NULL))
            return false;
        f->kept.model = staff_model(s, f->heads);
    }
    f->info.met = staff_met(s, &f->score);
    options.has_seed = true;
    options.seed = s->sample.seed;
    options.replications = s->sample.replications;
    options.first = 1;
    options.engine = OH_ENGINE_AUTO;
    options.progress = NULL;
    oh_status status = oh_run(&f->now, s->model, &options, s->message);
    if (status == OH_LIMIT) { /* the plan of the scenario is hopeless; ours is not */
        oh_result_free(f->now);
        f->now = NULL;
    } else {
        s->status = status;
    }
    if (s->status != OH_OK || !staff_assure(f))
        return false;
    f->info.confirmed = true;
    return true;
}

/* One half to search with, one to confirm. */
static uint64_t half_of_calls(const struct staff *s)
{
    uint64_t all = s->options->calls ? s->options->calls : ALL_CALLS;
    return all / 2;
}

static bool search(oh_staffing *f, double *most)
{
    struct staff *s = &f->search;
    bool possible;
    begin_stage(s, "looking at the limits");
    s->sample = confirming(s);
    if (!look_at_limits(s, &f->score, most, &possible))
        return false;
    memcpy(f->heads, most, s->units * sizeof *most);
    if (!possible)
        return final_runs(f);
    begin_stage(s, "looking for a first plan");
    s->sample = searching(s);
    if (!staff_start(s, f->heads))
        return false;
    s->at_hand = f->heads;
    s->allowed = half_of_calls(s);
    if (!staff_slide(s, f->heads) || !staff_ascend(s, f->heads, most, &f->score))
        return false;
    /* Where days touch each other each run is long, and what would be gained on these callers is
     * lost on the next ones. */
    if (staff_met(s, &f->score) && (s->apart || !s->by_day)) {
        begin_stage(s, "taking away whom nobody misses");
        if (!staff_trim(s, f->heads, NULL) || !staff_ascend(s, f->heads, most, &f->score))
            return false;
        begin_stage(s, "moving agents about");
        if (!staff_exchange(s, f->heads, most, EXCHANGE_CALLS))
            return false;
    }
    begin_stage(s, "confirming with other callers");
    s->sample = confirming(s);
    s->allowed = s->calls + half_of_calls(s);
    return staff_confirm(f, most) && final_runs(f);
}

static oh_status begin(oh_staffing *f)
{
    struct staff *s = &f->search;
    oh_status status = staff_problem(s);
    if (status != OH_OK)
        return status;
    f->heads = calloc(s->units, sizeof *f->heads);
    f->less = calloc(s->units, sizeof *f->less);
    if (!f->heads || !f->less || !staff_score_init(&f->score, s) || !staff_score_init(&f->other, s))
        return OH_NO_MEMORY;
    f->info = (oh_staff_info){.per = f->options.per,
                              .days = f->options.days,
                              .by_money = s->by_money,
                              .limited = !unlimited(s),
                              .good_days = NAN,
                              .good_days_half = NAN};
    return OH_OK;
}

oh_status oh_staff(oh_staffing **out, const oh_model *model, const oh_staff_options *options,
                   char message[256])
{
    *out = NULL;
    if (message)
        message[0] = '\0';
    oh_staffing *f = calloc(1, sizeof *f);
    if (!f)
        return OH_NO_MEMORY;
    f->options = *options;
    f->search = (struct staff){.model = model, .options = &f->options, .message = message};
    oh_status status = begin(f);
    double *most = status == OH_OK ? calloc(f->search.units, sizeof *most) : NULL;
    if (status == OH_OK && !most)
        status = OH_NO_MEMORY;
    if (status == OH_OK && !search(f, most))
        status = f->search.status;
    free(most);
    f->info.runs = f->search.runs;
    if (status != OH_OK && status != OH_CANCELLED) {
        oh_staffing_free(f);
        return status;
    }
    if (!f->kept.model) { /* interrupted: what is known is the plan at hand */
        f->search.status = OH_OK;
        f->kept.model = staff_model(&f->search, f->heads);
        if (!f->kept.model || !f->search.at_hand) {
            oh_staffing_free(f);
            return status;
        }
    }
    *out = f;
    return status;
}

void oh_staffing_free(oh_staffing *f)
{
    if (!f)
        return;
    oh_result_free(f->kept.result);
    oh_result_free(f->now);
    oh_model_free(f->kept.model);
    staff_score_free(&f->score);
    staff_score_free(&f->other);
    staff_problem_free(&f->search);
    free(f->heads);
    free(f->less);
    free(f);
}
