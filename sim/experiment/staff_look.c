/* staff_look.c - what one agent fewer gives, exactly, for many agents with few runs.
 *
 * The one idea: an agent who is missing at nine makes a difference until about eleven; then all is
 * as it would have been. So one run does without an agent at nine, one at noon and one at three,
 * and the day of each of them by himself is put together from the cells of that run and of one in
 * which nobody is missing. They are cut at an interval that is the same, call by call and tick by
 * tick, in both: what was before is the doing of the one, what comes after that of the other,
 * since draws belong to callers and not to the order of events. On the few days without such an
 * interval he is tried alone.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "result.h"
#include "staffing.h"

struct look {
    struct staff *s;
    const double *heads;
    struct staff_less *less;
    size_t pending, *unit;  /* who is to be looked at, by time */
    size_t taken, *try;     /* who is missing in a run, by time */
    size_t rows;            /* replications */
    uint32_t *from, *until; /* [taken][rows] intervals that are his doing */
    bool *torn;             /* [taken][rows] they are not known */
    double *changed;        /* [units] */
    struct staff_kept base, after;
    oh_result *spliced;
    struct staff_score score;
};

/* ---- who is tried in one run ---- */

static size_t opening_of(const struct staff *s, size_t unit)
{
    return staff_opening(s->model, s->unit[unit].first);
}

/* Two agents of openings that do not touch have nothing to do with each other. */
static bool strangers(const struct staff *s, size_t a, size_t b)
{
    return s->apart && opening_of(s, a) != opening_of(s, b);
}

/* Takes the first one who is pending, and whoever follows at least `gap` intervals later. */
static void take(struct look *w, size_t gap)
{
    const struct staff *s = w->s;
    size_t left = 0;
    w->taken = 0;
    for (size_t i = 0; i < w->pending; i++) {
        size_t u = w->unit[i], last = w->taken ? w->try[w->taken - 1] : 0;
        bool far =
            w->taken == 0 || strangers(s, last, u) || s->unit[u].first >= s->unit[last].first + gap;
        if (far)
            w->try[w->taken++] = u;
        else
            w->unit[left++] = u;
    }
    w->pending = left;
}

static void by_time(const struct staff *s, size_t *unit, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        size_t u = unit[i], at = i;
        for (; at > 0 && s->unit[unit[at - 1]].first > s->unit[u].first; at--)
            unit[at] = unit[at - 1];
        unit[at] = u;
    }
}

/* ---- telling them apart ---- */

static bool same_interval(const struct look *w, size_t row, size_t k)
{
    const struct panel_shape *shape = &w->base.result->panel.shape;
    struct tally a = panel_row(&w->base.result->panel, row);
    struct tally b = panel_row(&w->after.result->panel, row);
    size_t periods = panel_periods(shape);
    for (size_t g = 0; g < shape->groups; g++)
        if (memcmp(&a.group[g * periods + k], &b.group[g * periods + k], sizeof *a.group) != 0)
            return false;
    for (size_t q = 0; q < shape->queues; q++)
        if (memcmp(&a.queue[q * periods + k], &b.queue[q * periods + k], sizeof *a.queue) != 0)
            return false;
    return true;
}

/* The interval from which on things are the doing of b and not of a. False: there is none. */
static bool border(const struct look *w, size_t a, size_t b, size_t row, size_t *at)
{
    const struct staff *s = w->s;
    *at = s->model->opening[opening_of(s, b)].first_period;
    if (strangers(s, a, b))
        return true;
    for (*at = s->unit[a].last + 1; *at < s->unit[b].first; ++*at)
        if (same_interval(w, row, *at))
            return true;
    return false;
}

static void tell_apart(struct look *w)
{
    uint32_t end = (uint32_t)w->s->model->shape.intervals;
    memset(w->torn, 0, w->taken * w->rows * sizeof *w->torn);
    for (size_t row = 0; row < w->rows; row++) {
        w->from[row] = 0;
        w->until[(w->taken - 1) * w->rows + row] = end;
    }
    for (size_t i = 1; i < w->taken; i++)
        for (size_t row = 0; row < w->rows; row++) {
            size_t at, b = i * w->rows + row, a = b - w->rows;
            if (!border(w, w->try[i - 1], w->try[i], row, &at))
                w->torn[a] = w->torn[b] = true;
            w->until[a] = w->from[b] = (uint32_t)at;
        }
}

/* ---- putting a day together ---- */

