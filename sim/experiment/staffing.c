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
    POOL_CALLS = 800000,    /* where the engine's short way is taken */
    CONFIRM_LEAST = 40,
    CONFIRM_MOST = 1000,
    SEARCH_LEAST = 25,
    SEARCH_FEW = 10,      /* where rules span many intervals, and so are known sooner */
    LOOK_CALLS = 8000000, /* for one look at everybody in the confirming run */
    LOOK_LEAST = 15,      /* but not fewer replications than that */
    EXCHANGE_CALLS = 4000000,
    ALL_CALLS = 100000000, /* of the whole search, half of them before confirming */
    ROUNDS = 2,            /* of confirming */
    DOUBT = 15,            /* tenths of a half width */
    THOROUGH = 8,          /* so few places a day are searched on the confirming callers as well */
    MENDINGS = 8,          /* in a round */
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
    double looks = ceil((double)s->units / (s->apart ? (double)s->lanes : 1));
    n = fmin(n, fmax(ceil(LOOK_CALLS / fmax(calls * looks, 1)), LOOK_LEAST));
    struct staff_sample sample = {o->has_seed ? o->seed : m->experiment.seed, (uint32_t)n};
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

/* ---- the confirming run ---- */

static void visit_less(void *user, size_t unit, const struct staff_score *after)
{
    oh_staffing *f = user;
    const struct staff *s = &f->search;
    struct staff_less *less = &f->less[unit];
    *less = (struct staff_less){.known = true, .margin = INFINITY};
    for (size_t i = 0; i < s->rules; i++) {
        if (s->rule[i].lane != s->unit[unit].lane || !(after->margin[i] < less->margin))
            continue;
        less->margin = after->margin[i];
        less->rule = i;
        less->value = after->value[i];
        less->half = after->half[i];
    }
}

/* Can other callers say something else about this agent? Not if taking him away missed a target by
 * far more than chance. */
static bool in_doubt(const struct staff *s, const struct staff_less *less)
{
    return !less->known || !(less->margin < -0.1 * DOUBT * less->half / s->rule[less->rule].scale);
}

/* One head fewer of each unit (or of those in doubt), each by itself. may[]: those who can be
 * spared, and no limit keeps them; *spare counts them. *complete: everybody was looked at. */
static bool look_for_spare(oh_staffing *f, bool all, bool *may, size_t *spare, bool *complete)
{
    struct staff *s = &f->search;
    size_t n = 0, *list = calloc(s->units, sizeof *list);
    bool fine = list != NULL;
    if (!fine)
        s->status = OH_NO_MEMORY;
    *complete = true;
    for (size_t u = 0; fine && u < s->units; u++) {
        may[u] = false;
        if (f->heads[u] < 1)
            f->less[u].known = false;
        else if (all || in_doubt(s, &f->less[u]))
            list[n++] = u;
        else
            *complete = false;
    }
    fine = fine && staff_try_each(s, f->heads, list, n, -1, visit_less, f);
    *spare = 0;
    for (size_t i = 0; fine && i < n; i++) {
        size_t u = list[i];
        may[u] = f->less[u].margin >= 0 && f->heads[u] - 1 >= s->unit[u].least;
        *spare += may[u];
    }
    free(list);
    return fine;
}

static size_t difference(const struct staff *s, const double *a, const double *b)
{
    double sum = 0;
    for (size_t u = 0; u < s->units; u++)
        sum += fabs(a[u] - b[u]);
    return (size_t)sum;
}

/* What was known of agents near a change is known no more. */
static void forget(oh_staffing *f, const double *before)
{
    const struct staff *s = &f->search;
    for (size_t v = 0; v < s->units; v++)
        for (size_t u = 0; f->heads[v] != before[v] && u < s->units; u++)
            if (staff_near(s, v, u) || u == v || !s->single)
                f->less[u].known = false;
}

/* Adds whom the rules need and looks whom they do not, once. *more: somebody can go and may; or not
 * everybody was looked at, as `all` asks for. When the calls are spent, nobody goes any more: the
 * last look only counts who could. */
