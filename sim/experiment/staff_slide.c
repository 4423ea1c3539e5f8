/* staff_slide.c - from a first plan that is far off to one that is near, all intervals at once.
 *
 * The one idea: where each interval has its own targets, what it has to spare or lacks says about
 * how many heads it is off, as soon as it is known what a head is worth there; and that is learned
 * from the last step (the secant rule). Intervals and groups that share work pull at the same
 * rope, so steps are short, few, and only for what is several heads off.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "staffing.h"

enum { STEPS = 8 };

struct slide {
    struct staff_score score;
    double *spare, *spare_before; /* [units] of the rule of its interval that has least */
    double *before;               /* [units] heads of the last step */
};

/* Groups that serve what the rule is about. */
static size_t helpers(const struct staff *s, const struct staff_rule *r)
{
    size_t n = 0;
    for (size_t g = 0; g < s->model->groups; g++)
        n += s->chosen[g] && staff_helps(s, r, g);
    return n > 0 ? n : 1;
}

static void find_spare(const struct staff *s, struct slide *w)
{
    for (size_t u = 0; u < s->units; u++)
        w->spare[u] = INFINITY;
    for (size_t i = 0; i < s->rules; i++) {
        const struct staff_rule *r = &s->rule[i];
        double margin = w->score.margin[i] / (double)helpers(s, r);
        for (size_t u = 0; u < s->units; u++)
            if (s->unit[u].first == r->first && staff_helps(s, r, s->unit[u].group))
                w->spare[u] = fmin(w->spare[u], isnan(w->score.value[i]) ? INFINITY : margin);
    }
}

/* Heads to add, or to take away if negative. */
static double step_of(const struct staff *s, const struct slide *w, const double *heads, size_t u)
{
    const double cautious = 0.8, h = heads[u];
    double worth = 0.3 / sqrt(fmax(h, 1)); /* of a head: what square-root staffing would expect */
    if (!isfinite(w->spare[u]))
        return 0;
    if (isfinite(w->spare_before[u]) && h != w->before[u]) {
        double seen = (w->spare[u] - w->spare_before[u]) / (h - w->before[u]);
        worth = fmin(fmax(seen, 0.2 * worth), 5 * worth);
    }
    double step = trunc(-cautious * w->spare[u] / worth);
    step = fmin(fmax(step, -floor(h / 4)), fmax(1, floor(h / 3)));
    return fmin(fmax(h + step, ceil(s->unit[u].least)), floor(s->unit[u].most)) - h;
}

static bool slide_once(struct staff *s, struct slide *w, double *heads, bool *any)
{
    if (!staff_play(s, heads, &w->score, NULL))
        return false;
    find_spare(s, w);
    *any = false;
    for (size_t u = 0; u < s->units; u++) {
        double step = step_of(s, w, heads, u);
        if (step != 0) {
            w->before[u] = heads[u];
            w->spare_before[u] = w->spare[u];
        }
        heads[u] += step;
        *any = *any || step != 0;
    }
    return true;
}

bool staff_slide(struct staff *s, double *heads)
{
    struct slide w = {0};
    bool fine, any = s->single;
    for (size_t u = 0; u < s->units; u++)
        any = any && !s->unit[u].line;
    if (!any)
        return true;
    w.spare = calloc(s->units, sizeof *w.spare);
    w.spare_before = calloc(s->units, sizeof *w.spare_before);
    w.before = calloc(s->units, sizeof *w.before);
    fine = staff_score_init(&w.score, s) && w.spare && w.spare_before && w.before;
    if (!fine)
        s->status = OH_NO_MEMORY;
    for (size_t u = 0; fine && u < s->units; u++)
        w.spare_before[u] = INFINITY;
    for (int i = 0; fine && any && i < STEPS; i++)
        fine = slide_once(s, &w, heads, &any);
    staff_score_free(&w.score);
    free(w.spare);
    free(w.spare_before);
    free(w.before);
    return fine;
}