/* Intervals from .. until - 1 of a row, and the days that are made of them. */
static void copy_cells(const oh_result *to, size_t row, const oh_result *of, size_t of_row,
                       size_t from, size_t until)
{
    const struct panel_shape *shape = &to->panel.shape;
    struct tally a = panel_row(&to->panel, row), b = panel_row(&of->panel, of_row);
    size_t periods = panel_periods(shape);
    for (size_t q = 0; q < shape->queues; q++)
        memcpy(&a.queue[q * periods + from], &b.queue[q * periods + from],
               (until - from) * sizeof *a.queue);
    for (size_t g = 0; g < shape->groups; g++)
        memcpy(&a.group[g * periods + from], &b.group[g * periods + from],
               (until - from) * sizeof *a.group);
    for (size_t d = 0; d < shape->days; d++) {
        size_t day = period_day(shape, d);
        if (shape->day_first[d] < from || shape->day_first[d + 1] > until)
            continue;
        for (size_t q = 0; q < shape->queues; q++)
            a.queue[q * periods + day] = b.queue[q * periods + day];
        for (size_t g = 0; g < shape->groups; g++)
            a.group[g * periods + day] = b.group[g * periods + day];
    }
}

/* One replication without this one agent. */
static bool play_row(struct look *w, size_t unit, size_t row)
{
    struct staff *s = w->s;
    struct staff_sample all = s->sample;
    struct staff_kept kept = {0};
    memcpy(w->changed, w->heads, s->units * sizeof *w->changed);
    w->changed[unit]--;
    s->sample.first = (uint32_t)row + 1;
    s->sample.replications = 1;
    bool fine = staff_play(s, w->changed, &w->score, &kept);
    s->sample = all;
    if (fine)
        copy_cells(w->spliced, row, kept.result, 0, 0, s->model->shape.intervals);
    staff_kept_free(&kept);
    return fine;
}

/* Everything without the i-th of those who were tried. */
static bool splice(struct look *w, size_t i)
{
    size_t end = w->s->model->shape.intervals;
    for (size_t row = 0; row < w->rows; row++) {
        size_t at = i * w->rows + row;
        copy_cells(w->spliced, row, w->base.result, row, 0, end);
        if (!w->torn[at])
            copy_cells(w->spliced, row, w->after.result, row, w->from[at], w->until[at]);
        else if (!play_row(w, w->try[i], row))
            return false;
    }
    w->spliced->reading->filled = false;
    return true;
}

static bool splice_init(struct look *w)
{
    const oh_result *base = w->base.result;
    w->rows = base->panel.rows;
    size_t places = w->pending * w->rows;
    w->from = calloc(places, sizeof *w->from);
    w->until = calloc(places, sizeof *w->until);
    w->torn = calloc(places, sizeof *w->torn);
    if (!w->from || !w->until || !w->torn ||
        result_new(&w->spliced, w->s->model, w->rows) != OH_OK) {
        w->s->status = OH_NO_MEMORY;
        return false;
    }
    w->spliced->info = base->info;
    result_finish(w->spliced, w->rows);
    return true;
}

/* ---- looking ---- */

/* The rule that fares worst. */
static struct staff_less worst(const struct staff *s, const struct staff_score *score)
{
    struct staff_less less = {.known = true, .margin = INFINITY};
    for (size_t r = 0; r < s->rules; r++) {
        if (!(score->margin[r] < less.margin))
            continue;
        less.margin = score->margin[r];
        less.rule = r;
        less.value = score->value[r];
        less.half = score->half[r];
    }
    return less;
}

static bool look_alone(struct look *w, size_t unit)
{
    struct staff *s = w->s;
    memcpy(w->changed, w->heads, s->units * sizeof *w->changed);
    w->changed[unit]--;
    if (!staff_play(s, w->changed, &w->score, NULL))
        return false;
    w->less[unit] = worst(s, &w->score);
    return true;
}

/* On most days it would have to be played alone anyway. */
static bool too_near(const struct look *w, size_t i)
{
    size_t torn = 0;
    for (size_t row = 0; row < w->rows; row++)
        torn += w->torn[i * w->rows + row];
    return 3 * torn > w->rows;
}

/* One run without those who were taken. *near: so many of them had to be looked at alone. */
static bool look_together(struct look *w, size_t *near)
{
    struct staff *s = w->s;
    memcpy(w->changed, w->heads, s->units * sizeof *w->changed);
    for (size_t i = 0; i < w->taken; i++)
        w->changed[w->try[i]]--;
    if (!staff_play(s, w->changed, &w->score, &w->after))
        return false;
    tell_apart(w);
    bool fine = true;
    *near = 0;
    for (size_t i = 0; fine && i < w->taken; i++) {
        size_t u = w->try[i];
        if (too_near(w, i)) {
            ++*near;
            fine = look_alone(w, u);
            continue;
        }
        fine = splice(w, i);
        staff_judge(s, w->spliced, &w->score);
        w->less[u] = worst(s, &w->score);
    }
    staff_kept_free(&w->after);
    return fine;
}

static bool look_at_all(struct look *w)
{
    struct staff *s = w->s;
    size_t near = 0;
    bool together = (s->distance < s->model->shape.intervals || s->apart) && w->pending > 1;
    bool fine = !together || (staff_play(s, w->heads, &w->score, &w->base) && splice_init(w));
    while (fine && w->pending > 0) {
        if (together) {
            take(w, s->distance);
        } else {
            w->taken = 1;
            w->try[0] = w->unit[--w->pending];
        }
        fine = w->taken > 1 ? look_together(w, &near) : look_alone(w, w->try[0]);
        if (fine && w->taken > 1 && 2 * near > w->taken)
            together = false;
    }
    return fine;
}