static bool mend_once(oh_staffing *f, const double *most, bool all, bool *whole, bool *may,
                      bool *more)
{
    struct staff *s = &f->search;
    bool complete = false;
    size_t spare = 0;
    double *before = calloc(s->units, sizeof *before);
    bool fine = before != NULL;
    *more = false;
    if (!fine)
        s->status = OH_NO_MEMORY;
    else
        memcpy(before, f->heads, s->units * sizeof *before);
    fine = fine && staff_ascend(s, f->heads, most, &f->score);
    if (fine && staff_met(s, &f->score) && (all || !staff_spent(s))) {
        forget(f, before);
        *whole = *whole || (all && staff_spent(s));
        fine = look_for_spare(f, *whole, may, &spare, &complete);
        f->info.spare = spare;
    }
    if (fine && spare > 0 && !staff_spent(s)) {
        memcpy(before, f->heads, s->units * sizeof *before);
        fine = staff_trim(s, f->heads, may);
        forget(f, before);
        *whole = false;
        *more = true;
    } else if (fine && spare == 0 && all && !complete && staff_met(s, &f->score)) {
        *whole = true;
        *more = true;
    }
    free(before);
    return fine;
}

/* Mends the plan on the present callers until it meets the rules and nobody is to spare; in the end
 * looks at everybody, or only at those in doubt. */
static bool mend(oh_staffing *f, const double *most, bool all)
{
    struct staff *s = &f->search;
    bool *may = calloc(s->units, sizeof *may), more = true, whole = all;
    bool fine = may != NULL;
    if (!fine)
        s->status = OH_NO_MEMORY;
    for (int i = 0; fine && more; i++) {
        if (i == MENDINGS)
            s->allowed = s->calls; /* it goes round in circles */
        fine = mend_once(f, most, all, &whole, may, &more);
    }
    free(may);
    return fine;
}

/* Rounds with new callers until they find nothing to mend; in the end everybody is looked at. */
static bool confirm(oh_staffing *f, const double *most)
{
    struct staff *s = &f->search;
    double *before = calloc(s->units, sizeof *before);
    bool fine = before != NULL;
    if (!fine)
        s->status = OH_NO_MEMORY;
    s->allowed = s->calls + ALL_CALLS / 2;
    if (!s->apart)
        staff_one_lane(s);
    for (uint32_t round = 0; fine; round++) {
        s->part = (double)round / (ROUNDS + 1);
        s->sample = confirming(s);
        s->sample.seed += round;
        memcpy(before, f->heads, s->units * sizeof *before);
        fine = mend(f, most, false);
        f->info.adjusted = difference(s, before, f->heads);
        if (!fine || (f->info.adjusted > 0 && round + 1 < ROUNDS && !staff_spent(s)))
            continue;
        if (s->units <= THOROUGH * s->lanes && staff_met(s, &f->score))
            fine = staff_exchange(s, f->heads, most, EXCHANGE_CALLS);
        fine = fine && mend(f, most, true);
        f->info.adjusted = difference(s, before, f->heads);
        break;
    }
    free(before);
    return fine;
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
    f->info.confirmed = s->status == OH_OK;
    return s->status == OH_OK;
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
    s->allowed = ALL_CALLS / 2;
    if (!staff_ascend(s, f->heads, most, &f->score))
        return false;
    if (staff_met(s, &f->score)) {
        begin_stage(s, "taking away whom nobody misses");
        if (!staff_trim(s, f->heads, NULL))
            return false;
        begin_stage(s, "moving agents about");
        if (!staff_exchange(s, f->heads, most, EXCHANGE_CALLS) || !mend(f, most, false))
            return false;
    }
    begin_stage(s, "confirming with other callers");
    return confirm(f, most) && final_runs(f);
}

static oh_status begin(oh_staffing *f)
{
    struct staff *s = &f->search;
    oh_status status = staff_problem(s);
    if (status != OH_OK)
        return status;
    f->heads = calloc(s->units, sizeof *f->heads);
    f->less = calloc(s->units, sizeof *f->less);
    if (!f->heads || !f->less || !staff_score_init(&f->score, s))
        return OH_NO_MEMORY;
    f->info = (oh_staff_info){.per = f->options.per,
                              .days = f->options.days,
                              .by_money = s->by_money,
                              .limited = !unlimited(s)};
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
    staff_problem_free(&f->search);
    free(f->heads);
    free(f->less);
    free(f);
}
