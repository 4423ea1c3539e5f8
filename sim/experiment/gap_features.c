/* gap_features.c - what a scenario has that Erlang's formulas do not know, and how to take it out.
 *
 * A feature is one function that lists settings, the same that a person would give with --set.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/units.h"
#include "gap.h"

struct maker {
    struct arena *arena;
    const oh_model *model;
    struct gap_feature *feature;
    struct gap_setting *last;
};

static void set(struct maker *k, const char *path, const char *value)
{
    struct gap_setting *s = arena_alloc(k->arena, sizeof *s);
    if (!s || !path || !value)
        return; /* the arena knows */
    *s = (struct gap_setting){NULL, path, value};
    if (k->last)
        k->last->next = s;
    else
        k->feature->first = s;
    k->last = s;
}

static void remove_queue_key(struct maker *k, size_t queue, const char *key)
{
    set(k, arena_printf(k->arena, "queues.%s.%s", k->model->queue[queue].name, key), "null");
}

static const char *exponential(struct arena *arena, double mean)
{
    char digits[32];
    return arena_printf(arena, "{exponential: %s s}", format_real(digits, mean));
}

/* True for a single exponential distribution without a schedule. */
static bool is_exponential(const struct dist *d)
{
    double mean = dist_mean(d);
    return d->parts == 0 && d->plus == 0 && fabs(dist_cdf(d, mean) - (1 - exp(-1))) < 1e-9 &&
           fabs(dist_cdf(d, 2 * mean) - (1 - exp(-2))) < 1e-9;
}

static bool has_schedule(const struct dist *d)
{
    return d && dist_has_schedule(d);
}

/* ---- one function a feature ---- */

static void patience(struct maker *k)
{
    for (size_t i = 0; i < k->model->queues; i++) {
        const struct model_queue *q = &k->model->queue[i];
        double mean = dist_mean(q->patience);
        if (q->deferrable || dist_is_never(q->patience) || has_schedule(q->patience) ||
            (isfinite(mean) && (!(mean > 0) || is_exponential(q->patience))))
            continue;
        /* some of them never hang up: there is no mean, and Erlang C is asked */
        set(k, arena_printf(k->arena, "queues.%s.patience", q->name),
            isfinite(mean) ? exponential(k->arena, mean) : "never");
    }
}

static void handling(struct maker *k)
{
    for (size_t i = 0; i < k->model->queues; i++) {
        const struct model_queue *q = &k->model->queue[i];
        double mean = q->mean_handling;
        bool plain = !q->hold && !q->wrap_up && is_exponential(q->talk);
        if (!plain && isfinite(mean) && mean > 0 && !has_schedule(q->talk) &&
            !has_schedule(q->hold) && !has_schedule(q->wrap_up))
            set(k, arena_printf(k->arena, "queues.%s.handling", q->name),
                exponential(k->arena, mean));
    }
}

static void repeats(struct maker *k)
{
    for (size_t i = 0; i < k->model->queues; i++) {
        if (k->model->queue[i].rules->redial.given)
            remove_queue_key(k, i, "redial");
        if (k->model->queue[i].rules->unresolved.given)
            remove_queue_key(k, i, "unresolved");
    }
}

static void transfers(struct maker *k)
{
    for (size_t i = 0; i < k->model->queues; i++)
        if (k->model->queue[i].rules->transfers > 0)
            remove_queue_key(k, i, "transfer");
}

/* "queues.support.arrivals", or "demand.arrivals" of a mix. */
static const char *arrivals_path(struct maker *k, const struct model_source *s, const char *key)
{
    if (s->mixes > 0)
        return arena_printf(k->arena, "demand.arrivals%s", key);
    return arena_printf(k->arena, "queues.%s.arrivals%s", k->model->queue[s->queue].name, key);
}

static void busyness(struct maker *k)
{
    if (k->model->busyness)
        set(k, "busyness", "null");
    for (size_t i = 0; i < k->model->queues; i++)
        if (k->model->queue[i].rules->busyness > 0)
            remove_queue_key(k, i, "busyness");
    for (size_t i = 0; i < k->model->sources; i++)
        if (k->model->source[i].noise)
            set(k, arrivals_path(k, &k->model->source[i], ".noise"), "null");
}

static void batches(struct maker *k)
{
    for (size_t i = 0; i < k->model->sources; i++)
        if (k->model->source[i].batch_mean > 1)
            set(k, arrivals_path(k, &k->model->source[i], ".batch"), "null");
}

static void renewal(struct maker *k)
{
    char digits[32];
    for (size_t i = 0; i < k->model->sources; i++) {
        const struct model_source *s = &k->model->source[i];
        double mean = s->kind == SOURCE_RENEWAL ? dist_mean(s->between) : NAN;
        if (mean > 0 && isfinite(mean))
            set(k, arrivals_path(k, s, ""),
                arena_printf(k->arena, "%s per h", format_real(digits, 3600 / mean)));
    }
}