/* Room for n units. */
static bool look_init(struct look *w, const size_t *list, size_t n)
{
    struct staff *s = w->s;
    w->pending = n;
    w->unit = calloc(n + 1, sizeof *w->unit);
    w->try = calloc(n + 1, sizeof *w->try);
    w->changed = calloc(s->units, sizeof *w->changed);
    if (!w->unit || !w->try || !w->changed || !staff_score_init(&w->score, s)) {
        s->status = OH_NO_MEMORY;
        return false;
    }
    memcpy(w->unit, list, n * sizeof *w->unit);
    by_time(s, w->unit, n);
    return true;
}

static void look_free(struct look *w)
{
    oh_result_free(w->spliced);
    staff_kept_free(&w->base);
    staff_kept_free(&w->after);
    staff_score_free(&w->score);
    free(w->unit);
    free(w->try);
    free(w->from);
    free(w->until);
    free(w->torn);
    free(w->changed);
}

bool staff_look(struct staff *s, const double *heads, const size_t *list, size_t n,
                struct staff_less *less)
{
    struct look w = {.s = s, .heads = heads, .less = less};
    bool fine = look_init(&w, list, n) && look_at_all(&w);
    look_free(&w);
    return fine;
}

/* ---- how far apart ---- */

/* Do agents who are missing that far apart mostly have nothing to do with each other? */
static bool far_enough(struct look *w, size_t distance, bool *far)
{
    size_t n = w->pending, near = 0;
    take(w, distance);
    *far = w->taken > 1;
    if (!*far)
        return true;
    memcpy(w->changed, w->heads, w->s->units * sizeof *w->changed);
    for (size_t i = 0; i < w->taken; i++)
        w->changed[w->try[i]]--;
    if (!staff_play(w->s, w->changed, &w->score, &w->after))
        return false;
    tell_apart(w);
    for (size_t i = 0; i < w->taken; i++)
        near += too_near(w, i);
    *far = 2 * near <= w->taken;
    staff_kept_free(&w->after);
    for (size_t i = 0; i < w->taken; i++)
        w->unit[w->pending++] = w->try[i];
    by_time(w->s, w->unit, n);
    return true;
}

bool staff_probe(struct staff *s, const double *heads)
{
    struct look w = {.s = s, .heads = heads};
    size_t n = 0, alone = s->model->shape.intervals, *list = calloc(s->units, sizeof *list);
    bool far = s->distance >= alone, fine = list != NULL;
    if (!fine)
        s->status = OH_NO_MEMORY;
    for (size_t u = 0; fine && u < s->units; u++)
        if (heads[u] >= 1)
            list[n++] = u;
    if (fine && !far && n > 1) {
        fine = look_init(&w, list, n) && staff_play(s, heads, &w.score, &w.base) && splice_init(&w);
        while (fine && !far && s->distance < alone) {
            fine = far_enough(&w, s->distance, &far);
            if (!far)
                s->distance = 2 * s->distance < alone ? 2 * s->distance : alone;
        }
        look_free(&w);
    }
    free(list);
    return fine;
}

/* Do two groups that are one set to a queue serve it? Then it matters who has been idle longest. */
static bool by_idleness(const struct model_queue *q)
{
    for (size_t i = 0; i < q->servers; i++)
        for (size_t k = 0; k < i; k++)
            if (q->server[k].level == q->server[i].level)
                return true;
    return false;
}

/* Is all that is yet to have consequences seen in the cells? Not who will call again, nor what only
 * a certain agent knows: what he holds beside, how long he has been idle, when he goes home. */
static bool all_is_seen(const oh_model *m)
{
    for (size_t g = 0; g < m->groups; g++) {
        const struct model_group *group = &m->group[g];
        if (!group->single || group->drop || group->by_line || group->rules->not_ready ||
            group->rules->late || group->rules->absence > 0)
            return false;
    }
    for (size_t q = 0; q < m->queues; q++)
        if (by_idleness(&m->queue[q]))
            return false;
    return !staff_comes_back(m);
}

size_t staff_distance(const struct staff *s)
{
    const oh_model *m = s->model;
    bool apart = s->single && m->interval > 0 && all_is_seen(m);
    double gap = apart ? 3 + ceil(staff_lingers(m) / m->interval) : INFINITY;
    return (size_t)fmin(gap, (double)m->shape.intervals);
}

double staff_look_runs(const struct staff *s)
{
    double groups = 0, together = s->apart ? (double)s->model->openings : 1;
    double runs = ceil((double)s->units / together);
    for (size_t g = 0; g < s->model->groups; g++)
        groups += s->chosen[g];
    return fmin(runs, (double)(s->distance + 2) * groups);
}
