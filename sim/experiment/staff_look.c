/* staff_look.c - what one agent fewer gives, exactly, of everybody by himself.
 *
 * The one idea: an agent who is missing at nine makes a difference until eleven, or until the
 * evening; then the day is as it would have been. So each day is played once with everybody, and
 * without the one agent only while that makes a difference (staff_branches.h). Lines of shifts,
 * and what is not a matter of intervals, are played in full.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "staff_branches.h"

struct look {
    struct staff *s;
    const double *heads;
    struct staff_less *less;
    double *changed; /* [units] */
    struct staff_score base, score;
    bool *touched[2]; /* [things][periods] cells of queues and of groups that differ */
};

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

/* ---- many ---- */

/* Where a rule's cells are in a row. */
static size_t period_of(const struct panel_shape *shape, long period)
{
    if (period >= 0)
        return (size_t)period;
    return period == OH_WHOLE ? period_whole(shape) : period_day(shape, (size_t)(-2 - period));
}

static void find_touched(struct look *w, const struct staff_branches *b, size_t i)
{
    const struct panel_shape *shape = &b->base->panel.shape;
    size_t rows = b->base->panel.rows;
    memset(w->touched[0], 0, shape->queues * panel_periods(shape) * sizeof *w->touched[0]);
    memset(w->touched[1], 0, shape->groups * panel_periods(shape) * sizeof *w->touched[1]);
    for (size_t row = 0; row < rows; row++) {
        const struct other_row *other = &b->row[i * rows + row];
        for (size_t k = 0; k < other->n; k++)
            w->touched[other->cell[k].of_group][other->cell[k].at] = true;
    }
}

static void judge(struct look *w, struct staff_branches *b, size_t i)
{
    const struct staff *s = w->s;
    const struct panel_shape *shape = &b->base->panel.shape;
    find_touched(w, b, i);
    staff_branches_lay(b, i);
    for (size_t r = 0; r < s->rules; r++) {
        const struct staff_rule *rule = &s->rule[r];
        size_t at = rule->thing * panel_periods(shape) + period_of(shape, rule->period);
        w->score.margin[r] = w->base.margin[r];
        w->score.value[r] = w->base.value[r];
        w->score.half[r] = w->base.half[r];
        if (w->touched[rule->level == OH_AGENTS][at])
            staff_judge_rule(s, b->base, r, &w->score);
    }
    staff_branches_lay(b, i);
    w->less[b->unit[i]] = worst(s, &w->score);
}

static bool look_at_some(struct look *w, const size_t *unit, size_t n)
{
    struct staff_branches b;
    bool possible;
    if (!staff_branches(w->s, w->heads, unit, n, &b, &possible))
        return false;
    if (possible)
        staff_judge(w->s, b.base, &w->base);
    bool fine = true;
    for (size_t i = 0; fine && i < n; i++) {
        if (!possible || b.failed[i])
            fine = look_alone(w, unit[i]);
        else
            judge(w, &b, i);
    }
    staff_branches_free(&b);
    return fine;
}

/* Can a day be put together from cells? Quantiles are read from histograms. */
static bool has_branches(const struct staff *s)
{
    const oh_model *m = s->model;
    for (size_t q = 0; q < m->queues; q++)
        for (size_t i = 0; i < m->queue[q].targets; i++)
            if (m->queue[q].target[i].metric->public.kind == OH_QUANTILE)
                return false;
    return !m->steady;
}

/* ---- how long it takes ---- */

/* Intervals for which one agent fewer makes a difference, about: where it matters which agent is
 * which, and where callers come back, mostly until the evening. */
static double lasts(const struct staff *s)
{
    enum { HALF_A_DAY = 2 };
    const oh_model *m = s->model;
    double periods = (double)m->shape.intervals, day = periods / (double)m->openings;
    bool names = staff_comes_back(m);
    for (size_t g = 0; g < m->groups; g++)
        names = names || !m->group[g].single || m->group[g].rules->not_ready;
    return fmin(periods, 3 + (names ? day / HALF_A_DAY : ceil(staff_lingers(m) / m->interval)));
}

double staff_look_runs(const struct staff *s)
{
    double runs = 1;
    bool branches = has_branches(s);
    for (size_t u = 0; u < s->units; u++)
        runs += branches && !s->unit[u].line ? lasts(s) / (double)s->model->shape.intervals : 1;
    return runs;
}

/* So many in one pass that what differs does not take too much memory. */
static size_t at_once(const struct staff *s)
{
    enum { MEGABYTES = 64, LEAST = 8 };
    double cells = lasts(s) * (double)(s->model->queues + s->model->groups);
    double bytes = cells * s->sample.replications * sizeof(struct other_cell);
    return (size_t)fmax(LEAST, MEGABYTES * 1e6 / bytes);
}

static bool look_at_all(struct look *w, const size_t *list, size_t n, size_t *branch)
{
    const struct staff *s = w->s;
    bool fine = true, branches = has_branches(s);
    size_t some = 0, most = branches ? at_once(s) : 0;
    for (size_t i = 0; fine && i < n; i++) {
        if (branches && !s->unit[list[i]].line)
            branch[some++] = list[i];
        else
            fine = look_alone(w, list[i]);
    }
    for (size_t i = 0; fine && i < some; i += most)
        fine = look_at_some(w, branch + i, most < some - i ? most : some - i);
    return fine;
}

bool staff_look(struct staff *s, const double *heads, const size_t *list, size_t n,
                struct staff_less *less)
{
    const struct panel_shape *shape = &s->model->shape;
    struct look w = {.s = s, .heads = heads, .less = less};
    size_t *branch = calloc(n + 1, sizeof *branch);
    w.changed = calloc(s->units, sizeof *w.changed);
    w.touched[0] = calloc(shape->queues * panel_periods(shape) + 1, sizeof *w.touched[0]);
    w.touched[1] = calloc(shape->groups * panel_periods(shape) + 1, sizeof *w.touched[1]);
    bool fine = staff_score_init(&w.base, s) && staff_score_init(&w.score, s) && branch &&
                w.changed && w.touched[0] && w.touched[1];
    if (fine)
        fine = look_at_all(&w, list, n, branch);
    else
        s->status = OH_NO_MEMORY;
    staff_score_free(&w.base);
    staff_score_free(&w.score);
    free(branch);
    free(w.changed);
    free(w.touched[0]);
    free(w.touched[1]);
    return fine;
}