static void absence(struct maker *k)
{
    for (size_t g = 0; g < k->model->groups; g++) {
        const struct spec_group *rules = k->model->group[g].rules;
        const char *name = k->model->group[g].name;
        if (rules->absence > 0)
            set(k, arena_printf(k->arena, "agents.%s.absence", name), "null");
        if (rules->late)
            set(k, arena_printf(k->arena, "agents.%s.late", name), "null");
        if (rules->not_ready)
            set(k, arena_printf(k->arena, "agents.%s.not_ready", name), "null");
    }
}

static void balking(struct maker *k)
{
    for (size_t i = 0; i < k->model->queues; i++)
        if (k->model->queue[i].balk > 0)
            remove_queue_key(k, i, "balk");
}

static void limits(struct maker *k)
{
    if (k->model->lines != UINT32_MAX)
        set(k, "lines", "null");
    for (size_t i = 0; i < k->model->queues; i++)
        if (k->model->queue[i].capacity != UINT64_MAX)
            remove_queue_key(k, i, "capacity");
}

static void callbacks(struct maker *k)
{
    for (size_t i = 0; i < k->model->queues; i++)
        if (k->model->queue[i].rules->callback.given)
            remove_queue_key(k, i, "callback");
}

static void announcements(struct maker *k)
{
    for (size_t i = 0; i < k->model->queues; i++) {
        if (k->model->queue[i].rules->has_announce)
            remove_queue_key(k, i, "announce");
        if (k->model->queue[i].rules->silent_share > 0)
            remove_queue_key(k, i, "silent");
    }
}

static void ringing(struct maker *k)
{
    for (size_t i = 0; i < k->model->queues; i++) {
        if (k->model->queue[i].ring)
            remove_queue_key(k, i, "ring");
        if (k->model->queue[i].rules->slower_when_late > 0)
            remove_queue_key(k, i, "slower_when_late");
    }
}

static void backlog(struct maker *k)
{
    for (size_t i = 0; i < k->model->queues; i++)
        if (k->model->queue[i].rules->backlog > 0)
            remove_queue_key(k, i, "backlog");
}

static const struct {
    const char *what;
    void (*list)(struct maker *k);
} features[] = {
    {"the shape of patience (not exponential)", patience},
    {"how handling times vary (not exponential)", handling},
    {"callers who try again or come back", repeats},
    {"calls passed on to other queues", transfers},
    {"days and hours busier than forecast, or quieter", busyness},
    {"callers who come in groups", batches},
    {"calls that do not come at random", renewal},
    {"absence, lateness and pauses after calls", absence},
    {"callers who hang up at once", balking},
    {"limits to how many may wait or be on the line", limits},
    {"call-backs", callbacks},
    {"announcements, and callers who stay unseen", announcements},
    {"ringing, and work that grows with the wait", ringing},
    {"contacts that wait at the opening", backlog},
};

bool gap_features(struct arena *arena, const oh_model *model, struct gap_feature *list, size_t *n)
{
    _Static_assert(sizeof features / sizeof *features <= GAP_FEATURES, "room for all features");
    *n = 0;
    for (size_t i = 0; i < sizeof features / sizeof *features; i++) {
        struct maker k = {.arena = arena, .model = model, .feature = &list[*n]};
        list[*n] = (struct gap_feature){features[i].what, NULL};
        features[i].list(&k);
        *n += list[*n].first != NULL;
    }
    return !arena->failed;
}

const char *gap_leftovers(struct arena *arena, const oh_model *m, const struct pool *pool)
{
    const char *list = "";
    bool shared = false, speeds = false, scheduled = false, listed = false;
    for (size_t i = 0; i < pool->queues; i++) {
        const struct model_queue *q = &m->queue[pool->queue[i]];
        shared = shared || pool->queues > 1;
        scheduled = scheduled || has_schedule(q->talk) || has_schedule(q->patience);
    }
    for (size_t i = 0; i < pool->groups; i++)
        for (size_t k = 0; k < m->group[pool->group[i]].skills; k++)
            speeds = speeds || m->group[pool->group[i]].skill[k].speed != 1;
    for (size_t i = 0; i < m->sources; i++)
        listed = listed || m->source[i].kind == SOURCE_TIMES;
    if (shared)
        list = arena_printf(arena, "%s, agents shared between queues", list);
    if (speeds && list)
        list = arena_printf(arena, "%s, agents of different speed", list);
    if (scheduled && list)
        list = arena_printf(arena, "%s, handling or patience that changes over the day", list);
    if (listed && list)
        list = arena_printf(arena, "%s, calls at times that are given", list);
    return list;
}
